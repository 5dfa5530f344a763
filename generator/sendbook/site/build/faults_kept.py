"""What the bundle remembers of templates that failed: a fault is told as long as a page that was made with ours is up.

A page that is up already is not made again by the next build, which therefore could not find out again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import asdict

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import DIRECTORY, LIBRARY
from sendbook.bundle.store import Bundle
from sendbook.pages.template_faults import Fault, packed, unpacked

#: Under this name the bundle remembers them: of a student by projection, of all else one list for each thing made.
FAULTS = "template faults"
_UNIT = "~template faults"
_READER, _SHARED = "reader ", "shared "


class FaultsKept:
    """Remembers the faults behind the pages of a bundle, in one publication."""

    def __init__(self, bundle: Bundle, change: Publication) -> None:
        self._bundle = bundle
        self._change = change

    def of_student(
        self, student: str, given: Collection[str], made: Collection[str], faults: Mapping[str, frozenset[Fault]]
    ) -> None:
        """Remembers the ``faults`` of projections just ``made``, with older ones of those ``given`` to somebody."""
        kept = self._bundle.remembered(student, FAULTS)
        before = json.loads(kept) if kept else {}
        now = {one: said for one, said in before.items() if one in given and one not in made}
        now |= {one: [asdict(fault) for fault in sorted(faults[one])] for one in faults if one in given}
        value = json.dumps(now, sort_keys=True, ensure_ascii=False).encode() if now else None
        if value != kept:
            self._change.remember(student, FAULTS, value)

    def of_reader(self, reader: str, faults: Collection[Fault]) -> None:
        """Remembers the faults behind a reader's own pages."""
        self._keep(_READER + reader, faults)

    def of_shared(self, subject: str, projection: str, faults: Collection[Fault]) -> None:
        """Remembers the faults behind pages that are made once for several readers: the library, or the directory."""
        self._keep(f"{_SHARED}{subject} {projection}", faults)

    def libraries(self) -> frozenset[str]:
        """Returns the projections of the library's pages that earlier builds made with a fault."""
        found = self._bundle.remembered_keys(_UNIT)
        library = f"{_SHARED}{LIBRARY} "
        return frozenset(key.removeprefix(library) for key in found if key.startswith(library))

    def all(self) -> Iterator[tuple[str, Fault]]:
        """Yields each fault, with the student on whose pages it shows, or "" for other pages; drops what is gone."""
        for student, kept in sorted(self._bundle.remembered_of_all(FAULTS).items()):
            for fault in sorted({Fault(**one) for some in json.loads(kept).values() for one in some}):
                yield student, fault
        there = {_READER + one for one in self._bundle.readers()}
        for subject in (LIBRARY, DIRECTORY):
            there |= {f"{_SHARED}{subject} {projection}" for projection in self._bundle.given(subject)}
        for key in self._bundle.remembered_keys(_UNIT):
            if key in there:
                yield from (("", fault) for fault in unpacked(self._bundle.remembered(_UNIT, key)))
            else:
                self._change.remember(_UNIT, key, None)

    def _keep(self, key: str, faults: Collection[Fault]) -> None:
        if faults or self._bundle.remembered(_UNIT, key) is not None:
            self._change.remember(_UNIT, key, packed(faults))
