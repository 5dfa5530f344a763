"""Git says whether a text is older than a name that fits it: the same on every machine, published there or not."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.checks.finding import Finding
from sendbook.site.build.inspection import inspect
from tests.history.kit import PLAN, Repo

ON = date(2026, 11, 23)
SUMMARY = "Eli reads slowly"
NAMED = f"He likes to sit with Perpetua Vane. {SUMMARY}"
VANE = "records/students/2VNE/student.yml"
LIBRARY, WORDS = "records/interventions/paired-reading.yml", "Someone reads with you."
PAGE = "handbook/visits.md"
_FRONT = """---
id: visits
title: Visits
summary: How to visit us.
section: 5
editions: [family, staff]
version: "1.0"
owner: senco
approved_on: 2026-09-01
review_by: 2027-08-31
---

# Visits

Come at any time.

"""


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """A small campus whose families read plans, the library and the handbook."""
    made = Repo.begun(tmp_path / "campus")
    grants = (example() / "records" / "access.yml").read_text(encoding="utf-8").split("\ncovers:")[0]
    made.write("records/access.yml", f"{grants}\n")
    made.commit("2026-09-09")
    return made


def comes(repo: Repo, full: str = "Perpetua Vane") -> None:
    """A student of this name is in the records, and is not committed yet."""
    text = (repo.root / "records/students/2TST/student.yml").read_text(encoding="utf-8")
    text = text[: text.index("family:")] + text[text.index("rights:") :]
    text = text.replace("2TST", "2VNE").replace("full: Eli Student", f"full: {full}")
    repo.write(VANE, text.replace("known_as: Eli", f"known_as: {full.split()[0]}"))


def committed(repo: Repo, change: Callable[[], None], day: str) -> None:
    change()
    repo.commit(day)


def told(root: Path, registry: SchemaRegistry, cache: Path | None = None) -> list[Finding]:
    folder = CampusFolder(root, registry)
    if cache is None:
        found = inspect(folder, ON)
    else:
        with ParseCache(cache) as kept:
            found = inspect(folder, ON, kept)
    return [one for one in found if one.code.startswith("TXT")]


def codes(repo: Repo, registry: SchemaRegistry) -> list[str]:
    return [one.code for one in told(repo.root, registry)]


def test_a_text_committed_one_commit_before_the_name_is_older(repo: Repo, registry: SchemaRegistry) -> None:
    """The last case of older: nothing was ever checked or published here."""
    repo.changed("2026-09-10", SUMMARY, NAMED)
    comes(repo)
    assert codes(repo, registry) == ["TXT-04"]  # committed text, a person who is not
    repo.commit("2026-09-10")
    (finding,) = told(repo.root, registry)
    assert (finding.code, finding.severity, finding.path, finding.pointer) == ("TXT-04", "warning", PLAN, "/summary")


@pytest.mark.parametrize("first", ["together", "name"])
def test_a_text_committed_with_the_name_or_after_it_is_newer(repo: Repo, registry: SchemaRegistry, first: str) -> None:
    """The first case of newer."""
    comes(repo)
    if first == "name":
        repo.commit("2026-09-10")
    repo.changed("2026-09-11", SUMMARY, NAMED)
    assert codes(repo, registry) == ["TXT-02"]


@pytest.mark.parametrize("person", ["committed", "not committed"])
def test_a_text_that_is_not_committed_is_newer(repo: Repo, registry: SchemaRegistry, person: str) -> None:
    comes(repo)
    if person == "committed":
        repo.commit("2026-09-10")
    repo.change(SUMMARY, NAMED)
    assert codes(repo, registry) == ["TXT-02"]


def test_it_is_the_name_that_counts_not_the_record(repo: Repo, registry: SchemaRegistry) -> None:
    committed(repo, lambda: comes(repo, "Odile Marchbanks"), "2026-09-10")
    repo.changed("2026-09-11", SUMMARY, NAMED)
    assert codes(repo, registry) == []
    repo.changed("2026-09-12", "full: Odile Marchbanks", "full: Perpetua Vane", VANE)
    assert codes(repo, registry) == ["TXT-04"]


def test_a_text_put_back_after_the_name_came_is_newer(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-09-10", SUMMARY, NAMED)
    repo.changed("2026-09-11", NAMED, SUMMARY)
    committed(repo, lambda: comes(repo), "2026-09-12")
    repo.change(SUMMARY, NAMED)
    assert codes(repo, registry) == ["TXT-02"]
    repo.commit("2026-09-13")
    assert codes(repo, registry) == ["TXT-02"]


def test_a_name_that_went_and_came_again_was_known(repo: Repo, registry: SchemaRegistry) -> None:
    committed(repo, lambda: comes(repo), "2026-09-10")
    (repo.root / VANE).unlink()
    repo.changed("2026-09-11", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-12")
    assert codes(repo, registry) == ["TXT-02"]


def test_a_record_that_could_not_be_read_may_have_held_the_name(repo: Repo, registry: SchemaRegistry) -> None:
    repo.write(VANE, "id: [2VNE\n")
    repo.commit("2026-09-10")
    repo.changed("2026-09-11", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-12")
    assert codes(repo, registry) == ["TXT-02"]


def test_what_comes_in_one_merge_is_newer_and_what_was_on_the_line_before_is_older(
    repo: Repo, registry: SchemaRegistry
) -> None:
    repo.git("checkout", "--quiet", "-b", "other")
    repo.changed("2026-09-10", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-11")
    repo.git("checkout", "--quiet", "main")
    repo.commit("2026-09-12")
    repo.git("merge", "--quiet", "--no-ff", "-m", "A merge", "other", day="2026-09-13")
    assert codes(repo, registry) == ["TXT-02"]


def test_a_number_in_an_older_text_is_newer_too_but_never_one_of_the_family(
    repo: Repo, registry: SchemaRegistry
) -> None:
    repo.changed("2026-09-10", SUMMARY, f"The club is on 07700 900999. {SUMMARY}")
    repo.write(
        "records/people/p-5eee.yml",
        "id: p-5eee\nname:\n  full: Samuel Kofi Darko\n  known_as: Mr Darko\nfamily:\n  phone: 07700 900999\n",
    )
    repo.commit("2026-09-11")
    assert codes(repo, registry) == ["TXT-04"]


def test_another_machine_says_the_same(repo: Repo, registry: SchemaRegistry, tmp_path: Path) -> None:
    repo.changed("2026-09-10", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-11")
    repo.git("clone", "--quiet", str(repo.top), str(tmp_path / "clone"))
    assert [one.code for one in told(tmp_path / "clone", registry)] == ["TXT-04"]


def test_without_git_nothing_is_older_that_was_not_published(
    repo: Repo, registry: SchemaRegistry, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.changed("2026-09-10", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-11")
    monkeypatch.setenv("PATH", "/nowhere")
    assert codes(repo, registry) == ["TXT-02"]


def test_a_copy_without_older_commits_says_why_it_can_not_know(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.changed("2026-09-10", SUMMARY, NAMED)
    committed(repo, lambda: comes(repo), "2026-09-11")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.top}", str(tmp_path / "shallow"))
    (finding,) = told(tmp_path / "shallow", registry)
    assert finding.code == "TXT-02"
    assert "git fetch --unshallow" in finding.remedy
    (whole,) = told(repo.root, registry)
    assert "git fetch" not in whole.remedy


@pytest.mark.sample(1)
@pytest.mark.parametrize("path", [PLAN, LIBRARY, PAGE])
def test_what_is_remembered_does_not_outlive_the_history_it_rests_on(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path, path: str
) -> None:
    """Only the history differs: the files are the same to the last byte."""
    if path == PLAN:
        repo.change(SUMMARY, NAMED)
    elif path == LIBRARY:
        repo.change(WORDS, f"{WORDS} Ask Perpetua Vane.", LIBRARY)
    else:
        page(repo, "Perpetua Vane drew the map.")
    repo.commit("2026-09-10")
    committed(repo, lambda: comes(repo), "2026-09-11")
    for _ in range(2):
        assert [(one.code, one.path) for one in told(repo.root, registry, tmp_path / "cache.db")] == [("TXT-04", path)]
    repo.git("reset", "--quiet", "--soft", "HEAD~2")
    repo.commit("2026-09-12")
    for _ in range(2):
        assert [(one.code, one.path) for one in told(repo.root, registry, tmp_path / "cache.db")] == [("TXT-02", path)]


def page(repo: Repo, text: str) -> None:
    repo.write(PAGE, f"{_FRONT}{text}\n")


def test_a_library_text_is_older_or_newer_alike(repo: Repo, registry: SchemaRegistry) -> None:
    named = f"{WORDS} Ask Perpetua Vane."
    repo.changed("2026-09-10", WORDS, named, LIBRARY)
    committed(repo, lambda: comes(repo), "2026-09-11")
    assert [(one.code, one.path) for one in told(repo.root, registry)] == [("TXT-04", LIBRARY)]
    repo.change(named, f"{named} Today.", LIBRARY)
    assert codes(repo, registry) == ["TXT-02"]


def test_a_passage_of_the_handbook_is_as_old_as_its_lines(repo: Repo, registry: SchemaRegistry) -> None:
    committed(repo, lambda: page(repo, "Perpetua Vane drew\nthe map."), "2026-09-10")
    committed(repo, lambda: comes(repo), "2026-09-11")
    assert [(one.code, one.path) for one in told(repo.root, registry)] == [("TXT-04", PAGE)]
    page(repo, "Perpetua Vane drew\nthe map.\n\nRing the bell.")  # another passage is no reason to hold this one back
    assert codes(repo, registry) == ["TXT-04"]
    page(repo, "Perpetua Vane drew\nthe map.\n\nPerpetua Vane rings the bell.")
    assert codes(repo, registry) == ["TXT-02"]


def test_a_page_with_an_older_title_is_older(repo: Repo, registry: SchemaRegistry) -> None:
    repo.write(PAGE, _FRONT.replace("How to visit us.", "A talk by Perpetua Vane."))
    repo.commit("2026-09-10")
    committed(repo, lambda: comes(repo), "2026-09-11")
    assert codes(repo, registry) == ["TXT-04"]


def test_a_home_in_what_all_families_read_is_an_error_however_old_the_text(
    repo: Repo, registry: SchemaRegistry
) -> None:
    committed(repo, lambda: page(repo, "The club is on 07700 900999."), "2026-09-10")
    repo.write(
        "records/people/p-5eee.yml",
        "id: p-5eee\nname:\n  full: Samuel Kofi Darko\n  known_as: Mr Darko\nfamily:\n  phone: 07700 900999\n",
    )
    repo.commit("2026-09-11")
    assert codes(repo, registry) == ["TXT-01"]
