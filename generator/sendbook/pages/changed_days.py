"""What changed for a reader on a day, as the pages tell it: plain data, made in `changes` and read by the sections."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sendbook.history.confidences import Sentence

#: Sentences under headings; the heading is "" where the record's own title says enough.
Passages = tuple[tuple[str, tuple[Sentence, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedRecord:
    """What changed in one record; ``record`` is its place among the student's own, such as ``meetings/2026-10-14``."""

    record: str
    title: str
    passages: Passages


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedDay:
    """What changed for a reader on one day.

    ``begins`` says that nothing was kept before it. ``by`` (who recorded it), ``clocks`` (what wrong clocks said) and
    ``unreadable`` (records of which that day's version can't be read) are empty except for who sees all of the
    student's record.
    """

    day: str
    records: tuple[ChangedRecord, ...] = ()
    begins: bool = False
    by: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()
    unreadable: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WhatChanged:
    """What changed for a reader: day by day, the newest first; and all that changed since they last met taken together.

    ``met`` is the day of that meeting. ``together`` is empty where it would only repeat a single day.
    """

    days: tuple[ChangedDay, ...] = ()
    met: str | None = None
    together: tuple[ChangedRecord, ...] = ()

    def sentences(self) -> Iterator[tuple[str, str]]:
        """Every heading and sentence told, with the place of the record it is about."""
        told = [record for day in self.days for record in day.records]
        for record in (*told, *self.together):
            yield record.record, record.title
            for heading, sentences in record.passages:
                yield from ((record.record, text) for text in (heading, *(one.text for one in sentences)) if text)

    def plain(self) -> list[Any]:
        """As plain data, for the digest that names the pages which tell it."""
        days = [[one.day, _plain(one.records), one.begins, one.by, one.unreadable] for one in self.days]
        return [days, self.met if days else None, _plain(self.together)]


NOTHING_CHANGED = WhatChanged()


def _plain(records: tuple[ChangedRecord, ...]) -> list[Any]:
    return [[one.record, one.title, one.passages] for one in records]
