"""A campus's own template files, usable or not, are in the digest of its templates: another fault is another digest.

What pages were made with, and what is found of the files, is kept until that digest is another.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.pages.templates import own_digest

LARGE = b" " * ((1 << 18) + 1)
LINK_TO_ELSEWHERE = b"version https://git-lfs.github.com/spec/v1\noid sha256:" + b"0" * 64 + b"\nsize 12\n"


def folder(root: Path, **files: bytes | Path) -> Path:
    """Own templates by their names, with one underscore for the place of the folder; a path is linked to."""
    for name, content in files.items():
        path = root / f"{name.replace('_', '/')}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.symlink_to(content) if isinstance(content, Path) else path.write_bytes(content)
    return root


def test_without_files_of_its_own_a_campus_has_no_digest(tmp_path: Path) -> None:
    (tmp_path / "sections").mkdir()
    assert (own_digest(None), own_digest(tmp_path)) == ("", "")


@pytest.mark.parametrize("unusable", [LARGE, LINK_TO_ELSEWHERE, Path("/nowhere")], ids=["large", "stand-in", "link"])
def test_which_file_can_not_be_used_is_in_the_digest(unusable: bytes | Path, tmp_path: Path) -> None:
    one = own_digest(folder(tmp_path / "one", sections_prose=unusable))
    assert one not in ("", own_digest(folder(tmp_path / "other", sections_table=unusable)))
    assert one != own_digest(folder(tmp_path / "both", sections_prose=unusable, sections_table=unusable))
    assert one == own_digest(folder(tmp_path / "again", sections_prose=unusable))


def test_why_a_file_can_not_be_used_is_in_the_digest(tmp_path: Path) -> None:
    digests = [
        own_digest(folder(tmp_path / name, sections_prose=content))
        for name, content in (("large", LARGE), ("kept", LINK_TO_ELSEWHERE), ("link", Path("/nowhere")), ("good", b"a"))
    ]
    assert len(set(digests)) == 4


def test_a_file_that_can_not_be_used_changes_the_digest_of_those_next_to_it(tmp_path: Path) -> None:
    good = own_digest(folder(tmp_path / "good", sections_prose=b"a"))
    assert good != own_digest(folder(tmp_path / "more", sections_prose=b"a", sections_table=LARGE))
    assert good != own_digest(folder(tmp_path / "text", sections_prose=b"b"))
    assert good != own_digest(folder(tmp_path / "name", sections_table=b"a"))
