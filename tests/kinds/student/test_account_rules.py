"""A student's own account: what is said of its day holds no date of birth, and no other day of the record."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)


def found(root: Path, registry: SchemaRegistry, born: str, decided: str) -> list[Finding]:
    """What is found about an account, where students have one from 13."""
    campus = tiny_campus(root)
    student, place = campus / "records/students/2TST/student.yml", campus / "records/campus.yml"
    account = f"sign_in:\n  email: eli@students.tiny.example\naccount_decision:\n  on: {decided}\n  by: p-1aaa\n"
    text = student.read_text(encoding="utf-8")
    lines = [f"born: {born}" if line.startswith("born:") else line for line in text.splitlines()]
    student.write_text("\n".join(lines) + f"\n{account}  reason: Asked for it.\n", encoding="utf-8")
    with_age = place.read_text(encoding="utf-8").replace(
        "public_words:", "student_accounts:\n  youngest: 13\npublic_words:"
    )
    place.write_text(with_age, encoding="utf-8")
    folder = CampusFolder(root, registry)
    findings = inspect_records(folder, ON, rules=RULE_BOOK).findings
    return [finding for finding in findings if finding.code in ("ACC-03", "ACC-04")]


@pytest.mark.parametrize(("born", "codes"), [("2013-11-23", []), ("2013-11-24", ["ACC-04"])])
def test_a_birthday_that_an_account_waits_for_is_in_no_log(
    born: str, codes: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    findings = found(tmp_path, registry, born, "2026-09-08")
    assert [finding.code for finding in findings] == codes
    assert [finding.hint for finding in findings] == ["It opens on 24 November 2026."][: len(codes)]
    assert not any(map(str.isdigit, "".join(finding.message + finding.remedy for finding in findings)))


@pytest.mark.parametrize(("decided", "codes"), [("2026-11-23", []), ("2026-11-24", ["ACC-03"])])
def test_an_account_decided_for_a_day_still_to_come_is_found(
    decided: str, codes: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    findings = found(tmp_path, registry, "2012-05-04", decided)
    assert [finding.code for finding in findings] == codes
    assert [finding.hint for finding in findings] == ["It opens on 24 November 2026."][: len(codes)]
    assert not any(map(str.isdigit, "".join(finding.message + finding.remedy for finding in findings)))
