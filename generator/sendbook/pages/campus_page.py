"""Describes a page about the campus as data: where it is, what opens it, and how it is made.

A kind of record hands over its pages, and the site adds those that it makes itself. Who has a page follows from the
parts that a reader may see and from what the page then finds to show, so no list says which duties have which pages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum
from functools import cached_property
from typing import Any, Generic, TypeVar

from sendbook.bundle.fragment import Fragment, PrintData
from sendbook.campus.links import Links
from sendbook.campus.records import Record
from sendbook.pages.drawer import NavLink
from sendbook.pages.sections import Part
from sendbook.pages.surroundings import Surroundings
from sendbook.pages.templates import Renders

#: Pages and what is printed of them, by path; None for a page that is there already, just as it would be made.
Pages = dict[str, Fragment | PrintData | None]
#: Whether the page under a path is there already, made of just this.
IsUnchanged = Callable[[str, Iterable[bytes]], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedStudent:
    """A student whom a record of the campus names, as far as the reader may see them."""

    name: str
    full_name: str
    has_left: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """Something that is owed by a day (``by``), in words, as a home page lists it.

    ``of`` is what it is owed for, ``path`` where that is read. ``owed_by`` is a person's id, or "" if nobody is named.
    """

    by: date
    what: str
    of: str
    path: str
    owed_by: str = ""


@dataclass(frozen=True, kw_only=True)
class CampusReading:
    """What one reader may see of the campus, on a day.

    ``records`` are the campus's own records reduced for the reader, ``linked`` those that links lead to besides.
    ``parts`` are what the reader may see of at least one record of a kind, ``whole`` what they may see of every record
    of it, in any state. ``named`` are the students in these records whom the reader may see, by id; ``family`` are the
    names of those members of families in them whom the reader may know. ``leading`` are the students whose records lead
    to one of the campus's, by that record's id: pairs of the place where the reader reads so, and the student's name.
    It is asked for those who work here alone.
    ``sees_students`` says whether they have the pages of any student.
    """

    around: Surroundings
    on: date
    manner: str = "family"
    records: tuple[Record, ...] = ()
    linked: tuple[Record, ...] = ()
    parts: frozenset[Part] = frozenset()
    whole: frozenset[Part] = frozenset()
    parts_in: Mapping[str, frozenset[Part]] = field(default_factory=dict)
    named: Mapping[str, NamedStudent] = field(default_factory=dict)
    family: Mapping[str, str] = field(default_factory=dict)
    leading: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)
    sees_students: bool = False

    @property
    def whose(self) -> str:
        """No student's: these are the campus's own records."""
        return ""

    @cached_property
    def links(self) -> Links:
        """The links among the campus's records, as far as the reader may see them."""
        records = {record.id: record for record in (*self.linked, *self.records)}
        return Links(records.values(), self.around.kinds)

    @property
    def is_staff(self) -> bool:
        """Whether the reader works here; ``manner`` says to whom pages speak (``staff``, ``family``, ``student``)."""
        return self.manner == "staff"

    def family_name(self, person: str) -> str:
        """A colleague by name, or a member of a family if the reader may know it."""
        colleague = self.around.staff.get(person)
        return colleague.name if colleague is not None else self.family.get(person, "Someone outside school staff")

    def student_name(self, student: str) -> str:
        """A student's full name; "" for one the reader may not see."""
        return self.named[student].full_name if student in self.named else ""

    def all(self, kind: str) -> tuple[Mapping[str, Any], ...]:
        """The data of the records of a kind, as the reader may see them."""
        return tuple(record.data for record in self.records if record.kind == kind)

    def one(self, kind: str) -> Mapping[str, Any] | None:
        """The data of the one record of a kind; None if there is none, or nothing of it is for the reader."""
        return next(iter(self.all(kind)), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Making:
    """What pages are made with.

    ``nav`` makes the reader's own links in the drawer, from the path of the page that is being read; ``links`` names
    them all, for what a page is made of.
    """

    templates: Renders
    nav: Callable[[str], str] = lambda _path: ""
    links: bytes = b""
    is_unchanged: IsUnchanged = lambda _path, _made_of: False


@dataclass(frozen=True, slots=True, kw_only=True)
class Showing:
    """What a campus page has to show: ``pages`` makes it, with those below it.

    One that is not ``linked`` is there, and no menu leads to it. ``made_of`` is all that shared pages are made of,
    besides what surrounds them.
    """

    pages: Callable[[Making], Pages]
    linked: bool = True
    made_of: object = None


class Menu(Enum):
    """Where the link to a page is in the drawer: first of all, or under “Campus”."""

    FIRST = "first"
    CAMPUS = "campus"


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeBlock:
    """What a home page says of a campus page, for readers with one of these duties, who look there first.

    It decides how a home page is arranged; what is in it is what the campus page may show.
    """

    name: str
    title: str
    template: str
    roles: frozenset[str]
    show: Callable[[CampusReading], Mapping[str, Any] | None]


_Reading = TypeVar("_Reading", bound=CampusReading, contravariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class CampusPage(Generic[_Reading]):
    """A page about the campus, with those below it.

    ``kind`` is the kind of record that it shows, ``title`` what its link says; families read ``title_at_home``, where
    there is one. Without all of ``needs`` there is no page, and none if ``show`` answers None. ``for_staff`` says that
    only those who work here have it, ``button`` that a home page has a button for it. A ``shared`` page is made once
    for all who are shown the same, so it holds nobody's own links. One that is
    ``renewed`` shows nothing of a student: it rests on who its readers are, and is made again where it stands.
    ``place`` is where a record of the kind, or the entry that some steps lead into, is on it; the page itself where
    nothing is said. ``owes`` is what is owed besides that which the kind's schema says.
    """

    kind: str
    path: str
    title: str
    show: Callable[[_Reading], Showing | None]
    title_at_home: str = ""
    needs: tuple[Part, ...] = ()
    menu: Menu = Menu.CAMPUS
    for_staff: bool = False
    button: bool = False
    shared: bool = False
    renewed: bool = False
    home: HomeBlock | None = None
    place: Callable[[_Reading, Record, Sequence[str | int]], str] | None = None
    owes: Callable[[_Reading], Iterable[Owed]] | None = None

    def link(self, *, at_home: bool) -> NavLink:
        """The link to it, as it is called at school or at home."""
        return NavLink(title=(at_home and self.title_at_home) or self.title, url=self.path)

    def shown_to(self, reading: _Reading) -> Showing | None:
        """What it shows to a reader; None if it is not theirs."""
        if (self.for_staff and not reading.is_staff) or not all(part in reading.parts for part in self.needs):
            return None
        return self.show(reading)
