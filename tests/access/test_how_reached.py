"""How people are reached, told apart from all that decides what is shown: a new number moves no student's pages."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

from sendbook.access.how_reached import HOW_REACHED, deciding, reached, without_how_reached
from sendbook.access.people import address_of
from sendbook.campus.digests import digest_of
from sendbook.campus.records import Record
from tests.access.small_campus import BROTHER, FATHER, MOTHER, OUTSIDER, SENCO, TEACHER, Data, campus_of

FAMILY: dict[str, Any] = {
    "name": {"full": "Ewa Kowalska", "known_as": "Mrs Kowalska"},
    "sign_in": {"email": "ewa@home.example"},
    "family": {
        "phone": "0100",
        "email": "ewa@home.example",
        "address": "1 Mill Lane",
        "preferred_contact": "text",
        "language": "Polish",
    },
}
COLLEAGUE: dict[str, Any] = {
    "name": {"full": "Ada Okafor", "known_as": "Ms Okafor"},
    "sign_in": {"email": "ada@school.example"},
    "staff": {"job_title": "Teacher", "email": "ada@school.example", "phone": "0101", "works": ["monday"]},
}


def record_of(data: dict[str, Any], *, kind: str = "person", digest: str = "") -> Record:
    return Record(
        id="people/p-1aaa", kind=kind, student=None, path="p.yml", digest=digest or digest_of(data), data=data
    )


def changed(data: dict[str, Any], group: str, **fields: Any) -> dict[str, Any]:
    return {**data, group: {**data[group], **fields}}


def differing(before: Data, after: Data) -> set[str]:
    """The shared records that decide otherwise."""
    then, now = (dict(deciding(campus_of(records).shared)) for records in (before, after))
    return {one for one in then.keys() | now.keys() if then.get(one) != now.get(one)}


def reached_otherwise(before: Data, after: Data) -> set[str]:
    then, now = (reached(campus_of(records).shared) for records in (before, after))
    return {one for one in then.keys() | now.keys() if then.get(one) != now.get(one)}


def test_a_person_s_record_is_left_without_how_they_are_reached() -> None:
    """The language a letter is written in stays, and so does the address somebody signs in with."""
    family = without_how_reached(record_of(FAMILY))
    assert family.data == {**FAMILY, "family": {"language": "Polish"}}
    assert address_of(family.data) == "ewa@home.example"
    colleague = without_how_reached(record_of(COLLEAGUE))
    assert colleague.data == {**COLLEAGUE, "staff": {"job_title": "Teacher", "email": "ada@school.example"}}


@pytest.mark.parametrize(
    ("data", "group", "field"),
    [
        *((FAMILY, "family", field) for field in sorted(HOW_REACHED["family"])),
        *((COLLEAGUE, "staff", field) for field in sorted(HOW_REACHED["staff"])),
    ],
    ids=lambda given: given if isinstance(given, str) else "",
)
def test_a_new_way_to_reach_somebody_leaves_the_digest_as_it_was(data: dict[str, Any], group: str, field: str) -> None:
    before = without_how_reached(record_of(data))
    assert without_how_reached(record_of(changed(data, group, **{field: "new"}))).digest == before.digest
    gone = {**data, group: {name: value for name, value in data[group].items() if name != field}}
    assert without_how_reached(record_of(gone)).digest == before.digest


@pytest.mark.parametrize(
    ("data", "after"),
    [
        (FAMILY, changed(FAMILY, "family", language="English")),
        (FAMILY, changed(FAMILY, "name", known_as="Ewa")),
        (FAMILY, changed(FAMILY, "sign_in", email="other@home.example")),
        (COLLEAGUE, changed(COLLEAGUE, "staff", email="other@school.example")),
        (COLLEAGUE, changed(COLLEAGUE, "staff", left_on="2026-11-20")),
    ],
    ids=["language", "name", "sign-in", "a colleague's e-mail", "left"],
)
def test_all_else_that_changes_in_a_person_s_record_changes_the_digest(
    data: dict[str, Any], after: dict[str, Any]
) -> None:
    assert without_how_reached(record_of(after)).digest != without_how_reached(record_of(data)).digest


def test_a_record_that_says_of_nobody_how_they_are_reached_is_as_it_is() -> None:
    bare = record_of({"name": {"full": "Dr Vane"}, "staff": {"job_title": "Psychologist"}}, digest="as-read")
    assert without_how_reached(bare) is bare
    misshapen = record_of({"name": {"full": "Dr Vane"}, "family": ["0100"]}, digest="as-read")
    assert without_how_reached(misshapen) is misshapen
    place = record_of({"family": {"phone": "0100"}}, kind="campus", digest="as-read")
    assert without_how_reached(place) is place


def test_a_new_number_decides_nothing_and_is_how_that_person_alone_is_reached(records: Data) -> None:
    records[f"people/{TEACHER}"]["staff"]["works"] = ["monday"]
    after = deepcopy(records)
    after[f"people/{MOTHER}"]["family"]["phone"] = "0199"
    after[f"people/{TEACHER}"]["staff"]["works"] = ["monday", "friday"]
    assert differing(records, after) == set()
    assert reached_otherwise(records, after) == {MOTHER, TEACHER}


def test_a_new_name_or_duty_decides_and_is_no_way_to_reach_anybody(records: Data) -> None:
    after = deepcopy(records)
    after[f"people/{FATHER}"]["name"]["full"] = "Mr Nowak"
    after[f"people/{TEACHER}"]["staff"]["duties"][0]["until"] = "2026-11-20"
    assert differing(records, after) == {f"people/{FATHER}", f"people/{TEACHER}"}
    assert reached_otherwise(records, after) == set()


def test_only_those_of_whom_it_is_said_are_reached(records: Data) -> None:
    """A colleague of whom no number is recorded is not; one who is family as well is, at home."""
    found = reached(campus_of(records).shared)
    assert {MOTHER, FATHER, BROTHER, SENCO} <= set(found)
    assert not {TEACHER, OUTSIDER} & set(found)


def test_a_grant_in_other_words_decides_nothing_and_one_that_opens_more_does(records: Data) -> None:
    reworded, more = deepcopy(records), deepcopy(records)
    reworded["access"]["grants"][0]["reason"] = "Said in other words."
    assert differing(records, reworded) == set()
    more["access"]["grants"].append({"id": "x", "everyone": "staff", "records": {"plan": ["costs"]}, "action": "read"})
    assert differing(records, more) == {"access"}
