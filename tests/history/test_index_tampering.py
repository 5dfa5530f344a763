"""Whatever another hand writes into the index of versions, the history is that of git."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.history.index import FILE
from sendbook.history.versions import History, Moment
from tests.history.kit import HEADER, Repo

TABLES = {
    "state": ("name", "value"),
    "moment": ("number", "day", "author"),
    "version": ("path", "number", "blob"),
    "mark": ("unit", "mark"),
    "past": ("kind", "blob", "data", "seal"),
}
VALUES = ("", "2026-09-09", "someone@school.example", "records/students/2TST/plan.yml", '{"state": "agreed"}', 2, None)


@pytest.fixture(scope="module")
def repo(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Two students with three days of history."""
    repo = Repo.begun(tmp_path_factory.mktemp("index") / "campus")
    shutil.copytree(repo.root / "records/students/2TST", repo.root / "records/students/3TST")
    repo.commit("2026-10-01")
    repo.changed("2026-10-02", "minutes: 20", "minutes: 30")
    (repo.root / HEADER).write_text((repo.root / HEADER).read_text("utf-8") + "# later\n", encoding="utf-8")
    repo.commit("2026-10-03")
    return repo


def told(repo: Repo, state: Path) -> tuple[Any, ...]:
    history = History.open(repo.root, SchemaRegistry.load(schemas()), state)
    assert history is not None
    with history:
        students: dict[str, tuple[Moment, ...]] = {one: history.moments(one) for one in ("2TST", "3TST")}
        recorders = {one: history.recorders(one) for one in students}
        library = history.index.of_path("records/access.yml")
        return students, recorders, library, set(history.marks())


@pytest.fixture(scope="module")
def truth(repo: Repo, tmp_path_factory: pytest.TempPathFactory) -> tuple[tuple[Any, ...], Path]:
    """What git says, and the folder of an index that says it."""
    state = tmp_path_factory.mktemp("state")
    return told(repo, state), state


def run(state: Path, *statements: tuple[str, tuple[Any, ...]]) -> None:
    with sqlite3.connect(state / FILE) as raw:
        for statement, values in statements:
            # Two rows can't have one key, and a table may be gone already.
            with suppress(sqlite3.IntegrityError, sqlite3.OperationalError):
                raw.execute(statement, values)
    raw.close()


def copied(state: Path, to: Path) -> Path:
    return Path(shutil.copytree(state, to / "state"))


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE past SET data = replace(data, 'agreed', 'draft')",
        "UPDATE past SET data = (SELECT data FROM past ORDER BY blob DESC LIMIT 1)",
        "UPDATE version SET path = replace(path, '3TST', '4TST')",
        "UPDATE version SET blob = (SELECT blob FROM version WHERE path LIKE '%2TST/plan%' LIMIT 1) WHERE path LIKE '%3TST/plan%'",  # noqa: E501
        "DELETE FROM version WHERE number = (SELECT max(number) FROM version)",
        "UPDATE moment SET day = '2026-09-01'",
        "UPDATE moment SET author = 'somebody@else.example'",
        "DELETE FROM moment WHERE number = 2",
        "UPDATE mark SET mark = (SELECT mark FROM mark WHERE unit = '2TST')",
        "DELETE FROM mark",
        "DELETE FROM state WHERE name = 'proof'",
        "UPDATE state SET value = 'x'",
        "DROP TABLE version",
        "ALTER TABLE moment DROP COLUMN author",
    ],
)
def test_a_changed_index_is_read_from_git_again(
    repo: Repo, truth: tuple[tuple[Any, ...], Path], tmp_path: Path, statement: str
) -> None:
    said, state = truth
    mine = copied(state, tmp_path)
    run(mine, (statement, ()))
    assert told(repo, mine) == said
    assert told(repo, mine) == said, "and again, from what was read"


def test_an_older_index_is_continued_and_never_mixed_with_the_newer_one(tmp_path: Path) -> None:
    """Rows of an older state, each with a seal that was right then, are not right now."""
    repo = Repo.begun(tmp_path / "campus")
    state = tmp_path / "state"
    shutil.copytree(repo.root / "records/students/2TST", repo.root / "records/students/3TST")
    repo.commit("2026-09-10")
    told(repo, state)
    older = copied(state, tmp_path / "older")
    repo.changed("2026-10-02", "minutes: 20", "minutes: 30")
    said = told(repo, state)
    assert told(repo, older) == said, "a whole older index is only behind"
    for table in ("mark", "version", "moment", "past"):
        mixed = copied(state, tmp_path / table)
        shutil.rmtree(tmp_path / "old", ignore_errors=True)
        shutil.copytree(older, tmp_path / "old")
        run(
            mixed,
            ("ATTACH ? AS older", (str(tmp_path / "old" / FILE),)),
            (f"DELETE FROM {table}", ()),  # noqa: S608
            (f"INSERT INTO {table} SELECT * FROM older.{table} LIMIT 3", ()),  # noqa: S608
        )
        assert told(repo, mixed) == said


@st.composite
def tamperings(draw: st.DrawFn) -> list[tuple[str, tuple[Any, ...]]]:
    made: list[tuple[str, tuple[Any, ...]]] = []
    for _ in range(draw(st.integers(1, 3))):
        table = draw(st.sampled_from(sorted(TABLES)))
        column = draw(st.sampled_from(TABLES[table]))
        which = f"(SELECT {TABLES[table][0]} FROM {table} LIMIT 1 OFFSET {draw(st.integers(0, 6))})"  # noqa: S608
        where = f"WHERE {TABLES[table][0]} = {which}"
        kind = draw(st.sampled_from(["set", "copy", "delete"]))
        if kind == "set":
            made.append((f"UPDATE {table} SET {column} = ? {where}", (draw(st.sampled_from(VALUES)),)))  # noqa: S608
        elif kind == "copy":
            value = f"(SELECT {column} FROM {table} LIMIT 1 OFFSET {draw(st.integers(0, 6))})"  # noqa: S608
            made.append((f"UPDATE {table} SET {column} = {value} {where}", ()))  # noqa: S608
        else:
            made.append((f"DELETE FROM {table} {where}", ()))  # noqa: S608
    return made


@given(tamperings())
@settings(max_examples=25)
def test_no_tampering_changes_the_history(
    repo: Repo, truth: tuple[tuple[Any, ...], Path], statements: list[tuple[str, tuple[Any, ...]]]
) -> None:
    said, state = truth
    with TemporaryDirectory() as folder:
        mine = copied(state, Path(folder))
        run(mine, *statements)
        assert told(repo, mine) == said
