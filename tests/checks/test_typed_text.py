"""What is typed where text belongs and YAML takes for something else is found, with how to write it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding
from tests.checks_kit import found_in_records, tiny_campus
from tests.cli.kit import DAY, run

PLAN = "records/students/2TST/plan.yml"
SUMMARY = "summary: Eli reads slowly and carefully. We are working on pace."


def findings(root: Path, registry: SchemaRegistry, typed: str) -> list[Finding]:
    plan = tiny_campus(root) / PLAN
    text = plan.read_text(encoding="utf-8")
    assert text.count(SUMMARY) == 1
    plan.write_text(text.replace(SUMMARY, f"summary: {typed}"), encoding="utf-8")
    return found_in_records(root, registry, date(2026, 11, 23))


@pytest.mark.parametrize(
    ("typed", "advice"),
    [
        *[(number, "Put it in quotes") for number in ("12", "1.10", "-5", "447700900123", "true", "false")],
        *[(nothing, "Write it after the colon: text.") for nothing in ("", "null", "~")],
        *[(group, "braces, make a group of it") for group in ("{urgent}", "\n  Mum said: yes")],
        *[(listed, "make a list of it") for listed in ("[urgent]", "\n  - one\n  - two", "\n  - - one")],
    ],
)
def test_what_is_no_text_to_yaml_is_found_with_how_to_write_it(
    typed: str, advice: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    (finding,) = findings(tmp_path, registry, typed)
    assert (finding.code, finding.line) == ("wrong-type", 6)
    assert advice in finding.remedy


@pytest.mark.parametrize(
    "typed", ["007", "1_000", "12e3", ".5", "0x10", "+44 7700", "Null", "yes", "'~'", "~ 5", "1:30", '"12"', "'null'"]
)
def test_what_is_text_to_yaml_is_none(typed: str, tmp_path: Path, registry: SchemaRegistry) -> None:
    assert findings(tmp_path, registry, typed) == []


@pytest.mark.parametrize("typed", ["\n  - one\n  -\n  - two", "\n  - Mum said: yes", "\n  - 12"])
def test_an_entry_of_a_list_of_texts_that_is_none_is_found(
    typed: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    plan = tiny_campus(tmp_path) / PLAN
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("    needs:\n      - fluency", f"    needs:{typed}".replace("\n", "\n    ")))
    codes = [finding.code for finding in found_in_records(tmp_path, registry, date(2026, 11, 23))]
    assert "wrong-type" in codes


def test_words_that_yaml_drops_stop_publishing_and_are_told_again_by_every_check(tmp_path: Path) -> None:
    """What was read of such a file is not remembered: a second run would say that all is well."""
    plan = tiny_campus(tmp_path) / PLAN
    (tmp_path / ".sendbook").mkdir()
    plan.write_text(plan.read_text(encoding="utf-8").replace(SUMMARY, "summary: Never nuts # cupboard 2"))
    for _ in range(3):
        told = run("check", "--campus", tmp_path, *DAY)
        assert told.code == 1
        assert "text-after-hash" in told.out
        assert "6:21" in told.out
