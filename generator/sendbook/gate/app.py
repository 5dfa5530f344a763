"""The gate: an ASGI app that says who is asking, looks up what they asked for, and writes down that they got it.

Every path but its own few is one question to the bundle. Starlette's request is used where a form is read; the
look-up, which is nearly all there is, goes straight from the ASGI scope to the answer.
"""

import logging
import sqlite3
from typing import Any

from starlette.types import Receive, Scope, Send

from sendbook.bundle import (
    HANDBOOK,
    OWN,
    PUBLIC,
    Found,
    LiveReader,
    Press,
    look_up,
    stands_for,
    ways_in_to,
)
from sendbook.bundle.look_up import page
from sendbook.errors import DocumentError, ServeError, trace_of
from sendbook.gate import headers
from sendbook.gate.audit import Event
from sendbook.gate.clock import Clock, SystemClock
from sendbook.gate.forms import Forms
from sendbook.gate.hosts import host_name
from sendbook.gate.lost_slash import address_meant
from sendbook.gate.passwords import Passwords
from sendbook.gate.printing import Printing, disposition
from sendbook.gate.replies import Replies
from sendbook.gate.request import Reply, Visit, read, redirect, send_reply
from sendbook.gate.searching import FOUND, Searching
from sendbook.gate.sessions import Session
from sendbook.gate.settings import Settings
from sendbook.gate.state import State
from sendbook.gate.tokens import INVITED

#: Where everybody begins.
HOME = "/"

_LOG = logging.getLogger("sendbook.gate")


class Gate(State):
    """The app. Make it with `create_app`; it holds open files, so `close` it."""

    def __init__(self, settings: Settings, clock: Clock, passwords: Passwords, press: Press | None = None) -> None:
        super().__init__(settings, clock, passwords)
        self.printing = Printing(press)
        self._replies = Replies(self)
        self.searching = Searching(self, self._replies)
        self._forms = Forms(self, self._replies, ended=self.searching.forget)
        self._own = {**self._forms.routes(), **self.searching.routes()}
        self._own_pages = {path for method, path in self._own if method == "GET" and path}
        self._closed = False

    def close(self) -> None:
        """Close the files; again does no harm."""
        if self._closed:
            return
        self._closed = True
        self._forms.close()
        self.searching.close()
        self.printing.close()
        super().close()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._lifespan(receive, send)
            return
        if scope["type"] != "http":
            return
        head = scope["method"] == "HEAD"
        try:
            reply = await self.answer(read(scope, receive))
            common = reply.common or self.shells.headers()
        except Exception as fault:
            # Neither the path nor anything of a record may stand in the log.
            _LOG.error("a request could not be answered\n%s", trace_of(fault))
            reply, common = self._fault()
        await send_reply(send, reply, common, head=head)

    def _fault(self, status: int = 500) -> tuple[Reply, headers.Headers]:
        """The page for a fault of ours, looking like the others where the bundle can still be read for that."""
        try:
            shell, common = self.shells.public(), self.shells.headers()
        except (sqlite3.Error, ServeError):
            shell, common = None, headers.common(None, https=self.settings.https)
        body = self.pages.whole(shell, self.pages.server_error, name="", csrf="", deflated=False)
        return Reply(status, body, [headers.HTML, headers.NO_STORE, headers.NOT_INDEXED]), common

    async def answer(self, visit: Visit) -> Reply:
        """The answer to a request."""
        if visit.hosts != 1 or host_name(visit.host) not in self.settings.hosts:
            return Reply(421, b"This address is not ours.\n", [headers.PLAIN, headers.NO_STORE])
        if not self.hold_snapshot():
            away, common = self._fault(503)
            away.common = common
            return away
        method = "GET" if visit.method == "HEAD" else visit.method
        own = self._own.get((method, visit.path))
        if own is not None:
            if method == "POST" and visit.is_of_another_site:
                return redirect(HOME)
            return await own(visit)
        if method != "GET":
            return Reply(405, b"Only GET and HEAD.\n", [headers.PLAIN, headers.NO_STORE, (b"allow", b"GET, HEAD")])
        if visit.path is not None and visit.path.startswith(INVITED):
            return await self._forms.invited(visit)
        if visit.path is not None and visit.path.startswith(FOUND):
            return await self.searching.show_found(visit)
        return await self._look_up(visit)

    async def _look_up(self, visit: Visit) -> Reply:
        session = self.session(visit)
        reader = session.reader if session else PUBLIC
        connection = self.bundle.connection
        found = look_up(connection, reader, visit.path, self.clock.today()) if visit.path else None
        if session is not None and found is not None and found.is_of_another_address(stands_for(session.email)):
            self.sessions.end(session)
            return self._replies.to_sign_in(visit)
        if found is None:
            meant = address_meant(visit.path, self._own_pages) if visit.path else None
            if meant is not None:
                return redirect(meant)
            live = self.reader(session)
            if session is None or live is None:
                return self._replies.to_sign_in(visit)
            if visit.path == HOME:
                return await self._meanwhile(visit, session, live)
            return self._replies.inside(visit, 404, self.pages.not_found, session, live)
        if found.subject is None:
            return self._file(visit, found)
        # Reading the handbook is nobody's business. The library's is: its pages name the members of groups.
        if session is not None and found.subject != HANDBOOK:
            event = Event(
                at=self.clock.wall(), kind="page", reader=reader, subject=found.subject, path=visit.path or ""
            )
            await self.auditor.write(event)
        if found.is_printed:
            return await self._document(visit, found, session)
        return self._page(visit, found, session) if found.is_page else self._file(visit, found)

    def _page(self, visit: Visit, found: Found, session: Session | None) -> Reply:
        csrf = self.csrf(session.key) if session else ""
        shell = self.pages.personal(self.shells.get(found.edition, found.shell), found.reader_name, csrf)
        reply = Reply(200, page(shell, found.pieces(), deflated=visit.deflated), [headers.HTML, headers.NO_STORE])
        reply.common = self.shells.headers_of_pages()
        if session is not None:
            reply.headers.append(headers.NOT_INDEXED)
        if visit.deflated:
            reply.headers.append(headers.DEFLATE)
        return reply

    def _file(self, visit: Visit, found: Found) -> Reply:
        deflated = visit.deflated and found.form == "text"
        reply = Reply(200, b"", [(b"content-type", found.media_type.encode())])
        if deflated:
            reply.headers.append(headers.DEFLATE)
        if found.subject is None and found.hashed:
            reply.headers += [headers.FOR_EVER, headers.BY_ENCODING]
        else:
            reply.headers.append(headers.NO_STORE)
        reply.headers.append(headers.NOT_INDEXED)
        reply.body = found.file(deflated=deflated)
        return reply

    async def _document(self, visit: Visit, found: Found, session: Session | None) -> Reply:
        try:
            body = await self.printing.document(found, self.shells.version())
        except DocumentError as error:
            _LOG.warning("a document could not be made: %s", error)
            return self._no_document(visit, session)
        reply = Reply(200, body, [(b"content-type", found.media_type.encode()), headers.NO_STORE, headers.NOT_INDEXED])
        reply.headers.append((b"content-disposition", disposition(visit.path or "")))
        return reply

    def _no_document(self, visit: Visit, session: Session | None) -> Reply:
        """The page for a document that can't be made just now."""
        later, live = self.pages.render("document_later"), self.reader(session)
        if session is None or live is None:
            return self._replies.outside(visit, 503, later)
        return self._replies.inside(visit, 503, later, session, live)

    async def _meanwhile(self, visit: Visit, session: Session, reader: LiveReader) -> Reply:
        """The first page of a reader whose own one is kept back, because it named what they may not see any more.

        It names the students of their scope as it is now, so it is written down as a home page is.
        """
        await self.auditor.write(Event(at=self.clock.wall(), kind="page", reader=reader.id, subject=OWN, path=HOME))
        pages = ways_in_to(self.bundle.connection, reader.id, self.clock.today())
        return self._replies.inside(visit, 200, self.pages.render("meanwhile", pages=pages), session, reader)

    async def _lifespan(self, receive: Receive, send: Send) -> None:
        while True:
            message: Any = await receive()
            if message["type"] == "lifespan.startup":
                await send({"type": "lifespan.startup.complete"})
            elif message["type"] == "lifespan.shutdown":
                self.close()
                await send({"type": "lifespan.shutdown.complete"})
                return


def create_app(
    settings: Settings,
    *,
    clock: Clock | None = None,
    passwords: Passwords | None = None,
    press: Press | None = None,
) -> Gate:
    """The gate for these settings; a clock, the cost of passwords and what makes documents may be handed in."""
    return Gate(settings, clock or SystemClock(), passwords or Passwords(), press)
