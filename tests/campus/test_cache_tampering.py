"""Whatever another hand writes into the parse cache, it says the truth or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.cache import ParseCache
from sendbook.seals import KEY_FILE, KEYS

TABLES = {
    "parsed": ("digest", "data", "seal"),
    "stamp": ("path", "size", "mtime_ns", "ctime_ns", "inode", "digest", "seal"),
    "valid": ("digest", "schemas", "seal"),
    "found": ("unit", "basis", "text", "seal"),
}


@dataclass(frozen=True)
class Stamp:
    path: str
    size: int
    mtime_ns: int = 20
    ctime_ns: int = 25
    inode: int = 30


FILES = tuple(Stamp(f"records/people/p-{number}.yml", size=100 + number) for number in range(4))
DATA = {f"digest-{number}": {"id": f"p-{number}", "roles": ["senco"] if number == 0 else []} for number in range(4)}
OTHERS = st.one_of(
    st.none(),
    st.integers(0, 200),
    st.floats(0, 200),
    st.sampled_from(["", "digest-0", "digest-9", "schemas", "shared", '{"roles": ["senco"]}', "\udcff"]),
    st.binary(max_size=20),
)


def fill(path: Path) -> None:
    with ParseCache(path) as cache:
        cache.put_many(DATA)
        cache.remember((file, f"digest-{number}") for number, file in enumerate(FILES))
        cache.mark_valid(["digest-0", "digest-1"], "schemas")
        cache.put_found({"shared": ("basis", "found"), "2TST": ("basis-2", "found in 2TST")})


def says_nothing_untrue(path: Path) -> None:
    with ParseCache(path) as cache:
        held = cache.get_many([*DATA, "digest-9"])
        assert held == {digest: DATA.get(digest) for digest in held}
        known = {file.path: f"digest-{number}" for number, file in enumerate(FILES)}
        assert set(cache.recall(FILES).items()) <= set(known.items())
        assert cache.valid_among([*DATA, "digest-9"], "schemas") <= {"digest-0", "digest-1"}
        assert cache.valid_among(DATA, "others") == frozenset()
        found = {"shared": ("basis", "found"), "2TST": ("basis-2", "found in 2TST")}
        assert set(cache.found_in_all().items()) <= set(found.items())
        cache.put("new", {"a": 1})
        assert cache.get("new") == {"a": 1}, "and it goes on"


def run(path: Path, statement: str, values: Iterable[Any] = ()) -> None:
    # Two rows can't have one key.
    with sqlite3.connect(path) as raw, suppress(sqlite3.IntegrityError, UnicodeEncodeError):
        raw.execute(statement, tuple(values))
    raw.close()


@pytest.mark.parametrize(("table", "column"), [(table, column) for table, names in TABLES.items() for column in names])
def test_a_value_of_another_row_is_not_believed(tmp_path: Path, table: str, column: str) -> None:
    path = tmp_path / "cache.db"
    fill(path)
    keys = {"parsed": "digest", "stamp": "path", "valid": "digest", "found": "unit"}
    run(path, f"UPDATE OR REPLACE {table} SET {column} = (SELECT {column} FROM {table} ORDER BY {keys[table]} LIMIT 1)")  # noqa: S608
    says_nothing_untrue(path)


def test_what_another_record_holds_is_not_believed_of_this_one(tmp_path: Path) -> None:
    """Such rows gave a committee member students' folders."""
    path = tmp_path / "cache.db"
    fill(path)
    run(path, "UPDATE parsed SET data = (SELECT data FROM parsed WHERE digest = 'digest-0')")
    with ParseCache(path) as cache:
        assert cache.get_many(DATA) == {"digest-0": DATA["digest-0"]}


def test_rows_with_the_seals_of_another_key_are_not_believed(tmp_path: Path) -> None:
    """A cache that was copied from elsewhere, or restored without its key, is an empty one."""
    fill(tmp_path / "one" / "cache.db")
    fill(tmp_path / "other" / "cache.db")
    (tmp_path / "other" / "cache.db").replace(tmp_path / "one" / "cache.db")
    with ParseCache(tmp_path / "one" / "cache.db") as cache:
        assert cache.get_many(DATA) == {}
        assert cache.recall(FILES) == {}
        assert cache.found_in_all() == {}


def test_what_other_code_left_is_not_believed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fill(tmp_path / "cache.db")
    monkeypatch.setattr("sendbook.campus.cache.code_digest", lambda: "another version")
    with ParseCache(tmp_path / "cache.db") as cache:
        assert cache.get_many(DATA) == {}
        assert cache.valid_among(DATA, "schemas") == frozenset()


@pytest.mark.parametrize("damage", ["missing", "short", "open", "link", "folder"])
def test_a_key_that_cannot_be_trusted_is_made_anew_and_the_cache_is_cold(tmp_path: Path, damage: str) -> None:
    path, key = tmp_path / "cache.db", tmp_path / KEYS / KEY_FILE
    fill(path)
    before = key.read_bytes()
    if damage == "short":
        key.write_bytes(before[:31])
    elif damage == "open":
        key.chmod(0o644)
    else:
        key.unlink()
    if damage == "link":
        (tmp_path / "elsewhere").write_bytes(before)
        (tmp_path / "elsewhere").chmod(0o600)
        key.symlink_to(tmp_path / "elsewhere")
    if damage == "folder":
        key.mkdir()
    with ParseCache(path) as cache:
        assert cache.get_many(DATA) == {}
        cache.put("new", {"a": 1})
        assert cache.get("new") == {"a": 1}
    if damage != "folder":
        assert key.read_bytes() != before
        assert key.stat().st_mode & 0o777 == 0o600
        with ParseCache(path) as cache:
            assert cache.get("new") == {"a": 1}, "the new key is kept"


@pytest.mark.parametrize("table", TABLES)
def test_a_table_that_is_gone_or_made_otherwise_is_only_a_cold_cache(tmp_path: Path, table: str) -> None:
    for statement in (f"DROP TABLE {table}", f"ALTER TABLE {table} DROP COLUMN seal"):
        path = tmp_path / statement.partition(" ")[0] / "cache.db"
        fill(path)
        run(path, statement)
        says_nothing_untrue(path)


@st.composite
def tamperings(draw: st.DrawFn) -> list[tuple[str, tuple[Any, ...]]]:
    """Some statements that change rows, copy fields between them, or add new ones."""
    made: list[tuple[str, tuple[Any, ...]]] = []
    for _ in range(draw(st.integers(1, 4))):
        table = draw(st.sampled_from(sorted(TABLES)))
        column = draw(st.sampled_from(TABLES[table]))
        which = draw(st.integers(0, 3))
        row = f"(SELECT {TABLES[table][0]} FROM {table} LIMIT 1 OFFSET {which})"  # noqa: S608
        kind = draw(st.sampled_from(["set", "copy", "add"]))
        if kind == "set":
            made.append((f"UPDATE {table} SET {column} = ? WHERE {TABLES[table][0]} = {row}", (draw(OTHERS),)))  # noqa: S608
        elif kind == "copy":
            other = draw(st.sampled_from([name for name in TABLES for _ in TABLES[name] if column in TABLES[name]]))
            value = f"(SELECT {column} FROM {other} LIMIT 1 OFFSET {draw(st.integers(0, 3))})"  # noqa: S608
            made.append((f"UPDATE {table} SET {column} = {value} WHERE {TABLES[table][0]} = {row}", ()))  # noqa: S608
        else:
            marks = ",".join("?" * len(TABLES[table]))
            values = tuple(draw(OTHERS) for _ in TABLES[table])
            made.append((f"INSERT OR REPLACE INTO {table} VALUES ({marks})", values))  # noqa: S608
    return made


@given(tamperings())
def test_no_tampering_makes_it_say_what_is_not_so(statements: list[tuple[str, tuple[Any, ...]]]) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "cache.db"
        fill(path)
        for statement, values in statements:
            run(path, statement, values)
        says_nothing_untrue(path)
