"""The server's own limits, over real sockets and without a proxy: nobody shuts the site with bytes alone."""

from __future__ import annotations

import shutil
import socket
import time
from collections.abc import Iterator
from contextlib import closing, suppress
from pathlib import Path

import httptools
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.gate import heads
from sendbook.gate.limits import Limits
from tests.gate.kit import StoppedClock, serving, settings_in
from tests.gate.sockets import OK, connect, many, read_all, read_answer, request, say, statuses

LIMITS = Limits(head_seconds=0.5, body_seconds=0.5, idle_seconds=0.5, connections=40, connections_of_one=12)
FORM = b"Content-Type: application/x-www-form-urlencoded"
POST = b"POST /sign-in HTTP/1.1"


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    with serving(settings_in(tmp_path_factory.mktemp("wire"), limits=LIMITS), StoppedClock()) as served:
        yield served


@pytest.fixture(autouse=True)
def _still_answers(port: int) -> Iterator[None]:
    """Whatever a test does, the next visitor is served."""
    yield
    assert statuses(say(port, request())) == [200]


def padded(size: int) -> bytes:
    """A request of exactly this many bytes."""
    bare = len(request(b"X: "))
    return request(b"X: " + b"a" * (size - bare))


def lined(size: int) -> bytes:
    """A request whose first line has exactly this many bytes, with its end."""
    return request(line=b"GET /healthz?" + b"a" * (size - len(b"GET /healthz? HTTP/1.1\r\n")) + b" HTTP/1.1")


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (padded(LIMITS.head), 200),
        (padded(LIMITS.head + 1), 431),
        (padded(5_000_000), 431),
        (lined(LIMITS.request_line), 200),
        (lined(LIMITS.request_line + 1), 414),
        (b"GET /" + b"a" * 5_000_000, 414),
        (request(*[b"X: y"] * (LIMITS.headers - 2)), 200),
        (request(*[b"X: y"] * (LIMITS.headers - 1)), 431),
        (request(*[b"X: y"] * 20_000), 431),
        (request(*[b"X%d: y" % number for number in range(20_000)]), 431),
    ],
    ids=[
        "head",
        "a byte more",
        "5 MB",
        "line",
        "a byte longer",
        "endless line",
        "headers",
        "one more",
        "20,000",
        "all",
    ],
)
def test_bytes_and_headers_are_limited(port: int, sent: bytes, expected: int):
    assert statuses(say(port, sent)) == [expected]


@pytest.mark.parametrize("piece", [1, 7, 4096])
def test_a_request_in_pieces_is_the_same_request(port: int, piece: int):
    sent = padded(1000)
    assert statuses(say(port, *(sent[at : at + piece] for at in range(0, len(sent), piece)))) == [200]


def test_a_refusal_says_why_in_a_sentence_and_carries_the_gate_s_headers(port: int):
    answer = say(port, padded(LIMITS.head + 1))
    assert b"The headers of this request are too long." in answer
    assert b"content-security-policy: default-src 'none'" in answer
    assert b"cache-control: private, no-store" in answer
    assert b"connection: close" in answer
    assert b"server:" not in answer.lower()


def test_an_endless_header_keeps_nobody_waiting(port: int):
    with connect(port) as flood:
        flood.sendall(b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ")
        flood.settimeout(0)
        began = time.monotonic()
        for _ in range(60):
            with suppress(OSError):
                flood.send(b"a" * 1_000_000)
        assert statuses(say(port, request())) == [200]
        assert time.monotonic() - began < 3


def test_a_slow_head_is_told_so_and_closed_however_steadily_it_drips(port: int):
    drops = [b"GET / HTTP/1.1\r\nHost: localhost\r\n", *[b"X: y\r\n"] * 20]
    began = time.monotonic()
    answer = say(port, *drops, pause=0.1)
    assert statuses(answer) == [408]
    assert time.monotonic() - began < 6


def test_a_second_request_that_drips_is_late_too(port: int):
    with connect(port) as made:
        made.sendall(OK)
        read_answer(made)
        for _ in range(12):
            with suppress(OSError):
                made.sendall(b"X")
            time.sleep(0.08)
        assert statuses(read_all(made)) == [408]


@pytest.mark.parametrize("sent", [b"", OK])
def test_a_connection_without_a_request_is_closed_without_a_word(port: int, sent: bytes):
    answer = say(port, sent)
    assert statuses(answer) == ([200] if sent else [])


def test_a_slow_form_is_late(port: int):
    head = request(FORM, b"Content-Length: 100", line=POST)
    assert statuses(say(port, head, *[b"a=1"] * 12, pause=0.08)) == [408]


def test_a_form_at_the_limit_is_read_and_a_longer_one_is_not_waited_for(port: int):
    fits = b"a" * LIMITS.body
    whole = request(FORM, b"Content-Length: %d" % len(fits), line=POST, body=fits)
    assert statuses(say(port, whole)) == [403]
    assert statuses(say(port, request(FORM, b"Content-Length: %d" % (LIMITS.body + 1), line=POST))) == [413]
    assert statuses(say(port, request(FORM, b"Content-Length: 99999999999", line=POST))) == [413]


def test_100_continue_is_answered_and_nothing_else_can_be_expected(port: int):
    with connect(port) as made:
        made.sendall(request(FORM, b"Content-Length: 3", b"Expect: 100-continue", line=POST))
        assert made.recv(25) == b"HTTP/1.1 100 Continue\r\n\r\n"
        made.sendall(b"a=1")
        assert statuses(read_all(made)) == [403]
    assert statuses(say(port, request(FORM, b"Content-Length: 3", b"Expect: tea", line=POST, body=b"a=1"))) == [417]


SMUGGLED = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKS = b"5\r\nhello\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ([b"Content-Length: 5", b"Transfer-Encoding: chunked"], 400),
        ([b"Transfer-Encoding: chunked", b"Content-Length: 5"], 400),
        ([b"Transfer-Encoding: chunked"], 411),
        ([b"Transfer-Encoding: xchunked"], 411),
        ([b"Transfer-Encoding: chunked, identity"], 400),
        ([b"Transfer-Encoding:\tchunked"], 411),
        ([b"transfer-encoding: identity"], 411),
        ([b"Transfer-Encoding : chunked"], 400),
        ([b"Transfer-Encoding\t: chunked"], 400),
        ([b" Transfer-Encoding: chunked"], 400),
        ([b"X: y", b"\tTransfer-Encoding: chunked"], 400),
        ([b"X: y\nTransfer-Encoding: chunked"], 400),
        ([b"X: y\rTransfer-Encoding: chunked"], 400),
        ([b"X: y\x00z"], 400),
        ([b"X: y\x0bz"], 400),
        ([b"Content-Length: 5", b"Content-Length: 5"], 400),
        ([b"Content-Length: 5", b"Content-Length: 6"], 400),
        ([b"Content-Length: 5, 5"], 400),
        ([b"Content-Length: +5"], 400),
        ([b"Content-Length: -5"], 400),
        ([b"Content-Length: 0x5"], 400),
        ([b"Content-Length: 5_0"], 400),
        ([b"Content-Length: 5 0"], 400),
        ([b"Content-Length:"], 400),
        ([b"Content-Length: " + b"0" * 30 + b"5"], 400),
        ([b"Content-Length: \xb2"], 400),
        ([b"Host: localhost"], 400),
        ([b"Upgrade: h2c", b"Connection: upgrade", b"Content-Length: 5"], 400),
    ],
)
def test_a_request_that_can_be_read_in_two_ways_is_refused_and_nothing_after_it_is_answered(
    port: int, lines: list[bytes], expected: int
):
    sent = request(FORM, *lines, line=POST, close=False, body=CHUNKS + SMUGGLED)
    assert statuses(say(port, sent)) == [expected]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        (b"GET http://evil.example/healthz HTTP/1.1", 400),
        (b"GET http://localhost/healthz HTTP/1.1", 400),
        (b"GET healthz HTTP/1.1", 400),
        (b"GET * HTTP/1.1", 400),
        (b"OPTIONS * HTTP/1.1", 400),
        (b"CONNECT localhost:443 HTTP/1.1", 400),
        (b"GET /healthz#x HTTP/1.1", 400),
        (b"GET  /healthz HTTP/1.1", 400),
        (b"GET /healthz  HTTP/1.1", 400),
        (b"GET /health\xc3\xa9 HTTP/1.1", 400),
        (b"GET\t/healthz\tHTTP/1.1", 400),
        (b"get /healthz HTTP/1.1", 400),
        (b"GET /healthz", 400),
        (b"GET /healthz HTTP/2.0", 505),
        (b"GET /healthz HTTP/0.9", 505),
        (b"GET /healthz HTTP/1.10", 400),
        (b"", 400),
        (b"NONSENSE /healthz HTTP/1.1", 400),
        (b"DELETE /healthz HTTP/1.1", 405),
        (b"GET /healthz HTTP/1.0", 200),
        (b"GET //healthz HTTP/1.1", 303),
    ],
)
def test_a_target_is_a_path_and_nothing_else(port: int, line: bytes, expected: int):
    assert statuses(say(port, request(line=line))) in ([expected], [expected] * 2)


@pytest.mark.parametrize("kind", [b"h2c", b"websocket"])
def test_a_wish_to_speak_something_else_gets_an_ordinary_answer_and_no_second_one(port: int, kind: bytes):
    sent = request(b"Upgrade: " + kind, b"Connection: upgrade", close=False) + OK
    assert statuses(say(port, sent)) == [200]


@pytest.mark.parametrize("line", [b"GET /healthz HTTP/1.1", b"HEAD /healthz HTTP/1.1"])
def test_a_question_has_no_body(port: int, line: bytes):
    assert statuses(say(port, request(b"Content-Length: 5", line=line, body=b"hello"))) == [400]
    assert statuses(say(port, request(b"Content-Length: 0", line=line))) == [200]


@pytest.mark.parametrize("number", [2, 3, 50_000])
def test_what_is_sent_ahead_of_an_answer_is_not_looked_at_and_the_answer_still_arrives(port: int, number: int):
    answers = say(port, OK * number)
    assert statuses(answers) == [200]
    assert answers.endswith(b"ok\n")


def test_one_request_after_another_goes_over_one_connection(port: int):
    with connect(port) as made:
        for _ in range(5):
            made.sendall(OK)
            assert statuses(read_answer(made)) == [200]


def test_an_answer_larger_than_the_line_arrives_whole_and_the_next_request_is_heard(tmp_path: Path):
    """Fetched slowly: the server waits for it, and listens again afterwards."""
    settings = settings_in(tmp_path)
    page = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n"
    large = tmp_path / "templates"
    shutil.copytree(settings.templates, large)
    (large / "sign_in.html").write_text((large / "sign_in.html").read_text() + "<p>" + "slow " * 1_000_000)
    with serving(settings_in(tmp_path, templates=large), StoppedClock()) as port, connect(port) as made:
        for _ in range(2):
            made.sendall(page)
            time.sleep(0.3)
            answer = read_answer(made)
            assert statuses(answer[:200]) == [200]
            assert len(answer) > 5_000_000


def test_the_body_of_a_request_that_was_answered_without_it_is_never_a_request(port: int):
    """405 is answered at once; what follows was announced as a body."""
    sent = request(b"Content-Length: %d" % len(SMUGGLED), line=b"PUT /x HTTP/1.1", close=False)
    assert statuses(say(port, sent, SMUGGLED, pause=0.1)) == [405]


@pytest.mark.parametrize(
    "half",
    [b"", b"GET / HTTP/1.1\r\nHost: localhost\r\n", request(FORM, b"Content-Length: 9", line=POST), OK],
    ids=["nothing", "half a head", "no form", "between two"],
)
def test_half_requests_make_room_for_a_visitor(port: int, half: bytes):
    """More than there is room for, from one address and from many."""
    callers = [f"127.0.1.{number}" for number in range(1, 9)]
    made = many(port, 15, half) + many(port, 80, half, callers)
    try:
        for source in ("127.0.0.1", "127.0.1.3", "127.0.2.2"):
            assert statuses(say(port, request(), source=source)) == [200]
    finally:
        for one in made:
            one.close()


def test_one_caller_makes_room_for_himself_and_pushes_out_nobody_else(port: int):
    with connect(port, source="127.0.3.1") as visitor:
        visitor.sendall(b"GET /healthz HTTP/1.1\r\n")
        crowd = many(port, 60, b"GET / HTTP/1.1\r\n")
        visitor.sendall(b"Host: localhost\r\nConnection: close\r\n\r\n")
        assert statuses(read_all(visitor)) == [200]
        for one in crowd:
            one.close()


def test_an_answer_that_nobody_fetches_is_given_up(tmp_path: Path):
    """Asked again and again without reading: neither answers nor requests pile up, and the connection ends."""
    limits = Limits(stalled_seconds=0.3, idle_seconds=0.3, head_seconds=0.5)
    with serving(settings_in(tmp_path, limits=limits), StoppedClock()) as port:
        made = socket.socket()
        with closing(made):
            made.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 2048)
            made.settimeout(10)
            made.connect(("127.0.0.1", port))
            page = b"GET /sign-in HTTP/1.1\r\nHost: localhost\r\n\r\n"
            cut_off = False
            began = time.monotonic()
            while not cut_off and time.monotonic() - began < 60:  # it ends at once, but for a machine that is busy
                try:
                    made.sendall(page)
                    time.sleep(0.02)
                except OSError:
                    cut_off = True
            assert cut_off


LETTERS = st.sampled_from([b"\r\n", b"\n", b"\r", b":", b" ", b"\t", b"a", b"Host: localhost", b"Content-Length: 5"])
HEADS = st.lists(
    st.one_of(
        LETTERS, st.binary(max_size=5), st.sampled_from([b"Transfer-Encoding: chunked", b"\x00", b"GET / HTTP/1.1"])
    )
)


@given(HEADS)
def test_what_is_found_sound_is_one_request_to_the_parser(pieces: list[bytes]):
    """The parser sees nothing in a sound head that we did not: neither a second request nor another length."""
    head = b"POST /sign-in HTTP/1.1\r\n" + b"".join(pieces)
    head = head[: head.find(heads.END) + 4] if heads.END in head else head.rstrip(b"\r\n") + heads.END
    if heads.fault_of(head, Limits()) is not None:
        return
    seen = Seen()
    parser = httptools.HttpRequestParser(seen)
    with suppress(httptools.HttpParserError):
        parser.feed_data(head)
        length = heads.body_length(b"POST", seen.headers, Limits())
        if isinstance(length, int):
            assert seen.begun == 1
            assert seen.finished == (length == 0)
            if length:
                parser.feed_data(b"a" * length)
                assert (seen.begun, seen.finished) == (1, 1)


class Seen:
    """What a parser reports."""

    def __init__(self) -> None:
        self.begun = self.finished = 0
        self.headers: list[tuple[bytes, bytes]] = []

    def on_message_begin(self) -> None:
        self.begun += 1

    def on_header(self, name: bytes, value: bytes) -> None:
        self.headers.append((name.lower(), value))

    def on_message_complete(self) -> None:
        self.finished += 1


@pytest.mark.slow
@pytest.mark.parametrize("callers", [["127.0.0.1"], [f"127.1.{a}.{b}" for a in range(24) for b in range(1, 101)]])
def test_2200_half_requests_leave_the_site_open(tmp_path: Path, callers: list[str]):
    with serving(settings_in(tmp_path), StoppedClock()) as port:
        made = many(port, 2200, b"GET / HTTP/1.1\r\nHost: localhost\r\nX: ", callers)
        try:
            began = time.monotonic()
            for source in ("127.0.0.1", "127.9.9.9"):
                assert statuses(say(port, request(), source=source)) == [200]
            assert time.monotonic() - began < 3
        finally:
            for one in made:
                one.close()
