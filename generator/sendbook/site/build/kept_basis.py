"""Keeps what access rests on from one publication to the next: a build asks for it in more than one step."""

from __future__ import annotations

from datetime import date

from sendbook.access.basis import Basis
from sendbook.campus.records import Campus
from sendbook.site.build.kept import Kept


def kept_basis(kept: Kept, shared: Campus, on: date) -> Basis:
    """Returns what decisions about students rest on, made again when one of these shared records is another.

    It remembers what it was asked on a day, and is made again on the next.
    """
    records = tuple((record.id, record.digest) for record in shared.records.values())
    return kept.value("basis", (records, shared.registry.digest, on), lambda: Basis.of(shared))
