"""``sendbook new DIR``: a campus folder of one's own, valid from the first minute and empty of people.

The named contacts a handbook can't do without stand as placeholders that say so.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click
from rich.console import Console

from sendbook.campus.code_words import YEAR_ORDER
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump
from sendbook.checks.rules.campus_rules import NO_ADDRESS, NO_COUNCIL
from sendbook.cli.new_answers import Answers
from sendbook.cli.new_folder import new_folder
from sendbook.cli.new_questions import ask
from sendbook.cli.stopping import Stopped
from sendbook.cli.workflows import WORKFLOWS
from sendbook.documents.kinds import KINDS
from sendbook.errors import SendbookError
from sendbook.example.starter import (
    STARTING_ACCOUNTS,
    cycle_of,
    duty_year_groups,
    outside_help,
    starter_page,
    starter_plan,
)
from sendbook.example.wording import School, worded

_IGNORED = (
    "# The site, its database and caches hold what git must never hold; so do prints.\n"
    "/.sendbook/\n/.venv/\n/public/\n/site/\n"
) + "".join(f"/{kind.file_name('*')}\n" for kind in KINDS.values() if kind.private)
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
_NO_NAME = "Our Campus"
_NO_TERMS = b"""
# No term dates yet. Write each term like this, with your own days, in place of the brackets:
#   - id: autumn-2026
#     name: Autumn term 2026
#     start: 2026-09-03
#     end: 2026-12-17
#     half_term:
#       start: 2026-10-26
#       end: 2026-10-30
#     closed_days:
#       - 2026-11-27
terms: []
"""
_GROUPS = """\
# Your groups. Write them like this, with your own names, ids of teachers and year groups, and take “# ” away, its
# space as well:
# tutor_groups:
#   - id: {id}
#     name: {name}
#     year_group: "{year}"
#     tutors:
#       - person: p-3f8q
#         from: 2026-09-03
# teaching_groups:
#   - id: {id}-english
#     name: {name} English
#     subject: English
#     year_groups:
#       - "{year}"
#     teachers:
#       - person: p-3f8q
#         from: 2026-09-03
"""
_CLASSES = """\
# Your classes. A class whose teacher takes it for nearly everything is a tutor group. Write it like this, with your own
# names, ids of teachers and year groups, and take “# ” away, its space as well:
# tutor_groups:
#   - id: acorn
#     name: Acorn Class
#     year_group: "{year}"
#     tutors:
#       - person: p-3f8q
#         from: 2026-09-03
# For a class sheet the class is a teaching group as well. So is a subject that another teacher takes, or a set:
# teaching_groups:
#   - id: acorn-lessons
#     name: Acorn Class
#     subject: most subjects
#     year_groups:
#       - "{year}"
#     teachers:
#       - person: p-3f8q
#         from: 2026-09-03
"""
_CONTACTS = {
    "senco": ("p-1sen", "SENDCo"),
    "principal": ("p-2pr1", "Campus Principal"),
    "regional_senco": ("p-3reg", "Regional SENDCo"),
    "dsl": ("p-4dsa", "Designated Safeguarding Lead"),
    "exams_officer": ("p-5exa", "Exams Officer"),
    "dpo": ("p-6dp0", "Data Protection Officer"),
}


def new(folder: Path, told: Answers, on: date, console: Console, *, asking: bool = False) -> int:
    """Makes the folder; raises `SendbookError` if there is something in it already.

    With ``asking`` a person is at the terminal: what was not told is asked, and the SENDCo's sign-in is made at once.
    """
    folder = folder.resolve()
    with new_folder(folder):
        if shutil.which("git") is None:
            raise SendbookError("git is not installed; sendbook keeps every version of the records with it.")
        told = ask(told) if asking else told
        told = _with_defaults(told)
        registry = SchemaRegistry.load(schemas())
        _write_records(folder, told, on, registry)
        _write_handbook(folder, told, on)
        _write_editor(folder)
        for path, text in WORKFLOWS.items():
            _write(folder / path, text.encode())
        _write_git(folder, told.name)
    console.print(f"{told.name} is ready in {folder}.")
    can_sign_in = asking and bool(told.senco_email) and _sign_in(folder, told, on, console)
    _next_steps(folder, told, console, can_sign_in=can_sign_in)
    return 0


def _sign_in(folder: Path, told: Answers, on: date, console: Console) -> bool:
    """Makes the first sign-in, the SENDCo's; the campus stands whether it is made or not."""
    senco = _CONTACTS["senco"][0]
    try:
        from sendbook.cli.people import account  # what hashes passwords is for this alone

        if not click.confirm(f"Make the sign-in for {told.senco_email} now? It takes a password", default=True):
            return False
        return account(folder, senco, on, None, disable=False, invite=False, console=console) == 0
    except (click.Abort, KeyboardInterrupt, EOFError):
        why = f"The campus is ready in {folder}; its sign-in was not made. Later: sendbook account {senco}"
        raise Stopped(why) from None


def _next_steps(folder: Path, told: Answers, console: Console, *, can_sign_in: bool) -> None:
    senco = _CONTACTS["senco"][0]
    if can_sign_in:
        account = f"sign in as {told.senco_email}"
    elif told.senco_email:
        account = f"sign in as {told.senco_email}, once sendbook account {senco} has asked for a password"
    else:
        account = (
            f"sign in once you have written “sign_in:” with your e-mail address into records/people/{senco}.yml, and "
            f"sendbook account {senco} has asked for a password"
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


def _write_records(folder: Path, told: Answers, on: date, registry: SchemaRegistry) -> None:
    kinds = registry.kinds
    campus = dump(_campus_record(told, _school(told, on)), kinds["campus"])
    if not told.terms:
        campus = campus.replace(b"\nterms: []\n", _NO_TERMS)
    _write(folder / "records/campus.yml", campus + _groups(told))
    school = _school(told, on)
    plan = starter_plan(told.name, _CONTACTS["senco"][0], on, cycle_of(on, new=True), school.body)
    _write(folder / "records/accessibility-plan.yml", dump(plan, kinds["accessibility_plan"]))
    access = {"grants": _example_record("access")["grants"]}
    _write(folder / "records/access.yml", dump(access, kinds["access"]))
    tests = dump(_example_record("access-tests"), kinds["access_tests"])
    _write(folder / "records/access-tests.yml", tests)
    for contact, (person, title) in _contacts(school).items():
        data = _person_record(contact, person, title, on, told.phone)
        if contact == "senco" and told.senco:
            data["name"] = {"full": told.senco, "known_as": told.senco_known_as or told.senco}
        if contact == "senco" and told.senco_email:
            data["sign_in"] = {"email": told.senco_email}
            data["staff"]["email"] = told.senco_email
        _write(folder / f"records/people/{person}.yml", dump(data, kinds["person"]))


def _campus_record(told: Answers, school: School) -> dict[str, Any]:
    """Of the example only what is nobody's own: England's bank holidays, measures, and thresholds to choose from."""
    shipped = _example_record("campus")
    council = told.council or NO_COUNCIL
    duties = duty_year_groups(told.first_year, told.last_year)
    return {
        "id": "campus",
        "name": told.name,
        "setting": {
            "type": told.setting,
            "first_year": told.first_year,
            "last_year": told.last_year,
            "local_authority": council,
            "inspectorate": "unknown",
        },
        "office": {
            "address": told.address or f"{told.name}{NO_ADDRESS}",
            "phone": told.phone or "01632 960000",
            "email": told.email or "office@campus.example",
        },
        **outside_help("campus.example", council),
        "contacts": {contact: person for contact, (person, _) in _contacts(school).items()},
        "terms": [term.as_record() for term in told.terms],
        **{field: shipped[field] for field in ("bank_holidays", "measures", "house_rules") if field in shipped},
        "student_accounts": STARTING_ACCOUNTS,
        **({"duty_year_groups": duties} if duties else {}),
    }


def _groups(told: Answers) -> bytes:
    """How groups are written, with a year group that is taught; in a primary school they are classes."""
    years = YEAR_ORDER[YEAR_ORDER.index(told.first_year) : YEAR_ORDER.index(told.last_year) + 1]
    if YEAR_ORDER.index(told.last_year) <= YEAR_ORDER.index("6"):
        return _CLASSES.format(year=next((year for year in years if year.isdigit()), years[0])).encode()
    year = "7" if "7" in years else years[0]
    return _GROUPS.format(id=f"{year}a".lower(), name=f"{year}A", year=year).encode()


def _contacts(school: School) -> dict[str, tuple[str, str]]:
    """The people a campus has to name; an exams officer only where there are examinations."""
    return {role: one for role, one in _CONTACTS.items() if school.has_exams or role != "exams_officer"}


def _with_defaults(told: Answers) -> Answers:
    """What a campus is until it says otherwise."""
    first, last = told.first_year or "3", told.last_year or "13"
    return replace(
        told, name=told.name or _NO_NAME, setting=told.setting or "independent", first_year=first, last_year=last
    )


def _school(told: Answers, on: date) -> School:
    cycle = cycle_of(on, new=True)
    return School(
        setting=told.setting,
        first_year=told.first_year,
        last_year=told.last_year,
        begins=cycle.start,
        ends=cycle.end,
        reviewed=cycle.due,
    )


def _person_record(contact: str, person: str, title: str, on: date, phone: str) -> dict[str, Any]:
    return {
        "id": person,
        "name": {"full": f"Name of the {title}", "known_as": f"the {title}"},
        "staff": {
            "job_title": title,
            "email": f"{contact}@campus.example",
            "phone": phone or "01632 960000",
            "duties": [{"id": contact.replace("_", "-"), "role": contact, "from": on.isoformat()}],
        },
    }


def _example_record(name: str) -> Mapping[str, Any]:
    path = f"records/{name}.yml"
    parsed = parse((example() / path).read_bytes(), path)
    if parsed.data is None:
        raise SendbookError(f"The shipped example's {path} can't be read; the installation is damaged.")
    return parsed.data


def _write_handbook(folder: Path, told: Answers, on: date) -> None:
    school = _school(told, on)
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
