"""A colleague who is a parent here is told of as a parent only to readers who may know them as one."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.kinds.all_kinds import TELLERS

#: As the staff directory has him, no matter who looks.
DIRECTORY = [
    Record(
        id="people/p-2br0",
        kind="person",
        student=None,
        path="",
        digest="",
        data={"id": "p-2br0", "name": {"known_as": "Mr Brown"}, "staff": {"job_title": "Teacher"}},
    )
]
MEETING = {
    "id": "2026-10-05",
    "state": "agreed",
    "date": "2026-10-05",
    "type": "review",
    "led_by": "p-2br0",
    "family_present": [{"person": "p-1aa0"}],
    "family_actions": [{"id": "a", "person": "p-1aa0", "what": "Read each evening"}],
    "family_voice": [{"id": "v", "from": "p-1aa0", "text": "He likes maths"}],
}
STUDENT = {"id": "2TST", "family": [{"id": "f", "person": "p-1aa0", "relation": "father", "access": "full"}]}


def told(registry: SchemaRegistry, kind: str, before: dict[str, Any], after: dict[str, Any], names: Names) -> str:
    """What is told of a change of one record, as one text."""
    name = "students/2TST/" + ("student" if kind == "student" else "meetings/2026-10-05")
    sides = [{name: _record(name, kind, data, str(at))} for at, data in enumerate((before, after))]
    accounts = narrate(compare(*sides, registry.kinds), *sides, registry.kinds, names, tellers=TELLERS)
    return " ".join(
        f"{passage.heading} {' '.join(sentence.marked() for sentence in passage.sentences)}"
        for account in accounts
        for passage in account.passages
    )


def _record(name: str, kind: str, data: dict[str, Any], digest: str) -> Record:
    return Record(id=name, kind=kind, student="2TST", path="", digest=digest, data=data)


def _by_brown(name: str, key: str) -> list[dict[str, Any]]:
    """The list of the meeting with one more entry, which is Mr Brown's as a father."""
    (entry,) = MEETING[name]  # type: ignore[misc]
    return [entry, {**entry, **({"id": "b"} if "id" in entry else {}), key: "p-2br0"}]


CHANGES: list[tuple[str, dict[str, Any], dict[str, Any]]] = [
    ("meeting", MEETING, {**MEETING, "family_present": _by_brown("family_present", "person")}),
    ("meeting", MEETING, {**MEETING, "family_actions": _by_brown("family_actions", "person")}),
    ("meeting", MEETING, {**MEETING, "family_voice": _by_brown("family_voice", "from")}),
    ("meeting", MEETING, {**MEETING, "held_for": "p-2br0"}),
    ("meeting", {**MEETING, "held_for": "p-1aa0"}, {**MEETING, "held_for": "p-2br0"}),
    ("student", STUDENT, {**STUDENT, "family": [{**STUDENT["family"][0], "person": "p-2br0"}]}),  # type: ignore[dict-item]
    ("student", STUDENT, {**STUDENT, "family": [*STUDENT["family"], {"id": "g", "person": "p-2br0"}]}),
]


@pytest.mark.parametrize("voice", ["staff", "family", "student"])
@pytest.mark.parametrize(("kind", "before", "after"), CHANGES)
def test_somebody_who_may_know_him_as_a_colleague_only_is_not_told_that_he_is_family(
    registry: SchemaRegistry, kind: str, before: dict[str, Any], after: dict[str, Any], voice: Any
) -> None:
    names = Names.of(Campus(DIRECTORY, registry), voice=voice)
    for sides in ((before, after), (after, before)):
        assert "Brown" not in told(registry, kind, *sides, names)
    assert told(registry, kind, before, after, names)


@pytest.mark.parametrize(("kind", "before", "after"), CHANGES)
def test_somebody_who_may_know_him_as_family_is_told_his_name(
    registry: SchemaRegistry, kind: str, before: dict[str, Any], after: dict[str, Any]
) -> None:
    assert "Mr Brown" in told(
        registry, kind, before, after, Names.of(Campus(DIRECTORY, registry), family={"p-2br0": "Mr Brown"})
    )


def test_what_he_does_as_a_colleague_is_told_with_his_name(registry: SchemaRegistry) -> None:
    before = {**MEETING, "led_by": "p-3cc0"}
    assert "Mr Brown" in told(registry, "meeting", before, MEETING, Names.of(Campus(DIRECTORY, registry)))
