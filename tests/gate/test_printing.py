"""Documents at the gate: made when asked for, for anybody who may have them, and for nobody else."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.bundle import revoke
from sendbook.gate.app import Gate, create_app
from sendbook.gate.audit import rows
from sendbook.gate.printing import disposition
from tests.bundle.sites import AISHA, BEN, press, printed
from tests.gate.kit import PARENT, PASSWORD, TEACHER, Browser, StoppedClock, cheap_passwords, settings_in


class Counting:
    """A press that counts, and may be told to fail or to wait."""

    def __init__(self) -> None:
        self.made: list[bytes] = []
        self.threads: set[str] = set()
        self.error: Exception | None = None

    def __call__(self, data: bytes) -> bytes:
        self.made.append(data)
        self.threads.add(threading.current_thread().name)
        if self.error:
            raise self.error
        return press(data)


@pytest.fixture
def counting() -> Counting:
    return Counting()


@pytest.fixture
def gate(tmp_path: Path, clock: StoppedClock, counting: Counting) -> Iterator[Gate]:
    made = create_app(settings_in(tmp_path), clock=clock, passwords=cheap_passwords(), press=counting)
    made.accounts.add("t", TEACHER, PASSWORD)
    made.accounts.add("p", PARENT, PASSWORD)
    yield made
    made.close()


def test_a_document_is_sent_as_a_pdf_under_a_name_without_a_name_and_kept_nowhere(parent: Browser) -> None:
    answer = parent.get(printed(AISHA))
    assert answer.status == 200
    assert answer.body == b'%PDF made of {"plan of": "7Q4K"}'
    assert answer.header("content-type") == "application/pdf"
    assert answer.header("content-disposition") == 'inline; filename="plan-7Q4K.pdf"'
    assert answer.header("cache-control") == "private, no-store"
    assert answer.header("content-encoding") is None
    assert answer.header("etag") is None


def test_somebody_elses_document_is_as_absent_as_one_that_is_not(parent: Browser, counting: Counting) -> None:
    elses, none = parent.get(printed(BEN)), parent.get("/students/9ZZZ/plan-9ZZZ.pdf")
    assert elses.status == none.status == 404
    assert elses.body == none.body
    assert counting.made == []


def test_a_visitor_is_led_to_the_sign_in(browser: Browser, counting: Counting) -> None:
    answer = browser.get(printed(AISHA))
    assert (answer.status, answer.header("location")) == (303, "/sign-in")
    assert counting.made == []


def test_a_document_is_in_the_access_log_like_any_page(parent: Browser, gate: Gate) -> None:
    parent.get(printed(AISHA))
    assert ("page", "p", AISHA, printed(AISHA)) in [tuple(row[1:5]) for row in rows(gate.settings.audit)]


def test_a_document_is_made_once_and_in_a_thread_of_its_own(
    parent: Browser, teacher: Browser, counting: Counting
) -> None:
    for browser in (parent, teacher, parent):
        assert browser.get(printed(AISHA)).status == 200
    assert len(counting.made) == 1
    assert all(name.startswith("press") for name in counting.threads)


def test_many_who_ask_at_once_wait_for_one(parent: Browser, counting: Counting) -> None:
    async def all_at_once() -> list[int]:
        asked = [parent._ask("GET", printed(AISHA), b"", {}) for _ in range(10)]
        return [answer.status for answer in await asyncio.gather(*asked)]

    assert parent.runner.run(all_at_once()) == [200] * 10
    assert len(counting.made) == 1


def test_withdrawn_access_ends_with_the_document_in_memory(parent: Browser, tmp_path: Path) -> None:
    assert parent.get(printed(AISHA)).status == 200
    revoke(tmp_path / "bundle.db", "p", AISHA)
    assert parent.get(printed(AISHA)).status == 404


def test_a_press_that_fails_says_sorry_and_tries_again_next_time(parent: Browser, counting: Counting) -> None:
    counting.error = RuntimeError("no")
    assert parent.get(printed(AISHA)).status == 500
    counting.error = None
    assert parent.get(printed(AISHA)).status == 200


def test_a_gate_without_a_press_says_sorry(tmp_path: Path, clock: StoppedClock, runner: asyncio.Runner) -> None:
    (tmp_path / "bare").mkdir(mode=0o700)
    bare = create_app(settings_in(tmp_path / "bare"), clock=clock, passwords=cheap_passwords())
    bare.accounts.add("p", PARENT, PASSWORD)
    browser = Browser(bare, runner)
    browser.sign_in(PARENT)
    assert browser.get(printed(AISHA)).status == 500
    bare.close()


def test_a_head_request_is_answered_without_a_body(parent: Browser) -> None:
    answer = parent.ask("HEAD", printed(AISHA))
    assert (answer.status, answer.sent) == (200, b"")


@pytest.mark.parametrize("path", ['/a/b"c.pdf', "/a/é.pdf", "/a/", "/a/b c.pdf"])
def test_a_file_name_that_is_not_plain_is_not_sent(path: str) -> None:
    assert disposition(path) == b'inline; filename="document.pdf"'
