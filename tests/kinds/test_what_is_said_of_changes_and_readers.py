"""What the pages about what changed and who can see say: since which meeting, where it is now, and until when."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.history.confidences import Sentence
from sendbook.kinds.meeting.meeting_records import met_on
from sendbook.pages.changed_days import ChangedDay, ChangedRecord, WhatChanged
from sendbook.pages.reading import WhoSees
from tests.kinds.saying import said
from tests.site.small_student import records

PASSAGES = (("Targets", (Sentence("New: reads a page aloud."),)),)
BEFORE, SAME, AFTER = "2026-09-23", "2026-09-24", "2026-09-25"


def told(*days: str, met: str | None = "2026-09-24", record: str = "plan", together: bool = False) -> WhatChanged:
    changed = (ChangedRecord(record=record, title="Plan", passages=PASSAGES),)
    made = tuple(ChangedDay(day=day, records=changed) for day in sorted(days, reverse=True))
    return WhatChanged(days=made, met=met, together=changed if together else ())


@pytest.mark.parametrize(
    ("state", "counts"),
    [("agreed", "2026-09-24"), ("draft", None), (None, None)],
)
def test_only_an_agreed_record_is_a_meeting_that_took_place(state: str | None, counts: str | None) -> None:
    assert met_on({"date": "2026-09-24", **({"state": state} if state else {})}) == counts
    assert met_on({"state": "agreed"}) is None


def test_what_changed_since_the_meeting_is_from_the_day_after_it() -> None:
    changes = told(BEFORE, SAME, AFTER)
    since = said("history/since", told=changes)
    assert [one["id"] for one in since["days"]] == ["on-2026-09-25"]
    assert since["said"] == "The last meeting was on 24 September 2026. This is what has changed since then."
    assert since["headings"] == [("on-2026-09-25", "Friday 25 September 2026")]
    assert [one["id"] for one in said("history/before", told=changes)["days"]] == ["on-2026-09-24", "on-2026-09-23"]
    assert said("history/changed", told=changes) is None


def test_nothing_since_the_meeting_is_said_to_be_so() -> None:
    shown = said("history/since", told=told(SAME), manner="family")
    assert shown["said"] == "We met on 24 September 2026. Nothing has changed since."
    assert (shown["days"], shown["more"]) == ([], [])
    assert said("history/before", told=told(AFTER)) is None
    assert said("history/since", told=WhatChanged(met="2026-09-24")) is None


def test_without_a_meeting_all_days_are_one_list() -> None:
    changes = told(BEFORE, AFTER, met=None)
    assert [one["id"] for one in said("history/changed", told=changes)["days"]] == ["on-2026-09-25", "on-2026-09-23"]
    assert (said("history/since", told=changes), said("history/before", told=changes)) == (None, None)
    assert said("history/changed", told=WhatChanged()) is None


def test_single_days_are_folded_away_where_all_is_told_together() -> None:
    shown = said("history/since", told=told(AFTER, together=True))
    assert (shown["days"], len(shown["more"]), shown["headings"]) == ([], 1, [])
    (together,) = shown["together"]
    assert (together["title"], together["url"]) == ("Plan", "/students/7Q4K/plan/")


@pytest.mark.parametrize(("count", "open_", "folded"), [(8, 8, 0), (9, 8, 1)])
def test_more_than_eight_days_are_folded(count: int, open_: int, folded: int) -> None:
    days = [f"2026-10-{number + 1:02}" for number in range(count)]
    shown = said("history/since", told=told(*days))
    assert (len(shown["days"]), len(shown["more"])) == (open_, folded)
    assert len(shown["headings"]) == open_


@pytest.mark.parametrize(
    ("record", "url"),
    [
        ("plan", "/students/7Q4K/plan/"),
        ("profile", "/students/7Q4K/"),
        ("meetings/2026-09-24", "/students/7Q4K/meetings/#meeting-2026-09-24"),
        ("meetings/2026-01-01", ""),
        ("drafts/plan", ""),
    ],
)
def test_a_change_leads_to_where_the_record_is_today(record: str, url: str) -> None:
    (shown,) = said("history/since", told=told(AFTER, record=record))["days"]
    assert shown["records"] == [{"title": "Plan", "url": url, "passages": PASSAGES}]


def test_a_change_leads_to_a_draft_that_is_still_there() -> None:
    data = records() | {"drafts/plan": records()["plan"] | {"state": "draft"}}
    (shown,) = said("history/since", data, told=told(AFTER, record="drafts/plan"))["days"]
    assert shown["records"][0]["url"] == "/students/7Q4K/draft/"


def test_who_sees_all_is_told_who_recorded_it_and_what_can_not_be_read() -> None:
    one = ChangedDay(day=AFTER, begins=True, by=("Mrs Senco",), clocks=("2031-01-01",), unreadable=("plan",))
    (shown,) = said("history/since", told=WhatChanged(days=(one,), met="2026-09-24"))["days"]
    assert shown == {
        "id": "on-2026-09-25",
        "heading": "Friday 25 September 2026",
        "records": [],
        "begins": True,
        "by": ("Mrs Senco",),
        "clocks": ["Wednesday 1 January 2031"],
        "unreadable": ("plan",),
    }


def seen(**more: Any) -> tuple[WhoSees, ...]:
    return (WhoSees(who="Mr Teacher", because="Mr Teacher covers for a teacher: Ill.", parts=("the profile",), **more),)


@pytest.mark.parametrize(("until", "ends", "last"), [(None, False, ""), ("2026-12-17", True, "17 December 2026")])
def test_the_last_day_is_a_column_only_where_somebody_has_one(until: str | None, ends: bool, last: str) -> None:
    shown = said("who-can-see/people", seen_by=seen(until=until))
    assert (shown["caption"], shown["first"], shown["ends"]) == ("Who can see what, by name", "Person", ends)
    (row,) = shown["rows"]
    assert (row.who, row.parts) == ("Mr Teacher", ("The profile",))
    assert row.because.replace("\N{NO-BREAK SPACE}", " ") == "Mr Teacher covers for a teacher: Ill."
    assert row.until.replace("\N{NO-BREAK SPACE}", " ") == last


def test_without_names_there_is_what_the_reader_sees_and_the_way_to_the_rules_alone() -> None:
    assert said("who-can-see/people") is None
    assert said("who-can-see/yours")["said"][0] == "Name"
    assert said("who-can-see/rules") == {"url": "/who-can-see/", "title": "Who can see what"}
