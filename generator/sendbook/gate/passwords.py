"""Passwords as they are kept (argon2id) and checked, at the same cost whether the account exists or not."""

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

#: Longer than any pass phrase, short enough that nobody makes us chew on megabytes.
LONGEST = 1024
SHORTEST = 12


class Passwords:
    """Hashes and checks; the cost parameters are argon2-cffi's (RFC 9106, low memory) unless handed in."""

    def __init__(self, hasher: PasswordHasher | None = None) -> None:
        self._hasher = hasher or PasswordHasher()
        self._nobody = self._hasher.hash(secrets.token_urlsafe(16))

    def hash(self, password: str) -> str:
        """The password as it is kept, with its own salt and cost."""
        return self._hasher.hash(password)

    def check(self, kept: str | None, password: str) -> bool:
        """Whether the password is the kept one. None (no such account) costs a check against nobody's."""
        try:
            same = self._hasher.verify(self._nobody if kept is None else kept, password[:LONGEST])
        except (VerificationError, InvalidHashError):
            return False
        return same and kept is not None

    def is_outdated(self, kept: str) -> bool:
        """Whether the kept hash was made at another cost than is asked today."""
        return self._hasher.check_needs_rehash(kept)
