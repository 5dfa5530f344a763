"""A page printed from the browser says on every sheet that it is private, and leaves out what is not for the family."""

from __future__ import annotations

import re
from collections.abc import Callable
from io import BytesIO
from typing import TYPE_CHECKING

import pytest
from pypdf import PdfReader

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext, Page

As = Callable[..., "BrowserContext"]
#: A student with words that are not for the family, in the plan and in what changed.
STUDENT = "8XA8"


def _sheets(tab: Page) -> list[str]:
    printed = tab.pdf(format="A4", prefer_css_page_size=True)
    return [re.sub(r"\s+", " ", sheet.extract_text()) for sheet in PdfReader(BytesIO(printed)).pages]


@pytest.mark.sample(2)
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


@pytest.mark.sample(1)
@pytest.mark.parametrize("page", ["", "students/", "register/"])
def test_lists_that_name_students_say_private_on_every_sheet(page: str, as_reader: As, address: str) -> None:
    tab = as_reader("senco").new_page()
    tab.goto(f"{address}/{page}")
    sheets = _sheets(tab)
    assert all("Private · " in sheet for sheet in sheets), sheets
    tab.close()
