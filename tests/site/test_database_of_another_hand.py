"""A publisher that goes on running believes nothing that something else has put into the site's database."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.places import Places
from sendbook.site.build.build import Options
from tests.cli.kit import small_campus
from tests.conftest import ON
from tests.site.rests_on_kit import publisher_of, settled

ALONE = Options(workers=1)
#: Sees the one student of the campus, until access is taken away.
TEACHER, STUDENT = "p-1aaa", "2TST"


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    root = small_campus(tmp_path / "campus")
    settled(root)
    return root


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


def readers(state: Path) -> tuple[str, ...]:
    """Who sees the student, as a gate finds it that starts now."""
    with Bundle.reading(Places(state).bundle) as bundle:
        return bundle.readers_of(STUDENT)


def write_into(backup: Path, database: Path) -> None:
    """As ``cp`` does it: the file stays the one that others have open."""
    with backup.open("rb") as source, database.open("r+b") as file:
        file.truncate(0)
        shutil.copyfileobj(source, file)


def move_over(backup: Path, database: Path) -> None:
    """As ``mv`` does it: another file."""
    shutil.copy2(backup, backup.with_name("copy.db"))
    backup.with_name("copy.db").replace(database)


@pytest.mark.parametrize("put_back", [write_into, move_over])
def test_a_backup_put_back_under_a_running_publisher_shows_nothing_that_was_taken_away(
    put_back: object, campus: Path, state: Path, tmp_path: Path
) -> None:
    assert callable(put_back)
    database, access = Places(state).bundle, campus / "records" / "access.yml"
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, ALONE)
        assert TEACHER in readers(state)
        shutil.copy2(database, tmp_path / "backup.db")
        taken = f"\nrevocations:\n  - {{id: one, person: {TEACHER}, from: 2026-11-01, reason: x}}\n"
        access.write_text(f"{access.read_text('utf-8')}{taken}", encoding="utf-8")
        publisher.publish(ON, ALONE)
        assert TEACHER not in readers(state)
        put_back(tmp_path / "backup.db", database)
        assert publisher.publish(ON, ALONE).published
        assert TEACHER not in readers(state)
        assert publisher.publish(ON, ALONE).rendered == 0
    assert TEACHER not in readers(state)


@pytest.mark.parametrize(
    "key", ["opened", "own reaches", "files", "facts:%", "students", "public objects looked through"]
)
def test_a_damaged_value_is_made_again_by_the_next_build(key: str, campus: Path, state: Path) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, ALONE)
    with closing(sqlite3.connect(Places(state).bundle)) as another, another:
        changed = another.execute("UPDATE memory SET value = zeroblob(length(value)) WHERE key LIKE ?", (key,)).rowcount
    assert changed > 0
    header = campus / f"records/students/{STUDENT}/student.yml"
    header.write_text(f"{header.read_text('utf-8')}\n# touched\n", encoding="utf-8")
    with publisher_of(campus, state) as publisher:
        assert publisher.publish(ON, ALONE).is_whole
        assert publisher.publish(ON, ALONE).rendered == 0
    assert TEACHER in readers(state)
