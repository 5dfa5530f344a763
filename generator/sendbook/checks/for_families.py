"""Finds what the campus's own records, such as the library, tell all families, and remembers it from run to run."""

from __future__ import annotations

from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding
from sendbook.checks.finding_cache import FOR_FAMILIES, FindingCache
from sendbook.checks.names import Names
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.runner import text_findings
from sendbook.checks.spots import Where
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import sightings_for_all, texts_for_all


def for_families(
    shared: Campus,
    names: Names,
    on: date,
    finding_cache: FindingCache,
    where: Where,
    ages: Ages,
    rules: RuleBook,
) -> tuple[Finding, ...]:
    """What the campus's own records, such as the library, tell all families of anybody's home or by name."""
    rests_on = {"names": names.digest(finding_cache)}
    before = finding_cache.of(FOR_FAMILIES, rests_on)
    if before is not None and (not before.findings or before.beside == ages.stamp):
        return before.findings
    basis = Basis.of(shared)
    seen = sightings_for_all(texts_for_all(shared, basis, rules.published), shared, on, basis, names.everybody)
    found = tuple(text_findings(seen, where, ages=ages))
    finding_cache.add(FOR_FAMILIES, rests_on, found, beside=ages.stamp)
    return found
