"""Searching: the page, what the box in the header asks while somebody types, and the page of results.

Both ask the same index in the same order, within what the reader may see; without a session that is the public's. The
words are sent in a form and stand in no address and in no log. A form is answered with a redirect to a page of results
under a random name, so that Back never asks to send a form again.

The access log gets one row for each question: before the first result is sent, a row with everybody whose page is in
it. Going on typing within a minute is the same question. It gets a further row only if it shows somebody who is in no
row of it yet, and so does its page of results, by Enter or Back. So nobody is ever shown without a row.
"""

import asyncio
import math
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from sendbook.bundle import PUBLIC, Bundle, Hit, LiveReader, live_reader, search
from sendbook.gate import headers
from sendbook.gate.audit import Event
from sendbook.gate.connections import caller_of
from sendbook.gate.pace import Pace
from sendbook.gate.pages import Rendered
from sendbook.gate.questions import NOBODY, Question, Questions
from sendbook.gate.replies import Replies
from sendbook.gate.request import Handler, Reply, Visit, read_form, redirect
from sendbook.gate.sessions import Session
from sendbook.gate.state import State
from sendbook.gate.tokens import same

SEARCH, BOX = "/search", "/search/box"
#: Where pages of results are, before their random name.
FOUND = "/search/found/"
_HITS, _HITS_OF_BOX = 50, 8
_LONGEST = 200
#: The box asks from here on: one letter begins too many words.
_SHORTEST = 2


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asker:
    """Who asks: a reader with their session, or the public."""

    reader: LiveReader
    session: Session | None

    @property
    def owner(self) -> bytes:
        """The key of their questions."""
        return self.session.key if self.session else NOBODY


class Searching:
    """Handlers by exact method and path, and the page of results."""

    def __init__(self, state: State, replies: Replies) -> None:
        self._state = state
        self._replies = replies
        self._questions = Questions(state.settings.idle)
        self._pace = Pace(at_once=40, every=0.5)
        # The public waits for the public only.
        self._threads = {True: ThreadPoolExecutor(1, "search"), False: ThreadPoolExecutor(1, "public-search")}

    def routes(self) -> dict[tuple[str, str | None], Handler]:
        """The paths of searching that have no random name."""
        return {("GET", SEARCH): self.show, ("POST", SEARCH): self.ask, ("POST", BOX): self.box}

    def close(self) -> None:
        """Stop the threads."""
        for thread in self._threads.values():
            thread.shutdown(wait=True)

    def forget(self, session: Session) -> None:
        """Drop what was asked in a session that has ended."""
        self._questions.forget(session.key)

    async def show(self, visit: Visit) -> Reply:
        """The page with the form alone."""
        asker = self._asker(visit)
        return self._replies.to_sign_in(visit) if asker is None else self._page(visit, asker, None, ())

    async def ask(self, visit: Visit) -> Reply:
        """Keep what was typed, and lead on to the page of its results."""
        form = await read_form(visit)  # first: somebody may sign out, or lose their access, while it arrives
        asker = self._asker(visit)
        if asker is None or (asker.session is None and form and "csrf_token" in form):
            return self._replies.to_sign_in(visit)  # a form from before the session ended
        if asker.session is not None and not self._is_ours(form, asker.session):
            return self._replies.try_again(visit, asker.session)
        words = _typed(form)
        if not words:
            return redirect(SEARCH)
        # The public's questions share one list, and one caller's many would push out those of all others.
        wait = self._wait(visit, asker) if asker.session is None else 0
        if wait:
            return self._too_often(visit, asker, wait)
        return redirect(FOUND + self._questions.keep(asker.owner, words, self._state.clock.now()))

    async def show_found(self, visit: Visit) -> Reply:
        """The page of results; one whose question is not known any more is the form."""
        asker = self._asker(visit)
        if asker is None:
            return self._replies.to_sign_in(visit)
        name = (visit.path or "").removeprefix(FOUND)
        now = self._state.clock.now()
        question = self._questions.find(asker.owner, name, now)
        if question is None:
            return redirect(SEARCH)
        wait = self._wait(visit, asker)
        if wait:
            return self._too_often(visit, asker, wait)
        hits = await self._find(asker, question.words, _HITS)
        await self._log(asker, question, self._questions.typed(asker.owner, question.words, now), hits)
        return self._page(visit, asker, question.words, hits)

    async def box(self, visit: Visit) -> Reply:
        """The first results as a piece of HTML, for the box in the header."""
        form = await read_form(visit)  # first: somebody may sign out, or lose their access, while it arrives
        asker = self._asker(visit)
        if asker is None or (asker.session is None and form and "csrf_token" in form):
            return self._piece(403, "signed_out")
        if asker.session is not None and not self._is_ours(form, asker.session):
            return self._piece(403, "old")
        wait = self._wait(visit, asker)
        if wait:
            return self._piece(429, "wait")
        words = _typed(form)
        if len(words) < _SHORTEST:
            return self._piece(200, "nothing")
        hits = await self._find(asker, words, _HITS_OF_BOX + 1)
        shown = hits[:_HITS_OF_BOX]
        await self._log(asker, self._questions.typed(asker.owner, words, self._state.clock.now()), None, shown)
        return self._piece(200, "found", hits=_as_shown(shown), more=len(hits) > len(shown))

    def _asker(self, visit: Visit) -> _Asker | None:
        """Who asks. None for a session that has ended just now, and where the public is sent nothing."""
        state = self._state
        session = state.session(visit)
        reader = state.reader(session, SEARCH)
        if session is None:
            reader = live_reader(state.bundle.connection, PUBLIC, state.clock.today(), SEARCH)
        return None if reader is None else _Asker(reader=reader, session=session)

    def _is_ours(self, form: dict[str, str] | None, session: Session) -> bool:
        return form is not None and same(form.get("csrf_token", ""), self._state.csrf(session.key))

    def _wait(self, visit: Visit, asker: _Asker) -> float:
        """Seconds this caller has to wait: a session, or an address of the public."""
        state, now = self._state, self._state.clock.now()
        if asker.session is not None:
            return self._pace.wait(asker.session.key.hex(), now)
        source = state.sources.of(visit.peer, visit.scope["headers"], now)
        return self._pace.wait(caller_of(source.address), now)

    async def _find(self, asker: _Asker, words: str, most: int) -> tuple[Hit, ...]:
        loop, today = asyncio.get_running_loop(), self._state.clock.today()
        thread = self._threads[asker.session is not None]
        return await loop.run_in_executor(thread, self._look, asker.reader.id, words, today, most)

    def _look(self, reader: str, words: str, today: date, most: int) -> tuple[Hit, ...]:
        """Runs in a thread of its own, on a connection of its own."""
        with Bundle.reading(self._state.settings.bundle) as bundle:
            return search(bundle.connection, reader, words, today, most)

    async def _log(self, asker: _Asker, question: Question, going_on: Question | None, hits: tuple[Hit, ...]) -> None:
        """Write a row unless the question has one that names everybody shown; the public's own pages are not logged."""
        if asker.session is None:
            return
        seen = frozenset(hit.subject for hit in hits)
        rows = [one.logged for one in (question, going_on) if one is not None and one.logged is not None]
        if not rows or not seen <= frozenset().union(*rows):
            event = Event(
                at=self._state.clock.wall(), kind="search", reader=asker.reader.id, detail=" ".join(sorted(seen))
            )
            await self._state.auditor.write(event)
        for one in (question, going_on):
            if one is not None:
                one.logged = seen.union(*rows)

    def _page(self, visit: Visit, asker: _Asker, words: str | None, hits: tuple[Hit, ...]) -> Reply:
        session, pages = asker.session, self._state.pages
        csrf = self._state.csrf(session.key) if session else ""
        rendered = pages.render("search", words=words, hits=_as_shown(hits), most=_HITS, csrf_token=csrf)
        return self._sent(visit, asker, 200, rendered)

    def _sent(self, visit: Visit, asker: _Asker, status: int, rendered: Rendered) -> Reply:
        """A whole page in the shell of who asks."""
        if asker.session is None:
            return self._replies.outside(visit, status, rendered)
        return self._replies.inside(visit, status, rendered, asker.session, asker.reader)

    def _too_often(self, visit: Visit, asker: _Asker, wait: float) -> Reply:
        reply = self._sent(visit, asker, 429, self._state.pages.render("asked_too_often"))
        reply.headers.append((b"retry-after", str(math.ceil(wait)).encode()))
        return reply

    def _piece(self, status: int, what: str, **values: object) -> Reply:
        """A piece of HTML for the box, uncompressed: it holds what somebody typed next to what they may see."""
        rendered = self._state.pages.render("search_box", what=what, **{"hits": (), "more": False, **values})
        return Reply(status, rendered.content.encode(), [headers.HTML, headers.NO_STORE, headers.NOT_INDEXED])


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A hit as the page shows it; `about` is kind, student and place, as far as the title doesn't say them."""

    path: str
    about: str
    hit: Hit


def _as_shown(hits: tuple[Hit, ...]) -> tuple[Shown, ...]:
    """Hits as the page shows them; where pages of two students would read the same, with the students' ids."""
    about = [_about(hit) for hit in hits]
    subjects: dict[tuple[str, str], set[str]] = {}
    for hit, said in zip(hits, about, strict=True):
        subjects.setdefault((hit.title, said), set()).add(hit.subject)
    return tuple(
        Shown(
            path=quote(hit.path),
            about=f"{said} · {hit.subject}" if len(subjects[hit.title, said]) > 1 else said,
            hit=hit,
        )
        for hit, said in zip(hits, about, strict=True)
    )


def _about(hit: Hit) -> str:
    whose = "" if hit.whose in hit.title else hit.whose
    return " · ".join(filter(None, (hit.kind, whose, hit.place)))


def _typed(form: dict[str, str] | None) -> str:
    return " ".join((form or {}).get("words", "").split())[:_LONGEST]
