"""Names a value of plain data by a digest: equal values have one name, in whatever order their fields were written."""

from __future__ import annotations

import json
from hashlib import blake2b

_BYTES = 20
_CANONICAL = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest_of(value: object) -> str:
    """Returns BLAKE2b, in hexadecimal, of the canonical JSON: sorted keys, no spaces, characters as they are."""
    return blake2b(_CANONICAL.encode(value).encode(), digest_size=_BYTES).hexdigest()
