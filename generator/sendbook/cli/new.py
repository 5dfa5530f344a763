"""``sendbook new DIR``: a campus folder of one's own, valid from the first minute and empty of people.

The records it begins with are in ``new_records.py``; here they are written, with the handbook and all that git and an
editor need.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from datetime import date
from pathlib import Path

import click
from rich.console import Console

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.cli.new_answers import Answers
from sendbook.cli.new_folder import new_folder
from sendbook.cli.new_questions import ask
from sendbook.cli.new_records import SENCO, first_records, school_of, with_defaults
from sendbook.cli.stopping import Stopped
from sendbook.cli.workflows import WORKFLOWS
from sendbook.errors import SendbookError
from sendbook.example.starter import starter_page
from sendbook.example.wording import School, worded

# A print is found by its ending and not by its kind: a later version of sendbook, or a kind of the campus's own, brings
# prints that nobody could name on the day this file is written.
_IGNORED = """# The site, its database and caches hold what git must never hold.
/.sendbook/
/.venv/
/public/
/site/
# So does a print, wherever it is saved and whatever it is called. The handbook's own papers are kept.
*.[Pp][Dd][Ff]
!/handbook/**/*.[Pp][Dd][Ff]
"""
_HOOK = """#!/bin/sh
# Findings are told before they are committed; an error stops the commit, nothing is lost.
for sendbook in sendbook .venv/bin/sendbook; do
  if command -v "$sendbook" >/dev/null; then exec "$sendbook" check; fi
done
echo "sendbook is not installed here, so the records can't be checked before the commit." >&2
exit 1
"""
_TEXTCONV = """#!/bin/sh
# Shows git a record in readable lines; where no sendbook can do that, as it stands.
for sendbook in sendbook .venv/bin/sendbook; do
  "$sendbook" textconv "$1" 2>/dev/null && exit
done
exec cat "$1"
"""
_ATTRIBUTES = (
    "# git diff shows records in readable lines, once diff.sendbook.textconv is set.\n/records/**/*.yml diff=sendbook\n"
)
_WORKFLOW_NOTE = """# {name}

This folder holds the SEND records and the handbook of {name}. It is private: it is about children.

1. `sendbook check` says what is missing or wrong, and what to do.
2. `sendbook serve` builds the site and shows it on this machine.
3. Begin with `records/campus.yml`: the school's name, its contacts, terms and groups. `sendbook add person --with
   staff --with sign_in` begins a colleague, `--with family` a parent, and `sendbook add student` a student: a
   file with a free id, and a line above each field that says what to write.
4. Commit each change. `sendbook check` runs before every commit; on another machine turn that on once, with
   `git config core.hooksPath .githooks`; and `git config diff.sendbook.textconv .githooks/textconv`, so that `git diff`
   shows records in readable lines.
5. `sendbook diff` says in sentences what changed.
6. On GitHub or GitLab each change is checked as well (`.github/workflows`, `.gitlab-ci.yml`), and the public edition
   of the handbook can be published there by hand. Delete what you don't use. Keep the repository private.

In VS Code, install the extension it suggests when you open this folder: it completes field names and explains them.
`sendbook schema` lists the kinds of record, `sendbook schema plan` the fields of one.
"""


def new(folder: Path, told: Answers, on: date, console: Console, *, asking: bool = False) -> int:
    """Makes the folder; raises `SendbookError` if there is something in it already.

    With ``asking`` a person is at the terminal: what was not told is asked, and the SENDCo's sign-in is made at once.
    """
    folder = folder.resolve()
    with new_folder(folder):
        if shutil.which("git") is None:
            raise SendbookError("git is not installed; sendbook keeps every version of the records with it.")
        told = ask(told) if asking else told
        told = with_defaults(told)
        school = school_of(told, on)
        for path, content in first_records(told, school, on, SchemaRegistry.load(schemas())):
            _write(folder / path, content)
        _write_handbook(folder, told, school)
        _write_editor(folder)
        for path, text in WORKFLOWS.items():
            _write(folder / path, text.encode())
        _write_git(folder, told.name)
    console.print(f"{told.name} is ready in {folder}.")
    can_sign_in = asking and bool(told.senco_email) and _sign_in(folder, told, on, console)
    _next_steps(folder, told, console, can_sign_in=can_sign_in)
    return 0


def _sign_in(folder: Path, told: Answers, on: date, console: Console) -> bool:
    """Makes the first sign-in, the SENDCo's; the campus is there whether it is made or not."""
    try:
        from sendbook.cli.people import account  # what hashes passwords is for this alone

        if not click.confirm(f"Make the sign-in for {told.senco_email} now? It takes a password", default=True):
            return False
        return account(folder, SENCO, on, None, disable=False, invite=False, console=console) == 0
    except (click.Abort, KeyboardInterrupt, EOFError):
        why = f"The campus is ready in {folder}; its sign-in was not made. Later: sendbook account {SENCO}"
        raise Stopped(why) from None


def _next_steps(folder: Path, told: Answers, console: Console, *, can_sign_in: bool) -> None:
    if can_sign_in:
        account = f"sign in as {told.senco_email}"
    elif told.senco_email:
        account = f"sign in as {told.senco_email}, once sendbook account {SENCO} has asked for a password"
    else:
        account = (
            f"sign in once you have written “sign_in:” with your e-mail address into records/people/{SENCO}.yml, and "
            f"sendbook account {SENCO} has asked for a password"
        )
    console.print(
        f"Next:\n"
        f"1. cd {shlex.quote(str(folder))}, then sendbook check: it lists what is still to be filled in, and where.\n"
        f"2. Begin colleagues with sendbook add person --with staff --with sign_in, write your groups into "
        f"records/campus.yml, then sendbook add person --with family --with sign_in and sendbook add student "
        f"--with needs --with teaching_groups --with family. sendbook's page for SENCos, docs/for-sencos.md, goes on "
        f"step by step.\n"
        f"3. sendbook serve --watch, open http://127.0.0.1:8321, and {account}."
    )


def _write_handbook(folder: Path, told: Answers, school: School) -> None:
    seasons = {str(term.as_record()["id"]).partition("-")[0] for term in told.terms}
    whole_year = seasons == {"autumn", "spring", "summer"}
    shutil.copytree(example() / "handbook", folder / "handbook")
    for page in (folder / "handbook").glob("*.md"):
        begun = starter_page(worded(page.read_text(encoding="utf-8"), school), approved=False, terms=whole_year)
        page.write_text(begun, encoding="utf-8")
    settings = (example() / "mkdocs.yml").read_text(encoding="utf-8")
    _write(folder / "mkdocs.yml", settings.replace("pip install -e .", "pip install sendbook").encode())
    _write(folder / "README.md", _WORKFLOW_NOTE.format(name=told.name).encode())


def _write_editor(folder: Path) -> None:
    target = folder / ".vscode" / "schemas"
    target.mkdir(parents=True)
    mapping: dict[str, list[str]] = {}
    for source in sorted(schemas().glob("*.schema.json")):
        shutil.copyfile(source, target / source.name)
        data = json.loads(source.read_text(encoding="utf-8"))
        paths = data.get("x-path", [])
        globs = [paths] if isinstance(paths, str) else paths
        if globs:
            wild = [glob.replace("{student}", "*").replace("{id}", "*") for glob in globs]
            mapping[f"./.vscode/schemas/{source.name}"] = [f"records/{glob}" for glob in wild]
    settings = {
        "yaml.schemas": mapping,
        "yaml.schemaStore.enable": False,
        "editor.insertSpaces": True,
        "editor.tabSize": 2,
        "[yaml]": {"editor.wordWrap": "on", "editor.quickSuggestions": {"strings": True, "other": True}},
        "files.insertFinalNewline": True,
        "redhat.telemetry.enabled": False,
    }
    _write(folder / ".vscode/settings.json", _json(settings))
    _write(folder / ".vscode/extensions.json", _json({"recommendations": ["redhat.vscode-yaml"]}))


def _write_git(folder: Path, name: str) -> None:
    _write(folder / ".gitignore", _IGNORED.encode())
    _write(folder / ".gitattributes", _ATTRIBUTES.encode())
    for name_of_script, script in (("pre-commit", _HOOK), ("textconv", _TEXTCONV)):
        path = folder / ".githooks" / name_of_script
        _write(path, script.encode())
        path.chmod(0o755)
    _git(folder, "init", "--quiet", "--initial-branch=main")
    _git(folder, "config", "core.hooksPath", ".githooks")
    _git(folder, "config", "diff.sendbook.textconv", ".githooks/textconv")
    _git(folder, "add", "--all")
    author = ("-c", "user.name=sendbook", "-c", "user.email=sendbook@campus.example", "-c", "commit.gpgsign=false")
    _git(folder, *author, "commit", "--quiet", "--no-verify", "-m", f"Begin the records of {name}")


def _git(folder: Path, *arguments: str) -> None:
    try:
        subprocess.run(["git", *arguments], cwd=folder, check=True, capture_output=True, text=True)
    except subprocess.CalledProcessError as error:
        raise SendbookError(f"git could not set up the folder: {error.stderr.strip()}") from error


def _json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
