"""``serve --watch`` outlives whatever happens to the campus folder, tells it, and builds again once it is well."""

from __future__ import annotations

import io
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from rich.console import Console

from sendbook.cli import watch
from sendbook.cli.watch import Watched
from tests.cli.kit import small_campus

Step = Callable[[], object]


class _Over(BaseException):
    """The watch is stopped: everything that was to happen has happened."""


def watched(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *steps: Step) -> tuple[list[str], str]:
    """What was built (the name of the one student) and what was told, while one step happened between two looks."""
    left, built = list(steps), []

    def sleep(_seconds: float) -> None:
        if not left:
            raise _Over
        left.pop(0)()

    def build(folder: object, *_more: object) -> None:
        loaded = folder.load()  # type: ignore[attr-defined]
        student = loaded.campus.get("students/2TST/student")
        built.append(student.data["name"]["known_as"] if student else "unread")

    told = Console(file=io.StringIO(), soft_wrap=True)
    monkeypatch.setattr(watch.time, "sleep", sleep)
    monkeypatch.setattr(watch, "build_shown", build)
    one = Watched(root=root, state=tmp_path / "state", day=lambda: date(2026, 11, 23), console=told)
    with pytest.raises(_Over):
        one.run(one.stamp())
    return built, told.file.getvalue()  # type: ignore[attr-defined]


def test_a_folder_that_is_deleted_is_told_and_built_again_when_it_is_back(tmp_path: Path, monkeypatch) -> None:
    root = small_campus(tmp_path / "campus")
    shutil.copytree(root, tmp_path / "copy")
    steps = (lambda: shutil.rmtree(root), lambda: None, lambda: shutil.copytree(tmp_path / "copy", root))
    built, told = watched(root, tmp_path, monkeypatch, *steps)
    assert built == ["Eli"]
    assert told.count("The site could not be built again") == 1
    assert "holds no records/campus.yml" in told


def test_a_file_that_goes_while_it_is_looked_at_stops_nothing(tmp_path: Path, monkeypatch) -> None:
    root = small_campus(tmp_path / "campus")
    student = root / "records/students/2TST/student.yml"
    good = student.read_text(encoding="utf-8")
    steps = (
        lambda: student.write_text("name: [", encoding="utf-8"),
        lambda: student.write_text(good.replace("known_as: Eli", "known_as: Elias"), encoding="utf-8"),
    )
    built, told = watched(root, tmp_path, monkeypatch, *steps)
    assert built == ["unread", "Elias"]
    assert told == ""
