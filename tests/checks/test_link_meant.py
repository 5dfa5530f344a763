"""A name where an id belongs: the entry that is called so is offered, else those there are; no id is made up."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.link_meant import link_meant
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.test_told_at_once import ON, PLAN, change
from tests.checks_kit import tiny_campus

MEASURES = {
    "words-a-minute": ("Words read correctly in a minute",),
    "reading-age": ("Reading age, in months",),
    "spelling-age": ("Spelling age, in months",),
}
PEOPLE = {
    "p-gn7f": ("Ivo Calloway", "Mr Calloway"),
    "p-2bbb": ("Jo Green", "Ms Green"),
    "p-3ccc": ("Al Green", "Mr Green"),
}


@pytest.mark.parametrize(
    ("typed", "known", "meant", "sure"),
    [
        ("Words read correctly in a minute", MEASURES, "words-a-minute", True),
        ("words_a_minute", MEASURES, "words-a-minute", True),
        ("Words read corectly in a minute.", MEASURES, "words-a-minute", False),
        ("spelling age", MEASURES, "spelling-age", True),
        ("Words in a minute", MEASURES, "words-a-minute", False),
        ("Mr Calloway", PEOPLE, "p-gn7f", True),
        ("ivo calloway", PEOPLE, "p-gn7f", True),
        ("“Calloway”", PEOPLE, "p-gn7f", False),
    ],
)
def test_the_entry_that_is_called_so_is_meant(
    typed: str, known: dict[str, tuple[str, ...]], meant: str, sure: bool
) -> None:
    guess = link_meant(typed, known)
    assert guess is not None
    assert (guess.value, guess.sure) == (meant, sure)


def test_of_two_that_fit_neither_is_offered() -> None:
    guess = link_meant("Green", PEOPLE)
    assert guess is not None
    assert (guess.value, guess.note) == (None, "More than one has this in its name: p-2bbb, p-3ccc.")
    assert link_meant("Times tables", MEASURES) is None
    assert link_meant("  ", MEASURES) is None


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_campus(tmp_path / "campus")


def hints(root: Path, registry: SchemaRegistry) -> list[tuple[str, str]]:
    return [
        (one.code, one.hint)
        for one in inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
        if one.hint
    ]


THERE_ARE = (
    "In records/campus.yml there are: times-out (Times out of the room); "
    "words-a-minute (Words read correctly in a minute)."
)
NAMED = [
    ("measure: words-a-minute", "measure: Words read correctly in a minute", "Write “measure: words-a-minute”."),
    ("measure: words-a-minute", "measure: words-read-in-a-minute", "Did you mean “measure: words-a-minute”?"),
    ("lead: p-3ccc", "lead: Mr Teacher", "Write “lead: p-3ccc”."),
    ("    owner: p-3ccc", "    owner: Teacher", "Did you mean “owner: p-3ccc”?"),
    (
        "    outcome: reads-for-pleasure",
        "    outcome: Eli chooses to read",
        "Did you mean “outcome: reads-for-pleasure”?",
    ),
    ("intervention: paired-reading", "intervention: Paired reading", "Write “intervention: paired-reading”."),
    ("      - pace\n", "      - Reads a new page aloud\n", "Write “- pace”."),
    (
        "    targets:\n      - pace\n",
        "    targets: Reads a new page aloud\n",
        "Write “- pace” below “targets:”, two spaces further in.",
    ),
    (
        "measure: words-a-minute",
        "measure: spellings",
        THERE_ARE,
    ),
    (
        "measure: words-a-minute",
        "measure: Spelling test out of 20",
        THERE_ARE,
    ),
]


@pytest.mark.parametrize(("before", "typed", "hint"), NAMED, ids=[one[1].strip() for one in NAMED])
def test_a_check_offers_what_is_there_and_else_lists_it(
    root: Path, registry: SchemaRegistry, before: str, typed: str, hint: str
) -> None:
    text = (root / PLAN).read_text(encoding="utf-8")
    assert before in text
    (root / PLAN).write_text(text.replace(before, typed, 1), encoding="utf-8")
    found = [
        one
        for one in inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
        if one.severity == "error"
    ]
    assert [(one.path, one.hint) for one in found] == [(PLAN, hint)]
    assert "Teacher" not in found[0].message + found[0].remedy, "a log leaves the hint out"


def test_a_group_is_offered_by_its_name_too(root: Path, registry: SchemaRegistry) -> None:
    change(root, "records/students/2TST/student.yml", "group: 8-english", "group: Year 8 English")
    change(root, "records/students/2TST/student.yml", "tutor_group: 8t", "tutor_group: Form 8T")
    found = inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
    assert [one.hint for one in found if one.severity == "error"] == [
        "In records/campus.yml there is: 8t (8T).",
        "Write “group: 8-english”.",
    ]


def test_nothing_is_offered_where_nobody_can_know_what_there_is(root: Path, registry: SchemaRegistry) -> None:
    change(root, "records/campus.yml", "id: tiny", "id: [")
    change(root, PLAN, "measure: words-a-minute", "measure: Words read correctly in a minute")
    found = inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
    assert [one.hint for one in found if one.path == PLAN] == [""]
