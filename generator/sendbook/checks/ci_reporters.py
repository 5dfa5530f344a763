"""Findings for continuous integration: SARIF 2.1.0, GitHub annotations, JUnit. None holds a word of records or pages.

A log is kept, mailed and read by people who may see nothing of a student, so it tells where something is wrong and
what to do, and never what is there.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from typing import Any
from urllib.parse import quote

from sendbook import __version__
from sendbook.checks.explain import Explained, explained
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.reporters import Reporter, as_json, as_text, summary, without_values
from sendbook.checks.rule_book import RuleBook

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def as_sarif(findings: Sequence[Finding], book: RuleBook) -> str:
    """For code-scanning pages: each code as a rule with its help and source, each finding with its place."""
    told = [without_values(finding) for finding in findings]
    codes = sorted({finding.code for finding in told})
    run = {
        "tool": {
            "driver": {"name": "sendbook", "version": __version__, "rules": [_rule(code, book) for code in codes]}
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {"CAMPUS": {"description": {"text": "The folder of the campus."}}},
        "results": [
            _result(finding, codes.index(finding.code), number)
            for finding, number in zip(told, _numbered(told), strict=True)
        ],
    }
    return json.dumps({"$schema": _SARIF, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(code: str, book: RuleBook) -> dict[str, Any]:
    known = explained(code, book) or Explained(code=code, title=code, text=code)
    help_text = "\n".join(filter(None, [known.text, known.remedy, known.source]))
    return {
        "id": code,
        "shortDescription": {"text": known.title},
        "fullDescription": {"text": known.text},
        "help": {"text": help_text},
        "properties": {"source": known.source or "The form of records and pages"},
    }


def _identity(finding: Finding) -> list[str]:
    """What stays the same of a finding when the lines around it change."""
    return [finding.code, finding.path, finding.pointer, finding.message]


def _numbered(findings: Sequence[Finding]) -> Iterator[int]:
    """Of findings that read alike, which one each is: without what was found two links to nowhere are the same."""
    alike: Counter[tuple[str, ...]] = Counter()
    for finding in findings:
        identity = tuple(_identity(finding))
        yield alike[identity]
        alike[identity] += 1


def _result(finding: Finding, rule: int, number: int) -> dict[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": quote(finding.path), "uriBaseId": "CAMPUS"}}
    place["region"] = {"startLine": finding.line or 1, "startColumn": finding.column or 1}
    identity = json.dumps([*_identity(finding), *([str(number)] if number else [])])
    return {
        "ruleId": finding.code,
        "ruleIndex": rule,
        "level": str(finding.severity),
        "message": {"text": f"{finding.message} {finding.remedy}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"sendbook/v1": blake2b(identity.encode(), digest_size=16).hexdigest()},
    }


def as_github(findings: Sequence[Finding], book: RuleBook) -> str:
    """For GitHub's own checks: one workflow command a finding, which it shows next to the line; then the summary."""
    return "\n".join([*(_annotation(without_values(finding), book) for finding in findings), summary(findings)])


def _annotation(finding: Finding, book: RuleBook) -> str:
    known = explained(finding.code, book)
    title = f"{finding.code}: {known.title}" if known else finding.code
    place: dict[str, object] = {"file": finding.path, "line": finding.line or 1, "col": finding.column or 1}
    said = ",".join(f"{name}={_property(str(value))}" for name, value in {**place, "title": title}.items())
    source = f"\n§ {finding.source}" if finding.source else ""
    level = "notice" if finding.severity is Severity.NOTE else finding.severity
    return f"::{level} {said}::{_data(f'{finding.message}{chr(10)}→ {finding.remedy}{source}')}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_junit(findings: Sequence[Finding]) -> str:
    """For GitLab and others: an error is a failed test, what only asks for attention a test that passed and says so."""
    failed = sum(finding.severity is Severity.ERROR for finding in findings)
    cases = [_case(without_values(finding)) for finding in findings]
    cases = cases or ['  <testcase classname="records" name="Nothing to fix, nothing overdue"/>']
    head = f'<testsuite name="sendbook check" tests="{len(cases)}" failures="{failed}" errors="0">'
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *cases, "</testsuite>"])


def _case(finding: Finding) -> str:
    from xml.sax.saxutils import escape, quoteattr  # brings half of Python's network modules, for one format of five

    name = quoteattr(f"{finding.code} {finding.path}:{finding.line or 1}:{finding.column or 1}")
    says = f"{finding.message} {finding.remedy}"
    if finding.severity is Severity.ERROR:
        inside = f"<failure type={quoteattr(finding.code)} message={quoteattr(says)}/>"
    else:
        inside = f"<system-out>{escape(says)}</system-out>"
    return f"  <testcase classname={quoteattr(finding.path)} name={name}>{inside}</testcase>"


def reporters_with(book: RuleBook) -> Mapping[str, Reporter]:
    """Returns the forms in which findings are reported, by name; two of them explain the codes of a book of rules."""
    return {
        "text": as_text,
        "json": as_json,
        "sarif": partial(as_sarif, book=book),
        "github": partial(as_github, book=book),
        "junit": as_junit,
    }
