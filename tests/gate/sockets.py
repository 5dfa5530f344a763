"""A caller that speaks HTTP byte by byte, as no browser would."""

from __future__ import annotations

import re
import socket
import time
from collections.abc import Iterable
from contextlib import suppress

OK = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n"


def connect(port: int, *, source: str = "127.0.0.1", timeout: float = 10.0) -> socket.socket:
    """A connection from one of this machine's many addresses."""
    return socket.create_connection(("127.0.0.1", port), timeout=timeout, source_address=(source, 0))


def read_all(made: socket.socket) -> bytes:
    """Everything that comes until the other end closes, or says nothing more for as long as the socket waits."""
    got = bytearray()
    with suppress(OSError):
        while piece := made.recv(65536):
            got += piece
    return bytes(got)


def read_answer(made: socket.socket) -> bytes:
    """One answer, whole; what there is of it if the other end closes."""
    got = bytearray()
    while b"\r\n\r\n" not in got:
        piece = made.recv(65536)
        if not piece:
            return bytes(got)
        got += piece
    head, _, body = bytes(got).partition(b"\r\n\r\n")
    length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
    while len(body) < length:
        piece = made.recv(65536)
        if not piece:
            break
        body += piece
    return head + b"\r\n\r\n" + body


def say(port: int, *pieces: bytes, pause: float = 0.0, source: str = "127.0.0.1") -> bytes:
    """What comes back for these bytes, sent one piece after another, until the other end closes."""
    with connect(port, source=source) as made:
        with suppress(OSError):
            for piece in pieces:
                made.sendall(piece)
                if pause:
                    time.sleep(pause)
        return read_all(made)


def statuses(answers: bytes) -> list[int]:
    """The statuses of the answers in what came back."""
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) \w", answers)]


def request(*lines: bytes, line: bytes = b"GET /healthz HTTP/1.1", body: bytes = b"", close: bool = True) -> bytes:
    """A request with these header lines besides Host; the connection is closed after it."""
    last = [b"Connection: close"] if close else []
    return b"\r\n".join([line, b"Host: localhost", *lines, *last, b"", body])


def many(port: int, number: int, data: bytes, sources: Iterable[str] = ("127.0.0.1",)) -> list[socket.socket]:
    """So many connections, each with the same bytes sent."""
    callers = list(sources)
    made = []
    for count in range(number):
        one = connect(port, source=callers[count % len(callers)])
        with suppress(OSError):
            one.sendall(data)
        made.append(one)
    return made
