"""Writes audit rows for all requests that arrived together, and lets them go on when their rows are committed.

A commit costs as much as writing several rows, so it waits as long as each turn of the event loop brings more of them
(one turn, if nobody else is asking).
Nothing is answered before its row is committed, and if a row can't be written nothing is answered. Committed means
that it survives whatever happens to the gate. Waiting for the disk at each page would cost more than the page
(measured: 179 instead of 121 µs of CPU a request at 16 connections), so a thread does that once a second; a power
cut can take the last second with it, and nothing before.
"""

import asyncio
import logging
from concurrent.futures import Future, ThreadPoolExecutor

from sendbook.gate.audit import AuditLog, Event

FLUSHED_EVERY = 1.0
#: However many come, nobody waits for more than these.
MOST_AT_ONCE = 64
_LOG = logging.getLogger("sendbook.gate")
_Waiting = list[tuple[Event, "asyncio.Future[None]"]]


class Auditor:
    """Hands events to the log in the order they came."""

    def __init__(self, log: AuditLog) -> None:
        self._log = log
        self._thread = ThreadPoolExecutor(1, "audit")
        self._waiting: _Waiting = []
        self._flush_due = False

    async def write(self, event: Event) -> None:
        """Return when the event is committed; raise what the log raised."""
        loop = asyncio.get_running_loop()
        if not self._waiting:
            loop.call_soon(self._gather, 0)
        done = loop.create_future()
        self._waiting.append((event, done))
        await done

    def close(self) -> None:
        """Wait for the disk, and close the log."""
        self._thread.shutdown(wait=True)
        self._log.close()

    def _gather(self, waiting: int) -> None:
        """Commit once a turn has brought nobody besides those who were waiting before it."""
        if waiting < len(self._waiting) < MOST_AT_ONCE:
            asyncio.get_running_loop().call_soon(self._gather, len(self._waiting))
        else:
            self._commit()

    def _commit(self) -> None:
        batch, self._waiting = self._waiting, []
        try:
            self._log.append([event for event, _ in batch])
        except Exception as error:
            _tell(batch, error)
            return
        _tell(batch, None)
        if not self._flush_due:
            self._flush_due = True
            asyncio.get_running_loop().call_later(FLUSHED_EVERY, self._flush)

    def _flush(self) -> None:
        self._flush_due = False
        try:
            self._thread.submit(self._log.flush).add_done_callback(_tell_failure)
        except RuntimeError:  # closed meanwhile, which flushed as well
            return


def _tell(batch: _Waiting, error: Exception | None) -> None:
    """Let the requests of a batch go on; one whose browser has gone away is not waiting any more."""
    for _, done in batch:
        if done.done():
            continue
        if error is None:
            done.set_result(None)
        else:
            done.set_exception(error)


def _tell_failure(flushed: Future[None]) -> None:
    error = flushed.exception()
    if error is not None:
        _LOG.error("the audit log could not be put on the disk: %s", error)
