"""Findings for CI: in the forms its programs read, with every place, and never with what stands in a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import pytest
import yaml

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.ci_reporters import REPORTERS
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.whole import inspect_records
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus

ON = date(2026, 11, 23)
IN_CI = sorted(set(REPORTERS) - {"text"})
SECRET = "Quixotic"
AWKWARD = Finding(
    code="PLAN-02",
    severity=Severity.WARNING,
    path="records/students/2TST/plan.yml",
    message="100 % late, a: b\nsecond line",
    remedy="Mend <it> & “more”.",
    line=7,
    column=3,
    found=SECRET,
    hint=f"Did you mean {SECRET}?",
    source="SEND Code of Practice 2015",
)
BROKEN = Finding(code="tab", severity=Severity.ERROR, path="handbook/é, ä.md", message="A tab.", remedy="Out with it.")
FINDINGS = [BROKEN, AWKWARD]


@pytest.fixture(scope="module")
def registry() -> SchemaRegistry:
    return SchemaRegistry.load(schemas())


def _inspect(root: Path, registry: SchemaRegistry) -> tuple[Finding, ...]:
    return inspect_records(CampusFolder(root, registry), ON).findings


@pytest.mark.parametrize("form", IN_CI)
def test_what_was_found_and_what_was_meant_stay_out(form: str) -> None:
    assert SECRET not in REPORTERS[form](FINDINGS)
    assert SECRET in REPORTERS["text"](FINDINGS)


def _strings(data: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if isinstance(data, dict):
        for key, value in data.items():
            yield from _strings(value, (*path, key))
    elif isinstance(data, list):
        for index, value in enumerate(data):
            yield from _strings(value, (*path, index))
    elif isinstance(data, str):
        yield path


def _planted(data: Any, path: tuple[Any, ...], word: str) -> None:
    *steps, last = path
    for step in steps:
        data = data[step]
    data[last] = word


RECORDS = sorted(path.relative_to(EXAMPLES / "valid").as_posix() for path in (EXAMPLES / "valid").rglob("*.yml"))


@pytest.mark.parametrize("record", RECORDS)
def test_no_text_of_a_record_ends_in_any_form_for_ci(record: str, tmp_path: Path, registry: SchemaRegistry) -> None:
    """Each string in turn, and then all of them, becomes a word nobody may read in a log."""
    root = tiny_campus(tmp_path)
    source = (root / record).read_text(encoding="utf-8")
    places = list(_strings(yaml.load(source, yaml.BaseLoader)))  # noqa: S506 - it makes nothing but strings
    told = 0
    for chosen in [*([place] for place in places), places]:
        for word in (SECRET, f"{SECRET.lower()}-1"):
            data = yaml.safe_load(source)
            for place in chosen:
                _planted(data, place, word)
            (root / record).write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
            findings = _inspect(root, registry)
            told += len(findings)
            for form in IN_CI:
                assert SECRET.casefold() not in REPORTERS[form](findings).casefold(), (form, chosen)
    assert told


@pytest.mark.parametrize("form", IN_CI)
def test_no_word_in_a_fields_place_or_a_path_ends_there_either(
    form: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    root = tiny_campus(tmp_path)
    profile = root / "records/students/2TST/profile.yml"
    profile.write_text(profile.read_text(encoding="utf-8") + f"{SECRET} said: yes\n", encoding="utf-8")
    plan = root / "records/students/2TST/plan.yml"
    plan.write_text(plan.read_text(encoding="utf-8") + f"{SECRET.lower()}: yes\n", encoding="utf-8")
    for name in (SECRET, SECRET.lower()):
        (root / "records/students" / name).mkdir()
        (root / "records/students" / name / "notes.yml").write_text("a: b\n", encoding="utf-8")
        (root / "records/people" / f"{name}.yml").symlink_to(plan)
    findings = _inspect(root, registry)
    assert {"unknown-field", "name-in-path", "unknown-place", "link"} <= {finding.code for finding in findings}
    assert SECRET.casefold() not in REPORTERS[form](findings).casefold()


def test_sarif_has_what_its_version_asks_for() -> None:
    """SARIF 2.1.0: 3.13 (file), 3.14 (run), 3.19 (tool), 3.27 (result), 3.30 (region), 3.49 (rule)."""
    log = json.loads(REPORTERS["sarif"](FINDINGS))
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"] == "sendbook"
    assert [rule["id"] for rule in rules] == ["PLAN-02", "tab"]
    for rule in rules:
        assert rule["help"]["text"]
        assert rule["shortDescription"]["text"] != rule["id"]
    assert "SEND Code of Practice 2015" in rules[0]["help"]["text"]
    assert rules[0]["properties"]["source"].startswith("SEND Code of Practice 2015")
    for result, finding in zip(run["results"], FINDINGS, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == finding.code
        assert result["level"] == finding.severity
        assert finding.message in result["message"]["text"]
        place = result["locations"][0]["physicalLocation"]
        assert unquote(place["artifactLocation"]["uri"]) == finding.path
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert place["region"] == {"startLine": finding.line or 1, "startColumn": finding.column or 1}
        assert re.fullmatch(r"[0-9a-f]{32}", result["partialFingerprints"]["sendbook/v1"])


def test_a_finding_keeps_its_fingerprint_when_it_only_moves_down() -> None:
    def fingerprint(finding: Finding) -> str:
        return json.loads(REPORTERS["sarif"]([finding]))["runs"][0]["results"][0]["partialFingerprints"]["sendbook/v1"]

    assert fingerprint(AWKWARD) == fingerprint(replace(AWKWARD, line=70))
    assert fingerprint(AWKWARD) != fingerprint(replace(AWKWARD, path="records/students/3ABC/plan.yml"))


def test_a_github_annotation_is_one_line_escaped_as_github_unescapes_it() -> None:
    broken, awkward, last = REPORTERS["github"](FINDINGS).splitlines()
    assert broken.startswith("::error file=handbook/é%2C ä.md,line=1,col=1,title=tab%3A Indents are spaces::A tab.")
    found = re.fullmatch(r"::warning ([^:]*)::(.*)", awkward)
    assert found is not None
    properties = dict(part.split("=", 1) for part in found[1].split(","))
    assert properties["file"] == AWKWARD.path
    assert (properties["line"], properties["col"]) == ("7", "3")
    said = found[2].replace("%0A", "\n").replace("%25", "%")
    assert said.splitlines()[:2] == ["100 % late, a: b", "second line"]
    assert "§ SEND Code of Practice" in said
    assert last == "1 error to mend, 1 thing to look at."


def test_no_record_can_give_github_a_command_of_its_own(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    spoil(root, case(EXAMPLES / "invalid" / "unknown-field" / "case.yml"))
    plan = root / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text.replace("layer: ", 'layer: "x\\n::add-mask::y"\n#'), encoding="utf-8")
    lines = REPORTERS["github"](_inspect(root, registry)).splitlines()
    assert all(re.match(r"::(error|warning) file=", line) for line in lines[:-1])


def test_junit_fails_for_errors_only_and_can_be_read() -> None:
    suite = ET.fromstring(REPORTERS["junit"](FINDINGS))  # noqa: S314 - our own text
    assert (suite.get("tests"), suite.get("failures")) == ("2", "1")
    assert suite.find("testcase/failure").get("message") == "A tab. Out with it."  # type: ignore[union-attr]
    assert "100 % late" in (suite.findtext("testcase/system-out") or "")
    assert ET.fromstring(REPORTERS["junit"]([])).get("failures") == "0"  # noqa: S314


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_nothing_wrong_is_still_a_whole_document(form: str) -> None:
    assert json.loads(REPORTERS[form]([])) is not None
