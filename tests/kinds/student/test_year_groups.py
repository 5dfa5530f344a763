"""The year group fits the age on 31 August, give or take a year, and moves on in September."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.kinds.student.rules.year_groups import year_moved_on
from tests.checks_kit import tiny_campus
from tests.conftest import ON

RULES = ("STU-07", "STU-08")


def found(
    root: Path,
    registry: SchemaRegistry,
    *,
    year: str = "8",
    born: str = "2014-02-03",
    classes_of: tuple[str, ...] = (),
    since: str = "2026-09-03",
    on: date = ON,
) -> list[Finding]:
    """What is asked about the tiny campus's student, who is in Year 8 and twelve on 31 August 2026."""
    student = tiny_campus(root) / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8").replace('year_group: "8"', f'year_group: "{year}"')
    text = text.replace("born: 2014-02-03", f"born: {born}").replace("from: 2026-09-03", f"from: {since}")
    student.write_text(text, encoding="utf-8")
    campus = root / "records/campus.yml"
    listed = "".join(f'      - "{one}"\n' for one in classes_of or (year,))
    text = campus.read_text(encoding="utf-8")
    campus.write_text(text.replace('    year_groups:\n      - "8"\n', f"    year_groups:\n{listed}"), encoding="utf-8")
    return [
        one for one in inspect_records(CampusFolder(root, registry), on, rules=RULE_BOOK).findings if one.code in RULES
    ]


def codes(root: Path, registry: SchemaRegistry, **changes: object) -> list[str]:
    return [one.code for one in found(root, registry, **changes)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("year", "told"),
    [("6", True), ("7", False), ("8", False), ("9", False), ("10", True), ("4", True), ("R", True)],
)
def test_one_year_out_of_step_is_silent_and_two_are_asked_about(
    year: str, told: bool, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path, registry, year=year) == ["STU-07"] * told


@pytest.mark.parametrize(
    ("born", "year", "told"),
    [
        ("2014-08-31", "7", False),  # twelve on 31 August: Year 8, one below
        ("2014-09-01", "6", False),  # eleven: Year 7, one below
        ("2014-08-31", "6", True),
        ("2021-09-01", "R", False),  # four: Reception
        ("2022-08-31", "R", False),  # four on the last day of August
        ("2024-09-01", "R", True),  # one
    ],
)
def test_the_age_is_that_of_31_august(
    born: str, year: str, told: bool, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path, registry, born=born, year=year) == ["STU-07"] * told


@pytest.mark.parametrize(("on", "told"), [(date(2027, 8, 31), False), (date(2027, 9, 1), True)])
def test_the_school_year_begins_on_1_september(on: date, told: bool, tmp_path: Path, registry: SchemaRegistry) -> None:
    """One below until the last day of August, two below from the first of September."""
    assert ("STU-07" in codes(tmp_path, registry, year="7", on=on)) is told


@pytest.mark.parametrize(("year", "told"), [("11", True), ("12", False), ("14", False)])
def test_a_student_may_stay_in_the_sixth_form(year: str, told: bool, tmp_path: Path, registry: SchemaRegistry) -> None:
    """Nineteen on 31 August: too old for Year 11."""
    assert codes(tmp_path, registry, year=year, born="2007-02-03") == ["STU-07"] * told


def test_a_year_group_that_is_meant_is_named_on_the_user_s_own_screen_alone(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    """It says how old the student is."""
    (one,) = found(tmp_path, registry, year="4")
    assert (one.found, one.hint) == ("4", "At this age it would be Year 8.")
    assert "8" not in one.message + one.remedy


@pytest.mark.parametrize(
    ("since", "on", "told"),
    [
        ("2025-09-03", date(2026, 9, 1), True),
        ("2026-08-31", ON, True),
        ("2026-09-01", ON, False),  # this year's class: the student is in the year below on purpose
    ],
)
def test_a_year_group_that_did_not_move_on_is_asked_about(
    since: str, on: date, told: bool, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path, registry, year="7", since=since, on=on) == ["STU-08"] * told


def test_until_31_august_the_year_group_is_the_year_s_own(tmp_path: Path, registry: SchemaRegistry) -> None:
    on = date(2026, 8, 31)
    assert codes(tmp_path, registry, year="7", since="2025-09-03", on=on) == []


@pytest.mark.parametrize(
    ("classes_of", "told"), [(("8",), False), (("7", "8"), False), (("9",), True), (("9", "10"), True)]
)
def test_some_class_is_of_the_student_s_year_group(
    classes_of: tuple[str, ...], told: bool, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(tmp_path, registry, classes_of=classes_of) == ["STU-08"] * told


def in_classes(*classes: tuple[str, str | None], year: str = "8", since: str = "2026-09-03") -> list[str]:
    """What STU-08 says of a student of Year 8, by age, who was in these classes until these days."""
    groups = [{"id": "7-english", "year_groups": ["7"]}, {"id": "8-english", "year_groups": ["8"]}]
    written = [{"group": name, "from": since, **({"until": until} if until else {})} for name, until in classes]
    header = SimpleNamespace(data={"year_group": year, "born": "2014-02-03", "teaching_groups": written})
    campus = {"campus": SimpleNamespace(data={"teaching_groups": groups})}
    case: Any = SimpleNamespace(header=header, on=ON, campus=campus)
    return [spot.message for spot in year_moved_on.test(case)]


OF_ANOTHER_YEAR = ["None of the student's classes is for this year group."]
LAST_YEARS = ["The year group and the classes are last year's, by the date of birth."]


@pytest.mark.parametrize(("until", "told"), [("2026-11-22", True), ("2026-11-23", False), (None, False)])
def test_a_class_that_was_left_is_none_of_the_students_classes(until: str | None, told: bool) -> None:
    """In a class of Year 8 until a day, and in one of Year 7 still."""
    assert in_classes(("8-english", until), ("7-english", None)) == OF_ANOTHER_YEAR * told


def test_nothing_is_said_of_classes_all_of_which_were_left() -> None:
    assert in_classes(("7-english", "2026-11-22")) == []
    assert in_classes(("7-english", "2026-11-23")) == OF_ANOTHER_YEAR
    assert in_classes(("7-english", "2026-07-17"), year="7", since="2025-09-03") == []
    assert in_classes(("7-english", None), year="7", since="2025-09-03") == LAST_YEARS


def test_the_year_group_of_a_student_who_has_left_stays_what_it_was(tmp_path: Path, registry: SchemaRegistry) -> None:
    student = tiny_campus(tmp_path) / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8")
    left = text.replace("  from: 2025-09-04\nborn", "  from: 2025-09-04\n  until: 2027-07-20\nborn")
    assert left != text
    student.write_text(left, encoding="utf-8")
    findings = inspect_records(CampusFolder(tmp_path, registry), date(2029, 9, 1), rules=RULE_BOOK).findings
    assert [one for one in findings if one.code in RULES] == []
