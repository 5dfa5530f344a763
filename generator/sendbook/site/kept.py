"""What the bundle keeps of a student for the pages that name many: facts, search entries and parts of a projection.

Kept by projection, so that a reader's lists can be made without loading, or even knowing of, anything they may not see.
Deflated, because there are a dozen a student and a fifth of the size is a fifth of what a build writes and reads.
"""

from __future__ import annotations

import json
import zlib
from collections.abc import Sequence
from typing import Any, TypedDict

from sendbook.site.facts import facts_of_reading
from sendbook.site.reading import Reading
from sendbook.site.search_docs import SearchDoc
from sendbook.site.templates import Renders


class Kept(TypedDict):
    """What one projection leaves for its readers' own pages."""

    facts: dict[str, Any]
    search: Sequence[SearchDoc]
    parts: Sequence[tuple[str, str]]


def facts_key(projection: str) -> str:
    """The name under which the bundle remembers it."""
    return f"facts:{projection}"


def keep(reading: Reading, search: Sequence[SearchDoc], templates: Renders) -> bytes:
    """What this projection's readers will need of the student, so that it need not be read again."""
    facts = facts_of_reading(reading, templates)
    kept: Kept = {"facts": facts, "search": search, "parts": sorted(reading.parts)}
    return zlib.compress(json.dumps(kept, ensure_ascii=False, separators=(",", ":")).encode(), 1)


def unpacked(kept: bytes) -> Kept:
    """The same as it was."""
    found: Kept = json.loads(zlib.decompress(kept))
    return found
