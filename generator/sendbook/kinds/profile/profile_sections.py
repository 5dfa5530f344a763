"""Sections made of the one-page profile: how to help, what to do in lessons, who the student is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sendbook.campus.words import listed, lowered, short_day
from sendbook.history.phrases import stripped
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.profile.profile_records import profile_of
from sendbook.kinds.student.emergency import EMERGENCY, who_to_ask
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

ALL_LESSONS = "All lessons"
PROFILE = ("profile", "profile")
STRATEGIES = ("plan", "strategies")


class Advice(NamedTuple):
    """One thing to do in a lesson, and where the advice comes from."""

    text: str
    source: str | None


def texts(items: Iterable[Mapping[str, Any]] | None) -> list[str]:
    """The sentences of a list in the profile."""
    return [item["text"] for item in items or ()]


def show_help(reading: Reading) -> dict[str, Any] | None:
    profile = profile_of(reading)
    if "help" not in profile:
        return None
    return {
        "help": texts(profile["help"]),
        "cards": [
            (title, texts(profile[key]))
            for key, title in (
                ("avoid", "What does not help"),
                ("signs", "Signs that I'm finding things hard"),
                ("calm", "What helps then"),
            )
            if profile.get(key)
        ],
        "more": [(title, profile[key]) for key, title in _MORE if profile.get(key)],
        "technology": profile.get("technology", ()),
        "care_plan": who_to_ask(reading) if profile.get("healthcare_plan") else "",
        "draft": profile.get("state") == "draft",
    }


_MORE = (("communication", "How I communicate"), ("sensory", "Noise, light and other things around me"))


def show_lessons(reading: Reading) -> dict[str, Any] | None:
    advice = advice_by_subject(reading)
    return {"subjects": list(advice.items())} if advice else None


def advice_by_subject(reading: Reading) -> dict[str, list[Advice]]:
    """Strategies of the plan and adjustments of the profile by subject, "All lessons" first."""
    return by_subject((*plan_of(reading).get("strategies", ()), *profile_of(reading).get("adjustments", ())))


def by_subject(items: Iterable[Mapping[str, Any]]) -> dict[str, list[Advice]]:
    """Advice grouped by subject, "All lessons" first, the others by name."""
    found: dict[str, list[Advice]] = {}
    for item in items:
        found.setdefault(item["subject"], []).append(Advice(item["text"], item.get("source")))
    return {subject: found[subject] for subject in sorted(found, key=lambda name: (name != ALL_LESSONS, name))}


def show_exams(reading: Reading) -> dict[str, Any] | None:
    exams = texts(profile_of(reading).get("exams"))
    return {"said": exams} if exams else None


def show_about(reading: Reading) -> dict[str, Any] | None:
    profile = profile_of(reading)
    cards = [(title, texts(profile[key])) for key, title in _ABOUT if profile.get(key)]
    return {"cards": cards, "written": " ".join(_written(reading))} if cards else None


_ABOUT = (
    ("appreciated", "What people appreciate about me"),
    ("interests", "What I enjoy"),
    ("matters", "What matters to me"),
    ("goals", "My goals"),
)


def _written(reading: Reading) -> Iterator[str]:
    """Who wrote the profile, and whether the student is behind it."""
    profile = profile_of(reading)
    if profile.get("written_with"):
        yield f"Written by {joined(profile['written_with'])}."
    agreed = profile.get("student_agreed", {})
    if agreed.get("agreed"):
        when = f" on {short_day(agreed['on'])}" if "on" in agreed else ""
        how = f" ({lowered(stripped(agreed['how']))})" if "how" in agreed else ""
        yield f"{'I' if reading.is_self else reading.known_as} agreed this{when}{how}."
    if "review_by" in profile:
        yield f"To be reviewed by {short_day(profile['review_by'])}."


def joined(writers: Sequence[str]) -> str:
    """Those who wrote it in one phrase. Entries that say more than who are parted by semicolons: “and” would turn
    “me, on my phone” and “Mr Renner” into nonsense.
    """
    said = [_begun(str(one).strip()) for one in writers]
    return "; ".join(said) if any(_SAYS_MORE.search(_BRACKETS.sub("", one)) for one in said) else listed(said)


def _begun(text: str) -> str:
    """An entry as it is within a sentence; names keep their capital."""
    return lowered(text) if text.partition(" ")[0].rstrip(",") in _NO_NAMES else text


_NO_NAMES = frozenset({"Checked", "Just", "Me", "My", "On", "The", "Typed", "With"})
_SAYS_MORE = re.compile("[,;:\N{EN DASH}\N{EM DASH}]|^(?:checked|on|typed|with) | (?:and|on|with) ")
_BRACKETS = re.compile(r"\([^)]*\)")


HELP = Section(
    name="help",
    title=Voice(staff="How to help {name}", student="What helps me"),
    template="sections/help.html",
    show=show_help,
    needs=(PROFILE,),
    also=(EMERGENCY,),
    empty=Voice(
        staff="There is no one-page profile yet. {name}'s tutor or the SENDCo writes it together with {name}.",
        student="You have no one-page profile yet. Ask your tutor or the SENDCo to write one with you.",
    ),
)
LESSONS = Section(
    name="lessons",
    title=Voice(staff="In lessons", student="In my lessons"),
    template="sections/lessons.html",
    show=show_lessons,
    also=(STRATEGIES, PROFILE),
)
EXAMS = Section(
    name="exams",
    title=Voice(staff="In tests and exams", student="How I work in tests"),
    template="sections/lines.html",
    show=show_exams,
    needs=(PROFILE,),
)
ABOUT = Section(
    name="about",
    title=Voice(staff="Who {name} is", student="Who I am"),
    template="sections/about.html",
    show=show_about,
    needs=(PROFILE,),
)
