"""Why a public edition without a mistake is still not put before everybody: a reason a person can read, or none.

The private site is built meanwhile: those who work with it know what is still missing, and the public does not.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sendbook.campus.records import Campus
from sendbook.campus.words import listed
from sendbook.checks.catalogue import ITEMS
from sendbook.checks.finding import Finding
from sendbook.checks.leaks.folding import TAG
from sendbook.checks.leaks.pieces import Piece, pieces_of
from sendbook.checks.rules.campus_rules import Placeholder, placeholders
from sendbook.handbook.plain_folder import THEME

_MUST = {item.id for item in ITEMS if item.must}


def lacking(findings: Iterable[Finding]) -> str:
    """Finds that the SEN information report lacks a passage, also for a school whose own policy alone asks for it."""
    items = sorted({finding.code for finding in findings} & _MUST)
    if not items:
        return ""
    return (
        f"The SEN information report says nothing yet on {listed(items)}: write it before everybody reads the report."
    )


def begun_only(files: Mapping[str, bytes], campus: Campus) -> str:
    """Finds names and addresses that a new campus begins with, and that are nobody's: the public would be sent there.

    ``files`` are those that would be published, by path. What is in none of them keeps nobody waiting.
    """
    waiting: dict[str, list[Placeholder]] = {}  # one address can be that of several people
    for one in placeholders(campus):
        waiting.setdefault(_plain(one.value), []).append(one)
    standing: list[Placeholder] = []
    for path, content in files.items() if waiting else ():
        for piece in () if path.startswith(THEME) else pieces_of(path, content):
            text = _plain(piece.text) if isinstance(piece, Piece) else ""
            standing += [one for value in list(waiting) if value in text for one in waiting.pop(value)]
    if not standing:
        return ""
    fields: dict[str, set[str]] = {}
    for one in standing:
        fields.setdefault(one.record.path, set()).add(one.pointer.split("/")[1])
    places = listed([f"{path} ({', '.join(sorted(names))})" for path, names in sorted(fields.items())])
    return f"The public pages give names or addresses that are nobody's: write your own in {places}."


def _plain(text: str) -> str:
    """Without tags, capitals and ends of lines."""
    return " ".join(text.replace(TAG, "").casefold().split())
