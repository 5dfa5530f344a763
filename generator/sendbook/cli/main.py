"""The ``sendbook`` command: what can be asked for, and what each answer's exit code means.

Exit codes: 0 all is well; 1 there are findings of severity error; 2 the command could not run; 130 it was stopped by
hand.

Each command imports its own steps: a person who changed one word waits for the build, not for the web server's modules.
That is also why this is click and not typer, which brings pydantic: a seventh of a build with nothing new.
"""

from __future__ import annotations

import os
import sqlite3
import sys
from datetime import date
from pathlib import Path
from typing import NoReturn

import click

from sendbook import __version__
from sendbook.cli.access_log_commands import access_log
from sendbook.cli.groups import Group
from sendbook.cli.new_command import new
from sendbook.cli.options import PATH, as_of_option, campus_option, meeting_day_option, state_option, today
from sendbook.cli.stopping import Stopped, stopped
from sendbook.cli.telling import error_screen, for_log, in_one_sentence, screen
from sendbook.errors import SendbookError, trace_of


def _say_version(_context: click.Context, _parameter: click.Parameter, asked: bool) -> None:
    if asked:
        _say()
        sys.exit(0)


@click.group(cls=Group, no_args_is_help=True, context_settings={"show_default": True, "max_content_width": 100})
@click.option(
    "--version",
    is_flag=True,
    callback=_say_version,
    is_eager=True,
    expose_value=False,
    help="Say which version this is.",
)
def app() -> None:
    """A campus's SEND work as plain files, and the private site made from them."""


@app.command()
@campus_option
@as_of_option
@click.option(
    "--format", "output", default="text", help="text; or json, sarif, github, junit, all without values from records."
)
@click.option("--since", help="Check what changed as well, since a day, a branch, a tag or a commit.")
@click.option("--explain", metavar="CODE", help="Say what a finding's code means instead.")
def check(campus: Path, as_of: date | None, output: str, since: str | None, explain: str | None) -> None:
    """Check every record and handbook page; say what is wrong and what to do."""
    from sendbook.cli import check as check_steps

    if explain is not None:
        sys.exit(check_steps.explain(campus, explain, screen()))
    sys.exit(check_steps.check(campus, today(as_of), output, screen(), since))


@app.command()
@click.argument(
    "revisions",
    required=False,
    help="A or A..B: days, branches, tags or commits. A alone, or nothing: against the files now.",
)
@click.option("--student", help="Only this student's records.")
@click.option("--for", "person", help="As this person or student sees it today.")
@click.option("--format", "output", default="text", help="text, markdown or json.")
@campus_option
@as_of_option
def diff(
    revisions: str | None, student: str | None, person: str | None, output: str, campus: Path, as_of: date | None
) -> None:
    """Tell in sentences what changed between two versions of the records."""
    from sendbook.cli import diff as diff_steps

    asked = diff_steps.Question(revisions=revisions, student=student, person=person, output=output)
    sys.exit(diff_steps.diff(campus, asked, today(as_of), screen(), error_screen()))


@app.command()
@campus_option
@as_of_option
@state_option
def build(campus: Path, as_of: date | None, state: Path | None) -> None:
    """Check the campus and build its site; nothing is published while there is an error."""
    from sendbook.cli import build as build_steps

    sys.exit(build_steps.build(campus, today(as_of), state, screen()))


@app.command()
@click.argument("reader", help="Whose site: a person's or student's id.")
@click.argument("folder", type=PATH, help="A new folder.")
@campus_option
@as_of_option
@state_option
def export(reader: str, folder: Path, campus: Path, as_of: date | None, state: Path | None) -> None:
    """Write the site one reader gets as plain static files."""
    from sendbook.cli import build as build_steps

    sys.exit(build_steps.export(campus, reader, folder, today(as_of), state, screen()))


@app.command()
@click.option("--public", type=PATH, required=True, help="The folder for the public edition: new, or made by this.")
@campus_option
@as_of_option
@state_option
def publish(public: Path, campus: Path, as_of: date | None, state: Path | None) -> None:
    """Write the public edition as plain files for the school's website, if it is sound and names nobody it may not."""
    from sendbook.cli import publish as publish_steps

    sys.exit(publish_steps.publish(campus, public, today(as_of), state, screen()))


@app.command()
@campus_option
@as_of_option
@state_option
@click.option("--host", default="127.0.0.1", help="Address to listen on.")
@click.option("--port", type=click.IntRange(min=1, max=65535), default=8321, help="Port to listen on.")
@click.option("--name", help="Its name, such as send.school.example, behind a proxy with TLS.")
@click.option(
    "--behind",
    multiple=True,
    metavar="ADDRESS",
    help="The proxy's own address, such as 127.0.0.1: what it says of a visitor is believed. Can be repeated.",
)
@click.option("--demo", is_flag=True, help="Make one sign-in for each role, with random passwords.")
@click.option("--watch", is_flag=True, help="Build again when a file changes, and at midnight.")
def serve(
    campus: Path,
    as_of: date | None,
    state: Path | None,
    host: str,
    port: int,
    name: str | None,
    behind: tuple[str, ...],
    demo: bool,
    watch: bool,
) -> None:
    """Build the site and serve it behind a sign-in."""
    from sendbook.cli import serve as serve_steps

    fixed = as_of is not None
    how = serve_steps.How(host=host, port=port, name=name, behind=behind, demo=demo, watch=watch, fixed=fixed)
    sys.exit(serve_steps.serve(campus, today(as_of), state, how, screen()))


@app.command()
@click.argument("kind", help="plan, draft-plan, profile, send-information-report or accessibility-plan.")
@click.argument("identity", required=False, metavar="[ID]", help="The student's id, for a plan or a profile.")
@campus_option
@as_of_option
@click.option(
    "--for", "reader", help="Whose copy: a person's or student's id. The SENDCo's, or the public's, if left out."
)
@click.option(
    "--output", "-o", type=PATH, help="The file, or - to send it on; named for the kind and the id if left out."
)
def pdf(
    kind: str, identity: str | None, campus: Path, as_of: date | None, reader: str | None, output: Path | None
) -> None:
    """Print a document as an accessible PDF, as one reader may have it."""
    from sendbook.cli import pdf as pdf_steps

    what = pdf_steps.What(kind=kind, identity=identity, reader=reader, output=output)
    sys.exit(pdf_steps.pdf(campus, what, today(as_of), screen()))


@app.command()
@click.argument("person", help="A person's or student's id.")
@click.argument("record", help="A record, such as students/7Q4K/plan.")
@campus_option
@as_of_option
def why(person: str, record: str, campus: Path, as_of: date | None) -> None:
    """Say which parts of a record a person may see, and why."""
    from sendbook.cli import people as people_steps

    sys.exit(people_steps.why(campus, person, record, today(as_of), screen()))


@app.command()
@click.argument("record", help="A student's or person's id, or a record, such as interventions/paired-reading.")
@campus_option
def links(record: str, campus: Path) -> None:
    """Say which records link to a record: look here before you take it out."""
    from sendbook.cli import links as link_steps

    sys.exit(link_steps.links(campus, record, screen()))


@app.command()
@campus_option
def matrix(campus: Path) -> None:
    """Print who sees which part of a student's records, and why, as a page to sign."""
    from sendbook.cli import people as people_steps

    sys.exit(people_steps.access_matrix(campus))


@app.command()
@click.argument("person", help="Whose access.")
@click.argument("student", required=False, help="For which student; for all if left out.")
@campus_option
@as_of_option
@state_option
@click.option("--reason", default="Withdrawn at once.", help="Why; kept in access.yml.")
@click.option("--undo", is_flag=True, help="Undo a revocation, from the next build on.")
def revoke(
    person: str, student: str | None, campus: Path, as_of: date | None, state: Path | None, reason: str, undo: bool
) -> None:
    """Take a person's access away; it bites at their next click."""
    from sendbook.cli import revoke as revoke_steps

    if undo:
        sys.exit(revoke_steps.undo(campus, person, student, state, screen()))
    sys.exit(revoke_steps.revoke(campus, person, student, today(as_of), state, reason, screen()))


@app.command()
@click.argument("person", help="A person's or student's id.")
@campus_option
@state_option
@click.option("--disable", is_flag=True, help="Close the account and end its sessions.")
@click.option(
    "--invite",
    is_flag=True,
    help="Make a link that lets somebody sign in on a new device while others are guessing their password.",
)
def account(person: str, campus: Path, state: Path | None, disable: bool, invite: bool) -> None:
    """Make a sign-in for someone on campus, or close one; asks for the password."""
    from sendbook.cli import people as people_steps

    sys.exit(people_steps.account(campus, person, today(None), state, disable=disable, invite=invite, console=screen()))


@app.command()
@click.argument("program", type=click.Choice(["nginx", "caddy"]), help="Which proxy: nginx or caddy.")
@click.option("--name", default="send.school.example", help="The name people type, as in sendbook serve --name.")
@click.option("--port", type=click.IntRange(min=1, max=65535), default=8321, help="The port of sendbook serve.")
def proxy(program: str, name: str, port: int) -> None:
    """Print the settings file of a proxy with TLS, with limits, for the server in front of sendbook."""
    from sendbook.cli import proxy as proxy_steps

    sys.exit(proxy_steps.proxy(program, name, port))


@app.command()
@click.argument("folder", type=PATH, help="A new folder.")
@click.option("--students", type=click.IntRange(min=1, max=20000), default=30, help="How many students with SEND.")
@click.option("--seed", type=int, default=1, help="Same seed, same bytes.")
@as_of_option
def synthesise(folder: Path, students: int, seed: int, as_of: date | None) -> None:
    """Write a valid campus of invented people, of any size."""
    from sendbook.cli import synthesise as synthesise_steps

    sys.exit(synthesise_steps.synthesise(folder, students, seed, today(as_of), screen()))


app.add_command(access_log)


@app.command()
@click.argument("kind", required=False, help="Kind of record; leave out for the list.")
@click.option("--questions", is_flag=True, help="The questions that a form would ask, in order.")
@campus_option
def schema(kind: str | None, questions: bool, campus: Path) -> None:
    """Show the fields of a kind of record in plain words."""
    from sendbook.cli import schema as schema_steps

    sys.exit(schema_steps.show_schema(campus, kind, screen(), questions=questions))


app.add_command(new)


@app.command()
@click.argument("kind", help="person, student, plan, profile, meeting, or another kind of record.")
@click.argument("name", required=False, default="", help="The student's id; or what an entry of the library is called.")
@click.option("--id", "record", default="", metavar="NAME", help="What the file is called, where its kind asks for it.")
@click.option("--with", "also", multiple=True, metavar="FIELD", help="A field besides those that must be there.")
@meeting_day_option
@campus_option
@as_of_option
def add(
    kind: str,
    name: str,
    record: str,
    also: tuple[str, ...],
    held_on: date | None,
    campus: Path,
    as_of: date | None,
) -> None:
    """Begin a record: its file, a free id, and a hint above each field that is to be filled in."""
    from sendbook.cli import add as add_steps

    what = add_steps.What(kind=kind, name=name, record=record, also=also)
    sys.exit(add_steps.add(campus, what, held_on or today(as_of), screen()))


@app.group(no_args_is_help=True)
def figures() -> None:
    """Compute a term's figures so that no child can be recognised, and approve them."""


@figures.command("compute")
@click.argument("term", help="The term, such as 2026-autumn.")
@campus_option
@as_of_option
def figures_compute(term: str, campus: Path, as_of: date | None) -> None:
    """Count a term's figures, hide what would give a child away, and write them down as computed."""
    from sendbook.cli import figures as figure_steps

    sys.exit(figure_steps.compute(campus, term, today(as_of), screen()))


@figures.command("approve")
@click.argument("term", help="The term, such as 2026-autumn.")
@click.option("--by", required=True, help="The id of the person who approves.")
@campus_option
@as_of_option
def figures_approve(term: str, by: str, campus: Path, as_of: date | None) -> None:
    """Approve computed figures and freeze them; from the next build on they are shown."""
    from sendbook.cli import figures as figure_steps

    sys.exit(figure_steps.approve(campus, term, by, today(as_of), screen()))


@app.command()
@click.argument("file", type=PATH, help="A record's file, or git's copy of an earlier version.")
@campus_option
def textconv(file: Path, campus: Path) -> None:
    """Print a record in readable lines, as git diff shows it in a campus made by sendbook new."""
    from sendbook.cli import textconv as textconv_steps

    sys.exit(textconv_steps.textconv(campus, file))


@app.command()
def version() -> None:
    """Say which version this is."""
    _say()


def _say() -> None:
    screen().print(f"sendbook {__version__}")


def main() -> None:
    """Runs the command; what can't run is told in one sentence, with exit code 2."""
    try:
        sys.exit(app(standalone_mode=False) or 0)
    except (KeyboardInterrupt, EOFError, click.Abort) as why:
        stopped(_reason(why), next((one for one in sys.argv[1:] if one in app.commands), ""))
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except SendbookError as error:
        _give_up(str(error))
    except (OSError, sqlite3.Error) as error:
        _give_up(in_one_sentence(error))
    except Exception as error:
        error_screen().print(trace_of(error))
        _give_up("this is a fault in sendbook. Please report the lines above.")


def _reason(why: BaseException) -> BaseException:
    """What stopped the command: click puts something of its own in the place of Ctrl-C."""
    cause = why.__cause__ or why.__context__
    return cause if isinstance(why, click.Abort) and isinstance(cause, Stopped) else why


def _give_up(sentence: str) -> NoReturn:
    screen_of_errors = error_screen()
    screen_of_errors.print(f"sendbook: {for_log(sentence, screen_of_errors)}", style="red")
    try:
        sys.stdout.flush()
    except OSError:  # Python would try once more at its end, and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(2)
