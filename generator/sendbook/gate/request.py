"""What the gate reads of a request, taken from the ASGI scope once, and how it answers.

The path is decoded exactly once. It is not normalised: what isn't in the bundle's tables letter by letter is
absent, so `..`, doubled slashes and other spellings need no rules of their own.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any
from urllib.parse import parse_qsl, unquote_to_bytes

from starlette.requests import ClientDisconnect, Request
from starlette.types import Receive, Scope, Send

from sendbook.gate.headers import NO_STORE, NOT_INDEXED, Headers

_LONGEST_FORM = 16 * 1024
_FORM = "application/x-www-form-urlencoded"


@dataclass(slots=True)
class Visit:
    """One request: everything of it that the gate looks at. The query string is not."""

    scope: Scope
    receive: Receive
    method: str
    path: str | None
    host: str = ""
    hosts: int = 0
    cookies: bytes = b""
    deflated: bool = False
    navigates: bool = False

    @property
    def peer(self) -> str:
        """The other end of the connection: the visitor, or a proxy."""
        client = self.scope.get("client")
        return str(client[0]) if client else ""

    @property
    def is_of_another_site(self) -> bool:
        """Whether the browser says that another site's page sent it. Older browsers say nothing."""
        said = [value for name, value in self.scope["headers"] if name == b"sec-fetch-site"]
        return any(value not in (b"same-origin", b"none") for value in said)

    def cookie(self, name: bytes) -> str:
        """A cookie's value, or nothing."""
        for part in self.cookies.split(b";"):
            key, _, value = part.strip().partition(b"=")
            if key == name:
                return value.decode("latin-1")
        return ""


@dataclass(slots=True)
class Reply:
    """An answer, before the headers that all of them carry (`common`, if they are known already)."""

    status: int
    body: bytes = b""
    headers: Headers = field(default_factory=list)
    common: Headers | None = None


#: Answers the requests of one method and path.
Handler = Callable[[Visit], Awaitable[Reply]]


def redirect(path: str) -> Reply:
    """An answer that leads on to a path of ours, which is percent-encoded already."""
    return Reply(303, b"", [(b"location", path.encode()), NO_STORE, NOT_INDEXED])


def read(scope: Scope, receive: Receive) -> Visit:
    """Take from the scope what we need, in one pass over the headers."""
    visit = Visit(scope, receive, scope["method"], decoded(scope["raw_path"]))
    accept = dest = b""
    for name, value in scope["headers"]:
        if name == b"host":
            visit.host, visit.hosts = value.decode("latin-1").lower(), visit.hosts + 1
        elif name == b"cookie":
            visit.cookies = visit.cookies + b";" + value if visit.cookies else value
        elif name == b"accept-encoding":
            visit.deflated = takes_deflate(value)
        elif name == b"sec-fetch-dest":
            dest = value
        elif name == b"accept":
            accept = value
    visit.navigates = dest == b"document" if dest else b"text/html" in accept
    return visit


def decoded(raw: bytes) -> str | None:
    """The path, percent-decoded once; None for what can't be a path of ours: not UTF-8, or a slash in disguise."""
    if b"%" in raw:
        if b"%2f" in raw.lower():
            return None
        raw = unquote_to_bytes(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return None


@lru_cache(maxsize=256)
def takes_deflate(accepted: bytes) -> bool:
    """Whether the browser takes `Content-Encoding: deflate`."""
    if b"deflate" not in accepted:
        return False
    for part in accepted.split(b","):
        name, *weights = part.replace(b" ", b"").split(b";")
        if name == b"deflate":
            return not any(weight.strip(b"0.") == b"q=" for weight in weights)
    return False


async def read_form(visit: Visit) -> dict[str, str] | None:
    """The fields of a posted form, the first of each name; None if it is no form or absurdly long."""
    request = Request(visit.scope, visit.receive)
    if request.headers.get("content-type", "").partition(";")[0].strip().lower() != _FORM:
        return None
    body = bytearray()
    try:
        async for chunk in request.stream():
            body += chunk
            if len(body) > _LONGEST_FORM:
                return None
    except ClientDisconnect:
        return None
    try:
        pairs = parse_qsl(body.decode("ascii"), keep_blank_values=True, max_num_fields=20, errors="replace")
    except ValueError:
        return None
    fields: dict[str, str] = {}
    for name, value in pairs:
        fields.setdefault(name, value)
    return fields


async def send_reply(send: Send, reply: Reply, common: Headers, *, head: bool) -> None:
    """Send an answer; a HEAD gets the same headers without the body."""
    headers = [*reply.headers, (b"content-length", str(len(reply.body)).encode()), *common]
    start: dict[str, Any] = {"type": "http.response.start", "status": reply.status, "headers": headers}
    await send(start)
    await send({"type": "http.response.body", "body": b"" if head else reply.body})
