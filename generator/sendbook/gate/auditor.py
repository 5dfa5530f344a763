"""Writes audit rows for many requests at once, and lets each go on when its own row is on the disk.

A commit waits for the disk; rows that arrive meanwhile share the next one, so the log costs a wait and hardly any
throughput. Nothing is answered before its row is committed, and if a row can't be written nothing is answered.
Only the wait itself is left to a thread: inserting there would make two threads take the interpreter from each
other at every row.
"""

import asyncio
from concurrent.futures import ThreadPoolExecutor

from sendbook.gate.audit import AuditLog, Event

_Waiting = list[tuple[Event, "asyncio.Future[None]"]]


class Auditor:
    """Hands events to the log in the order they came."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._thread = ThreadPoolExecutor(1, "audit")
        self._waiting: _Waiting = []
        self._running: asyncio.Task[None] | None = None

    async def write(self, event: Event) -> None:
        """Return when the event is committed; raise what the log raised."""
        loop = asyncio.get_running_loop()
        done = loop.create_future()
        self._waiting.append((event, done))
        if self._running is None:
            self._running = loop.create_task(self._commit_all())
        await done

    def close(self) -> None:
        """Wait for what is being written, and close the log."""
        self._thread.shutdown(wait=True)
        self._log.close()

    async def _commit_all(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            while self._waiting:
                batch, self._waiting = self._waiting, []
                try:
                    self._log.stage(event for event, _ in batch)
                    await loop.run_in_executor(self._thread, self._log.commit)
                except Exception as error:
                    _tell(batch, error)
                else:
                    _tell(batch, None)
        finally:
            self._running = None


def _tell(batch: _Waiting, error: Exception | None) -> None:
    """Let the requests of a batch go on; one whose browser has gone away is not waiting any more."""
    for _, done in batch:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)
