"""A page printed from the browser says on every sheet that it is private, and leaves out what is not for the family."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pypdfium2
import pytest
from pypdf import PdfReader

from tests.documents.samples import filled

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

As = Callable[..., "BrowserContext"]
#: A student with words that are not for the family, in the plan and in what changed.
STUDENT = "8XA8"


def _sheets(tab: Page) -> list[str]:
    printed = tab.pdf(format="A4", prefer_css_page_size=True)
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(BytesIO(printed)).pages]


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", ["plan/", "history/", ""])
def test_every_sheet_about_a_student_says_private_whose_and_of_when(page: str, as_reader: As, address: str) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/students/{STUDENT}/{page}")
    name = tab.locator(".sb-paper__head").get_attribute("data-paper")
    assert name is not None
    assert re.fullmatch(r"Private · .+ · version of \d+\s\w+\s\d{4}", name)
    sheets = _sheets(tab)
    assert all(re.sub(r"\s+", " ", name) in sheet for sheet in sheets), sheets
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", ["plan/", "history/"])
def test_words_that_are_not_for_the_family_are_on_the_screen_and_on_no_sheet(
    page: str, as_reader: As, address: str
) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/students/{STUDENT}/{page}")
    assert "no desk" in tab.content()
    sheets = " ".join(_sheets(tab))
    assert "no desk" not in sheets
    assert "Words that are not for the family are left out of print." in sheets
    tab.close()


#: Long ones, with boxes that fold, records that fill a page, and headings of every kind.
PAGES = ("", "students/3QNM/history/", f"students/{STUDENT}/meetings/", "students/3QNM/plan/", "groups/y10-english/")
_HEADINGS = ".md-content :is(h1, h2, h3, h4, summary, .sb-changes__of, .sb-small)"


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", PAGES)
def test_no_heading_is_the_last_thing_on_a_sheet_and_no_sheet_is_half_empty(
    page: str, as_reader: As, address: str
) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/{page}")
    headings = {" ".join(text.split()) for text in tab.locator(_HEADINGS).all_inner_texts()} - {""}
    printed = tab.pdf(format="A4", prefer_css_page_size=True)
    with pypdfium2.PdfDocument(printed) as document:
        last = [" ".join(sheet.get_textpage().get_text_bounded().splitlines()[-1].split()) for sheet in document]
    assert not [line for line in last[:-1] if line in headings]
    assert min(filled(printed)[:-1], default=1) > 0.55
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", ["students/E4P7/", "groups/y10-english/", f"students/{STUDENT}/meetings/"])
def test_no_frame_is_cut_at_the_sheet_s_edge(page: str, as_reader: As, address: str) -> None:
    """A frame as wide as the sheet's room loses half of its line to rounding."""
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/{page}")
    tab.emulate_media(media="print")
    tab.set_viewport_size({"width": 680, "height": 960})
    edges = tab.locator(".md-content :is(.sb-card, .sb-emergency)").evaluate_all(
        "all => all.map(one => one.getBoundingClientRect().right)"
    )
    assert edges
    assert max(edges) <= 679
    tab.close()


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", ["", "students/", "register/"])
def test_lists_that_name_students_say_private_on_every_sheet(page: str, as_reader: As, address: str) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/{page}")
    sheets = _sheets(tab)
    assert all("Private · " in sheet for sheet in sheets), sheets
    tab.close()
