"""The documents of a student as print data: what the press needs, made from one projection and nothing else.

A document belongs to a page of the site, is under a path of its own, and exists where its projection has anything
to print. It is compiled when somebody asks for it, never in the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sendbook.bundle.fragment import PrintData
from sendbook.campus.typed_text import lines_in
from sendbook.campus.words import short_day
from sendbook.documents.kinds import DRAFT_PLAN, PLAN, PROFILE, Kind, print_data
from sendbook.kinds import plan
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.print_plan import PRINTED_PLAN, days_of_plan
from sendbook.kinds.profile.print_profile import days_of_profile, printed_profile
from sendbook.kinds.profile.profile_records import profile_of
from sendbook.pages.placing import placing
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Voice

#: The day of a document that says no day at all; PDF/A wants one.
_NO_DAY = "2000-01-01"

_STAFF_COPY = "Copy for staff. Families and students are given a copy made for them."
_DRAFT_COPY = "Draft for the meeting. It is not in use until everyone has agreed it."


@dataclass(frozen=True, slots=True, kw_only=True)
class Printed:
    """A kind of document as the site offers it: on which page its link stands, and what makes its data."""

    kind: Kind
    page: str
    link: str
    data: Callable[[Reading], bytes | None]

    def path_of(self, reading: Reading) -> str:
        """Where it stands: ``/students/7Q4K/plan-7Q4K.pdf``."""
        return f"{reading.home}{self.kind.file_name(reading.id)}"


def plan_data(reading: Reading) -> bytes | None:
    """The print data of the plan in force; None without one, or where the reader has no part of it.

    One that says of itself that it is a draft is marked on every page, as the next plan is.
    """
    return _plan_as(PLAN, _PLAN_HEADING, reading, draft=plan_of(reading).get("state") == "draft")


def draft_data(reading: Reading) -> bytes | None:
    """The print data of the plan that is being drafted, for the meeting it is brought to; None where there is none."""
    return _plan_as(DRAFT_PLAN, _DRAFT_HEADING, reading.of_draft(plan.PLAN), draft=True)


def _plan_as(kind: Kind, heading: Voice, reading: Reading, *, draft: bool) -> bytes | None:
    if not plan_of(reading) or not reading.has(("plan", "plan")):
        return None
    sections = [
        {"name": section.name, "title": section.title.to(reading), "said": shown}
        for section in PRINTED_PLAN
        if all(map(reading.has, section.needs)) and (shown := section.show(reading)) is not None
    ]
    said = {
        "heading": heading.to(reading),
        "lead": _who(reading),
        "copy": _copy(reading, draft=draft),
        "draft": draft,
        "sections": sections,
    }
    return _sealed(kind, reading, said, days_of_plan(plan_of(reading)))


def _copy(reading: Reading, *, draft: bool) -> str:
    for_family = reading.manner in ("family", "student")
    if draft:
        return _DRAFT_COPY if for_family else f"{_DRAFT_COPY} {_STAFF_COPY}"
    return "" if for_family else _STAFF_COPY


def profile_data(reading: Reading) -> bytes | None:
    """The print data of the one-page profile."""
    lists = printed_profile(reading)
    if lists is None:
        return None
    said = {"heading": reading.known_as, "lead": _who(reading), "copy": "", **lists}
    return _sealed(PROFILE, reading, said, days_of_profile(profile_of(reading)))


def documents_of(reading: Reading) -> dict[str, PrintData]:
    """The documents this projection has, by path."""
    made = ((printed.path_of(reading), printed.data(reading)) for printed in PRINTED)
    return {path: PrintData(content=data) for path, data in made if data is not None}


def links_on(page: str, reading: Reading, documents: Mapping[str, PrintData]) -> list[tuple[str, str]]:
    """Address and words of the documents that are offered on a page."""
    offered = ((printed.path_of(reading), printed.link) for printed in PRINTED if printed.page == page)
    return [(path, link) for path, link in offered if path in documents]


_PLAN_HEADING = Voice(staff="{name}'s plan", student="My plan")
_DRAFT_HEADING = Voice(staff="{name}'s next plan (draft)", student="My next plan (draft)")
PRINTED = (
    Printed(kind=PLAN, page="plan", link="Print or save the plan as PDF", data=plan_data),
    Printed(kind=DRAFT_PLAN, page="draft", link="Print or save the draft as PDF", data=draft_data),
    Printed(
        kind=PROFILE,
        page="overview",
        link="Print or save the one-page profile as PDF",
        data=profile_data,
    ),
)


def _who(reading: Reading) -> str:
    """``Freya Lindqvist · Year 10 · 10 Ash``."""
    known = [reading.full_name, placing(reading), reading.around.campus.get("name", "")]
    return " · ".join(part for part in known if part)


def _sealed(kind: Kind, reading: Reading, said: Mapping[str, Any], days: Iterable[str]) -> bytes:
    newest = max(days, default=_NO_DAY)
    return print_data(
        kind, reading.id, lines_in(dict(said)), day=newest, day_said=short_day(newest) if newest != _NO_DAY else ""
    )
