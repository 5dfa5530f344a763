"""A page that is served and turns out to tell what is not for its reader comes down with the next build."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.schemas import SchemaRegistry
from tests.site.test_texts_at_home import (
    DAD,
    PLAN,
    SUMMARY,
    Small,
    add_student,
    built,
    built_once,
    codes,
    export_of,
    site,
    written,
)

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("leaks come down")

__all__ = ["built_once", "site"]

CLUB = "07700 900999"
MOTHER = "records/people/p-4ddd.yml"


def committed(site: Small, day: str) -> None:
    """All of the campus as it is, as a commit of that day."""
    if not (site.root / ".git").exists():
        _git(site.root, day, "init", "-q")
    _git(site.root, day, "add", "-A")
    _git(site.root, day, "-c", "user.name=A", "-c", "user.email=a@school.example", "commit", "-qm", "x")


def _git(root: Path, day: str, *arguments: str) -> None:
    when = f"{day}T12:00:00+00:00"
    environment = {"PATH": "/usr/bin:/bin", "GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(root)}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True)


def served_to(site: Small, reader: str) -> bytes:
    """Every byte that a reader can be sent."""
    return b"\n".join(export_of(site, reader).values())


@pytest.mark.slow
def test_a_contact_detail_that_comes_into_the_records_takes_down_the_page_that_tells_it(
    site: Small, registry: SchemaRegistry
) -> None:
    written(site, f"The club is on {CLUB}. {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    assert CLUB.encode() in served_to(site, DAD)
    written(site, CLUB, MOTHER, "07700 900214")
    assert codes(built(site, registry).findings) == ["TXT-01"]
    assert CLUB.encode() not in served_to(site, DAD)
    assert b"being corrected" in served_to(site, DAD)


def test_a_name_of_the_other_household_takes_down_the_page_that_tells_it(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"We met Ines Quarrington. {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    assert b"Quarrington" in served_to(site, DAD)
    mother = (site.root / MOTHER).read_text(encoding="utf-8")
    full = next(line for line in mother.splitlines() if line.strip().startswith("full:"))
    written(site, "  full: Ines Quarrington", MOTHER, full)
    assert "TXT-02" in codes(built(site, registry).findings)
    assert b"Quarrington" not in served_to(site, DAD)


@pytest.fixture
def with_past(site: Small, registry: SchemaRegistry) -> Small:
    """The plan told of a club's number once, and “What changed” tells of it still."""
    committed(site, "2026-11-16")
    written(site, f"The club is on {CLUB}. {SUMMARY}")
    committed(site, "2026-11-17")
    written(site, SUMMARY, before=f"The club is on {CLUB}. {SUMMARY}")
    committed(site, "2026-11-18")
    assert codes(built(site, registry).findings) == []
    assert CLUB.encode() in served_to(site, DAD)
    return site


@pytest.mark.slow
def test_what_only_an_earlier_version_tells_comes_down_too(with_past: Small, registry: SchemaRegistry) -> None:
    written(with_past, CLUB, MOTHER, "07700 900214")
    assert "TXT-01" in codes(built(with_past, registry).findings)
    assert CLUB.encode() not in served_to(with_past, DAD)


@pytest.mark.slow
def test_so_it_does_while_the_student_has_another_error(with_past: Small, registry: SchemaRegistry) -> None:
    """Then nothing is rendered, and the last good pages are looked through as they are."""
    written(with_past, CLUB, MOTHER, "07700 900214")
    plan = (with_past.root / PLAN).read_text(encoding="utf-8")
    (with_past.root / PLAN).write_text(f"{plan}nonsense: 1\n", encoding="utf-8")
    built(with_past, registry)
    assert CLUB.encode() not in served_to(with_past, DAD)


def test_a_new_leak_leaves_the_last_good_pages_up(with_past: Small, registry: SchemaRegistry) -> None:
    before = _about_student(with_past)
    written(with_past, f"Mum is on 07700 900214. {SUMMARY}")
    assert codes(built(with_past, registry).findings) == ["TXT-01"]
    assert _about_student(with_past) == before


def _about_student(site: Small) -> dict[str, bytes]:
    return {path: content for path, content in export_of(site, DAD).items() if path.startswith("students/2TST")}


@pytest.mark.slow
def test_a_new_student_whose_name_an_old_text_holds_takes_nothing_down(site: Small, registry: SchemaRegistry) -> None:
    written(site, f"He likes to sit with Perpetua Vane. {SUMMARY}")
    built(site, registry)
    before = served_to(site, DAD)
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")
    built(site, registry, date(2026, 11, 23))
    assert served_to(site, DAD) == before
