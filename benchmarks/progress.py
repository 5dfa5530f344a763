"""Says how far the measuring is: which row of how many, for how long, and that it is still at it."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

_SIGN_OF_LIFE = 30.0


class Progress:
    """Lines on the screen of errors, so that the table can be sent to a file."""

    def __init__(self, total: int) -> None:
        self._total = total
        self._begun = time.monotonic()
        self.done = 0

    def elapsed(self) -> float:
        """Seconds since the first row began."""
        return time.monotonic() - self._begun

    @contextmanager
    def row(self, name: str, what: str) -> Iterator[None]:
        """Tells when a row begins and ends, and every half minute that it goes on."""
        here = f"[{self.done + 1}/{self._total}] {name}"
        self._say(f"{here}: {what} ...")
        ended = threading.Event()
        threading.Thread(target=self._live, args=(here, ended), daemon=True).start()
        begun = time.monotonic()
        try:
            yield
        finally:
            ended.set()
        self.done += 1
        self._say(f"{here}: {minutes(time.monotonic() - begun)}")

    def _live(self, here: str, ended: threading.Event) -> None:
        while not ended.wait(_SIGN_OF_LIFE):
            self._say(f"{here}: still measuring")

    def _say(self, line: str) -> None:
        print(f"{line}  ({minutes(self.elapsed())} in all)", file=sys.stderr, flush=True)


def minutes(seconds: float) -> str:
    """``2 min 05 s``, ``48 s``."""
    whole = round(seconds)
    return f"{whole // 60} min {whole % 60:02} s" if whole >= 60 else f"{whole} s"
