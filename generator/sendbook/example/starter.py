"""What the two public documents of a campus ask of its records: whom to turn to outside, and an accessibility plan.

A new campus begins with one step in each of the plan's three strands: to look. What it finds becomes the plan.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sendbook.campus.year_groups import YEAR_ORDER

_FIRST_CYCLE = 2024  # plans of three years have run from April to March since 2003
_LENGTH = 3

_STEPS = (
    (
        "A",
        "curriculum",
        "Visit lessons in every year group, and note who could not take a full part and why.",
        "We do not know yet what keeps disabled students from lessons, trips and clubs.",
        ("Year groups visited with the checklist", "None", "Every year group"),
    ),
    (
        "B",
        "environment",
        "Walk through every building and its grounds with an access checklist and with students.",
        "We do not know yet which places disabled students can't get into or can't use.",
        ("Rooms and ways walked with the checklist", "None", "All of them"),
    ),
    (
        "C",
        "information",
        "Read a month of letters, pages and signs as somebody would who can't see or read them well.",
        "We do not know yet which of our letters, pages and signs reach everybody.",
        ("Letters, pages and signs of a month looked at", "None", "All of them"),
    ),
)


#: Whose records the exams officer and the careers lead see, until a campus sets it for itself.
DUTY_YEAR_GROUPS: list[dict[str, Any]] = [
    {
        "role": "exams_officer",
        "year_groups": ["10", "11", "12", "13"],
        "reason": "Public examinations begin in Year 10.",
    },
    {
        "role": "careers_lead",
        "year_groups": ["9", "10", "11", "12", "13"],
        "reason": "Options are chosen in Year 9.",
    },
]

#: From what age a student of a new campus may have an account, until the campus sets it for itself.
STARTING_ACCOUNTS = {"youngest": 13}


def outside_help(domain: str, authority: str) -> dict[str, Any]:
    """The parts of ``campus.yml`` that name whom families can turn to; addresses are examples to be replaced."""
    return {
        "local_offer": {"name": f"Local Offer of {authority}", "url": "https://localoffer.council.example/send"},
        "advice_service": {
            "name": f"SENDIASS of {authority}",
            "phone": "01632 960700",
            "email": "advice@sendiass.example",
            "url": "https://sendiass.example/",
            "hours": "Monday to Friday",
        },
        "complaints": {
            "procedure": "complaints procedure",
            "email": f"complaints@{domain}",
            "acknowledged_within": "5 school days",
            "answered_within": "20 school days",
        },
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """Three years from an April, and the day by which the plan is looked at as a whole."""

    start: date
    end: date
    due: date


def cycle_of(on: date, *, new: bool = False) -> Cycle:
    """The cycle of three years a day falls in; a ``new`` campus has no earlier plan, so its own begins last April."""
    first = on.year if on >= date(on.year, 4, 1) else on.year - 1
    begun = first if new else first - (first - _FIRST_CYCLE) % _LENGTH
    end = date(begun + _LENGTH, 3, 31)
    return Cycle(start=date(begun, 4, 1), end=end, due=min(on + timedelta(days=180), end))


def duty_year_groups(first_year: str, last_year: str) -> list[dict[str, Any]]:
    """The duties' year groups that a school teaches; a duty for none of them is left out."""
    taught = set(YEAR_ORDER[YEAR_ORDER.index(first_year) : YEAR_ORDER.index(last_year) + 1])
    mine = [[year for year in one["year_groups"] if year in taught] for one in DUTY_YEAR_GROUPS]
    return [{**one, "year_groups": years} for one, years in zip(DUTY_YEAR_GROUPS, mine, strict=True) if years]


def starter_plan(name: str, senco: str, on: date, cycle: Cycle, body: str = "the proprietor") -> dict[str, Any]:
    """An accessibility plan that begins on a day; ``body`` is who is responsible for the school in law."""
    begun, start, end, due = cycle.start.year, cycle.start, cycle.end, cycle.due
    return {
        "id": f"accessibility-{begun}-{_years(begun)}",
        "cycle": {"start": start.isoformat(), "end": end.isoformat()},
        "responsible_body": f"{body.capitalize()} of {name}",
        "available": {
            "where": "On this site, and on paper at the school office at any reasonable time.",
            "formats": ["Large print", "Read aloud"],
        },
        "next_review": due.isoformat(),
        "actions": [
            {
                "id": f"AP-{begun}-{_years(begun)}-{letter}-01",
                "strand": strand,
                "action": action,
                "barrier": barrier,
                "barrier_source": "audit",
                "success": {**dict(zip(("measure", "baseline", "target"), success, strict=True)), "method": _METHOD},
                "owner_role": "SENDCo",
                "owner": senco,
                "horizon": _horizon(begun, due),
                "start": on.isoformat(),
                "due": due.isoformat(),
                "resources": {"staff_time": "Two afternoons"},
                "status": "not_started",
            }
            for letter, strand, action, barrier, success in _STEPS
        ],
    }


_TERMS = re.compile(r"(?:The terms this year are|This year's terms are) [^.]*\}\}\.[ ]?")


def starter_page(text: str, *, approved: bool, terms: bool = True) -> str:
    """A page of the example's handbook for another campus, which has released no figures yet.

    Without ``terms`` it doesn't say them: a year's terms that are not all set can't be quoted.

    Unless ``approved``, nobody there has approved the page or read it through, and what the contacts are qualified as
    is still to be written down.
    """
    if not terms:
        text = _TERMS.sub("", text)
    unknown = ("{{ figure(",) if approved else ("{{ figure(", ").qualified_as }}")
    front, end, body = text.partition("\n---\n")
    if not approved:
        front = "\n".join(line for line in front.split("\n") if not line.startswith(_OTHERS_WORD))
    kept = [paragraph for paragraph in body.split("\n\n") if not any(one in paragraph for one in unknown)]
    return front + end + "\n\n".join(kept)


_OTHERS_WORD = ("approved_on:", "approved_by:", "minute_ref:", "last_reviewed:")
_METHOD = "The filled-in checklists, counted by the SENDCo"


def _years(begun: int) -> str:
    return f"{(begun + _LENGTH) % 100:02d}"


def _horizon(begun: int, due: date) -> str:
    return ("short", "medium", "long")[min((due - date(begun, 4, 1)).days // 365, 2)]
