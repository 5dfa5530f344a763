"""Finds what the campus's own records, such as the library, tell all families, and remembers it from run to run."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding
from sendbook.checks.finding_cache import FOR_FAMILIES, FindingCache
from sendbook.checks.names import Names
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.runner import text_findings
from sendbook.checks.spots import Where
from sendbook.checks.texts.ages import Ages
from sendbook.checks.texts.at_large import UnsaidIn, sightings_for_all, texts_for_all
from sendbook.checks.texts.sightings import text_digest
from sendbook.checks.texts.unsaid import Unsaid


def for_families(
    shared: Campus,
    names: Names,
    on: date,
    finding_cache: FindingCache,
    where: Where,
    ages: Ages,
    rules: RuleBook,
    basis_of: Callable[[Campus], Basis] = Basis.of,
    unsaid_in: UnsaidIn = Unsaid,
) -> tuple[Finding, ...]:
    """What the campus's own records, such as the library, tell all families of anybody's home or by name.

    What is remembered rests on what the access rules open, and not on their words. These are looked through as they are
    said anew: while nothing was found in any text, only where a text of theirs is a new one.
    """
    rests_on = {"names": names.digest(finding_cache)}
    before = finding_cache.of(FOR_FAMILIES, rests_on)
    policy = shared.get(ACCESS)
    same_policy = before is not None and before.beside["policy"] == (policy.digest if policy else "")
    if before is not None and same_policy and (not before.findings or before.beside["ages"] == ages.stamp):
        return before.findings
    basis = basis_of(shared)
    of_policy = tuple(texts_for_all(Campus([policy] if policy else (), shared.registry), basis, rules.published))
    if before is not None and not before.findings:
        looked_through = frozenset(before.beside["texts"])
        new = (one for one in of_policy if text_digest(one.text) not in looked_through)
        seen = sightings_for_all(new, shared, on, basis, names.everybody)
    else:
        texts = texts_for_all(shared, basis, rules.published)
        seen = sightings_for_all(texts, shared, on, basis, names.everybody, unsaid_in)
    found = tuple(text_findings(seen, where, ages=ages))
    beside = {
        "ages": ages.stamp,
        "policy": policy.digest if policy else "",
        "texts": sorted({text_digest(one.text) for one in of_policy}),
    }
    finding_cache.add(FOR_FAMILIES, rests_on, found, beside=beside)
    return found
