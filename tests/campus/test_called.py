"""What a record that is not sound holds never becomes a word to look for, and what can be read of it still is."""

from __future__ import annotations

import pytest

from sendbook.campus.called import called, numbers_in, texts_in
from sendbook.campus.records import Record
from sendbook.checks.leaks.identifiers import every_form_of
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.mentioned import mentioned

SPOILED = [None, True, 7, 1.5, [], {}, [None, 7], {"full": "Petra Novak"}, "", " "]
_NOT_WORDS = ("none", "true", "null", "full")


@pytest.mark.parametrize("value", SPOILED)
def test_no_word_is_made_of_a_value_that_is_no_text(value: object) -> None:
    """An empty name was looked for as “None”, and held back every page of the handbook with that word."""
    contact = {"email": value, "phone": value, "address": value}
    for data in (
        {"id": value, "name": {"full": value, "known_as": value}, "born": value, "sign_in": contact, "family": contact},
        {"id": value, "name": value, "born": value, "sign_in": value, "family": value},
        {},
    ):
        identifiers = every_form_of([data])
        assert not {word for identifier in identifiers.words for word in identifier.words} & {
            *_NOT_WORDS,
            "petra",
        } - _readable(data)
        assert not identifiers.births & {"None", "True", "7", "1.5", "[]", "{}"}
        for one in (Someone.of_person(data), Someone.of_student(data)):
            assert not {one.id, one.full, one.known_as, *one.emails, *one.addresses} & {"None", "True", "7", "[]", "{}"}


def _readable(data: dict[str, object]) -> set[str]:
    """“name: {full: …}” is a name as it should be."""
    return {"petra"} if called(data).full else set()


@pytest.mark.parametrize(
    "name",
    [
        {"full": "Petra Novak", "known_as": None},
        {"full": None, "known_as": "Petra Novak"},
        {"full": ["Petra Novak"], "known_as": 7},
        {"full": ["Petra", "Novak"]},
        {"full": ["Ana Petrović", "Petra Novak"]},
        {"known_as": "Petra Novak"},
        "Petra Novak",
        ["Petra", "Novak"],
    ],
)
def test_a_name_that_can_be_read_is_protected_whatever_is_wrong_around_it(name: object) -> None:
    """In public pages and in other families' texts."""
    data = {"id": 7, "name": name, "family": None, "sign_in": []}
    assert ("petra", "novak") in {identifier.words for identifier in every_form_of([data]).words}
    record = Record(id="students/7Q4K/student", kind="student", student="7Q4K", path="", digest="", data=data)
    found = Everybody.among((), [record]).possible(mentioned("I sit next to Petra Novak."))
    assert [one.id for one in found] == ["7Q4K"]
    person = Record(id="people/p-1abc", kind="person", student=None, path="", digest="", data=data)
    assert [one.id for one in Everybody.among([person], ()).by_id.values()] == ["p-1abc"]


def test_a_telephone_number_without_quotation_marks_is_found_by_its_digits() -> None:
    """YAML takes it for a number: that is a mistake to correct, and a number to protect until then."""
    assert numbers_in(447700900123) == ("447700900123",)
    assert "7700900123" in every_form_of([{"family": {"phone": 447700900123}}]).numbers
    assert Someone.of_person({"family": {"phone": [447700900123, None, True]}}).numbers == ("7700900123",)


def test_texts_are_read_from_a_list_as_well() -> None:
    """A second address written as a list is a home like the first."""
    assert texts_in(["4 Mill Lane", None, 7, " "]) == ("4 Mill Lane",)
    assert Someone.of_person({"family": {"address": ["4 Mill Lane, LE1 1AA"]}}).addresses == ("4 Mill Lane, LE1 1AA",)
