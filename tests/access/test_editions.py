"""What the handbook's editions may show of the records: no more than every one of their readers may see."""

from __future__ import annotations

import pytest

from sendbook.access.basis import Basis
from sendbook.access.decide import Judge
from sendbook.access.editions import READERS, edition_view
from sendbook.access.people import People, reader_of_student
from sendbook.access.shared import gated_alike, whos_of
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from tests.conftest import ON


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    """The example campus."""
    return CampusFolder(example(), registry).load().campus


def plan_of(campus: Campus, edition: str) -> dict[str, object]:
    record = edition_view(campus, edition).get("accessibility-plan")
    return dict(record.data["actions"][0]) if record else {}


def test_no_edition_holds_a_student_or_what_only_some_of_its_readers_see(campus: Campus) -> None:
    """Leaf by leaf: whatever the staff edition shows, the least of its readers may see, and so on down."""
    basis = Basis.of(campus)
    readers = list(People.from_campus(campus))
    assert not any(record.student for name in READERS for record in edition_view(campus, name).records.values())
    for name, names in READERS.items():
        seen = edition_view(campus, name, basis=basis)
        reached = [reader for reader in readers if names <= whos_of(reader, ON, basis)]
        assert reached
        judge = Judge(campus, basis)
        for record in seen.records.values():
            for leaf in campus.registry.kinds[record.kind].leaves(record.data):
                assert all(judge.decide_leaf(one, leaf, campus.records[record.id], ON).allowed for one in reached[:3])


def test_records_some_of_whose_entries_depend_on_the_reader_are_asked_for_apart_and_no_others(campus: Campus) -> None:
    """Groups of the library have students in them; what else families see is in their edition, not read twice."""
    basis = Basis.of(campus)
    apart = gated_alike(campus.shared, READERS["family"], basis)
    assert apart
    assert {record.kind for record in apart} == {"intervention"}


def test_the_public_sees_steps_and_posts_and_neither_costs_nor_names_nor_work_in_hand(campus: Campus) -> None:
    public = plan_of(campus, "public")
    assert {"action", "barrier", "success", "owner_role", "due", "status"} <= public.keys()
    assert not {"owner", "resources", "reviews", "evidence", "equality_note", "barrier_source"} & public.keys()


def test_families_may_know_who_sees_to_a_step_and_staff_how_it_goes(campus: Campus) -> None:
    assert "owner" in plan_of(campus, "family")
    assert "reviews" not in plan_of(campus, "family")
    staff = plan_of(campus, "staff")
    assert "reviews" in staff
    assert "cost_revenue" not in staff["resources"]  # type: ignore[operator]


def test_the_public_sees_of_people_only_those_named_as_contacts(campus: Campus) -> None:
    record = campus.get("campus")
    assert record is not None
    people = edition_view(campus, "public").of_kind("person")
    assert {one.id.rpartition("/")[2] for one in people} == set(record.data["contacts"].values())
    assert not any({"family", "sign_in"} & one.data.keys() for one in people)


def test_what_is_granted_to_the_public_never_reaches_a_students_record(campus: Campus) -> None:
    """A slip in the policy: the public has no relation to any student, so the grant gives nobody anything."""
    policy = campus.get("access")
    assert policy is not None
    slip = {
        "id": "slip",
        "everyone": "public",
        "kind": "plan",
        "parts": ["plan"],
        "action": "read",
        "reason": "A slip.",
    }
    grants = [slip]
    changed = campus.with_records(
        [
            Record(
                id="access",
                kind="access",
                student=None,
                path=policy.path,
                digest="0",
                data={**policy.data, "grants": grants},
            )
        ]
    )
    plan = next(record for record in changed.of_kind("plan"))
    assert edition_view(changed, "public").records == {}
    judge = Judge(changed)
    students = [reader_of_student(one) for one in changed.of_kind("student")]
    for reader in [*list(People.from_campus(changed)), *students[:3]]:
        assert not judge.decide(reader, "read", "plan", plan, ON).allowed
