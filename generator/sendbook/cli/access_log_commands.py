"""``sendbook access-log`` and what can be asked of it. Each command imports its own steps."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from sendbook.cli.groups import Group
from sendbook.cli.options import as_of_option, campus_option, state_option, today
from sendbook.cli.telling import screen


@click.group("access-log", cls=Group, no_args_is_help=True, context_settings={"show_default": True})
def access_log() -> None:
    """Prove that the access log is as it was written, and ask it who opened what."""


@access_log.command("verify")
@click.option("--head", "heads", multiple=True, help="A line that access-log head printed before; may be given again.")
@campus_option
@state_option
def access_log_verify(heads: tuple[str, ...], campus: Path, state: Path | None) -> None:
    """Say whether every row and every month of the access log is as it was written."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.verify(campus, state, heads, screen()))


@access_log.command("head")
@campus_option
@state_option
def access_log_head(campus: Path, state: Path | None) -> None:
    """Print the newest row's number and digest, to be kept somewhere else."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.head(campus, state, screen()))


@access_log.command("who")
@click.argument("record", help="A student's id, or one of the student's records.")
@campus_option
@state_option
def access_log_who(record: str, campus: Path, state: Path | None) -> None:
    """Print who opened pages about a student, and when."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.who(campus, state, record, screen()))


@access_log.command("person")
@click.argument("reader", help="A person's or student's id.")
@campus_option
@state_option
def access_log_person(reader: str, campus: Path, state: Path | None) -> None:
    """Print what one person opened, searched and when they signed in."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.person(campus, state, reader, screen()))


@access_log.command("drop")
@click.argument("month", help="The last month to go, such as 2025-08; those before it go too.")
@campus_option
@as_of_option
@state_option
def access_log_drop(month: str, campus: Path, as_of: date | None, state: Path | None) -> None:
    """Delete old months on purpose, so that they are not missed."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.drop(campus, state, month, today(as_of), screen()))


@access_log.command("set-aside")
@campus_option
@state_option
def access_log_set_aside(campus: Path, state: Path | None) -> None:
    """Begin a new log and keep the old one, where it can't be proved any more."""
    from sendbook.cli import access_log as log_steps

    sys.exit(log_steps.set_aside(campus, state, screen()))
