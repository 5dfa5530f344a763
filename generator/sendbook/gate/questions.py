"""Remembers the questions of each session, so that Back leads to a page of results without sending a form again.

An address holds no words: the page of results has a random name, and what was typed is in memory under that name. Only
the session that asked can use it. It is written to no file, and is forgotten with the session, after half an hour
without use, or when the gate stops.
"""

import secrets
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, field

from sendbook.bundle.words import fold

#: Seconds within which typing on is still the same question.
GOING_ON = 60.0
_MOST_OWNERS = 2000
_MOST_OF_ONE = 30
_MOST_OF_THE_PUBLIC = 300
#: Anybody who isn't signed in; what they find is the same for all of them.
NOBODY = b""


@dataclass(slots=True)
class Question:
    """One question, and the people whom the access log already names for it; None before its first row."""

    words: str
    logged: frozenset[str] | None = None


@dataclass(slots=True)
class _Owner:
    used: float
    asked: OrderedDict[str, Question] = field(default_factory=OrderedDict)
    last: Question | None = None
    last_at: float = 0.0


class Questions:
    """The questions of all sessions by the session's key, forgotten `lasts` seconds after their last use."""

    def __init__(self, lasts: float, name: Callable[[], str] = lambda: secrets.token_urlsafe(18)) -> None:
        self._lasts = lasts
        self._name = name
        self._owners: OrderedDict[bytes, _Owner] = OrderedDict()

    def keep(self, owner: bytes, words: str, now: float) -> str:
        """Remember a question, and return the random name it is found by."""
        asked = self._of(owner, now).asked
        name = self._name()
        asked[name] = Question(words)
        while len(asked) > (_MOST_OF_ONE if owner else _MOST_OF_THE_PUBLIC):
            asked.popitem(last=False)
        return name

    def find(self, owner: bytes, name: str, now: float) -> Question | None:
        """The question of this name, if this session asked it."""
        return self._of(owner, now).asked.get(name)

    def typed(self, owner: bytes, words: str, now: float) -> Question:
        """The question that somebody is typing: the last one, if this is how it goes on, or a new one."""
        session = self._of(owner, now)
        last = session.last
        if last is None or now - session.last_at > GOING_ON or not _goes_on(last.words, words):
            last = Question(words)
        last.words, session.last, session.last_at = words, last, now
        return last

    def forget(self, owner: bytes) -> None:
        """Drop all that a session asked."""
        self._owners.pop(owner, None)

    def _of(self, owner: bytes, now: float) -> _Owner:
        """Return what a session asked, as used now; forget sessions that have not been used for long."""
        for key in [key for key, one in self._owners.items() if now - one.used > self._lasts]:
            del self._owners[key]
        session = self._owners.setdefault(owner, _Owner(now))
        session.used = now
        self._owners.move_to_end(owner)
        while len(self._owners) > _MOST_OWNERS:
            self._owners.popitem(last=False)
        return session


def _goes_on(before: str, now: str) -> bool:
    """Whether one of two texts is the beginning of the other: letters were added, or taken back.

    A text without a word would be the beginning of every other, so it goes on from none and into none.
    """
    one, other = " ".join(fold(before).split()), " ".join(fold(now).split())
    return bool(one and other) and (one.startswith(other) or other.startswith(one))
