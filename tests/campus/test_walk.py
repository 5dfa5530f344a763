"""A scan that goes on from an earlier one finds what any scan finds, and asks and lists only what has changed."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sendbook.campus import walk
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.schemas import Match, SchemaRegistry
from tests.campus.small_schemas import write_schemas

Put = Callable[..., Path]
#: Longer than the tick of a file system's clock: what is written after it has another time.
A_TICK = 0.012
_PLACES = st.sampled_from(
    [
        "students/7Q4K/plan.yml",
        "students/7Q4K/drafts/plan.yml",
        "students/8B2M/plan.yml",
        "interventions/talk.yml",
        "students/7Q4K/plan - Copy.yml",
        "students/7Q4K/.DS_Store",
        "elsewhere/odd.txt",
        "students/8B2M/deep/er/plan.yml",
    ]
)
_CHANGES = st.tuples(st.sampled_from(["write", "remove", "empty", "rename", "link", "folder"]), _PLACES, _PLACES)


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A folder is trusted from the next tick on, not after two seconds."""
    monkeypatch.setattr(walk, "SETTLED_NS", int(-1e12))


@pytest.fixture
def listed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that are listed, as they are."""
    found: list[str] = []
    really = walk.Walk._listed

    def noted(self: walk.Walk, folder: str, *how: Any) -> Iterator[tuple[str, os.stat_result]]:
        found.append(folder)
        return really(self, folder, *how)

    monkeypatch.setattr(walk.Walk, "_listed", noted)
    return found


def test_a_scan_that_knows_an_earlier_one_finds_what_any_scan_finds(
    folder: CampusFolder, put: Put, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Files come, go, are written to, put in another's place, and copied; only they are asked what they are."""
    plan = put("students/7Q4K/plan.yml")
    other = put("students/8B2M/plan.yml")
    before = folder.scan()
    asked: list[str] = []
    match = type(folder.registry).match

    def noted(self: SchemaRegistry, path: str) -> Match | None:
        asked.append(path)
        return match(self, path)

    def write() -> None:
        plan.write_text("state: draft\n", encoding="utf-8")

    def replace() -> None:
        put("students/7Q4K/plan.new", plan.read_bytes()).rename(plan)

    def copy() -> None:
        put("students/7Q4K/plan - Copy.yml", plan.read_bytes())

    def link() -> None:
        plan.unlink()
        plan.symlink_to(other)

    def make_folder() -> None:
        plan.unlink()
        plan.mkdir()
        (plan / "plan.yml").write_text("state: draft\n", encoding="utf-8")

    for change, of_these in (
        (lambda: None, 0),
        (write, 1),
        (replace, 1),
        (copy, 0),
        (lambda: put("students/9C3D/plan.yml"), 1),
        (other.unlink, 0),
        (link, 0),
        (make_folder, 1),
    ):
        change()
        plain = folder.scan()
        with monkeypatch.context() as patch:
            patch.setattr(type(folder.registry), "match", noted)
            asked.clear()
            again = folder.scan(before)
        assert again == plain
        assert len(asked) == of_these, (change, asked)
        before = again


def test_a_folder_is_listed_again_only_where_something_came_or_went(
    folder: CampusFolder, put: Put, listed: list[str]
) -> None:
    plan = put("students/7Q4K/plan.yml")
    put("students/8B2M/plan.yml")
    before = folder.scan()
    assert "records/students/7Q4K" in listed
    time.sleep(A_TICK)
    for change, again in (
        (lambda: None, []),
        (lambda: plan.write_text("state: agreed\n", encoding="utf-8"), []),
        (lambda: put("students/7Q4K/profile.yml"), ["records/students/7Q4K"]),
        (plan.unlink, ["records/students/7Q4K"]),
    ):
        change()
        listed.clear()
        before = folder.scan(before)
        assert listed == again
        time.sleep(A_TICK)


def test_the_last_file_of_a_folder_that_goes_leaves_an_empty_folder(folder: CampusFolder, put: Put) -> None:
    plan = put("students/7Q4K/plan.yml")
    before = folder.scan()
    time.sleep(A_TICK)
    plan.unlink()
    assert [one.code for one in folder.scan(before).problems] == ["litter"]


def test_a_folder_to_which_something_came_a_moment_ago_is_listed_again(
    folder: CampusFolder, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Within a tick of the file system's clock it looks the same after as before."""
    monkeypatch.setattr(walk, "SETTLED_NS", 2_000_000_000)
    put("students/7Q4K/plan.yml")
    assert "records/students/7Q4K" not in folder.scan().listings


def test_what_has_not_changed_at_all_is_the_very_scan(folder: CampusFolder, put: Put) -> None:
    plan = put("students/7Q4K/plan.yml")
    before = folder.scan(folder.scan())
    assert folder.scan(before) is before
    plan.write_text("state: agreed\n", encoding="utf-8")
    assert folder.scan(before) is not before


@settings(max_examples=25, deadline=None)
@given(changes=st.lists(_CHANGES, min_size=1, max_size=6))
def test_whatever_happens_to_the_folder_it_is_scanned_as_if_for_the_first_time(
    changes: list[tuple[str, str, str]],
) -> None:
    with TemporaryDirectory() as place:
        root = Path(place)
        records = root / "campus" / "records"
        (records / "students" / "7Q4K").mkdir(parents=True)
        (records / "campus.yml").write_text("name: Larkfield\n", encoding="utf-8")
        (records / "students" / "7Q4K" / "plan.yml").write_text("state: draft\n", encoding="utf-8")
        folder = CampusFolder(root / "campus", SchemaRegistry.load(write_schemas(root / "schemas")))
        before: Scan | None = None
        for change in changes:
            before = folder.scan(before)
            time.sleep(A_TICK)
            _change(records, *change)
            assert folder.scan(before) == folder.scan()


def _change(records: Path, what: str, where: str, other: str) -> None:
    path, to = records / where, records / other
    path.parent.mkdir(parents=True, exist_ok=True)
    if what == "folder":
        (records / "students" / "9C3D" / "drafts").mkdir(parents=True, exist_ok=True)
    elif what == "write" and not path.is_symlink():
        path.write_text(f"{time.time_ns()}\n", encoding="utf-8")
    elif what == "link" and not path.exists():
        path.symlink_to(records / "campus.yml")
    elif what == "rename" and path.exists() and not to.exists():
        to.parent.mkdir(parents=True, exist_ok=True)
        path.rename(to)
    elif what == "remove":
        path.unlink(missing_ok=True)
    elif what == "empty":
        for file in path.parent.iterdir():
            if not file.is_dir():
                file.unlink()
