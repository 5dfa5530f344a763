"""Where a request came from: the other end of the connection, or what a proxy says that was named at the start.

Anybody can write `X-Forwarded-For`. It is read only if the connection comes from a named proxy, and from the right,
where that proxy wrote: the first address that isn't a named proxy's is the visitor's. What comes to the left of it may
have been made up by the visitor.
"""

import ipaddress
import logging
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sendbook.errors import ServeError

_Address = ipaddress.IPv4Address | ipaddress.IPv6Address
_Network = ipaddress.IPv4Network | ipaddress.IPv6Network
_LOG = logging.getLogger("sendbook.gate")
_FORWARDED_FOR = b"x-forwarded-for"
#: A chain of proxies longer than this is nobody's; the longest address with brackets and port has 53 letters.
_MOST_HOPS, _LONGEST_HOP = 16, 53
#: A network larger than these would name half the world a proxy.
_WIDEST = {4: 8, 6: 32}
_SAID_EVERY = 60 * 60.0


class Source(NamedTuple):
    """A visitor's address as far as it is known.

    `is_shared` says that it is only a proxy's: every visitor has the same, and nothing may be counted by it.
    """

    address: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Proxies:
    """The networks from which proxies of ours call."""

    networks: tuple[_Network, ...] = ()

    @classmethod
    def named(cls, names: Iterable[str]) -> "Proxies":
        """The proxies with these addresses, or in these networks. Raises `ServeError` for what is neither."""
        return cls(tuple(_network(name) for name in names))

    def has(self, host: str) -> bool:
        """Whether the other end of a connection is one of them."""
        address = address_in(host)
        return address is not None and self._has(address)

    def _has(self, address: _Address) -> bool:
        return any(address in network for network in self.networks if network.version == address.version)

    def visitor(self, headers: Iterable[tuple[bytes, bytes]]) -> _Address | None:
        """The visitor's address as the proxies say it; None if they don't."""
        said = b",".join(value for name, value in headers if name == _FORWARDED_FOR)
        address: _Address | None = None
        for hop in reversed(said.rsplit(b",", _MOST_HOPS)[-_MOST_HOPS:]):
            address = address_in(hop.strip(b" \t").decode("latin-1"))
            if address is None or not self._has(address):
                break
        return address


class Sources:
    """Says where requests come from; once an hour at most it says that it can't."""

    def __init__(self, behind: Iterable[str], *, through_proxy: bool) -> None:
        self.proxies = Proxies.named(behind)
        self._through_proxy = through_proxy
        self._said = float("-inf")

    def of(self, peer: str, headers: Iterable[tuple[bytes, bytes]], now: float) -> Source:
        """Where a request over a connection from `peer` came from. `now` is for the hour."""
        if not self.proxies.networks:
            if self._through_proxy:
                self._say(now, "no proxy is named (--behind)")
            return Source(peer, is_shared=self._through_proxy)
        if not self.proxies.has(peer):
            return Source(peer, is_shared=False)
        visitor = self.proxies.visitor(headers)
        if visitor is None:
            self._say(now, "the proxy gives no address in X-Forwarded-For")
            return Source(peer, is_shared=True)
        return Source(str(visitor), is_shared=False)

    def _say(self, now: float, why: str) -> None:
        if now - self._said >= _SAID_EVERY:
            self._said = now
            _LOG.warning("all visitors share one address, so guessing can't be slowed down by address: %s", why)


def address_in(text: str) -> _Address | None:
    """The address in a text such as `192.0.2.7`, `192.0.2.7:443`, `2001:db8::7` or `[2001:db8::7]:443`; None if none.

    A zone is dropped: it says something to that machine only, and may hold any letters.
    """
    if len(text) > _LONGEST_HOP or not text.isascii():
        return None
    bare, port = text, ""
    if text.startswith("["):
        bare, bracket, port = text[1:].partition("]")
        if not bracket or ":" not in bare or (port and not port.startswith(":")):
            return None
        port = port[1:] if len(port) > 1 else port
    elif text.count(":") == 1:
        bare, _, port = text.partition(":")
        port = port or ":"
    if port and not (port.isdigit() and len(port) <= 5 and int(port) < 65536):
        return None
    try:
        address = ipaddress.ip_address(bare.partition("%")[0] if ":" in bare else bare)
    except ValueError:
        return None
    return address.ipv4_mapped or address if isinstance(address, ipaddress.IPv6Address) else address


def _network(name: str) -> _Network:
    try:
        network = ipaddress.ip_network(name.strip().strip("[]"))
    except ValueError:
        raise ServeError(
            f"“{name}” is not the address of a proxy. Give it in figures, such as 127.0.0.1 or 10.0.3.0/24."
        ) from None
    if network.prefixlen < _WIDEST[network.version]:
        raise ServeError(f"The network {name} is too wide: name the proxy's own address.")
    return network
