"""“What changed” gives earlier words: what they say of others is found, and withdrawing it is the remedy."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.links import Links
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.names import Names
from sendbook.checks.runner import Checker, where_in
from sendbook.checks.texts.ages import Ages
from sendbook.kinds.rule_book import RULE_BOOK
from tests.conftest import ON
from tests.site.history_kit import STUDENT, KeptCampus

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("texts of the past")

PROFILE = "students/7NVF/profile"
WORDS = "My head changes channel by itself."


@pytest.fixture(scope="module")
def made(example_repository: Path, tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> KeptCampus:
    root = tmp_path_factory.mktemp("past") / "campus"
    shutil.copytree(example_repository, root)
    return KeptCampus(root, registry)


@pytest.fixture
def campus(made: KeptCampus, tmp_path: Path) -> KeptCampus:
    shutil.copytree(made.root, tmp_path / "campus")
    return KeptCampus(tmp_path / "campus", made.registry)


def found(campus: KeptCampus) -> list[tuple[str, str, str]]:
    built = campus.told().built
    folder = CampusFolder(campus.root, campus.registry)
    scan = folder.scan()
    shared, own = folder.load(scan.unit(SHARED)).campus, folder.load(scan.unit(STUDENT)).campus
    names = Names.of(folder, shared, scan, None)
    checker = Checker(
        shared=shared,
        links=Links.of(shared, students=frozenset(scan.students)),
        where=where_in(folder),
        on=ON,
        everybody=names.everybody,
        header_of=names.header_of,
        ages=Ages(campus.root, ON),
        rules=RULE_BOOK,
    )
    return [(one.code, one.path, one.remedy) for one in checker.of_past(own, STUDENT, built.past)]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "code"), [("Ring my mum on 07700 900214.", "TXT-01"), ("I sit with Freya Lindholm-Shaw.", "TXT-02")]
)
def test_what_an_earlier_version_said_is_found_where_it_is_told(campus: KeptCampus, words: str, code: str) -> None:
    assert found(campus) == []
    campus.change(PROFILE, WORDS, words)
    campus.commit("2026-11-25")
    campus.change(PROFILE, words, WORDS)
    campus.commit("2026-11-26")
    ((told, path, remedy),) = found(campus)
    assert (told, path) == (code, f"records/{PROFILE}.yml")
    assert "records/withdrawn.yml" in remedy
    (campus.root / "records/withdrawn.yml").write_text(
        f"withdrawn:\n  - id: slip\n    record: {PROFILE}\n    pointer: /matters/not-lazy/text\n    on: 2026-11-21\n"
        "    reason: It was a slip.\n",
        encoding="utf-8",
    )
    assert found(campus) == []


@pytest.mark.sample(1)
@pytest.mark.parametrize(("name_first", "code"), [(False, "TXT-04"), (True, "TXT-02")])
def test_a_name_newer_than_the_earlier_version_holds_nothing_back(
    campus: KeptCampus, name_first: bool, code: str
) -> None:
    """The words came and went; whether they were written knowing the name is what the commits say."""

    def called_anew() -> None:
        campus.change("students/3QNM/student", "full: Freya Lindholm-Shaw", "full: Perpetua Vane")
        campus.commit("2026-11-24")

    if name_first:
        called_anew()
    campus.change(PROFILE, WORDS, "I sit with Perpetua Vane.")
    campus.commit("2026-11-24")
    campus.change(PROFILE, "I sit with Perpetua Vane.", WORDS)
    campus.commit("2026-11-25")
    if not name_first:
        called_anew()
    assert [told for told, _, _ in found(campus)] == [code]
