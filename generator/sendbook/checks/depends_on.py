"""Finds what one student's records depend on: all that has to be right among the shared ones to print that student.

That is the campus itself, its policy, and the people and entries of the library that the student's records name, also
by way of a group. A mistake anywhere else holds up the site, but not the paper for a meeting in ten minutes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from sendbook.access.policy import RECORD_ID as ACCESS
from sendbook.campus.links import Links
from sendbook.campus.problems import Problem
from sendbook.campus.records import Campus
from sendbook.checks.finding import Finding, Severity, from_problem, has_errors
from sendbook.checks.runner import Checker
from sendbook.history.names import people_in

PLACE = "campus"


@dataclass(frozen=True, slots=True, kw_only=True)
class DependsOn:
    """What is wrong with what a student's records depend on, and a checker that knows sound shared records alone."""

    findings: tuple[Finding, ...]
    checker: Checker


def depends_on(checker: Checker, problems: Iterable[Problem], own: Campus, readers: Iterable[str]) -> DependsOn:
    """What one student's records depend on, and reading them as some people do.

    ``checker`` knows all shared records that could be read, ``problems`` are those of the others.
    """
    shared = checker.shared
    needed = {*ids_under(shared, own), *(f"people/{reader}" for reader in readers)}
    found = [*map(from_problem, problems), *checker.of_records(shared)]
    wrong = {finding.path for finding in found if finding.severity is Severity.ERROR}
    sound = Campus((one for one in shared.records.values() if one.path not in wrong), shared.registry)
    sounder = replace(checker, shared=sound)
    if not has_errors(finding for finding in found if _id(finding) in needed):
        found = [*found, *(finding for finding in sounder.of_shared() if finding not in found)]
    schemas = [finding for finding in found if _is_of_schemas(finding)]
    mine = (finding for finding in found if _id(finding) in needed)
    return DependsOn(findings=tuple(dict.fromkeys([*schemas, *mine])), checker=sounder)


def ids_under(shared: Campus, own: Campus) -> frozenset[str]:
    """The ids of the shared records that a student's records rest on, whether they are there or not."""
    place = shared.get(PLACE)
    campus: Mapping[str, Any] = place.data if place is not None else {}
    contacts = campus.get("contacts")
    persons = set(people_in(contacts.get("senco"))) if isinstance(contacts, Mapping) else set()  # who is on it
    entries: set[str] = set()
    links = Links.of(shared).with_own(own.records.values())
    for one in (one for record in own.records.values() for one in links.written_in(record)):
        kind = shared.registry.kinds.get(one.link.kind)
        if kind is None or kind.of_student:
            continue
        found = links.target(one)
        if not one.link.steps:
            entries |= {path.removesuffix(".yml").replace("{id}", one.value) for path in kind.paths}
        elif found is not None:  # a group's teachers are named where the group is
            entries.add(found.record.id)
            persons |= people_in(found.data)
    return frozenset({PLACE, ACCESS, *entries, *(f"people/{person}" for person in persons)})


def _is_of_schemas(finding: Finding) -> bool:
    """Whether a finding says that the schemas give a field to others than the campus answers for."""
    return finding.severity is Severity.ERROR and finding.path.startswith("schemas/")


def _id(finding: Finding) -> str:
    return finding.path.removeprefix("records/").removesuffix(".yml")
