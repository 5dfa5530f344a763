"""A release: the record of a term's figures, from true counts to what may be shown; computed, approved, frozen.

`compute` and `approve` answer the data of the record and write nothing. To read released figures, ask `released`,
which knows only approved ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sendbook.campus.foundation import CAMPUS, PERSON
from sendbook.campus.records import Campus, Record
from sendbook.campus.terms import Term, Terms
from sendbook.checks.case import holds
from sendbook.checks.frozen import is_unaltered, sealed
from sendbook.errors import FiguresRefused
from sendbook.figures.counts import AREAS, STAGES, Counted, Rate, Share, count
from sendbook.figures.settings import FigureSettings
from sendbook.figures.suppression import (
    Counts,
    Hidden,
    Release,
    Shown,
    Whole,
    hide,
    is_almost_all,
    is_small,
)

Data = Mapping[str, Any]

KIND = "figures"
APPROVED = "approved"
_TERM = re.compile(r"(?P<name>[a-z0-9-]*[a-z0-9])-(?P<year>[0-9]{4})")
_TABLES = ("by-area", "by-stage")
_SINGLE = ("send", "sen-support", "ehc-plans")


def record_name(term: str) -> str:
    """What a term's figures are filed under, so that they stand in order: ``2026-autumn`` of ``autumn-2026``."""
    found = _TERM.fullmatch(term)
    return f"{found['year']}-{found['name']}" if found else term


def term_named(name: str, campus: Campus) -> Term:
    """The term meant by ``autumn-2026`` or ``2026-autumn``; raises `FiguresRefused` if there is none."""
    terms = Terms.from_campus(_campus(campus)).terms
    for term in terms:
        if name in (term.id, record_name(term.id)):
            return term
    known = ", ".join(record_name(term.id) for term in terms)
    raise FiguresRefused(f"There is no term “{name}” in records/campus.yml. Known: {known}.")


def released(campus: Campus) -> tuple[Record, ...]:
    """The approved releases, the oldest first: all that anybody is shown."""
    return approved(campus.of_kind(KIND))


def approved(releases: Iterable[Record]) -> tuple[Record, ...]:
    """The approved ones among these releases, the oldest first."""
    found = [record for record in releases if record.data["state"] == APPROVED]
    return tuple(sorted(found, key=lambda record: str(record.data["counted_on"])))


def figures_of(data: Data) -> tuple[Data, ...]:
    """All figures of a release that are in the record handed in: those for everyone first."""
    return (*data.get("public", ()), *data.get("figures", ()))


def compute(campus: Campus, term: Term, on: date, shares: Iterable[Share]) -> dict[str, Any]:
    """The record of a term's figures as counted on a day and made safe, not yet approved.

    Raises `FiguresRefused` where they are approved already, or a later term's are: what has been read can't be
    taken back, so a release has to know all that went before it.
    """
    name = record_name(term.id)
    settings = FigureSettings.of(_campus(campus))
    earlier = released(campus)
    for record in earlier:
        if record.data["id"] == name:
            raise FiguresRefused(f"The figures of {name} are approved and frozen; they are not computed again.")
        if record.data["counted_on"] >= on.isoformat():
            raise FiguresRefused(
                f"The figures of {record.data['id']} are released already, as of {record.data['counted_on']}. Figures "
                "are released in order of their days, because each has to be safe beside all before it."
            )
    counted = count(campus, term, on, shares)
    try:
        cells = hide(_counts(counted), [as_release(record.data) for record in earlier], settings)
    except ValueError as error:
        raise FiguresRefused(
            f"The figures of {name} can't be made safe next to those released before; don't release any this term."
        ) from error
    data = {
        "id": name,
        "term": term.id,
        "state": "computed",
        "counted_on": on.isoformat(),
        "computed_on": on.isoformat(),
        "smallest_count": settings.smallest_count,
        "public": list(_public_figures(counted, cells, settings)),
        "figures": list(_figures(counted, cells, settings, [record.data for record in earlier])),
    }
    return sealed(data)


def approve(campus: Campus, record: Record, person: str, on: date) -> dict[str, Any]:
    """The record approved and frozen; raises `FiguresRefused` if it may not be, with what to do."""
    data = record.data
    settings = FigureSettings.of(_campus(campus))
    if campus.get(f"people/{person}") is None:
        raise FiguresRefused(f"There is nobody with the id “{person}”. {_who_may(campus, on, settings)}")
    if data["state"] == APPROVED:
        raise FiguresRefused(f"The figures of {data['id']} are approved already, by {data['approved_by']}.")
    if not is_unaltered(data):
        raise FiguresRefused(f"{record.path} was changed by hand since it was computed. Compute it again first.")
    if not may_approve(campus, person, on, settings):
        duties = " or ".join(duty.replace("_", " ") for duty in settings.approved_by)
        raise FiguresRefused(
            f"{person} may not approve figures on {on}: it takes the duty {duties} (records/campus.yml, figures). "
            + _who_may(campus, on, settings)
        )
    if on.isoformat() < data["computed_on"]:
        raise FiguresRefused(f"The figures were computed on {data['computed_on']}, after the day of approval.")
    compare = released(campus)
    if compare and compare[-1].data["counted_on"] >= data["counted_on"]:
        raise FiguresRefused(f"The figures of {compare[-1].data['id']} were released since. Compute these again first.")
    return sealed({**data, "state": APPROVED, "approved_on": on.isoformat(), "approved_by": person})


def may_approve(campus: Campus, person: str, on: date, settings: FigureSettings) -> bool:
    """Whether somebody has, on the day, a duty that approves figures."""
    record = campus.get(f"people/{person}")
    duties = record.data.get("staff", {}).get("duties", ()) if record else ()
    return any(duty["role"] in settings.approved_by and holds(duty, on) for duty in duties)


def _who_may(campus: Campus, on: date, settings: FigureSettings) -> str:
    """Whom to name instead, by id."""
    people = (record.id.removeprefix("people/") for record in campus.of_kind(PERSON))
    able = [person for person in people if may_approve(campus, person, on, settings)]
    if able:
        return f"Name one of those who may approve on {on}: --by {' or '.join(sorted(able))}."
    return f"Nobody may approve on {on}: give somebody the duty in records/people, or say another in campus.yml."


def as_release(data: Data) -> Release:
    """The counts of students in a record, as an onlooker reads them."""
    cells: dict[str, Shown] = {}
    most: dict[str, int] = {}
    roll = next((figure["value"] for figure in figures_of(data) if figure["id"] == "roll"), 0)
    for figure in figures_of(data):
        if figure["id"] in _SINGLE:
            cells[figure["id"]] = _shown(figure)
            most[figure["id"]] = roll
        elif figure["id"] in _TABLES:
            for cell in figure["cells"]:
                name = f"{figure['id']}/{cell['id']}"
                cells[name] = _shown(cell)
                most[name] = cell.get("of", roll)
    return Release(cells=cells, wholes=_wholes(cells), most=most, smallest_count=data["smallest_count"])


def _shown(said: Data) -> Shown:
    return Hidden(said["hidden"]) if "hidden" in said else int(said["value"])


def _campus(campus: Campus) -> Data:
    record = campus.get(CAMPUS)
    return record.data if record else {}


def _counts(counted: Counted) -> Counts:
    cells = {"send": counted.support + counted.plans, "sen-support": counted.support, "ehc-plans": counted.plans}
    most = dict.fromkeys(cells, counted.roll)
    cells |= {f"by-area/{area}": number for area, number in counted.by_area.items()}
    cells |= {f"by-stage/{stage}": number for stage, number in counted.by_stage.items()}
    most |= {
        f"by-stage/{stage}": counted.roll_by_stage.get(stage, number) for stage, number in counted.by_stage.items()
    }
    return Counts(cells=cells, wholes=_wholes(cells), most=most)


def _wholes(cells: Mapping[str, object]) -> tuple[Whole, ...]:
    tables = [tuple(name for name in cells if name.startswith(f"{table}/")) for table in _TABLES]
    return tuple(Whole(cell="send", parts=parts) for parts in (("sen-support", "ehc-plans"), *tables) if parts)


def _public_figures(counted: Counted, cells: Mapping[str, Shown], settings: FigureSettings) -> Iterator[dict[str, Any]]:
    """The few that the handbook may say to anyone, in the words they are read with."""
    day = {"on": counted.on.isoformat()}
    yield {
        "id": "roll",
        "title": "Students on roll",
        "counts": "All students on the roll that day, all year groups added up.",
        "unit": "students",
        **day,
        "value": counted.roll,
    }
    for name, title, counts in _STUDENTS:
        yield {"id": name, "title": title, "counts": counts, "unit": "students", **day, **_said(cells[name])}
        share = {
            "title": f"{title}, as a share of all students",
            "counts": f"{counts} As a share of all students on roll.",
        }
        yield {"id": f"{name}-percent", **share, "unit": "percent", **day, **_share(cells[name], counted, settings)}


def _figures(
    counted: Counted, cells: Mapping[str, Shown], settings: FigureSettings, earlier: Sequence[Data]
) -> Iterator[dict[str, Any]]:
    """The others, for those who may see figures."""
    day = {"on": counted.on.isoformat()}
    yield _table("by-area", "Students with SEND by area of need", _BY_AREA, AREAS, cells, day)
    stages = {stage: title for stage, (title, _) in STAGES.items() if f"by-stage/{stage}" in cells}
    table = _table("by-stage", "Students with SEND by key stage", _BY_STAGE, stages, cells, day)
    for cell in table["cells"]:
        cell["of"] = counted.roll_by_stage.get(cell["id"], 0)
    yield table
    span = {"since": counted.since.isoformat(), "until": counted.until.isoformat()}
    for share, rate in counted.rates.items():
        said = f"{share.counts} {counted.rated_term}."
        rated = _said_before(share.id, span, earlier)
        shown = _rate(rate, cells, settings) if rated is None else rated
        yield {"id": share.id, "title": share.title, "counts": said, "unit": "percent", **span, **shown}
    yield {
        "id": "funding",
        "title": "Funding for named students, per year",
        "counts": f"Yearly amounts for named students, added up, to the nearest £{settings.money_rounded_to:,}.",
        "unit": "pounds",
        **day,
        **money_said(counted.funding.amounts, settings),
    }


_STUDENTS = (
    ("send", "Students with SEND", "Students on SEN support or with an EHC plan."),
    ("sen-support", "Students on SEN support", "Students on SEN support, without an EHC plan."),
    ("ehc-plans", "Students with an EHC plan", "Students with an Education, Health and Care plan."),
)
_BY_AREA = (
    "Students with SEND by the area of their first need. Less common types of need are counted in their broad area."
)
_BY_STAGE = "Students with SEND by the year group they are in."


def _table(
    name: str, title: str, counts: str, rows: Mapping[str, str], cells: Mapping[str, Shown], day: Mapping[str, str]
) -> dict[str, Any]:
    listed = [{"id": row, "title": said, **_said(cells[f"{name}/{row}"])} for row, said in rows.items()]
    return {"id": name, "title": title, "counts": counts, "unit": "students", **day, "cells": listed}


def _said(shown: Shown) -> dict[str, Any]:
    return {"hidden": shown.value} if isinstance(shown, Hidden) else {"value": shown}


def _share(shown: Shown, counted: Counted, settings: FigureSettings) -> dict[str, Any]:
    """A share of the roll: hidden with its number, or it would give the number back; and of fewer than ten."""
    if isinstance(shown, Hidden):
        return _said(shown)
    if counted.roll < settings.smallest_group:
        return _said(Hidden.WITHHELD)
    return {"value": round(100 * shown / counted.roll, 1), "part": shown, "whole": counted.roll}


def _rate(rate: Rate, cells: Mapping[str, Shown], settings: FigureSettings) -> dict[str, Any]:
    """SN-4: no rate of fewer than ten, be they reviews or the students they are about; none of a few, or all but a few.

    Nearly every student with SEND has a review a term, so while their number is hidden this one may not tell it.
    """
    if isinstance(cells["send"], Hidden) or min(rate.whole, rate.students) < settings.smallest_group:
        return _said(Hidden.WITHHELD)
    if is_small(rate.part, settings):
        return {**_said(Hidden.SMALL), "whole": rate.whole}
    if is_almost_all(rate.part, rate.whole, settings):
        return {**_said(Hidden.ALMOST_ALL), "whole": rate.whole}
    return {"value": round(100 * rate.part / rate.whole), "part": rate.part, "whole": rate.whole}


def _said_before(name: str, span: Data, earlier: Sequence[Data]) -> dict[str, Any] | None:
    """What stands in for a rate of days that an earlier release has rated; None if none has.

    Two rates of the same days differ by the few who left or were entered late, and tell how these did: the same days
    are said as they were then, and days that only overlap not at all.
    """
    for release in reversed(earlier):
        for figure in figures_of(release):
            if figure["id"] != name or figure["since"] > span["until"] or span["since"] > figure["until"]:
                continue
            if (figure["since"], figure["until"]) == (span["since"], span["until"]):
                return {key: figure[key] for key in ("hidden", "value", "part", "whole") if key in figure}
            return _said(Hidden.WITHHELD)
    return None


def money_said(amounts: Sequence[float], settings: FigureSettings) -> dict[str, Any]:
    """Dominance: a sum is shown if at least six amounts make it and none is over half of it.

    It is rounded to more than any one of them, so that the difference of two releases does not tell what one child
    who came or left is funded with.
    """
    if is_small(len(amounts), settings) or 2 * max(amounts) > sum(amounts):
        return _said(Hidden.WITHHELD)
    nearest = settings.money_rounded_to
    if max(amounts) > nearest:
        return _said(Hidden.WITHHELD)
    return {"value": nearest * round(sum(amounts) / nearest)}
