"""``sendbook access-log``: whether the log is as it was written, and who opened what."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.cli.options import STATE
from sendbook.errors import SendbookError
from sendbook.gate import Settings, SystemClock
from sendbook.gate import audit as log
from sendbook.gate import audit_proof as proof
from sendbook.gate.audit_chain import Head, segments
from sendbook.places import Places

_MONTH = re.compile(r"\d{4}-\d{2}")
_KINDS = {
    "page": "opened",
    "search": "searched",
    "sign-in": "signed in",
    "sign-out": "signed out",
    "refused": "was refused",
    "set-aside": "an older log was set aside",
}


def verify(root: Path, state: Path | None, heads: Iterable[str], console: Console) -> int:
    """Says whether the log is as it was written, also against rows noted earlier; answers the exit code."""
    folder, key = _place(root, state)
    noted = [Head.read(text) for text in heads]
    broken = proof.verify(folder, key, noted)
    if broken is not None:
        console.print(f"The access log is not as it was written. {broken}", highlight=False)
        return 1
    newest = proof.head(folder, key)
    months = ", ".join(file.stem for file in segments(folder)) or "no month yet"
    against = ", and holds what you named" if noted else ""
    console.print(f"The access log is as it was written{against}: {months}; {_rows(newest.n)}.", highlight=False)
    if wrong := log.put_back(folder):
        console.print(
            f"{_rows(wrong).capitalize()} with the time of a month before that of an earlier row: the machine's "
            "clock had been put back. They are in the file of the later month, in the order in which things happened.",
            highlight=False,
            soft_wrap=True,
        )
    return 0


def head(root: Path, state: Path | None, console: Console) -> int:
    """Prints the newest row's number and digest on one line, to be kept somewhere else."""
    console.print(str(proof.head(*_place(root, state))), highlight=False, soft_wrap=True)
    return 0


def who(root: Path, state: Path | None, record: str, console: Console) -> int:
    """Prints who opened pages about a student, or found them by searching."""
    steps = record.strip("/").removeprefix("records/").removesuffix(".yml").split("/")
    subject = steps[1] if steps[0] == "students" and len(steps) > 1 else steps[0]
    folder, key = _place(root, state)
    code = _doubted(folder, key, console)
    _show(log.rows(folder, subject=subject), f"Nobody opened a page about {subject}.", console)
    return code


def person(root: Path, state: Path | None, reader: str, console: Console) -> int:
    """Prints what a person did."""
    folder, key = _place(root, state)
    code = _doubted(folder, key, console)
    _show(log.rows(folder, reader=reader), f"{reader} opened nothing.", console)
    return code


def drop(root: Path, state: Path | None, month: str, on: date, console: Console) -> int:
    """Deletes old months on purpose."""
    if not _MONTH.fullmatch(month):
        raise SendbookError(f"“{month}” is not a month. Write it like 2026-09.")
    gone = log.drop(*_place(root, state), month, on)
    console.print(f"Deleted: {', '.join(gone)}. The log goes on, and these months are not missed.", highlight=False)
    return 0


def set_aside(root: Path, state: Path | None, console: Console) -> int:
    """Begins a new log; the one that can't be proved any more is kept next to it."""
    kept = log.set_aside(*_place(root, state), SystemClock().now())
    console.print(
        f"The access log, its list of months and its key are in {kept} now. A new log has begun, and says so in its "
        "first row. Keep the folder as long as you would have kept the log.",
        highlight=False,
        soft_wrap=True,
    )
    return 0


def _place(root: Path, state: Path | None) -> tuple[Path, Path]:
    """The log's folder and its key. Asking makes no folder."""
    settings = Settings(bundle=Path(), state=Places((state or root / STATE).resolve()).gate, templates=Path())
    if not settings.state.is_dir():
        raise SendbookError(f"There is no access log in {settings.state}: nothing has been served from there yet.")
    return settings.audit, settings.state / "audit.key"


def _doubted(folder: Path, key: Path, console: Console) -> int:
    """Says first whether the answer can't be relied on; answers the exit code."""
    broken = proof.verify(folder, key)
    if broken is None:
        return 0
    console.print(
        f"The access log has been changed, so don't rely on what follows. {broken}",
        style="red",
        highlight=False,
        soft_wrap=True,
    )
    return 1


def _show(found: Iterable[tuple[str, ...]], nothing: str, console: Console) -> None:
    """One line a row, the oldest first: time in UTC, person, what, page; then what else is known of it."""
    number = 0
    for at, kind, reader, subject, path, detail in found:
        number += 1
        said = [at[:19].replace("T", " "), reader or "-", _KINDS.get(kind, kind), path or subject, detail]
        console.print("  ".join(piece for piece in said if piece), markup=False, highlight=False, soft_wrap=True)
    if not number:
        console.print(nothing, highlight=False)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number} rows"
