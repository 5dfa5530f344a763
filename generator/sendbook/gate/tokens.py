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

#: The address of an invitation, before the invitation itself.
INVITED = "/invited/"
_LONGEST_PATH = 512
#: A browser holds the proofs of so many accounts, with this between them.
_MOST_PROOFS, _BETWEEN = 6, "~"


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
        """The cookie, if we wrote it and it isn't too old (or, after the clock was put back, too new)."""
        match self.read("before", text):
            case [str(nonce), float(issued), str(wanted)] if abs(now - issued) < lasts:
                return Before(nonce, issued, wanted)
        return None

    def new_invitation(self, email: str, now: float) -> str:
        """A proof that an account's owner is handed by us; it opens nothing without the password."""
        return self.sign("invitation", [self._owner(email), now, secrets.token_urlsafe(9)])

    def accept_invitation(self, text: str, now: float, lasts: float) -> str | None:
        """The browser's proof for an invitation: always the same one, so tries with it are counted together."""
        match self.read("invitation", text):
            case [str(owner), float(issued), str(nonce)] if now - issued < lasts:
                return self.sign("known", [owner, issued, nonce])
        return None

    def new_proof(self, email: str, now: float) -> str:
        """The proof of a browser that this account has signed in with."""
        return self.sign("known", [self._owner(email), now, secrets.token_urlsafe(9)])

    def proof_of(self, cookie: str, email: str, now: float, lasts: float) -> str | None:
        """The proof, among those a browser holds, that the account has signed in with it before.

        One that seems to come from the future was made before the clock was put back, and counts.
        """
        owner = self._owner(email)
        for proof in cookie.split(_BETWEEN)[:_MOST_PROOFS]:
            match self.read("known", proof):
                case [str(name), float(issued), str()] if now - issued < lasts and hmac.compare_digest(name, owner):
                    return proof
        return None

    def with_proof(self, cookie: str, proof: str) -> str:
        """What the browser holds, with one more. A newer proof takes the place of the same account's, and others stay:
        several people of a family use one browser, and nobody's page can make it forget them.
        """
        owner = self._owner_of(proof)
        others = [one for one in cookie.split(_BETWEEN) if self._owner_of(one) not in (None, owner)]
        return _BETWEEN.join([proof, *others][:_MOST_PROOFS])

    def _owner(self, email: str) -> str:
        return self.name("account", email).hex()

    def _owner_of(self, proof: str) -> str | None:
        match self.read("known", proof):
            case [str(owner), float(), str()]:
                return owner
        return None

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
