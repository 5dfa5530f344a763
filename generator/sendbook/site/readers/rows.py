"""Rows of lists, made once for each projection and joined for each reader.

A list of a thousand students is a thousand short strings put together, not a thousand rows rendered again for each
of the people who see it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from markupsafe import Markup

from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import short_day
from sendbook.campus.year_groups import year, year_position
from sendbook.kinds.plan import PLAN
from sendbook.kinds.profile import PROFILE
from sendbook.pages.templates import Renders

Facts = Mapping[str, Any]


def row_fragments(facts: Facts, templates: Renders) -> dict[str, str]:
    """The rows of a student by list; a list whose parts the projection lacks has none."""
    rows = {"students": str(templates.render("own/student_row.html", _student_row(facts)))}
    if on_register(facts):
        rows["register"] = str(templates.render("own/register_row.html", _register_row(facts)))
    return rows


def on_register(facts: Facts) -> bool:
    """Whether a student has a row in the SEN register, as far as these readers see the status."""
    return bool(facts[STUDENT]["status"]) and facts[STUDENT]["status"]["code"] != "N"


def _student_row(facts: Facts) -> dict[str, Any]:
    status = facts[STUDENT]["status"]
    return {
        "path": facts["path"],
        "name": facts["full_name"],
        "status": status["said"] if status else None,
        "help": facts[PROFILE]["help"][0] if facts[PROFILE]["help"] else None,
    }


def _register_row(facts: Facts) -> dict[str, Any]:
    status, plan = facts[STUDENT]["status"], facts[PLAN]["current"]
    return {
        "path": facts["path"],
        "name": facts["full_name"],
        "year": year(facts[STUDENT]["year"]) if facts[STUDENT]["year"] else "",
        "status": status["said"],
        "needs": facts[STUDENT]["needs"],
        "since": short_day(status["since"]),
        "review": short_day(plan["review_due"]) if plan and plan["review_due"] else None,
        "sees_plan": facts[PLAN]["sees_plan"],
    }


def join_rows(students: Iterable[Facts], name: str, templates: Renders) -> Markup:
    """The rows of one list, one after another; each was escaped when it was made."""
    rows = (one["rows"] if "rows" in one else row_fragments(one, templates) for one in students)
    return Markup("".join(row[name] for row in rows if name in row))  # noqa: S704


def in_order(students: Iterable[Facts]) -> list[Facts]:
    """By year group, then by name."""
    return sorted(students, key=_position)


def by_year(students: Sequence[Facts], templates: Renders) -> list[tuple[str, str, Markup]]:
    """Heading id, heading and rows of each year group, of students in order."""
    return [
        (
            f"year-{code.lower() or 'none'}",
            year(code) if code else "No year group",
            join_rows(group, "students", templates),
        )
        for code, group in groupby(students, key=lambda one: one[STUDENT]["year"])
    ]


def _position(facts: Facts) -> tuple[int, str, str]:
    return year_position(facts[STUDENT]["year"]), facts["full_name"].casefold(), facts["id"]
