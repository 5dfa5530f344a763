"""Which of a reader's own pages are left alone: those that were made of the same, and are there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.bundle import Bundle, Fragment
from sendbook.site.readers.unchanged_pages import UnchangedPages, forget

READER, COMMON = "p-sen1", "code, day and names"
SHEET, OTHER = "/class-sheets/8-en/", "/class-sheets/8-ma/"
ONE, TWO = b"1" * 20, b"2" * 20


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Bundle]:
    """A reader with one of two sheets that were made: the other was not put up."""
    with Bundle.create(tmp_path / "bundle.db") as made:
        with made.publish() as change:
            pages = UnchangedPages(made, READER, COMMON)
            assert not pages.has(SHEET, [ONE, TWO])
            assert not pages.has(OTHER, [ONE])
            pages.remember(change)
            change.set_own_pages(READER, {SHEET: Fragment(title="8 English", content="<h1>8 English</h1>")}, until=None)
        yield made


@pytest.mark.parametrize(
    ("reader", "common", "path", "made_of", "there"),
    [
        (READER, COMMON, SHEET, [ONE, TWO], True),
        (READER, COMMON, SHEET, [TWO, ONE], False),
        (READER, COMMON, SHEET, [ONE], False),
        (READER, "another day", SHEET, [ONE, TWO], False),
        ("p-oth1", COMMON, SHEET, [ONE, TWO], False),
        (READER, COMMON, OTHER, [ONE], False),
        (READER, COMMON, "/class-sheets/9-en/", [ONE], False),
    ],
    ids=["the same", "another order", "less", "another day", "another reader", "not there", "a new page"],
)
def test_a_page_need_not_be_made_again_that_is_there_and_was_made_of_the_same(
    bundle: Bundle, reader: str, common: str, path: str, made_of: list[bytes], there: bool
) -> None:
    assert UnchangedPages(bundle, reader, common).has(path, made_of) is there


def test_what_a_page_is_made_of_now_is_what_the_next_build_compares_with(bundle: Bundle) -> None:
    with bundle.publish() as change:
        pages = UnchangedPages(bundle, READER, COMMON)
        assert not pages.has(SHEET, [TWO])
        pages.remember(change)
    assert UnchangedPages(bundle, READER, COMMON).has(SHEET, [TWO])
    assert not UnchangedPages(bundle, READER, COMMON).has(SHEET, [ONE, TWO])


def test_of_a_reader_who_is_forgotten_every_page_is_made_again(bundle: Bundle) -> None:
    with bundle.publish() as change:
        forget(change, READER)
    assert not UnchangedPages(bundle, READER, COMMON).has(SHEET, [ONE, TWO])
