"""A campus of some size has the shares that are usual in the field."""

from __future__ import annotations

from collections import Counter
from statistics import mean

import pytest

from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.example.reading import campus_of, made

# One worker process makes the campus for all.
pytestmark = [pytest.mark.xdist_group("distributions"), pytest.mark.slow]

STUDENTS = 300


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    return campus_of(made(registry, STUDENTS, 4), registry)


def _by_code(campus: Campus, code: str) -> list[dict]:
    return [one.data for one in campus.of_kind("student") if one.data["status"][-1]["code"] == code]


def test_about_a_fifth_have_a_plan_of_the_local_authority(campus: Campus) -> None:
    assert 0.16 < len(_by_code(campus, "E")) / STUDENTS < 0.26


def test_the_roll_fits_the_share_of_students_with_send(campus: Campus) -> None:
    roll = sum(year["students"] for year in campus.records["campus"].data["roll"])
    assert 0.20 < STUDENTS / roll < 0.27


@pytest.mark.parametrize(("code", "leading", "share"), [("K", "SLCN", 0.24), ("E", "ASD", 0.34)])
def test_types_of_need_follow_their_weights(campus: Campus, code: str, leading: str, share: float) -> None:
    first = Counter(student["needs"][0]["type"] for student in _by_code(campus, code))
    assert abs(first[leading] / first.total() - share) < 0.08


@pytest.mark.parametrize(("code", "boys", "second"), [("K", 0.61, 0.3), ("E", 0.71, 0.6)])
def test_sex_and_second_needs(campus: Campus, code: str, boys: float, second: float) -> None:
    students = _by_code(campus, code)
    assert abs(mean(student["sex"] == "M" for student in students) - boys) < 0.1
    assert abs(mean(len(student["needs"]) > 1 for student in students) - second) < 0.15


def test_targets_end_as_targets_do(campus: Campus) -> None:
    ends = Counter(
        target["result"]["outcome"]
        for plan in campus.of_kind("plan")
        for target in plan.data["targets"]
        if "result" in target
    )
    assert abs((ends["met"] + ends["exceeded"]) / ends.total() - 0.55) < 0.1
    assert abs(ends["partly_met"] / ends.total() - 0.30) < 0.1


def test_live_targets_and_provision_are_few(campus: Campus) -> None:
    for plan in campus.of_kind("plan"):
        live = [target for target in plan.data["targets"] if "result" not in target]
        assert 1 <= len(live) <= 4, plan.path
        assert 1 <= len(plan.data["provision"]) <= 5, plan.path


def test_most_planned_sessions_take_place(campus: Campus) -> None:
    counts = [line["delivery"] for plan in campus.of_kind("plan") for line in plan.data["provision"]]
    assert 82 < mean(100 * count["given"] / count["planned"] for count in counts if count["planned"]) < 88


def test_families_are_met_nearly_three_times_a_year(campus: Campus) -> None:
    met = []
    for student in campus.of_kind("student"):
        if student.data["status"][0]["from"] < "2025-09-01":
            meetings = [one.data for one in campus.of_student(student.data["id"]) if one.kind == "meeting"]
            met.append(
                sum(one["type"] in ("parent_review", "annual_review") for one in meetings if one["date"] > "2025-11-23")
            )
    assert 2.4 < mean(met) < 3.1


def test_files_are_as_many_and_as_long_as_real_ones(campus: Campus) -> None:
    files = [record for record in campus.records.values() if record.student]
    assert 6 < len(files) / STUDENTS < 8


def test_some_families_are_two_households_and_a_few_are_restricted(campus: Campus) -> None:
    families = [student.data["family"] for student in campus.of_kind("student")]
    assert 0.02 < mean(any(one["household"] == "b" for one in family) for family in families) < 0.15
    restricted = [one for family in families for one in family if one["access"] == "none"]
    assert restricted
    assert all(one["court_orders"] for one in restricted)


def test_brothers_and_sisters_share_parents(campus: Campus) -> None:
    first = Counter(student.data["family"][0]["person"] for student in campus.of_kind("student"))
    assert 10 < sum(number > 1 for number in first.values()) < 80


def test_staff_grow_with_the_campus(campus: Campus) -> None:
    roles = Counter(
        duty["role"] for person in campus.of_kind("person") for duty in person.data.get("staff", {}).get("duties", ())
    )
    assert 20 < roles["teacher"] < 50
    assert 45 < roles["support_assistant"] < 75
    assert roles["senco"] == roles["principal"] == roles["dpo"] == 1
