"""Encrypts what builds remember in a file that other programs may read.

The gate reads the site's database, and nothing else of a build. What builds remember there for the day on which a
record has an error is the record as a whole, so it is readable only with a key that lies where the gate may not look.
AES-256-GCM (NIST SP 800-38D): without the key nobody can read a value, change it, or put it in another place.
"""

from __future__ import annotations

import os
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

#: Bytes of the number that is used once, and of the proof that nothing was changed.
_ONCE, _PROOF = 12, 16


class Encryption:
    """Encrypts and decrypts the values of one file. ``purpose`` names the file's job: each has a key of its own."""

    def __init__(self, key: bytes, purpose: str) -> None:
        self._key = blake2b(f"encryption of {purpose}".encode(), key=key, digest_size=32).digest()

    @cached_property
    def _cipher(self) -> AESGCM:
        # Only builds need it, and it takes a moment to be read.
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        return AESGCM(self._key)

    def encrypted(self, value: bytes, *place: str) -> tuple[bytes, bytes]:
        """Returns a seal (28 bytes, another each time) and the encrypted value, which belong to this place alone."""
        once = os.urandom(_ONCE)
        made = self._cipher.encrypt(once, value, _named(place))
        return once + made[-_PROOF:], made[:-_PROOF]

    def decrypted(self, seal: object, value: object, *place: str) -> bytes | None:
        """Returns the value; None if it is not what was encrypted for this place with this key."""
        from cryptography.exceptions import InvalidTag

        if not isinstance(seal, bytes) or not isinstance(value, bytes) or len(seal) != _ONCE + _PROOF:
            return None
        try:
            return self._cipher.decrypt(seal[:_ONCE], value + seal[_ONCE:], _named(place))
        except InvalidTag:
            return None


def _named(place: tuple[str, ...]) -> bytes:
    return repr(place).encode("utf-8", "surrogatepass")
