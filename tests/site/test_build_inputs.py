"""What a build hands on: to its workers all they make their pages from, and to the cache what it is to keep."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.foundation import STUDENT
from sendbook.campus.schemas import SchemaRegistry
from sendbook.places import Places
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.publishing import prune_cache
from sendbook.site.build.records_in_use import RecordsInUse
from tests.checks_kit import tiny_campus
from tests.conftest import ON

ANYTHING: Any = SimpleNamespace()


def inputs_of(root: Path, registry: SchemaRegistry, **more: Any) -> BuildInputs:
    folder = CampusFolder(root, registry)
    plain = {
        "folder": folder,
        "scan": folder.scan(),
        "on": ON,
        "places": Places(root / "state"),
        "cache": SimpleNamespace(path=root / "cache.db"),
        "finding_cache": ANYTHING,
        "bundle": ANYTHING,
        "history": None,
    }
    return BuildInputs(**{**plain, **more})


@pytest.mark.parametrize("history", [None, ANYTHING], ids=["no past", "a past"])
def test_a_worker_tells_of_the_past_where_there_is_one_and_only_there(
    tmp_path: Path, registry: SchemaRegistry, history: Any
) -> None:
    given = inputs_of(tiny_campus(tmp_path), registry, history=history)
    handed_on = given.for_workers(RecordsInUse(records=()))
    assert handed_on.history == (given.places.build if history is not None else None)


@pytest.mark.parametrize("left_out", [frozenset[str](), frozenset({"records/withdrawn.yml"})], ids=["sound", "not"])
@pytest.mark.parametrize("wanted", [None, frozenset({"p-4ddd"})], ids=["for all", "for some"])
def test_a_worker_is_handed_the_campus_as_the_build_has_it(
    tmp_path: Path, registry: SchemaRegistry, wanted: frozenset[str] | None, left_out: frozenset[str]
) -> None:
    given = inputs_of(tiny_campus(tmp_path), registry, wanted=wanted)
    in_use = RecordsInUse(records=(), left_out=left_out)
    handed_on = given.for_workers(in_use)
    assert (handed_on.root, handed_on.schema_folders, handed_on.on) == (tmp_path, registry.folders, ON)
    assert (handed_on.shared, handed_on.cache) == (given.scan.unit(SHARED), tmp_path / "cache.db")
    assert (handed_on.students, handed_on.wanted) == ({"2TST"}, wanted)
    assert [one.path for one in handed_on.headers] == [f"records/students/2TST/{STUDENT}.yml"]
    assert handed_on.in_use == (in_use if left_out else None), "only what is not as it lies in the folder"
    assert handed_on.left_out == left_out


@pytest.mark.parametrize("holds_more", [True, False])
def test_the_cache_keeps_what_the_files_hold_and_only_those_nobody_knows_are_read_for_it(holds_more: bool) -> None:
    """Read again are files saved in the last seconds: neither the build's stamps nor the cache's say what they hold."""
    stamped, recalled, fresh = (SimpleNamespace(path=f"records/{name}.yml") for name in ("long ago", "today", "now"))
    read: list[Any] = []
    asked: list[Any] = []
    compared: list[set[str]] = []
    kept: list[tuple[set[str], bool]] = []

    def load(entries: list[Any], _cache: Any) -> Any:
        read.extend(entries)
        return SimpleNamespace(sources={one.path: f"as read: {one.path}" for one in entries})

    def recall(entries: list[Any]) -> dict[str, str]:
        asked.extend(entries)
        return {recalled.path: "as recalled"}

    def holds_more_than(digests: Any) -> bool:
        compared.append(set(digests))
        return holds_more

    cache = SimpleNamespace(
        recall=recall,
        holds_more_than=holds_more_than,
        prune=lambda digests, thoroughly: kept.append((digests, thoroughly)),
    )
    given: Any = SimpleNamespace(
        cache=cache, scan=SimpleNamespace(entries=(stamped, recalled, fresh)), folder=SimpleNamespace(load=load)
    )
    prune_cache(given, SimpleNamespace(stamped={stamped.path: "as stamped"}), thoroughly=True)  # type: ignore[arg-type]
    assert asked == [recalled, fresh]
    assert compared == [{"as stamped", "as recalled"}]
    assert read == ([fresh] if holds_more else [])
    all_held = {"as stamped", "as recalled", f"as read: {fresh.path}"}
    assert kept == ([(all_held, True)] if holds_more else [])
