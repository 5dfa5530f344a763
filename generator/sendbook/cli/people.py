"""``sendbook why`` and ``account``: who may see what and by which rule, and how someone signs in."""

from __future__ import annotations

from contextlib import closing
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sendbook.access.basis import Basis
from sendbook.access.people import People, Reader, reader_of_student
from sendbook.access.why import why as reasons
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.cli.options import open_campus, state_folder
from sendbook.errors import SendbookError
from sendbook.gate import Settings


def why(root: Path, person: str, record: str, on: date, console: Console) -> int:
    """Prints a decision a part."""
    campus = open_campus(root).load().campus
    reader = reader_called(campus, person)
    record = record.removeprefix("records/").removesuffix(".yml")
    if campus.get(record) is None:
        raise SendbookError(f"There is no record “{record}”. Name it as in records/, without .yml.")
    # Whoever runs this has the records open before them, so restrictions are told as they are.
    decisions = reasons(campus, reader, record, on, sees_family=True, basis=Basis.of(campus))
    table = Table("Part", "May see", "Because", "Rule", title=f"{reader.name} and {record}", title_justify="left")
    for part, decision in decisions.items():
        table.add_row(part, "yes" if decision.allowed else "no", decision.because, decision.rule)
    console.print(table, soft_wrap=False)
    return 0


def account(root: Path, person: str, state: Path | None, *, disable: bool, console: Console) -> int:
    """Makes a sign-in with the address of the person's record, or closes all that person has."""
    from sendbook.gate import Accounts, open_database  # what hashes passwords is for this command alone

    reader = reader_called(open_campus(root).load().campus, person)
    with closing(open_database(gate_settings(state_folder(root, state)).database)) as connection:
        accounts = Accounts(connection)
        if disable:
            closed = accounts.close(reader.id)
            console.print("The account is closed." if closed else "There was no such account.")
            return 0
        if not reader.email:
            raise SendbookError(f"{reader.name} has no “sign_in:” with an e-mail address in the record. Add it first.")
        other = accounts.find(reader.email)
        if other is not None and other.reader != reader.id and not other.demo:
            raise SendbookError(
                f"{reader.email} is the sign-in of {other.reader} already. Mend the address in one of the two records, "
                f"or close that one first: sendbook account {other.reader} --disable"
            )
        password = _ask(f"Password for {reader.email}")
        accounts.close(reader.id)  # one made with an address of before must not live on
        accounts.add(reader.id, reader.email, password)
    console.print(f"{reader.name} can sign in as {reader.email}.")
    return 0


def _ask(question: str) -> str:
    try:
        return str(click.prompt(question, hide_input=True, confirmation_prompt=True))
    except click.Abort:
        raise SendbookError("No password was given, so nothing was changed.") from None


def gate_settings(state: Path, name: str | None = None) -> Settings:
    """The gate's settings; ``name`` is how people reach it through a proxy with TLS."""
    settings = Settings(bundle=state / "bundle.db", state=state / "gate", templates=site_templates() / "gate")
    if name is None:
        return settings
    host = name.strip().lower()
    if not host or set(host) & set("/: "):
        raise SendbookError(f"“{name}” is not a name alone; give it without https:// and port.")
    return Settings(
        bundle=settings.bundle,
        state=settings.state,
        templates=settings.templates,
        hosts=settings.hosts | {host},
        https=True,
    )


def reader_called(campus: Campus, person: str) -> Reader:
    """The person or student with an id; raises `SendbookError` if there is none."""
    found = People.from_campus(campus).get(person)
    if found is not None:
        return found
    record = campus.get(f"students/{person}/student")
    if record is None:
        raise SendbookError(f"There is nobody with the id “{person}”. Ids are the names of files in records/people.")
    return reader_of_student(record)
