"""uvicorn's HTTP protocol with limits: what comes over a connection is measured before it is parsed or kept.

uvicorn parses whatever comes for as long as it comes. Here a head is held until it is complete, refused as soon as it
is too long or too late, and given to the parser once it is found sound; a body is taken to its announced length. What
is sent ahead of an answer is never looked at, and the connection ends with that answer: browsers and proxies don't do
so, and a second request that hides behind a first one gets nowhere. It is built on uvicorn's inner workings, so
pyproject.toml names the one minor version of uvicorn and of httptools it fits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from enum import Enum, auto
from typing import Any

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import STATUS_LINE, HttpToolsProtocol
from uvicorn.server import ServerState

from sendbook.gate import heads
from sendbook.gate.connections import Connections, caller_of
from sendbook.gate.headers import NO_STORE, PLAIN, Headers
from sendbook.gate.heads import Fault
from sendbook.gate.limits import Limits

#: How long, and how much, is still taken in after a refusal, so that the caller gets to read it.
_LINGER_SECONDS = 2.0
_LINGER_BYTES = 256 * 1024


class _Stage(Enum):
    HEAD = auto()  # waiting for a request's head, or in the middle of it
    BODY = auto()  # the head was sound, the body isn't here yet
    ANSWER = auto()  # the request is complete
    END = auto()  # nothing more is looked at


_HEAD, _BODY, _ANSWER, _END = _Stage


class Wire(HttpToolsProtocol):
    """One connection. `protocol` hands each its limits and the register they share."""

    def __init__(
        self,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
        *,
        limits: Limits,
        connections: Connections,
        headers: Headers,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._limits = limits
        self._register = connections
        self._refusal_headers = [PLAIN, NO_STORE, *headers]
        self._stage = _HEAD
        self._held = bytearray()
        self._searched = 0
        self._body_left = 0
        self._fault: Fault | None = None
        self._app_knows = False
        self._sent_ahead = False
        self._dropped = 0
        self._timer: asyncio.TimerHandle | None = None
        self._timer_at = self._due = 0.0
        self._then: Callable[[], None] | None = None
        self._idle = False
        self.caller = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override] # as uvicorn has it
        """Count the connection; turn it away if there is no room."""
        super().connection_made(transport)
        self.caller = caller_of(self.client[0] if self.client else "")
        if self._register.admit(self):
            self._time(self._limits.head_seconds, self._head_is_late)
        else:
            self._register.turned_away(self.loop.time())
            self._stage = _END
            self._write(heads.BUSY)
            transport.close()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection."""
        if self._timer is not None:
            self._timer.cancel()
        self._then = None
        self._stage = _END
        self._held.clear()
        self._register.leave(self)
        super().connection_lost(exc)

    def give_way(self) -> None:
        """Close at once: somebody else needs the room."""
        self._register.turned_away(self.loop.time())
        self._stage = _END
        self.transport.abort()

    def data_received(self, data: bytes) -> None:
        """Take in what came, as far as it is this request's turn."""
        if self._stage is _HEAD and not self._held:
            # Nearly always a request comes whole and alone.
            if data.find(heads.END) + len(heads.END) == len(data) <= self._limits.head:
                self._begin(data, b"")
            else:
                self._take_head(data)
        elif self._stage is _HEAD:
            self._take_head(data)
        elif self._stage is _BODY:
            self._take_body(data)
        else:
            self._drop(data)

    def _drop(self, data: bytes) -> None:
        """What comes ahead of its turn, or after the end. It is read, or the answer would be cut off."""
        self._sent_ahead = True
        self._dropped += len(data)
        if self._dropped > _LINGER_BYTES:
            if self._stage is _END:
                self.transport.abort()
            else:
                self.flow.pause_reading()

    def _take_head(self, data: bytes) -> None:
        held = self._held
        held += data
        end = held.find(heads.END, self._searched)
        if end < 0 or end + len(heads.END) > self._limits.head:
            fault = heads.unfinished_fault(held, self._limits)
            if fault is not None:
                self._refuse(fault)
                return
            self._searched = max(0, len(held) - 3)
            if self._idle:
                self._time(self._limits.head_seconds, self._head_is_late)
            return
        head, rest = bytes(held[: end + 4]), bytes(held[end + 4 :])
        held.clear()
        self._searched = 0
        self._begin(head, rest)

    def _begin(self, head: bytes, rest: bytes) -> None:
        """A head is complete: have it parsed and answered, or refuse it."""
        fault = heads.fault_of(head, self._limits)
        if fault is None:
            self._stage = _BODY
            fault = self._parse(head)
        if fault is not None:
            self._refuse(fault)
        elif self._body_left:
            self._time(self._limits.body_seconds, self._body_is_late)
            if rest:
                self._take_body(rest)
        else:
            self._answer(rest)

    def _take_body(self, data: bytes) -> None:
        own, rest = data[: self._body_left], data[self._body_left :]
        self._body_left -= len(own)
        fault = self._parse(own)
        if fault is not None:
            self._refuse(fault)
        elif not self._body_left:
            self._answer(rest)

    def _answer(self, rest: bytes) -> None:
        """The request is complete: nobody else's need for room may end it now."""
        self._stage = _ANSWER
        self._then = None
        self._register.works(self)
        if rest:
            self._drop(rest)

    def _parse(self, data: bytes) -> Fault | None:
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade:
            if self._app_knows:
                self.cycle.keep_alive = False  # we speak nothing else; the answer is an ordinary one, and the last
        except httptools.HttpParserError:
            return self._fault or heads.MALFORMED
        return self._fault

    def on_headers_complete(self) -> None:
        """Begin to answer, unless the headers say two things about the body or what we can't take."""
        length = heads.body_length(self.parser.get_method(), self.headers, self._limits)
        if isinstance(length, Fault):
            self._fault = length
        else:
            self._body_left = length
            super().on_headers_complete()
            self._app_knows = True

    def on_message_complete(self) -> None:
        """Tell the app that the body is whole, if it was told of the request at all."""
        if self._fault is None:
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Wait for the answer to be fetched, then for the next request."""
        self.server_state.total_requests += 1
        over = self._stage is _BODY or self._sent_ahead
        self._app_knows = False
        self._register.waits(self)
        if self.transport.is_closing():
            self._stage = _END
            self._watch_fetching()
            return
        if over:
            self._stage = _END
            self._linger()
            return
        self._stage = _HEAD
        self._time(self._limits.idle_seconds, self._idle_is_over)
        self._idle = True
        if self.flow.write_paused:
            self.flow.pause_reading()  # the next request is heard when this answer has been fetched
        else:
            self.flow.resume_reading()

    def resume_writing(self) -> None:
        """The answer has been fetched: the next request may come."""
        super().resume_writing()
        if self._stage is _HEAD:
            self.flow.resume_reading()

    def timeout_keep_alive_handler(self) -> None:
        """uvicorn's own timer is never set."""

    def _head_is_late(self) -> None:
        if self._held:
            self._refuse(heads.LATE)
        else:
            self.transport.close()  # a browser's connection in reserve: nothing was asked, so nothing is said

    def _body_is_late(self) -> None:
        self._refuse(heads.LATE)

    def _idle_is_over(self) -> None:
        if self.transport.get_write_buffer_size():
            self._watch_fetching()
        else:
            self.transport.close()

    def _watch_fetching(self) -> None:
        """Close a connection whose browser has stopped fetching the answer, or takes far too long over it."""
        began = self.loop.time()

        def look(before: int) -> None:
            waiting = self.transport.get_write_buffer_size()
            if waiting and waiting < before and self.loop.time() - began < self._limits.answer_seconds:
                self._time(self._limits.stalled_seconds, lambda: look(waiting))
            elif waiting:
                self._register.turned_away(self.loop.time())
                self.transport.abort()
            else:
                self.transport.close()

        waiting = self.transport.get_write_buffer_size()
        self._time(self._limits.stalled_seconds, lambda: look(waiting))

    def _refuse(self, fault: Fault) -> None:
        """Answer with a sentence and close. A request that the app was told of is taken back."""
        self._register.turned_away(self.loop.time())
        self._stage = _END
        self._held.clear()
        if self._app_knows:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if not (self._app_knows and self.cycle.response_started):
            self._write(fault)
        self._linger()

    def _write(self, fault: Fault) -> None:
        words = fault.words.encode() + b"\n"
        lines = [*self._refusal_headers, (b"content-length", b"%d" % len(words)), (b"connection", b"close")]
        text = b"".join(b"%b: %b\r\n" % line for line in lines)
        self.transport.write(STATUS_LINE[fault.status] + text + b"\r\n" + words)

    def _linger(self) -> None:
        """Close so that the caller gets to read the answer: a connection with bytes unread would be cut off."""
        self.flow.resume_reading()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        self._time(_LINGER_SECONDS, self.transport.abort)

    def _time(self, seconds: float, then: Callable[[], None]) -> None:
        """Set the connection's clock anew. `_then = None` stops it.

        Requests come far more often than anything runs late, so a timer that goes off too early is set again only then.
        """
        self._idle = False
        self._then = then
        self._due = self.loop.time() + seconds
        if self._timer is not None and self._timer_at > self._due:
            self._timer.cancel()
            self._timer = None
        if self._timer is None:
            self._timer_at = self._due
            self._timer = self.loop.call_later(seconds, self._it_is_time)

    def _it_is_time(self) -> None:
        self._timer = None
        then, left = self._then, self._due - self.loop.time()
        if then is None:
            return
        if left > 0:
            self._timer_at = self._due
            self._timer = self.loop.call_later(left, self._it_is_time)
        else:
            self._then = None
            then()
