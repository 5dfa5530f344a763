"""Whatever goes wrong is one sentence and exit code 2; stopping by hand is quiet; a pipe gets plain text."""

from __future__ import annotations

import errno
import os
import pty
import shutil
import signal
import sqlite3
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from sendbook import __version__
from sendbook.cli import build as build_steps
from sendbook.cli import check as check_steps
from tests.cli.kit import DAY, program, run, small_campus

NEEDS_A_CAMPUS = [
    ("check",),
    ("build",),
    ("export", "p-1aaa", "out"),
    ("serve", "--port", "1"),
    ("why", "p-1aaa", "campus"),
    ("revoke", "p-1aaa"),
    ("account", "p-1aaa"),
]


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    return small_campus(tmp_path / "campus")


@pytest.mark.parametrize("arguments", NEEDS_A_CAMPUS, ids=lambda arguments: arguments[0])
def test_outside_a_campus_one_sentence_says_what_to_do(arguments, tmp_path: Path, monkeypatch) -> None:
    monkeypatch.chdir(tmp_path)
    sentence = run(*arguments).sentence
    assert "holds no records/campus.yml" in sentence
    assert "--campus" in sentence
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("day", ["0001-01-01", "1989-12-31", "2200-01-01", "9999-12-31"])
@pytest.mark.parametrize("command", ["check", "build", "diff"])
def test_a_day_far_off_is_one_sentence(command: str, day: str) -> None:
    told = run(command, "--as-of", day)
    expected = "is a day that no record of a school is of. Write --as-of as a day from 1990 to 2199, like 2026-09-01."
    assert told.sentence == f"“{day}” {expected}"


def test_the_option_that_is_wrong_is_named() -> None:
    assert run("add", "meeting", "7Q4K", "--on", "2026-11-31").sentence.endswith("Write --on like 2026-09-01.")


def test_a_command_there_is_not_is_a_wrong_call() -> None:
    told = run("chekc")
    assert told.code == 2
    assert "No such command 'chekc'. Did you mean 'check'?" in told.err


@pytest.mark.parametrize("day", ["2026-02-30", "tomorrow", "20261123", "2026-W36", ""])
@pytest.mark.parametrize("command", ["check", "build", "diff", "synthesise"])
def test_what_is_no_day_is_one_sentence_that_shows_how_to_write_one(command: str, day: str, tmp_path: Path) -> None:
    told = run(command, *((tmp_path / "new",) if command == "synthesise" else ()), "--as-of", day)
    assert told.sentence == f"“{day}” is not a real date. Write --as-of like 2026-09-01."
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_told_as_people_ask_for_it() -> None:
    for asked in ("--version", "version"):
        assert run(asked).out == f"sendbook {__version__}\n"
        assert run(asked).code == 0


def test_the_disk_being_full_is_one_sentence(campus: Path, tmp_path: Path, monkeypatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), "/srv/bundle.db")

    monkeypatch.setattr(build_steps.Publisher, "publish", full)
    told = run("build", "--campus", campus, "--state", tmp_path / "state", *DAY)
    assert told.sentence == "The machine refused: No space left on device (/srv/bundle.db)."


def test_a_file_that_went_away_is_named(campus: Path, tmp_path: Path, monkeypatch) -> None:
    def gone(*_: object) -> None:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), "/srv/bundle.db")

    monkeypatch.setattr(build_steps.Publisher, "publish", gone)
    told = run("build", "--campus", campus, "--state", tmp_path / "state", *DAY)
    assert told.sentence == "This file or folder is not there: /srv/bundle.db."


def test_a_database_that_can_not_be_written_is_one_sentence(campus: Path, tmp_path: Path, monkeypatch) -> None:
    def locked(*_: object) -> None:
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(build_steps.Publisher, "publish", locked)
    told = run("build", "--campus", campus, "--state", tmp_path / "state", *DAY)
    assert "database or disk is full" in told.sentence


@pytest.mark.parametrize("command", ["new", "synthesise"])
def test_a_folder_that_can_not_be_made_is_one_sentence(command: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert "The machine refused: Not a directory" in run(command, tmp_path / "file" / "campus", *DAY).sentence


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_one_may_not_write_in_is_one_sentence(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    assert "Permission denied" in run("new", tmp_path / "campus", *DAY).sentence


def test_copying_that_stops_half_way_is_one_sentence(tmp_path: Path, monkeypatch) -> None:
    def stops(source: Path, target: Path) -> None:
        raise shutil.Error([(str(source), str(target), "[Errno 28] No space left on device")])

    monkeypatch.setattr(shutil, "copytree", stops)
    told = run("new", tmp_path / "campus", *DAY)
    assert told.sentence == f"{tmp_path}/campus/handbook can't be written: [Errno 28] No space left on device."
    assert not (tmp_path / "campus").exists()


def test_a_fault_of_our_own_is_not_taken_for_findings(campus: Path, monkeypatch) -> None:
    """Exit code 1 means that a person has something to mend; a traceback must not look like it. It says where it was,
    and nothing of what stood there: it ends in the log of a build that nobody watches.
    """

    def breaks(*_: object) -> None:
        try:
            date.fromisoformat(held)
        except ValueError as error:
            raise ZeroDivisionError(held) from error

    held = "Aisha Quixotic"

    monkeypatch.setattr(check_steps, "inspect", breaks)
    told = run("check", "--campus", campus, *DAY)
    assert told.code == 2
    assert "ZeroDivisionError" in told.err
    assert "ValueError" in told.err
    assert "in breaks" in told.err
    assert held not in told.err
    assert told.err.splitlines()[-1] == ("sendbook: this is a fault in sendbook. Please report the lines above.")


def test_stopping_by_hand_is_one_line(campus: Path, tmp_path: Path, monkeypatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(check_steps, "inspect", interrupted)
    told = run("check", "--campus", campus, *DAY)
    assert (told.code, told.out, told.err) == (128 + signal.SIGINT, "", "sendbook: stopped.\n")
    monkeypatch.setattr(build_steps.Publisher, "publish", interrupted)
    told = run("build", "--campus", campus, "--state", tmp_path / "state", *DAY)
    assert told.code == 128 + signal.SIGINT
    assert told.err == "sendbook: stopped. The site is whole, as before or as new: run the command again to finish.\n"


@pytest.mark.sample(1)
@pytest.mark.parametrize("stop", [KeyboardInterrupt, EOFError])
@pytest.mark.parametrize("command", ["new", "synthesise"])
def test_a_folder_that_is_stopped_half_way_is_taken_away(command: str, stop: type, tmp_path: Path, monkeypatch) -> None:
    """And so are the folders above it that were made for it; a folder that was there stays, and stays empty."""

    def stops(source: Path, target: Path, **_: object) -> None:
        raise stop

    monkeypatch.setattr(shutil, "copytree", stops)
    (tmp_path / "there").mkdir()
    for folder in (tmp_path / "above" / "campus", tmp_path / "there"):
        told = run(command, folder, *DAY)
        assert (told.code, told.err) == (128 + signal.SIGINT, f"sendbook: stopped. Nothing was made in {folder}.\n")
    assert [path.name for path in tmp_path.rglob("*")] == ["there"]


def test_stopping_by_hand_is_quiet_while_modules_are_read_in(tmp_path: Path) -> None:
    """Reading them takes longer than many a command: here it is stopped in the midst of that."""
    script = (
        "import sys, sendbook.__main__ as begin\n"
        "class Stop:\n"
        "    def find_spec(self, name, *_):\n"
        "        if name == 'sendbook.campus.schemas': raise KeyboardInterrupt\n"
        "sys.meta_path.insert(0, Stop())\n"
        "begin.main()\n"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False, cwd=tmp_path)
    assert (done.returncode, done.stdout, done.stderr) == (128 + signal.SIGINT, "", "sendbook: stopped.\n")


def test_where_nothing_can_be_written_out_it_is_one_sentence(campus: Path) -> None:
    command = program("check", "--campus", campus, *DAY)
    usual = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, env=usual, check=False)
    assert done.returncode == 2
    assert done.stderr == "sendbook: The machine refused: No space left on device.\n"


def test_a_reader_that_goes_away_gets_no_traceback(campus: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run(program("check", "--campus", campus, *DAY), stdout=write, stderr=-1, text=True, check=False)
    os.close(write)
    assert "Traceback" not in done.stderr


@pytest.mark.slow
def test_a_pipe_gets_plain_text_and_a_terminal_progress(campus: Path) -> None:
    command = program("check", "--campus", campus, *DAY)
    told, keyboard = pty.openpty()
    with subprocess.Popen(command, stdout=keyboard, stderr=-1, env={**os.environ, "TERM": "xterm"}) as process:
        os.close(keyboard)
        seen = _all(told)
        assert process.wait() == 0
    piped = subprocess.run(command, capture_output=True, check=False)
    assert b"Checking ..." in seen
    assert b"\x1b" in seen
    assert piped.stdout == b"All is well: nothing to fix, nothing overdue.\n"
    assert piped.stderr == b""


def _all(terminal: int) -> bytes:
    """What was written to a terminal until it was closed."""
    seen = b""
    while True:
        try:
            part = os.read(terminal, 65536)
        except OSError:  # how Linux says that nobody writes any more
            part = b""
        if not part:
            os.close(terminal)
            return seen
        seen += part
