"""The gate's own pages as replies: for somebody signed in, for somebody who isn't, and the way to the sign-in form."""

from dataclasses import replace

from sendbook.bundle import LiveReader
from sendbook.gate import headers
from sendbook.gate.pages import Rendered
from sendbook.gate.request import Reply, Visit, redirect
from sendbook.gate.sessions import Session
from sendbook.gate.state import State
from sendbook.gate.tokens import Before


class Replies:
    """Makes the replies that signing in and searching have in common."""

    def __init__(self, state: State) -> None:
        self._state = state

    def to_sign_in(self, visit: Visit) -> Reply:
        """The one answer to everybody who isn't signed in, whatever they asked for.

        Where they wanted to go is kept in a signed cookie, not in the address, and only for a page a person opened.
        """
        reply = redirect("/sign-in")
        if visit.navigates and visit.path is not None:
            cookies, before = self._state.cookies, self._before_for(visit, visit.path)
            reply.headers.append(cookies.set(cookies.before, self._state.tokens.write_before(before)))
        return reply

    def _before_for(self, visit: Visit, wanted: str) -> Before:
        """What the browser is to hold, with where it wanted to go. A form that is open in another tab stays good."""
        fresh = self._state.tokens.new_before(self._state.clock.now(), wanted)
        held = self.before(visit)
        return fresh if held is None else replace(fresh, nonce=held.nonce)

    def before(self, visit: Visit) -> Before | None:
        """What the browser holds until it signs in; None if that is too old, or not ours."""
        text = visit.cookie(self._state.cookies.before)
        return self._state.tokens.read_before(text, self._state.clock.now(), self._state.settings.sign_in_page_lasts)

    def try_again(self, visit: Visit, session: Session) -> Reply:
        """What a form gets that is too old, or was not ours."""
        reader = self._state.reader(session)
        if reader is None:
            return self.to_sign_in(visit)
        return self.inside(visit, 403, self._state.pages.render("try_again"), session, reader)

    def inside(self, visit: Visit, status: int, rendered: Rendered, session: Session, reader: LiveReader) -> Reply:
        """One of our pages for somebody signed in, in their own shell."""
        state = self._state
        csrf = state.csrf(session.key)
        shell = state.shells.get(reader.edition, reader.shell)
        body = state.pages.whole(
            shell, rendered, name=reader.name, csrf=csrf, deflated=visit.deflated, drawer=reader.drawer
        )
        return self._html(visit, status, body)

    def outside(self, visit: Visit, status: int, rendered: Rendered) -> Reply:
        """One of our pages for somebody who isn't, in the public shell."""
        state = self._state
        body = state.pages.whole(state.shells.public(), rendered, name="", csrf="", deflated=visit.deflated)
        return self._html(visit, status, body)

    def _html(self, visit: Visit, status: int, body: bytes) -> Reply:
        """A whole page, which nobody may store."""
        reply = Reply(status, body, [headers.HTML, headers.NO_STORE, headers.NOT_INDEXED])
        if visit.deflated:
            reply.headers.append(headers.DEFLATE)
        return reply
