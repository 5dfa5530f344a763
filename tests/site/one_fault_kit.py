"""A site with one fault in its records, and what its readers are sent."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.build import BuildResult, build
from tests.bundle.sites import subjects_of
from tests.conftest import ON, Site

CORRECTED = b"These pages are being corrected"


#: A student with a teacher, a mother who may see the plan, and a plan to break.
STUDENT = "7NVF"


PLAN = f"records/students/{STUDENT}/plan.yml"


HEADER = f"records/students/{STUDENT}/student.yml"


def built(site: Site, registry: SchemaRegistry, on: date = ON) -> BuildResult:
    return build(CampusFolder(site.root, registry), on, site.state)


def seen_by(site: Site, reader: str, on: date = ON) -> dict[str, bytes]:
    with Bundle.reading(site.bundle) as bundle:
        return dict(files(bundle, reader, on))


def scopes(site: Site, student: str = STUDENT) -> dict[str, str]:
    with Bundle.reading(site.bundle) as bundle:
        return {reader: projection for reader, (projection, _) in bundle.scopes_of(student).items()}


def change(site: Site, path: str, before: str, after: str, count: int = 1) -> None:
    file = site.root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(before) >= 1, before
    file.write_text(text.replace(before, after, count), encoding="utf-8")


def add(site: Site, path: str, text: str) -> None:
    append(site.root / path, text)


def break_plan(site: Site) -> None:
    change(site, PLAN, "state: agreed", "stat: agreed")


def members(site: Site) -> dict[str, list[str]]:
    """Who sees the student, by what they are: read from the example, so that it may change."""
    with Bundle.reading(site.bundle) as bundle:
        rows = bundle.connection.execute("SELECT reader, because FROM scope WHERE subject = ?", (STUDENT,)).fetchall()
    words = {"teaches": "teaches this student", "family": "is this student's mother", "senco": "is the SENDCo"}
    return {what: sorted(reader for reader, because in rows if said in because) for what, said in words.items()}


def teachers_in(site: Site) -> list[str]:
    people = sorted((site.root / "records/people").glob("*.yml"))
    return [one.stem for one in people if "role: teacher" in one.read_text(encoding="utf-8")]


def give_class(site: Site, person: str) -> None:
    """Has a teacher teach a class the student is in."""
    text = (site.root / "records/campus.yml").read_text(encoding="utf-8")
    at = text.index("- id: y8-english")
    teachers = text.index("    teachers:\n", at) + len("    teachers:\n")
    entry = f"      - person: {person}\n        from: 2026-09-01\n"
    (site.root / "records/campus.yml").write_text(text[:teachers] + entry + text[teachers:], encoding="utf-8")


def append(file: Path, text: str) -> None:
    file.write_text(file.read_text(encoding="utf-8").rstrip("\n") + "\n" + text, encoding="utf-8")


def scope_of(site: Site, reader: str) -> set[str]:
    with Bundle.reading(site.bundle) as bundle:
        return subjects_of(bundle, reader)
