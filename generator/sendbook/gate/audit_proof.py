"""Proves that the access log is as it was written: every row, each month's ends, and that no month is missing."""

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sendbook.errors import ServeError
from sendbook.gate import audit_months
from sendbook.gate.audit_chain import START, Damaged, Head, entries, last_of, link, opening_of, row_at, segments
from sendbook.gate.audit_months import Months
from sendbook.gate.private_files import kept_key

#: How to go on where the proof is lost for good.
_SET_ASIDE = "or begin a new log and keep this one: sendbook access-log set-aside"


@dataclass(frozen=True, slots=True)
class Broken:
    """The first place that is not as it was written: the month's file ("" for the log as a whole), row, and what."""

    segment: str
    n: int
    why: str

    def __str__(self) -> str:
        place = f"{self.segment}, row {self.n}" if self.segment else f"row {self.n}" if self.n else "the access log"
        return f"{place}: {self.why}"


def months_file(folder: Path) -> Path:
    """The list of months of the log in a folder: next to it, never in it."""
    return folder.parent / audit_months.FILE


def key_of(folder: Path, key_file: Path) -> bytes | None:
    """The log's key; None where there is no log yet. Raises ServeError where the key is missing and a log is there.

    A key made anew would vouch for nothing that was written before.
    """
    if key_file.exists():
        return kept_key(key_file)
    if segments(folder) or months_file(folder).exists():
        raise ServeError(
            f"The key of the access log, {key_file}, is missing, and without it nobody can prove what the log says. "
            f"Restore it from your copy, {_SET_ASIDE}"
        )
    return None


def months_of(folder: Path, key: bytes) -> Months:
    """The list of months; raises ServeError where it is missing, or is not as it was written."""
    path = months_file(folder)
    try:
        found = audit_months.read(path, key)
    except FileNotFoundError:
        if not segments(folder):
            return Months()
        raise ServeError(
            f"{path} is missing: it lists the months of the access log, and without it a month could be missing "
            f"unseen. Restore it from your copy, {_SET_ASIDE}"
        ) from None
    if found is None:
        raise ServeError(
            f"{path} or the key of the access log is not as it was written. Restore both from your copy, {_SET_ASIDE}"
        )
    return found


def ends_hold(folder: Path, key: bytes, months: Months) -> Broken | None:
    """Whether each month is there with its first and last row: asked at each start, whatever the log's size."""
    files = {file.stem: file for file in segments(folder)}
    for name in sorted(months.there.keys() - files.keys()):
        return Broken(f"{name}.db", months.known[name].ends.n, "this month is missing")
    newest = max(months.known, default="")
    for name, file in files.items():
        begins = opening_of(file, key)
        if begins is None:
            return Broken(file.name, 0, "the beginning is not as it was written")
        month = months.known.get(name)
        if month is None:
            # Made just before the gate was stopped: only the newest can be, and it follows what is known.
            if name < newest or name != max(files) or not _follows(files.get(newest), months.head, begins):
                return Broken(file.name, begins.n, "this month does not belong to the log")
        elif month.dropped or begins != month.begins:
            return Broken(file.name, begins.n, "this month is not the one that was written")
        elif not _reaches(file, month.ends, begins, exactly=name != newest):
            return Broken(file.name, month.ends.n, "rows at the end are missing, or are others")
    return None


def _follows(before: Path | None, known: Head, begins: Head) -> bool:
    """Whether a month follows the row known last, or one written after it."""
    if begins == known:
        return True
    return before is not None and begins.n > known.n and row_at(before, begins.n) == begins


def _reaches(file: Path, ends: Head, begins: Head, *, exactly: bool) -> bool:
    """Whether a month's file has the row known as its last; the newest month may have more by now."""
    there = begins if ends.n == begins.n else row_at(file, ends.n)
    last = last_of(file) or begins
    return there == ends and (not exactly or last == ends)


def head(folder: Path, key_file: Path) -> Head:
    """The newest row, to be kept somewhere else: a later `verify` is given it and can't be fooled about the end."""
    key = key_of(folder, key_file)
    months = months_of(folder, key) if key is not None else Months()
    files = segments(folder)
    last = last_of(files[-1]) if files else None
    return last or (months.head if months.known else Head(0, START))


def verify(folder: Path, key_file: Path, heads: Iterable[Head] = ()) -> Broken | None:
    """The first place that was changed, removed, put in or exchanged since it was written; None if all is as it was.

    `heads` are rows noted before; each that belongs to a month still there must be there unchanged. Months that were
    deleted on purpose (``sendbook access-log drop``) are not missed.
    """
    try:
        key = key_of(folder, key_file)
        if key is None:
            return _not_reached({head.n: head.chain for head in heads if head.n > 0}, 0)
        months = months_of(folder, key)
        return ends_hold(folder, key, months) or _rows_hold(folder, key, months, heads)
    except Damaged as damaged:
        return Broken(damaged.segment, 0, "the file is damaged")
    except ServeError as error:
        return Broken("", 0, str(error))


def _rows_hold(folder: Path, key: bytes, months: Months, heads: Iterable[Head]) -> Broken | None:
    known = {head.n: head.chain for head in heads if head.n > 0}
    last: Head | None = None
    for file in segments(folder):
        begins = opening_of(file, key)
        if begins is None or (last is not None and begins != last):
            return Broken(file.name, last.n + 1 if last else 1, "does not follow the month before")
        if last is None:
            known = {n: chain for n, chain in known.items() if n >= begins.n}
        if known.get(begins.n, begins.chain) != begins.chain:
            return Broken(file.name, begins.n, "is not the row noted earlier")
        found = _broken_row(file, key, known, begins)
        if isinstance(found, Broken):
            return found
        last = found
    return _not_reached(known, last.n if last else months.head.n)


def _not_reached(known: dict[int, bytes], last: int) -> Broken | None:
    missing = [n for n in known if n > last]
    return Broken("", min(missing), "was cut off at the end") if missing else None


def _broken_row(file: Path, key: bytes, known: dict[int, bytes], last: Head) -> Broken | Head:
    """The first broken row of a month, or the row it ends with."""
    for n, *fields, chain in entries(file):
        if n != last.n + 1:
            return Broken(file.name, last.n + 1, "is missing")
        made = link(key, last.n, last.chain, tuple(fields))
        if not isinstance(chain, bytes) or not hmac.compare_digest(chain, made):
            return Broken(file.name, last.n + 1, "is not as it was written")
        if known.get(last.n + 1, chain) != chain:
            return Broken(file.name, last.n + 1, "is not the row noted earlier")
        last = Head(last.n + 1, chain)
    return last
