"""How to reach a member of a family is for themselves, those they live with, and staff, whatever is granted.

An address of another household that came out once can't be taken back, so no line of access.yml opens it: the whole
of access is asked, decision by decision and as it is shown, and compared with households read apart from the package.
"""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.access.basis import Basis
from sendbook.access.decide import Judge
from sendbook.access.editions import edition_view
from sendbook.access.people import People
from sendbook.campus.records import Campus
from tests.access.asking import asked, rule, seen
from tests.access.cedar_world import CedarWorld
from tests.access.small_campus import (
    FATHER,
    MOTHER,
    PARENT_TEACHER,
    SENCO,
    STEPFATHER,
    TEACHER,
    TODAY,
    Data,
    campus_of,
)

EVERYBODY = ["family", "signed_in", "public"]


def granted(records: Data, everyone: str, parts: list[str], **more: str) -> Campus:
    grant: dict[str, Any] = {"id": "x", "everyone": everyone, "kind": "person", "parts": parts, "action": "read"}
    records["access"]["grants"].append({**grant, "reason": "R", **more})
    return campus_of(records)


@pytest.mark.parametrize("everyone", EVERYBODY)
@pytest.mark.parametrize("parts", [["contact"], ["account", "contact"], ["all"]])
@pytest.mark.parametrize("more", [{}, {"of": "family"}])
def test_a_grant_to_everybody_opens_contact_details_to_the_household_alone(
    records: Data, everyone: str, parts: list[str], more: dict[str, str]
) -> None:
    campus = granted(records, everyone, parts, **more)
    assert rule(campus, FATHER, f"people/{MOTHER}", "contact") == "other-household"
    assert "family" not in (seen(campus, FATHER, f"people/{MOTHER}") or {})
    assert "sign_in" not in (seen(campus, FATHER, f"people/{MOTHER}") or {})
    assert rule(campus, STEPFATHER, f"people/{MOTHER}", "contact") == "x"
    assert (seen(campus, STEPFATHER, f"people/{MOTHER}") or {})["family"]["phone"]
    assert asked(campus, MOTHER, f"people/{MOTHER}", "contact").allowed


@pytest.mark.parametrize("everyone", EVERYBODY)
def test_somebody_on_record_as_family_lives_apart_though_their_own_record_names_no_family(
    records: Data, everyone: str
) -> None:
    del records[f"people/{MOTHER}"]["family"]
    records["access"]["shares"] = [
        {"id": "s", "student": "9X2D", "person": MOTHER, "kind": "plan", "parts": ["plan"], "basis": "consent",
         "reason": "So that she may sign in.", "from": "2026-01-01", "until": "2027-01-01"}
    ]  # fmt: skip
    campus = granted(records, everyone, ["account", "person_name"])
    assert rule(campus, FATHER, f"people/{MOTHER}", "account") == "other-household"
    assert "sign_in" not in (seen(campus, FATHER, f"people/{MOTHER}") or {})


@pytest.mark.sample(1)
@pytest.mark.parametrize("everyone", [*EVERYBODY, "staff"])
def test_no_reader_is_shown_contact_details_but_those_of_their_household_and_by_their_duty(
    records: Data, everyone: str
) -> None:
    """Everybody and everybody's details, with the households and duties read the long way round."""
    before = campus_of(records)
    parts = {kind.name: sorted(kind.parts) for kind in Basis.of(before).kinds.values()}
    world = CedarWorld(before.records, parts, TODAY)
    list(world.entities())
    plain, people = Judge(before), People.from_campus(before)
    campus = granted(records, everyone, ["contact"], of="family")
    judge = Judge(campus)
    for person in (one for one, data in world.people.items() if "family" in data):
        record = campus.records[f"people/{person}"]
        home, apart = world._housemates(person), world._apart(person)
        for reader in people:
            at_home = reader.id in home and reader.id not in apart and (everyone != "family" or reader.is_family)
            at_work = everyone == "staff" and reader.works_on(TODAY) and reader.id not in apart
            by_duty = plain.decide(reader, "read", "contact", record, TODAY).allowed
            wanted = by_duty or at_work or (at_home and everyone != "staff")
            assert judge.decide(reader, "read", "contact", record, TODAY).allowed is wanted, (reader.id, person)
            shown = seen(campus, reader.id, record.id) or {}
            assert ("family" in shown) is wanted, (reader.id, person)


def test_no_edition_of_the_handbook_is_made_with_contact_details_of_families(records: Data) -> None:
    """The staff edition is read by parents who work here as well."""
    for number, everyone in enumerate([*EVERYBODY, "staff"]):
        granted(records, everyone, ["person_name", "contact"], of="family", id=f"x{number}")
    campus = campus_of(records)
    for edition in ("public", "family", "staff"):
        shown = edition_view(campus, edition).get(f"people/{MOTHER}")
        assert shown is not None
        assert "name" in shown.data
        assert "family" not in shown.data


def test_a_colleague_who_lives_apart_is_shown_no_contact_details_by_working_here(records: Data) -> None:
    """3B8M's parents live apart and both work here; the teacher who is no family reads them by the grant to staff."""
    campus = granted(records, "staff", ["contact"], of="family")
    assert rule(campus, PARENT_TEACHER, f"people/{SENCO}", "contact") == "other-household"
    assert "family" not in (seen(campus, PARENT_TEACHER, f"people/{SENCO}") or {})
    assert asked(campus, TEACHER, f"people/{SENCO}", "contact").allowed
    assert "staff" in (seen(campus, PARENT_TEACHER, f"people/{SENCO}") or {})
