"""Records and the campus they make: frozen, found by id, cheap to derive one from another.

A campus may hold all records or some: the build keeps the shared ones and adds one student after another, and
a reader's view is a campus of projected records. Reading files is left to `folder`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sendbook.campus.schemas import SchemaRegistry


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One record as its file holds it.

    ``id`` is the path below ``records/`` without ``.yml``; ``path`` is relative to the campus folder;
    ``digest`` is the SHA-256 of the file's bytes in hexadecimal. ``data`` is shared and never changed.
    """

    id: str
    kind: str
    student: str | None
    path: str
    digest: str
    data: Mapping[str, Any] = field(hash=False, repr=False)  # a record's text has no place in logs and tracebacks


class Campus:
    """Records by id, in the order of their ids. Never changes; `with_records` makes another."""

    __slots__ = ("_by_kind", "_by_student", "_records", "_registry", "_shared")

    def __init__(self, records: Iterable[Record], registry: SchemaRegistry) -> None:
        self._records: Mapping[str, Record] = MappingProxyType(
            {record.id: record for record in sorted(records, key=lambda record: record.id)}
        )
        self._registry = registry
        # Indexes are made when first asked for: most derived campuses are asked one or two questions.
        self._by_kind: dict[str, tuple[Record, ...]] | None = None
        self._by_student: dict[str, tuple[Record, ...]] | None = None
        self._shared: Campus | None = None

    @property
    def records(self) -> Mapping[str, Record]:
        """All records by id, sorted by id."""
        return self._records

    @property
    def registry(self) -> SchemaRegistry:
        """The schemas the records were read under."""
        return self._registry

    def get(self, record_id: str) -> Record | None:
        """The record with an id, such as ``students/7Q4K/plan``, or None."""
        return self._records.get(record_id)

    def of_kind(self, kind: str) -> tuple[Record, ...]:
        """All records of a kind, sorted by id."""
        if self._by_kind is None:
            self._by_kind = _grouped((record.kind, record) for record in self._records.values())
        return self._by_kind.get(kind, ())

    @property
    def students(self) -> tuple[str, ...]:
        """The ids of students that have a record here, sorted."""
        return tuple(self._students())

    def of_student(self, student: str) -> tuple[Record, ...]:
        """All records of a student, sorted by id."""
        return self._students().get(student, ())

    @property
    def shared(self) -> Campus:
        """The same campus without any student's records."""
        if self._shared is None:
            kept = [record for record in self._records.values() if record.student is None]
            self._shared = self if len(kept) == len(self._records) else Campus(kept, self._registry)
        return self._shared

    def well_formed(self) -> Campus:
        """The records that fit their schemas: all that may be read on while others are still to be corrected."""
        return Campus(filter(self.fits, self._records.values()), self._registry)

    def fits(self, record: Record) -> bool:
        """Whether a record fits its schema, so that what is read out of it is what is there."""
        return self._registry.kinds[record.kind].is_valid(record.data)

    def with_records(self, records: Iterable[Record]) -> Campus:
        """A campus with these records added; one with an id that is here already replaces it."""
        return Campus({**self._records, **{record.id: record for record in records}}.values(), self._registry)

    def _students(self) -> dict[str, tuple[Record, ...]]:
        if self._by_student is None:
            pairs = ((record.student, record) for record in self._records.values() if record.student is not None)
            self._by_student = _grouped(sorted(pairs, key=lambda pair: pair[0]))
        return self._by_student

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Campus) and self._records == other._records

    def __hash__(self) -> int:
        return hash(tuple(self._records.values()))

    def __len__(self) -> int:
        return len(self._records)

    def __repr__(self) -> str:
        return f"<Campus of {len(self._records)} records>"


def _grouped(pairs: Iterable[tuple[str, Record]]) -> dict[str, tuple[Record, ...]]:
    groups: dict[str, list[Record]] = {}
    for name, record in pairs:
        groups.setdefault(name, []).append(record)
    return {name: tuple(records) for name, records in groups.items()}
