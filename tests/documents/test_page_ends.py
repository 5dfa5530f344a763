"""Where pages end: nothing that belongs together is torn, and nothing is lost by keeping it together."""

from __future__ import annotations

import json
import re
from ctypes import c_uint
from typing import Any

import pypdfium2
import pytest

from tests.documents.samples import draft, filled, pages_of, plan, press, text_of, with_sections
from tests.site.small_student import TARGET

#: Lines of text before what is looked at, so that it comes to stand at every height of a page.
HEIGHTS = range(4, 44, 3)


def _lines(count: int) -> dict[str, Any]:
    """A section of so many short paragraphs."""
    said = {"facts": [], "summary": [f"Line {number}." for number in range(count)], "reason": None}
    return {"name": "about", "title": "", "said": said}


def _provision(rows: int, words: int = 12) -> dict[str, Any]:
    texts = [f"Begin{number} {'help ' * words}End{number}" for number in range(rows)]
    rest = {"name": "Help", "how_much": "Daily", "when": "", "who": "", "where": "", "delivered": "", "towards": []}
    lines = [{**rest, "what": text} for text in texts]
    return {"name": "provision", "title": "What we do", "said": {"lines": lines, "ended": []}}


def _summary(lines: int) -> str:
    return "\n\n".join(f"Line {number}." for number in range(lines))


def _page_with(pages: list[str], words: str) -> int:
    return next(number for number, page in enumerate(pages) if words in page)


@pytest.mark.parametrize("lines", HEIGHTS)
def test_a_row_of_a_table_is_never_torn_by_a_pages_end(lines: int) -> None:
    pages = pages_of(press().pdf(with_sections(_lines(lines), _provision(12))))
    assert len(pages) > 1
    for number in range(12):
        assert _page_with(pages, f"Begin{number} ") == _page_with(pages, f"End{number} ")


@pytest.mark.parametrize("lines", HEIGHTS)
def test_a_heading_stands_on_the_page_of_what_follows_it(lines: int) -> None:
    """Whether that is a table, a need or somebody's words."""
    need = {"name": "Reading", "area": "Learning", "description": ["Slow."], "strengths": None, "known_from": None}
    needs = {"name": "needs", "title": "What makes things harder", "said": {"needs": [need]}}
    said = [{"text": ["Thanks."], "by": "Us"}]
    voice = {"name": "family-voice", "title": "What the family says", "said": {"said": said}}
    for section, follows in ((_provision(2), "Begin0 "), (needs, "Slow."), (voice, "Thanks.")):
        pages = pages_of(press().pdf(with_sections(_lines(lines), section)))
        assert _page_with(pages, section["title"]) == _page_with(pages, follows)


@pytest.mark.parametrize("lines", range(0, 60, 6))
def test_a_target_is_whole_up_to_its_drawing_and_so_are_a_few_measurements(lines: int) -> None:
    pages = pages_of(press().pdf(plan({"summary": _summary(lines)})))
    assert (
        _page_with(pages, "Targets") == _page_with(pages, TARGET["context"]) == _page_with(pages, "Goal: at least 75")
    )
    measured = _page_with(pages, "Where we started")
    assert measured == _page_with(pages, TARGET["progress"][-1]["note"])
    # On a page of their own the measurements say once more what they are of.
    again = sum(page.count("Reads a page aloud When") for page in pages)
    assert again == (measured != _page_with(pages, "Goal: at least 75"))


@pytest.mark.parametrize("lines", range(0, 60, 6))
def test_a_target_of_many_measurements_goes_on_after_its_drawing_at_the_earliest(lines: int) -> None:
    """What was agreed and how far it has come are read together; each page that the table goes on to has its header."""
    many = [{"on": "2026-10-08", "value": 66, "note": f"Measured {number}."} for number in range(30)]
    pages = pages_of(press().pdf(plan({"summary": _summary(lines), "targets": [{**TARGET, "progress": many}]})))
    drawing = _page_with(pages, "Goal: at least 75")
    assert _page_with(pages, "Targets") == _page_with(pages, TARGET["context"]) == drawing
    assert all("When Result Measured by Note" in page for page in pages if re.search(r"Measured \d", page))


@pytest.mark.sample(6)
@pytest.mark.parametrize("lines", range(60))
def test_nobody_signs_a_sheet_that_says_nothing_else(lines: int) -> None:
    """Line by line, so that the end of the plan comes to stand at every height of a page."""
    last = pages_of(press().pdf(plan({"summary": _summary(lines)})))[-1]
    assert "Agreed at the meeting" in last
    assert "What comes next" in last
    assert "Review of this plan, at the latest" in last


LONG = {
    "targets": [
        {**TARGET, "id": f"t{number}", "context": "In class. " * 6, "why": "Because. " * 9} for number in range(5)
    ],
    "needs": [
        {"id": f"n{number}", "area": "cognition_and_learning", "name": "Reading", "description": "Slow. " * 120}
        for number in range(5)
    ],
    "family_voice": [
        {"id": f"f{number}", "from": "p-mum1", "on": "2026-09-20", "text": "He hides his book. " * 60}
        for number in range(5)
    ],
}


@pytest.mark.sample(6)
@pytest.mark.parametrize("lines", range(60))
def test_no_page_but_the_last_is_left_half_empty(lines: int) -> None:
    """Whatever is kept together, it takes a third of a page at the most."""
    assert min(filled(press().pdf(plan({"summary": _summary(lines), **LONG})))[:-1]) > 0.6


def test_a_draft_has_room_for_notes_after_each_part_and_an_agreed_plan_has_none() -> None:
    printed = text_of(press().pdf(draft()))
    parts = ("Targets", "What makes things harder, and what to build on", "What we do", "What comes next")
    assert all(printed.index(part) < printed.index(f"Notes: {part}") for part in parts)
    assert printed.count("Notes: ") == len(json.loads(draft())["said"]["sections"]) - 2  # the emergency, and the head
    assert "Notes" not in text_of(press().pdf(plan()))


@pytest.mark.sample(4)
@pytest.mark.parametrize("lines", range(40))
def test_the_lines_to_write_on_are_on_one_page_with_what_they_are_for(lines: int) -> None:
    """Four ruled lines below each name of a part, wherever a page ends."""
    with pypdfium2.PdfDocument(press().pdf(draft({"summary": _summary(lines)}))) as document:
        for page in document:
            named = page.get_textpage().get_text_bounded().count("Notes")
            ruled = [one for one in page.get_objects([pypdfium2.raw.FPDF_PAGEOBJ_PATH]) if _is_ruled(one)]
            assert len(ruled) == 4 * named


def _is_ruled(drawn: pypdfium2.PdfObject) -> bool:
    """Drawn across the whole page, thin, in the colour of no table."""
    left, bottom, right, top = drawn.get_bounds()
    red, green, blue, clear = (c_uint() for _ in range(4))
    pypdfium2.raw.FPDFPageObj_GetStrokeColor(drawn, red, green, blue, clear)
    return right - left > 480 and top - bottom < 1.5 and (red.value, green.value, blue.value) == (0x55, 0x62, 0x5F)


def test_a_row_longer_than_a_page_goes_on_and_loses_no_word() -> None:
    printed = text_of(press().pdf(with_sections(_provision(2, words=3000))))
    assert printed.count("help") == 6000
    assert "End1" in printed


@pytest.mark.sample(4)
@pytest.mark.parametrize("rows", [*range(8, 36, 3), 90])
def test_a_target_of_any_length_loses_no_word(rows: int) -> None:
    """Kept on one page as long as there is a page for it; longer ones go on."""
    note = "Noticed that the book was chosen without asking, and that the page was turned twice."
    many = [{"on": "2026-10-08", "value": 66, "note": f"{note} End {number}."} for number in range(rows)]
    printed = text_of(press().pdf(plan({"targets": [{**TARGET, "progress": many}]})))
    assert all(f"End {number}." in printed for number in range(rows))
