"""``sendbook figures``: computed, approved by whose duty it is, frozen; and what is altered is found."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendbook.campus.shipped import example
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump
from sendbook.cli.options import open_campus
from sendbook.figures.release import figures_of
from tests.cli.kit import DAY, Told, run

RECORD = Path("records/figures/2026-autumn.yml")


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    """The example campus, before its figures are released."""
    root = tmp_path / "campus"
    for name in ("records", "handbook"):
        shutil.copytree(example() / name, root / name)
    shutil.copy(example() / "mkdocs.yml", root)
    shutil.rmtree(root / "records/figures")
    return root


def figures(campus: Path, *arguments: str, day: tuple[str, ...] = DAY) -> Told:
    return run("figures", *arguments, "--campus", campus, *day)


@pytest.mark.slow
def test_the_example_is_what_the_commands_make(campus: Path) -> None:
    assert figures(campus, "compute", "2026-autumn").code == 0
    assert figures(campus, "approve", "2026-autumn", "--by", "p-gba7").code == 0
    assert (campus / RECORD).read_bytes() == (example() / RECORD).read_bytes()


def test_what_is_computed_is_canonical_and_says_no_hidden_number(campus: Path) -> None:
    told = figures(campus, "compute", "autumn-2026")
    source = (campus / RECORD).read_bytes()
    data = parse(source, "").data
    assert data is not None
    assert dump(data, open_campus(campus).registry.kinds["figures"]) == source
    cells = [cell for figure in figures_of(data) for cell in (figure, *figure.get("cells", ()))]
    hidden = [cell for cell in cells if "hidden" in cell]
    assert hidden
    assert all("value" not in cell and "part" not in cell for cell in hidden)
    assert "Sensory and physical: fewer than six" in told.out
    assert "not yet approved" in told.out


@pytest.mark.slow
def test_computed_figures_may_be_computed_again_and_approved_ones_not(campus: Path) -> None:
    figures(campus, "compute", "2026-autumn")
    assert figures(campus, "compute", "2026-autumn").code == 0
    figures(campus, "approve", "2026-autumn", "--by", "p-6xmg")
    before = (campus / RECORD).read_bytes()
    assert "frozen" in figures(campus, "compute", "2026-autumn").sentence
    assert "approved already" in figures(campus, "approve", "2026-autumn", "--by", "p-gba7").sentence
    assert (campus / RECORD).read_bytes() == before


@pytest.mark.slow
def test_anybody_who_is_unknown_or_may_not_approve_is_told_who_may(campus: Path) -> None:
    figures(campus, "compute", "2026-autumn")
    unknown = figures(campus, "approve", "2026-autumn", "--by", "p-none").sentence
    assert unknown.startswith("There is nobody with the id “p-none”.")
    for person in ("p-none", "p-kp3j"):
        assert "--by p-6xmg or p-gba7." in figures(campus, "approve", "2026-autumn", "--by", person).sentence
    early = figures(campus, "approve", "2026-autumn", "--by", "p-none", day=("--as-of", "1999-01-01")).sentence
    assert "Nobody may approve on 1999-01-01: give somebody the duty" in early


@pytest.mark.slow
@pytest.mark.parametrize("person", ["p-kp3j", "p-r4jh"])
def test_only_whose_duty_it_is_may_approve(campus: Path, person: str) -> None:
    figures(campus, "compute", "2026-autumn")
    before = (campus / RECORD).read_bytes()
    assert "may not approve" in figures(campus, "approve", "2026-autumn", "--by", person).sentence
    assert (campus / RECORD).read_bytes() == before


@pytest.mark.slow
def test_a_number_filled_in_by_hand_is_not_approved_and_not_passed(campus: Path) -> None:
    figures(campus, "compute", "2026-autumn")
    _replace(campus, "hidden: small", "value: 4", count=1)
    assert figures(campus, "approve", "2026-autumn", "--by", "p-gba7").code == 1
    assert "FIG-01" in run("check", "--campus", campus, *DAY).out


@pytest.mark.slow
def test_an_approved_record_that_was_altered_is_an_error(campus: Path) -> None:
    shutil.copytree(example() / "records/figures", campus / "records/figures")
    assert run("check", "--campus", campus, *DAY).code == 0
    _replace(campus, "value: 32", "value: 33", count=1)
    told = run("check", "--campus", campus, *DAY)
    assert told.code == 1
    assert "FIG-01" in told.out
    assert "approved and frozen" in told.out


@pytest.mark.slow
def test_a_term_there_is_not_and_figures_not_yet_computed_are_said_in_a_sentence(campus: Path) -> None:
    assert "Known: 2025-autumn" in figures(campus, "compute", "2031-autumn").sentence
    assert "figures compute 2026-autumn" in figures(campus, "approve", "2026-autumn", "--by", "p-gba7").sentence


@pytest.mark.slow
def test_an_earlier_term_is_not_released_after_a_later_one(campus: Path) -> None:
    shutil.copytree(example() / "records/figures", campus / "records/figures")
    told = figures(campus, "compute", "2026-summer", day=("--as-of", "2026-07-10"))
    assert "in order of their days" in told.sentence


def test_nothing_is_counted_from_records_with_errors(campus: Path) -> None:
    next(campus.glob("records/students/*/plan.yml")).write_text("state: quixotic\n", encoding="utf-8")
    told = figures(campus, "compute", "2026-autumn")
    assert told.code == 1
    assert "quixotic" not in told.out + told.err, "nor is its word told where it may end in a log"
    assert not (campus / RECORD).exists()


def _replace(campus: Path, old: str, new: str, *, count: int) -> None:
    path = campus / RECORD
    path.write_text(path.read_text(encoding="utf-8").replace(old, new, count), encoding="utf-8")
