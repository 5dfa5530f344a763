"""What a student does not share with the family carries its mark in every sentence that gives it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.history.comparison import compare
from sendbook.history.confidences import Confidence, Sentence, confidential_places, touches
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.kinds.all_kinds import TELLERS

PLAN = "students/2TST/plan"
SECRET = {"id": "tata", "on": "2026-09-28", "text": "There is no desk.", "share_with_family": False}
SHARED = {"id": "comics", "on": "2026-09-28", "text": "I like comics.", "share_with_family": True}


def _plan(*voice: Mapping[str, Any], **more: Any) -> dict[str, Record]:
    data = {"id": "2TST", "state": "agreed", "student_voice": [dict(one) for one in voice], **more}
    digest = repr(data)
    return {PLAN: Record(id=PLAN, kind="plan", student="2TST", path="", digest=digest, data=data)}


def _told(
    registry: SchemaRegistry,
    before: dict[str, Record],
    after: dict[str, Record],
    confidential: Iterable[Confidence] = (),
    names: Names | None = None,
) -> list[Sentence]:
    events = compare(before, after, registry.kinds)
    accounts = narrate(events, before, after, registry.kinds, names or Names(), confidential, tellers=TELLERS)
    return [one for account in accounts for passage in account.passages for one in passage.sentences]


def test_new_words_that_are_not_for_the_family_are_marked_and_others_are_not(registry: SchemaRegistry) -> None:
    told = _told(registry, _plan(), _plan(SECRET, SHARED, summary="Better."))
    marked = {one.text: one.confidential for one in told}
    assert [text for text, is_marked in marked.items() if is_marked] == [
        text for text in marked if "There is no desk" in text
    ]
    assert len(marked) == 3
    assert next(one for one in told if one.confidential).marked().startswith("Not for the family: ")


@pytest.mark.parametrize(
    "after",
    [
        {**SECRET, "text": "There is no desk at all."},
        {**SECRET, "how": "Over a chess board"},
        None,
    ],
    ids=["reworded", "told more of", "taken out"],
)
def test_a_change_of_such_words_is_marked(after: dict[str, Any] | None, registry: SchemaRegistry) -> None:
    told = _told(registry, _plan(SECRET), _plan(*([after] if after else [])))
    assert told
    assert all(one.confidential for one in told)


def test_words_taken_back_since_are_marked_in_the_version_that_shared_them(registry: SchemaRegistry) -> None:
    shared = {**SECRET, "share_with_family": True}
    versions = [_plan(shared), _plan(SECRET)]
    today = confidential_places(versions, registry.kinds)
    assert today == {Confidence(PLAN, ("student_voice", "tata"))}
    assert all(one.confidential for one in _told(registry, _plan(), versions[0], today))
    # Also where they have been taken out altogether since.
    assert confidential_places([*versions, _plan()], registry.kinds) == today


def test_words_shared_since_are_no_longer_confidential(registry: SchemaRegistry) -> None:
    shared = {**SECRET, "share_with_family": True}
    assert confidential_places([_plan(SECRET), _plan(shared)], registry.kinds) == frozenset()
    assert not any(one.confidential for one in _told(registry, _plan(SECRET), _plan(shared)))


def test_a_list_that_came_as_a_whole_is_marked_entry_by_entry(registry: SchemaRegistry) -> None:
    bare = _plan()
    bare = {PLAN: Record(**{**_fields(bare[PLAN]), "data": {"id": "2TST", "state": "agreed"}, "digest": "bare"})}
    told = _told(registry, bare, _plan(SECRET, SHARED))
    assert sorted(one.confidential for one in told) == [False, True]


def test_a_family_reads_no_marks(registry: SchemaRegistry) -> None:
    told = _told(
        registry, _plan(), _plan(SHARED), [Confidence(PLAN, ("student_voice", "comics"))], Names(voice="family")
    )
    assert told
    assert not any(one.confidential for one in told)


def test_a_place_is_touched_by_what_lies_in_it_and_by_what_holds_it() -> None:
    places = [("talk", "words", "a")]
    assert touches(("talk", "words", "a", "text"), places)
    assert touches(("talk",), places)
    assert not touches(("talk", "words", "b"), places)
    assert not touches((), places)


def _fields(record: Record) -> dict[str, Any]:
    return {name: getattr(record, name) for name in ("id", "kind", "student", "path", "digest", "data")}
