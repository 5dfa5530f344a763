"""Who holds a connection, and who makes room when there are too many.

A connection that waits for its caller (nothing asked yet, half a request, between two requests, an answer not fetched)
can be given up; one whose request is being answered can't. The one that has waited longest goes first, so thousands of
half requests push out one another, and a person's browser, whose request comes at once, is answered.
"""

import ipaddress
import logging
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Protocol

_LOG = logging.getLogger("sendbook.gate")
#: Refusals are counted, and written down no more often than this (seconds).
_SAID_EVERY = 60.0


class Connection(Protocol):
    """What is counted here."""

    caller: str

    def give_way(self) -> None:
        """Close at once."""


class Connections:
    """The open connections of a server: `most` in all, `most_of_one` of each caller that isn't `exempt`."""

    def __init__(self, *, most: int, most_of_one: int, exempt: Callable[[str], bool]) -> None:
        self._most = most
        self._most_of_one = most_of_one
        self._exempt = exempt
        self._open: set[Connection] = set()
        self._of: Counter[str] = Counter()
        self._waiting: dict[Connection, None] = {}  # in the order in which they began to wait
        self._turned_away = 0
        self._said = float("-inf")

    def __len__(self) -> int:
        return len(self._open)

    def admit(self, one: Connection) -> bool:
        """Count a new connection, which waits; False if there is no room and nobody who could make some."""
        caller = one.caller
        full = self._of[caller] >= self._most_of_one and not self._exempt(caller)
        if full and not self._make_room(one for one in self._waiting if one.caller == caller):
            return False
        if len(self._open) >= self._most and not self._make_room(self._waiting):
            return False
        self._open.add(one)
        self._of[caller] += 1
        self.waits(one)
        return True

    def waits(self, one: Connection) -> None:
        """It waits for its caller from now on."""
        if one in self._open:
            self._waiting[one] = None

    def works(self, one: Connection) -> None:
        """Its request is being answered."""
        self._waiting.pop(one, None)

    def leave(self, one: Connection) -> None:
        """It is closed; again does no harm."""
        if one not in self._open:
            return
        self.works(one)
        self._open.discard(one)
        self._of[one.caller] -= 1
        if not self._of[one.caller]:
            del self._of[one.caller]

    def turned_away(self, now: float) -> None:
        """Count a request that a limit refused; say how many there were, once a minute, and never who it was."""
        self._turned_away += 1
        if now - self._said >= _SAID_EVERY:
            _LOG.warning("limits turned away %d requests or connections", self._turned_away)
            self._said, self._turned_away = now, 0

    def _make_room(self, waiting: Iterable[Connection]) -> bool:
        longest = next(iter(waiting), None)
        if longest is None:
            return False
        self.leave(longest)
        longest.give_way()
        return True


def caller_of(host: str) -> str:
    """Whose connection it is: an address, or in IPv6 the network of one household, which has very many."""
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    if address.ipv4_mapped is not None:
        return str(address.ipv4_mapped)
    return str(ipaddress.ip_network((address, 64), strict=False))
