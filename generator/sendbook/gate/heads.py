"""Whether the bytes before a request's body are a request we answer, judged before any parser sees them.

Strict where servers differ, since a request that a proxy and a server read in two ways can carry a second one inside
(request smuggling): lines end with CRLF and nothing else, no line is continued, the target is a path, a body has one
length in plain digits, and no body comes in chunks.
"""

import re
from collections.abc import Iterable
from typing import NamedTuple

from sendbook.gate.limits import Limits

END = b"\r\n\r\n"
_REQUEST_LINE = re.compile(rb"[A-Z]{1,20} /[!\"$-~]* HTTP/1\.[01]\r\n")
#: A whole head in which nothing is wrong but perhaps its size: a token, a colon and no control character in each line.
_SOUND = re.compile(_REQUEST_LINE.pattern + rb"(?:[!#$%&'*+.^_`|~0-9A-Za-z-]+:[\t -~\x80-\xff]*\r\n)*\r\n")
_ANY_VERSION = re.compile(rb"[A-Z]{1,20} [^ \r\n]+ HTTP/\d(?:\.\d)?\r\n")
_DIGITS = re.compile(rb"[0-9]{1,15}")
_LOOKED_AT = frozenset({b"host", b"content-length", b"transfer-encoding", b"upgrade", b"expect"})
_WITHOUT_BODY = frozenset({b"GET", b"HEAD"})


class Fault(NamedTuple):
    """Why a request is refused: the status, and one sentence for a person."""

    status: int
    words: str


MALFORMED = Fault(400, "This is not a request that we understand.")
_LONG_LINE = Fault(414, "This address is too long.")
_LONG_HEAD = Fault(431, "The headers of this request are too long.")
_MANY = Fault(431, "This request has too many headers.")
_LONG_BODY = Fault(413, "This form is too long.")
_VERSION = Fault(505, "Only HTTP/1.1 is spoken here.")
_CHUNKED = Fault(411, "Say how long the form is; pieces without a length are not taken.")
_EXPECTS = Fault(417, "Nothing but 100-continue can be expected here.")
LATE = Fault(408, "This request took too long.")
BUSY = Fault(503, "Too many people are asking at once. Please try again in a minute.")


def unfinished_fault(held: bytes | bytearray, limits: Limits) -> Fault | None:
    """What is already wrong with a head that isn't complete."""
    line_end = held.find(b"\r\n", 0, limits.request_line + 2)
    if line_end < 0 and len(held) > limits.request_line:
        return _LONG_LINE
    return _LONG_HEAD if len(held) > limits.head else None


def fault_of(head: bytes, limits: Limits) -> Fault | None:
    """What is wrong with a complete head, which ends with an empty line; None if nothing is."""
    if _SOUND.fullmatch(head) is None:
        return _what_is_unsound(head, limits)
    if len(head) > limits.request_line and head.find(b"\r\n") + 2 > limits.request_line:
        return _LONG_LINE
    if len(head) > limits.head:
        return _LONG_HEAD
    return _MANY if head.count(b"\r\n") - 2 > limits.headers else None


def _what_is_unsound(head: bytes, limits: Limits) -> Fault:
    if head.find(b"\r\n") > limits.request_line:
        return _LONG_LINE
    line = _ANY_VERSION.match(head)
    return _VERSION if line is not None and not line[0].endswith((b"/1.0\r\n", b"/1.1\r\n")) else MALFORMED


def body_length(method: bytes, headers: Iterable[tuple[bytes, bytes]], limits: Limits) -> int | Fault:
    """How many bytes follow the head, or why the request is refused; names of headers come in lower case."""
    length: bytes | None = None
    hosts = 0
    chunked = upgrade = False
    for name, value in headers:
        if name not in _LOOKED_AT:
            continue
        if name == b"host":
            hosts += 1
        elif name == b"content-length":
            if length is not None or not _DIGITS.fullmatch(value):
                return MALFORMED
            length = value
        elif name == b"transfer-encoding":
            chunked = True
        elif name == b"upgrade":
            upgrade = True
        elif name == b"expect" and value.lower() != b"100-continue":
            return _EXPECTS
    if hosts > 1 or (chunked and length is not None):
        return MALFORMED
    if chunked:
        return _CHUNKED
    size = int(length) if length is not None else 0
    if size > limits.body:
        return _LONG_BODY
    return MALFORMED if size and (upgrade or method in _WITHOUT_BODY) else size
