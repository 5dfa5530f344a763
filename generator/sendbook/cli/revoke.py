"""``sendbook revoke``: takes someone's access away in the site that is being served, and in the records.

The site first: it must work even while the records are being corrected.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sendbook.access.people import reader_of_person
from sendbook.bundle import Bundle, restore
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.writer import rewrite
from sendbook.cli.gate_settings import gate_settings
from sendbook.cli.half_done import Steps, or_say
from sendbook.cli.options import open_campus, open_campus_to_withdraw, state_folder
from sendbook.cli.people import reader_called
from sendbook.errors import SendbookError
from sendbook.gate import sign_out, withdraw
from sendbook.site.build.build import forget_what_was_built


def revoke(
    root: Path, person: str, student: str | None, on: date, state: Path | None, reason: str, console: Console
) -> int:
    """Takes the access out of the site, and writes the revocation into access.yml."""
    with or_say(f"Nothing was changed: {person} still has access."):
        folder = open_campus_to_withdraw(root)
        campus = folder.load().campus
        name = _name(folder, campus, person, student)
        settings = gate_settings(state_folder(root, state))
        has_site = settings.bundle.exists()
    what = f"student {student}" if student else "everything"
    steps = Steps()
    if has_site:
        steps.take(
            lambda: withdraw(settings, person, student),
            done=f"The site already keeps {what} back from {name}, from the next click on.",
            failed=f"Access was NOT taken away: {name} can still open {what} on the site.",
        )
        if student is None:
            steps.take(
                lambda: sign_out(settings, person),
                failed=f"{name} could not be signed out everywhere.",
            )
    written = steps.take(
        lambda: _write(folder, campus, _with(_entries(campus), person, student, on, reason)),
        done="records/access.yml says so: the next build keeps it so.",
        failed="records/access.yml was NOT changed.",
    )
    steps.finish(
        "Put this right and run the same command again. If it can't wait, stop sendbook serve: nobody can read then."
    )
    kept = "Commit records/access.yml to keep it so." if written else "records/access.yml said so already."
    lists = " Their home page and lists come back with the next build: sendbook build." if student else ""
    console.print(f"{name} has lost access to {what}, from the next click on. {kept}{lists}")
    return 0


def undo(root: Path, person: str, student: str | None, state: Path | None, console: Console) -> int:
    """Takes a revocation back: out of access.yml, and out of what the site remembers."""
    with or_say(f"Nothing was changed: the access of {person} is still withdrawn."):
        folder = open_campus(root)
        campus = folder.load().campus
        name = _name(folder, campus, person, student)
        kept = [entry for entry in _entries(campus) if (entry["person"], entry.get("student")) != (person, student)]
        written = _write(folder, campus, kept)
    settings = gate_settings(state_folder(root, state))
    records = "records/access.yml no longer withdraws it" if written else "records/access.yml holds no such revocation"
    with or_say(f"The access of {name} is NOT given back: {records}, and what the site keeps back is unchanged."):
        if settings.bundle.exists():
            restore(settings.bundle, person, student)
            with Bundle.open(settings.bundle) as bundle:
                forget_what_was_built(bundle)
    if not written:
        console.print(f"records/access.yml holds no such revocation of {name}.")
    console.print(f"The next build gives {name} what the records give. Commit records/access.yml.")
    return 0


def _name(folder: CampusFolder, campus: Campus, person: str, student: str | None) -> str:
    """What the person is called; the id, if the record is there and can't be read: access ends all the same."""
    scan = folder.scan()
    if person in scan.students:
        raise SendbookError(
            f"{person} is a student: close the account with sendbook account {person} --disable, "
            "and say in the record who decides."
        )
    if student and student not in scan.students:
        raise SendbookError(f"There is no student with the id “{student}”. Ids are the folders in records/students.")
    record = campus.get(f"people/{person}")
    paths = {*(entry.path for entry in scan.entries), *(problem.path for problem in scan.problems)}
    there = f"records/people/{person}.yml" in paths
    if there and (record is None or not campus.fits(record)):
        return person
    return reader_of_person(record, {}).name if record is not None else reader_called(campus, person).name


def _entries(campus: Campus) -> list[Mapping[str, Any]]:
    record = campus.get("access")
    if record is None or not campus.fits(record):
        raise SendbookError(
            "records/access.yml can't be read: run sendbook check, correct it, and run this command again."
        )
    return list(record.data.get("revocations", ()))


def _with(
    entries: list[Mapping[str, Any]], person: str, student: str | None, on: date, reason: str
) -> list[Mapping[str, Any]]:
    """The entries with one more, unless one of them says the same from this day or before."""
    for entry in entries:
        if entry["person"] == person and entry.get("student") in (None, student) and entry["from"] <= on.isoformat():
            return entries
    taken = {entry["id"] for entry in entries}
    base = "-".join([person, *([student.lower()] if student else []), on.isoformat()])
    identity = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
    new: dict[str, Any] = {"id": identity, "person": person}
    if student:
        new["student"] = student
    return [*entries, {**new, "from": on.isoformat(), "reason": reason}]


def _write(folder: CampusFolder, campus: Campus, entries: list[Mapping[str, Any]]) -> bool:
    """Puts the entries into access.yml in one step; False if they stand there already."""
    record = campus.get("access")
    if record is None or entries == _entries(campus):
        return False
    data = {name: value for name, value in record.data.items() if name != "revocations"}
    if entries:
        data["revocations"] = entries
    path = folder.root / "records" / "access.yml"
    fresh = path.with_name(".access.yml.new")  # a name that no reader of records looks at
    try:
        with fresh.open("wb") as file:
            file.write(rewrite(path.read_bytes(), data, folder.registry.kinds["access"]))
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    finally:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
    return True
