"""A code that changed is told in the words of its field: a campus's own kind has them from its schema alone."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.kinds.all_kinds import TELLERS
from tests.history.records_at_random import record_of

LOG: dict[str, Any] = {
    "title": "Reading log",
    "description": "What is read.",
    "x-kind": "reading_log",
    "x-path": "students/{student}/reading-log.yml",
    "x-part": "reading",
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "level": {
            "title": "Book band",
            "description": "How hard.",
            "enum": ["K", "none", "dark_blue"],
            "x-words": {"K": "Black, the hardest", "none": "No band yet"},
        },
        "box": {"title": "Box", "description": "Where.", "enum": [1, 2], "x-words": {"1": "By the door"}},
    },
}


def told(kinds: Mapping[str, Kind], kind: str, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The sentences for a change of one record."""
    old, new = ({one.id: one} for one in (record_of(kinds[kind], before, "1"), record_of(kinds[kind], after, "2")))
    accounts = narrate(compare(old, new, kinds), old, new, kinds, Names(), tellers=TELLERS)
    return [one.text for account in accounts for passage in account.passages for one in passage.sentences]


def test_a_kind_of_the_campus_s_own_tells_its_codes_in_its_own_words(tmp_path: Path) -> None:
    (tmp_path / "reading-log.schema.json").write_text(json.dumps(LOG), encoding="utf-8")
    kinds = SchemaRegistry.load(schemas(), tmp_path).kinds
    assert told(kinds, "reading_log", {"level": "none"}, {"level": "K"}) == [
        "Book band changed from no band yet to black, the hardest."
    ]
    assert told(kinds, "reading_log", {"level": "K"}, {"level": "dark_blue"}) == [
        "Book band changed from black, the hardest to dark blue."
    ]
    assert told(kinds, "reading_log", {"box": 2}, {"box": 1}) == ["Box is now by the door (it was 2)."]


def test_a_code_that_two_fields_have_is_told_as_each_of_them_means_it(registry: SchemaRegistry) -> None:
    before, after = (
        {"family": [{"id": "mum", "person": "p-1", "relation": "other", "access": one}]} for one in ("none", "full")
    )
    (sentence,) = told(registry.kinds, "student", before, after)
    assert "from nothing to everything families see" in sentence
    before, after = ({"eal": {"proficiency": one}} for one in ("D", "E"))
    (sentence,) = told(registry.kinds, "student", before, after)
    assert "from competent to fluent" in sentence


def test_a_letter_of_the_school_census_is_told_in_words(registry: SchemaRegistry) -> None:
    concern = {"id": "a", "code": "N", "from": "2026-09-03"}
    support = {"id": "b", "code": "K", "from": "2026-09-28"}
    (sentence,) = told(registry.kinds, "student", {"status": [concern]}, {"status": [concern, support]})
    assert sentence.startswith("New: SEN support")
    need = {"id": "n", "rank": 1, "type": "ASD"}
    (sentence,) = told(registry.kinds, "student", {"needs": [{**need, "type": "NSA"}]}, {"needs": [need]})
    assert "autism" in sentence.casefold()
    assert "ASD" not in sentence


def test_a_date_that_an_entry_is_called_by_is_told_as_another_date_and_as_no_new_name(tmp_path: Path) -> None:
    entry = {
        "title": "Visit",
        "description": "One visit.",
        "type": "object",
        "additionalProperties": False,
        "x-say": "{on}",
        "properties": {
            "id": {"title": "Id", "description": "Stays.", "type": "string"},
            "on": {"title": "Date", "description": "The day.", "type": "string", "format": "date"},
        },
    }
    visits = {"title": "Visits", "description": "Who came.", "type": "array", "x-key": "id", "items": entry}
    name = {
        **entry,
        "x-say": "{called}",
        "properties": {**entry["properties"], "called": {**entry["properties"]["id"]}},
    }
    log = {**LOG, "properties": {"visits": visits, "rooms": {**visits, "items": name}}}
    (tmp_path / "reading-log.schema.json").write_text(json.dumps(log), encoding="utf-8")
    kinds = SchemaRegistry.load(schemas(), tmp_path).kinds
    before, after = ({"visits": [{"id": "a", "on": day}]} for day in ("2026-11-20", "2026-11-27"))
    (sentence,) = told(kinds, "reading_log", before, after)
    assert "renamed" not in sentence
    told_of = "20 November 2026: date is now 27 November 2026 (it was 20 November 2026)."
    assert sentence.replace("\xa0", " ") == told_of
    before, after = ({"rooms": [{"id": "a", "called": name}]} for name in ("Ash", "Oak"))
    assert "was renamed “Oak”" in told(kinds, "reading_log", before, after)[0]
