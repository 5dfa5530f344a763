"""A page with an error is held back, however one error follows from what stands in for another."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest

from sendbook.checks.finding import Finding, Severity
from sendbook.handbook.folder import Handbook
from sendbook.handbook.sound_handbook import FOLDER, LastPages, SoundHandbook, sound_handbook
from tests.site.handbooks import page

CHAIN = [f"{number:02}-page.md" for number in range(1, 8)]


def error(path: str, code: str) -> Finding:
    return Finding(code=code, severity=Severity.ERROR, path=f"{FOLDER}{path}", message="Wrong.", remedy="Change it.")


def made(code: str) -> SoundHandbook:
    """A handbook in which each page turns out to be wrong only once the one before is held back."""
    pages = tuple(page("# Page\n\nWords.\n", path, title=path) for path in CHAIN)

    def ask(book: Handbook) -> Iterator[Finding]:
        held = {one.path for one in book.pages if one.title != one.path}
        yield from (error(path, code) for before, path in pairwise(CHAIN) if before in held)

    found = Handbook(pages=pages, files={}, problems=(), digest="d")
    return sound_handbook(found, [error(CHAIN[0], code)], LastPages(None), ask)


@pytest.mark.parametrize("code", ["same-id", "DOC-07", "TXT-01"])
def test_each_page_whose_error_follows_from_another_is_held_back(code: str) -> None:
    sound = made(code)
    assert sound.held == set(CHAIN)
    assert {one.title for one in sound.handbook.pages} == {"This page is being corrected"}


def test_a_page_without_an_error_stays_as_it_is() -> None:
    pages = tuple(page("# Page\n\nWords.\n", path, title=path) for path in CHAIN)
    found = Handbook(pages=pages, files={}, problems=(), digest="d")
    sound = sound_handbook(found, [error(CHAIN[3], "html")], LastPages(None), lambda _book: ())
    assert sound.held == {CHAIN[3]}
    assert [one.title for one in sound.handbook.pages if one.path != CHAIN[3]] == CHAIN[:3] + CHAIN[4:]
