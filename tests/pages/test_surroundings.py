"""Who is a colleague, and what somebody is called who is none: what surrounds a page lists staff and nobody else."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.pages.surroundings import surroundings_of
from tests.site.small_student import CAMPUS, PEOPLE, around

#: People as records have them, reduced for a reader: one of a family, one of whose work nothing is seen, one colleague.
MOTHER: dict[str, Any] = {"id": "p-mum1", "name": {"full": "Dana Small", "known_as": "Ms Small"}, "family": {}}
HIDDEN: dict[str, Any] = {"id": "p-hid1", "name": {"full": "Hal Hidden", "known_as": "Mr Hidden"}, "staff": {}}


def colleague(person: str, name: str, **staff: Any) -> dict[str, Any]:
    return {"id": person, "name": {"full": name, "known_as": name}, "staff": {"job_title": "Teacher", **staff}}


def test_only_colleagues_are_in_the_directory_by_surname() -> None:
    people = [colleague("p-zed1", "Ms Zed"), MOTHER, HIDDEN, colleague("p-abe1", "Mr Abe")]
    seen = surroundings_of(CAMPUS, people)
    assert list(seen.staff) == ["p-abe1", "p-zed1"]
    assert seen.staff_names == {"Mr Abe", "Ms Zed"}
    assert list(surroundings_of(CAMPUS, [MOTHER, HIDDEN]).staff) == []


@pytest.mark.parametrize(
    ("person", "called"),
    [
        ("p-sen1", "Mrs Senco"),
        ("p-mum1", "a former colleague"),  # of a family alone: the directory has nobody of this id
        ("p-0000", "a former colleague"),
        ("", "a former colleague"),
        (None, "a former colleague"),
    ],
)
def test_a_record_that_names_nobody_of_the_directory_names_a_former_colleague(person: str | None, called: str) -> None:
    assert around().name(person) == called
    assert surroundings_of(CAMPUS, [*PEOPLE, MOTHER]).name(person) == called


@pytest.mark.parametrize(
    ("left_on", "is_gone"), [("2026-11-22", True), ("2026-11-23", False), ("2026-11-24", False), (None, False)]
)
def test_a_colleague_has_left_from_the_day_after_their_last(left_on: str | None, is_gone: bool) -> None:
    person = colleague("p-zed1", "Ms Zed", **({"left_on": left_on} if left_on else {}))
    seen = surroundings_of(CAMPUS, [person], today="2026-11-23")
    assert seen.left == ({"p-zed1"} if is_gone else set())
    assert seen.name("p-zed1") == "Ms Zed"
