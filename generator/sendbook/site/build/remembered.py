"""Has the bundle remember of a student what pages that name many need: facts and parts of a projection.

By projection, so that a reader's lists can be made without loading, or even knowing of, anything they may not see.
Each is a line of JSON of its own and read only where it is wanted: for a reader who sees a whole campus there are
thousands of them.
"""

from __future__ import annotations

import json
from hashlib import blake2b
from typing import Any, NamedTuple

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.pages.reading import Reading
from sendbook.pages.templates import Renders
from sendbook.site.readers.facts import facts_of_reading

#: Under this name the bundle remembers what belongs to all of the campus.
SHARED_CAMPUS = "~shared campus"
# Names of things that earlier versions of sendbook remembered, and that nothing asks for any more.
_FORMER = ("~world", "~standing")
_FORMER_OF_HANDBOOK = "held"


class RememberedStudent(NamedTuple):
    """Holds what one projection leaves for its readers' own pages; ``digest`` names the facts."""

    digest: bytes
    facts_line: bytes
    parts_line: bytes

    @property
    def facts(self) -> dict[str, Any]:
        """Returns what lists and home pages need."""
        found: dict[str, Any] = json.loads(self.facts_line)
        return found

    @property
    def parts(self) -> frozenset[tuple[str, str]]:
        """Returns what of the student these readers see, as kind and part."""
        return frozenset((kind, part) for kind, part in json.loads(self.parts_line))


def facts_key(projection: str) -> str:
    """Returns the name under which the bundle remembers it."""
    return f"facts:{projection}"


def keep(reading: Reading, templates: Renders) -> bytes:
    """Returns what this projection's readers will need of the student, so that it need not be read again."""
    facts = as_json(facts_of_reading(reading, templates))
    digest = blake2b(facts, digest_size=16).hexdigest().encode()
    # A line never holds the end of one: JSON writes that as two characters.
    return b"\n".join((digest, facts, as_json(sorted(reading.parts))))


def unpacked(kept: bytes) -> RememberedStudent:
    """Returns the same as it was."""
    return RememberedStudent._make(kept.split(b"\n"))


def as_json(value: object) -> bytes:
    """Returns a value as compact JSON on one line."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def drop_former_names(bundle: Bundle, change: Publication) -> None:
    """Drops what an earlier version remembered under another name: it may be of somebody who is gone since."""
    for name in _FORMER:
        for key in bundle.remembered_keys(name):
            change.remember(name, key, None)
    change.remember(HANDBOOK, _FORMER_OF_HANDBOOK, None)
