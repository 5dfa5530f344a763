"""Findings accumulate: each is in them once, whatever finds it again, and a reader sees those that were there."""

from __future__ import annotations

from sendbook.checks.finding import Finding, Findings, Severity, has_errors


def _finding(code: str, severity: Severity = Severity.WARNING) -> Finding:
    return Finding(code=code, severity=severity, path="records/campus.yml", message="So.", remedy="Do.")


def test_each_finding_is_there_once_in_the_order_it_came_in() -> None:
    found = Findings([_finding("b")])
    found.add([_finding("a"), _finding("b")])
    found.add(iter([_finding("a"), _finding("c", Severity.ERROR)]))
    assert [one.code for one in found] == ["b", "a", "c"]
    assert has_errors(found)


def test_what_is_added_while_they_are_read_waits_for_the_next_reading() -> None:
    found = Findings([_finding("a"), _finding("b")])
    for one in found:
        found.add([_finding(f"after-{one.code}")])
    assert [one.code for one in found] == ["a", "b", "after-a", "after-b"]


def test_a_copy_goes_its_own_way() -> None:
    found = Findings([_finding("a")])
    Findings(found).add([_finding("b")])
    assert [one.code for one in found] == ["a"]
