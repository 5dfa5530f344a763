"""A page is a list of sections; a section is a small template and the parts it needs.

The projection is asked which sections it has: those whose needed parts are all granted and that have something to
show, or a sentence to say that there is nothing yet. The page, its contents list and what its key rests on fall out
of the same list, so no template ever asks who is reading.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from sendbook.documents.kinds import DocumentKind
from sendbook.pages.contents import Heading
from sendbook.pages.reading import Reading
from sendbook.pages.templates import Renders

Part = tuple[str, str]

#: A page of this order comes after those that kinds have from their schemas alone.
AFTER_ALL_KINDS = 1000
Show = Callable[[Reading], Mapping[str, Any] | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """A title as it is said to staff, to family and to the student; ``{name}`` is the name the student uses."""

    staff: str
    family: str = ""
    student: str = ""

    def to(self, reading: Reading) -> str:
        said = getattr(self, reading.manner if reading.manner in ("family", "student") else "staff") or self.staff
        return str(said).replace("{name}", reading.known_as) if "{name}" in said else str(said)


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A piece of a page.

    ``needs`` are the (kind, part)s without which the section is not there at all; ``also`` are parts it shows more
    of if they are granted. ``show`` picks what the template is handed, or None if there is nothing; then ``empty``
    is said, if there is such a sentence. ``show`` may hand over ``headings``: pairs of id and text for the contents.
    One that is ``boxed`` comes before anything else on its page, in a box. ``printed`` is what papers of other kinds
    say of it; a paper knows its own kind's sections by itself.
    """

    name: str
    title: Voice
    template: str
    show: Show
    needs: tuple[Part, ...] = ()
    also: tuple[Part, ...] = ()
    empty: Voice | None = None
    boxed: bool = False
    printed: Show | None = None

    @property
    def reads(self) -> frozenset[Part]:
        """Every part the section may show something of."""
        return frozenset((*self.needs, *self.also))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A document of a student that a page offers: of which kind, in the words of ``link``, and what makes its data.

    It is in the ``folder``, and exists where its projection has anything to print. ``data`` is handed the sections of
    the page in their order: at a meeting some look at a screen and some at paper, and what one of them reads out, the
    others must find. It returns None where there is nothing to print. The document itself is made of the print data
    when somebody asks for it, never in the build.
    """

    kind: DocumentKind
    link: str
    data: Callable[[Reading, tuple[Section, ...]], bytes | None]
    folder: str = "{home}"

    def path_of(self, reading: Reading) -> str:
        """Where it stands: ``/students/7Q4K/plan-7Q4K.pdf``."""
        return f"{self.folder.replace('{home}', reading.home)}{self.kind.file_name(reading.id)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKind:
    """A page of a student: where it stands (``{home}`` is the student's own folder), its title and its sections.

    Pages are in the drawer by their ``order``. The ``first`` of them is what a search for the student's names finds,
    and is there for a box alone. A page that is ``like`` another has the sections of that one.
    One that is not ``searched`` holds words that are no longer so: `/search` does not find it by them. ``draft_of`` is
    the kind whose draft a page reads in the place of the record in force, and without which it is not there; ``called``
    is what it says of itself that is still being written: this plan.
    """

    name: str
    path: str
    title: Voice
    link: Voice
    order: float = 0
    sections: tuple[Section, ...] = ()
    papers: tuple[Paper, ...] = ()
    like: str = ""
    called: str = ""
    first: bool = False
    lead: Callable[[Reading], str] | None = None
    draft_of: str = ""
    searched: bool = True

    @property
    def reads(self) -> frozenset[Part]:
        """Every part any of its sections may show something of: what a fragment's key has to rest on."""
        return frozenset().union(*(section.reads for section in self.sections))

    def path_of(self, reading: Reading) -> str:
        return self.path.replace("{home}", reading.home)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shown:
    """A section this projection has: its values, or None where only the empty sentence is said."""

    section: Section
    title: str
    values: Mapping[str, Any] | None

    def headings(self) -> Iterator[Heading]:
        """The section's own entry in the contents list, then those inside it."""
        yield Heading(id=self.section.name, text=self.title)
        for name, text in (self.values or {}).get("headings", ()):
            yield Heading(id=name, text=text, level=3)


def sections_of(page: PageKind, reading: Reading) -> tuple[Shown, ...]:
    """The sections of a page that this projection has, in the page's order."""
    return tuple(shown_of(page.sections, reading.of_draft(page.draft_of) if page.draft_of else reading))


def shown_of(sections: tuple[Section, ...], reading: Reading) -> Iterator[Shown]:
    """Yields those of some sections that this projection has, in their order."""
    for section in sections:
        if not all(reading.has(part) for part in section.needs):
            continue
        values = reading.once(section.show)
        if values is not None or section.empty is not None:
            yield Shown(section=section, title=section.title.to(reading), values=values)


def render_section(shown: Shown, reading: Reading, templates: Renders) -> Markup:
    """The inside of a section, without its heading."""
    if shown.values is None:
        said = shown.section.empty.to(reading) if shown.section.empty else ""
        return templates.render("sections/empty.html", {"said": said})
    return templates.render(shown.section.template, shown.values)
