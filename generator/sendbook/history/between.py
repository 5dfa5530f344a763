"""The records that differ between two commits, or between a commit and the work tree, on both sides.

Found by comparing trees, so the work grows with what changed and not with the campus. These are raw records:
`reduction` cuts both sides down before anybody but the SENDCo sees a comparison.
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date

from sendbook.access.withdrawn import Place, without_withdrawn
from sendbook.campus.folder import CampusFolder
from sendbook.campus.problems import Problem
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind
from sendbook.errors import HistoryError
from sendbook.history.past import Past
from sendbook.history.repository import DAY, Repository

LAST = "HEAD"


@dataclass(frozen=True, slots=True, kw_only=True)
class Sides:
    """Holds differing records by id, before and after.

    A record that can't be read on one side is on neither: ``unreadable`` are the paths of those that could not be read
    in a commit, ``problems`` say what is wrong in the work tree, ``unfit`` are the work tree's records of a form or
    with words that no schema knows.
    """

    before: Mapping[str, Record] = field(repr=False)
    after: Mapping[str, Record] = field(repr=False)
    unreadable: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()
    unfit: tuple[Record, ...] = ()

    def of_student(self, student: str | None) -> Sides:
        """Returns those of one student, or (None) those that belong to none."""
        return Sides(
            before={name: record for name, record in self.before.items() if record.student == student},
            after={name: record for name, record in self.after.items() if record.student == student},
        )

    def without(self, withdrawn: Mapping[str, tuple[Place, ...]], kinds: Mapping[str, Kind]) -> Sides:
        """Returns the same without what was withdrawn from the past (see ``access.withdrawn``), on either side."""
        before, after = (
            {
                name: left
                for name, record in side.items()
                if (left := without_withdrawn(record, kinds[record.kind], withdrawn.get(name, ()))) is not None
            }
            for side in (self.before, self.after)
        )
        return replace(self, before=before, after=after)

    @property
    def students(self) -> tuple[str | None, ...]:
        """Returns the students with a record here, sorted; None first, for records that belong to none."""
        found = {record.student for record in (*self.before.values(), *self.after.values())}
        return (*((None,) if None in found else ()), *sorted(one for one in found if one is not None))


def revisions(text: str | None) -> tuple[str, str | None]:
    """Returns ``A..B`` as both sides; ``A`` or nothing is the work tree (None) against A or the last commit."""
    if text is None:
        return LAST, None
    before, dots, after = text.partition("..")
    if after.startswith("."):
        raise HistoryError(f"“{text}” has three dots. Write A..B to compare A with B.")
    return before or LAST, (after or LAST) if dots else None


def refuse_days_ahead(on: date, *named: str | None) -> None:
    """Raises HistoryError for a day after ``on``: nobody knows what will have changed by then."""
    for revision in named:
        with suppress(ValueError):  # what is no day is a branch, a tag or a commit, or is told where it is looked up
            if revision is not None and date.fromisoformat(revision) > on and DAY.fullmatch(revision):
                raise HistoryError(
                    f"{revision} lies ahead: the day here is {on}. Name a day up to then, a branch, a tag or a commit."
                )


def repository_of(folder: CampusFolder, on: date) -> Repository:
    """Returns the repository of a campus; raises HistoryError, with what to do, where there is none."""
    repository = Repository.find(folder.root, on)
    if repository is None:
        raise HistoryError(
            f"{folder.root} is in no git repository, so there is no earlier version to compare with. "
            "Begin one there: git init, git add --all, git commit."
        )
    return repository


def sides_between(
    folder: CampusFolder, repository: Repository, before: str, after: str | None, *, student: str | None = None
) -> Sides:
    """Returns what differs between two revisions, or a revision and the work tree (None); of one student, or all."""
    start = f"records/students/{student}/" if student is not None else "records/"
    old = repository.commit(before)
    new = repository.commit(after) if after is not None else None
    differing = repository.differing(old, new)
    paths = sorted(path for path in differing if path.startswith(start))
    past = Past(repository, folder.registry)
    unreadable: list[str] = []
    was = _committed(past, {path: differing[path][0] for path in paths}, unreadable)
    problems: tuple[Problem, ...] = ()
    unfit: tuple[Record, ...] = ()
    if new is not None:
        now = _committed(past, {path: differing[path][1] for path in paths}, unreadable)
    else:
        now, problems = _in_work_tree(folder, paths)
        kinds = folder.registry.kinds
        unfit = tuple(record for record in now if not past.can_be_read(kinds[record.kind], record.data))
    left_out = {*unreadable, *(problem.path for problem in problems), *(record.path for record in unfit)}
    return Sides(
        before={record.id: record for record in was if record.path not in left_out},
        after={record.id: record for record in now if record.path not in left_out},
        unreadable=tuple(sorted(set(unreadable))),
        problems=problems,
        unfit=unfit,
    )


def _committed(past: Past, blobs: Mapping[str, str], unreadable: list[str]) -> list[Record]:
    found = past.records((path, blob) for path, blob in blobs.items() if blob)
    unreadable += [path for (path, _), record in found.items() if record is None]
    return [record for record in found.values() if record is not None]


def _in_work_tree(folder: CampusFolder, paths: list[str]) -> tuple[list[Record], tuple[Problem, ...]]:
    wanted = frozenset(paths)
    scan = folder.scan()
    loaded = folder.load([entry for entry in scan.entries if entry.path in wanted])
    refused = [problem for problem in scan.problems if problem.path in wanted]
    return list(loaded.campus.records.values()), (*refused, *loaded.problems)
