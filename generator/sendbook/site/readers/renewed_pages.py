"""The pages that rest on who somebody is, and on nothing else: whom to ask, and who can see what.

They are made once for all who see the same of the campus, under a name that stays, and made again where they are: a
colleague's new telephone number is a page for each sort of reader, and nothing at all is done for each reader.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from itertools import chain
from typing import Any

from sendbook.access.people import Reader
from sendbook.bundle.schema import DIRECTORY
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.template_faults import Fault, Noting
from sendbook.pages.templates import Renders
from sendbook.site.build.shared_campus import Around
from sendbook.site.readers.campus_readings import manner_of
from sendbook.site.readers.directory import PATH, directory, listed
from sendbook.site.readers.made_for_many import MadeForMany

# Ends what the bundle remembers of pages that are for readers who have a student's pages.
_SEES_STUDENTS = b" sees students"
_FAULTY = b"with a fault: "

Shown = Callable[[], Mapping[str, Showing]]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """Pages, and the faults that they were made with."""

    pages: Pages
    faults: frozenset[Fault]


class RenewedPages:
    """Makes these pages in one publication; ``pages`` are all that there are about the campus."""

    def __init__(self, made: MadeForMany, pages: Sequence[CampusPage[Any]]) -> None:
        self._common = made.common
        self._bundle = made.bundle
        self._change = made.change
        self._faults = made.faults
        self._pages = tuple(page for page in pages if page.renewed)
        # With the last of their readers pages go, and what is remembered of them may not.
        self._there = frozenset(made.bundle.projections(DIRECTORY))
        self._looked_at: set[str] = set()
        # Many sorts of reader differ in nothing that a page shows: it is made once for all of them.
        self._made: dict[Hashable, _Made] = {}

    def projection(self, reader: Reader, *, sees_students: bool) -> str:
        """Returns the projection for a reader; made again if anything that it rests on is another."""
        common, around = self._common, self._common.around(reader.id)
        beside = reader.name if reader.name in around.surroundings.staff_names else ""
        if reader.id in around.surroundings.staff:
            beside = ""  # among colleagues those of one name are told apart in any case
        manner = manner_of(reader, common.on)
        sort = [around.name, manner, sees_students]
        name = digest_of([*sort, beside])
        if name not in self._looked_at:
            self._looked_at.add(name)
            shown: Shown = cache(partial(self._shown, around, manner, sees_students=sees_students))
            of_sort = digest_of(sort)
            made_of = common.renewed_rest_on.get(of_sort)
            if made_of is None:
                rests_on = [around.digest, common.on.isoformat(), common.templates.digest, code_digest()]
                made_of = digest_of([*rests_on, [one.made_of for one in shown().values()]]).encode()
                made_of += _SEES_STUDENTS if sees_students else b""
                common.renewed_rest_on[of_sort] = made_of
            if name not in self._there or self._bundle.remembered(DIRECTORY, name) != made_of:
                self._put(name, made_of, [self._directory(around, beside), *self._others(around, shown())])
        return name

    def _put(self, name: str, made_of: bytes, made: Sequence[_Made]) -> None:
        faults = frozenset(chain.from_iterable(one.faults for one in made))
        self._change.put_pages(DIRECTORY, name, {path: page for one in made for path, page in one.pages.items()})
        # A page made with a fault is made again, so that the fault is found again.
        self._change.remember(DIRECTORY, name, _FAULTY + made_of if faults else made_of)
        self._faults.of_shared(DIRECTORY, name, faults)

    def _directory(self, around: Around, beside: str) -> _Made:
        shown = listed(around.surroundings, self._common.on, beside)
        return self._once(shown, lambda templates: {PATH: directory(shown, templates)})

    def _others(self, around: Around, shown: Mapping[str, Showing]) -> Iterator[_Made]:
        for path, one in shown.items():
            made_of = path, digest_of([around.unreached_digest, one.made_of])
            yield self._once(made_of, partial(_pages, one))

    def _once(self, shown: Hashable, make: Callable[[Renders], Pages]) -> _Made:
        if shown not in self._made:
            noting = Noting(self._common.templates)
            pages = make(noting)
            self._made[shown] = _Made(pages=pages, faults=frozenset(noting.faults))
        return self._made[shown]

    def _shown(self, around: Around, manner: str, *, sees_students: bool) -> Mapping[str, Showing]:
        seen = CampusReading(around=around.unreached, on=self._common.on, manner=manner, sees_students=sees_students)
        return {page.path: one for page in self._pages if (one := page.shown_to(seen)) is not None}

    def renew(self, known: Mapping[str, Reader]) -> None:
        """Has the pages that readers were given before say what is true now; one reader stands for all who share them.

        ``known`` are all readers of today, by id.
        """
        given = self._bundle.given(DIRECTORY)
        for name, reader in given.items():
            before = self._bundle.remembered(DIRECTORY, name)
            if reader in known and before is not None:
                self.projection(known[reader], sees_students=before.endswith(_SEES_STUDENTS))
        for name in set(self._bundle.remembered_keys(DIRECTORY)) - set(given):
            self._change.remember(DIRECTORY, name, None)


def _pages(shown: Showing, templates: Renders) -> Pages:
    return shown.pages(Making(templates=templates))
