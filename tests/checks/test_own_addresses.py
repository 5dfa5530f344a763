"""An address at the school's own domain that nobody has is found; known ones and other domains are not."""

from __future__ import annotations

import pytest

from sendbook.campus.records import Record
from tests.checks.document_kit import PLACE, asked, case_of, document

SENCO = Record(
    id="people/p-1aaa",
    kind="person",
    student=None,
    path="records/people/p-1aaa.yml",
    digest="0",
    data={"id": "p-1aaa", "staff": {"email": "Senco@larkfield.example", "job_title": "SENDCo"}},
)
VISITOR = Record(
    id="people/p-2bbb",
    kind="person",
    student=None,
    path="records/people/p-2bbb.yml",
    digest="0",
    data={"id": "p-2bbb", "staff": {"email": "therapist@marlshire.nhs.example", "job_title": "Therapist"}},
)
PLACE_HERE = {**PLACE, "contacts": {"senco": "p-1aaa"}}


def found(text: str) -> list[str]:
    return [one.found for one in asked("DOC-34", case_of(document(text), place=PLACE_HERE, more=(SENCO, VISITOR)))]


@pytest.mark.parametrize(
    "address",
    [
        "inclusion@larkfield.example",
        "SENDCO@Larkfield.example",
        "someone@mail.larkfield.example",
        "office@larkfeild.example",
        "office@larkfield.co.uk",
        "office@larkfields.example",
    ],
)
def test_an_address_that_nobody_has_at_our_domain_is_found(address: str) -> None:
    assert found(f"Write to {address}, please.") == [address]
    assert found(f"[Write to us](mailto:{address}).") == [address]


@pytest.mark.parametrize(
    "text",
    [
        "Write to office@larkfield.example or senco@larkfield.example.",
        "Write to advice@sendiass-marlshire.example, therapist@marlshire.nhs.example, team@marlshire.nhs.example.",
        "Write to info@autism.example, to help@larkfield.gov.uk or to help@gmail.com.",
        "Write to `nobody@larkfield.example` is how it is written.",
        'Write to {{ person("senco").email }}.',
        "We meet @ Larkfield.example at ten.",
    ],
)
def test_known_addresses_and_other_domains_are_let_be(text: str) -> None:
    assert found(text) == []


def test_a_school_with_an_address_at_a_common_provider_owns_no_domain() -> None:
    place = {**PLACE, "office": {"email": "ourschool@gmail.com"}}
    assert asked("DOC-34", case_of(document("Write to helper@gmail.com."), place=place)) == []


def test_the_place_of_an_address_is_its_own() -> None:
    (spot,) = asked("DOC-34", case_of(document("# A\n\nWrite to x@larkfield.example."), place=PLACE_HERE))
    assert (spot.line, spot.column) == (13, 10)
