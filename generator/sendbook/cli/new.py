"""``sendbook new DIR``: a campus folder of one's own, valid from the first minute and empty of people.

The named contacts a handbook can't do without stand as placeholders that say so.
"""

from __future__ import annotations

import json
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump
from sendbook.cli.new_folder import new_folder
from sendbook.cli.workflows import WORKFLOWS
from sendbook.documents.kinds import KINDS
from sendbook.errors import SendbookError
from sendbook.example.starter import DUTY_YEAR_GROUPS, STARTING_ACCOUNTS, outside_help, starter_page, starter_plan

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
3. Begin with `records/campus.yml`: the school's name, its contacts, terms and groups. Then `records/people/`.
4. Commit each change. `sendbook check` runs before every commit; on another machine turn that on once, with
   `git config core.hooksPath .githooks`; and `git config diff.sendbook.textconv .githooks/textconv`, so that `git diff`
   shows records in readable lines.
5. `sendbook diff` says in sentences what changed.
6. On GitHub or GitLab each change is checked as well (`.github/workflows`, `.gitlab-ci.yml`), and the public edition
   of the handbook can be published there by hand. Delete what you don't use. Keep the repository private.

In VS Code, install the extension it suggests when you open this folder: it completes field names and explains them.
`sendbook schema` lists the kinds of record, `sendbook schema plan` the fields of one.
"""
_AUTHORITY = "our council"
_CONTACTS = {
    "senco": ("p-1sen", "SENDCo"),
    "principal": ("p-2pr1", "Campus Principal"),
    "regional_senco": ("p-3reg", "Regional SENDCo"),
    "dsl": ("p-4dsa", "Designated Safeguarding Lead"),
    "exams_officer": ("p-5exa", "Exams Officer"),
    "dpo": ("p-6dp0", "Data Protection Officer"),
}


def new(folder: Path, name: str, on: date, console: Console) -> int:
    """Makes the folder; raises `SendbookError` if there is something in it already."""
    folder = folder.resolve()
    with new_folder(folder):
        if shutil.which("git") is None:
            raise SendbookError("git is not installed; sendbook keeps every version of the records with it.")
        registry = SchemaRegistry.load(schemas())
        _write_records(folder, name, on, registry)
        _write_handbook(folder, name)
        _write_editor(folder)
        for path, text in WORKFLOWS.items():
            _write(folder / path, text.encode())
        _write_git(folder, name)
    console.print(f"{name} is ready in {folder}.\nNext: cd {shlex.quote(str(folder))}, then sendbook check.")
    return 0


def _write_records(folder: Path, name: str, on: date, registry: SchemaRegistry) -> None:
    shipped = _example_record("campus")
    kept = ("terms", "bank_holidays", "assessment_points", "measures", "house_rules")
    campus = {
        "id": "campus",
        "name": name,
        "setting": {
            "type": "independent",
            "first_year": "3",
            "last_year": "13",
            "local_authority": _AUTHORITY,
            "inspectorate": "unknown",
        },
        "office": {"address": f"{name}, its address", "phone": "01632 960000", "email": "office@campus.example"},
        **outside_help("campus.example", _AUTHORITY),
        "contacts": {contact: person for contact, (person, _) in _CONTACTS.items()},
        **{field: shipped[field] for field in kept if field in shipped},
        "student_accounts": STARTING_ACCOUNTS,
        "duty_year_groups": DUTY_YEAR_GROUPS,
    }
    _write(folder / "records/campus.yml", dump(campus, registry.kinds["campus"]))
    plan = starter_plan(name, _CONTACTS["senco"][0], on)
    _write(folder / "records/accessibility-plan.yml", dump(plan, registry.kinds["accessibility_plan"]))
    access = {"grants": _example_record("access")["grants"]}
    _write(folder / "records/access.yml", dump(access, registry.kinds["access"]))
    tests = dump(_example_record("access-tests"), registry.kinds["access_tests"])
    _write(folder / "records/access-tests.yml", tests)
    for contact, (person, title) in _CONTACTS.items():
        data = {
            "id": person,
            "name": {"full": f"Name of the {title}", "known_as": f"the {title}"},
            "staff": {
                "job_title": title,
                "email": f"{contact}@campus.example",
                "phone": "01632 960000",
                "duties": [{"id": contact.replace("_", "-"), "role": contact, "from": on.isoformat()}],
            },
        }
        _write(folder / f"records/people/{person}.yml", dump(data, registry.kinds["person"]))


def _example_record(name: str) -> Mapping[str, Any]:
    path = f"records/{name}.yml"
    parsed = parse((example() / path).read_bytes(), path)
    if parsed.data is None:
        raise SendbookError(f"The shipped example's {path} can't be read; the installation is damaged.")
    return parsed.data


def _write_handbook(folder: Path, name: str) -> None:
    shutil.copytree(example() / "handbook", folder / "handbook")
    for page in (folder / "handbook").glob("*.md"):
        page.write_text(starter_page(page.read_text(encoding="utf-8"), approved=False), encoding="utf-8")
    settings = (example() / "mkdocs.yml").read_text(encoding="utf-8")
    _write(folder / "mkdocs.yml", settings.replace("pip install -e .", "pip install sendbook").encode())
    _write(folder / "README.md", _WORKFLOW_NOTE.format(name=name).encode())


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
