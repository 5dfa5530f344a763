"""Messages over a real socket: in pieces, one after another, too long, too late, or broken off."""

from __future__ import annotations

import os
import socket
import stat
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from sendbook.errors import LineError
from sendbook.line import lines, socket_folder
from sendbook.line.codec import encoded
from sendbook.line.lines import Lines, ask
from sendbook.line.messages import BuildAgain, Built, Failed
from sendbook.line.socket_folder import is_private
from sendbook.line.socket_folder import socket_folder as made_folder

YES, NO = Built(published=True, whole=True), Built(published=False, whole=False)


@pytest.fixture
def pair() -> Iterator[tuple[Lines, socket.socket]]:
    """One end that speaks messages, and the bare other one."""
    ours, theirs = socket.socketpair()
    yield Lines(ours, patience=5), theirs
    ours.close()
    theirs.close()


def test_messages_come_in_their_order_however_they_are_cut(pair: tuple[Lines, socket.socket]) -> None:
    ours, theirs = pair
    both = encoded(YES) + encoded(NO)
    theirs.sendall(both[:60])
    assert ours.receive() == YES
    theirs.sendall(both[60:])
    assert ours.receive() == NO
    theirs.close()
    assert ours.receive() is None


def test_who_ends_within_a_line_is_told_of(pair: tuple[Lines, socket.socket]) -> None:
    ours, theirs = pair
    theirs.sendall(encoded(YES)[:-1])
    theirs.close()
    with pytest.raises(LineError, match="within a message"):
        ours.receive()


def test_a_line_without_end_is_given_up(pair: tuple[Lines, socket.socket], monkeypatch: pytest.MonkeyPatch) -> None:
    ours, theirs = pair
    monkeypatch.setattr(lines, "MOST", 1000)
    theirs.sendall(b"x" * 1001)
    with pytest.raises(LineError, match="too long"):
        ours.receive()


def test_who_says_nothing_is_not_waited_for(pair: tuple[Lines, socket.socket]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs, pytest.raises(LineError):
        Lines(ours, patience=0.01).receive()


def test_nobody_at_a_place_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(LineError, match="Nobody answers at"):
        ask(tmp_path / "no.sock", BuildAgain(), 1)


def _say_nothing(_there: Lines) -> None:
    """As a process that is killed."""


def _answering(place: Path, *answers: Callable[[Lines], None]) -> threading.Thread:
    listening = socket.socket(socket.AF_UNIX)
    listening.bind(str(place))
    listening.listen()

    def run() -> None:
        with listening:
            for answer in answers:
                connection, _ = listening.accept()
                with Lines(connection, 5) as there:
                    there.receive()
                    answer(there)

    thread = threading.Thread(target=run)
    thread.start()
    return thread


def test_a_process_that_died_over_a_question_is_asked_once_more(tmp_path: Path) -> None:
    with made_folder() as folder:
        thread = _answering(folder / "builder.sock", _say_nothing, lambda there: there.send(NO))
        assert ask(folder / "builder.sock", BuildAgain(), 20) == NO
        thread.join()


def test_and_not_again_and_again(tmp_path: Path) -> None:
    with made_folder() as folder:
        thread = _answering(folder / "builder.sock", _say_nothing, _say_nothing)
        with pytest.raises(LineError, match="twice"):
            ask(folder / "builder.sock", BuildAgain(), 20)
        thread.join()


def test_a_long_answer_comes_whole(tmp_path: Path) -> None:
    said = Failed(sentence="ä" * 400_000)
    with made_folder() as folder:
        thread = _answering(folder / "builder.sock", lambda there: there.send(said))
        assert ask(folder / "builder.sock", BuildAgain(), 20) == said
        thread.join()


def test_the_folder_is_short_private_and_gone_afterwards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own = tmp_path / "run"
    own.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(own))
    with made_folder() as folder:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert len(os.fsencode(folder / "builder.sock")) <= 100
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(str(folder / "builder.sock"))
    assert not folder.exists()


@pytest.mark.parametrize("spoil", ["open", "long", "missing", "relative"])
def test_a_folder_of_the_users_own_that_will_not_do_is_passed_over(
    spoil: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = tmp_path / ("x" * 120 if spoil == "long" else "run")
    if spoil != "missing":
        own.mkdir(mode=0o755 if spoil == "open" else 0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", own.name if spoil == "relative" else str(own))
    monkeypatch.setattr(socket_folder.tempfile, "gettempdir", lambda: "/tmp")
    with made_folder() as folder:
        assert folder.parent == Path("/tmp")
    if own.exists():
        assert list(own.iterdir()) == []


def test_a_link_to_a_private_folder_is_none(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert is_private(tmp_path / "real")
    assert not is_private(tmp_path / "link")
    assert not is_private(tmp_path / "none")
