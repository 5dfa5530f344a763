"""Gathers what a reader's pages of one student are made from: the projection, what surrounds it, and names.

Whatever two readers are shown alike has one `PageSource`; nothing of the records comes to their pages another way.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain

from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import Scope
from sendbook.campus.foundation import STUDENT
from sendbook.kinds.days import ENDS, MET_ON
from sendbook.kinds.places import place_linked
from sendbook.pages.asked import Asked, noting
from sendbook.pages.changed_days import NOTHING_CHANGED, WhatChanged
from sendbook.pages.charts import Drawings
from sendbook.pages.reading import Reading, WhoSees, known_as, last_met, over_by, reading_of
from sendbook.site.build.changes import Changes
from sendbook.site.build.family_contacts import Contacts, family_contacts, family_phones
from sendbook.site.build.shared_campus import Around, SharedCampus, persons_in

# Who may read the named list of who sees a student: those who keep the family's relations, because a name that is
# missing from the list tells of a restriction.
_NAMED_FOR = ("student", "family")


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSource:
    """Holds a projection as some of its readers get it: with what surrounds it and the names they may see.

    ``named`` says whether they see the list of who sees the student, ``told`` what changed for them.
    """

    projected: ProjectedStudent
    around: Around
    family: Mapping[str, str]
    phones: Mapping[str, str]
    contacts: Contacts
    named: bool
    over_by: str
    told: WhatChanged = NOTHING_CHANGED

    def reading(
        self, *, seen_by: tuple[WhoSees, ...] = (), drawn: Drawings | None = None, asked: Asked | None = None
    ) -> Reading:
        """Returns the projection as pages and documents read it; ``asked`` notes what these ask around them."""
        return reading_of(
            self.projected,
            noting(self.around.surroundings, asked) if asked is not None else self.around.surroundings,
            family=self.family,
            phones=self.phones,
            contacts=self.contacts,
            seen_by=seen_by,
            told=self.told,
            over_by=self.over_by,
            where=place_linked,
            drawn=drawn,
        )


def page_source(
    common: SharedCampus,
    scope: Scope,
    projected: ProjectedStudent,
    persons: Iterable[str],
    changes: Changes | None = None,
) -> PageSource:
    """Returns what the pages of one scope's reader are made from; ``persons`` are those the projection speaks of."""
    reader, around = scope.reader, common.around(scope.reader)
    spoken_of = sorted({*persons, *changes.persons(reader)}) if changes is not None else persons
    family = _family_names(common, scope, around, projected, spoken_of)
    return PageSource(
        projected=projected,
        around=around,
        family=family,
        phones=family_phones(common, reader, around, projected, family),
        contacts=family_contacts(common, reader, around, projected),
        named=_NAMED_FOR in projected.parts,
        over_by=over_by(projected, ENDS, common.on.isoformat()),
        told=changes.told_to(reader, around, family, known_as(projected), last_met(projected, MET_ON))
        if changes is not None
        else NOTHING_CHANGED,
    )


def _family_names(
    common: SharedCampus, scope: Scope, around: Around, projected: ProjectedStudent, persons: Iterable[str]
) -> dict[str, str]:
    """Names of the people a projection speaks of, as far as its reader may see them: their own among them, and those of
    the people they live with.
    """
    names = {}
    for person in persons:
        name = common.family_name(around, person)
        if name is None and (
            person in scope.at_home or (person == scope.reader and not _is_named_at_work(person, around, projected))
        ):
            name = common.called(person)
        if name is not None:
            names[person] = name
    return names


def _is_named_at_work(reader: str, around: Around, projected: ProjectedStudent) -> bool:
    """Whether a reader's own name is on these pages as a colleague's alone, as everybody's there is.

    With their own name among the family's, each colleague named in a record would be given pages of their own that say
    what the next one's say.
    """
    header = projected.records.get(f"students/{projected.student}/{STUDENT}")
    family = header.data.get("family", ()) if header is not None else ()
    is_family = projected.manner != "staff" or any(item.get("person") == reader for item in family)
    return reader in around.surroundings.staff and not is_family


def persons_by_projection(projections: Mapping[str, ProjectedStudent]) -> dict[str, list[str]]:
    """Returns the people each projection speaks of.

    What several projections share is looked through once: a field of a record, or an entry of its list.
    """
    in_value: dict[int, frozenset[str]] = {}

    def among(values: Iterable[object]) -> Iterator[frozenset[str]]:
        for value in values:
            if id(value) not in in_value:  # all that is looked through is in the projections, and stays there
                inside = among(value) if isinstance(value, list) else (persons_in(value),)
                in_value[id(value)] = frozenset().union(*inside)
            yield in_value[id(value)]

    return {
        name: sorted(frozenset[str]().union(*chain.from_iterable(among(one.data.values()) for one in records)))
        for name, records in ((name, projected.records.values()) for name, projected in projections.items())
    }
