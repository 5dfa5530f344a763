"""The documents the law or a policy asks for, as the rules about them are handed them.

A document is a handbook page that says which duty it answers. Only what its widest readers get is looked at: blocks for
other editions have been cut before, their lines left empty, so that lines and columns stay true.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sendbook.campus import markdown_lines
from sendbook.campus.called import group_of, text_of
from sendbook.campus.defaults import house_rules
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.passages import Passage, passages_of
from sendbook.campus.records import Campus, Record
from sendbook.campus.terms import Terms
from sendbook.checks.blocks import Block, blocks_of
from sendbook.checks.fact import Fact
from sendbook.checks.finding import PageSpot
from sendbook.checks.tables import Table, tables

if TYPE_CHECKING:
    from collections.abc import Collection

    from sendbook.checks.leaks.scan import Hit, Scanner

REPORT = "send_information_report"
PLAN = "accessibility_plan"

#: Where each document is looked for.
PATHS: Mapping[str, str] = {
    REPORT: "handbook/send-information-report.md",
    PLAN: "handbook/accessibility-plan.md",
}

_NOT_PROSE = re.compile(r"\{\{.*?\}\}|(?<=\])\((?:\{\{.*?\}\}|[^)])*\)|<https?:[^>]*>|\s\{:?[^{}]*\}$")


def _blank(found: re.Match[str]) -> str:
    """As many blanks; an address keeps its bracket, so that what is before it is still seen to be a link."""
    written = found.group()
    return ("(" if written.startswith("(") else " ") + " " * (len(written) - 1)


@dataclass(frozen=True)
class Document:
    """One such page. ``places`` are line and column of its facts, by name."""

    kind: str
    path: str
    title: str
    body: str = field(repr=False)
    body_line: int
    editions: tuple[str, ...]
    owner: str
    approved_on: str
    approved_by: str = ""
    minute_ref: str = ""
    last_reviewed: str | None = None
    changed_on: str | None = None
    review_by: str | None = None
    places: Mapping[str, tuple[int, int]] = field(default_factory=dict, repr=False)
    summary: str = ""

    @property
    def words_of(self) -> str:
        """The day its words are of: that of the approval, or of the last change after it."""
        return max(self.approved_on, self.changed_on or "")

    def is_review_overtaken(self, on: date) -> bool:
        """Whether the page was read through or approved, up to this day, on the day of its next review or after it."""
        done = [day for day in (self.last_reviewed, self.approved_on) if day and day <= on.isoformat()]
        return self.review_by is not None and bool(done) and self.review_by <= max(done)

    @cached_property
    def passages(self) -> tuple[Passage, ...]:
        """The page's passages in order."""
        return passages_of(self.body, self.body_line)

    @cached_property
    def prose(self) -> tuple[tuple[int, str], ...]:
        """Its lines by number; code, macros, addresses and braces are blanks of the same length."""
        return tuple(
            (line.number, _NOT_PROSE.sub(_blank, line.text)) for line in markdown_lines.lines(self.body, self.body_line)
        )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """Its paragraphs, headings and rows as they read, with the place of each character."""
        return blocks_of(self.prose)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Its tables, with the place of each cell."""
        return tuple(tables(markdown_lines.lines(self.body, self.body_line)))

    def answering(self, item: str) -> tuple[Passage, ...]:
        """The passages that say they answer an item."""
        return tuple(passage for passage in self.passages if item in passage.answers)

    def found(self, pattern: re.Pattern[str]) -> Iterator[tuple[int, int, re.Match[str]]]:
        """Line, column and match of everything a pattern finds in the prose."""
        for number, text in self.prose:
            for match in pattern.finditer(text):
                yield number, match.start() + 1, match

    def named(self, scanner: Scanner) -> Iterator[tuple[int, int, Hit]]:
        """Line, column and hit of everything in the prose that tells who somebody is."""
        rows = dict(self.prose)
        text = "\n".join(rows.get(number, "") for number in range(self.body_line, max(rows, default=0) + 1))
        for hit in scanner.hits(text):
            before = text[: hit.offset]
            yield self.body_line + before.count("\n"), hit.offset - before.rfind("\n"), hit

    def spot(
        self,
        line: int,
        message: str,
        remedy: str,
        *,
        column: int | None = 1,
        pointer: str = "",
        found: str = "",
        hint: str = "",
    ) -> PageSpot:
        """A place on this page."""
        return PageSpot(
            path=self.path,
            line=line,
            column=column,
            message=message,
            remedy=remedy,
            pointer=pointer,
            found=found,
            hint=hint,
        )

    def fact(self, name: str, message: str, remedy: str, *, found: str = "", hint: str = "") -> PageSpot:
        """A place among the facts at the top of the page: the fact's own, or the first line if it is not there."""
        line, column = self.places.get(name, (1, 1))
        return self.spot(line, message, remedy, column=column, pointer=f"/{name}", found=found, hint=hint)


@dataclass(frozen=True)
class DocumentCase:
    """The documents of a campus with its records, and the day.

    ``campus`` holds the shared records; ``students`` are the records with each student's name, and nothing is asked of
    them but whether they stand in a text (``strangers``). ``others`` are the pages that answer no duty, and that
    anybody may read; ``pages`` are all pages of the handbook with the blocks for every edition. ``facts_changed`` are
    the facts of the report that are others today than when its words were last dated, with the day of each change; none
    where no history is at hand. ``published`` are the parts of kinds of record that stand on these pages.
    """

    campus: Campus
    documents: Mapping[str, Document]
    on: date
    students: tuple[Record, ...] = field(default=(), repr=False)
    others: tuple[Document, ...] = ()
    pages: tuple[Document, ...] = ()
    facts_changed: Mapping[Fact, date] = field(default_factory=dict)
    published: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def report(self) -> Document | None:
        """The SEN information report."""
        return self.documents.get(REPORT)

    @cached_property
    def for_anybody(self) -> tuple[Document, ...]:
        """The documents, then the other pages that anybody may read."""
        return (*self.documents.values(), *self.others)

    @cached_property
    def setting(self) -> str:
        """What kind of school it is."""
        return str((self.place.get("setting") or {}).get("type", "independent"))

    @cached_property
    def place(self) -> Mapping[str, Any]:
        """The campus record."""
        record = self.campus.get(CAMPUS)
        return record.data if record else {}

    @cached_property
    def house_rules(self) -> Mapping[str, Any]:
        """What the campus has chosen for itself, and the schema's default of the rest."""
        return house_rules(self.campus.registry.kinds[CAMPUS].defaults, self.place)

    @cached_property
    def terms(self) -> Terms:
        """The campus's calendar."""
        return Terms.from_campus(self.place)

    @cached_property
    def strangers(self) -> Scanner:
        """Finds everybody who may not be named in public: students, families, and staff who are no named contacts."""
        return _scanner(self.campus.with_records(self.students), self._contacts)

    @cached_property
    def contacts(self) -> Scanner:
        """Finds the named contacts of the campus."""
        wanted = {"campus", *(f"people/{one}" for one in self._contacts)}
        kept = [record for record in self.campus.shared.records.values() if record.id in wanted]
        return _scanner(Campus(kept, self.campus.registry), frozenset())

    @cached_property
    def titles(self) -> frozenset[str]:
        """The words of the contacts' job titles."""
        people = (self.campus.get(f"people/{one}") for one in self._contacts)
        titles = (text_of(group_of(person.data, "staff").get("job_title")) for person in people if person)
        return frozenset(word for title in titles for word in title.casefold().split())

    @cached_property
    def _contacts(self) -> frozenset[str]:
        return frozenset(map(str, (self.place.get("contacts") or {}).values()))

    def threshold(self, name: str) -> int:
        """A threshold of the campus, or the schema's default."""
        return int(self.house_rules[name])


def _scanner(campus: Campus, contacts: Collection[str]) -> Scanner:
    """Imported here, because most builds look for nobody."""
    from sendbook.checks.leaks.identifiers import identifiers_of
    from sendbook.checks.leaks.scan import Scanner

    return Scanner(identifiers_of(campus, contacts))
