"""The versions of a student's records: what stood in them after each commit, oldest first.

This is raw history, for `lookback` to reduce to what a reader may see. No commit id or message comes out of here; a
moment is a day and the records as they then stood. Who recorded them is for the SENDCo alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import groupby
from pathlib import Path
from types import TracebackType

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import HistoryError
from sendbook.history.index import Version, VersionIndex
from sendbook.history.past import Past
from sendbook.history.repository import Repository


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """Holds one student's records as a commit of that day left them, by record id.

    A record that could not be read then stands as it was before, and its id in ``unreadable``.
    """

    day: str
    records: Mapping[str, Record] = field(repr=False)
    unreadable: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """Holds every state one student's records were committed in, the oldest first.

    ``mark`` is the end of the chain of versions that proves them, ``number`` that of the newest commit among them.
    """

    mark: str = ""
    number: int = 0
    moments: tuple[Moment, ...] = field(default=(), repr=False)


def ends_of_days(moments: Iterable[Moment]) -> Iterator[Moment]:
    """Yields what stood when each day was over. A day that comes back after another has an end each time."""
    for _, of_day in groupby(moments, key=lambda moment: moment.day):
        *_, last = of_day
        yield last


class History:
    """Reads the history of one campus, as far as its newest commit. Close it after use.

    ``with History.open(folder.root, folder.registry, state) as history`` costs some milliseconds where nothing was
    committed since the last time, whatever the number of students.
    """

    def __init__(self, repository: Repository, index: VersionIndex, registry: SchemaRegistry) -> None:
        self.repository = repository
        self.index = index
        self.registry = registry

    @classmethod
    def open(cls, root: Path, registry: SchemaRegistry, state: Path, on: date | None = None) -> History | None:
        """Returns the history of the campus in ``root``, indexed in the folder ``state``, as of the day ``on``.

        None where there is none to tell of: no git repository, or nothing committed yet. Raises HistoryError, with
        what to do, if it can't be read or older commits are missing (a shallow clone).
        """
        repository = Repository.find(root, on)
        if repository is None or repository.head is None:
            return None
        refuse_shallow(repository)
        return cls(repository, VersionIndex(state, repository), registry)

    def close(self) -> None:
        """Closes the index."""
        self.index.close()

    def __enter__(self) -> History:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def marks(self) -> Mapping[str, str]:
        """Returns, by student, a text that changes when a version of their records is committed, and only then.

        For passing over students of whom nothing is new; it moves with hidden fields too, so it may name nothing that
        a reader gets. One query for all students.
        """
        return self.index.marks()

    def mark_of(self, path: str) -> str | None:
        """Returns a text that changes when a version of a file that is no student's is committed, and only then.

        None if a clock was ahead when one was: from which day that one counts, a later commit of anything may say.
        """
        ahead = any(version.clock > version.day for version in self.index.of_path(path))
        return self.index.mark_of(path) if not ahead else None

    def recorders(self, student: str) -> Mapping[str, frozenset[str]]:
        """Returns, by day, the addresses of those who committed a change to a student's records; for who sees all."""
        found: dict[str, set[str]] = {}
        for day, address in self.index.authors_of_student(student):
            found.setdefault(day, set()).add(address)
        return {day: frozenset(addresses) for day, addresses in found.items()}

    def wrong_clocks(self, student: str) -> Mapping[str, tuple[str, ...]]:
        """Returns, by day, what wrong clocks said when a student's records were recorded; as for `recorders`."""
        found: dict[str, list[str]] = {}
        for day, clock in self.index.clocks_of_student(student):
            found.setdefault(day, []).append(clock)
        return {day: tuple(sorted(clocks)) for day, clocks in found.items()}

    def moments(self, student: str) -> tuple[Moment, ...]:
        """Returns every state the student's records were committed in, oldest first."""
        return self.line(student).moments

    def line(self, student: str, before: Line | None = None) -> Line:
        """Returns the same with what proves it.

        It goes on from what it was ``before``, read by the same schemas, if that is where it began: then only the
        newest versions are read.
        """
        mark = self.index.mark_of(student)
        newer = self.index.after(student, before.mark, before.number) if before is not None else None
        if before is None or newer is None:
            before, newer = Line(), self.index.of_student(student)
            mark = self.index.mark_of(student)  # what could not be proved was read again
        if not newer:
            return before
        moments = (*before.moments, *self._moments(newer, before.moments[-1] if before.moments else None))
        return Line(mark=mark, number=newer[-1].number, moments=moments)

    def _moments(self, versions: Sequence[Version], last: Moment | None) -> Iterable[Moment]:
        """The states that versions lead to, from the last one before them."""
        read = self._past.records((version.path, version.blob) for version in versions if version.blob)
        found: dict[int, Moment] = {}
        records: dict[str, Record] = dict(last.records) if last is not None else {}
        unreadable: set[str] = set(last.unreadable) if last is not None else set()
        for version in versions:
            identity = version.path.removeprefix("records/").removesuffix(".yml")
            unreadable.discard(identity)
            if not version.blob:
                records.pop(identity, None)
            elif (version.path, version.blob) in read:
                record = read[version.path, version.blob]
                if record is None:
                    unreadable.add(identity)
                else:
                    records[identity] = record
            moment = Moment(day=version.day, records=dict(records), unreadable=frozenset(unreadable))
            found[version.number] = moment
        return found.values()

    @cached_property
    def _past(self) -> Past:
        return Past(self.repository, self.registry, self.index)


def refuse_shallow(repository: Repository) -> None:
    """Raises HistoryError where older commits are missing: the oldest one there would seem to begin everything."""
    if repository.shallow:
        raise HistoryError(
            f"The repository in {repository.top} holds only its newest commits (a shallow clone), so older versions "
            "are missing. Fetch them with: git fetch --unshallow"
        )
