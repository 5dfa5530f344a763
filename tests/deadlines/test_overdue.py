"""What a schema says is owed is found when its last day is over (DUE-01), from the schema alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.deadlines.rules import OVERDUE, rules_of_dues
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus
from tests.conftest import ON
from tests.deadlines.letters import registry_in
from tests.deadlines.test_what_recurs import RAMPS

STUDENT = "records/students/2TST"
LETTERS = f"{STUDENT}/letters.yml"
OPEN = """\
letters:
  - from: the council
    sent_on: 2026-11-02
    who: p-1aaa
"""
ANSWERED = OPEN + "    answered_on: 2026-11-20\n"
LAST_GOOD, FIRST_BAD = date(2026, 11, 16), date(2026, 11, 17)  # ten school days after a Monday, and the day after


def folder(root: Path, **files: str) -> CampusFolder:
    """The tiny campus with kinds that owe something, and these records of them."""
    tiny_campus(root)
    for path, text in files.items():
        target = root / {"letters": LETTERS, "licence": "records/licences/music.yml"}[path]
        target.parent.mkdir(exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return CampusFolder(root, registry_in(root))


def found(campus: CampusFolder, on: date, cache: ParseCache | None = None) -> list[Finding]:
    findings = inspect_records(campus, on, cache, rules=RULE_BOOK).findings
    return [one for one in findings if one.code == OVERDUE]


def plain(text: str) -> str:
    """A text with the spaces within its days as they are typed."""
    return text.replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.parametrize(
    ("letters", "on", "told"),
    [
        (OPEN, LAST_GOOD, False),
        (OPEN, FIRST_BAD, True),
        (ANSWERED, FIRST_BAD, False),
        (f"state: draft\n{OPEN}", FIRST_BAD, False),
        (f"state: agreed\n{OPEN}", FIRST_BAD, True),
    ],
    ids=["the last good day", "the first bad day", "done, though late", "a draft", "agreed"],
)
def test_it_is_overdue_from_the_day_after_its_last_day(tmp_path: Path, letters: str, on: date, told: bool) -> None:
    assert len(found(folder(tmp_path, letters=letters), on)) == told


def test_a_finding_says_where_on_what_it_rests_and_what_to_do(tmp_path: Path) -> None:
    (one,) = found(folder(tmp_path, letters=OPEN), FIRST_BAD)
    assert (one.path, one.line, one.column, one.pointer) == (LETTERS, 3, 5, "/letters/0/sent_on")
    assert one.severity == "warning"
    assert one.source == "Letters Act 2001 s.3 (law)"
    assert one.parts == (("letter", "open"), ("letter", "answers"))
    assert one.message == "The last day for this has passed: it is owed within 10 school days of “Sent on”."
    assert one.remedy == "Do it, then write the day under “answered_on:”; or agree another day."
    assert plain(one.hint) == "Owed by 16 November 2026: Answer the council."
    assert "council" not in one.message + one.remedy


def test_the_campus_s_own_number_counts(tmp_path: Path) -> None:
    campus = folder(tmp_path, letters=OPEN)
    record = tmp_path / "records/campus.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(f"{text}house_rules:\n  school_days_to_share_a_meeting: 3\n", encoding="utf-8")
    assert found(campus, date(2026, 11, 5)) == []
    (one,) = found(campus, date(2026, 11, 6))
    assert "within 3 school days" in one.message


def test_a_date_that_is_itself_the_last_day_asks_for_the_next_one(tmp_path: Path) -> None:
    campus = folder(tmp_path, letters="review_by: 2026-11-16\n")
    assert found(campus, LAST_GOOD) == []
    (one,) = found(campus, FIRST_BAD)
    assert (one.pointer, one.source) == ("/review_by", "House rule of the campus (policy)")
    assert one.message == "The last day for what is owed here has passed (“Review by”)."
    assert one.remedy == "Do it, then write the next day here; or agree another day."
    assert plain(one.hint) == "Owed by 16 November 2026: Look through the letters."


def test_a_record_that_belongs_to_no_student_owes_as_well(tmp_path: Path) -> None:
    campus = folder(tmp_path, licence="name: the music licence\nends_on: 2026-11-16\n")
    assert found(campus, LAST_GOOD) == []
    (one,) = found(campus, FIRST_BAD)
    assert (one.path, one.line, one.about) == ("records/licences/music.yml", 2, "")
    assert plain(one.hint) == "Owed by 16 November 2026: Renew the music licence."


def test_each_date_that_it_may_count_from_is_named(tmp_path: Path) -> None:
    tiny_campus(tmp_path)
    door = "ramps:\n  - {id: a, where: Door, begun_on: 2024-03-01, status: open, looks: [{on: 2025-03-03}]}\n"
    (tmp_path / "records/ramps.yml").write_text(door, encoding="utf-8")
    campus = CampusFolder(tmp_path, registry_in(tmp_path, RAMPS))
    assert found(campus, date(2026, 3, 3)) == []
    (one,) = found(campus, date(2026, 3, 4))
    assert one.message == (
        "The last day for this has passed: it is owed within 1 year of the latest of “Begun on” and “Looked at”."
    )


def test_nothing_is_owed_for_a_student_who_has_left(tmp_path: Path) -> None:
    campus = folder(tmp_path, letters=OPEN)
    student = tmp_path / STUDENT / "student.yml"
    text = student.read_text(encoding="utf-8")
    line = next(line for line in text[text.index("on_roll:") :].splitlines() if "from:" in line)
    student.write_text(text.replace(line, f"{line}\n  until: 2026-11-10", 1), encoding="utf-8")
    assert found(campus, FIRST_BAD) == []


def test_what_is_remembered_of_a_check_holds_for_its_day_alone(tmp_path: Path) -> None:
    campus = folder(tmp_path / "campus", letters=OPEN)
    with ParseCache(tmp_path / "cache.db") as cache:
        assert found(campus, LAST_GOOD, cache) == []
        assert len(found(campus, FIRST_BAD, cache)) == 1
        assert len(found(campus, FIRST_BAD, cache)) == 1


def test_a_check_of_the_whole_campus_asks(tmp_path: Path) -> None:
    campus = folder(tmp_path, letters=OPEN, licence="name: a licence\nends_on: 2026-11-16\n")
    told = [one.path for one in inspect(campus, ON) if one.code == OVERDUE]
    assert told == ["records/licences/music.yml", LETTERS]


def test_each_rule_is_asked_where_its_records_are(tmp_path: Path) -> None:
    book = rules_of_dues(registry_in(tmp_path), RULE_BOOK)
    asked = [{kind for rule in rules for kind, _ in rule.parts} for rules in (book.student, book.shared)]
    assert [("letter" in kinds, "licence" in kinds) for kinds in asked] == [(True, False), (False, True)]
