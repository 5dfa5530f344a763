"""What the builder answers, on which day it builds, and that it keeps open what the gate may only read."""

from __future__ import annotations

import socket
import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.cli import builder_process
from sendbook.cli.builder_process import Builder, HeldSite
from sendbook.errors import EngineError
from sendbook.line.codec import encoded
from sendbook.line.messages import BeginBuilder, BuildAgain, Built, Failed, Message, PrintDocument, ShowSignIns
from sendbook.places import Places
from tests.bundle.sites import small_site

MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


class Days:
    """A clock that says a day after another."""

    def __init__(self, *days: date) -> None:
        self.days = list(days)

    def now(self) -> float:
        return 0.0

    def today(self) -> date:
        return self.days.pop(0) if len(self.days) > 1 else self.days[0]


def builder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, clock: Days, publish: object) -> Builder:
    monkeypatch.setattr(builder_process, "clock_of", lambda _day: clock)
    monkeypatch.setattr(HeldSite, "publish", publish)
    begin = BeginBuilder(
        root=str(tmp_path), state=str(tmp_path), day="", demo=False, watch=False, at_once=False, listening=0, sockets=""
    )
    return Builder(begin)


class Result:
    published, is_whole = True, False


def test_it_answers_what_came_of_a_build(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = builder(tmp_path, monkeypatch, Days(MONDAY), lambda _self, _on: Result())
    assert one._answer(BuildAgain()) == Built(published=True, whole=False)


@pytest.mark.parametrize(
    ("fault", "said"),
    [
        (EngineError("MkDocs failed."), "MkDocs failed."),
        (OSError(28, "No space left on device"), "The machine refused: No space left on device."),
        (sqlite3.OperationalError("disk I/O error"), "The database in the state folder can't be used: disk I/O error."),
        (KeyError("Eli Student"), "this is a fault in sendbook. Please report the lines above."),
    ],
)
def test_what_goes_wrong_is_one_sentence(
    fault: Exception,
    said: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def publish(_self: HeldSite, _on: date) -> None:
        raise fault

    answer = builder(tmp_path, monkeypatch, Days(MONDAY), publish)._answer(BuildAgain())
    assert isinstance(answer, Failed)
    assert answer.sentence.startswith(said)
    assert "Eli" not in capsys.readouterr().err


@pytest.mark.parametrize("asked", [PrintDocument(document="", data=b""), ShowSignIns()], ids=["a document", "sign-ins"])
def test_what_is_no_business_of_its_is_refused(asked: Message, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that was taken over could ask for sign-ins too, where there is no demonstration."""
    answer = builder(tmp_path, monkeypatch, Days(MONDAY), lambda _self, _on: Result())._answer(asked)
    assert isinstance(answer, Failed)


def test_a_day_that_comes_back_is_not_built_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine's clock was put back over midnight: what had ended with Monday stays ended."""
    built: list[date] = []
    clock = Days(TUESDAY)
    one = builder(tmp_path, monkeypatch, clock, lambda _self, on: built.append(on) or Result())
    clock.days = [MONDAY]
    one._answer(BuildAgain())
    assert built == [TUESDAY]


def test_it_keeps_the_bundle_and_its_withdrawals_open_and_the_new_one_after_it(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.site.mkdir(mode=0o700)
    small_site(places.site).close()
    logs = [places.site / f"{name}.db-{end}" for name in ("bundle", "withdrawals") for end in ("wal", "shm")]
    assert not logs[0].exists()
    site = HeldSite(tmp_path, tmp_path)
    site.hold()
    with Bundle.reading(places.bundle):
        pass
    assert all(log.exists() for log in logs), "who reads can open it, because somebody has it open"
    first = site._held
    for end in ("", "-wal", "-shm"):
        Path(f"{places.bundle}{end}").unlink()
    small_site(places.site).close()
    site.hold()
    assert site._held is not first
    assert all(log.exists() for log in logs)
    with closing(site._held.connection):  # type: ignore[union-attr]
        pass


def test_a_bundle_that_is_none_is_left_for_the_next_build(tmp_path: Path) -> None:
    places = Places(tmp_path)
    places.site.mkdir(mode=0o700)
    places.bundle.write_bytes(b"no database" * 500)
    places.bundle.chmod(0o600)
    site = HeldSite(tmp_path, tmp_path)
    site.hold()
    assert site._held is None


@pytest.mark.parametrize("sent", [b"GET / HTTP/1.1\r\n\r\n", b"", b'{"is":"build-again"'])
def test_a_caller_that_sends_no_message_gets_no_answer_and_stops_nothing(
    sent: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = builder(tmp_path, monkeypatch, Days(MONDAY), lambda _self, _on: Result())
    for said, answered in ((sent, False), (encoded(BuildAgain()), True)):
        ours, theirs = socket.socketpair()
        with ours:
            ours.sendall(said)
            ours.shutdown(socket.SHUT_WR)
            one.answer(theirs)
            assert bool(ours.recv(100)) is answered
