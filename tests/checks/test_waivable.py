"""Each code that a finding can have is either waived where a waiver names it, or the waiver is told to do nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.case import Case
from sendbook.checks.explain import entry_of
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.meanings import ASKS, MEANINGS
from sendbook.checks.rules.rule import Rule
from sendbook.checks.waivable import can_be_waived as waivable
from sendbook.checks.waivers import NEVER_WAIVED, waived
from sendbook.checks.whole import inspect_records
from sendbook.handbook import handbook_problems
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.kinds.waivers.waiver_rules import can_be_waived
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
PATH = "records/students/2TST/plan.yml"
SEEN = "3f0c9a1be274"


def record_of(rule: str, seen: str = SEEN) -> Record:
    entry = {
        "id": "meant",
        "rule": rule,
        "record": "students/2TST/plan",
        "pointer": "",
        **({"seen": seen} if seen else {}),
    }
    entry |= {"reason": "It is meant.", "owner": "p-1aaa", "until": "2026-12-18"}
    data = {"waivers": [entry]}
    return Record(id="waivers", kind="waivers", student=None, path="records/waivers.yml", digest="", data=data)


def is_told(rule: str, registry: SchemaRegistry, setting: str = "independent") -> bool:
    return pointers(record_of(rule), registry, setting) == ["/waivers/0/rule"]


def pointers(waivers: Record, registry: SchemaRegistry, setting: str = "independent") -> list[str]:
    """Where the rule about waivers without an effect finds something."""
    place = Record(
        id="campus",
        kind="campus",
        student=None,
        path="records/campus.yml",
        digest="",
        data={"setting": {"type": setting}},
    )
    shared = Campus((waivers, place), registry)
    own = Campus((), registry)
    case = Case(campus=shared, own=own, student="", on=ON, terms=None, waivable=partial(waivable, rules=RULE_BOOK))  # type: ignore[arg-type]
    return [spot.pointer for spot in can_be_waived.test(case)]


def severities_of(code: str, setting: str) -> set[Severity]:
    """What a finding of the code can weigh, as its explanation says for a school of this kind."""
    entry = entry_of(code, RULE_BOOK)
    if isinstance(entry, Rule):
        of_documents = code.startswith(("SENIR", "DOC", "AP"))
        severity = entry.severity_in(setting) if of_documents else entry.severity
        return {severity, Severity.WARNING} if entry.in_time else {severity}
    return {Severity.ERROR, Severity.WARNING} if code in ASKS else {Severity.ERROR}


def is_waived(code: str, setting: str, registry: SchemaRegistry) -> bool:
    found = [
        Finding(code=code, severity=severity, path=PATH, message="", remedy="", seen=SEEN)
        for severity in severities_of(code, setting)
    ]
    left = waived(found, record_of(code), ON, record_of=lambda _id: None, kinds=registry.kinds)
    return len(left) < len(found)


@pytest.mark.parametrize("setting", ["independent", "maintained"])
def test_every_code_is_waived_or_told(registry: SchemaRegistry, setting: str) -> None:
    codes = sorted({rule.id for rule in RULE_BOOK.every} | set(MEANINGS))
    silent = [code for code in codes if is_told(code, registry, setting) is is_waived(code, setting, registry)]
    assert silent == []


NO_EFFECT = ("unknown-field", "leak-name", "leak-contact", "link-to-nothing", "ACC-05", "WVR-02", "history-unread")


@pytest.mark.parametrize("code", [*NO_EFFECT, "unknwn-field", "TXT-99", "Unknown-Field"])
def test_a_waiver_that_can_have_no_effect_is_told(tmp_path: Path, registry: SchemaRegistry, code: str) -> None:
    root = tiny_campus(tmp_path)
    (root / "records/waivers.yml").write_text(
        f"waivers:\n  - id: meant\n    rule: {code}\n    record: students/2TST/plan\n    reason: It is meant.\n"
        "    owner: p-1aaa\n    until: 2026-12-18\n",
        encoding="utf-8",
    )
    found = [
        (one.code, one.line) for one in inspect_records(CampusFolder(root, registry), ON, rules=RULE_BOOK).findings
    ]
    assert found == [("WVR-02", 3)]


@pytest.mark.parametrize(
    ("code", "seen", "told"),
    [
        ("TXT-01", "", ["/waivers/0"]),
        ("txt-02", "", ["/waivers/0"]),
        ("TXT-02", SEEN, []),
        ("PLAN-02", "", []),
        ("WVR-02", SEEN, ["/waivers/0/rule"]),
    ],
)
def test_a_waiver_of_an_error_says_what_was_seen(
    registry: SchemaRegistry, code: str, seen: str, told: list[str]
) -> None:
    assert pointers(record_of(code, seen), registry) == told


@pytest.mark.parametrize("code", ["PLAN-02", "plan-02", "stray", "review-lapsed", "unprintable", "STU-01", "TXT-03"])
def test_a_waiver_of_a_warning_is_silent(registry: SchemaRegistry, code: str) -> None:
    assert not is_told(code, registry)


def test_what_a_school_follows_by_choice_can_be_waived_there_alone(registry: SchemaRegistry) -> None:
    assert is_told("SENIR-1", registry, "maintained")
    assert not is_told("SENIR-1", registry, "independent")


def test_the_codes_that_ask_are_those_of_the_handbooks_warnings_and_what_else_is_no_error() -> None:
    assert handbook_problems.WARNINGS <= ASKS <= MEANINGS.keys()
    assert not ASKS & NEVER_WAIVED


def test_a_warning_about_a_page_is_waived_by_its_code_in_small_letters() -> None:
    entry = {"rule": "review-lapsed", "record": "handbook/index.md", "until": "2026-12-01"}
    record = Record(
        id="waivers", kind="waivers", student=None, path="records/waivers.yml", digest="", data={"waivers": [entry]}
    )
    lapsed = Finding(
        code="review-lapsed",
        severity=Severity.WARNING,
        path="handbook/index.md",
        message="The review date has passed.",
        remedy="",
    )
    assert waived([lapsed], record, ON, record_of=lambda _: None, kinds={}) == ()
    assert waived([replace(lapsed, code="list-mark")], record, ON, record_of=lambda _: None, kinds={}) != ()
