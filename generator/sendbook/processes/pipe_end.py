"""How a process of `serve` begins, and how it learns that the supervisor has ended: by one pipe, on every system.

The first line on its standard input says what to do. Nothing else is ever sent; when the pipe ends, however the
supervisor was killed, so does the process.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from typing import TypeVar

from sendbook.errors import LineError
from sendbook.line.codec import MOST, decoded
from sendbook.line.messages import Message

_Begin = TypeVar("_Begin", bound=Message)


def begun(kind: type[_Begin]) -> tuple[_Begin, int]:
    """What the process is told to do, and the pipe to end with; standard input is empty from here on."""
    pipe = os.dup(0)
    line = b""
    while not line.endswith(b"\n"):
        piece = os.read(pipe, 1 << 16)
        if not piece or len(line) > MOST:
            raise LineError("This is a part of sendbook serve, which starts it by itself.")
        line += piece
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    message = decoded(line)
    if not isinstance(message, kind):
        raise LineError("This process was told to be another one.")
    return message, pipe


def end_with(pipe: int, last: Callable[[], None] = lambda: None) -> None:
    """Ends this process at once when the pipe does; ``last`` is done before that."""

    def wait() -> None:
        while os.read(pipe, 1):
            pass
        try:
            last()
        finally:
            os._exit(0)

    threading.Thread(target=wait, name="end", daemon=True).start()
