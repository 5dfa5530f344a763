"""Who can agree that the school keeps a report: a parent who answers for the student, or the student who decides."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.checks_kit import EXAMPLES, tiny_campus
from tests.kinds.student.test_student_rules import codes

ON = date(2026, 11, 2)
REPORT = "students/2TST/reports/2026-10-12.yml"
BY_MOTHER = "  given_by: p-4ddd\n  on: 2026-09-14\n"
BY_STUDENT = "  by_student: true\n  on: 2026-09-14\n"
MOTHER = "    confirmed:\n      on: 2025-09-04\n      by: p-1aaa\n    from: 2025-09-04\n"
DECIDES = "  - id: own\n    decides: {}\n    from: {}\n"


def asked(root: Path, consent: str, *changes: tuple[str, str], rights: str = "") -> bool:
    """Whether the consent is asked about, with the student's own record changed."""
    tiny_campus(root)
    student = root / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8") + rights
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    student.write_text(text, encoding="utf-8")
    report = root / "records" / REPORT
    report.parent.mkdir()
    good = (EXAMPLES / "alone/records" / REPORT).read_text(encoding="utf-8")
    assert good.count(BY_MOTHER) == 1
    report.write_text(good.replace(BY_MOTHER, consent), encoding="utf-8")
    found = codes(root, ON)
    assert "RPT-01" not in found
    return "RPT-06" in found


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (MOTHER, MOTHER, False),
        (MOTHER, "    from: 2025-09-04\n", True),
        (MOTHER, MOTHER.replace("on: 2025-09-04", "on: 2026-11-02"), False),
        (MOTHER, MOTHER.replace("on: 2025-09-04", "on: 2026-11-03"), True),
        (MOTHER, f"{MOTHER}    until: 2026-09-14\n", False),
        (MOTHER, f"{MOTHER}    until: 2026-09-13\n", True),
        ("responsibility: true\n    access: full", "responsibility: true\n    access: none", False),
        (
            "responsibility: true\n    access: full",
            "responsibility: false\n    access: named_parts\n    parts:\n      - plan.needs",
            True,
        ),
    ],
    ids=["good", "unconfirmed", "today", "tomorrow", "last day", "day after", "sees nothing", "no responsibility"],
)
def test_a_parent_agrees_with_responsibility_confirmed_by_today(tmp_path: Path, old: str, new: str, told: bool) -> None:
    assert asked(tmp_path, BY_MOTHER, (old, new)) is told


@pytest.mark.parametrize("person", ["p-1aaa", "p-3ccc"])
def test_nobody_from_outside_the_family_agrees(tmp_path: Path, person: str) -> None:
    assert asked(tmp_path, BY_MOTHER.replace("p-4ddd", person))


@pytest.mark.parametrize(
    ("consent", "decides", "since", "told"),
    [
        (BY_STUDENT, "student", "2026-09-14", False),
        (BY_STUDENT, "student", "2026-09-15", True),
        (BY_STUDENT, "both", "2026-09-14", False),
        (BY_MOTHER, "both", "2026-09-14", False),
        (BY_MOTHER, "student", "2026-09-14", True),
        (BY_MOTHER, "student", "2026-09-15", False),
        (f"  given_by: p-4ddd\n{BY_STUDENT}", "student", "2026-09-14", False),
        (BY_STUDENT.replace("true", "false"), "both", "2026-09-14", True),
        ("  on: 2026-09-14\n", "both", "2026-09-14", True),
    ],
)
def test_the_student_agrees_from_the_day_the_student_decides(
    tmp_path: Path,
    consent: str,
    decides: str,
    since: str,
    told: bool,
) -> None:
    assert asked(tmp_path, consent, rights=DECIDES.format(decides, since)) is told


@pytest.mark.parametrize(("born", "told"), [("2008-09-14", False), ("2008-09-15", True)])
def test_the_eighteenth_birthday_is_enough(tmp_path: Path, born: str, told: bool) -> None:
    assert asked(tmp_path, BY_STUDENT, ("born: 2014-02-03", f"born: {born}")) is told
