"""The page that the data protection officer signs says what is so: it is held against decisions on records."""

from __future__ import annotations

import re

import pytest

from sendbook.access.basis import reaches_students
from sendbook.access.decide import Judge
from sendbook.access.matrix import READERS, page_of, rows_of
from sendbook.access.people import People
from sendbook.access.policy import Policy
from sendbook.campus.schemas import Kind
from tests.access.small_campus import REGISTRY, ROOT, TODAY, campus_of, data
from tests.fast_yaml import read_yaml

PAGE = ROOT / "docs" / "access-matrix.md"
SHIPPED = read_yaml((ROOT / "records" / "access.yml").read_text(encoding="utf-8"))
POLICY = Policy.from_record(SHIPPED)
# Of each sort somebody of the small campus to whom nothing else ties 7Q4K.
SOMEBODY = {
    "SENDCo": "p-5en0",
    "Regional SENDCo": "p-reg0",
    "Campus Principal": "p-pr0n",
    "DSL": "p-ds00",
    "Exams officer": "p-exm1",
    "Careers lead": "p-car1",
    "Teacher": "p-tch1",
    "Tutor": "p-tut1",
    "Key adult": "p-key1",
    "Assistant": "p-ass1",
    "Family": "p-fth1",
    "Student": "7Q4K",
    "Finance officer": "p-fin1",
    "Committee": "p-com1",
    "DPO": "p-dp00",
}
RECORDS = {
    "student": "students/7Q4K/student",
    "plan": "students/7Q4K/plan",
    "profile": "students/7Q4K/profile",
    "meeting": "students/7Q4K/meetings/2026-10-05",
}


@pytest.fixture(scope="module")
def page() -> str:
    if not PAGE.is_file():
        pytest.skip("the documentation is not beside the tests")
    return PAGE.read_text(encoding="utf-8")


def _tables(text: str) -> dict[tuple[str, str, str], bool]:
    """(kind's title, part in words, reader) to yes or no, read from the page."""
    found: dict[tuple[str, str, str], bool] = {}
    for block in re.split(r"^## ", text, flags=re.MULTILINE)[1:]:
        title, *lines = block.splitlines()
        rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("| ")]
        if not rows or rows[0][0] != "part":
            continue
        rows = rows[: next((at for at, row in enumerate(rows) if row[0] == "part" and at), len(rows))]
        for row in rows[2:]:
            for reader, cell in zip(rows[0][1:], row[1:], strict=True):
                assert cell in ("yes", "no")
                found[title, row[0], reader] = cell == "yes"
    return found


def _section(text: str, heading: str) -> list[str]:
    (section,) = [one for one in re.split(r"^##+ ", text, flags=re.MULTILINE) if one.startswith(f"{heading}\n")]
    return section.splitlines()


def _columns(text: str) -> list[str]:
    return list(dict.fromkeys(reader for _, _, reader in _tables(text)))


def test_the_page_that_is_signed_says_what_is_decided(page: str) -> None:
    """Every yes and every no, for somebody of each sort, as the judge of access decides it on real records."""
    records = data()
    records["people/p-key1"] = records["people/p-tut1"]
    records["students/7Q4K/student"]["team"].append(
        {"id": "k", "person": "p-key1", "as": "key_adult", "from": "2026-09-14"}
    )
    campus = campus_of(records)
    judge, people = Judge(campus), People.from_campus(campus)
    said = _tables(page)
    kinds = [REGISTRY.kinds[name] for name in RECORDS]
    for kind in kinds:
        for part in kind.parts:
            for reader, identity in SOMEBODY.items():
                record = campus.records[RECORDS[kind.name]]
                allowed = judge.decide(people[identity], "read", part, record, TODAY).allowed
                assert said.get((kind.title, kind.part_in_words(part), reader), False) is allowed, (
                    kind.name,
                    part,
                    reader,
                )


def test_anybody_who_has_no_column_sees_nothing(page: str) -> None:
    shown = {reader for _, _, reader in _tables(page)}
    (line,) = [line for line in page.splitlines() if line.startswith("- No part of any student's records: ")]
    assert line == f"- No part of any student's records: {', '.join(n for n in READERS.values() if n not in shown)}."
    seen = {grant.who for grant in POLICY.grants if reaches_students(grant, REGISTRY.kinds)}
    assert {name for who, name in READERS.items() if who in seen} == shown


def test_every_reader_of_a_student_that_a_grant_can_name_is_among_the_readers() -> None:
    schema = REGISTRY.kinds["access"].schema["properties"]["grants"]["items"]["properties"]
    relations = {f"relation:{name}" for name in schema["relation"]["enum"]}
    assert relations <= READERS.keys()
    seen = {grant.who for grant in POLICY.grants if reaches_students(grant, REGISTRY.kinds)}
    assert seen <= READERS.keys()


def test_every_yes_and_every_no_has_a_reason(page: str) -> None:
    for row in rows_of(POLICY, REGISTRY.kinds):
        kind = REGISTRY.kinds[row.kind]
        words = kind.part_in_words(row.part)
        for who, reason in row.reasons.items():
            because = _section(page, f"{READERS[who]}: what and why")
            (line,) = [line for line in because if line.endswith(f"| {reason} |")]
            opened = next((cell for cell in line[2:].split("<br>") if cell.startswith(f"{kind.title}: ")), line)
            assert words in opened or line.startswith("| everything |"), (READERS[who], row)
        others = set(_columns(page)) != {READERS[who] for who in row.reasons}
        assert (f"| {words} | {row.withheld} |" in _section(page, f"{kind.title}: why not others")) is others


@pytest.mark.parametrize(
    "kind", [kind for kind in REGISTRY.kinds.values() if kind.of_student], ids=lambda one: one.name
)
def test_each_part_of_a_shipped_kind_says_why_it_is_not_for_others(kind: Kind) -> None:
    assert kind.traits.withheld.keys() == kind.parts


def test_the_page_is_the_one_the_command_prints(page: str) -> None:
    assert page == page_of(POLICY, REGISTRY.kinds)


def test_a_campus_that_grants_more_signs_for_more() -> None:
    grant = {"id": "x", "relation": "teaches", "kind": "plan", "parts": ["costs"], "action": "read", "reason": "Why."}
    text = page_of(Policy.from_record({"grants": [*SHIPPED["grants"], grant]}), REGISTRY.kinds)
    assert _tables(text)[REGISTRY.kinds["plan"].title, "what the help costs", "Teacher"]
    assert "| Provision plan: what the help costs | Why. |" in _section(text, "Teacher: what and why")
