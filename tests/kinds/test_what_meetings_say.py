"""What the pages of meetings say: who was there, what is still to do, and what is agreed, planned or a draft."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.kinds.meeting.kind import MEETING_KIND
from tests.kinds.saying import said
from tests.site.small_student import records

MEETING = "meetings/2026-09-24"
#: With this part a reader is told who of the family was there.
NAMED = [("meeting", "family_present")]


def meeting(**changed: Any) -> dict[str, dict[str, Any]]:
    """The small student's records with another meeting in the place of theirs."""
    data = records()
    data[MEETING] = {"id": "2026-09-24", "state": "agreed", "date": "2026-09-24", "type": "parent_review", **changed}
    return data


def facts(data: dict[str, dict[str, Any]], **more: Any) -> dict[str, str]:
    return dict(said("meetings/records", data, **more)["meetings"][0]["facts"])


def later(day: str, **more: Any) -> dict[str, Any]:
    return {"id": day, "state": "draft", "date": day, "type": "parent_review", **more}


@pytest.mark.parametrize(("seen", "days"), [({"date": "2026-09-24"}, ["2026-09-24"]), ({"type": "informal"}, [])])
def test_a_paper_knows_the_day_of_a_meeting_from_those_who_may_know_it(seen: dict[str, Any], days: list[str]) -> None:
    assert MEETING_KIND.days is not None
    assert list(MEETING_KIND.days(seen)) == days


def test_what_is_still_to_do_lists_no_action_that_is_done() -> None:
    assert said("meetings/to-do") == {
        "rows": [
            ("Order the book.", "Mr Teacher", "By 2 November 2026", "meeting-2026-09-24", "24 September 2026"),
            ("Find the reading lamp.", "Mother", "No date set", "meeting-2026-09-24", "24 September 2026"),
        ]
    }


def test_a_meeting_whose_actions_are_all_done_has_nothing_to_do() -> None:
    done = {"id": "a", "what": "Order the book.", "who": "p-tea1", "by": "2026-11-02", "done_on": "2026-10-30"}
    assert said("meetings/to-do", meeting(actions=[done])) is None


def test_a_meeting_lists_its_actions_the_done_ones_too() -> None:
    (shown,) = said("meetings/records")["meetings"]
    assert shown["actions"] == [
        ("Order the book.", "Mr Teacher", "By 2 November 2026", False),
        ("Ring the library.", "Ms Tutor", "Done on 1 October 2026", True),
        ("Find the reading lamp.", "Mother", "No date set", False),
    ]


def test_who_sent_apologies_is_not_said_to_be_present() -> None:
    data = meeting(
        staff_present=[{"person": "p-tut1"}, {"person": "p-tea1", "apologies": True}, {"person": "p-sen1"}],
        family_present=[{"person": "p-mum1", "as": "mother"}, {"person": "p-dad1", "as": "father", "apologies": True}],
        others_present=[
            {"role": "Speech and language therapist", "organisation": "NHS"},
            {"role": "Social worker", "apologies": True},
        ],
    )
    shown = facts(data)
    assert shown["Staff present"] == "Ms Tutor, Mrs Senco, Aaron's mother and Speech and language therapist (NHS)"
    assert shown["Sent apologies"] == "Mr Teacher, Aaron's father and Social worker"


def test_a_meeting_without_apologies_speaks_of_none() -> None:
    assert "Sent apologies" not in facts(meeting(staff_present=[{"person": "p-tut1"}]))
    nobody = facts(meeting(staff_present=[{"person": "p-tut1", "apologies": True}]))
    assert "Staff present" not in nobody
    assert nobody["Sent apologies"] == "Ms Tutor"


@pytest.mark.parametrize(
    ("manner", "hidden", "label", "who"),
    [
        ("staff", False, "Present", "Ms Mother (mother)"),
        ("staff", True, "Staff present", "Ms Mother (mother)"),
        ("student", False, "Present", "Ms Mother (mother)"),
        ("student", True, "Present, apart from my family", "Ms Mother (mother)"),
    ],
)
def test_a_family_that_is_not_named_may_still_have_come(manner: str, hidden: bool, label: str, who: str) -> None:
    data = meeting(family_present=[{"person": "p-mum1", "as": "mother"}])
    shown = facts(data, manner=manner, family={"p-mum1": "Ms Mother"}, also=() if hidden else NAMED)
    assert shown[label] == who


def test_an_unnamed_parent_is_whose_they_are() -> None:
    data = meeting(family_present=[{"person": "p-mum1", "as": "mother"}])
    assert facts(data)["Staff present"] == "Aaron's mother"
    assert facts(data, manner="student")["Present, apart from my family"] == "My mother"


def test_every_fact_of_a_meeting_is_said_in_its_words() -> None:
    data = meeting(
        minutes=45,
        place="Room 4",
        led_by="p-tut1",
        student_present={"attended": True},
        shared_with_family_on="2026-10-01",
        next_meeting="2026-12-08",
    )
    assert facts(data) == {
        "When": "Thursday 24 September 2026, 45 minutes",
        "Where": "Room 4",
        "Led by": "Ms Tutor",
        "How Aaron took part": "In the meeting",
        "Shared with the family": "1 October 2026",
        "Next meeting": "Tuesday 8 December 2026",
    }
    assert facts(meeting()) == {"When": "Thursday 24 September 2026"}


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"attended": True}, "In the meeting"),
        ({"attended": False}, "Was not in the meeting"),
        ({"attended": False, "how": "Sent a drawing"}, "Sent a drawing"),
        ({"attended": True, "how": "For the first half"}, "For the first half"),
    ],
)
def test_how_a_student_took_part(part: dict[str, Any], words: str) -> None:
    data = meeting(student_present=part)
    assert facts(data)["How Aaron took part"] == words
    assert facts(data, manner="student")["How I took part"] == words


def test_the_rest_of_a_meeting_is_as_it_was_written() -> None:
    data = meeting(
        purpose="To plan the spring.",
        agreed=[{"id": "x", "text": "More time."}, {"id": "y", "text": "A quiet room."}],
        discussed=[
            {"id": "1", "topic": "Reading", "text": "It goes well."},
            {"id": "2", "topic": "Lunch", "text": "Too loud."},
            {"id": "3", "topic": "Reading", "text": "He likes comics."},
        ],
        student_voice=[{"id": "v", "on": "2026-09-24", "text": "I want more.", "share_with_family": True}],
        family_voice=[{"id": "f", "from": "p-mum1", "on": "2026-09-24", "text": "He is proud."}],
        staff_notes="A note.",
    )
    (shown,) = said("meetings/records", data)["meetings"]
    assert shown["heading"] == "Review with the family, 24 September 2026"
    assert shown["purpose"] == "To plan the spring."
    assert shown["agreed"] == ["More time.", "A quiet room."]
    assert shown["discussed"] == [("Reading", "It goes well.\n\nHe likes comics."), ("Lunch", "Too loud.")]
    assert [(quote.text, quote.by, quote.mark) for quote in shown["quotes"]] == [
        ("I want more.", "Aaron, 24 September 2026", ""),
        ("He is proud.", "Mother, 24 September 2026", ""),
    ]
    assert shown["notes"] == "A note."


@pytest.mark.parametrize(
    ("record", "state"),
    [
        (later("2026-12-09"), "Planned"),
        (later("2026-12-09", purpose="To review the plan"), "Planned"),
        (later("2026-12-09", agreed=[{"id": "a", "text": "More time."}]), "Draft"),
        (later("2026-12-09", actions=[{"id": "a", "what": "Ring.", "who": "p-tea1"}]), "Draft"),
        (later("2026-12-09", family_actions=[{"id": "a", "what": "Ring.", "person": "p-mum1"}]), "Draft"),
        (later("2026-12-09", discussed=[{"id": "a", "topic": "Reading", "text": "Well."}]), "Draft"),
        (later("2026-12-09", student_present={"attended": True}), "Draft"),
        (later("2026-12-09", staff_notes="A note."), "Draft"),
        (later("2026-12-09", minutes=30), "Draft"),
        (later("2026-12-09", state="agreed"), ""),
    ],
)
def test_a_draft_with_a_word_in_it_is_not_a_meeting_still_to_come(record: dict[str, Any], state: str) -> None:
    data = records()
    data["meetings/2026-12-09"] = record
    newest, before = said("meetings/all", data)["rows"]
    assert newest == ("meeting-2026-12-09", "9 December 2026", "Review with the family", "", state)
    assert before == ("meeting-2026-09-24", "24 September 2026", "Review with the family", "Ms Tutor", "")
    first, second = said("meetings/records", data)["meetings"]
    assert (first["planned"], first["draft"]) == (state == "Planned", state == "Draft")
    assert (second["planned"], second["draft"]) == (False, False)


@pytest.mark.parametrize(
    ("others", "named", "following"),
    [
        ((), "2026-12-08", "Tuesday 8 December 2026"),
        ((), "2026-09-24", None),
        ((), "2026-09-25", "Friday 25 September 2026"),
        ((), None, None),
        ((later("2026-12-09"),), "2026-12-08", "Wednesday 9 December 2026"),
        ((later("2026-12-09"), later("2027-03-03")), None, "Wednesday 9 December 2026"),
        # Its record is begun, so it was held: it names no next one, and what an earlier one named is past.
        ((later("2026-12-09", staff_notes="A note."),), "2026-12-08", None),
        # A day that was planned long ago and never recorded is no next meeting.
        ((later("2026-09-01"),), "2026-12-08", "Tuesday 8 December 2026"),
    ],
)
def test_the_next_meeting(others: tuple[dict[str, Any], ...], named: str | None, following: str | None) -> None:
    data = meeting(**({"next_meeting": named} if named else {}))
    data |= {f"meetings/{one['id']}": one for one in others}
    assert said("meetings/all", data)["next"] == following


def test_without_a_meeting_there_is_nothing_to_say() -> None:
    data = {name: record for name, record in records().items() if not name.startswith("meetings")}
    assert [said(f"meetings/{name}", data) for name in ("to-do", "all", "records")] == [None, None, None]


def test_a_meeting_is_read_at_its_heading_by_who_sees_its_day() -> None:
    assert MEETING_KIND.read_at is not None
    assert MEETING_KIND.read_at({"id": "m", "date": "2026-09-24"}) == "meetings/#meeting-m"
    assert MEETING_KIND.read_at({"id": "m", "type": "annual_review"}) is None


def test_meetings_can_be_jumped_to_by_their_headings() -> None:
    assert said("meetings/records")["headings"] == [("meeting-2026-09-24", "Review with the family, 24 September 2026")]
