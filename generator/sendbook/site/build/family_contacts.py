"""How the family on a student's pages can be reached, as far as each reader may see it.

Everything here is asked of access for the reader in question. A reader who is family sees their own details, and those
of nobody else; what staff see follows from the part `contact` of a person's record.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.access.student_file import ProjectedStudent
from sendbook.campus.foundation import STUDENT
from sendbook.site.build.shared_campus import Around, SharedCampus

Contacts = Mapping[str, Mapping[str, Any]]


def family_phones(
    common: SharedCampus, reader: str, around: Around, projected: ProjectedStudent, family: Mapping[str, str]
) -> dict[str, str]:
    """Numbers of those of the family who are to be called in an emergency, as far as the reader may see them."""
    phones = {}
    for person in _header(projected).get("emergency", {}).get("call", ()):
        phone = common.own_phone(person) if person == reader else common.family_contact(around, person).get("phone")
        if person in family and phone:
            phones[person] = str(phone)
    return phones


def family_contacts(common: SharedCampus, reader: str, around: Around, projected: ProjectedStudent) -> Contacts:
    """How to reach each member of the family whom the reader sees listed, as far as the reader may see that too."""
    found = ((person, contact_of(common, reader, around, person)) for person in _listed(projected))
    return {person: contact for person, contact in found if contact}


def contact_of(common: SharedCampus, reader: str, around: Around, person: str) -> Mapping[str, Any]:
    """How to reach a member of the family, as far as the reader may see it."""
    return common.own_contact(person) if person == reader else common.family_contact(around, person)


def with_phones(contacts: Contacts, phones: Mapping[str, str]) -> Contacts:
    """All that pages say of how to reach the family, by person: their numbers for an emergency among it."""
    said = {person: {"phone": phone} for person, phone in phones.items()}
    return {person: {**said.get(person, {}), **contacts.get(person, {})} for person in {*said, *contacts}}


def _listed(projected: ProjectedStudent) -> Iterator[str]:
    yield from (str(item["person"]) for item in _header(projected).get("family", ()) if "person" in item)


def _header(projected: ProjectedStudent) -> Mapping[str, Any]:
    record = projected.records.get(f"students/{projected.student}/{STUDENT}")
    return record.data if record is not None else {}
