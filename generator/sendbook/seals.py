"""Seals what sendbook remembers between runs, so that nothing another hand wrote into a cache is ever believed.

A seal is a keyed digest over the table, the fields of a row and the code that made it. Somebody who can write to a
cache but doesn't hold the key can't make one; a row without its seal counts as missing. The key is in a file of its
own, so that a cache that is copied, restored or shared brings no seals with it. Without the key every cache is empty,
no more.
"""

from __future__ import annotations

import os
import secrets
import stat
from hashlib import blake2b
from hmac import compare_digest
from pathlib import Path

from sendbook.places import keys_of

_SIZE = 16
_KEY_SIZE = 32
#: The folder of the keys.
KEYS = "keys"
KEY_FILE = "caches.key"

Field = str | int | bytes | None


class Seals:
    """Makes and proves the seals of one file. ``purpose`` names the file's job, ``code`` the code its rows rest on."""

    def __init__(self, key: bytes, purpose: str, code: str = "") -> None:
        self._begun = blake2b(f"{purpose}\n{code}\n".encode(), key=key, digest_size=_SIZE)

    @classmethod
    def beside(cls, path: Path, purpose: str, code: str = "") -> Seals:
        """The seals of a cache at this path. The key is made at first use, where `places.keys_of` says."""
        return cls(key_beside(path), purpose, code)

    def of(self, table: str, *fields: Field) -> bytes:
        """The seal of a row: 16 bytes that change with any field, with its type and with its place.

        The last field may be a long text or bytes.
        """
        *first, last = fields
        text = last.encode("utf-8", "surrogatepass") if isinstance(last, str) else last
        digest = self._begun.copy()
        if isinstance(text, bytes):
            digest.update(f"{(table, *first, type(last).__name__, len(text))!r}\n".encode())
            digest.update(text)
        else:
            digest.update(f"{(table, *first, last)!r}\n".encode())
        return digest.digest()

    def hold(self, seal: object, table: str, *fields: Field) -> bool:
        """Whether this is the seal of that row."""
        return isinstance(seal, bytes) and compare_digest(seal, self.of(table, *fields))


def key_beside(cache: Path) -> bytes:
    """Returns the key for a cache at this path, made if there is none to trust; one for this run alone where none can
    be kept.
    """
    path = keys_of(cache, KEYS) / KEY_FILE
    try:
        return _kept(path) or _made(path)
    except OSError:
        return secrets.token_bytes(_KEY_SIZE)


def _kept(path: Path) -> bytes | None:
    """The key, if the file is private and whole: a key that others could read, or damaged, seals nothing."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
    except OSError:  # missing, a link, or not ours to read
        return None
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(handle)
        if not stat.S_ISREG(status.st_mode) or stat.S_IMODE(status.st_mode) & 0o077 or status.st_uid != os.geteuid():
            return None
        key = file.read(_KEY_SIZE + 1)
    return key if len(key) == _KEY_SIZE else None


def _made(path: Path) -> bytes:
    """A new key under this path. Of several processes that come at once, all go on with the one that came first."""
    path.parent.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.parent.mkdir(mode=0o700, exist_ok=True)
    fresh = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    try:
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | os.O_CLOEXEC, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_KEY_SIZE))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(fresh, path)
        except FileExistsError:
            if _kept(path) is None:  # not a key that can be trusted: it is replaced
                fresh.replace(path)
        key = _kept(path)
    finally:
        fresh.unlink(missing_ok=True)
    return key if key is not None else secrets.token_bytes(_KEY_SIZE)
