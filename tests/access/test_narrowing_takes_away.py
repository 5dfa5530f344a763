"""Every value that takes something away counts in a record that can't be used, and no value of it gives anything.

One case for each field on which access rests: what it was, what it says now, and what is left. Then campuses drawn at
random, asked of the whole of access: what stands in is no wider than either version.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.narrowing import narrowed, within
from sendbook.access.parts import ALL
from sendbook.access.policy import Grant
from sendbook.access.shared import whos_of
from sendbook.access.student_file import StudentFile
from sendbook.campus.records import Campus
from sendbook.campus.salvage import Salvaged, salvage
from tests.access.small_campus import REGISTRY, Data, campus_of
from tests.access.worlds import DAYS, PEOPLE, STUDENTS, days, spans, worlds

OLD, NEW = {"email": "old@tiny.example"}, {"email": "new@tiny.example"}
PERSON: dict[str, Any] = {
    "id": "p-3f8q",
    "name": {"full": "Ana Pop", "known_as": "Ms Pop"},
    "sign_in": OLD,
    "staff": {"job_title": "Teacher", "duties": [{"id": "t", "role": "teacher", "from": "2020-09-01"}]},
    "family": {"phone": "0100", "address": "1 Old Road"},
}
POSTS = [{"person": "p-1aaa", "from": "2026-09-01"}, {"person": "p-2bbb", "from": "2026-09-01"}]
CAMPUS: dict[str, Any] = {
    "contacts": {"senco": "p-1aaa"},
    "teaching_groups": [{"id": "y7", "teachers": POSTS}],
    "duty_year_groups": [{"role": "exams_officer", "year_groups": ["10", "11"]}],
    "student_accounts": {"youngest": 11},
}
GRANT = {"id": "g", "everyone": "staff", "kind": "person", "parts": ["contact"], "action": "read", "reason": "R"}
COVER = {"id": "c", "student": "7Q4K", "person": "p-3f8q", "role": "senco", "from": "2026-09-01", "reason": "R"}


def read(now: object) -> Salvaged:
    assert isinstance(now, dict)
    return Salvaged(data=now, whole=True)


@pytest.mark.parametrize(
    "now",
    [NEW, {}, {"mail": "old@tiny.example"}, {"email": ["old@tiny.example"]}, "old@tiny.example", None, 3],
)
def test_an_address_that_is_another_or_not_to_be_read_signs_nobody_in(now: object) -> None:
    assert "sign_in" not in narrowed("person", PERSON, read({**PERSON, "sign_in": now, "odd": 1}))


def test_an_address_that_is_the_same_goes_on() -> None:
    """In other letters too: people are found by it whatever the case."""
    same = {"email": "Old@Tiny.Example"}
    assert narrowed("person", PERSON, read({**PERSON, "sign_in": same, "odd": 1}))["sign_in"] == OLD


def test_while_nobody_gains_neither_the_old_address_nor_the_new_one_signs_in() -> None:
    found = within("person", PERSON, {**PERSON, "sign_in": NEW})
    assert found is not None
    assert "sign_in" not in found
    assert within("person", PERSON, PERSON) == PERSON


SOURCE = """\
id: p-3f8q
name:
  full: Ana Pop
  known_as: Ms Pop
sign_in:
  email: old@tiny.example
staff:
  job_title: Teacher
  duties:
    - id: t
      role: teacher
      from: 2020-09-01
family:
  phone: "0100"
  address: 1 Old Road
"""


@pytest.mark.parametrize(
    ("before", "after", "gone"),
    [
        ("email: old@tiny.example", "email: new@tiny.example", {"sign_in"}),
        ("email: old@tiny.example", "email: 'old@tiny.example", {"sign_in"}),
        ("sign_in:\n  email: old@tiny.example\n", "", {"sign_in"}),
        ("family:\n  phone: \"0100\"\n  address: 1 Old Road\n", "", {"family"}),
        ("full: Ana Pop", "full: 'Ana Pop", set()),
        ("family:", " family:", set()),
        ("name:", "<<<<<<< HEAD\nname:", set()),
    ],
)  # fmt: skip
def test_of_a_file_that_is_no_sound_yaml_what_is_gone_is_gone(before: str, after: str, gone: set[str]) -> None:
    """A quotation mark that closes lines below swallows what is between; that was not taken out."""
    broken = SOURCE.replace(before, after, 1) + "odd: ['\n"
    found = salvage(broken.encode())
    assert not found.whole
    assert PERSON.keys() - narrowed("person", PERSON, found).keys() == gone


def test_a_file_of_which_nothing_can_be_read_takes_nothing_away() -> None:
    assert narrowed("person", PERSON, salvage(b"\xff\xfe\x00")) == PERSON


@pytest.mark.parametrize("day", ["2026-11-31", "last Friday", 20261120, ["2026-11-20"]])
def test_a_last_working_day_that_can_not_be_read_is_over(day: object) -> None:
    left = narrowed("person", PERSON, read({**PERSON, "staff": {**PERSON["staff"], "left_on": day}}))
    assert left["staff"]["left_on"] < "2026-01-01"


def test_a_contact_detail_that_is_gone_or_another_is_shown_no_more() -> None:
    left = narrowed("person", PERSON, read({**PERSON, "family": {"address": "2 New Road"}}))
    assert left["family"] == {}
    assert narrowed("person", PERSON, read({**PERSON, "odd": 1}))["family"] == PERSON["family"]


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, GRANT),
        ({"of": "staff"}, None),
        ({"everyone": "family"}, None),
        ({"parts": "contact"}, None),
        ({"parts": {"contact": "yes"}}, None),
        ({"parts": 3}, None),
        ({"parts": ["directory"]}, None),
        ({"states": ["agreed"]}, {**GRANT, "states": ["agreed"]}),
        ({"states": "agreed"}, None),
        ({"parts": ["all"]}, GRANT),
        ({"kind": "all"}, None),
    ],
)
def test_a_grant_reaches_no_further_than_either_version(more: dict[str, Any], left: object) -> None:
    found = narrowed("access", {"grants": [GRANT]}, read({"grants": [{**GRANT, **more}]}))["grants"]
    assert found == ([] if left is None else [left])


BY_KIND = {"id": "g", "everyone": "staff", "action": "read", "reason": "R",
           "records": {"person": ["contact", "directory"], "plan": ["plan"]}}  # fmt: skip


@pytest.mark.parametrize(
    ("more", "left"),
    [
        ({}, {}),
        (
            {"records": {"person": ["contact"], "plan": ["plan"]}},
            {"records": {"person": ["contact"], "plan": ["plan"]}},
        ),
        ({"records": {"person": ["contact", "directory"]}}, {"records": {"person": ["contact", "directory"]}}),
        ({"records": {"person": ["contact"], "plan": ["costs"]}}, {"records": {"person": ["contact"]}}),
        ({"records": {"person": ["all"], "plan": "plan"}}, {"records": {"person": ["contact", "directory"]}}),
        ({"records": {"meeting": ["meetings"]}}, None),
        ({"records": "plan"}, None),
        ({"kind": "person"}, None),
        ({"states": ["agreed"]}, {"states": ["agreed"]}),
        ({"until": "2026-10-01"}, {"until": "2026-10-01"}),
    ],
)
def test_a_grant_of_several_kinds_reaches_no_further_than_either_version(
    more: dict[str, Any], left: dict[str, Any] | None
) -> None:
    found = narrowed("access", {"grants": [BY_KIND]}, read({"grants": [{**BY_KIND, **more}]}))["grants"]
    assert found == ([] if left is None else [{**BY_KIND, **left}])


def test_a_grant_of_everything_is_cut_to_what_it_says_now() -> None:
    """And one that no longer says to whom is nobody's."""
    every = {**GRANT, "parts": ["all"]}
    (left,) = narrowed("access", {"grants": [every]}, read({"grants": [GRANT]}))["grants"]
    assert left["parts"] == ["contact"]
    nobody = {name: value for name, value in GRANT.items() if name != "everyone"}
    assert narrowed("access", {"grants": [GRANT]}, read({"grants": [nobody]}))["grants"] == []


@pytest.mark.parametrize(
    ("days", "left"),
    [
        ({"until": "2026-10-01"}, {"until": "2026-10-01"}),
        ({"until": "2026-11-31"}, None),
        ({"until": "Friday"}, None),
        ({"from": "soon"}, None),
        ({"from": "2026-10-01"}, {"from": "2026-10-01"}),
        ({"from": "2026-01-01"}, {}),
    ],
)
def test_the_days_of_a_cover_are_no_more_than_either_version_s(
    days: dict[str, str], left: dict[str, str] | None
) -> None:
    found = narrowed("access", {"covers": [COVER]}, read({"covers": [{**COVER, **days}]}))["covers"]
    assert found == ([] if left is None else [{**COVER, **left}])


def test_an_entry_that_is_there_twice_is_as_narrow_as_both() -> None:
    twice = [{**COVER, "until": "2026-12-01"}, {**COVER, "until": "2026-10-01"}]
    assert narrowed("access", {"covers": [COVER]}, read({"covers": twice}))["covers"][0]["until"] == "2026-10-01"


@pytest.mark.parametrize(
    ("teachers", "left"),
    [
        (POSTS[:1], POSTS[:1]),
        ("p-1aaa", []),
        (None, []),
        ([{**POSTS[0], "until": "2026-10-01"}, POSTS[1]], [{**POSTS[0], "until": "2026-10-01"}, POSTS[1]]),
        ([{**POSTS[0], "until": "Friday"}], []),
        (
            [{**POSTS[0], "until": "2026-10-01"}, {**POSTS[0], "from": "2026-11-01"}],
            [{**POSTS[0], "until": "2026-10-01"}, {**POSTS[0], "from": "2026-11-01"}],
        ),
    ],
)
def test_a_class_has_the_teachers_of_both_versions(teachers: object, left: list[Any]) -> None:
    now = {**CAMPUS, "teaching_groups": [{"id": "y7", "teachers": teachers}]}
    assert narrowed("campus", CAMPUS, read(now))["teaching_groups"][0]["teachers"] == left


@pytest.mark.parametrize(
    ("name", "now", "left"),
    [
        ("contacts", {"senco": "p-2bbb"}, {}),
        ("contacts", {"senco": ["p-1aaa"]}, {}),
        ("contacts", "p-1aaa", {}),
        ("student_accounts", {"youngest": 13}, {"youngest": 13}),
        ("student_accounts", {"youngest": 5}, {"youngest": 11}),
        ("student_accounts", {"youngest": "thirteen"}, {}),
        ("student_accounts", {}, {}),
        ("duty_year_groups", [{"role": "exams_officer", "year_groups": "11"}],
         [{"role": "exams_officer", "year_groups": []}]),
    ],
)  # fmt: skip
def test_a_campus_names_nobody_and_reaches_nobody_that_either_version_does_not(
    name: str, now: object, left: object
) -> None:
    assert narrowed("campus", CAMPUS, read({**CAMPUS, name: now}))[name] == left


@pytest.mark.parametrize(
    ("before", "now", "left"),
    [
        ("approved", "computed", "computed"),
        ("computed", "approved", "computed"),
        ("approved", ["computed"], "['computed']"),
        ("approved", None, "approved"),
    ],
)
def test_what_is_not_approved_in_either_version_is_not_approved(before: str, now: object, left: str) -> None:
    assert narrowed("figures", {"state": before}, read({"state": now}))["state"] == left


# --- All of access ---------------------------------------------------------------------------------------------------


def reach(campus: Campus) -> Iterator[tuple[Any, ...]]:
    """Everything that access comes down to: who may sign in as what, who is called what, who sees what of whom."""
    basis = Basis.of(campus)
    files = [file for student in STUDENTS if (file := StudentFile.of(campus, student, basis))]
    for reader in basis.people:
        yield "address", reader.id, reader.email
        for on in DAYS:
            for who in whos_of(reader, on, basis):
                yield "who", reader.id, on, who
                for grant in basis.policy.grants_to(who):
                    yield from (("all", reader.id, on, kind, part, grant.of) for kind, part in opened(grant))
            for file in files:
                yield from _of_student(file, reader.id, on, basis)


def opened(grant: Grant) -> set[tuple[str, str]]:
    """Every part of every kind that a grant names, with “all” written out."""
    return {(kind.name, part) for kind in REGISTRY.kinds.values() for part in grant.parts_of(kind) - {ALL}}


def _of_student(file: StudentFile, reader: str, on: date, basis: Basis) -> Iterator[tuple[Any, ...]]:
    stands = file.standing(reader, on)
    for place, parts in stands.permits.table.items() if stands is not None else ():
        yield from (("student", file.student, reader, on, place, part) for part in parts)


def stood_in(before: Data, now: Data) -> Data:
    """The campus while every shared record of it has an error."""
    found = deepcopy(before)
    for identity, record in before.items():
        kind = identity.partition("/")[0].replace("people", "person")
        if kind in ("access", "campus", "person"):
            found[identity] = dict(narrowed(kind, record, read(now[identity]), sound_on=""))
        elif identity.startswith("students/"):
            found[identity] = now[identity]
    return found


@st.composite
def people_changed(draw: st.DrawFn) -> Data:
    """A drawn campus whose people have other addresses, duties and last days, or none."""
    records = draw(worlds())
    for identity in draw(st.lists(st.sampled_from(sorted(reader_ids(records))), max_size=6, unique=True)):
        person = records[f"people/{identity}"]
        person["sign_in"] = draw(st.sampled_from([NEW, {}, person["sign_in"]]))
        if "staff" in person:
            person["staff"]["left_on"] = draw(days)
            for duty in person["staff"]["duties"]:
                duty |= draw(spans())
    teachers = records["campus"]["teaching_groups"][0]["teachers"]
    teachers += [{"person": draw(st.sampled_from(PEOPLE)), **draw(spans())} for _ in range(draw(st.integers(0, 2)))]
    return records


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds(), people_changed())
def test_what_stands_in_is_no_wider_than_either_version(before: Data, now: Data) -> None:
    assert_no_wider(before, now)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(worlds(), people_changed())
def test_what_stands_in_is_no_wider_than_either_version_on_many_campuses(before: Data, now: Data) -> None:
    assert_no_wider(before, now)


def assert_no_wider(before: Data, now: Data) -> None:
    # Students' records have a way of their own (`held`): here both versions have the newer one's.
    before = {**before, **{one: record for one, record in now.items() if one.startswith("students/")}}
    found = set(reach(campus_of(stood_in(before, now)))) - {("address", one, "") for one in reader_ids(before)}
    assert not found - set(reach(campus_of(before)))
    assert not found - set(reach(campus_of(now)))


def reader_ids(records: Data) -> list[str]:
    return [identity.rpartition("/")[2] for identity in records if identity.startswith("people/")]
