"""``sendbook serve``: build the site, then serve it behind the sign-in; with ``--demo``, one sign-in for each role."""

from __future__ import annotations

import secrets
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.access.people import People, Reader
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.cli.build import build_shown
from sendbook.cli.options import open_campus, state_folder
from sendbook.cli.watch import watch as watch_folder
from sendbook.gate import Accounts, Settings, SystemClock, open_database
from sendbook.gate import serve as serve_gate
from sendbook.gate.server import check_address, listen

# What the demonstration shows, in this order: each with the duty to look for.
_ROLES = {
    "senco": "SENDCo",
    "regional_senco": "Regional SENDCo",
    "principal": "Campus Principal",
    "teacher": "Teacher",
    "support_assistant": "Support assistant",
    "exams_officer": "Exams officer",
    "committee_member": "Committee member",
}


# Without those that are easily taken for another; twelve of them are worth 54 bits.
_LETTERS = "abcdefghjkmnpqrstuvwxyz"


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to serve."""

    host: str
    port: int
    demo: bool
    watch: bool
    fixed: bool


class CampusDay(SystemClock):
    """The machine's clock on a campus where it is always one day: for looking at a campus as it was, or will be."""

    def __init__(self, day: date) -> None:
        super().__init__()
        self._day = day

    def today(self) -> date:
        """The day the site was built for."""
        return self._day


def serve(root: Path, on: date, state: Path | None, how: How, console: Console) -> int:
    """Builds and serves until stopped; answers the exit code."""
    folder = open_campus(root)
    state = state_folder(root, state)
    settings = Settings(bundle=state / "bundle.db", state=state / "gate", templates=site_templates() / "gate")
    settings.state.mkdir(mode=0o700, exist_ok=True)
    _forget_demo(settings)
    check_address(settings, how.host)
    listen(how.host, how.port).close()  # a port in use is told before the work, not after it
    if not build_shown(folder, on, state, console).published:
        return 1
    if how.demo:
        _show_sign_ins(_demo_accounts(folder, on, settings), how, console)
    else:
        console.print(f"Serving on http://{how.host}:{how.port}. Stop with Ctrl-C.", highlight=False)
    if how.watch:
        threading.Thread(target=watch_folder, args=(folder, state, on if how.fixed else None), daemon=True).start()
    serve_gate(settings, address=how.host, port=how.port, clock=CampusDay(on) if how.fixed else None)
    return 0


def _forget_demo(settings: Settings) -> None:
    with closing(open_database(settings.database)) as connection:
        Accounts(connection).remove_demo()


def _demo_accounts(folder: CampusFolder, on: date, settings: Settings) -> list[tuple[str, Reader, str]]:
    """An account for each role, with a password that is new at each start."""
    made = []
    with closing(open_database(settings.database)) as connection:
        accounts = Accounts(connection)
        for title, reader in demo_readers(folder.load().campus, on):
            password = "-".join("".join(secrets.choice(_LETTERS) for _ in range(4)) for _ in range(3))
            accounts.add(reader.id, reader.email, password, demo=True)
            made.append((title, reader, password))
    return made


def demo_readers(campus: Campus, on: date) -> Iterator[tuple[str, Reader]]:
    """One reader for each role, a parent and a student; those who see most of what there is to see come first."""
    people = People.from_campus(campus)
    for role, title in _ROLES.items():
        held = [one for one in people if role in one.roles_on(on) and one.email and not one.student]
        plain = [one for one in held if not one.is_family and len(one.roles_on(on)) == 1] or held
        if plain:
            yield title, max(plain, key=lambda one: (_students_of(campus, one.id), one.id))
    parents = [one for one in people if one.is_family and not one.is_staff and one.email]
    if parents:
        yield "Parent", max(parents, key=lambda one: (_confirmed(campus, one.id), one.id))
    students = [one for one in people if one.student and one.email]
    if students:
        yield "Student", max(students, key=lambda one: (campus.get(f"students/{one.id}/plan") is not None, one.id))


def _students_of(campus: Campus, person: str) -> int:
    """How many students a member of staff teaches or works with, roughly: enough to choose a good example."""
    place = campus.get("campus")
    taught = {
        group["id"]
        for group in (place.data.get("teaching_groups", ()) if place else ())
        if any(teacher["person"] == person for teacher in group["teachers"])
    }
    return sum(
        any(item["group"] in taught for item in record.data.get("teaching_groups", ()))
        or any(item["person"] == person for item in record.data.get("team", ()))
        for record in campus.of_kind("student")
    )


def _confirmed(campus: Campus, person: str) -> bool:
    """Whether the person sees a child's record with a plan and a meeting: a parent with something to read."""
    for record in campus.of_kind("student"):
        for relation in record.data.get("family", ()):
            parent_decides = record.data["rights"][-1]["decides"] == "parent"
            if relation["person"] == person and relation["access"] == "full" and "confirmed" in relation:
                return parent_decides and campus.get(f"students/{record.student}/plan") is not None
    return False


def _show_sign_ins(made: list[tuple[str, Reader, str]], how: How, console: Console) -> None:
    rows = [("Role", "Name", "E-mail", "Password"), *((title, who.name, who.email, word) for title, who, word in made)]
    widths = [max(len(row[column]) for row in rows) + 2 for column in range(3)]
    for row in rows:
        line = "".join(text.ljust(width) for text, width in zip(row[:3], widths, strict=True)) + row[3]
        console.print(line, highlight=False, markup=False, soft_wrap=True)
    console.print(
        f"\nOpen http://{how.host}:{how.port} and sign in as any of them. Everyone here is invented. Stop with Ctrl-C.",
        highlight=False,
    )
