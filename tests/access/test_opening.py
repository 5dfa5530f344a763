"""What grants open to those who stand to a student: while it is the same, nobody comes to see anything else of them."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.opening import Openings, openings, related_as
from sendbook.access.remembered import as_plain
from sendbook.access.student_file import StudentFile
from sendbook.access.views import scopes
from sendbook.campus.records import Campus
from tests.access.small_campus import Data, campus_of
from tests.access.worlds import STUDENTS, asked_on, grants, worlds


def opened_in(campus: Campus) -> tuple[Basis, Openings]:
    basis = Basis.of(campus)
    return basis, openings(basis)


def rests_on(campus: Campus, basis: Basis, opened: Openings, student: str) -> list[str]:
    """What a student's pages are taken to rest on of all grants."""
    file = StudentFile.of(campus, student, basis)
    assert file is not None
    return [opened.everywhere, opened.to(related_as(file.relations))]


def given_to(campus: Campus, basis: Basis, student: str, on: date) -> list[Any]:
    """All that anybody is given of a student: how they stand, until when, why, and what they are shown."""
    found, projections = scopes(campus, student, on, basis=basis)
    said = [[one.reader, one.until, one.because, sorted(one.at_home), one.stands] for one in found]
    stands = as_plain([one.stands for one in found if one.stands is not None])
    return [[row[:4] for row in said], stands, [projections[one.projection].digest for one in found]]


@st.composite
def with_other_grants(draw: st.DrawFn) -> tuple[Data, Data]:
    """A campus, and the same after grants have come, gone, or both."""
    records = draw(worlds())
    listed: list[dict[str, Any]] = list(records["access"]["grants"])
    for number in range(draw(st.integers(1, 2))):
        if listed and draw(st.booleans()):
            listed.pop(draw(st.integers(0, len(listed) - 1)))
        else:
            listed.append(draw(grants(900 + number)))
    return records, {**records, "access": {**records["access"], "grants": listed}}


@given(campuses=with_other_grants(), on=asked_on)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_who_rests_on_the_same_is_given_the_same(campuses: tuple[Data, Data], on: date) -> None:
    """Grants that come or go move nobody to whom nothing else is opened by them."""
    assert_the_same_is_given(*campuses, on)


@pytest.mark.slow
@given(campuses=with_other_grants(), on=asked_on)
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_who_rests_on_the_same_is_given_the_same_on_many_campuses(campuses: tuple[Data, Data], on: date) -> None:
    assert_the_same_is_given(*campuses, on)


def assert_the_same_is_given(one: Data, other: Data, on: date) -> None:
    before, after = map(campus_of, (one, other))
    (then, opened_then), (now, opened_now) = opened_in(before), opened_in(after)
    for student in STUDENTS:
        if rests_on(before, then, opened_then, student) == rests_on(after, now, opened_now, student):
            assert given_to(before, then, student, on) == given_to(after, now, student, on)


def with_grant(campus: Data, /, **grant: Any) -> Data:
    added = {"id": "one-more", "action": "read", "reason": "So that we can tell.", **grant}
    return {**campus, "access": {**campus["access"], "grants": [*campus["access"]["grants"], added]}}


def differing(before: Data, after: Data) -> set[str]:
    """The students whose pages rest on something else."""
    ((then, opened_then), (now, opened_now)) = (opened_in(campus_of(before)), opened_in(campus_of(after)))
    return {
        one
        for one in STUDENTS
        if rests_on(campus_of(before), then, opened_then, one) != rests_on(campus_of(after), now, opened_now, one)
    }


def test_a_new_grant_concerns_the_students_whom_it_opens_something_of(records: Data) -> None:
    del records["students/9X2D/student"]["teaching_groups"]
    costs = with_grant(records, relation="teaches", records={"plan": ["costs"]})
    assert differing(records, costs) == {"7Q4K", "3B8M"}


def test_a_grant_that_opens_what_is_open_already_concerns_nobody(records: Data) -> None:
    once = with_grant(records, relation="teaches", records={"plan": ["costs"]})
    twice = with_grant(once, relation="teaches", records={"plan": ["costs"]})
    assert differing(once, twice) == set()
    assert differing(records, with_grant(records, relation="teaches", records={"plan": ["costs"]}, reason="R")) != set()


def test_a_grant_of_the_campus_s_own_records_concerns_every_student(records: Data) -> None:
    """Names and numbers of people are on all pages."""
    assert differing(records, with_grant(records, everyone="family", records={"person": ["directory"]})) == set(
        STUDENTS
    )


def test_a_duty_that_comes_to_reach_students_concerns_every_student(records: Data) -> None:
    nobody_yet = {**records, "access": {**records["access"], "grants": []}}
    assert differing(nobody_yet, with_grant(nobody_yet, role="dpo", records={"plan": ["costs"]})) == set(STUDENTS)
    proposing = with_grant(nobody_yet, role="dpo", records={"plan": ["costs"]}, action="propose")
    assert differing(nobody_yet, proposing) == set(STUDENTS)
