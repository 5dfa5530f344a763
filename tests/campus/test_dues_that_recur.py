"""``x-due`` that is owed again, from the latest of several dates, or only while a field has a certain code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.dues import Period
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group
from tests.campus.test_dues import due_of, letters, load

LOOK = {
    "what": "Look at {from} again",
    "after": ["/letters/-/sent_on", "/letters/-/pages/-/on"],
    "within": "1 year",
}


def with_status(due: Any) -> Schema:
    """Letters with a status, and a secret one that few may see."""
    file = letters(due)
    entry = file["properties"]["letters"]["items"]["properties"]
    entry["status"] = field(enum=["open", "closed"], **{"x-part": "how"})
    secret = entry["secret"]["properties"]
    secret["status"] = field(enum=["open", "closed"])
    return file


def test_a_date_can_be_that_of_the_last_time(tmp_path: Path) -> None:
    due = due_of(tmp_path, answered_on={"what": "Write to {from} again", "every": "6 months"})
    assert due.within == Period(written="6 months", number=6, unit="month")
    assert (due.again, due.since.way, due.said_at.way) == (True, ("letters", "-", "answered_on"), due.since.way)
    assert due.parts == ("answers", "open")


def test_the_latest_of_several_dates_counts_for_each_entry(tmp_path: Path) -> None:
    due = due_of(tmp_path, LOOK)
    assert [one.way for one in (due.since, *due.later)] == [
        ("letters", "-", "sent_on"),
        ("letters", "-", "pages", "-", "on"),
    ]
    assert due.each is due.entry
    assert due.said_at is due.entry


def test_it_can_be_owed_only_while_a_field_has_certain_codes(tmp_path: Path) -> None:
    (due,) = load(tmp_path, with_status({**LOOK, "while": {"/letters/-/status": ["open"]}})).dues
    ((state),) = due.open_while
    assert (state.field.way, state.codes) == (("letters", "-", "status"), ("open",))
    assert due.parts == ("open", "how"), "who does not see the status is not told"


def test_a_copy_takes_over_all_of_it_or_nothing(tmp_path: Path) -> None:
    said = with_status({**LOOK, "while": {"/letters/-/status": ["open"]}})
    copy = with_status(None)
    (due,) = load(tmp_path / "whole", said, copy).dues
    assert [one.field.way for one in due.open_while] == [("letters", "-", "status")]
    assert [one.way for one in due.later] == [("letters", "-", "pages", "-", "on")]
    del copy["properties"]["letters"]["items"]["properties"]["status"]
    assert load(tmp_path / "without", said, copy).dues == ()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"after": []}, "points to “[]” for “after”, which is no date"),
        ({"after": ["/letters/-/sent_on", "/letters/-/from"]}, "points to “/letters/-/from” for “after”"),
        ({"after": ["/letters/-/sent_on", "/gone"]}, "points to “/gone” for “after”, which is no date"),
        ({"after": ["/letters/-/pages/-/on", "/letters/-/sent_on"]}, "in a list of its own"),
        ({"after": ["/letters/-/sent_on", "/visits/-/on"]}, "counts from a date in another list"),
        (
            {"after": ["/letters/-/sent_on", "/letters/-/secret/on"]},
            "points to “/letters/-/secret/on” for “after”, which some may not see",
        ),
        ({"every": "1 year"}, "says “every”, which belongs next to the date"),
        ({"while": ["open"]}, "has a “while” that is not a field with codes"),
        ({"while": {}}, "has a “while” that is not a field with codes"),
        ({"while": {"/letters/-/status": ["shut"]}}, "has codes for “/letters/-/status” in “while”"),
        ({"while": {"/letters/-/status": []}}, "has codes for “/letters/-/status” in “while”"),
        ({"while": {"/letters/-/from": ["open"]}}, "has codes for “/letters/-/from” in “while”"),
        ({"while": {"/gone": ["open"]}}, "points to “/gone” for “while”, which leads to no field"),
        ({"while": {"/visits/-/on": ["open"]}}, "points to “/visits/-/on” for “while”, which is in another list"),
        (
            {"while": {"/letters/-/secret/status": ["open"]}},
            "points to “/letters/-/secret/status” for “while”, which some may not see",
        ),
    ],
)
def test_what_can_not_be_meant_is_refused(tmp_path: Path, change: dict[str, Any], said: str) -> None:
    file = with_status({**LOOK, **change})
    file["properties"]["visits"] = field(type="array", items=group({"on": field(format="date")}))
    with pytest.raises(SchemaError) as error:
        load(tmp_path, file)
    assert said in str(error.value)


def test_a_period_that_recurs_is_a_period(tmp_path: Path) -> None:
    with pytest.raises(SchemaError, match="needs “every” with a number"):
        load(tmp_path, letters(answered_on={"what": "Write", "every": "often"}))
