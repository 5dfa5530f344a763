"""Where pages end: nothing that belongs together is torn, and nothing is lost by keeping it together."""

from __future__ import annotations

from typing import Any

import pytest

from tests.documents.samples import pages_of, plan, press, text_of, with_sections
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
def test_a_target_with_its_measurements_stands_on_one_page(lines: int) -> None:
    summary = "\n\n".join(f"Line {number}." for number in range(lines))
    pages = pages_of(press().pdf(plan({"summary": summary})))
    first, last = TARGET["context"], TARGET["progress"][-1]["note"]
    assert _page_with(pages, "What we are working on") == _page_with(pages, first) == _page_with(pages, last)


def test_a_row_longer_than_a_page_goes_on_and_loses_no_word() -> None:
    printed = text_of(press().pdf(with_sections(_provision(2, words=3000))))
    assert printed.count("help") == 6000
    assert "End1" in printed


@pytest.mark.parametrize("rows", [*range(8, 36, 3), 90])
def test_a_target_of_any_length_loses_no_word(rows: int) -> None:
    """Kept on one page as long as there is a page for it; longer ones go on."""
    note = "Noticed that the book was chosen without asking, and that the page was turned twice."
    many = [{"on": "2026-10-08", "value": 66, "note": f"{note} End {number}."} for number in range(rows)]
    printed = text_of(press().pdf(plan({"targets": [{**TARGET, "progress": many}]})))
    assert all(f"End {number}." in printed for number in range(rows))
