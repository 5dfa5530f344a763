"""`sendbook check` says of what “What changed” tells at home what a build would hold back for."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.history.versions import History
from sendbook.site.build.build import build
from sendbook.site.build.inspection import inspect
from sendbook.site.build.past_told import PastTold
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import build_student
from tests.checks_kit import tiny_campus
from tests.conftest import ON

PROFILE = "records/students/2TST/profile.yml"
WORDS = "Having time to finish."
GRANT = """
  - id: family-profile
    relation: family
    kind: profile
    parts:
      - profile
    action: read
    states:
      - agreed
    reason: The profile was written with them.
"""
_LONG_AGO = 1_700_000_000
#: Another child of the campus, and her mother.
OTHER = "3TST"


@dataclass(frozen=True)
class Kept:
    """The tiny campus with a second student, in git."""

    root: Path
    registry: SchemaRegistry

    @property
    def folder(self) -> CampusFolder:
        return CampusFolder(self.root, self.registry)

    def git(self, *arguments: str, day: str = "2026-11-01") -> None:
        when = f"{day}T12:00:00+00:00"
        who = ("-c", "user.name=A", "-c", "user.email=senco@tiny.example", "-c", "commit.gpgsign=false")
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(self.root)}
        command = ["git", *who, *arguments]
        subprocess.run(command, cwd=self.root, env={**os.environ, **dates}, capture_output=True, check=True)

    def change(self, before: str, after: str, day: str) -> None:
        file = self.root / PROFILE
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1
        file.write_text(text.replace(before, after), encoding="utf-8")
        self.git("commit", "-qam", "A change", day=day)

    def say_once(self, words: str) -> None:
        """The words came and went."""
        self.change(WORDS, words, "2026-11-03")
        self.change(words, WORDS, "2026-11-04")

    def checked(self, cache: ParseCache | None = None) -> list[tuple[str, str]]:
        return _errors(inspect(self.folder, ON, cache))

    def built(self) -> list[tuple[str, str]]:
        return _errors(build(self.folder, ON, self.root / ".sendbook").findings)


def _errors(findings: tuple[Finding, ...]) -> list[tuple[str, str]]:
    return [(one.code, one.path) for one in findings if one.severity is Severity.ERROR]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Kept:
    root = tiny_campus(tmp_path_factory.mktemp("kept") / "campus")
    students, people = root / "records/students", root / "records/people"
    shutil.copytree(students / "2TST", students / OTHER)
    for file in (students / OTHER).rglob("*.yml"):
        text = file.read_text(encoding="utf-8").replace("2TST", OTHER).replace("Eli Student", "Zora Quillfeather")
        file.write_text(text.replace("Eli", "Zora").replace("p-4ddd", "p-5eee"), encoding="utf-8")
    mother = (people / "p-4ddd.yml").read_text(encoding="utf-8")
    mother = mother.replace("p-4ddd", "p-5eee").replace("Dee Mother", "Perpetua Quillfeather").replace("Ms M", "Mrs M")
    mother = mother.replace("dee@families.example", "perpetua@families.example\n  phone: 07700 900214")
    (people / "p-5eee.yml").write_text(mother, encoding="utf-8")
    with (root / "records/access.yml").open("a", encoding="utf-8") as rules:
        rules.write(GRANT)
    for file in root.rglob("*.yml"):  # a file written just now is not known again by its time
        os.utime(file, (_LONG_AGO, _LONG_AGO))
    (root / ".gitignore").write_text(".sendbook/\n", encoding="utf-8")
    kept = Kept(root, registry)
    kept.git("init", "-q", "-b", "main")
    kept.git("add", ".")
    kept.git("commit", "-qm", "Begin", day="2026-11-01")
    return kept


@pytest.fixture
def campus(made: Kept, tmp_path: Path) -> Kept:
    shutil.copytree(made.root, tmp_path / "campus")
    return Kept(tmp_path / "campus", made.registry)


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("words", "code"), [("Ring my mum on 07700 900214.", "TXT-01"), ("I sit with Zora Quillfeather.", "TXT-02")]
)
def test_check_says_what_the_build_says_until_it_is_withdrawn(campus: Kept, words: str, code: str) -> None:
    assert campus.checked() == []
    campus.say_once(words)
    assert campus.checked() == [(code, PROFILE)]
    assert campus.built() == [(code, PROFILE)]
    assert not [one for one in campus.root.iterdir() if one.name.startswith("history")]
    (campus.root / "records/withdrawn.yml").write_text(
        "withdrawn:\n  - id: slip\n    record: students/2TST/profile\n    pointer: /matters/time/text\n"
        "    on: 2026-11-21\n    reason: It was a slip.\n",
        encoding="utf-8",
    )
    assert campus.checked() == []
    assert campus.built() == []


@pytest.mark.slow
def test_words_of_an_earlier_version_that_name_nobody_are_no_finding(campus: Kept) -> None:
    campus.say_once("I sit with my friend, and my own mum's name is Dee Mother.")
    assert campus.checked() == []
    assert campus.built() == []


def test_what_is_remembered_is_made_again_with_each_commit_and_only_then(
    campus: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    told = PastTold.told

    def noted(self: PastTold, *of: object) -> object:
        asked.append(str(of[2]))
        return told(self, *of)  # type: ignore[arg-type]

    monkeypatch.setattr(PastTold, "told", noted)
    (campus.root / ".sendbook").mkdir(mode=0o700)
    with ParseCache(campus.root / ".sendbook" / "build" / "cache.db") as cache:
        assert campus.checked(cache) == []
        assert sorted(asked) == ["2TST", OTHER]
        asked.clear()
        assert campus.checked(cache) == []
        assert asked == []
        campus.say_once("I sit with Zora Quillfeather.")  # today's files are byte for byte what they were
        for _ in range(2):
            assert campus.checked(cache) == [("TXT-02", PROFILE)]
        assert set(asked) == {"2TST"}


def test_what_check_looks_through_is_what_the_build_puts_on_the_pages(campus: Kept) -> None:
    campus.say_once("I sit by the door.")
    folder = campus.folder
    scan = folder.scan()
    shared, own = (folder.load(scan.unit(unit)).campus for unit in (SHARED, "2TST"))
    history = History.open(campus.root, campus.registry, campus.root.parent, ON)
    assert history is not None
    with history:
        built = build_student(SharedCampus(shared, ON, campus.root), own, "2TST", history=history)
        assert any("by the door" in one.text for one in built.past)
        assert PastTold(campus.root, ON, history).told(shared, own, "2TST") == built.past
    assert PastTold(campus.root, ON, None).told(shared, own, "2TST") == ()


def test_without_the_older_commits_check_says_that_it_can_not_tell(campus: Kept, tmp_path: Path) -> None:
    campus.say_once("I sit with Zora Quillfeather.")
    shallow = tmp_path / "shallow"
    campus.git("clone", "-q", "--depth", "1", f"file://{campus.root}", str(shallow))
    told = inspect(Kept(shallow, campus.registry).folder, ON)
    assert "history-unread" in {one.code for one in told}
    assert _errors(told) == []
