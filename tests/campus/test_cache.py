"""The parse cache: forgets on request, survives damage, and never gives an answer that is out of date."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache


@dataclass(frozen=True)
class Stamp:
    path: str
    size: int = 10
    mtime_ns: int = 20
    ctime_ns: int = 25
    inode: int = 30


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ParseCache]:
    with ParseCache(tmp_path / "state" / "parsed.db") as made:
        yield made


def test_what_was_put_is_given_back_with_its_order_and_types(cache: ParseCache) -> None:
    data = {"z": 1, "a": [1.5, True, None, "Łukasz\n"], "m": {}}
    cache.put("d1", data)
    found = cache.get("d1")
    assert found == data
    assert found is not None
    assert list(found) == ["z", "a", "m"]
    assert cache.get("d2") is None


def test_many_are_asked_for_at_once(cache: ParseCache) -> None:
    cache.put_many({f"d{number}": {"n": number} for number in range(1200)})
    found = cache.get_many([*(f"d{number}" for number in range(1200)), "other"])
    assert found == {f"d{number}": {"n": number} for number in range(1200)}


def test_a_digest_is_recalled_only_for_the_very_same_stamp(cache: ParseCache) -> None:
    cache.remember([(Stamp("a"), "d1"), (Stamp("b"), "d2")])
    assert cache.recall([Stamp("a"), Stamp("b"), Stamp("c")]) == {"a": "d1", "b": "d2"}
    assert cache.recall([Stamp("a", size=11)]) == {}
    assert cache.recall([Stamp("a", mtime_ns=21)]) == {}
    assert cache.recall([Stamp("a", inode=31)]) == {}
    assert cache.recall([Stamp("a", ctime_ns=26)]) == {}


def test_valid_holds_for_the_schemas_it_was_found_under(cache: ParseCache) -> None:
    cache.mark_valid("d1", "schemas-1")
    cache.mark_valid(["d2", "d3"], "schemas-1")
    assert cache.valid_among(["d1", "d3", "d4"], "schemas-1") == {"d1", "d3"}
    assert cache.valid_among(["d1"], "schemas-2") == frozenset()


def test_it_remembers_across_runs(tmp_path: Path) -> None:
    with ParseCache(tmp_path / "parsed.db") as first:
        first.put("d1", {"a": 1})
    with ParseCache(tmp_path / "parsed.db") as second:
        assert second.get("d1") == {"a": 1}


def test_pruning_forgets_all_but_what_is_kept_down_to_the_bytes_on_disk(tmp_path: Path) -> None:
    path = tmp_path / "parsed.db"
    with ParseCache(path) as cache:
        cache.put_many({f"d{number}": {"name": f"Persephone{number}", "text": "x" * 500} for number in range(50)})
        cache.remember([(Stamp(f"records/students/{number}"), f"d{number}") for number in range(50)])
        cache.mark_valid("d7", "s")
        cache.prune({"d3"})
        assert cache.get("d3") is not None
        assert cache.get("d7") is None
        assert cache.recall([Stamp("records/students/7"), Stamp("records/students/3")]) == {"records/students/3": "d3"}
        assert cache.valid_among(["d7"], "s") == frozenset()
        on_disk = b"".join(file.read_bytes() for file in tmp_path.iterdir() if file.is_file())
    assert b"Persephone3" in on_disk
    assert b"Persephone7" not in on_disk
    assert b"Persephone49" not in on_disk


@pytest.mark.parametrize("damage", [b"not a database at all, but long enough to look at" * 100, b"x"])
def test_a_file_that_is_no_database_is_replaced(tmp_path: Path, damage: bytes) -> None:
    path = tmp_path / "parsed.db"
    path.write_bytes(damage)
    with ParseCache(path) as cache:
        assert cache.get("d1") is None
        cache.put("d1", {"a": 1})
        assert cache.get("d1") == {"a": 1}


def test_a_file_damaged_in_the_middle_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "parsed.db"
    with ParseCache(path) as cache:
        cache.put_many({f"d{number}": {"text": "x" * 900} for number in range(200)})
    whole = path.read_bytes()
    path.write_bytes(whole[:4096] + b"\xff" * (len(whole) - 4096))
    with ParseCache(path) as cache:
        assert cache.get_many(f"d{number}" for number in range(200)) == {}
        cache.put("d1", {"a": 1})
        assert cache.get("d1") == {"a": 1}


def test_a_damaged_row_is_only_missing(tmp_path: Path) -> None:
    path = tmp_path / "parsed.db"
    with ParseCache(path) as cache:
        cache.put("d1", {"a": 1})
    with sqlite3.connect(path) as raw:
        raw.execute("UPDATE parsed SET data = '{\"a\": '")
    raw.close()
    with ParseCache(path) as cache:
        assert cache.get("d1") is None


def test_a_cache_of_another_version_starts_afresh(tmp_path: Path) -> None:
    path = tmp_path / "parsed.db"
    with ParseCache(path) as cache:
        cache.put("d1", {"a": 1})
    with sqlite3.connect(path) as raw:
        raw.execute("PRAGMA user_version = 1")
    raw.close()
    with ParseCache(path) as cache:
        assert cache.get("d1") is None


def test_it_is_private(tmp_path: Path) -> None:
    with ParseCache(tmp_path / "state" / "parsed.db") as cache:
        assert stat.S_IMODE(cache.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(cache.path.parent.stat().st_mode) == 0o700
