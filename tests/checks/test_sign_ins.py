"""One sign-in address in two records is told at both places, however it is spelt; nothing else is."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

PERSON, OTHER = "records/people/p-2bbb.yml", "records/people/p-4ddd.yml"
STUDENT = "records/students/2TST/student.yml"


def findings_with(root: Path, addresses: dict[str, str]) -> list[Finding]:
    for path, email in addresses.items():
        file = tiny_campus(root) / path if not (root / path).exists() else root / path
        file.write_text(f"{file.read_text(encoding='utf-8')}sign_in:\n  email: {email}\n", encoding="utf-8")
    folder = CampusFolder(root, SchemaRegistry.load(schemas()))
    found = inspect_records(folder, date(2026, 11, 23), rules=RULE_BOOK).findings
    return [finding for finding in found if finding.line and finding.code != "ACC-03"]  # nobody decided the account


@pytest.mark.parametrize(("one", "other"), [(PERSON, OTHER), (PERSON, STUDENT)])
def test_an_address_in_two_records_is_an_error_at_both_places(tmp_path: Path, one: str, other: str) -> None:
    found = findings_with(tmp_path, {one: "Same@school.example", other: "same@School.example"})
    assert [(f.code, f.severity, f.path) for f in found] == [
        ("same-sign-in", Severity.ERROR, one),
        ("same-sign-in", Severity.ERROR, other),
    ]
    for finding, elsewhere in zip(found, (other, one), strict=True):
        lines = (tmp_path / finding.path).read_text(encoding="utf-8").splitlines()
        assert "email:" in lines[(finding.line or 0) - 1]
        assert elsewhere in finding.message
        assert "school" not in (finding.message + finding.remedy).casefold(), "values are for the terminal alone"


def test_addresses_that_differ_are_no_finding(tmp_path: Path) -> None:
    assert findings_with(tmp_path, {PERSON: "a@school.example", OTHER: "b@school.example"}) == []
