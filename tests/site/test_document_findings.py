"""What is found in documents is remembered with whom it was asked about, and a fault of ours is not hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.documents import DocumentCase
from sendbook.checks.finding import Finding
from sendbook.checks.finding_cache import FindingCache
from sendbook.kinds.rule_book import RULE_BOOK
from sendbook.site.build import document_findings
from sendbook.site.build.document_findings import of_documents
from tests.checks_kit import tiny_campus
from tests.conftest import ON

REPORT, PLAN = "handbook/send-information-report.md", "handbook/accessibility-plan.md"
MOTHER = "records/people/p-4ddd.yml"


@pytest.fixture
def folder(tmp_path: Path, registry: SchemaRegistry) -> CampusFolder:
    return CampusFolder(tiny_campus(tmp_path / "campus"), registry)


def edit(folder: CampusFolder, path: str, old: str, new: str) -> None:
    file = folder.root / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def found(folder: CampusFolder, cache: ParseCache | None = None, **more: Any) -> tuple[Finding, ...]:
    """What is found in the documents of the folder as it is now."""
    scan = folder.scan()
    loaded = folder.load(scan.unit(SHARED), cache)
    known = FindingCache(cache, loaded, scan, ON, "") if cache is not None else None
    return of_documents(folder, loaded.campus, ON, cache, known, scan=scan, **more)


def forget_all_but_now(folder: CampusFolder, cache: ParseCache) -> None:
    """Forgets what files held before, as a build does."""
    cache.prune(set(folder.load(folder.scan().entries).sources.values()))


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gets an entry whenever documents are looked through."""
    times: list[int] = []
    honest = document_findings.check_documents
    counted = lambda *given, **more: (times.append(1), honest(*given, **more))[1]  # noqa: E731
    monkeypatch.setattr(document_findings, "check_documents", counted)
    return times


def test_what_was_found_is_known_of_people_as_they_are_now_one_number_after_another(
    folder: CampusFolder, tmp_path: Path, looked: list[int]
) -> None:
    """Each new number is compared with the one before it; what it was earlier is forgotten with its file."""
    edit(folder, REPORT, "This page says what we do.", "The rest is TBC.")
    edit(folder, MOTHER, "email: dee@families.example", "phone: 07700 900100")
    with ParseCache(tmp_path / "cache.db") as cache:
        first = found(folder, cache)
        assert [one.path for one in first] == [REPORT]
        looked.clear()
        for number in range(101, 104):
            edit(folder, MOTHER, f"07700 900{number - 1}", f"07700 900{number}")
            assert found(folder, cache) == first
            assert looked == []
            forget_all_but_now(folder, cache)
        edit(folder, REPORT, "The rest is TBC.", "This page says what we do.")
        assert found(folder, cache) == ()
        assert looked == [1]


def test_a_number_that_a_document_gives_is_looked_for_when_it_becomes_somebody_s(
    folder: CampusFolder, tmp_path: Path, looked: list[int]
) -> None:
    edit(folder, REPORT, "This page says what we do.", "Ring 07700 900101.")
    edit(folder, MOTHER, "email: dee@families.example", "phone: 07700 900100")
    with ParseCache(tmp_path / "cache.db") as cache:
        before = found(folder, cache)
        looked.clear()
        edit(folder, MOTHER, "07700 900100", "07700 900101")
        after = found(folder, cache)
    assert looked == [1]
    assert [one.path for one in after if one not in before] == [REPORT]


def failing(case: DocumentCase) -> list[Any]:
    """A rule that asks for a fact that is not there."""
    return [case.place["no such fact"]]


@pytest.fixture
def with_a_failing_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    (rule,) = (one for one in RULE_BOOK.documents if one.id == "DOC-10")
    rules = (*RULE_BOOK.documents, replace(rule, test=failing))
    monkeypatch.setattr(document_findings, "RULE_BOOK", replace(RULE_BOOK, documents=rules))


@pytest.mark.usefixtures("with_a_failing_rule")
def test_a_rule_that_fails_on_sound_pages_and_records_is_a_fault_of_ours(folder: CampusFolder) -> None:
    with pytest.raises(KeyError):
        found(folder)


@pytest.mark.usefixtures("with_a_failing_rule")
def test_a_rule_that_can_t_be_asked_of_records_with_an_error_says_nothing(folder: CampusFolder) -> None:
    edit(folder, REPORT, "This page says what we do.", "The rest is TBC.")
    assert [one.path for one in found(folder, sure=False)] == [REPORT]


@pytest.mark.usefixtures("with_a_failing_rule")
def test_a_rule_that_can_t_be_asked_of_a_page_with_an_error_says_nothing(folder: CampusFolder) -> None:
    edit(folder, PLAN, "last_reviewed: 2026-09-14", "last_reviewed: 2026-09-31")
    edit(folder, REPORT, "This page says what we do.", "The rest is TBC.")
    assert [one.path for one in found(folder)] == [REPORT]


def test_a_document_is_missing_only_where_every_page_could_be_read(folder: CampusFolder) -> None:
    """The page that can't be read may be the very document."""
    (folder.root / REPORT).unlink()
    edit(folder, "handbook/index.md", "[report](send-information-report.md)", "report")
    assert "SENIR-00" in {one.code for one in found(folder)}
    edit(folder, PLAN, "last_reviewed: 2026-09-14", "last_reviewed: 2026-09-31")
    assert "SENIR-00" not in {one.code for one in found(folder)}
