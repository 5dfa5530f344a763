"""Sections about provision: what is done, how much of it, by whom, towards which target, and what it costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.link import Link
from sendbook.campus.words import how_often, pounds, quantity, sentence, share, short_day, span
from sendbook.checks.texts.reaching import AT_HOME
from sendbook.kinds.plan.costs import Cost, Costing, cost_of, costing_of, total_of
from sendbook.kinds.plan.line_names import line_name
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.target_sections import TARGETS, target_title
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

PROVISION = ("plan", "provision")
COSTS = ("plan", "costs")
_TO_RATE = Link(kind=CAMPUS, steps=("cost_assumptions", "hourly_rates"))
#: The label of the difference that a line of provision made.
IMPACT = "Impact"
#: Kinds of support that only say again how many students are in the group.
_BY_SIZE = frozenset({"one_to_one", "small_group"})


class Line(NamedTuple):
    """A provision line as the table shows it; ``more`` are the smaller facts under its name."""

    id: str
    name: str
    what: str
    tags: str
    how_much: str
    when: str
    who: str
    where: str
    towards: list[tuple[str, str]]
    delivered: str
    missed: str | None
    more: list[tuple[str, str]]


def show_provision(reading: Reading) -> dict[str, Any] | None:
    lines = plan_of(reading).get("provision")
    if not lines:
        return None
    titles = {target["id"]: target_title(target) for target in plan_of(reading).get("targets", ())}
    return {
        "lines": [_line(line, titles, reading) for line in lines if not has_ended(line, reading)],
        "ended": [_line(line, titles, reading) for line in lines if has_ended(line, reading)],
    }


def _line(line: Mapping[str, Any], titles: Mapping[str, str], reading: Reading) -> Line:
    delivery = line.get("delivery")
    return Line(
        id=f"provision-{line['id']}",
        name=line_name(line, reading.around),
        what=line["what"],
        tags="" if reading.manner in AT_HOME else _tags(line, reading),
        how_much=how_often(line["sessions_per_week"], line["minutes"]),
        when=sentence(span(line["start"], line.get("end"))),
        who=reading.name(line["delivered_by"]) if "delivered_by" in line else "",
        where=where(line, reading),
        towards=[(f"target-{target}", titles[target]) for target in line.get("targets", ()) if target in titles],
        delivered=_delivered(delivery) if delivery else "We haven't counted these sessions",
        missed=delivery.get("missed_because") if delivery else None,
        more=list(_more(line, reading)),
    )


def _tags(line: Mapping[str, Any], reading: Reading) -> str:
    """For staff: the kind of support, unless the size of the group says it already, and how much of it there is."""
    by_size = line["type"] in _BY_SIZE and "group_size" in line
    wave = _said(reading, "wave", line["wave"])
    return wave if by_size else f"{_said(reading, 'type', line['type'])} · {wave}"


def _said(reading: Reading, field: str, code: object) -> str:
    """A code of a line of provision in the words of its field."""
    return reading.around.said(f"plan/provision/{field}", code)


def where(line: Mapping[str, Any], reading: Reading) -> str:
    """``Out of class, in a group of up to 4``."""
    size = line.get("group_size")
    together = "" if size is None else ", one to one" if size == 1 else f", in a group of up to {size}"
    return f"{_said(reading, 'setting', line['setting'])}{together}"


def _delivered(delivery: Mapping[str, Any]) -> str:
    given, planned = delivery["given"], delivery["planned"]
    percent = share(given, planned)
    told = f"{given} of {quantity(planned, 'sessions')} by {short_day(delivery['as_of'])}"
    return told if percent is None else f"{told} ({percent}%)"


def _more(line: Mapping[str, Any], reading: Reading) -> Iterator[tuple[str, str]]:
    around = reading.around
    if "section_f" in line:
        yield "Section F of the EHC plan", line["section_f"]
    if "supervised_by" in line:
        yield "Overseen by", around.name(line["supervised_by"])
    if "trained_on" in line:
        yield "Training", _trained(line, reading)
    if "lost_lesson" in line:
        yield "Lessons missed", sentence(line["lost_lesson"])
    for key, label in (("entry", "At the start"), ("exit", "At the end")):
        if key in line:
            yield label, _measured(line[key], around.listed("measures"))
    if "impact" in line:
        yield IMPACT, _impact(line["impact"], reading)
    if "review_on" in line:
        yield ("Impact reviewed" if "impact" in line else "We will check if it helps"), short_day(line["review_on"])


def _trained(line: Mapping[str, Any], reading: Reading) -> str:
    """Who had the training, and when."""
    who = f"{reading.name(line['delivered_by'])} was trained" if "delivered_by" in line else "Done"
    return f"{who} on {short_day(line['trained_on'])}"


def _measured(item: Mapping[str, Any], measures: Mapping[str, Mapping[str, Any]]) -> str:
    unit = measures.get(item["measure"], {}).get("unit", "points")
    return f"{quantity(item['value'], unit)} on {short_day(item['on'])}"


def _impact(impact: Mapping[str, Any], reading: Reading) -> str:
    note = f" {impact['note']}" if "note" in impact else ""
    rating = _said(reading, "impact/rating", impact["rating"])
    return f"{rating}.{note} {_said(reading, 'impact/decision', impact['decision'])}."


def running_lines(reading: Reading) -> list[Mapping[str, Any]]:
    """The provision that goes on, or is still to begin."""
    return [line for line in plan_of(reading).get("provision", ()) if not has_ended(line, reading)]


def has_ended(line: Mapping[str, Any], reading: Reading) -> bool:
    """Whether a line of provision was stopped, or its last day is over."""
    last_day = str(line.get("end", "9999"))
    stopped = line.get("impact", {}).get("decision") == "stop"
    return bool(stopped or last_day <= reading.over_by or last_day < reading.around.term_start)


def show_week(reading: Reading) -> dict[str, Any] | None:
    """The provision that goes on, in a line each."""
    lines = running_lines(reading)
    if not lines:
        return None
    return {
        "lines": [
            {
                "name": line_name(line, reading.around),
                "what": line["what"],
                "how_much": how_often(line["sessions_per_week"], line["minutes"]),
                "who": reading.name(line["delivered_by"]) if "delivered_by" in line else None,
                "where": where(line, reading),
                "end": short_day(line["end"]) if "end" in line else None,
            }
            for line in lines
        ]
    }


def show_costs(reading: Reading) -> dict[str, Any] | None:
    lines = [line for line in plan_of(reading).get("provision", ()) if line.get("costs")]
    funding = reading.one(STUDENT).get("funding")
    if not lines and not funding:
        return None
    said = {"funding": _funding(funding, reading) if funding else None}
    costing = costing_of(reading.around)
    if costing is None:
        return {**said, "lines": [], "ended": [], "total": None} if funding else None
    over = [has_ended(line, reading) for line in lines]
    costs = [cost_of(line, costing, ended=ended) for line, ended in zip(lines, over, strict=True)]
    rows = [_cost_row(line, cost, costing, reading) for line, cost in zip(lines, costs, strict=True)]
    return {
        **said,
        "columns": _cost_columns(costing),
        "lines": [row for row, ended in zip(rows, over, strict=True) if not ended],
        "ended": [row for row, ended in zip(rows, over, strict=True) if ended],
        "total": _total(total_of(costs), costing) if any(map(any, costs)) else None,
    }


def _cost_columns(costing: Costing) -> tuple[str, ...]:
    """The amounts say the day they are counted to: the end of the last half-term that is over, and of the year."""
    so_far = [f"So far, to {short_day(costing.so_far_to.isoformat())}"] if costing.so_far_to is not None else []
    year = f"This school year, to {short_day(costing.year_to.isoformat())}"
    return "Provision", "Worked out from", *so_far, year, f"A full year of {costing.weeks} weeks"


def _total(total: Cost, costing: Costing) -> list[str]:
    """The sums in words, in the order of the columns."""
    so_far = [f"{pounds(total.so_far or 0)} so far"] if costing.so_far_to is not None else []
    return [
        *so_far,
        f"{pounds(total.this_year or 0)} in this school year",
        f"{pounds(total.full_year or 0)} in a full year of what is running now",
    ]


def _cost_row(line: Mapping[str, Any], cost: Cost, costing: Costing, reading: Reading) -> list[str]:
    costs = line["costs"]
    rates = {one["id"]: one for one in costing.assumptions.get("hourly_rates", ())}
    rate = rates.get(costs.get("rate", ""))
    unseen = sentence(reading.around.links.unseen(_TO_RATE)) if "rate" in costs else "Not by the hour"
    basis = f"{rate['name']}, {pounds(rate['gbp'])} an hour" if rate else unseen
    name = line_name(line, reading.around) if "type" in line else ""
    return [
        name,
        f"{basis}. Paid from: {_said(reading, 'costs/funding', costs['funding'])}" if "funding" in costs else basis,
        *([_amount(cost.so_far)] if costing.so_far_to is not None else []),
        _amount(cost.this_year),
        f"Ended {short_day(line['end'])}" if cost.full_year is None and "end" in line else _amount(cost.full_year),
    ]


def _amount(amount: int | None) -> str:
    return "Not worked out" if amount is None else pounds(amount)


def _funding(funding: Mapping[str, Any], reading: Reading) -> str:
    amount = f"{pounds(funding['gbp_a_year'])} a year from " if "gbp_a_year" in funding else "From "
    band = f" ({funding['band']})" if "band" in funding else ""
    source = reading.around.said("student/funding/source", funding["source"])
    return f"{amount}the {source[:1].lower()}{source[1:]}{band}."


LINES = Section(
    name="provision",
    title=Voice(staff="What we do", student="The help I get"),
    template="sections/provision.html",
    show=show_provision,
    needs=(PROVISION,),
    also=(TARGETS,),
)
WEEK = Section(
    name="week",
    title=Voice(staff="Help in the week", student="The help I get in the week"),
    template="sections/week.html",
    show=show_week,
    needs=(PROVISION,),
)
COST_LINES = Section(
    name="costs",
    title=Voice(staff="What it costs"),
    template="sections/costs.html",
    show=show_costs,
    needs=(COSTS,),
    also=(PROVISION, ("student", "costs")),
)
