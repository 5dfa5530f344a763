"""The options of ``sendbook new``: everything it asks can be given beforehand, for a script or a second try."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import click

from sendbook.cli.groups import Command
from sendbook.cli.options import PATH, as_of_option, today
from sendbook.cli.telling import screen


@click.command(cls=Command)
@click.argument("folder", type=PATH, help="A new folder.")
@click.option("--name", help="What the school is called.")
@click.option("--address", help="Its postal address, on one line.")
@click.option("--phone", help="The office's telephone number.")
@click.option("--email", help="The office's e-mail address.")
@click.option("--setting", help="maintained, academy, independent_section_41 or independent.")
@click.option("--council", help="The authority in whose area it is.")
@click.option("--years", metavar="FIRST..LAST", help="Youngest and oldest year group taught, such as R..6.")
@click.option("--term", "terms", multiple=True, metavar="FIRST..LAST", help="A term's first and last day. Repeat it.")
@click.option("--half-term", "halves", multiple=True, metavar="FIRST..LAST", help="A half-term. Can be repeated.")
@click.option("--closed", multiple=True, metavar="DAY", help="A training day or other closed day. Can be repeated.")
@click.option("--senco", help="The SENDCo's full name.")
@click.option("--senco-known-as", help="As families and colleagues say it, such as “Ms Okafor”.")
@click.option("--senco-email", help="The SENDCo's e-mail address, to sign in with.")
@click.option("--no-questions", is_flag=True, help="Ask nothing, also on a terminal.")
@as_of_option
def new(folder: Path, as_of: date | None, *, no_questions: bool, **given: str | tuple[str, ...] | None) -> None:
    """Make a campus folder of your own: asks for school, terms and SENDCo; writes records and a handbook."""
    from sendbook.cli import new as new_steps
    from sendbook.cli import new_answers as answers

    def read(name: str) -> str:
        return answers.line(str(given[name] or ""))

    first, _, last = read("years").partition("..")
    told = answers.Answers(
        name=read("name"),
        address=read("address"),
        phone=answers.phone(read("phone")) if read("phone") else "",
        email=answers.email(read("email")) if read("email") else "",
        setting=answers.setting(read("setting")) if read("setting") else "",
        council=read("council"),
        first_year=answers.year_group(first) if first else "",
        last_year=answers.year_group(last or first) if first else "",
        terms=answers.terms(*(tuple(given[name] or ()) for name in ("terms", "halves", "closed"))),
        senco=read("senco"),
        senco_known_as=read("senco_known_as"),
        senco_email=answers.email(read("senco_email")) if read("senco_email") else "",
    )
    asking = not no_questions and sys.stdin.isatty() and sys.stdout.isatty()
    if not asking and not no_questions:
        screen().print("Nothing is asked, because this is no terminal: what no option says is left for you to fill in.")
    sys.exit(new_steps.new(folder, told, today(as_of), screen(), asking=asking))
