"""Starts the processes of `serve`, starts again whichever dies while the others go on, and ends them all together.

It opens no record and no database. Sockets are opened here and handed on, so one that is started again takes over from
the one before it, and who called meanwhile is answered.
"""

from __future__ import annotations

import os
import selectors
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType, TracebackType
from typing import Any, Protocol, Self

from sendbook.line.codec import encoded
from sendbook.line.messages import Message

#: What a process ends with that asks to be started again at once: what it was allowed to read is another now.
AGAIN = 75
_FIRST_PAUSE, _LONGEST_PAUSE, _SLOWER = 0.1, 60.0, 4
#: Who has lived so long is well again: the next pause is the first one.
_WELL_AFTER = 60.0
#: So long the gate has to finish the answers it has begun.
_TO_END = 8.0
_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGCHLD)


class _HasNumber(Protocol):
    def fileno(self) -> int: ...


@dataclass(kw_only=True)
class Child:
    """One process: what it is called, the module it runs, what it is told, and which sockets it is handed.

    ``begin`` is asked at each start, and told whether the process has run before.
    """

    name: str
    module: str
    begin: Callable[[bool], Message]
    sockets: tuple[socket.socket, ...]
    process: subprocess.Popen[bytes] | None = None
    pipe: int = -1
    started: float = 0.0
    due: float = 0.0
    deaths: int = field(default=0)

    def start(self, now: float) -> None:
        """Starts it in a group of its own: Ctrl-C reaches the supervisor alone, and what it starts ends with it."""
        reading, writing = os.pipe()
        try:
            self.process = subprocess.Popen(
                [sys.executable, "-P", "-m", self.module],
                stdin=reading,
                pass_fds=[one.fileno() for one in self.sockets],
                process_group=0,
            )
        except BaseException:
            os.close(writing)
            raise
        finally:
            os.close(reading)
        with suppress(BrokenPipeError):  # it has died already, and is seen to at the next look
            os.write(writing, encoded(self.begin(self.started > 0)))
        self.pipe, self.started = writing, now

    def has_died(self) -> bool:
        """Whether it was started and has ended."""
        return self.process is not None and self.process.poll() is not None

    def bury(self, now: float) -> float:
        """Ends what it left behind; answers how long to wait before it is started again."""
        code = self.process.returncode if self.process is not None else 0
        self.kill(signal.SIGKILL)
        os.close(self.pipe)
        self.process = None
        lived = now - self.started
        if code == AGAIN and lived > _FIRST_PAUSE:
            pause = 0.0
        else:
            self.deaths = 0 if lived > _WELL_AFTER else self.deaths
            pause = self.next_pause()
        self.due = now + pause
        return pause

    def next_pause(self) -> float:
        """How long to wait after one failure more."""
        pause = float(min(_LONGEST_PAUSE, _FIRST_PAUSE * _SLOWER**self.deaths))
        self.deaths += 1
        return pause

    def kill(self, how: signal.Signals) -> None:
        """Sends a signal to it and to all that it started."""
        if self.process is not None:
            with suppress(ProcessLookupError, PermissionError):
                os.killpg(self.process.pid, how)


class Supervisor:
    """The processes that are under way. Use as a context manager: at its end all have ended.

    ``tell`` is handed one plain line about each that died.
    """

    def __init__(self, tell: Callable[[str], None]) -> None:
        self._tell = tell
        self._children: list[Child] = []
        self._stopped = False
        self._before: dict[int, Any] = {}

    def __enter__(self) -> Self:
        self._wake, waking = os.pipe()
        for end in (self._wake, waking):
            os.set_blocking(end, False)
        self._waking = waking
        self._wakeup_before = signal.set_wakeup_fd(waking, warn_on_full_buffer=False)
        self._before = {number: signal.signal(number, self._signalled) for number in _SIGNALS}
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end_all()
        for number, handler in self._before.items():
            signal.signal(number, handler)
        signal.set_wakeup_fd(self._wakeup_before)
        os.close(self._wake)
        os.close(self._waking)

    def start(self, child: Child) -> None:
        """Starts a process, and sees to it from now on."""
        self._children.append(child)
        child.start(time.monotonic())

    def run(self) -> None:
        """Sees to the processes until it is stopped by hand or by the system, which raises `KeyboardInterrupt`."""
        while True:
            self.wait()

    def wait(self, *others: _HasNumber) -> bool:
        """Waits until something happens, and starts again who has died; answers whether something came from others.

        Raises `KeyboardInterrupt` once sendbook is to stop.
        """
        self._look()
        with selectors.DefaultSelector() as selector:
            selector.register(self._wake, selectors.EVENT_READ)
            for other in others:
                selector.register(other, selectors.EVENT_READ)
            ready = {key.fd for key, _ in selector.select(self._patience())}
        with suppress(BlockingIOError):
            os.read(self._wake, 1 << 10)
        if self._stopped:
            raise KeyboardInterrupt
        self._look()
        return any(other.fileno() in ready for other in others)

    def wait_a_little(self) -> None:
        """Waits until something happens, but not long: for somebody who is to be asked again."""
        time.sleep(_FIRST_PAUSE)
        if self._stopped:
            raise KeyboardInterrupt
        self._look()

    def _look(self) -> None:
        now = time.monotonic()
        for child in self._children:
            if child.has_died():
                code = child.process.returncode if child.process is not None else 0
                pause = child.bury(now)
                if code != AGAIN:
                    self._tell(_said(child.name, pause))
            if child.process is None and child.due <= now:
                self._start_again(child, now)

    def _start_again(self, child: Child, now: float) -> None:
        """Starts one that died; a machine that has no room for it just now is asked again later."""
        try:
            child.start(now)
        except OSError as error:
            pause = child.next_pause()
            child.due = now + pause
            self._tell(
                f"The {child.name} can't be started ({error.strerror or error}); it is tried again {_when(pause)}."
            )

    def _patience(self) -> float | None:
        """How long until somebody is to be started again."""
        due = [child.due for child in self._children if child.process is None]
        return max(0.0, min(due) - time.monotonic()) if due else None

    def _signalled(self, number: int, _frame: FrameType | None) -> None:
        self._stopped = self._stopped or number != signal.SIGCHLD

    def _end_all(self) -> None:
        """Asks all to end, the last one first, and waits; then ends them."""
        until = time.monotonic() + _TO_END
        for child in reversed(self._children):
            child.kill(signal.SIGTERM)
        for child in self._children:
            if child.process is not None:
                with suppress(subprocess.TimeoutExpired):
                    child.process.wait(max(0.0, until - time.monotonic()))
        for child in self._children:
            child.kill(signal.SIGKILL)
            if child.process is not None:
                child.process.wait()
                os.close(child.pipe)
                child.process = None


def _said(name: str, pause: float) -> str:
    return f"The {name} has stopped by itself; it is started again {_when(pause)}. The rest goes on."


def _when(pause: float) -> str:
    seconds = round(pause)
    return "now" if not seconds else "in 1 second" if seconds == 1 else f"in {seconds} seconds"
