"""The gate's own few pages: signing in and out, and a sign of life. Searching is in `searching`."""

import asyncio
import logging
import math
import sqlite3
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from urllib.parse import quote

from sendbook.access.people import folded
from sendbook.bundle import live_reader, stands_for
from sendbook.gate import headers
from sendbook.gate.accounts import Account
from sendbook.gate.audit import Event
from sendbook.gate.replies import Replies
from sendbook.gate.request import Handler, Reply, Visit, read_form, redirect
from sendbook.gate.sessions import Session
from sendbook.gate.state import State
from sendbook.gate.tokens import INVITED, Before, same
from sendbook.gate.tries import try_of

_LOG = logging.getLogger("sendbook.gate")

_LONGEST_ADDRESS = 200
_WRONG = "The e-mail address or the password is not right."
_TOO_OLD = "This page was open for too long. Please sign in again."


class Forms:
    """Handlers by exact method and path."""

    def __init__(self, state: State, replies: Replies, ended: Callable[[Session], None]) -> None:
        """``ended`` is told of each session that somebody ends."""
        self._state = state
        self._replies = replies
        self._ended = ended
        # Two at a time: each check takes 64 MiB and a core for a moment, and pages must go on being served.
        self._checking = ThreadPoolExecutor(2, "passwords")

    def routes(self) -> dict[tuple[str, str | None], Handler]:
        """Every path that is the gate's and not the bundle's."""
        return {
            ("GET", "/sign-in"): self.show_sign_in,
            ("POST", "/sign-in"): self.sign_in,
            ("POST", "/sign-out"): self.sign_out,
            ("GET", "/signed-out"): self.show_signed_out,
            ("GET", "/healthz"): self.healthz,
        }

    def close(self) -> None:
        """Stop the threads."""
        self._checking.shutdown(wait=True)

    async def show_sign_in(self, visit: Visit) -> Reply:
        """The sign-in form."""
        return self._sign_in_page(visit, 200, before=self._replies.before(visit))

    async def sign_in(self, visit: Visit) -> Reply:
        """Check e-mail and password; every refusal looks and costs the same."""
        state, now = self._state, self._state.clock.now()
        source = state.sources.of(visit.peer, visit.scope["headers"], now)
        form = await read_form(visit)
        before = self._replies.before(visit)
        if form is None or before is None or not same(form.get("csrf_token", ""), state.tokens.csrf_before(before)):
            return self._sign_in_page(visit, 403, error=_TOO_OLD, before=before)
        email, password = folded(form.get("email", ""))[:_LONGEST_ADDRESS], form.get("password", "")
        proofs = visit.cookie(state.cookies.known)
        proof = state.tokens.proof_of(proofs, email, now, state.settings.browser_is_known_for)
        attempt = try_of(state.throttle, state.tokens, email, source, proof, now)
        wait = state.throttle.wait(attempt.asked, now)
        if wait > 0:
            return self._too_many_tries(visit, wait)
        attempt.count(state.throttle, now)
        account = state.accounts.find(email)
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._checking, state.accounts.is_right, account, password)
        admitted = state.accounts.admit(account, password, right)
        reader = live_reader(state.bundle.connection, admitted.reader, state.clock.today()) if admitted else None
        if admitted is None or reader is None or reader.address != stands_for(admitted.email):
            who = account.reader if account else ""
            await state.auditor.write(Event(at=state.clock.wall(), kind="refused", reader=who, detail=source.address))
            return self._sign_in_page(visit, 403, error=_WRONG, email=email, before=before)
        attempt.forgive(state.throttle)
        return await self._begin(visit, admitted, before, source.address)

    async def sign_out(self, visit: Visit) -> Reply:
        """End the session, and have the browser forget what it kept."""
        state = self._state
        session = state.session(visit)
        if session is None:  # or another site's page sent this, and the browser held the cookie back
            return self._go("/signed-out")
        form = await read_form(visit)
        if form is None or not same(form.get("csrf_token", ""), state.csrf(session.key)):
            return self._replies.try_again(visit, session)
        try:
            state.sessions.end(session)
            await state.auditor.write(Event(at=state.clock.wall(), kind="sign-out", reader=session.reader))
        except (OSError, sqlite3.Error) as error:
            # Nothing is served here, so nothing is held back for want of a log: leaving must work on a full disk too.
            _LOG.error("somebody signed out, which could not be written down: %s", error)
        self._ended(session)
        reply = self._go("/signed-out")
        reply.headers += [state.cookies.drop(state.cookies.session), (b"clear-site-data", b'"cache"')]
        return reply

    async def show_signed_out(self, visit: Visit) -> Reply:
        """What is on the screen after signing out; nobody who is signed in is told otherwise."""
        if self._state.session(visit) is not None:
            return self._go("/")
        return self._replies.outside(visit, 200, self._state.pages.render("signed_out"))

    async def healthz(self, visit: Visit) -> Reply:  # noqa: ARG002 - every handler is handed the visit
        """Whether the bundle can be read; says nothing else."""
        self._state.bundle.meta("version")
        return Reply(200, b"ok\n", [headers.PLAIN, headers.NO_STORE, headers.NOT_INDEXED])

    async def invited(self, visit: Visit) -> Reply:
        """Give the browser the proof that an invitation is worth, and go on to the sign-in form.

        One that is too old, or none of ours, leads there as well: it was never more than a help.
        """
        state = self._state
        text = (visit.path or "").removeprefix(INVITED)
        proof = state.tokens.accept_invitation(text, state.clock.now(), state.settings.invitation_lasts)
        reply = self._go("/sign-in")
        if proof is not None:
            reply.headers.append(self._known(visit, proof))
        return reply

    async def _begin(self, visit: Visit, account: Account, before: Before, address: str) -> Reply:
        """Start a session under a new token, ending the one this browser may have had."""
        state, now = self._state, self._state.clock.now()
        old = state.session(visit)
        if old is not None:
            state.sessions.end(old)
        event = Event(at=state.clock.wall(), kind="sign-in", reader=account.reader, detail=address)
        await state.auditor.write(event)
        token = state.sessions.start(account.reader, account.email, now)
        reply = self._go(before.wanted)
        reply.headers += [
            state.cookies.set(state.cookies.session, token),
            self._known(visit, state.tokens.new_proof(account.email, now)),
            state.cookies.drop(state.cookies.before),
        ]
        return reply

    def _known(self, visit: Visit, proof: str) -> tuple[bytes, bytes]:
        """The header that adds a proof to those the browser holds."""
        state = self._state
        held = state.tokens.with_proof(visit.cookie(state.cookies.known), proof)
        return state.cookies.set(state.cookies.known, held, lasts=state.settings.browser_is_known_for)

    def _sign_in_page(
        self, visit: Visit, status: int, *, error: str = "", email: str = "", before: Before | None
    ) -> Reply:
        state = self._state
        before = before or state.tokens.new_before(state.clock.now())
        token = state.tokens.csrf_before(before)
        rendered = state.pages.render("sign_in", error=error, email=email, csrf_token=token)
        reply = self._replies.outside(visit, status, rendered)
        reply.headers.append(state.cookies.set(state.cookies.before, state.tokens.write_before(before)))
        return reply

    def _too_many_tries(self, visit: Visit, wait: float) -> Reply:
        seconds = max(1, math.ceil(wait))
        reply = self._replies.outside(visit, 429, self._state.pages.render("too_many_tries", seconds=seconds))
        reply.headers.append((b"retry-after", str(seconds).encode()))
        return reply

    def _go(self, path: str) -> Reply:
        """A redirect to a path of ours. Two slashes would name another host, so such a path goes home."""
        target = "/" if path.startswith("//") or not path.startswith("/") else quote(path)
        return redirect(target)
