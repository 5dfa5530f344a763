"""Values that come back from the browser and must be ours: signed, each for one purpose.

Nothing here is kept: a form's token follows from the session (or from the cookie of the sign-in page) and the
gate's key.
"""

import base64
import binascii
import hmac
import json
import secrets
from dataclasses import dataclass

_LONGEST_PATH = 512


@dataclass(frozen=True, slots=True)
class Before:
    """What the browser holds before somebody signs in: a nonce for the form, and the page they wanted."""

    nonce: str
    issued: float
    wanted: str


class Tokens:
    """Signs and checks with the gate's key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def csrf(self, session: bytes) -> str:
        """The token of a session's forms."""
        return self._mac("csrf", session)

    def csrf_before(self, before: Before) -> str:
        """The token of the sign-in form that belongs to this cookie."""
        return self._mac("csrf before", before.nonce.encode())

    def name(self, kind: str, value: str) -> bytes:
        """A name for counting by (an address, an account) that can't be turned back without the key."""
        return hmac.digest(self._key, f"name {kind} {value}".encode(), "sha256")

    def new_before(self, now: float, wanted: str = "/") -> Before:
        """A fresh cookie value; a path too long to keep becomes the home page."""
        return Before(secrets.token_urlsafe(16), now, wanted if len(wanted) <= _LONGEST_PATH else "/")

    def write_before(self, before: Before) -> str:
        """The cookie's text."""
        return self.sign("before", [before.nonce, before.issued, before.wanted])

    def read_before(self, text: str, now: float, lasts: float) -> Before | None:
        """The cookie, if we wrote it and it isn't too old."""
        match self.read("before", text):
            case [str(nonce), float(issued), str(wanted)] if 0 <= now - issued < lasts:
                return Before(nonce, issued, wanted)
        return None

    def write_known(self, email: str, now: float) -> str:
        """The cookie of a browser that this account has signed in with."""
        return self.sign("known", [self.name("account", email).hex(), now, secrets.token_urlsafe(9)])

    def read_known(self, text: str, email: str, now: float, lasts: float) -> bool:
        """Whether the browser has signed in with this account before."""
        match self.read("known", text):
            case [str(name), float(issued), str()] if 0 <= now - issued < lasts:
                return hmac.compare_digest(name, self.name("account", email).hex())
        return False

    def sign(self, purpose: str, value: list[str | float]) -> str:
        """A value with its signature, in letters a cookie may hold."""
        text = base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")
        return f"{text}.{self._mac(purpose, text.encode())}"

    def read(self, purpose: str, text: str) -> object:
        """The value, if it was signed by us for this purpose."""
        value, _, mac = text.rpartition(".")
        if not same(mac, self._mac(purpose, value.encode())):
            return None
        try:
            return json.loads(base64.urlsafe_b64decode(value + "=" * (-len(value) % 4)))
        except (binascii.Error, ValueError):
            return None

    def _mac(self, purpose: str, message: bytes) -> str:
        digest = hmac.digest(self._key, purpose.encode() + b"\0" + message, "sha256")
        return base64.urlsafe_b64encode(digest).decode().rstrip("=")


def same(given: str, expected: str) -> bool:
    """Whether two tokens are equal, in a time that doesn't tell where they differ."""
    return hmac.compare_digest(given.encode(), expected.encode())
