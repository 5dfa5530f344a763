"""More students for a campus that is there already fit into it and disturb nothing."""

from __future__ import annotations

import re

import pytest

from sendbook.access.own_account import AccountRule
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.errors import CampusNotFound
from sendbook.example.story import stories
from sendbook.example.synthesise import extend
from tests.example.reading import ON, Files, campus_of, findings, overlaps
from tests.example.test_synthesise import MEANT

COUNT = 22


@pytest.fixture(scope="module")
def before() -> Files:
    root = example()
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted((root / "records").rglob("*.yml"))}


@pytest.fixture(scope="module")
def added(before: Files, registry: SchemaRegistry) -> Files:
    return dict(extend(campus_of(before, registry), COUNT, 2026, ON))


@pytest.fixture(scope="module")
def campus(before: Files, added: Files, registry: SchemaRegistry) -> Campus:
    return campus_of(before | added, registry)


def test_no_file_of_the_campus_is_touched(before: Files, added: Files, campus: Campus) -> None:
    assert not before.keys() & added.keys()
    assert sum(record.path in added for record in campus.of_kind("student")) == COUNT


def test_students_stand_in_the_campus_s_own_groups(added: Files, campus: Campus) -> None:
    data = campus.records["campus"].data
    groups = {group["id"]: group["year_groups"] for group in data["teaching_groups"]}
    for student in campus.of_kind("student"):
        if student.path in added:
            assert student.data["teaching_groups"]
            assert all(student.data["year_group"] in groups[one["group"]] for one in student.data["teaching_groups"])


@pytest.mark.slow
def test_added_students_bring_no_finding_but_what_is_meant(before: Files, added: Files, campus: Campus) -> None:
    told = [finding for finding in findings(campus, before | added) if finding.path in added]
    assert {finding.code for finding in told} <= MEANT


def _with_senco(before: Files, registry: SchemaRegistry, since: str) -> Files:
    """The example campus with a SENDCo who began on another day."""
    senco = campus_of(before, registry).records["campus"].data["contacts"]["senco"]
    path = f"records/people/{senco}.yml"
    source = re.sub(r"from: [\d-]+", f"from: {since}", before[path].decode())
    return {**before, path: source.encode()}


@pytest.mark.parametrize(("since", "by_senco"), [("2026-11-23", True), ("2026-11-24", False)])
def test_accounts_are_decided_by_who_has_begun_to_work(
    before: Files, registry: SchemaRegistry, since: str, by_senco: bool
) -> None:
    """A SENDCo whose first day is today decides today; one who begins tomorrow has decided nothing."""
    there = campus_of(_with_senco(before, registry, since), registry)
    both = there.records | campus_of(dict(extend(there, 12, 7, ON)), registry).records
    campus = Campus(both.values(), registry)
    senco, accounts = campus.records["campus"].data["contacts"]["senco"], AccountRule.of(campus)
    new = [one.data for one in campus.of_kind("student") if one.id not in there.records]
    decided = [one for one in new if "account_decision" in one]
    assert decided
    for one in decided:
        decision = one["account_decision"]
        assert (decision["by"] == senco) is by_senco
        assert accounts.may_decide(one, decision["by"], decision["on"])


def test_names_are_not_given_twice(campus: Campus) -> None:
    names = [person.data["name"]["full"] for person in campus.of_kind("person")]
    names += [student.data["name"]["full"] for student in campus.of_kind("student")]
    assert len(set(names)) == len(names)


def test_no_two_students_of_the_example_campus_read_alike(before: Files, registry: SchemaRegistry) -> None:
    """Some were written by hand, the others added by `extend`."""
    assert overlaps(campus_of(before, registry))[-1] < 0.3


def test_the_same_seed_adds_the_same_students(before: Files, added: Files, registry: SchemaRegistry) -> None:
    assert dict(extend(campus_of(before, registry), COUNT, 2026, ON)) == added


def test_every_story_has_targets_the_example_campus_can_measure(before: Files, registry: SchemaRegistry) -> None:
    data = campus_of(before, registry).records["campus"].data
    known = {measure["id"] for measure in data["measures"]}
    few = [story.id for story in stories() if sum(one["measure"] in known for one in story.texts["targets"]) < 1]
    assert not few


def test_a_folder_without_a_campus_is_refused(registry: SchemaRegistry) -> None:
    with pytest.raises(CampusNotFound, match=r"campus\.yml"):
        list(extend(Campus((), registry), 1, 1, ON))
