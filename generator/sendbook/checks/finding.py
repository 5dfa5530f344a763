"""What a check says: one finding a mistake, with where it stands and what to do about it.

A finding keeps what was found in the record (``found``) apart from its sentence, because values from records may
be shown on the user's own terminal and nowhere else: not in CI formats, logs or pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from sendbook.campus.problems import Problem


class Severity(StrEnum):
    """How much a finding matters.

    An error holds back what rests on it, a warning asks for attention, a note only says what was done.
    """

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


# Codes of files that are passed over, or named and not read; whatever else can't be read is an error.
_SEVERITIES = {"litter": Severity.NOTE, "copy": Severity.WARNING, "stray": Severity.WARNING}


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that is wrong or needs attention.

    ``line`` and ``column`` count from 1 and are ``None`` where the finding is about a whole file or folder. ``parts``
    are the (kind, part) pairs the finding rests on: it is shown to those who see all of them. ``source`` cites the law,
    code or house rule it states, if it states one. ``found``, ``hint`` (what was probably meant) and ``about`` (whom it
    concerns, by name) may hold what is in records and on pages, and ``message`` and ``remedy`` never. ``seen`` is a
    digest of the text and the words found in it, which a waiver names, and ``text`` one of the text alone.
    """

    code: str
    severity: Severity
    path: str
    message: str
    remedy: str
    line: int | None = None
    column: int | None = None
    pointer: str = ""
    found: str = ""
    hint: str = ""
    about: str = ""
    source: str = ""
    parts: tuple[tuple[str, str], ...] = ()
    seen: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageSpot:
    """A place in a page, or in what should be one, where a rule is not kept: what is so, and what to do.

    ``line`` and ``column`` count from 1 and are None for a whole file. What comes from the page, a sum of its numbers
    included, is in ``found`` and ``hint`` alone, as in `Finding`.
    """

    path: str
    message: str
    remedy: str
    line: int | None = None
    column: int | None = None
    pointer: str = ""
    found: str = ""
    hint: str = ""


def from_problem(problem: Problem) -> Finding:
    """A reader's problem as a finding; whatever is meant to be read and can't be is an error."""
    return Finding(
        code=problem.code,
        severity=_SEVERITIES.get(problem.code, Severity.ERROR),
        path=problem.path,
        line=problem.line,
        column=problem.column,
        pointer=problem.pointer,
        message=problem.message,
        remedy=problem.remedy,
        found=problem.found,
        hint=problem.hint,
    )


class Findings:
    """Accumulates what several steps find: it only grows, and holds each finding once, in the order it came in."""

    def __init__(self, found: Iterable[Finding] = ()) -> None:
        self._found = dict.fromkeys(found)

    def add(self, found: Iterable[Finding]) -> None:
        """Adds those that were not found before."""
        self._found.update(dict.fromkeys(found))

    def __iter__(self) -> Iterator[Finding]:
        return iter(tuple(self._found))  # a step may add to them while it reads them


#: How the codes begin of what tells somebody what they may not know: what was published of it comes down.
LEAKS = ("leak", "DOC-07", "AP-14", "TXT")


def is_leak(finding: Finding) -> bool:
    """Whether this is an error about something that is told to people it is not for."""
    return finding.severity is Severity.ERROR and finding.code.startswith(LEAKS)


def in_order(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings file by file, in the order a person reads the file; each told once."""
    return tuple(
        sorted(
            set(findings),
            key=lambda finding: (
                finding.path,
                finding.line or 0,
                finding.column or 0,
                finding.code,
                finding.message,
            ),
        )
    )


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether anything here stops publishing."""
    return any(finding.severity is Severity.ERROR for finding in findings)
