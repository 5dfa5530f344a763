"""The pages about the campus that are made once for all who are shown the same, such as the library.

A projection is named by what each of its pages was made of, so one that differs from another in a single page takes
over the rest.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from sendbook.bundle.schema import LIBRARY
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.template_faults import Noting
from sendbook.site.build.shared_campus import Around
from sendbook.site.readers.made_for_many import MadeForMany

_BETWEEN = "+"


class SharedPages:
    """Makes what readers share of the campus, in one publication; ``pages`` are all that there are about it."""

    def __init__(self, made: MadeForMany, pages: Sequence[CampusPage[Any]]) -> None:
        self._common = made.common
        self._change = made.change
        self._faults = made.faults
        self._pages = tuple(page for page in pages if page.shared and not page.renewed)
        self._there: set[str] = set(made.bundle.projections(LIBRARY))
        #: A projection with the pages that were made of this, by the digest that stands for them in its name.
        self._with: dict[str, str] = {}
        for projection in self._there - made.faults.libraries():
            self._note(projection)

    def projection(self, campus: CampusReading, around: Around) -> str:
        """Returns the projection for a reader who sees this of the campus; made if it isn't there."""
        # Nobody's number is on them, so none of them is made again when one changes.
        made_by = [around.unreached_digest, self._common.templates.digest, code_digest()]
        seen = replace(campus, around=around.unreached)
        shown = [(page, one) for page in self._pages if (one := page.shown_to(seen)) is not None]
        parts = {digest_of([page.path, one.made_of, made_by]): (page, one) for page, one in shown}
        name = _BETWEEN.join(parts) or digest_of(made_by)
        if name not in self._there:
            self._there.add(name)
            self._make(name, parts)
        return name

    def _make(self, name: str, parts: dict[str, tuple[CampusPage[Any], Showing]]) -> None:
        making = Making(templates=(noting := Noting(self._common.templates)))
        made: Pages = {}
        for part, (page, showing) in parts.items():
            before = self._with.get(part)
            taken_over = self._change.take_over(LIBRARY, before, name, page.path) if before is not None else ()
            made |= dict.fromkeys(taken_over) if taken_over else showing.pages(making)
        self._change.put_pages(LIBRARY, name, made)
        self._faults.of_shared(LIBRARY, name, noting.faults)
        if not noting.faults:  # a page made with a fault is made again, so that the fault is found again
            self._note(name)

    def _note(self, projection: str) -> None:
        self._with |= dict.fromkeys(projection.split(_BETWEEN), projection)
