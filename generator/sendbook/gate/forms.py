"""The gate's own few pages: signing in and out, and a sign of life. Searching is in `searching`."""

import asyncio
import logging
import math
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from sendbook.access.people import folded
from sendbook.bundle import live_reader, stands_for
from sendbook.gate import headers
from sendbook.gate.accounts import Account
from sendbook.gate.audit import Event
from sendbook.gate.pages import Rendered
from sendbook.gate.request import Handler, Reply, Visit, read_form, redirect
from sendbook.gate.sessions import Session
from sendbook.gate.tokens import INVITED, Before, same
from sendbook.gate.tries import try_of

if TYPE_CHECKING:
    from sendbook.bundle import LiveReader
    from sendbook.gate.app import Gate

_LOG = logging.getLogger("sendbook.gate")

_LONGEST_ADDRESS = 200
_WRONG = "The e-mail address or the password is not right."
_TOO_OLD = "This page was open for too long. Please sign in again."


class Forms:
    """Handlers by exact method and path."""

    def __init__(self, gate: "Gate") -> None:
        self._gate = gate
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
        return self._sign_in_page(visit, 200, before=self._before(visit))

    async def sign_in(self, visit: Visit) -> Reply:
        """Check e-mail and password; every refusal looks and costs the same."""
        gate, now = self._gate, self._gate.clock.now()
        source = gate.sources.of(visit.peer, visit.scope["headers"], now)
        form = await read_form(visit)
        before = self._before(visit)
        if form is None or before is None or not same(form.get("csrf_token", ""), gate.tokens.csrf_before(before)):
            return self._sign_in_page(visit, 403, error=_TOO_OLD, before=before)
        email, password = folded(form.get("email", ""))[:_LONGEST_ADDRESS], form.get("password", "")
        proofs = visit.cookie(gate.cookies.known)
        proof = gate.tokens.proof_of(proofs, email, now, gate.settings.browser_is_known_for)
        attempt = try_of(gate.throttle, gate.tokens, email, source, proof, now)
        wait = gate.throttle.wait(attempt.asked, now)
        if wait > 0:
            return self._too_many_tries(visit, wait)
        attempt.count(gate.throttle, now)
        account = gate.accounts.find(email)
        loop = asyncio.get_running_loop()
        right = await loop.run_in_executor(self._checking, gate.accounts.is_right, account, password)
        admitted = gate.accounts.admit(account, password, right)
        reader = live_reader(gate.bundle.connection, admitted.reader, gate.clock.today()) if admitted else None
        if admitted is None or reader is None or reader.address != stands_for(admitted.email):
            who = account.reader if account else ""
            await gate.auditor.write(Event(at=gate.clock.wall(), kind="refused", reader=who, detail=source.address))
            return self._sign_in_page(visit, 403, error=_WRONG, email=email, before=before)
        attempt.forgive(gate.throttle)
        return await self._begin(visit, admitted, before, source.address)

    async def sign_out(self, visit: Visit) -> Reply:
        """End the session, and have the browser forget what it kept."""
        gate = self._gate
        session = gate.session(visit)
        if session is None:  # or another site's page sent this, and the browser held the cookie back
            return self._go("/signed-out")
        form = await read_form(visit)
        if form is None or not same(form.get("csrf_token", ""), gate.csrf(session.key)):
            return self.try_again(visit, session)
        try:
            gate.sessions.end(session)
            await gate.auditor.write(Event(at=gate.clock.wall(), kind="sign-out", reader=session.reader))
        except (OSError, sqlite3.Error) as error:
            # Nothing is served here, so nothing is held back for want of a log: leaving must work on a full disk too.
            _LOG.error("somebody signed out, which could not be written down: %s", error)
        gate.searching.forget(session)
        reply = self._go("/signed-out")
        reply.headers += [gate.cookies.drop(gate.cookies.session), (b"clear-site-data", b'"cache"')]
        return reply

    async def show_signed_out(self, visit: Visit) -> Reply:
        """What is on the screen after signing out; nobody who is signed in is told otherwise."""
        if self._gate.session(visit) is not None:
            return self._go("/")
        return self.outside(visit, 200, self._gate.pages.render("signed_out"))

    async def healthz(self, visit: Visit) -> Reply:  # noqa: ARG002 - every handler is handed the visit
        """Whether the bundle can be read; says nothing else."""
        self._gate.bundle.meta("version")
        return Reply(200, b"ok\n", [headers.PLAIN, headers.NO_STORE, headers.NOT_INDEXED])

    async def invited(self, visit: Visit) -> Reply:
        """Give the browser the proof that an invitation is worth, and go on to the sign-in form.

        One that is too old, or none of ours, leads there as well: it was never more than a help.
        """
        gate = self._gate
        text = (visit.path or "").removeprefix(INVITED)
        proof = gate.tokens.accept_invitation(text, gate.clock.now(), gate.settings.invitation_lasts)
        reply = self._go("/sign-in")
        if proof is not None:
            reply.headers.append(self._known(visit, proof))
        return reply

    def before_for(self, visit: Visit, wanted: str) -> Before:
        """What the browser holds until it signs in. A form that is open in another tab stays good."""
        fresh = self._gate.tokens.new_before(self._gate.clock.now(), wanted)
        held = self._before(visit)
        return fresh if held is None else replace(fresh, nonce=held.nonce)

    async def _begin(self, visit: Visit, account: Account, before: Before, address: str) -> Reply:
        """Start a session under a new token, ending the one this browser may have had."""
        gate, now = self._gate, self._gate.clock.now()
        old = gate.session(visit)
        if old is not None:
            gate.sessions.end(old)
        event = Event(at=gate.clock.wall(), kind="sign-in", reader=account.reader, detail=address)
        await gate.auditor.write(event)
        token = gate.sessions.start(account.reader, account.email, now)
        reply = self._go(before.wanted)
        reply.headers += [
            gate.cookies.set(gate.cookies.session, token),
            self._known(visit, gate.tokens.new_proof(account.email, now)),
            gate.cookies.drop(gate.cookies.before),
        ]
        return reply

    def _before(self, visit: Visit) -> Before | None:
        text = visit.cookie(self._gate.cookies.before)
        return self._gate.tokens.read_before(text, self._gate.clock.now(), self._gate.settings.sign_in_page_lasts)

    def _known(self, visit: Visit, proof: str) -> tuple[bytes, bytes]:
        """The header that adds a proof to those the browser holds."""
        gate = self._gate
        held = gate.tokens.with_proof(visit.cookie(gate.cookies.known), proof)
        return gate.cookies.set(gate.cookies.known, held, lasts=gate.settings.browser_is_known_for)

    def _sign_in_page(
        self, visit: Visit, status: int, *, error: str = "", email: str = "", before: Before | None
    ) -> Reply:
        gate = self._gate
        before = before or gate.tokens.new_before(gate.clock.now())
        token = gate.tokens.csrf_before(before)
        rendered = gate.pages.render("sign_in", error=error, email=email, csrf_token=token)
        reply = self.outside(visit, status, rendered)
        reply.headers.append(gate.cookies.set(gate.cookies.before, gate.tokens.write_before(before)))
        return reply

    def _too_many_tries(self, visit: Visit, wait: float) -> Reply:
        seconds = max(1, math.ceil(wait))
        reply = self.outside(visit, 429, self._gate.pages.render("too_many_tries", seconds=seconds))
        reply.headers.append((b"retry-after", str(seconds).encode()))
        return reply

    def try_again(self, visit: Visit, session: Session) -> Reply:
        """What a form gets that is too old, or was not ours."""
        reader = self._gate.reader(session)
        if reader is None:
            return self._gate.to_sign_in(visit)
        return self.inside(visit, 403, self._gate.pages.render("try_again"), session, reader)

    def inside(self, visit: Visit, status: int, rendered: Rendered, session: Session, reader: "LiveReader") -> Reply:
        """One of our pages for somebody signed in, in their own shell."""
        gate = self._gate
        csrf = gate.csrf(session.key)
        shell = gate.shells.get(reader.edition, reader.shell)
        body = gate.pages.whole(
            shell, rendered, name=reader.name, csrf=csrf, deflated=visit.deflated, drawer=reader.drawer
        )
        return self.html(visit, status, body)

    def outside(self, visit: Visit, status: int, rendered: Rendered) -> Reply:
        """One of our pages for somebody who isn't, in the public shell."""
        gate = self._gate
        body = gate.pages.whole(gate.shells.public(), rendered, name="", csrf="", deflated=visit.deflated)
        return self.html(visit, status, body)

    def html(self, visit: Visit, status: int, body: bytes) -> Reply:
        """A whole page, which nobody may store."""
        reply = Reply(status, body, [headers.HTML, headers.NO_STORE, headers.NOT_INDEXED])
        if visit.deflated:
            reply.headers.append(headers.DEFLATE)
        return reply

    def _go(self, path: str) -> Reply:
        """A redirect to a path of ours. Two slashes would name another host, so such a path goes home."""
        target = "/" if path.startswith("//") or not path.startswith("/") else quote(path)
        return redirect(target)
