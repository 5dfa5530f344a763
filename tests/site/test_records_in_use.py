"""The shared records a site rests on: each that has an error is out of use, however one error follows from another."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

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
