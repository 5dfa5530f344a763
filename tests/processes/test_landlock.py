"""What a confined process can't do any more, in real processes of its own; skipped where the kernel has no Landlock."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from sendbook.errors import ServeError
from sendbook.places import Places
from sendbook.processes import landlock
from sendbook.processes.confinement import around, for_gate, to_run
from sendbook.processes.landlock import Allowed, confine, version

needed = pytest.mark.skipif(not version(), reason="this kernel has no Landlock")

_CONFINED = """
import json, os, signal, socket, sqlite3, sys
from pathlib import Path
from sendbook.processes import landlock
from sendbook.processes.landlock import Allowed, confine

asked = json.loads(sys.argv[1])
if asked["known"]:
    landlock.version = lambda: asked["known"]
confine(Allowed(reads=tuple(map(Path, asked["reads"])), writes=tuple(map(Path, asked["writes"]))))
answers = []
for line in asked["lines"]:
    try:
        answers.append(repr(eval(line)))
    except Exception as error:
        answers.append(type(error).__name__)
print(json.dumps(answers))
"""


def confined(*lines: str, reads: tuple[Path, ...] = (), writes: tuple[Path, ...] = (), known: int = 0) -> list[str]:
    """What each line of Python gives in a process that may read and write there, by what an older kernel knows."""
    asked = {"reads": [*map(str, (*to_run(()), *reads))], "writes": [*map(str, writes)], "lines": lines, "known": known}
    done = subprocess.run(
        [sys.executable, "-P", "-c", _CONFINED, json.dumps(asked)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    answers: list[str] = json.loads(done.stdout)
    return answers


@needed
def test_it_reads_and_writes_where_it_may_and_nowhere_else(tmp_path: Path) -> None:
    for name in ("own", "site", "records"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text(name, encoding="utf-8")
    answers = confined(
        f"open('{tmp_path}/site/a').read()",
        f"open('{tmp_path}/own/a').read()",
        f"open('{tmp_path}/own/b', 'w').write('new')",
        f"os.rename('{tmp_path}/own/b', '{tmp_path}/own/c')",
        f"os.truncate('{tmp_path}/own/c', 1)",
        f"os.unlink('{tmp_path}/own/c')",
        f"open('{tmp_path}/records/a').read()",
        f"os.listdir('{tmp_path}/records')",
        f"os.listdir('{tmp_path}')",
        f"open('{tmp_path}/site/a', 'a')",
        f"open('{tmp_path}/site/b', 'w')",
        f"os.unlink('{tmp_path}/site/a')",
        f"os.rename('{tmp_path}/site/a', '{tmp_path}/own/a')",
        f"os.symlink('{tmp_path}/records', '{tmp_path}/own/link')",
        reads=(tmp_path / "site",),
        writes=(tmp_path / "own",),
    )
    assert answers[:6] == ["'site'", "'own'", "3", "None", "None", "None"]
    assert set(answers[6:]) <= {"PermissionError", "OSError"}
    assert (tmp_path / "site/a").read_text() == "site"


@needed
@pytest.mark.skipif(version() < landlock.WHOLE, reason="an older Landlock keeps nobody from cutting a file")
def test_what_it_may_only_read_it_can_not_cut_either(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("whole", encoding="utf-8")
    assert confined(f"os.truncate('{tmp_path}/a', 0)", reads=(tmp_path,)) == ["PermissionError"]


@needed
@pytest.mark.parametrize("known", range(1, version() + 1))
def test_what_an_older_kernel_knows_is_asked_of_a_newer_one_as_well(known: int, tmp_path: Path) -> None:
    for name in ("own", "site", "records"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a").write_text(name, encoding="utf-8")
    answers = confined(
        f"open('{tmp_path}/site/a').read()",
        f"open('{tmp_path}/own/a', 'w').write('new')",
        f"open('{tmp_path}/records/a')",
        f"open('{tmp_path}/site/a', 'r+')",
        reads=(tmp_path / "site",),
        writes=(tmp_path / "own",),
        known=known,
    )
    assert answers == ["'site'", "3", "PermissionError", "PermissionError"]


@needed
def test_it_starts_no_program() -> None:
    assert confined("os.posix_spawn('/bin/true', ['true'], {})", f"os.execv({sys.executable!r}, ['python'])") == [
        "PermissionError",
        "PermissionError",
    ]


@needed
@pytest.mark.skipif(version() < 4, reason="this Landlock knows nothing of networks")
def test_it_calls_nobody_over_the_network_and_listens_nowhere() -> None:
    answers = confined(
        "socket.create_connection(('127.0.0.1', 9))", "socket.socket().bind(('127.0.0.1', 0))", "socket.socketpair()[0]"
    )
    assert answers[:2] == ["PermissionError", "PermissionError"]
    assert answers[2].startswith("<socket")


@needed
@pytest.mark.skipif(version() < 6, reason="this Landlock knows nothing of signals")
def test_it_can_not_end_who_started_it() -> None:
    assert confined("os.kill(os.getppid(), 0)") == ["PermissionError"]


@needed
def test_it_reads_a_database_whose_log_somebody_else_holds_open_and_changes_nothing_in_it(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    with closing(sqlite3.connect(site / "a.db", isolation_level=None)) as writer:
        writer.execute("PRAGMA journal_mode = wal")
        writer.execute("CREATE TABLE t (a)")
        writer.execute("INSERT INTO t VALUES (1)")
        opened = f"sqlite3.connect('{site}/a.db', isolation_level=None)"
        said = confined(
            f"{opened}.execute('SELECT a FROM t').fetchall()",  # noqa: S608
            f"{opened}.execute('DELETE FROM t')",  # noqa: S608
            reads=(site,),
        )
        assert said == ["[(1,)]", "OperationalError"]


@needed
def test_a_process_that_has_threads_already_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """They would go on as free as before."""
    monkeypatch.setattr(landlock.threading, "active_count", lambda: 2)
    with pytest.raises(ServeError, match="threads"):
        confine(Allowed(reads=()))


def test_where_there_is_none_nothing_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(landlock.sys, "platform", "darwin")
    assert version() == 0
    confine(Allowed(reads=()))
    assert os.access("/", os.R_OK)


def test_what_python_needs_leads_to_nothing_hidden(tmp_path: Path) -> None:
    for name in ("python/lib", "campus/records", "campus/.venv", "other"):
        (tmp_path / name).mkdir(parents=True)
    hidden = [tmp_path / "campus/records", tmp_path / "campus/.sendbook"]
    found = sorted(around(tmp_path, hidden))
    assert found == [tmp_path / "campus/.venv", tmp_path / "other", tmp_path / "python"]
    assert list(around(tmp_path / "campus/records", hidden)) == []
    assert list(around(tmp_path / "other", hidden)) == [tmp_path / "other"]


def test_packages_that_are_only_linked_to_are_read_where_they_are(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("store/package", "campus/records", "path"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "path/package").symlink_to(tmp_path / "store/package")
    (tmp_path / "path/records").symlink_to(tmp_path / "campus/records")
    monkeypatch.setattr(sys, "path", [str(tmp_path / "path"), "relative", str(tmp_path / "none")])
    found = [path for path in to_run([tmp_path / "campus"]) if path.is_relative_to(tmp_path)]
    assert found == [tmp_path / "path", tmp_path / "none", tmp_path / "store/package"]


def test_a_gate_is_named_its_own_folder_to_write_and_no_other(tmp_path: Path) -> None:
    places = Places(tmp_path / "state")
    allowed = for_gate(places, tmp_path / "pages", [tmp_path])
    assert [path for path in allowed.writes if path != Path("/dev/null")] == [places.gate]
    ours = [path for path in allowed.reads if path.is_relative_to(tmp_path)]
    assert ours == [tmp_path / "pages", places.site]
