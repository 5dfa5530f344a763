"""A state folder of an earlier version is moved to today's places once, whenever the move is stopped."""

from __future__ import annotations

import fcntl
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from sendbook.bundle.withdrawals import Withdrawals
from sendbook.cli import old_places
from sendbook.cli.check import cache_of
from sendbook.cli.old_places import move_once
from sendbook.errors import ServeError
from sendbook.places import Places

_DATABASES = {"bundle.db": "site", "withdrawals.db": "site", "cache.db": "build", "history.db": "build"}


class _KilledError(BaseException):
    """Stands for the end of the process."""


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A folder as an earlier version left it when it was killed: each database has its newest row in its log."""
    folder = tmp_path / "state"
    (folder / "keys").mkdir(parents=True, mode=0o700)
    (folder / "keys/caches.key").write_bytes(bytes(32))
    (folder / "engine").mkdir()
    (folder / "engine/public-1.zip").write_bytes(b"zip")
    (folder / "gate/audit").mkdir(parents=True)
    (folder / "gate/gate.db").write_bytes(b"accounts")
    (folder / "build.lock").touch()
    (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    for name in _DATABASES:
        _killed_while_writing(folder / name)
    return folder


def _killed_while_writing(path: Path) -> None:
    aside = path.with_name(f"aside-{path.name}")
    with closing(sqlite3.connect(aside, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = wal")
        connection.execute("CREATE TABLE withdrawn (reader TEXT, subject TEXT)")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.execute("INSERT INTO withdrawn VALUES ('p-1', '7Q4K')")
        for ending in ("", "-wal"):
            Path(f"{path}{ending}").write_bytes(Path(f"{aside}{ending}").read_bytes())
    aside.unlink()


def rows(path: Path) -> list[tuple[str, str]]:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True)) as connection:
        return connection.execute("SELECT reader, subject FROM withdrawn ORDER BY reader").fetchall()


def assert_moved(state: Path) -> None:
    assert sorted(path.name for path in state.iterdir()) == [".gitignore", "build", "gate", "site"]
    for name, room in _DATABASES.items():
        assert rows(state / room / name) == [("p-1", "7Q4K")], name
    assert (state / "build/keys/caches.key").read_bytes() == bytes(32)
    assert (state / "build/engine/public-1.zip").read_bytes() == b"zip"
    assert (state / "gate/gate.db").read_bytes() == b"accounts"


def test_everything_is_in_its_place_with_what_stood_in_the_logs(state: Path) -> None:
    move_once(state)
    assert_moved(state)
    move_once(state)
    assert_moved(state)


def test_whenever_it_is_stopped_the_next_command_finishes_it(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After each of its steps in turn, until one run needs no more than it is given."""
    rename, given, left = Path.rename, 0, 0

    def step(path: Path, target: Path) -> Path:
        nonlocal left
        if not left:
            raise _KilledError
        left -= 1
        return rename(path, target)

    monkeypatch.setattr(Path, "rename", step)
    stops = 0
    while True:
        left = 1  # each run does one step more, and is killed before its second
        given += 1
        try:
            move_once(state)
            break
        except _KilledError:
            stops += 1
    assert stops == 9, "a step for each folder, each database and each log, less the last"
    assert_moved(state)


def test_while_an_earlier_version_serves_nothing_is_moved(state: Path) -> None:
    with _locked(state / "gate/audit/lock"), pytest.raises(ServeError, match="earlier version is running"):
        move_once(state)
    assert (state / "bundle.db").exists()
    with _locked(state / "gate/audit/lock"), cache_of(state.parent / "nowhere") as cache:
        assert cache is None


def test_a_check_meanwhile_goes_without_the_cache(state: Path) -> None:
    campus = state.parent / "campus"
    campus.mkdir()
    state.rename(campus / ".sendbook")
    with _locked(campus / ".sendbook/gate/audit/lock"), cache_of(campus) as cache:
        assert cache is None
    with cache_of(campus) as cache:
        assert cache is not None
        assert cache.path == campus / ".sendbook/build/cache.db"


def test_what_an_earlier_version_leaves_later_goes_but_its_withdrawals_count(state: Path) -> None:
    """Somebody went back to it for a day, and withdrew access with it. A gate of today may be running."""
    places = Places(state)
    places.site.mkdir(mode=0o700)
    with Withdrawals(places.bundle) as withdrawals:
        withdrawals.add("p-9", "")
    places.bundle.write_bytes(b"newer")
    with _locked(state / "gate/audit/lock"):
        move_once(state)
    assert places.bundle.read_bytes() == b"newer"
    assert rows(places.site / "withdrawals.db") == [("p-1", "7Q4K"), ("p-9", "")]
    assert sorted(path.name for path in state.iterdir()) == [".gitignore", "build", "gate", "site"]


def test_withdrawals_that_can_t_be_taken_over_stay_and_are_told(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk without room, or a file that somebody else is writing, must not give anybody their access back."""

    def full(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    places = Places(state)
    places.site.mkdir(mode=0o700)
    with Withdrawals(places.bundle) as withdrawals:
        withdrawals.add("p-9", "")
    with monkeypatch.context() as patch:
        patch.setattr(Withdrawals, "add", full)
        with pytest.raises(ServeError, match="from whom access was withdrawn"):
            move_once(state)
    move_once(state)
    assert rows(places.site / "withdrawals.db") == [("p-1", "7Q4K"), ("p-9", "")]
    assert not (state / "withdrawals.db").exists()


def test_withdrawals_that_are_damaged_are_not_deleted(state: Path) -> None:
    places = Places(state)
    places.site.mkdir(mode=0o700)
    with Withdrawals(places.bundle):
        pass
    (state / "withdrawals.db-wal").unlink()
    (state / "withdrawals.db").write_bytes(b"no database " * 500)
    with pytest.raises(ServeError, match="sendbook revoke"):
        move_once(state)
    assert (state / "withdrawals.db").exists()


def test_a_folder_of_today_is_not_looked_at_further(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(old_places, "_alone", None)
    move_once(tmp_path)
    assert list(tmp_path.iterdir()) == []


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
