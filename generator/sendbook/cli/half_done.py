"""Says what is done and what isn't when a command that changes access fails half way.

A person who has just lost a phone, or has just shut somebody out, must not read "disk full" and guess.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from sendbook.cli.telling import in_one_sentence
from sendbook.errors import SendbookError

Value = TypeVar("Value")
#: What the machine or sendbook may refuse; anything else is a fault of ours, and told as one.
_REFUSALS = (OSError, sqlite3.Error, SendbookError)


class Steps:
    """Steps that each matter by themselves: a later one is taken although an earlier one failed."""

    def __init__(self) -> None:
        self._done: list[str] = []
        self._failed: list[str] = []

    def take(self, step: Callable[[], Value], *, done: str = "", failed: str) -> Value | None:
        """The step's answer; None if it failed, in which case `failed` and the reason are told at the end."""
        try:
            value = step()
        except _REFUSALS as error:
            self._failed.append(f"{failed} {_reason(error)}")
            return None
        if done:
            self._done.append(done)
        return value

    def finish(self, remedy: str) -> None:
        """Raise one error with what failed, then what is done, then what to do; nothing if all is done."""
        if self._failed:
            raise SendbookError(" ".join([*self._failed, *self._done, remedy]))


@contextmanager
def or_say(failed: str) -> Iterator[None]:
    """Put what did not happen in front of the machine's reason."""
    try:
        yield
    except (OSError, sqlite3.Error) as error:
        raise SendbookError(f"{failed} {_reason(error)}") from error


def _reason(error: OSError | sqlite3.Error | SendbookError) -> str:
    return str(error) if isinstance(error, SendbookError) else in_one_sentence(error)
