"""What each page of a student and each section on it is called, to whom, and which parts open it: ``headings.yml``.

If you change a heading, the order of a page or what a section is made of, change it there as well, and read it once
more as a family would.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.kinds.page_order import FIRST_ON_PAGE, PAGES
from sendbook.pages.sections import PageKind, Section, Voice
from tests.fast_yaml import read_yaml

HEADINGS: dict[str, Any] = read_yaml(Path(__file__).with_name("headings.yml").read_text(encoding="utf-8"))


def spoken(voice: Voice) -> dict[str, str]:
    """The words to staff, and those that are others to a family and to the student."""
    every = {"staff": voice.staff, "family": voice.family, "student": voice.student}
    return {manner: words for manner, words in every.items() if words}


def section_said(section: Section) -> dict[str, Any]:
    needs, also = (sorted(" ".join(part) for part in parts) for parts in (section.needs, section.also))
    said = spoken(section.title)
    return said | ({"needs": needs} if needs else {}) | ({"also": also} if also else {})


def page_said(page: PageKind) -> dict[str, Any]:
    papers = {paper.kind.name: f"{paper.link}: {paper.kind.title}" for paper in page.papers}
    said: dict[str, Any] = {"path": page.path, "title": spoken(page.title), "link": spoken(page.link)}
    return said | ({"papers": papers} if papers else {})


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_and_its_sections_are_called_as_they_should_be(page: PageKind) -> None:
    written = dict(HEADINGS[page.name])
    sections = written.pop("sections", {})
    assert page_said(page) == written
    same = HEADINGS[page.like]["sections"] if page.like else sections
    assert {one.name: section_said(one) for one in page.sections} == same
    assert [one.name for one in page.sections] == list(same)


def test_pages_are_in_their_order_and_each_is_written_down() -> None:
    assert [*(page.name for page in PAGES), *FIRST_ON_PAGE] == list(HEADINGS)


@pytest.mark.parametrize("kind", FIRST_ON_PAGE)
def test_what_comes_first_on_a_page_that_is_made_from_a_schema(kind: str) -> None:
    written = HEADINGS[kind]["sections"]
    assert [(one.name, section_said(one)) for one in FIRST_ON_PAGE[kind]] == list(written.items())
