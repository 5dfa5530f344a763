"""A check that remembers says the same as one that doesn't, whatever was changed between, and forgets who is gone."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from zlib import crc32

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks import whole
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
LONG_AGO = 1_700_000_000_000_000_000
STUDENT = "records/students/2TST"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tiny_campus(tmp_path / "campus")


@pytest.fixture
def cache(tmp_path: Path) -> Iterator[ParseCache]:
    with ParseCache(tmp_path / "cache.db") as cache:
        yield cache


def found(root: Path, cache: ParseCache | None, on: date = ON) -> tuple[Finding, ...]:
    """What a check says; files count as written long ago, as they are a moment after a person saved them."""
    for path in root.rglob("*.yml"):
        then = LONG_AGO + crc32(path.read_bytes())
        if path.stat().st_mtime_ns != then:  # setting it anew would be a change of its own
            os.utime(path, ns=(then, then))
    return inspect_records(CampusFolder(root, SchemaRegistry.load(schemas())), on, cache, rules=RULE_BOOK).findings


def rewrite(path: Path, before: str, after: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")


def in_a_plan(root: Path) -> None:
    rewrite(root / STUDENT / "plan.yml", "state: agreed", "state: agreeed")


def in_the_library(root: Path) -> None:
    next((root / "records/interventions").glob("*.yml")).unlink()


def in_the_people(root: Path) -> None:
    for path in (root / "records/people").glob("*.yml"):
        path.rename(path.with_stem(f"{path.stem[:-1]}x"))


def a_file_too_many(root: Path) -> None:
    (root / STUDENT / "notes.txt").write_text("not a record", encoding="utf-8")


def in_a_sign_in(root: Path) -> None:
    rewrite(root / STUDENT / "student.yml", "id: 2TST\n", "id: 2TST\nsign_in:\n  email: Staff.One@tiny.example\n")
    person = root / "records/people/p-1aaa.yml"
    rewrite(person, "id: p-1aaa\n", "id: p-1aaa\nsign_in:\n  email: staff.one@tiny.example\n")


CHANGES = (in_a_sign_in, in_a_plan, in_the_library, in_the_people, a_file_too_many)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_after_a_change_all_of_it_is_found(root: Path, cache: ParseCache, change: Callable[[Path], None]) -> None:
    assert found(root, cache) == found(root, None) == ()
    change(root)
    anew = found(root, None)
    assert anew != ()
    assert found(root, cache) == anew
    assert found(root, cache) == anew, "and again, from memory"


def test_another_day_is_another_check(root: Path, cache: ParseCache) -> None:
    later = ON + timedelta(days=800)
    assert found(root, cache) == ()
    assert found(root, cache, later) == found(root, None, later) != ()


def test_what_is_known_is_not_looked_at_again(root: Path, cache: ParseCache, monkeypatch: pytest.MonkeyPatch) -> None:
    in_a_plan(root)
    first = found(root, cache)

    def looked(*_given: object) -> None:
        raise AssertionError("a check was run again")

    monkeypatch.setattr(whole, "_checker", looked)
    assert found(root, cache) == first != ()


def test_findings_about_somebody_who_is_gone_are_forgotten(root: Path, cache: ParseCache) -> None:
    rewrite(root / STUDENT / "plan.yml", "state: agreed", "state: Unmistakable")
    assert found(root, cache) != ()
    shutil.rmtree(root / STUDENT)
    found(root, cache)
    with sqlite3.connect(cache.path) as connection:
        rows = connection.execute("SELECT unit || text FROM found").fetchall()
    assert rows
    assert not any("2TST" in row or "Unmistakable" in row for (row,) in rows)
