"""The ``sendbook`` command: what can be asked for, and what each answer's exit code means.

Exit codes: 0 all is well; 1 there are findings of severity error; 2 the command could not run.

Each command imports its own steps: a person who changed one word waits for the build, not for the web server's modules.
"""

from __future__ import annotations

import os
import sqlite3
import sys
import traceback
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from sendbook import __version__
from sendbook.cli.options import HERE, AsOfOption, CampusOption, StateOption, today
from sendbook.cli.telling import error_screen, in_one_sentence, screen
from sendbook.errors import SendbookError

app = typer.Typer(
    add_completion=False,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
)


def _say_version(asked: bool) -> None:
    if asked:
        version()
        raise typer.Exit


@app.callback()
def program(
    shown: Annotated[
        bool, typer.Option("--version", callback=_say_version, is_eager=True, help="Say which version this is.")
    ] = False,
) -> None:
    """A campus's SEND work as plain files, and the private site made from them."""


@app.command()
def check(
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    output: Annotated[
        str, typer.Option("--format", help="text; or json, sarif, github, junit, all without values from records.")
    ] = "text",
    since: Annotated[
        str | None, typer.Option(help="Check what changed as well, since a day, a branch, a tag or a commit.")
    ] = None,
    explain: Annotated[
        str | None, typer.Option(metavar="CODE", help="Say what a finding's code means instead.")
    ] = None,
) -> None:
    """Check every record and handbook page; say what is wrong and what to do."""
    from sendbook.cli import check as check_steps

    if explain is not None:
        raise typer.Exit(check_steps.explain(campus, explain, screen()))
    raise typer.Exit(check_steps.check(campus, today(as_of), output, screen(), since))


@app.command()
def diff(
    revisions: Annotated[
        str | None,
        typer.Argument(help="A or A..B: days, branches, tags or commits. A alone, or nothing: against the files now."),
    ] = None,
    student: Annotated[str | None, typer.Option(help="Only this student's records.")] = None,
    person: Annotated[str | None, typer.Option("--for", help="As this person or student sees it today.")] = None,
    output: Annotated[str, typer.Option("--format", help="text, markdown or json.")] = "text",
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
) -> None:
    """Tell in sentences what changed between two versions of the records."""
    from sendbook.cli import diff as diff_steps

    asked = diff_steps.Question(revisions=revisions, student=student, person=person, output=output)
    raise typer.Exit(diff_steps.diff(campus, asked, today(as_of), screen(), error_screen()))


@app.command()
def build(campus: CampusOption = HERE, as_of: AsOfOption = None, state: StateOption = None) -> None:
    """Check the campus and build its site; nothing is published while there is an error."""
    from sendbook.cli import build as build_steps

    raise typer.Exit(build_steps.build(campus, today(as_of), state, screen()))


@app.command()
def export(
    reader: Annotated[str, typer.Argument(help="Whose site: a person's or student's id.")],
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    state: StateOption = None,
) -> None:
    """Write the site one reader gets as plain static files."""
    from sendbook.cli import build as build_steps

    raise typer.Exit(build_steps.export(campus, reader, folder, today(as_of), state, screen()))


@app.command()
def publish(
    public: Annotated[Path, typer.Option("--public", help="The folder for the public edition: new, or made by this.")],
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    state: StateOption = None,
) -> None:
    """Write the public edition as plain files for the school's website, if it is sound and names nobody it may not."""
    from sendbook.cli import publish as publish_steps

    raise typer.Exit(publish_steps.publish(campus, public, today(as_of), state, screen()))


@app.command()
def serve(
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    state: StateOption = None,
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.", min=1, max=65535)] = 8321,
    name: Annotated[
        str | None,
        typer.Option(help="Its name, such as send.school.example, behind a proxy with TLS."),
    ] = None,
    demo: Annotated[
        bool, typer.Option("--demo", help="Make one sign-in for each role, with random passwords.")
    ] = False,
    watch: Annotated[bool, typer.Option("--watch", help="Build again when a file changes, and at midnight.")] = False,
) -> None:
    """Build the site and serve it behind a sign-in."""
    from sendbook.cli import serve as serve_steps

    fixed = as_of is not None
    how = serve_steps.How(host=host, port=port, name=name, demo=demo, watch=watch, fixed=fixed)
    raise typer.Exit(serve_steps.serve(campus, today(as_of), state, how, screen()))


@app.command()
def pdf(
    kind: Annotated[str, typer.Argument(help="plan, profile, send-information-report or accessibility-plan.")],
    identity: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="The student's id, for a plan or a profile.")
    ] = None,
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    reader: Annotated[
        str | None,
        typer.Option(
            "--for", help="Whose copy: a person's or student's id. The SENDCo's, or the public's, if left out."
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="The file, or - to send it on; named for the kind and the id if left out."),
    ] = None,
) -> None:
    """Print a document as an accessible PDF, as one reader may have it."""
    from sendbook.cli import pdf as pdf_steps

    what = pdf_steps.What(kind=kind, identity=identity, reader=reader, output=output)
    raise typer.Exit(pdf_steps.pdf(campus, what, today(as_of), screen()))


@app.command()
def why(
    person: Annotated[str, typer.Argument(help="A person's or student's id.")],
    record: Annotated[str, typer.Argument(help="A record, such as students/7Q4K/plan.")],
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
) -> None:
    """Say which parts of a record a person may see, and why."""
    from sendbook.cli import people as people_steps

    raise typer.Exit(people_steps.why(campus, person, record, today(as_of), screen()))


@app.command()
def revoke(
    person: Annotated[str, typer.Argument(help="Whose access.")],
    student: Annotated[str | None, typer.Argument(help="For which student; for all if left out.")] = None,
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
    state: StateOption = None,
    reason: Annotated[str, typer.Option(help="Why; kept in access.yml.")] = "Withdrawn at once.",
    undo: Annotated[bool, typer.Option("--undo", help="Take a revocation back, from the next build on.")] = False,
) -> None:
    """Take a person's access away; it bites at their next click."""
    from sendbook.cli import revoke as revoke_steps

    if undo:
        raise typer.Exit(revoke_steps.undo(campus, person, student, state, screen()))
    raise typer.Exit(revoke_steps.revoke(campus, person, student, today(as_of), state, reason, screen()))


@app.command()
def account(
    person: Annotated[str, typer.Argument(help="A person's or student's id.")],
    campus: CampusOption = HERE,
    state: StateOption = None,
    disable: Annotated[bool, typer.Option("--disable", help="Close the account and end its sessions.")] = False,
) -> None:
    """Make a sign-in for someone on campus, or close one; asks for the password."""
    from sendbook.cli import people as people_steps

    raise typer.Exit(people_steps.account(campus, person, state, disable=disable, console=screen()))


@app.command()
def synthesise(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    students: Annotated[int, typer.Option(help="How many students with SEND.", min=1, max=20000)] = 30,
    seed: Annotated[int, typer.Option(help="Same seed, same bytes.")] = 1,
    as_of: AsOfOption = None,
) -> None:
    """Write a valid campus of invented people, of any size."""
    from sendbook.cli import synthesise as synthesise_steps

    raise typer.Exit(synthesise_steps.synthesise(folder, students, seed, today(as_of), screen()))


@app.command()
def schema(
    kind: Annotated[str | None, typer.Argument(help="Kind of record; leave out for the list.")] = None,
    campus: CampusOption = HERE,
) -> None:
    """Show the fields of a kind of record in plain words."""
    from sendbook.cli import schema as schema_steps

    raise typer.Exit(schema_steps.show_schema(campus, kind, screen()))


@app.command()
def new(
    folder: Annotated[Path, typer.Argument(help="A new folder.")],
    name: Annotated[str, typer.Option(help="The campus's name.")] = "Our Campus",
    as_of: AsOfOption = None,
) -> None:
    """Make a campus folder of your own: records, starter handbook, editor hints, git."""
    from sendbook.cli import new as new_steps

    raise typer.Exit(new_steps.new(folder, name, today(as_of), screen()))


figures = typer.Typer(
    no_args_is_help=True, help="Compute a term's figures so that no child can be recognised, and approve them."
)
app.add_typer(figures, name="figures")


@figures.command("compute")
def figures_compute(
    term: Annotated[str, typer.Argument(help="The term, such as 2026-autumn.")],
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
) -> None:
    """Count a term's figures, hide what would give a child away, and write them down as computed."""
    from sendbook.cli import figures as figure_steps

    raise typer.Exit(figure_steps.compute(campus, term, today(as_of), screen()))


@figures.command("approve")
def figures_approve(
    term: Annotated[str, typer.Argument(help="The term, such as 2026-autumn.")],
    by: Annotated[str, typer.Option("--by", help="The id of the person who approves.")],
    campus: CampusOption = HERE,
    as_of: AsOfOption = None,
) -> None:
    """Approve computed figures and freeze them; from the next build on they are shown."""
    from sendbook.cli import figures as figure_steps

    raise typer.Exit(figure_steps.approve(campus, term, by, today(as_of), screen()))


@app.command()
def textconv(
    file: Annotated[Path, typer.Argument(help="A record's file, or git's copy of an earlier version.")],
    campus: CampusOption = HERE,
) -> None:
    """Print a record in readable lines, as git diff shows it in a campus made by sendbook new."""
    from sendbook.cli import textconv as textconv_steps

    raise typer.Exit(textconv_steps.textconv(campus, file))


@app.command()
def version() -> None:
    """Say which version this is."""
    screen().print(f"sendbook {__version__}")


def main() -> None:
    """Runs the command; what can't run is told in one sentence, with exit code 2."""
    try:
        app()
    except SendbookError as error:
        _give_up(str(error))
    except (OSError, sqlite3.Error) as error:
        _give_up(in_one_sentence(error))
    except Exception:
        traceback.print_exc()  # names our lines and nothing of a record
        _give_up("this is a fault of sendbook's own. Please report the lines above.")


def _give_up(sentence: str) -> NoReturn:
    error_screen().print(f"sendbook: {sentence}", style="red")
    try:
        sys.stdout.flush()
    except OSError:  # Python would try once more at its end, and complain
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    sys.exit(2)
