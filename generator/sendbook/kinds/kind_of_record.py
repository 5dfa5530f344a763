"""One kind of record as data: everything the rooms above and below are handed of it, besides its schema."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sendbook.checks.rule_book import RuleBook
from sendbook.figures.counts import Share
from sendbook.history.telling import Teller
from sendbook.pages.campus_page import CampusPage, CampusReading
from sendbook.pages.macro import Macro
from sendbook.pages.reading import Ends, Facts, MetOn, Reading
from sendbook.pages.sections import PageKind, Paper, Part, Section
from sendbook.pages.surroundings import OfKind

Days = Callable[[Mapping[str, Any]], Iterable[str]]
Surrounds = Callable[[Mapping[str, Any], date], OfKind | None]
DatesOf = Callable[[Reading], Iterable[tuple[str, str]]]
ReadAt = Callable[[Mapping[str, Any]], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dates:
    """Days to know of a kind's records: ``of`` says which and of what, ``parts`` are those it reads."""

    of: DatesOf
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfRecord:
    """What a shipped kind has beyond its schema.

    ``name`` is the kind's name, as its schema has it. ``rules`` are those about such records. ``tellers`` put the
    changes of a list of the kind into words, by the list's field; "" is for the record's other fields. Without one,
    changes are told from the schema.

    ``ends`` are the days on which something in a record comes to its end: pages change on them, and on no other day.
    ``met_on`` is the day of the meeting that a record is of, for a kind whose records are of meetings. ``days`` are all
    days on which something that is read of a record was written down, agreed or measured.

    ``pages`` are the student's pages that belong to the kind, ``sections`` what it puts on pages, its own and those of
    other kinds: by the page's name, then by a number that gives the order of reading. ``papers`` are its documents,
    by the page.
    ``read_at`` is where a record in force is read, in the student's folder; None where these readers find it nowhere.
    ``entries_at`` are the headings that entries of a list have on that page, by the list: ``target-{id}``.
    ``page_from_schema`` says that its records are on a page made from the schema all the same; what it puts on a page
    of the kind's name then comes before them, on paper too: tables, with nothing that is not for the family. ``facts``
    are what lists and home pages need of its records, under the name of the kind; every key is always there.
    ``ends_with_support`` is true of a kind that is over when the student's support is: its reviews are owed no more.
    ``dates`` are its days on the student's first page.
    ``surrounds`` makes what its pages rest on besides records, of the campus's record as a reader sees it and of the
    day. ``campus_pages`` are its pages about the campus, in the order of the drawer.
    ``macros`` say something of it in the handbook. ``shares`` are what released figures say of its records.
    """

    name: str
    rules: RuleBook = field(default_factory=RuleBook)
    tellers: Mapping[str, Teller] = field(default_factory=dict)
    ends: Ends | None = None
    met_on: MetOn | None = None
    facts: Callable[[Reading], Facts] | None = None
    surrounds: Surrounds | None = None
    dates: Dates | None = None
    campus_pages: tuple[CampusPage[CampusReading], ...] = ()
    macros: tuple[Macro, ...] = ()
    shares: tuple[Share, ...] = ()
    days: Days | None = None
    pages: tuple[PageKind, ...] = ()
    sections: Mapping[str, Mapping[int, Section]] = field(default_factory=dict)
    page_from_schema: bool = False
    papers: Mapping[str, Paper] = field(default_factory=dict)
    read_at: ReadAt | None = None
    entries_at: Mapping[str, str] = field(default_factory=dict)
    ends_with_support: bool = False

    @property
    def is_on_pages(self) -> bool:
        """Whether pages are made for it; those of any other kind are made from its schema alone."""
        return bool(self.pages or self.sections) and not self.page_from_schema
