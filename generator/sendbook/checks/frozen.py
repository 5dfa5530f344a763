"""What holds a released figure to what was computed and approved: a digest of the record, kept in the record.

It stops no one who means to deceive, git's history does that; it finds a number changed by hand.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

DIGEST = "digest"


def figures_digest(data: Mapping[str, Any]) -> str:
    """The SHA-256 of everything a record says but its digest, whatever the order of its fields."""
    said = {name: value for name, value in data.items() if name != DIGEST}
    text = json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def is_unaltered(data: Mapping[str, Any]) -> bool:
    """Whether a record says what it said when its digest was written."""
    return data.get(DIGEST) == figures_digest(data)


def sealed(data: Mapping[str, Any]) -> dict[str, Any]:
    """The record with its digest rewritten."""
    return {**data, DIGEST: figures_digest(data)}
