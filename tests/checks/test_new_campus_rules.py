"""Invented numbers and addresses are named for what they are, all in one run; a term's ends are days with lessons."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.rules.campus_rules import name_to_come
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
NO_ADDRESS = "This is an example: nobody has this address. Addresses that end in .example are kept for examples."
NO_NUMBER = "This is an example: nobody has this number. Numbers that begin with 01632 960 are kept for examples."
TERM = "    start: 2027-01-06\n    end: 2027-03-25\n"


def told(root: Path, registry: SchemaRegistry, before: str, after: str, on: date = ON) -> list[tuple[str, str, str]]:
    """Code, place and message of what is found with this change to campus.yml."""
    file = tiny_campus(root) / "records/campus.yml"
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")
    folder = CampusFolder(root, registry)
    found = inspect_records(folder, on, rules=RULE_BOOK).findings
    return [(one.code, one.pointer, one.message) for one in found if one.code.startswith("CAM-")]


def test_each_invented_number_and_address_is_named(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert told(tmp_path, registry, "synthetic: true\n", "") == [
        ("CAM-01", "/local_offer/url", NO_ADDRESS),
        ("CAM-01", "/advice_service/phone", NO_NUMBER),
        ("CAM-01", "/staff/email", NO_ADDRESS),
    ]


@pytest.mark.parametrize(
    ("full", "known_as", "pointers"),
    [
        ("Ida Senco", "Ms Senco", []),
        (name_to_come("SENDCo")["full"], name_to_come("SENDCo")["known_as"], ["/name/full"]),
        ("Name of the SENDCo", "the SENDCo", ["/name/full"]),
        ("Ida Senco", "the SENDCo (name to come)", ["/name/known_as"]),
    ],
    ids=["a name", "as it begins", "as it used to begin", "half filled in"],
)
def test_a_name_that_is_still_to_come_is_asked_for_once(
    full: str, known_as: str, pointers: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    tiny_campus(tmp_path)
    person = tmp_path / "records/people/p-1aaa.yml"
    lines = person.read_text(encoding="utf-8").splitlines()
    lines[2:4] = [f"  full: {full}", f"  known_as: {known_as}"]
    person.write_text("\n".join(lines) + "\n", encoding="utf-8")
    campus = tmp_path / "records/campus.yml"
    campus.write_text(campus.read_text(encoding="utf-8").replace("synthetic: true\n", ""), encoding="utf-8")
    found = inspect_records(CampusFolder(tmp_path, registry), ON, rules=RULE_BOOK).findings
    assert [one.pointer for one in found if one.code == "CAM-01" and one.pointer.startswith("/name/")] == pointers


@pytest.mark.parametrize(("on", "found"), [(date(2027, 3, 25), []), (date(2027, 3, 26), ["CAM-02"])])
def test_the_calendar_is_over_the_day_after_its_last_term(
    on: date, found: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert [code for code, _, _ in told(tmp_path, registry, TERM, TERM, on)] == found


@pytest.mark.parametrize(
    ("closed", "found"),
    [
        ("2027-01-05", []),
        ("2027-01-06", [("CAM-03", "/terms/1/start", "The first day of this term is one of its closed days.")]),
        ("2027-01-07", []),
        ("2027-03-24", []),
        ("2027-03-25", [("CAM-03", "/terms/1/end", "The last day of this term is one of its closed days.")]),
        ("2027-03-26", []),
    ],
)
def test_a_term_does_not_begin_or_end_on_a_closed_day(
    closed: str, found: list[tuple[str, str, str]], tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert told(tmp_path, registry, TERM, f"{TERM}    closed_days:\n      - {closed}\n") == found
