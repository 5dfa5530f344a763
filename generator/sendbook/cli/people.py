"""``sendbook why`` and ``account``: who may see what and by which rule, and how someone signs in."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import closing
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.table import Column, Table

from sendbook.access.basis import Basis
from sendbook.access.matrix import page_of
from sendbook.access.people import People, Reader, reader_of_student
from sendbook.access.policy import Policy
from sendbook.access.why import changed_by_schema
from sendbook.access.why import why as reasons
from sendbook.campus.records import Campus, Record
from sendbook.cli.gate_settings import gate_settings
from sendbook.cli.half_done import or_say
from sendbook.cli.options import open_campus, open_campus_to_withdraw, state_folder
from sendbook.cli.stopping import Stopped
from sendbook.errors import DocumentError, SendbookError
from sendbook.gate import Settings, SystemClock
from sendbook.gate.private_files import secret_key
from sendbook.gate.tokens import INVITED, Tokens

if TYPE_CHECKING:
    from sendbook.gate.accounts import Account, Accounts


def _how_named(campus: Campus, record: str) -> str:
    """What to write instead: a person's own record for their id, else the name of a file in records/."""
    if campus.get(f"people/{record}") is not None:
        return f"Write people/{record}."
    example = f"students/{campus.students[0]}/plan" if campus.students else "people/p-1sen"
    return f"Write a student's id, or the file's path below records/ without .yml, such as {example}."


def why(root: Path, person: str, record: str, on: date, console: Console) -> int:
    """Prints a decision a part."""
    campus = open_campus(root).load().campus
    reader = reader_called(campus, person)
    record = record.removeprefix("records/").removesuffix(".yml")
    if record.upper() in campus.students:
        record = f"students/{record.upper()}/student"
    asked = campus.get(record)
    if asked is None:
        raise SendbookError(f"There is no record “{record}”. {_how_named(campus, record)}")
    own = campus.of_student(asked.student) if asked.student else (asked,)
    _refuse_mistaken(campus, [*own, *_named(campus, "campus")])
    campus = campus.well_formed()
    # The person who runs this has the records open before them, so restrictions are told as they are.
    decisions = reasons(campus, reader, record, on, sees_family=True, basis=Basis.of(campus))
    columns = [Column(name, overflow="fold") for name in ("Part", "May see", "Because", "Rule")]  # no word is cut off
    table = Table(*columns, title=f"{reader.name} and {record}", title_justify="left")
    for part, decision in decisions.items():
        table.add_row(_said(campus, asked, part), "yes" if decision.allowed else "no", decision.because, decision.rule)
    console.print(table, soft_wrap=False)
    for change, reason in changed_by_schema(campus, record):
        said = f"Reason: {reason}" if reason else "access.yml gives no reason; sendbook check says how to add one."
        console.print(
            f"Changed by this campus's own schema: {change.place}: shipped “{change.was}”, here “{change.now}”. {said}",
            highlight=False,
        )
    from sendbook.history.own_files import TEMPLATES
    from sendbook.site.build.shared_campus import own_templates  # pages are made by other commands

    if own_templates(root.resolve()) is not None:
        console.print(
            f"This campus has templates of its own in {TEMPLATES}/: they decide how pages show what may be seen.",
            highlight=False,
        )
    return 0


def _said(campus: Campus, record: Record, part: str) -> str:
    """A part in words, with the name that access.yml has for it."""
    words = campus.registry.kinds[record.kind].part_in_words(part)
    return part if words == part else f"{words} ({part})"


def access_matrix(root: Path) -> int:
    """Prints the page in Markdown, for a file or a printer, so without colours and folding."""
    campus = open_campus(root).load().campus
    _refuse_mistaken(campus, _named(campus, "access"))
    access = campus.get("access")
    policy = Policy.from_record(access.data) if access else Policy()
    click.echo(page_of(policy, campus.registry.kinds), nl=False)
    return 0


def account(
    root: Path, person: str, on: date, state: Path | None, *, disable: bool, invite: bool, console: Console
) -> int:
    """Makes a sign-in with the address of the person's record, closes all that person has, or invites.

    A student is given one only on a day on which they may have an account of their own.
    """
    from sendbook.gate import Accounts, open_database  # what hashes passwords is for this command alone

    if disable and invite:
        raise SendbookError("Choose one: --disable closes the sign-in, --invite helps with using it.")
    unchanged = f"The sign-in of {person} is NOT closed." if disable else f"No sign-in of {person} was changed."
    with or_say(unchanged):
        campus = (open_campus_to_withdraw if disable else open_campus)(root).load().campus
        settings = gate_settings(state_folder(root, state))
        connection = open_database(settings.database)
    with closing(connection):
        accounts = Accounts(connection)
        if disable:
            return _close(accounts, campus, person, console)
        reader = reader_called(campus, person)
        if reader.student and not any(span.holds(on) for span in reader.invited or ()):
            raise SendbookError(
                f"{reader.id} may have no account of their own on this day: that takes an “account_decision:” in the "
                "student's record, and the age in campus.yml (student_accounts). sendbook check says which is missing."
            )
        if not reader.email:
            raise SendbookError(f"{reader.name} has no “sign_in:” with an e-mail address in the record. Add it first.")
        other = accounts.find(reader.email)
        if invite:
            _invite(settings, reader, other, console)
            return 0
        if other is not None and other.reader != reader.id and not other.demo:
            raise SendbookError(
                f"{reader.email} is the sign-in of {other.reader} already. Correct the address in one of the two "
                f"records, or close that one first: sendbook account {other.reader} --disable"
            )
        password = _ask(f"Password for {reader.email} (nothing is shown while you type)")
        with or_say(f"No sign-in of {reader.name} was changed: an earlier password still works."):
            accounts.add(reader.id, reader.email, password, only=True)  # one with an address of before must not live on
        _wipe(accounts, f"{reader.name} can sign in as {reader.email}.")
    console.print(f"{reader.name} can sign in as {reader.email}.")
    return 0


def _close(accounts: Accounts, campus: Campus, person: str, console: Console) -> int:
    """Closes what there is before the record is looked at: a lost phone can't wait until the record is corrected."""
    with or_say(f"The sign-in of {person} is NOT closed, and anybody signed in with it stays signed in."):
        closed = accounts.shut(person)
    if not closed:
        reader_called(campus, person)
    _wipe(accounts, "The account is closed." if closed else "There was no such account.")
    console.print("The account is closed." if closed else "There was no such account.")
    return 0


def _wipe(accounts: Accounts, done: str) -> None:
    with or_say(f"{done} But an e-mail address that is used no more may still be in the file; run this again later."):
        accounts.wipe()


def _invite(settings: Settings, reader: Reader, account: Account | None, console: Console) -> None:
    """Shows the address that makes a new device known before its first sign-in."""
    if account is None or account.reader != reader.id:
        raise SendbookError(f"{reader.name} has no sign-in yet: sendbook account {reader.id} makes one.")
    key = secret_key(settings.state / "gate.key")
    invitation = Tokens(key).new_invitation(reader.email, SystemClock().now())
    days = settings.invitation_lasts // 86400
    console.print(
        f"{reader.name} opens this on the new device, after your site's address, and then signs in. It works for "
        f"{days} days, for this account only, and opens nothing without the password:"
    )
    console.print(f"{INVITED}{invitation}")


def _ask(question: str) -> str:
    try:
        return str(click.prompt(question, hide_input=True, confirmation_prompt=True))
    except click.Abort as why:
        unchanged = "No password was given, so nothing was changed."
        if isinstance(why.__context__, KeyboardInterrupt):
            raise Stopped(unchanged) from None
        raise SendbookError(unchanged) from None


def reader_called(campus: Campus, person: str) -> Reader:
    """The person or student with an id; raises `SendbookError` if there is none, or none that can be read."""
    own = campus.get(f"people/{person}") or campus.get(f"students/{person}/student")
    if own is None:
        raise SendbookError(f"There is nobody with the id “{person}”. Ids are the names of files in records/people.")
    needed = [own, *_named(campus, "access"), *_named(campus, "campus")]
    _refuse_mistaken(campus, needed)
    # An account of a student's own asks who decided about it, and whether they worked here.
    others = [one for one in campus.of_kind("person") if campus.fits(one)] if own.student else []
    return People.from_campus(Campus([*others, *needed], campus.registry)).get(person) or reader_of_student(own)


def senco_of(campus: Campus) -> str:
    """Whose copy a paper is if nobody is named: the campus's SENDCo sees all of a plan."""
    record = campus.get("campus")
    senco = record.data.get("contacts", {}).get("senco") if record else None
    if not senco:
        raise DocumentError("records/campus.yml names no SENDCo among its contacts; say whose copy it is with --for.")
    return str(senco)


def _named(campus: Campus, record: str) -> list[Record]:
    found = campus.get(record)
    return [] if found is None else [found]


def _refuse_mistaken(campus: Campus, records: Iterable[Record]) -> None:
    """An answer that rests on a record of the wrong shape would be a guess."""
    for record in records:
        if not campus.fits(record):
            raise SendbookError(f"{record.path} has a mistake in it. Run sendbook check, correct it, and ask again.")
