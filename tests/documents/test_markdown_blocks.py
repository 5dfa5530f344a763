"""A handbook page taken apart: what stands on the screen stands on paper, as data."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.documents.kinds import print_data
from sendbook.documents.markdown_blocks import blocks_of
from sendbook.handbook.print_pages import REPORT, site_extensions
from tests.documents.samples import edges_of, opened, pages_of, press, text_of


def blocks(markdown: str) -> list[dict[str, Any]]:
    return blocks_of(markdown, *site_extensions())


def said(block: dict[str, Any]) -> str:
    return "".join("\n" if span["break"] else span["text"] for span in block["spans"])


def pdf_of(markdown: str) -> bytes:
    data = {"heading": "Report", "lead": "", "copy": "", "facts": [["School", "Ours"]], "blocks": blocks(markdown)}
    return press().pdf(print_data(REPORT, "", data, day="2026-10-15", day_said="15 October 2026"))


def test_headings_paragraphs_and_emphasis() -> None:
    made = blocks("## How we help { #help data-answers='SENIR-3' }\n\nSome **strong**, *soft* and `code` words.\n")
    assert made[0] == {"is": "heading", "level": 2, "text": "How we help"}
    assert said(made[1]) == "Some strong, soft and code words."
    assert [span["style"] for span in made[1]["spans"] if span["style"]] == ["strong", "em", "code"]


def test_lists_hold_lists_and_paragraphs() -> None:
    (made,) = blocks("1. One\n2. Two\n\n    - Inner\n")
    assert made["ordered"]
    inner = made["items"][1][1]
    assert (inner["is"], inner["ordered"]) == ("list", False)
    assert said(inner["items"][0][0]) == "Inner"


def test_a_table_has_a_head_and_cells_keep_their_lines() -> None:
    (made,) = blocks("| What | When |\n| --- | --- |\n| **Path**<br>Why | May |\n| Bare |\n")
    assert ["".join(span["text"] for span in cell) for cell in made["head"]] == ["What", "When"]
    assert said({"spans": made["rows"][0][0]}) == "Path\nWhy"
    assert len(made["rows"][1]) == 2
    assert made["widths"][0] > 0


def test_links_to_other_hosts_stay_links_and_links_to_pages_become_words() -> None:
    (made,) = blocks(
        "See [the Code](https://gov.example/code), [write](mailto:a@b.example) and [roles](02-roles.md).\n"
    )
    assert [span["url"] for span in made["spans"] if span["url"]] == ["https://gov.example/code", "mailto:a@b.example"]
    assert said(made) == "See the Code, write and roles."


def test_boxes_open_on_paper_whether_they_are_folded_on_the_screen_or_not() -> None:
    note, fold, quote = blocks('!!! note "Good to know"\n    Inside.\n\n??? tip "Folded"\n    Hidden.\n\n> Said.\n')
    assert (note["title"], said(note["blocks"][0])) == ("Good to know", "Inside.")
    assert (fold["title"], said(fold["blocks"][0])) == ("Folded", "Hidden.")
    assert said(quote["blocks"][0]) == "Said."


def test_definitions_footnotes_pictures_and_rules_lose_no_word() -> None:
    text = str(blocks("Term\n:   Meaning.\n\nA note.[^1]\n\n![A path](path.png)\n\n---\n\n[^1]: Below.\n"))
    assert all(word in text for word in ("Term", "Meaning.", "[Picture: A path]", "Below."))


def test_levels_go_down_one_at_a_time() -> None:
    made = blocks("# Title\n\n#### Deep\n\n## Second\n\n##### Deeper\n")
    assert [block["level"] for block in made] == [2, 3, 2, 3]


def test_html_and_typst_in_a_page_are_words_or_nothing() -> None:
    pdf = pdf_of("Text with #panic() and $x$ and \\<b>.\n\n<div>Loose <i>words</i><script>alert(1)</script></div>\n")
    printed = text_of(pdf)
    assert "Text with #panic() and $x$ and" in printed
    assert "Loose words" in printed
    assert "alert" not in printed


@pytest.mark.parametrize("rows", [3, 200])
def test_a_wide_table_stays_on_its_pages(rows: int) -> None:
    head = "| " + " | ".join(f"Column {number}" for number in range(5)) + " |\n" + "| --- " * 5 + "|\n"
    word = "Responsibilities of the co-ordinator in November"
    pdf = pdf_of(head + "".join(f"| Row {row} |" + f" {word} |" * 4 + "\n" for row in range(rows)))
    assert edges_of(pdf)[1] < 545.3
    assert all("Column 4" in page for page in pages_of(pdf))
    assert f"Row {rows - 1}" in text_of(pdf)


def test_a_page_of_many_headings_begins_with_what_is_in_it() -> None:
    first = pages_of(pdf_of("".join(f"## Part {number}\n\n{'Words. ' * 300}\n\n" for number in range(6))))[0]
    assert all(f"Part {number}" in first for number in range(6))


def test_the_title_is_that_of_the_kind_and_no_one_is_private_here() -> None:
    pdf = pdf_of("Text.\n")
    made = opened(pdf)
    assert str(made.docinfo["/Title"]) == "SEN information report"
    assert "Private" not in text_of(pdf)
