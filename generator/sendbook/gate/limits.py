"""How much the server takes from a caller before it knows who is calling; nothing here depends on a proxy.

A browser's request for a page is under 2 kB with some 20 headers, and the largest form has a few hundred bytes, so
every limit leaves people room and gives nobody else much.
"""

from dataclasses import dataclass

KIB = 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The limits of one server.

    Attributes:
        request_line: Bytes of the line with method and address; more is 414.
        head: Bytes of that line and all headers together; more is 431.
        headers: Number of headers; more is 431.
        body: Bytes of a form; more is 413.
        head_seconds: Time from the connection's opening, or a request's first byte, to the end of its headers (408).
        body_seconds: Time for the form after that (408).
        idle_seconds: How long a connection stays open between requests.
        stalled_seconds: How long a browser may take no byte of an answer that waits for it.
        answer_seconds: How long an answer may take to be fetched whole.
        connections: Connections in all. At the limit the one that has waited longest makes room.
        connections_of_one: Connections of one caller, who then makes room for himself; a named proxy is not counted.
    """

    request_line: int = 8 * KIB
    head: int = 16 * KIB
    headers: int = 100
    body: int = 16 * KIB
    head_seconds: float = 10.0
    body_seconds: float = 15.0
    idle_seconds: float = 15.0
    stalled_seconds: float = 20.0
    answer_seconds: float = 300.0
    connections: int = 1000
    connections_of_one: int = 250
