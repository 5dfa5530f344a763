"""One end of a connection: sends messages and receives them, line by line, each within a time limit."""

from __future__ import annotations

import socket
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from sendbook.errors import LineError
from sendbook.line.codec import MOST, decoded, encoded
from sendbook.line.messages import Message

_PIECE = 1 << 16


class Lines:
    """A connection. ``patience`` is how many seconds sending or receiving one message may take; None for no limit."""

    def __init__(self, connection: socket.socket, patience: float | None = None) -> None:
        self._connection = connection
        self._patience = patience
        self._left = b""

    @classmethod
    def to(cls, place: Path, patience: float | None = None) -> Self:
        """Calls the process that listens at a place. Raises `LineError` if none does."""
        calling = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        calling.settimeout(patience)
        try:
            calling.connect(str(place))
        except OSError as error:
            calling.close()
            raise LineError(f"Nobody answers at {place}: {error.strerror or error}.") from error
        return cls(calling, patience)

    def fileno(self) -> int:
        """The connection's number, to wait for."""
        return self._connection.fileno()

    def send(self, message: Message) -> None:
        """Sends a message. Raises `LineError` if the other side has gone or takes too long."""
        line = encoded(message)
        try:
            self._connection.settimeout(self._patience)
            self._connection.sendall(line)
        except OSError as error:
            raise LineError(f"A message could not be sent: {error.strerror or error}.") from error

    def receive(self) -> Message | None:
        """Waits for a message; None where the other side has ended.

        Raises `LineError` where it ended within a line, takes too long, or sent something else.
        """
        until = None if self._patience is None else time.monotonic() + self._patience
        pieces, size = [self._left], len(self._left)
        while b"\n" not in pieces[-1]:
            piece = self._piece(until)
            if not piece and size:
                raise LineError("The other process ended within a message.")
            if not piece:
                return None
            size += len(piece)
            if size > MOST:
                raise LineError("What came is too long.")
            pieces.append(piece)
        line, end, self._left = b"".join(pieces).partition(b"\n")
        return decoded(line + end)

    def _piece(self, until: float | None) -> bytes:
        left = None if until is None else until - time.monotonic()
        if left is not None and left <= 0:
            raise LineError("The other process takes too long.")
        self._connection.settimeout(left)
        try:
            return self._connection.recv(_PIECE)
        except ConnectionError:
            return b""  # it died with something of ours unread
        except OSError as error:
            raise LineError(f"Nothing came: {error.strerror or error}.") from error

    def close(self) -> None:
        """Ends the connection."""
        with suppress(OSError):
            self._connection.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def ask(place: Path, message: Message, patience: float) -> Message:
    """Asks the process at a place, and answers what it says, within so many seconds.

    A process that ended before it answered has perhaps been started again by now, and is asked once more.
    """
    until = time.monotonic() + patience
    for _ in range(2):
        with Lines.to(place, max(0.001, until - time.monotonic())) as lines:
            try:
                lines.send(message)
                answer = lines.receive()
            except LineError:
                if time.monotonic() >= until:
                    raise
                continue
        if answer is not None:
            return answer
    raise LineError("The other process ended before it answered, twice.")
