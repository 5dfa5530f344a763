"""A student who has left: off every list and out of everything that falls due, and still there to be read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest

from sendbook.bundle.fragment import Fragment
from sendbook.campus.terms import Terms
from sendbook.pages.campus_page import CampusReading
from sendbook.site.readers.own_pages import OwnReader, own_site_of
from tests.site.small_student import CAMPUS, Outline, Projected, around, facts, pages, projected, records, templates

# Long after every day in the small student's records: all of it would be late.
ON = date(2027, 3, 1)
LAST_DAY = date(2027, 2, 12)
SENCO = OwnReader(id="p-sen1", name="Mrs Senco", roles=("senco",), is_staff=True)
MOTHER = OwnReader(id="p-mum1", name="Ms Mother", is_family=True)


def _projected(until: date | None, manner: str = "staff") -> Projected:
    own = records()
    own["student"]["on_roll"] = {"from": "2024-09-04"} | ({"until": until.isoformat()} if until else {})
    return projected(own, manner=manner)


def _own(reader: OwnReader, students: list[dict[str, Any]], on: date = ON) -> dict[str, Fragment | None]:
    return own_site_of(
        reader, students, CampusReading(around=around(), on=on), templates(), terms=Terms.from_campus(CAMPUS)
    ).pages


def _text(page: Fragment | None) -> str:
    assert page is not None
    return Outline(page.content).text


@pytest.mark.parametrize("path", ["/", "/register/"])
def test_after_the_last_day_a_student_is_on_no_list(path: str) -> None:
    stays, left = facts(_projected(None)), facts(_projected(LAST_DAY))
    assert stays["full_name"] in _text(_own(SENCO, [stays])[path])
    assert left["full_name"] not in _text(_own(SENCO, [left])[path])


def test_after_the_last_day_a_student_is_on_no_class_sheet() -> None:
    sheets = {path for path in _own(SENCO, [facts(_projected(None))]) if path.startswith("/groups/")}
    left = {path for path in _own(SENCO, [facts(_projected(LAST_DAY))]) if path.startswith("/groups/")}
    assert sheets > left == {"/groups/"}


def test_on_the_last_day_itself_everything_is_still_due() -> None:
    one = facts(_projected(LAST_DAY))
    assert one["full_name"] in _text(_own(SENCO, [one], LAST_DAY)["/"])
    assert one["full_name"] in _text(_own(SENCO, [one], LAST_DAY)["/register/"])
    assert one["full_name"] not in _text(_own(SENCO, [one], LAST_DAY + timedelta(days=1))["/"])


def test_who_has_left_is_found_below_the_others() -> None:
    text = _text(_own(SENCO, [facts(_projected(LAST_DAY))])["/students/"])
    assert "Students who have left" in text
    assert "Show 1 student" in text


def test_a_parent_is_asked_for_nothing_after_the_last_day() -> None:
    family = _projected(LAST_DAY, "family")
    text = _text(_own(MOTHER, [facts(family)])["/"])
    assert "last day at this school was" in text
    assert "12 February 2027" in text
    assert "Next meeting" not in text
    assert "No date is fixed" not in text


def test_a_students_page_gives_the_last_day_and_no_date_after_it() -> None:
    shown = pages(_projected(date(2026, 10, 1))).fragments
    overview = next(page for path, page in shown.items() if path.count("/") == 3)
    text = Outline(overview.content).text
    assert "last day at school 1 October 2026" in text
    assert "Plan review, at the latest" not in text
    before = Outline(next(p for path, p in pages(_projected(None)).fragments.items() if path.count("/") == 3).content)
    assert "Plan review, at the latest" in before.text
