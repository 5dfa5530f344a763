"""A folder is replaced whole or not at all, and nobody else's folder ever is."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from sendbook.bundle import replacing
from sendbook.bundle.replacing import MADE_BY_US, replace_folder
from sendbook.errors import BundleError

OLD = {"index.html": b"old", "a/b/c.html": b"deep"}
NEW = {"index.html": b"new", "d/e.pdf": b"paper"}


def tree(folder: Path) -> dict[str, bytes]:
    return {one.relative_to(folder).as_posix(): one.read_bytes() for one in folder.rglob("*") if one.is_file()}


@pytest.fixture
def place(tmp_path: Path) -> Path:
    replace_folder(tmp_path / "out", OLD)
    return tmp_path / "out"


def test_a_new_folder_holds_the_files_and_the_list_of_them(place: Path) -> None:
    assert tree(place) == {**OLD, MADE_BY_US: b"a/b/c.html\nindex.html\n"}


def test_everybody_may_read_it_whatever_the_user_s_mask(place: Path) -> None:
    modes = {one.name: stat.S_IMODE(one.stat().st_mode) for one in [place, *place.rglob("*")]}
    assert {modes["out"], modes["a"], modes["b"]} == {0o755}
    assert modes["c.html"] == 0o644


@pytest.mark.parametrize("in_one_step", [True, False])
def test_a_newer_one_takes_its_place_whole_and_leaves_nothing_beside_it(
    place: Path, in_one_step: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    if not in_one_step:
        monkeypatch.setattr(replacing, "_exchanged", lambda *_: False)
    replace_folder(place, NEW)
    assert tree(place).keys() == {*NEW, MADE_BY_US}
    assert [one.name for one in place.parent.iterdir()] == ["out"]


@pytest.mark.parametrize("moment", ["_write", "swap"])
def test_stopped_in_the_middle_it_leaves_the_old_one(place: Path, moment: str, monkeypatch: pytest.MonkeyPatch) -> None:
    real = replacing._write

    def stopped(*arguments: object) -> None:
        if moment == "_write" and arguments[1] != "d/e.pdf":
            real(*arguments)  # type: ignore[arg-type]
            return
        raise KeyboardInterrupt

    before = tree(place)
    monkeypatch.setattr(replacing, moment, stopped)
    with pytest.raises(KeyboardInterrupt):
        replace_folder(place, NEW)
    assert tree(place) == before
    assert [one.name for one in place.parent.iterdir()] == ["out"]


def test_where_the_second_of_two_steps_fails_the_old_one_comes_back(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def failing(self: Path, target: Path) -> Path:
        if Path(target) == place and not self.name.endswith("-old"):
            raise OSError(28, "No space left on device")
        return rename(self, target)

    monkeypatch.setattr(replacing, "_exchanged", lambda *_: False)
    monkeypatch.setattr(Path, "rename", failing)
    with pytest.raises(OSError, match="No space"):
        replace_folder(place, NEW)
    assert tree(place).keys() == {*OLD, MADE_BY_US}


def test_a_folder_with_a_file_that_is_not_ours_is_refused_and_the_file_named(place: Path) -> None:
    (place / "a" / "CNAME").write_text("send.school.example")
    with pytest.raises(BundleError, match="a/CNAME, which is not from here"):
        replace_folder(place, NEW)
    assert (place / "a" / "CNAME").is_file()


def test_a_folder_somebody_else_made_a_file_and_a_link_are_refused(tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    (tmp_path / "file").write_text("keep me too")
    (tmp_path / "link").symlink_to(tmp_path / "mine")
    (tmp_path / "marked").mkdir()
    (tmp_path / "marked" / MADE_BY_US).symlink_to(tmp_path / "file")
    for name in ("mine", "file", "link", "marked"):
        with pytest.raises(BundleError):
            replace_folder(tmp_path / name, NEW)
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    replace_folder(tmp_path / "out", NEW)
    assert tree(tmp_path / "out").keys() == {*NEW, MADE_BY_US}


@pytest.mark.parametrize("path", ["../out.html", "/etc/x", "a/../../b"])
def test_no_path_leads_out_of_the_folder(tmp_path: Path, path: str) -> None:
    with pytest.raises(BundleError, match="outside"):
        replace_folder(tmp_path / "out", {path: b""})
    assert list(tmp_path.iterdir()) == []
