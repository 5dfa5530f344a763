"""Reading the handbook folder: plain files with checked front matter, and nothing from anywhere else."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from sendbook.handbook.anew import made_anew
from sendbook.handbook.folder import read
from tests.site.handbooks import SCHEMA, write

_HELD = io.BytesIO()
Image.new("RGB", (1, 1)).save(_HELD, "PNG")
#: A picture of one dot.
DOT = _HELD.getvalue()


def codes(root: Path) -> list[tuple[str, str]]:
    """What is wrong, as (path, code)."""
    return [(item.path, item.code) for item in read(root, SCHEMA).problems]


def test_pages_and_pictures_are_read_with_their_facts(tmp_path: Path) -> None:
    """A page knows the line its body begins on, for every later finding."""
    write(tmp_path, "02-roles.md", applies_to="all staff")
    write(tmp_path, "index.md", section=0)
    (tmp_path / "handbook" / "map.png").write_bytes(DOT)
    found = read(tmp_path, SCHEMA)
    assert found.problems == ()
    assert [page.path for page in found.pages] == ["index.md", "02-roles.md"]
    roles = found.pages[1]
    assert (roles.editions, roles.applies_to, roles.body_line) == (("family", "staff"), ("all staff",), 13)
    assert found.files == {"map.png": made_anew("map.png", DOT)}


@pytest.mark.parametrize(
    ("change", "line", "said"),
    [
        ({"editions": ["public", "governors"]}, 6, "“Edition” is not one of its choices."),
        ({"editions": []}, 6, "“Editions” is an empty list."),
        ({"approved_on": "2026-13-01"}, 9, "“Approved on” is not a day in the calendar."),
        ({"section": "two"}, 5, "“Section” should be a number from 0 to 999"),
        ({"title": '"{{ 7 }}"'}, 3, "“Title” is not written"),
        ({"render_macros": "false"}, 11, "There is no such field."),
        ({"owner": None}, 2, "The page does not say its owner."),
    ],
)
def test_front_matter_that_is_not_right_is_told_where_it_stands(
    tmp_path: Path, change: dict[str, object], line: int, said: str
) -> None:
    """And such a page is not built."""
    write(tmp_path, "02-roles.md", **change)
    found = read(tmp_path, SCHEMA)
    assert found.pages == ()
    (problem,) = found.problems
    assert (problem.code, problem.line) == ("front-matter", line)
    assert problem.message.startswith(said)


def test_every_missing_fact_is_told(tmp_path: Path) -> None:
    """Not only the first."""
    write(tmp_path, "02-roles.md", owner=None, version=None)
    assert [item.message for item in read(tmp_path, SCHEMA).problems] == [
        "The page does not say its version.",
        "The page does not say its owner.",
    ]


def test_links_on_disk_are_refused_for_files_and_folders(tmp_path: Path) -> None:
    """A link could put any file of the machine on a page."""
    write(tmp_path, "02-roles.md")
    secret = tmp_path / "secret.md"
    secret.write_text("---\n---\n")
    (tmp_path / "handbook" / "03-secret.md").symlink_to(secret)
    (tmp_path / "handbook" / "more").symlink_to(tmp_path)
    found = read(tmp_path, SCHEMA)
    assert [page.path for page in found.pages] == ["02-roles.md"]
    assert codes(tmp_path) == [("handbook/03-secret.md", "handbook-file"), ("handbook/more", "handbook-file")]


def test_a_handbook_folder_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """The whole folder could be elsewhere as well."""
    write(tmp_path / "elsewhere", "02-roles.md")
    (tmp_path / "handbook").symlink_to(tmp_path / "elsewhere" / "handbook")
    assert read(tmp_path, SCHEMA).pages == ()
    assert codes(tmp_path) == [("handbook/", "handbook-file")]


@pytest.mark.parametrize("name", ["Big Name.md", "a.b.md"])
def test_other_kinds_and_names_have_no_place(tmp_path: Path, name: str) -> None:
    """A file's name becomes part of an address, and its kind is sent to a browser."""
    (tmp_path / "handbook").mkdir()
    (tmp_path / "handbook" / name).write_text("x")
    assert codes(tmp_path) == [(f"handbook/{name}", "handbook-file")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("hook.py", "stray"),
        ("x.html", "stray"),
        ("noending", "stray"),
        ("Rota 2026.docx", "stray"),
        ("Thumbs.db", "litter"),
        (".hidden.md", "litter"),
        ("02-roles.md~", "litter"),
        ("~$roles.docx", "litter"),
        (".DS_Store", "litter"),
    ],
)
def test_what_is_no_page_is_named_and_not_published(tmp_path: Path, name: str, code: str) -> None:
    """It holds nothing back either."""
    write(tmp_path, "02-roles.md")
    (tmp_path / "handbook" / name).write_text("x")
    found = read(tmp_path, SCHEMA)
    assert [(one.path, one.code) for one in found.problems] == [(f"handbook/{name}", code)]
    assert ([page.path for page in found.pages], found.files) == (["02-roles.md"], {})


def test_what_is_no_plain_file_or_too_large_is_refused_unread(tmp_path: Path) -> None:
    """A pipe would wait for ever."""
    (tmp_path / "handbook").mkdir()
    os.mkfifo(tmp_path / "handbook" / "pipe.md")
    with (tmp_path / "handbook" / "vast.md").open("wb") as opened:
        opened.truncate((1 << 20) + 1)
    assert codes(tmp_path) == [("handbook/pipe.md", "handbook-file"), ("handbook/vast.md", "too-large")]


def test_two_pages_may_not_have_one_id(tmp_path: Path) -> None:
    """An id is how a page is known when its number changes."""
    write(tmp_path, "02-roles.md")
    write(tmp_path, "03-roles.md")
    assert codes(tmp_path) == [("handbook/03-roles.md", "same-id")]


def test_a_handbook_that_is_read_again_is_the_one_before_unless_a_file_of_it_changed(tmp_path: Path) -> None:
    write(tmp_path, "index.md", "Hello.\n")
    before = read(tmp_path, SCHEMA)
    assert read(tmp_path, SCHEMA, before) is before

    def refused() -> None:
        (tmp_path / "handbook/notes.docx").write_bytes(b"")

    for change in (
        lambda: write(tmp_path, "index.md", "Good morning.\n"),
        lambda: write(tmp_path, "more.md", "More.\n"),
        (tmp_path / "handbook/more.md").unlink,
        refused,
        (tmp_path / "handbook/notes.docx").unlink,
    ):
        change()
        now = read(tmp_path, SCHEMA, before)
        assert now is not before
        assert now == read(tmp_path, SCHEMA)
        before = now
