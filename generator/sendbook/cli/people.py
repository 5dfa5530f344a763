"""``sendbook why``, ``revoke`` and ``account``: who may see what, how it is taken away, how someone signs in."""

from __future__ import annotations

import getpass
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from sendbook.access.basis import Basis
from sendbook.access.people import People, Reader, reader_of_student
from sendbook.access.why import why as reasons
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.campus.writer import rewrite
from sendbook.cli.options import open_campus, state_folder
from sendbook.errors import SendbookError
from sendbook.gate import Accounts, Settings, open_database, withdraw


def why(root: Path, person: str, record: str, on: date, console: Console) -> int:
    """Prints a decision a part."""
    campus = open_campus(root).load().campus
    reader = _reader(campus, person)
    record = record.removeprefix("records/").removesuffix(".yml")
    if campus.get(record) is None:
        raise SendbookError(f"There is no record “{record}”. Name it as in records/, without .yml.")
    # Whoever runs this has the records open before them, so restrictions are told as they are.
    decisions = reasons(campus, reader, record, on, sees_family=True, basis=Basis.of(campus))
    table = Table("Part", "May see", "Because", "Rule", title=f"{reader.name} and {record}", title_justify="left")
    for part, decision in decisions.items():
        table.add_row(part, "yes" if decision.allowed else "no", decision.because, decision.rule)
    console.print(table)
    return 0


def revoke(
    root: Path, person: str, student: str | None, on: date, state: Path | None, reason: str, console: Console
) -> int:
    """Writes the revocation into access.yml and takes the access out of the site that is being served."""
    folder = open_campus(root)
    reader = _reader(folder.load().campus, person)
    _record_revocation(folder, reader.id, student, on, reason)
    settings = _settings(state_folder(root, state))
    if settings.bundle.exists():
        withdraw(settings, reader.id, student)
    where = f"student {student}" if student else "everything"
    console.print(
        f"{reader.name} has lost access to {where}, from the next click on. Commit records/access.yml to keep it so.",
        highlight=False,
    )
    return 0


def account(root: Path, person: str, state: Path | None, *, disable: bool, console: Console) -> int:
    """Makes a sign-in with the address of the person's record, or closes it."""
    reader = _reader(open_campus(root).load().campus, person)
    if not reader.email:
        raise SendbookError(f"{reader.name} has no “sign_in: email:” in their record. Add it first.")
    with closing(open_database(_settings(state_folder(root, state)).database)) as connection:
        accounts = Accounts(connection)
        if disable:
            done = accounts.disable(reader.email)
            console.print("The account is closed." if done else "There was no such account.", highlight=False)
            return 0
        accounts.add(reader.id, reader.email, getpass.getpass(f"Password for {reader.email}: "))
    console.print(f"{reader.name} can sign in as {reader.email}.", highlight=False)
    return 0


def _settings(state: Path) -> Settings:
    return Settings(bundle=state / "bundle.db", state=state / "gate", templates=site_templates() / "gate")


def _reader(campus: Campus, person: str) -> Reader:
    found = People.from_campus(campus).get(person)
    if found is not None:
        return found
    record = campus.get(f"students/{person}/student")
    if record is None:
        raise SendbookError(f"There is nobody with the id “{person}”. Ids are the names of files in records/people.")
    return reader_of_student(record)


def _record_revocation(folder: CampusFolder, person: str, student: str | None, on: date, reason: str) -> None:
    path = folder.root / "records" / "access.yml"
    source = path.read_bytes()
    record = folder.load().campus.get("access")
    if record is None:
        raise SendbookError("records/access.yml can't be read. Run sendbook check, mend it, and try again.")
    taken = {item["id"] for item in record.data.get("revocations", ())}
    base = "-".join([person, *([student.lower()] if student else []), on.isoformat()])
    identity = next(name for name in (base, *(f"{base}-{n}" for n in range(2, 1000))) if name not in taken)
    entry: dict[str, Any] = {"id": identity, "person": person}
    if student:
        entry["student"] = student
    entry |= {"from": on.isoformat(), "reason": reason}
    data = {**record.data, "revocations": [*record.data.get("revocations", ()), entry]}
    fresh = path.with_suffix(".yml.new")
    fresh.write_bytes(rewrite(source, data, folder.registry.kinds["access"]))
    fresh.replace(path)
