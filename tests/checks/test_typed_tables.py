"""A table typed into a record's text is shown with its marks, so it is found; a mark in a sentence is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.typed_tables import holds_table
from tests.checks_kit import found_in_records, tiny_campus

PLAN = "records/students/2TST/plan.yml"
SUMMARY = "summary: Eli reads slowly and carefully. We are working on pace."


def findings(root: Path, registry: SchemaRegistry, typed: str) -> list[Finding]:
    file = tiny_campus(root) / PLAN
    text = file.read_text(encoding="utf-8")
    below = "|\n" + "\n".join(f"  {line}" for line in typed.split("\n"))
    file.write_text(text.replace(SUMMARY, f"summary: {below}"), encoding="utf-8")
    return found_in_records(root, registry, date(2026, 11, 23))


def test_a_table_is_a_warning_at_its_text_that_says_what_to_do(tmp_path: Path, registry: SchemaRegistry) -> None:
    (found,) = findings(tmp_path, registry, "When:\n| Day | Lesson |\n| --- | --- |\n| Monday | Maths |")
    assert (found.code, found.severity, found.path, found.line) == ("table-in-text", Severity.WARNING, PLAN, 6)
    assert "Write it as a list" in found.remedy
    assert found.parts, "shown to those who see the text"


@pytest.mark.parametrize(
    "text",
    [
        "| Day | Lesson |\n| --- | --- |\n| Monday | Maths |",
        "|Day|Lesson|\n|:--|--:|",
        "Day | Lesson\n--- | ---\nMonday | Maths",
        "| Day | Lesson |\n| Monday | Maths |",
        "Here it is.\n\n  | Day |\n  |-----|\n  | Monday |",
        "| a | b |\r\n|---|---|",
    ],
)
def test_rows_one_below_the_other_are_a_table(text: str) -> None:
    assert holds_table(text)


@pytest.mark.parametrize(
    "typed",
    [
        "He writes a | between words.",
        "He writes | a | between words | at times.",
        "| is what he calls a fence |\nand he likes it.",
        "Monday | Maths\nTuesday | English",
        "Maths | English\n\n---",
        "- reads | aloud\n- writes",
    ],
)
def test_a_mark_in_a_sentence_or_between_two_words_is_none(
    tmp_path: Path, registry: SchemaRegistry, typed: str
) -> None:
    assert findings(tmp_path, registry, typed) == []
    assert not holds_table(typed)


def test_a_long_ruled_line_is_read_once() -> None:
    assert not holds_table(f"a | b\n{'- ' * 20_000}| x")
    assert not holds_table(f"a | b\n{'-|' * 20_000}x")
