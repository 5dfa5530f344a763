"""``sendbook synthesise``: a sound campus of invented people; same seed, same bytes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import DAY, Told, run

FEW = 3


def synthesise(folder: Path, *more: str) -> Told:
    return run("synthesise", folder, "--students", str(FEW), *DAY, *more)


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@pytest.mark.slow
def test_it_makes_as_many_students_as_asked_for_and_a_clean_campus(tmp_path: Path) -> None:
    told = synthesise(tmp_path / "campus")
    assert told.code == 0, told
    assert f"{FEW} students" in told.out
    assert len(list((tmp_path / "campus" / "records" / "students").iterdir())) == FEW
    checked = run("check", "--campus", tmp_path / "campus", *DAY)
    assert checked.code == 0, checked.out


def test_the_same_seed_gives_the_same_bytes_and_another_does_not(tmp_path: Path) -> None:
    for name, seed in (("one", "7"), ("two", "7"), ("other", "8")):
        synthesise(tmp_path / name, "--seed", seed)
    assert contents(tmp_path / "one") == contents(tmp_path / "two") != contents(tmp_path / "other")


def test_a_folder_with_something_in_it_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("keep me")
    assert "is not empty" in synthesise(tmp_path).sentence
    assert list(contents(tmp_path)) == ["letter.txt"]


@pytest.mark.parametrize("students", ["0", "-1", "many"])
def test_a_number_that_makes_no_sense_is_a_wrong_call(tmp_path: Path, students: str) -> None:
    told = run("synthesise", tmp_path / "campus", "--students", students)
    assert told.code == 2
    assert "--students" in told.err
    assert not (tmp_path / "campus").exists()
