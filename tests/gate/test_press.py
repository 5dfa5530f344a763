"""The press as another process: what a reader sees while it is dead, slow, or says something else."""

from __future__ import annotations

import asyncio
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from sendbook.errors import DocumentError
from sendbook.gate.app import Gate, create_app
from sendbook.gate.press import PressAtTheLine
from sendbook.line.lines import Lines
from sendbook.line.messages import BuildAgain, Message, NotPrinted, PrintDocument, Printed
from sendbook.line.socket_folder import socket_folder
from tests.bundle.sites import AISHA, MONDAY, printed, publish_site
from tests.gate.kit import PARENT, PASSWORD, Browser, StoppedClock, cheap_passwords, settings_in

Answer = Callable[[PrintDocument], Message | None]


@contextmanager
def press(*answers: Answer) -> Iterator[Path]:
    """A press that answers so, one question after another, and is then dead."""
    with socket_folder() as folder, socket.socket(socket.AF_UNIX) as listening:
        place = folder / "press.sock"
        listening.bind(str(place))
        listening.listen()
        thread = threading.Thread(target=_answer_all, args=(listening, answers))
        thread.start()
        yield place
        thread.join(20)


def _answer_all(listening: socket.socket, answers: tuple[Answer, ...]) -> None:
    for answer in answers:
        connection, _ = listening.accept()
        with Lines(connection, 20) as lines:
            asked = lines.receive()
            assert isinstance(asked, PrintDocument)
            said = answer(asked)
            if said is not None:
                lines.send(said)


def well(asked: PrintDocument) -> Message:
    return Printed(document=asked.document, pdf=b"%PDF of " + asked.data)


def dead(_asked: PrintDocument) -> None:
    return None


def test_it_is_sent_the_print_data_and_answers_with_the_pdf() -> None:
    with press(well) as place:
        assert PressAtTheLine(place, 20)(b"{}") == b"%PDF of {}"


@pytest.mark.parametrize(
    "answer",
    [
        lambda asked: NotPrinted(document=asked.document, reason="The template plan.typ can't be used."),
        lambda _asked: Printed(document="another", pdf=b"%PDF"),
        lambda _asked: BuildAgain(),
    ],
    ids=["refused", "another document", "no answer to this"],
)
def test_what_is_not_this_document_is_none(answer: Answer) -> None:
    with press(answer) as place, pytest.raises(DocumentError):
        PressAtTheLine(place, 20)(b"{}")


def test_a_press_that_takes_too_long_is_not_waited_for() -> None:
    with socket_folder() as folder, socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(folder / "press.sock"))
        listening.listen()
        with pytest.raises(DocumentError, match="no answer"):
            PressAtTheLine(folder / "press.sock", 0.05)(b"{}")


def test_while_it_is_dead_the_reader_is_told_so_and_the_next_request_works(
    tmp_path: Path, clock: StoppedClock, runner: asyncio.Runner
) -> None:
    with press(dead, dead, well) as place:
        gate = create_app(
            settings_in(tmp_path), clock=clock, passwords=cheap_passwords(), press=PressAtTheLine(place, 20)
        )
        gate.accounts.add("p", PARENT, PASSWORD)
        parent = Browser(gate, runner)
        parent.sign_in(PARENT)
        told = parent.get(printed(AISHA))
        assert told.status == 503
        assert told.header("content-type") == "text/html; charset=utf-8"
        assert "make this document just now" in told.text
        assert "Ana" in told.text, "in their own shell"
        answer = parent.get(printed(AISHA))
        assert (answer.status, answer.body) == (200, b'%PDF of {"plan of": "7Q4K"}')
        gate.close()


def test_after_a_publication_a_document_is_made_anew(
    tmp_path: Path, clock: StoppedClock, runner: asyncio.Runner
) -> None:
    """The campus's own template may be another since."""
    made: list[bytes] = []
    gate: Gate = create_app(
        settings_in(tmp_path), clock=clock, passwords=cheap_passwords(), press=lambda data: made.append(data) or b"%PDF"
    )
    gate.accounts.add("p", PARENT, PASSWORD)
    parent = Browser(gate, runner)
    parent.sign_in(PARENT)
    for _ in range(2):
        parent.get(printed(AISHA))
    assert len(made) == 1
    from sendbook.bundle import Bundle

    with Bundle.open(tmp_path / "bundle.db") as bundle, bundle.publish() as change:
        publish_site(change)
        change.set_meta("noted", MONDAY.isoformat())
    parent.get(printed(AISHA))
    assert len(made) == 2
    gate.close()
