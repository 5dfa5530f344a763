"""Findings for CI: in the forms its programs read, with every place, and never with what stands in a record."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
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
from sendbook.checks.ci_reporters import reporters_with
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.log_paths import in_log
from sendbook.checks.reporters import summary
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build.inspection import inspect
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus

ON = date(2026, 11, 23)
REPORTERS = reporters_with(RULE_BOOK)
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
    return inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings


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


@pytest.mark.sample(3)
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


# Each with a word of the page in a place where a check might be tempted to repeat it.
ON_A_PAGE = {
    "a link to nowhere": f"[See]({SECRET.lower()}.md)",
    "a place no heading gives": f"[See](index.md#{SECRET.lower()})",
    "a place on this page": f"[See](#{SECRET.lower()})",
    "a link of another sort": f"[See]({SECRET}:x)",
    "a picture that is not there": f"![A picture]({SECRET.lower()}.png)",
    "a name no macro knows": f'{{{{ person("{SECRET}").name }}}}',
    "a field no macro knows": f'{{{{ person("senco").{SECRET} }}}}',
    "an entry no macro knows": f'{{{{ campus("{SECRET}").url }}}}',
    "a term no macro knows": f'{{{{ term("{SECRET}") }}}}',
    "a figure no macro knows": f'{{{{ figure("{SECRET}") }}}}',
    "no macro at all": f"{{{{ {SECRET}() }}}}",
    "an edition there is not": f"<!-- edition: {SECRET} -->\n\nText.\n\n<!-- end edition -->",
    "a hidden comment": f"<!-- {SECRET} -->",
    "a tag": f"<{SECRET}>x</{SECRET}>",
    "braces": f"Text {{ .{SECRET} }}",
    "a snippet": f'--8<-- "{SECRET}.md"',
    "a fence": f"```mermaid\n{SECRET}\n```",
    "a heading too deep": f"#### {SECRET}",
    "a title of its own": f"# {SECRET}\n\n# {SECRET} again",
    "an empty passage": f'## {SECRET} {{ data-answers="SENIR-C80" }}',
    "an item there is not": f'## {SECRET} {{ data-answers="SENIR-{SECRET}" }}\n\nText.',
    "a thin passage": f'## {SECRET} {{ data-answers="SENIR-C81b" }}\n\nText.',
    "a hard passage": f"## {SECRET}\n\n" + " ".join(["Administratively"] * 80) + ".",
    "something to fill in": f"[{SECRET} here]",
    "a count": f"We have 31 {SECRET.lower()} students.",
    "jargon": f"It is {SECRET.lower()}.",
}
AT_THE_TOP = {
    "a keeper": ("owner: senco", f"owner: {SECRET.lower()}"),
    "a fact there is not": ("owner: senco", f"owner: senco\n{SECRET.lower()}: x"),
    "a fact twice": ("owner: senco", f"owner: senco\n{SECRET.lower()}: x\n{SECRET.lower()}: y"),
    "an edition": ("editions: [", f"editions: [{SECRET.lower()}, "),
    "a version": ('version: "', f'version: "{SECRET}'),
    "a day": ("approved_on: 2026", f"approved_on: {SECRET}"),
    "a document": ("document: ", f"document: {SECRET.lower()}_"),
    "the id of another page": ("id: send-information-report", "id: index"),
}


def _forms_with_the_word(findings: Sequence[Finding]) -> list[str]:
    return [form for form in IN_CI if SECRET.casefold() in REPORTERS[form](findings).casefold()]


@pytest.mark.slow
def test_no_word_of_a_page_ends_in_any_form_for_ci(tmp_path: Path, registry: SchemaRegistry) -> None:
    """A handbook may name a child by mistake anywhere; only the text for a person's own terminal says what is there."""
    root = tiny_campus(tmp_path)
    place = root / "records" / "campus.yml"
    rules = f"house_rules:\n  jargon:\n    - {SECRET.lower()}\ntutor_groups:"
    place.write_text(place.read_text(encoding="utf-8").replace("tutor_groups:", rules), encoding="utf-8")
    page = root / "handbook" / "send-information-report.md"
    good = page.read_text(encoding="utf-8")
    told = []
    for name, written in ON_A_PAGE.items():
        page.write_text(f"{good}\n{written}\n", encoding="utf-8")
        found = inspect(CampusFolder(root, registry), ON)
        assert found, name
        assert not _forms_with_the_word(found), name
        told += found
    for name, (old, new) in AT_THE_TOP.items():
        assert good.count(old) == 1, name
        page.write_text(good.replace(old, new), encoding="utf-8")
        found = inspect(CampusFolder(root, registry), ON)
        assert found, name
        assert not _forms_with_the_word(found), name
        told += found
    page.write_text(good, encoding="utf-8")
    (root / "handbook" / f"{SECRET} said.md").write_text(good, encoding="utf-8")
    (root / "handbook" / f"notes.{SECRET}").write_text("x", encoding="utf-8")
    found = inspect(CampusFolder(root, registry), ON)
    assert not _forms_with_the_word(found)
    text = REPORTERS["text"]([*told, *found])
    for shown in (f"{SECRET.lower()}.md", f'person("{SECRET}").name', f"{SECRET} said.md"):
        assert shown in text, "the person at the terminal sees what is meant"


def test_two_links_to_nowhere_on_one_page_are_two_alerts() -> None:
    def fingerprints(*findings: Finding) -> list[str]:
        (run,) = json.loads(REPORTERS["sarif"](findings))["runs"]
        return [one["partialFingerprints"]["sendbook/v1"] for one in run["results"]]

    assert len(set(fingerprints(AWKWARD, replace(AWKWARD, line=9, found="x")))) == 2
    assert fingerprints(AWKWARD, replace(AWKWARD, line=9))[0] == fingerprints(AWKWARD)[0]


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
        assert unquote(place["artifactLocation"]["uri"]) == in_log(finding.path)
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
    assert broken.startswith("::error file=handbook,line=1,col=1,title=tab%3A Indents are spaces::A tab.")
    found = re.fullmatch(r"::warning ([^:]*)::(.*)", awkward)
    assert found is not None
    properties = dict(part.split("=", 1) for part in found[1].split(","))
    assert properties["file"] == AWKWARD.path
    assert (properties["line"], properties["col"]) == ("7", "3")
    said = found[2].replace("%0A", "\n").replace("%25", "%")
    assert said.splitlines()[:2] == ["100 % late, a: b", "second line"]
    assert "§ SEND Code of Practice" in said
    assert last == "1 error to fix, 1 thing to look at."
    assert summary([BROKEN]) == "1 error to fix, nothing else to look at."


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
