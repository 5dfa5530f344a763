"""``sendbook why`` and ``account``: who may see what and by which rule, and how someone signs in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path

import click
from rich.console import Console
from rich.table import Table

from sendbook.access.basis import Basis
from sendbook.access.people import People, Reader, reader_of_student
from sendbook.access.why import why as reasons
from sendbook.campus.records import Campus, Record
from sendbook.campus.shipped import site_templates
from sendbook.cli.options import open_campus, state_folder
from sendbook.errors import SendbookError
from sendbook.gate import Settings


def why(root: Path, person: str, record: str, on: date, console: Console) -> int:
    """Prints a decision a part."""
    campus = open_campus(root).load().campus
    reader = reader_called(campus, person)
    record = record.removeprefix("records/").removesuffix(".yml")
    asked = campus.get(record)
    if asked is None:
        raise SendbookError(f"There is no record “{record}”. Name it as in records/, without .yml.")
    own = campus.of_student(asked.student) if asked.student else (asked,)
    _refuse_mistaken(campus, [*own, *_named(campus, "campus")])
    campus = campus.well_formed()
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

    campus = open_campus(root).load().campus
    with closing(open_database(gate_settings(state_folder(root, state)).database)) as connection:
        accounts = Accounts(connection)
        if disable and accounts.close(person):  # a lost phone can't wait until the record is mended
            console.print("The account is closed.")
            return 0
        reader = reader_called(campus, person)
        if disable:
            console.print("There was no such account.")
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
    """The person or student with an id; raises `SendbookError` if there is none, or none that can be read."""
    own = campus.get(f"people/{person}") or campus.get(f"students/{person}/student")
    if own is None:
        raise SendbookError(f"There is nobody with the id “{person}”. Ids are the names of files in records/people.")
    needed = [own, *_named(campus, "access")]
    _refuse_mistaken(campus, needed)
    return People.from_campus(Campus(needed, campus.registry)).get(person) or reader_of_student(own)


def _named(campus: Campus, record: str) -> list[Record]:
    found = campus.get(record)
    return [] if found is None else [found]


def _refuse_mistaken(campus: Campus, records: Iterable[Record]) -> None:
    """An answer that rests on a record of the wrong shape would be a guess."""
    for record in records:
        if not campus.fits(record):
            raise SendbookError(f"{record.path} has a mistake in it. Run sendbook check, mend it, and ask again.")
