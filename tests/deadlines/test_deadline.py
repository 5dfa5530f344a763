"""Deadlines in records as somebody sees them: what, by when, by whom; and nothing of what they may not see."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.schemas import Kind
from sendbook.campus.terms import Terms
from sendbook.deadlines.deadline import NOBODY, Deadline, Owing, School, deadlines_of
from tests.campus.small_schemas import Schema, field, kind
from tests.deadlines.letters import DATE, LETTERS, letter, registry_in

TERMS = Terms.from_campus({"terms": [{"id": "a", "name": "A", "start": "2026-09-03", "end": "2026-12-17"}]})
SCHOOL = School(terms=TERMS, house_rules={"school_days_to_share_a_meeting": 10})
SEEN = frozenset({("letter", "open"), ("letter", "answers")})


@dataclass(frozen=True)
class Held:
    data: Mapping[str, Any]
    id: str = "students/7Q4K/letters"


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    return registry_in(tmp_path_factory.mktemp("campus")).kinds


def owed(kind: Kind, data: Mapping[str, Any], **more: Any) -> list[Deadline]:
    return list(deadlines_of([(kind, Held(data))], SCHOOL, **more))


def test_a_deadline_says_what_by_when_by_whom_and_where(kinds: Mapping[str, Kind]) -> None:
    (one,) = owed(kinds["letter"], letter())
    assert (one.what, one.by, one.owed_by, one.done) == ("Answer the council", date(2026, 11, 16), "p-sen1", False)
    assert (one.kind, one.record, one.steps) == ("letter", "students/7Q4K/letters", ("letters", 0, "sent_on"))
    assert one.parts == (("letter", "open"), ("letter", "answers"))
    assert (one.is_late(date(2026, 11, 16)), one.is_late(date(2026, 11, 17))) == (False, True)


def test_what_is_done_is_never_late(kinds: Mapping[str, Kind]) -> None:
    (one,) = owed(kinds["letter"], letter(answered_on="2026-12-01"))
    assert one.done
    assert not one.is_late(date(2027, 1, 1))


def test_what_each_entry_owes_from_a_date_of_the_record_is_owed_once_for_each(tmp_path: Path) -> None:
    file = deepcopy(LETTERS)
    items = file["properties"]["letters"]["items"]
    items["x-due"] = {**items["x-due"], "after": "/review_by", "within": "3 days"}
    kind = registry_in(tmp_path, file).kinds["letter"]
    two = [{"from": "A", "answered_on": "2026-11-20"}, {"from": "B", "who": "p-sen1"}]
    found = [
        one for one in owed(kind, {"review_by": "2026-11-16", "letters": two}) if one.what != "Look through the letters"
    ]
    assert [(one.what, one.by, one.done, one.owed_by, one.steps) for one in found] == [
        ("Answer A", date(2026, 11, 19), True, "", ("letters", 0)),
        ("Answer B", date(2026, 11, 19), False, "p-sen1", ("letters", 1)),
    ]
    assert [one.what for one in owed(kind, {"letters": two})] == []


def test_a_draft_owes_nothing(kinds: Mapping[str, Kind]) -> None:
    assert owed(kinds["letter"], {"state": "draft", **letter()}) == []


@pytest.mark.parametrize("hidden", sorted(SEEN))
def test_who_lacks_one_of_its_parts_is_told_of_none(kinds: Mapping[str, Kind], hidden: tuple[str, str]) -> None:
    """The answer may be hidden from them: the letter would look late."""
    assert len(owed(kinds["letter"], letter(), seen=SEEN)) == 1
    assert owed(kinds["letter"], letter(), seen=SEEN - {hidden}) == []


def test_what_names_a_field_that_is_not_there_is_called_by_its_date(kinds: Mapping[str, Kind]) -> None:
    data = letter()
    del data["letters"][0]["from"]
    (one,) = owed(kinds["letter"], data)
    assert one.what == "Sent on"


def asking(what: str) -> Schema:
    """A kind that owes something, said in these words."""
    fields = {"it": field(), "by": field(**DATE, **{"x-due": {"what": what}})}
    return kind("asking", "students/{student}/asking.yml", fields)


@pytest.mark.parametrize(
    ("what", "said"),
    [("Record: {it}", "Record: Read this"), ("Please {it}", "Please read this."), ("{it}", "Read this.")],
)
def test_a_text_after_a_colon_stands_as_a_sentence(tmp_path: Path, what: str, said: str) -> None:
    """Anywhere else it is as it was written."""
    made = registry_in(tmp_path, asking(what)).kinds["asking"]
    (one,) = owed(made, {"it": "read this.", "by": "2026-11-16"})
    assert one.what == said


def test_past_the_last_term_nobody_can_say_by_when(kinds: Mapping[str, Kind]) -> None:
    assert owed(kinds["letter"], letter(sent_on="2026-12-10")) == []


def test_a_contact_of_the_campus_owes_what_names_nobody(kinds: Mapping[str, Kind]) -> None:
    data = {"name": "the music licence", "ends_on": "2026-11-16"}
    (one,) = owed(kinds["licence"], data, owing=Owing(campus={"contacts": {"senco": "p-sen1"}}))
    assert (one.what, one.owed_by) == ("Renew the music licence", "p-sen1")
    (alone,) = owed(kinds["licence"], data)
    assert alone.owed_by == ""


@pytest.mark.parametrize(
    ("word", "person"), [("key_adult", "p-now1"), ("tutor", "p-tut1"), ("dsl", "p-dsl1"), ("senco", "")]
)
def test_somebody_is_named_by_what_they_are_to_the_student(word: str, person: str) -> None:
    """Who was it until before the term is not asked any more."""
    campus = {
        "contacts": {"dsl": "p-dsl1"},
        "tutor_groups": [
            {"id": "7a", "tutors": [{"person": "p-oth1"}]},
            {"id": "8a", "tutors": [{"person": "p-old1", "until": "2026-08-31"}, {"person": "p-tut1"}]},
        ],
    }
    student = {
        "tutor_group": "8a",
        "team": [
            {"person": "p-ass1", "as": "support_assistant"},
            {"person": "p-was1", "as": "key_adult", "until": "2026-08-31"},
            {"person": "p-now1", "as": "key_adult"},
        ],
    }
    assert Owing(campus=campus, student=student, since="2026-09-03").person(word) == person
    assert NOBODY.person(word) == ""


@given(sent=st.dates(date(2026, 8, 1), date(2026, 11, 30)), days=st.integers(1, 20))
def test_school_days_are_counted_from_the_day_after(sent: date, days: int) -> None:
    """So many school days lie between the letter and its last day, the last one included; the last day is one."""
    last = TERMS.add_school_days(sent, days)
    if last is None:
        assert TERMS.count_school_days(sent + timedelta(days=1), date(2026, 12, 31)) < days
    else:
        assert TERMS.is_school_day(last)
        assert TERMS.count_school_days(sent + timedelta(days=1), last) == days


def test_the_made_up_kinds_load_next_to_the_shipped_ones(tmp_path: Path) -> None:
    kinds = registry_in(tmp_path).kinds
    assert [len(kinds[name].dues) for name in ("letter", "licence")] == [2, 1]
