"""The shared records a site rests on: each that has an error is out of use, however one error follows from another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.site.build.last_good import LastShared
from sendbook.site.build.records_in_use import RecordsInUse, records_in_use
from tests.checks_kit import tiny_campus

#: One record after another is found wrong, each only once the one before is out of use.
CHAIN = [f"people/p-{number}aaa" for number in range(2, 9)]
TEACHER = "people/p-3ccc"
Replaced = tuple[str, str] | tuple[()]


def error(record_id: str) -> Finding:
    path = f"records/{record_id}.yml"
    return Finding(code="link", severity=Severity.ERROR, path=path, message="Nobody is there.", remedy="Name another.")


def in_use(root: Path, registry: SchemaRegistry, first: Finding) -> RecordsInUse:
    text = (root / "records/people/p-1aaa.yml").read_text(encoding="utf-8")
    for one in CHAIN:
        (root / f"records/{one}.yml").write_text(text.replace("p-1aaa", one.rpartition("/")[2]), encoding="utf-8")
    folder = CampusFolder(root, registry)
    scan = folder.scan()

    def check(shared: Campus, _left_out: frozenset[str]) -> Iterator[Finding]:
        gone = [one not in shared.records for one in CHAIN]
        yield from (error(one) for one, before in zip(CHAIN[1:], gone, strict=False) if before)

    with Bundle.create(root.parent / "state/site/bundle.db") as bundle:
        return records_in_use(root, scan, folder.load(scan.unit(SHARED)), [first], LastShared(bundle), check)


def test_every_record_whose_error_follows_from_another_is_out_of_use(tmp_path: Path, registry: SchemaRegistry) -> None:
    found = in_use(tiny_campus(tmp_path / "campus"), registry, error(CHAIN[0]))
    assert found.left_out == {f"records/{one}.yml" for one in CHAIN}
    assert not {record.id for record in found.records} & set(CHAIN)


def test_an_error_that_no_shared_record_rests_on_leaves_them_as_they_are(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    found = in_use(tiny_campus(tmp_path / "campus"), registry, error("students/2TST/notes"))
    assert found.is_plain
    assert set(CHAIN) < {record.id for record in found.records}


def in_use_with(root: Path, registry: SchemaRegistry, *findings: Finding, change: Replaced = ()) -> RecordsInUse:
    """What is built from with these findings; all was sound on the 1st of November, as it was published then.

    ``change`` is what was replaced since in the teacher's record.
    """
    folder = CampusFolder(root, registry)
    with Bundle.create(root.parent / "state/site/bundle.db") as bundle:
        with bundle.publish() as publication:
            sound = folder.load(folder.scan().unit(SHARED)).campus
            LastShared(bundle).remember(publication, sound, (), "2026-11-01")
        if change:
            file = root / f"records/{TEACHER}.yml"
            file.write_text(file.read_text(encoding="utf-8").replace(*change), encoding="utf-8")
        scan = folder.scan()
        return records_in_use(root, scan, folder.load(scan.unit(SHARED)), findings, LastShared(bundle), lambda *_: ())


@pytest.mark.parametrize(
    ("found", "whole"),
    [
        ([], True),
        ([("schemas/plan.schema.json", Severity.ERROR)], False),
        ([("schemas/plan.schema.json", Severity.ERROR), ("records/students/2TST/plan.yml", Severity.ERROR)], False),
        ([("schemas/plan.schema.json", Severity.WARNING)], True),
        ([("records/students/2TST/plan.yml", Severity.ERROR)], True),
        ([("schemas/plan.schema.json", Severity.WARNING), ("records/people/p-3ccc.yml", Severity.ERROR)], True),
    ],
    ids=["nothing", "a schema", "a schema and a record", "a warning of a schema", "a record", "both apart"],
)
def test_with_an_error_in_a_schema_there_is_nothing_to_build_from(
    tmp_path: Path, registry: SchemaRegistry, found: list[tuple[str, Severity]], whole: bool
) -> None:
    """A schema says which part of a record is whose: no record is read by one that is wrong."""
    root = tiny_campus(tmp_path / "campus")
    findings = [Finding(code="c", severity=one, path=path, message="M", remedy="R") for path, one in found]
    in_use = in_use_with(root, registry, *findings)
    assert (in_use.whole, bool(in_use.records)) == (whole, whole)


@pytest.mark.parametrize(
    ("change", "duties"),
    [((), ["teacher", "senco"]), (("Cal Teacher", "Cal Tutor"), ["teacher"])],
    ids=["as it was published", "another since"],
)
def test_while_nobody_gains_a_duty_that_began_since_holds_where_the_record_is_the_one_that_was_published(
    tmp_path: Path, registry: SchemaRegistry, change: Replaced, duties: list[str]
) -> None:
    """The campus's own record has an error. What everybody was told of before goes on; what is new waits."""
    root = tiny_campus(tmp_path / "campus")
    with (root / f"records/{TEACHER}.yml").open("a", encoding="utf-8") as record:
        record.write("    - id: senco\n      role: senco\n      from: 2026-11-15\n")
    folder = CampusFolder(root, registry)
    sound = folder.load(folder.scan().unit(SHARED)).campus.records
    found = in_use_with(root, registry, error("campus"), change=change)
    records = found.campus(registry).records
    assert found.nobody_gains
    assert [one["role"] for one in records[TEACHER].data["staff"]["duties"]] == duties
    assert {name: one for name, one in records.items() if name != TEACHER} == {
        name: one for name, one in sound.items() if name != TEACHER
    }
