"""One kind of record as data: everything the rooms above and below are handed of it, besides its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendbook.history.telling import Teller
from sendbook.pages.campus_page import CampusPage, CampusReading
from sendbook.pages.reading import Ends, MetOn


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfRecord:
    """What a shipped kind has beyond its schema.

    ``name`` is the kind's name, as its schema has it. ``tellers`` put the changes of a list of the kind into words, by
    the list's field; "" is for the record's other fields. Without one, changes are told from the schema.

    ``ends`` are the days on which something in a record comes to its end: pages change on them, and on no other day.
    ``met_on`` is the day of the meeting that a record is of, for a kind whose records are of meetings.
    ``campus_pages`` are its pages about the campus, in the order of the drawer.
    """

    name: str
    tellers: Mapping[str, Teller] = field(default_factory=dict)
    ends: Ends | None = None
    met_on: MetOn | None = None
    campus_pages: tuple[CampusPage[CampusReading], ...] = ()
