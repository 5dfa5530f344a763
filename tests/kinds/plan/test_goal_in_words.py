"""A target's sentence and its goal say the same number; numbers of something else are silent."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from sendbook.kinds.plan.rules.goal_in_words import numbers_of
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus
from tests.conftest import ON

BEHAVIOUR = "    behaviour: Reads a new page aloud\n"


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        ("Reads 95 words a minute", True),
        ("Reads 80 words a minute", False),
        ("Reads eighty words a minute", False),
        ("Reads from 62 to 80 words a minute", False),
        ("Reads 75 to 85 words a minute", False),
        ("Reads 85 to 95 words a minute", True),
        ("Reads a page of 200 words aloud", False),
        ("Reads for 20 minutes", False),
        ("Reads more than 62 words a minute", False),
        ("Reads 300 words a day", False),
    ],
)
def test_the_goal_is_the_number_of_the_sentence(
    sentence: str, told: bool, tmp_path: Path, registry: SchemaRegistry
) -> None:
    """The tiny campus's target: words a minute, from 62 to 80."""
    plan = tiny_campus(tmp_path) / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8")
    assert text.count(BEHAVIOUR) == 1
    plan.write_text(text.replace(BEHAVIOUR, f"    behaviour: {sentence}\n"), encoding="utf-8")
    codes = [one.code for one in inspect_records(CampusFolder(tmp_path, registry), ON, rules=RULE_BOOK).findings]
    assert codes == ["TGT-12"] * told


@pytest.mark.parametrize(
    ("sentence", "unit", "numbers"),
    [
        ("Comes to school for 8 full days out of 10", "days out of 10", [8]),
        ("Explains 15 out of 20 words taught this half-term", "words out of 20", [15]),
        ("Explains or uses 12 of 20 taught words", "words out of 20", [12]),
        ("Starts 6 out of 10 lessons", "lessons out of 20", []),
        ("Attempts 70% of the questions in a timed paper", "% of questions", [70]),
        ("Attempts 70 per cent of the questions", "% of questions", [70]),
        ("Asks for help 5 times in a week", "times a week", [5]),
        ("Asks for help three times a day", "times a week", []),
        ("Reads one word at a time", "words a minute", []),
        ("Uses a couple of words", "words a minute", []),
        ("Settles within 5 minutes, works for 14 minutes", "minutes out of 20", [14]),
        ("Has a reading age of 9 years 6 months", "months", []),
        ("Leaves the room no more than 2 times a week", "times a week", [2]),
        ("Leaves the room fewer than 3 times a week", "times a week", []),
        ("Improves from 62 to 80 words a minute", "words a minute", [80]),
        ("Improves from 62 words to 80 words", "words a minute", [80]),
        ("Takes turns", "turns in five minutes", []),
        ("Reads 20 more words a minute", "words a minute", []),
        ("Improves by 20 words a minute", "words a minute", []),
        ("Gains 10 points", "points", []),
        ("Reads 80 words a minute with no more than 3 errors", "words a minute", [80]),
    ],
)
def test_only_numbers_of_the_unit_are_taken_from_a_sentence(sentence: str, unit: str, numbers: list[float]) -> None:
    assert numbers_of(sentence, unit) == numbers
