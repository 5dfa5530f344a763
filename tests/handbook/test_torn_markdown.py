"""Markdown that a person would write either comes out as it was meant, or is found with what to write instead."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Severity
from sendbook.documents.markdown_blocks import blocks_of
from sendbook.handbook.torn_markdown import SAID, WARNINGS, torn
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus

EXTENSIONS = ("admonition", "attr_list", "def_list", "footnotes", "sane_lists", "tables", "pymdownx.superfences")
LIST, TABLE = "- a\n- b\n", "| a | b |\n| - | - |\n| 1 | 2 |\n"

# A heading here, but not to every program, nor to the checks that look for headings.
OTHERS_READ_OTHERWISE = {"heading-space", "heading-line"}

# What is written, what is found (line, column, code), and how it is written so that it comes out as meant.
TORN: dict[str, tuple[tuple[int, int, str], str]] = {
    f"Text:\n{LIST}": ((2, 1, "list-runs-on"), f"Text:\n\n{LIST}"),
    "Text:\n1. a\n2. b\n": ((2, 1, "list-runs-on"), "Text:\n\n1. a\n2. b\n"),
    "Text:\n  * a\n  * b\n": ((2, 3, "list-runs-on"), "Text:\n\n  * a\n  * b\n"),
    "- a\n1. b\n": ((2, 1, "list-runs-on"), "- a\n\n\n1. b\n"),
    "> Text:\n> - a\n": ((2, 1, "list-runs-on"), "> Text:\n>\n> - a\n"),
    "!!! note\n    Text:\n    - a\n": ((3, 1, "list-runs-on"), "!!! note\n    Text:\n\n    - a\n"),
    "`Code`:\n- a\n": ((2, 1, "list-runs-on"), "`Code`:\n\n- a\n"),
    "1) a\n2) b\n": ((1, 1, "list-mark"), "1. a\n2. b\n"),
    "a) x\nb) y\n": ((1, 1, "list-mark"), "- x\n- y\n"),
    "• a\n• b\n": ((1, 1, "list-mark"), "- a\n- b\n"),
    "Text:\n\n·\ta\n·\tb\n": ((3, 1, "list-mark"), "Text:\n\n- a\n- b\n"),
    "\uf0b7 a\n": ((1, 1, "list-mark"), "- a\n"),
    "o\ta\n": ((1, 1, "list-mark"), "- a\n"),
    "\u2013 a\n\u2013 b\n": ((1, 1, "list-mark"), "- a\n- b\n"),
    "-a\n-b\n": ((1, 1, "list-space"), "- a\n- b\n"),
    "*a\n*b\n": ((1, 1, "list-space"), "* a\n* b\n"),
    "1.a\n2.b\n": ((1, 1, "list-space"), "1. a\n2. b\n"),
    "- a\n  - b\n": ((2, 3, "list-indent"), "- a\n    - b\n"),
    "1. a\n   - b\n": ((2, 4, "list-indent"), "1. a\n    - b\n"),
    "- a\n\n  More of it.\n": ((3, 3, "list-indent"), "- a\n\n    More of it.\n"),
    f"Text:\n{TABLE}": ((2, 1, "table-runs-on"), f"Text:\n\n{TABLE}"),
    "| a | b |\n| 1 | 2 |\n": ((1, 1, "table-line"), TABLE),
    "| a | b |\n| - |\n| 1 | 2 |\n": ((1, 1, "table-line"), TABLE),
    f"{TABLE}| 3 | 4 | lost |\n": (
        (4, 10, "table-cells"),
        "| a | b | c |\n| - | - | - |\n| 1 | 2 | |\n| 3 | 4 | 5 |\n",
    ),
    "a | b\n- | -\n1 | 2 | 3\n": ((3, 8, "table-cells"), "a | b | c\n- | - | -\n1 | 2 | 3\n"),
    "##Heading\n": ((1, 1, "heading-space"), "## Heading\n"),
    "Text\n---\nMore\n": ((2, 1, "heading-line"), "Text\n\n---\n\nMore\n"),
    "Text\n====\n": ((2, 1, "heading-line"), "## Text\n"),
    "Text\n\n    More text\n": ((3, 1, "code-indent"), "Text\n\nMore text\n"),
    "It is ~~not~~ so.\n": ((1, 7, "struck-out"), "It is so.\n"),
    "One\\\nTwo\n": ((1, 4, "line-break"), "One  \nTwo\n"),
}

# What comes out as it is meant: kept silent, and shown so on page and paper.
MEANT = (
    *(
        "3. c\n4. d\n",
        "1. a\n\nText\n\n2. b\n",
        "* a\n\n* b\n",
        "- a\ngoes on\n- b\n",
        "  - a\n  - b\n",
        "- a\n    - b\n        - c\n",
    ),
    *(
        "some_word_here *so* **so** * so\n",
        "Text\n> quotation\n",
        "> a\n>> b\n",
        "Text\n## Heading\nText\n",
        "Text\n\n* * *\n",
    ),
    *(
        "| a | b |\n| - | - |\n| `x|y` | 2 |\n| x\\|y |\n",
        "```\n- a\n  - b\n#x\n```\n",
        "From 40\n\u2013 60 minutes\n",
        "“so” so -\n",
    ),
    *(
        "Term\n: meaning\n",
        "In [2026](a.md): a\nb - c\n",
        "- `a`\n- b\n\nText\n",
        "*so* it is\n*that* too\n",
        "1.5 hours\n2.5 hours\n",
    ),
    *(
        "# send and #send\n",
        "<!-- edition: staff -->\n- a\n<!-- end edition -->\n",
        "- a\n\n    1. b\n    2. c\n",
        "Note[^1]\n\n[^1]: So.\n",
    ),
)


def codes(text: str) -> list[str]:
    return [code for _, _, code in torn(text, 1)]


@pytest.mark.parametrize("written", TORN)
def test_what_comes_out_torn_is_found_once_and_is_silent_once_mended(written: str) -> None:
    place, mended = TORN[written]
    assert next(torn(written, 1)) == place
    assert codes(written) == [place[2]]
    assert codes(mended) == []
    if place[2] not in OTHERS_READ_OTHERWISE:
        assert blocks_of(written, EXTENSIONS, {}) != blocks_of(mended, EXTENSIONS, {}), (
            "it would have come out as meant"
        )


@pytest.mark.parametrize("written", MEANT)
def test_what_comes_out_as_meant_is_left_alone(written: str) -> None:
    assert codes(written) == []


def test_each_code_has_a_case_and_says_what_to_do() -> None:
    assert {place[2] for place, _ in TORN.values()} == SAID.keys()
    assert SAID.keys() - WARNINGS == {"table-cells"}
    assert all(message.endswith(".") and remedy.endswith(".") for message, remedy in SAID.values())


def test_lines_are_counted_from_the_top_of_the_page() -> None:
    assert next(torn("Text:\n- a\n", 12)) == (13, 1, "list-runs-on")


def test_a_list_that_begins_at_three_does_so_on_paper_too() -> None:
    (block,) = blocks_of("3. c\n4. d\n", EXTENSIONS, {})
    assert (block["ordered"], block["start"], len(block["items"])) == (True, 3, 2)


def test_cells_that_would_vanish_stop_publishing_and_the_rest_asks_for_attention(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    page = tiny_campus(tmp_path) / "handbook" / "index.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\nBring:\n{LIST}\n{TABLE}| 3 | 4 | 5 |\n", encoding="utf-8")
    found = {one.code: one for one in inspect(CampusFolder(tmp_path, registry), date(2026, 11, 23))}
    assert found["list-runs-on"].severity is Severity.WARNING
    assert found["table-cells"].severity is Severity.ERROR
    assert found["table-cells"].line == page.read_text(encoding="utf-8").count("\n")


@given(st.text(alphabet="ab1.)-*•|#>~`\\ \t\n:!", max_size=80))
def test_any_text_is_looked_through(text: str) -> None:
    for line, column, code in torn(text, 1):
        assert 1 <= line <= text.count("\n") + 1
        assert column >= 1
        assert code in SAID


@given(st.lists(st.lists(st.sampled_from(["a", "`x|y`", "b\\|c", ""]), min_size=1, max_size=5), min_size=1, max_size=4))
def test_a_row_is_found_exactly_if_cells_of_it_are_left_out(rows: list[list[str]]) -> None:
    head = ["h"] * 3
    table = [f"| {' | '.join(row)} |" for row in (head, ["-"] * 3, *rows)]
    found = [line for line, _, code in torn("\n".join(table), 1) if code == "table-cells"]
    assert found == [number for number, row in enumerate(rows, start=3) if len(row) > 3]
