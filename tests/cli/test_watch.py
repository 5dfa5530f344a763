"""``serve --watch`` outlives whatever happens to the campus folder, tells it, and builds again once it is well."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

from rich.console import Console

from sendbook.cli.options import open_campus
from sendbook.cli.watch import Watched
from tests.cli.kit import small_campus

Step = Callable[[], object]


def watched(root: Path, *steps: Step) -> tuple[list[str], str]:
    """What was built (the name of the one student) and what was told, with a look after each step."""
    built = []

    def publish(_on: date) -> None:
        student = open_campus(root).load().campus.get("students/2TST/student")
        built.append(student.data["name"]["known_as"] if student else "unread")

    told = Console(file=io.StringIO(), soft_wrap=True)
    one = Watched(root=root, day=lambda: date(2026, 11, 23), publish=publish, console=told)
    for step in steps:
        step()
        one.look()
    return built, told.file.getvalue()  # type: ignore[attr-defined]


def test_a_folder_that_is_deleted_is_told_and_built_again_when_it_is_back(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    shutil.copytree(root, tmp_path / "copy")
    steps = (lambda: shutil.rmtree(root), lambda: None, lambda: shutil.copytree(tmp_path / "copy", root))
    built, told = watched(root, *steps)
    assert built == ["Eli"]
    assert told.count("The site could not be built again") == 1
    assert "holds no records/campus.yml" in told


def test_a_file_that_goes_while_it_is_looked_at_stops_nothing(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    student = root / "records/students/2TST/student.yml"
    good = student.read_text(encoding="utf-8")
    steps = (
        lambda: student.write_text("name: [", encoding="utf-8"),
        lambda: student.write_text(good.replace("known_as: Eli", "known_as: Elias"), encoding="utf-8"),
    )
    built, told = watched(root, *steps)
    assert built == ["unread", "Elias"]
    assert told == ""


def test_what_changes_during_a_build_is_built_after_it(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    built: list[date] = []

    def publish(on: date) -> None:
        built.append(on)
        if len(built) == 1:
            (root / "records/students/2TST/student.yml").touch()

    day = date(2026, 11, 23)
    one = Watched(root=root, day=lambda: day, publish=publish, console=Console(file=io.StringIO()))
    (root / "records/campus.yml").touch()
    for _ in range(3):
        one.look()
    assert built == [day, day]


def test_the_next_day_is_built_without_a_change(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    days = [date(2026, 11, 23), date(2026, 11, 23), date(2026, 11, 24), date(2026, 11, 24), date(2026, 11, 24)]
    built: list[date] = []
    one = Watched(root=root, day=lambda: days.pop(0), publish=built.append, console=Console(file=io.StringIO()))
    one.look()
    one.look()
    assert built == [date(2026, 11, 24)]


def test_a_build_that_failed_is_tried_again_after_a_minute_and_told_once(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    fails = [
        OSError(28, "No space left on device"),
        OSError(28, "No space left on device"),
        None,
        OSError(5, "No disk"),
    ]
    tried: list[int] = []
    look = 0

    def publish(_on: date) -> None:
        tried.append(look)
        fault = fails.pop(0)
        if fault is not None:
            raise fault

    told = Console(file=io.StringIO(), soft_wrap=True)
    one = Watched(root=root, day=lambda: date(2026, 11, 23), publish=publish, console=told)
    (root / "records/campus.yml").touch()
    for look in range(100):  # noqa: B007 - noted by publish
        one.look()
    (root / "records/campus.yml").touch()
    one.look()
    assert tried == [0, 30, 60, 99]
    assert told.file.getvalue().count("No space left on device") == 1  # type: ignore[attr-defined]
    assert told.file.getvalue().count("No disk") == 1  # type: ignore[attr-defined]


def test_a_site_that_is_deleted_or_put_back_is_built_again_once(tmp_path: Path) -> None:
    """An older copy may show what has been taken away since."""
    root = small_campus(tmp_path / "campus")
    site = tmp_path / "bundle.db"
    built: list[str] = []

    def publish(_on: date) -> None:
        built.append("built")
        site.write_text(f"built {len(built)}", encoding="utf-8")

    told = Console(file=io.StringIO(), soft_wrap=True)
    one = Watched(root=root, day=lambda: date(2026, 11, 23), publish=publish, console=told, site=site)
    site.write_text("as the first build left it", encoding="utf-8")
    one.note_site()
    one.look()
    assert built == []
    for change in (site.unlink, lambda: site.write_text("an older copy", encoding="utf-8")):
        built.clear()
        change()
        one.look()
        one.look()
        assert built == ["built"]


def test_a_change_that_keeps_size_and_time_is_seen(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    student = root / "records/students/2TST/student.yml"
    times = student.stat().st_atime_ns, student.stat().st_mtime_ns

    def change() -> None:
        text = student.read_text(encoding="utf-8").replace("known_as: Eli", "known_as: Ela")
        with student.open("r+", encoding="utf-8") as file:
            file.write(text)
        os.utime(student, ns=times)

    built, _ = watched(root, change)
    assert built == ["Ela"]
