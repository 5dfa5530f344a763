"""The settings that `sendbook proxy` prints, in the real programs: addresses can't be forged, and there are limits."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import pytest

from sendbook.gate import audit
from sendbook.gate.settings import LOOPBACK_NAMES, Settings
from tests.gate.kit import PASSWORD, TEACHER, StoppedClock, serving, settings_in
from tests.gate.proxies import NAME, RUNNING, connect, program
from tests.gate.sockets import read_all, read_answer, statuses

pytestmark = pytest.mark.slow
WRONG = "wrong words here"


@dataclass(frozen=True)
class Front:
    """A proxy in front of a gate."""

    port: int
    settings: Settings

    def say(self, sent: bytes, *, source: str = "127.0.0.1") -> bytes:
        """What comes back for these bytes until the connection is closed."""
        with connect(self.port, source=source) as made:
            with suppress(OSError):
                made.sendall(sent)
            return read_all(made)

    def ask(
        self, *lines: bytes, line: bytes = b"GET /sign-in HTTP/1.1", body: bytes = b"", source="127.0.0.1"
    ) -> bytes:
        """The answer to one request."""
        head = [line, b"Host: " + NAME.encode(), *lines, b"Connection: close"]
        return self.say(b"\r\n".join([*head, b"", body]), source=source)

    def sign_in(self, email: str, password: str, *lines: bytes, source: str) -> int:
        """The status of a try to sign in by a browser that comes for the first time."""
        form = self.ask(source=source)
        cookie = re.search(rb"set-cookie: (__Host-before=[^;]+); .*Secure", form, re.IGNORECASE)
        token = re.findall(rb'name="csrf_token" value="([^"]+)"', form)[-1].decode()
        body = urlencode({"email": email, "password": password, "csrf_token": token}).encode()
        sent = [b"Cookie: " + cookie[1], b"Content-Type: application/x-www-form-urlencoded"]
        length = b"Content-Length: %d" % len(body)
        return statuses(self.ask(*sent, length, *lines, line=b"POST /sign-in HTTP/1.1", body=body, source=source))[0]


@pytest.fixture(scope="module", params=sorted(RUNNING))
def front(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Front]:
    program(request.param)
    folder: Path = tmp_path_factory.mktemp(request.param)
    behind = {"https": True, "hosts": LOOPBACK_NAMES | {NAME}, "behind": ("127.0.0.1",)}
    settings = settings_in(folder, **behind)
    with serving(settings, StoppedClock()) as gate, RUNNING[request.param](folder, gate) as port:
        yield Front(port, settings)


def test_people_sign_in_through_it(front: Front):
    assert statuses(front.ask()) == [200]
    assert front.sign_in(TEACHER, PASSWORD, source="127.0.0.2") == 303


def test_it_serves_no_other_name(front: Front):
    answer = front.say(b"GET /sign-in HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n")
    assert statuses(answer) == [421] or answer.endswith(b"\r\n\r\n"), "Caddy's own answer is an empty page"


def test_a_forged_address_changes_nothing(front: Front):
    """Tries on many accounts from one address are slowed down whatever they claim, and nobody else is."""
    claims = [b"X-Forwarded-For: 203.0.113.%d", b"Forwarded: for=203.0.113.%d", b"X-Real-IP: 203.0.113.%d"]
    tries = [
        front.sign_in(f"guess{number}@school.example", WRONG, *(claim % number for claim in claims), source="127.0.5.1")
        for number in range(14)
    ]
    assert tries == [403] * 10 + [429] * 4
    assert front.sign_in(TEACHER, PASSWORD, source="127.0.5.2") == 303
    logged = {row[5] for row in audit.rows(front.settings.audit)}
    assert "127.0.5.1" in logged
    assert not [address for address in logged if address.startswith("203.")]
    assert "127.0.0.1" not in logged


@pytest.mark.parametrize(
    "lines",
    [[b"X: " + b"a" * 5_000_000], [b"X: y"] * 20_000, [b"X-Y: " + b"a" * 900] * 40],
    ids=["5 MB", "20,000", "36 kB"],
)
def test_headers_are_limited(front: Front, lines: list[bytes]):
    answers = statuses(front.ask(*lines))
    assert all(400 <= status < 500 for status in answers), answers
    assert statuses(front.ask()) == [200]


def test_bodies_are_limited(front: Front):
    body = b"a" * 100_000
    answer = front.ask(b"Content-Length: %d" % len(body), line=b"POST /sign-in HTTP/1.1", body=body)
    assert statuses(answer) == [413]


def test_a_slow_head_is_not_waited_for(front: Front):
    began = time.monotonic()
    with connect(front.port) as made:
        made.sendall(b"GET / HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\n")
        with suppress(OSError):
            for _ in range(30):
                made.sendall(b"X: y\r\n")
                time.sleep(0.5)
        assert statuses(read_all(made)) in ([], [408])
    assert time.monotonic() - began < 20


def test_two_readings_of_one_request_give_one_answer(front: Front):
    inner = b"0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\n\r\n"
    for lines in (
        [b"Content-Length: %d" % len(inner), b"Transfer-Encoding: chunked"],
        [b"Transfer-Encoding: xchunked", b"Content-Length: %d" % len(inner)],
        [b"Content-Length: 1", b"Content-Length: %d" % len(inner)],
    ):
        answers = statuses(front.ask(*lines, line=b"POST /sign-in HTTP/1.1", body=inner))
        assert len(answers) <= 1, (lines, answers)
        assert all(status >= 400 for status in answers)
    assert statuses(front.ask()) == [200]


def test_300_half_requests_of_one_stranger_leave_the_site_open(front: Front):
    made = []
    try:
        for _ in range(300):
            one = connect(front.port, source="127.0.7.1")
            one.sendall(b"GET / HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\nX: ")
            made.append(one)
        began = time.monotonic()
        assert statuses(front.ask(source="127.0.7.2")) == [200]
        assert time.monotonic() - began < 5
    finally:
        for one in made:
            one.close()


def test_a_connection_is_used_again(front: Front):
    with connect(front.port) as made:
        for _ in range(3):
            made.sendall(b"GET /sign-in HTTP/1.1\r\nHost: " + NAME.encode() + b"\r\n\r\n")
            assert statuses(read_answer(made)) == [200]
