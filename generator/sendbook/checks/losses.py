"""Finds what was agreed since an earlier version and is gone: records, folders, entries, pages, and sides of merges.

Every version between is looked at, not only the first and the last: what was agreed last week and deleted yesterday is
gone as well. What was withdrawn (``records/withdrawn.yml``) may be gone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from sendbook.access.withdrawn import RECORD_ID as WITHDRAWN
from sendbook.access.withdrawn import Place, withdrawn_places
from sendbook.campus.folder import CampusFolder
from sendbook.campus.front_matter import split
from sendbook.campus.records import Record
from sendbook.campus.roll import on_roll
from sendbook.checks.agreed import counts, entries, outermost, sections, values
from sendbook.checks.loss import FolderLoss, Loss, MergeLoss, PageLoss, RecordLoss
from sendbook.history.merges import Dropped, dropped_since
from sendbook.history.past import Past
from sendbook.history.repository import Repository

_STUDENTS = "records/students/"


def losses(
    folder: CampusFolder, repository: Repository, begin: str, on: date, asked_elsewhere: frozenset[tuple[str, str]]
) -> Iterator[Loss]:
    """What is gone since a commit of the records and of the handbook, as the files are now.

    ``asked_elsewhere`` are lists by kind, whose entries have rules that know when they may go.
    """
    finding = _Finding(folder, repository, begin, on, asked_elsewhere)
    gone = [*finding.of_records(), *finding.of_pages()]
    yield from gone
    whole = {one.path for one in gone if not isinstance(one, RecordLoss) or one.after is None}
    yield from (one for one in finding.of_merges() if one.path not in whole)


@dataclass(frozen=True)
class _Finding:
    folder: CampusFolder
    repository: Repository
    begin: str
    on: date
    asked_elsewhere: frozenset[tuple[str, str]]
    _now: dict[str, Record | None] = field(default_factory=dict)

    def of_records(self) -> Iterator[Loss]:
        """Records and folders, in the order of their paths."""
        versions = self.repository.versions_since(self.begin, "records")
        gone_folders = {student for path in versions if (student := _student(path)) and not self._has_files(student)}
        yield from (
            self._folder(student, versions) for student in sorted(gone_folders) if self._counted(student, versions)
        )
        for path, blobs in versions.items():
            if _student(path) not in gone_folders:
                yield from self._record(path, blobs)

    def of_pages(self) -> Iterator[PageLoss]:
        """Pages of the handbook; one that has moved within it is there."""
        for path, blobs in self.repository.versions_since(self.begin, "handbook").items():
            if not path.endswith(".md"):
                continue
            fronts = [split(content, path).front for blob in blobs if (content := self.repository.blob(blob))]
            approved = [front for front in fronts if "approved_on" in front]
            if not approved:
                continue
            identity = approved[-1].get("id")
            now = self._front(path) if self._is_there(path) else self._pages_now.get(identity)
            if now is None or "approved_on" not in now:
                yield PageLoss(path=path, is_there=now is not None)

    def of_merges(self) -> Iterator[MergeLoss]:
        """Files of which a merge dropped a side, as far as it is gone still."""
        seen: set[tuple[str, tuple[Place, ...]]] = set()
        for within in ("records", "handbook"):
            for dropped in dropped_since(self.repository, self.begin, within):
                loss = self._dropped(dropped)
                if loss is not None and (loss.path, loss.places) not in seen:
                    seen.add((loss.path, loss.places))
                    yield loss

    def _record(self, path: str, blobs: list[str]) -> Iterator[RecordLoss]:
        if self.folder.registry.match(path.removeprefix("records/")) is None:
            if path.endswith(".yml") and not self._is_there(path):
                yield RecordLoss(path=path, before=None, after=None)
            return
        read = self._past.records((path, blob) for blob in blobs)
        counted = [record for blob in blobs if (record := read[path, blob]) is not None and counts(record)]
        if not counted:
            return
        before, after = counted[-1], self._today(path)
        withdrawn = self._withdrawn.get(before.id, ())
        if () in withdrawn:
            return
        if after is not None:
            gone = tuple(place for place in self._entries_gone(counted, after) if not _lies_in(place, withdrawn))
            yield RecordLoss(path=path, before=before, after=after, entries=gone)
        elif not self._is_there(path):
            yield RecordLoss(path=path, before=before, after=None, moved_to=self._moved_to(before))

    def _entries_gone(self, counted: list[Record], after: Record) -> list[Place]:
        root = self.folder.registry.kinds[after.kind].root
        now = entries(after, root) | sections(after, root)
        gone: set[Place] = set()
        for number, record in enumerate(counted):
            if not any(_is_settled_anew(record, later) for later in (*counted[number + 1 :], after)):
                gone |= (entries(record, root) | sections(record, root)) - now
        elsewhere = self.asked_elsewhere
        return [
            place for place in outermost(frozenset(gone)) if len(place) > 2 or (after.kind, place[0]) not in elsewhere
        ]

    def _folder(self, student: str, versions: Mapping[str, list[str]]) -> FolderLoss:
        path = f"{_STUDENTS}{student}"
        header = self._last(f"{path}/student.yml", versions)
        had_left = header is not None and on_roll(header.data).has_left(self.on)
        own = (self._last(one, versions) for one in versions if _student(one) == student)
        moved = (self._moved_to(record) for record in own if record is not None)
        to = next((_student(one) for one in moved if one), "")
        return FolderLoss(path=path, had_left=had_left, moved_to=f"{_STUDENTS}{to}" if to else "")

    def _counted(self, student: str, versions: Mapping[str, list[str]]) -> bool:
        """Whether a folder held more than drafts, and was not withdrawn as a whole."""
        if () in self._withdrawn.get(f"students/{student}/student", ()):
            return False
        own = [self._last(path, versions) for path in versions if _student(path) == student]
        return any(record is None or counts(record) for record in own)

    def _last(self, path: str, versions: Mapping[str, list[str]]) -> Record | None:
        blobs = versions.get(path, [])
        return self._past.record(path, blobs[-1]) if blobs else None

    def _dropped(self, dropped: Dropped) -> MergeLoss | None:
        if not dropped.path.startswith("records/"):
            return self._page_dropped(dropped)
        side = self._past.record(dropped.path, dropped.side)
        if side is None or () in self._withdrawn.get(side.id, ()):
            return None
        after = self._today(dropped.path)
        if after is None and self._is_there(dropped.path):
            return None  # what is wrong in form is found elsewhere
        root = self.folder.registry.kinds[side.kind].root

        def of(record: Record | None) -> dict[Place, Any]:
            return values(record, root) if record is not None else {}

        base = of(self._past.record(dropped.path, dropped.base) if dropped.base else None)
        merged = of(self._past.record(dropped.path, dropped.merged) if dropped.merged else None)
        merged, now = (merged if dropped.merged is not None else of(after)), of(after)
        lost = {
            place
            for place, value in of(side).items()
            if base.get(place) != value and all(one.get(place) == base.get(place) for one in (merged, now))
        }
        places = tuple(place for place in sorted(lost) if not _lies_in(place, self._withdrawn.get(side.id, ())))
        return MergeLoss(path=dropped.path, record=after, places=places) if places else None

    def _page_dropped(self, dropped: Dropped) -> MergeLoss | None:
        if not dropped.path.endswith(".md") or dropped.merged != dropped.base:
            return None
        now = self.folder.root / dropped.path
        source = now.read_bytes() if self._is_there(dropped.path) else b""
        as_merged = source == (self.repository.blob(dropped.base) or b"" if dropped.base else b"")
        return MergeLoss(path=dropped.path, record=None) if as_merged else None

    def _moved_to(self, before: Record) -> str:
        """The place of a record with the same words, for anybody who looks for it."""
        words = _without_id(before)
        found = (one for one in self._new if one.kind == before.kind and _without_id(one) == words)
        return next((one.path for one in found), "")

    @cached_property
    def _new(self) -> list[Record]:
        """Records that were not there in the beginning."""
        there = self.repository.differing(self.begin, None)
        entries_ = [one for one in self.folder.scan().entries if one.path in there and not there[one.path][0]]
        return list(self.folder.load(entries_).campus.records.values())

    @cached_property
    def _past(self) -> Past:
        return Past(self.repository, self.folder.registry)

    @cached_property
    def _withdrawn(self) -> Mapping[str, tuple[Place, ...]]:
        record = self._today(f"records/{WITHDRAWN}.yml")
        return withdrawn_places(record) if record is not None else {}

    @cached_property
    def _pages_now(self) -> Mapping[Any, Mapping[str, Any]]:
        pages = sorted((self.folder.root / "handbook").rglob("*.md"))
        fronts = (
            split(page.read_bytes(), page.name).front for page in pages if page.is_file() and not page.is_symlink()
        )
        return {front["id"]: front for front in fronts if "id" in front}

    def _front(self, path: str) -> Mapping[str, Any] | None:
        page = split((self.folder.root / path).read_bytes(), path)
        return page.front if page.front or not page.problems else {"approved_on": None}  # a slip is found elsewhere

    def _today(self, path: str) -> Record | None:
        """The record as its file has it; None where there is none, or one that can't be read as one of its kind."""
        if path not in self._now:
            wanted = [entry for entry in self._files if entry.path == path]
            loaded = self.folder.load(wanted).campus.records.values() if wanted else ()
            kinds = self.folder.registry.kinds
            self._now[path] = next((one for one in loaded if self._past.can_be_read(kinds[one.kind], one.data)), None)
        return self._now[path]

    @cached_property
    def _files(self) -> tuple[Any, ...]:
        return self.folder.scan().entries

    def _is_there(self, path: str) -> bool:
        return (self.folder.root / path).is_file()

    def _has_files(self, student: str) -> bool:
        folder = self.folder.root / _STUDENTS / student
        return folder.is_dir() and any(one.is_file() for one in folder.rglob("*.yml"))


def _is_settled_anew(record: Record, later: Record) -> bool:
    """Whether a later version says anew why it is as it is, or was agreed anew, or begins a new cycle of years."""
    was, now = record.data, later.data
    reason = now.get("reason") is not None and now.get("reason") != was.get("reason")
    other_years = now.get("cycle") != was.get("cycle")
    return reason or other_years or _settled_on(now) > _settled_on(was)


def _settled_on(data: Mapping[str, Any]) -> str:
    return str(data.get("agreed_on") or (data.get("approval") or {}).get("on") or "")


def _lies_in(place: Place, withdrawn: tuple[Place, ...]) -> bool:
    return any(place[: len(one)] == one for one in withdrawn)


def _without_id(record: Record) -> dict[str, Any]:
    return {name: value for name, value in record.data.items() if name != "id"}


def _student(path: str) -> str:
    return path.removeprefix(_STUDENTS).partition("/")[0] if path.startswith(_STUDENTS) else ""
