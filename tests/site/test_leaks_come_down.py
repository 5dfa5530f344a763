"""A page that is served and turns out to tell what is not for its reader comes down with the next build."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
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
SENDCO = "p-1aaa"


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


_SINCE = "Held back since 23 November 2026: the pages of student 2TST."
_STAFF_ALONE = (
    "On the site meanwhile: the last version without an error for staff. "
    "The family and the student read that it is being corrected.<"
)


def _home_of_senco(site: Small) -> str:
    return served_to(site, SENDCO).decode("utf-8", "replace").replace("\xa0", " ")


def _name_comes(site: Small) -> None:
    add_student(site, "2VNE", "Perpetua Vane", "Perpetua")


def _number_comes(site: Small) -> None:
    (site.root / "records/people/p-6fff.yml").write_text(
        f"id: p-6fff\nname:\n  full: Ivy Ostrowska\n  known_as: Ms Ostrowska\nfamily:\n  phone: {CLUB}\n", "utf-8"
    )


_NEWS = [
    pytest.param(_name_comes, "He sits with Perpetua Vane.", "Perpetua Vane", "TXT-02", id="name"),
    pytest.param(_number_comes, f"The club is on {CLUB}.", CLUB, "TXT-01", id="number"),
]


@pytest.mark.parametrize(("comes", "text", "words", "code"), _NEWS)
def test_a_page_never_shows_at_home_what_an_error_says_must_not_be_read(
    site: Small, registry: SchemaRegistry, comes: Callable[[Small], None], text: str, words: str, code: str
) -> None:
    """The text was published here before anybody was called so, but no commit says so."""
    committed(site, "2026-11-10")
    written(site, f"{text} {SUMMARY}")
    assert codes(built(site, registry).findings) == []
    assert words in served_to(site, DAD).decode("utf-8", "replace")
    comes(site)
    assert codes(built(site, registry).findings) == [code]
    assert words.encode() not in served_to(site, DAD)
    assert f"{_SINCE} {_STAFF_ALONE}" in _home_of_senco(site)
    committed(site, "2026-11-12")  # in one commit: still nobody can say that the text is older
    assert codes(built(site, registry, date(2026, 11, 24)).findings) == [code]
    assert words.encode() not in served_to(site, DAD)
    assert _SINCE in _home_of_senco(site)
    written(site, SUMMARY, before=f"{text} {SUMMARY}")
    plan = (site.root / PLAN).read_text(encoding="utf-8")
    (site.root / PLAN).write_text(f"{plan}nonsense: 1\n", encoding="utf-8")
    built(site, registry)
    assert words.encode() not in served_to(site, DAD)


@pytest.mark.parametrize(("comes", "text", "words", "code"), _NEWS)
def test_an_older_text_stays_and_so_does_the_page_while_there_is_another_error(
    site: Small, registry: SchemaRegistry, comes: Callable[[Small], None], text: str, words: str, code: str
) -> None:
    """Also where the text is taken out of the file by the very commit that has the error."""
    written(site, f"{text} {SUMMARY}")
    committed(site, "2026-11-10")
    comes(site)
    assert (code, codes(built(site, registry).findings)) == (code, ["TXT-04"])
    committed(site, "2026-11-11")
    assert words in served_to(site, DAD).decode("utf-8", "replace")
    written(site, SUMMARY, before=f"{text} {SUMMARY}")
    plan = (site.root / PLAN).read_text(encoding="utf-8")
    (site.root / PLAN).write_text(f"{plan}nonsense: 1\n", encoding="utf-8")
    committed(site, "2026-11-12")
    built(site, registry)
    assert words in served_to(site, DAD).decode("utf-8", "replace")
    assert "On the site meanwhile: the last version without an error.<" in _home_of_senco(site)


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
