"""A text over several lines, typed as in a word processor, is shown in round one as it should be written."""

from __future__ import annotations

import pytest

from sendbook.campus.strict_yaml import parse

WRITTEN = """Write it like this:
summary: |
  Ruby is ten: she reads slowly.
  She likes books about ships."""
LISTED = """Write it like this:
summary: |
  Ruby is ten.
  - she reads
  - she writes"""

TYPED = [
    ("summary: Ruby is ten: she reads slowly.\nShe likes books about ships.\n", WRITTEN),
    ("summary: Ruby is ten: she reads slowly.\n  She likes books about ships.\n", WRITTEN),
    ("summary: Ruby is ten: she reads slowly.\n\nShe likes books about ships.\n", WRITTEN),
    ("summary:\nRuby is ten: she reads slowly.\nShe likes books about ships.\n", WRITTEN),
    ("summary:Ruby is ten: she reads slowly.\nShe likes books about ships.\n", WRITTEN),
    ('summary: "Ruby is ten: she reads slowly.\nShe likes books about ships."\n', WRITTEN),
    ('summary: "Ruby is ten: she reads slowly.\nShe likes books about ships.\n', WRITTEN),
    ("summary: 'Ruby is ten: she reads slowly.\n  She likes books about ships.'\n", WRITTEN),
    ("summary: |\nRuby is ten: she reads slowly.\nShe likes books about ships.\n", WRITTEN),
    ("summary: Ruby is ten.\n- she reads\n- she writes\n", LISTED),
    ("summary: Ruby is ten.\n  - she reads\n  - she writes\n", LISTED),
    ("summary: >-\nRuby is ten.\n  - she reads\n  - she writes\n", None),
]


@pytest.mark.parametrize(("typed", "shown"), TYPED, ids=[typed for typed, _ in TYPED])
@pytest.mark.parametrize("after", ["", "lead: p-3ccc\n", "# who\nlead: p-3ccc\n"], ids=["last", "first", "comment"])
def test_the_whole_text_is_shown_below_the_mark_in_the_first_round(typed: str, shown: str | None, after: str) -> None:
    (problem,) = (
        parse(f"state: draft\n{typed}{after}".encode(), "x").problems
        or parse(f"state: draft\n{typed}{after}".encode(), "x").lost
    )
    assert problem.code in ("text-over-lines", "quotes-over-lines")
    assert problem.line == 2
    assert "Write “|”" in problem.remedy or "write “|”" in problem.remedy
    assert "Ruby" not in problem.message + problem.remedy
    if shown is not None:
        assert problem.hint == shown


@pytest.mark.parametrize(("typed", "shown"), TYPED[:-1], ids=[typed for typed, _ in TYPED[:-1]])
def test_what_is_shown_reads_back(typed: str, shown: str) -> None:
    parsed = parse(f"{shown.partition(chr(10))[2]}\nlead: p-3ccc\n".encode(), "x")
    assert parsed.problems == parsed.lost == ()
    assert parsed.data is not None
    assert parsed.data["summary"].count("\n") == shown.count("\n") - 1


def test_a_text_within_an_entry_keeps_its_indent_and_a_long_one_is_cut() -> None:
    source = "targets:\n  - id: a\n    why: Because\n    - one\n    - two\n    - three\n    - four\n    goal: 3\n"
    (problem,) = parse(source.encode(), "x").problems
    assert problem.line == 3
    assert problem.hint.splitlines()[1:] == [
        *("    why: |", "      Because", "      - one", "      - two", "      - three", "      … and so on"),
    ]
    entry = "strategies:\n  - Sit near the front\n    and remember: look up\n  - Other\n"
    (problem,) = parse(entry.encode(), "x").problems
    assert problem.hint.splitlines()[1:] == ["  - |", "    Sit near the front", "    and remember: look up"]


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("a: 1\nstate\n", "syntax"),
        ("a: b: c\nYear group: 7\n", "syntax"),
        ("a:\n  - b\n - c\n", "bad-indent"),
        ("a: 1\n  b: 2\n", "bad-indent"),
        ("a: [one,\n  two\nb: c\n", "syntax"),
    ],
)
def test_what_is_no_text_over_lines_is_not_called_one(typed: str, code: str) -> None:
    assert [one.code for one in parse(typed.encode(), "x").problems] == [code]


MANY = """summary: Mum said: yes
state:draft
note: @home
lead: 'never closed
plan: "one" and "two"
targets:
  - id: a
    why: He says: no
    context: [at home
  - id: b
    why: She says: no
text: One
two
three
last: 1 # left out
"""


def test_every_place_of_a_file_is_named_at_once_and_the_last_says_there_may_be_more() -> None:
    problems = parse(MANY.encode(), "x").problems
    assert [one.line for one in problems] == [1, 2, 3, 4, 5, 8, 9, 11, 12, 15]
    assert [one.hint for one in problems[:3]] == [
        'Write “summary: "Mum said: yes"”.',
        "Write “state: draft”.",
        'Write “note: "@home"”.',
    ]
    assert [one.line for one in problems if "There may be more to correct in this file" in one.remedy] == [12]


def test_all_tabs_are_named_at_once() -> None:
    problems = parse(b"name:\n\tfull: Ada\n\tknown_as: Ada\nneeds:\n\t- id: a\n\t  type: ASD\n", "x").problems
    assert [(one.code, one.line) for one in problems][:4] == [("tab", 2), ("tab", 3), ("tab", 5), ("tab", 6)]


def test_after_an_indent_that_fits_nothing_no_more_is_made_out() -> None:
    """What comes after may only follow from it."""
    problems = parse(b"a: b: c\nd:\n  - e\n - f\ng: h: i\n", "x").problems
    assert [one.line for one in problems] == [1]
    assert problems[0].remedy.endswith("once this is done.")


UNCOMMENTED = """id: tiny
terms:
  - id: a
    half_term:
      start: 2026-10-26
 teaching_groups:
   - id: 8-english
"""


@pytest.mark.parametrize("source", [UNCOMMENTED, "id: tiny\n teaching_groups:\n   - id: a\n"])
def test_an_example_without_its_hash_is_told_to_begin_at_the_left_edge(source: str) -> None:
    (problem,) = parse(source.encode(), "x").problems
    assert problem.code == "bad-indent"
    assert source.splitlines()[(problem.line or 0) - 1] == " teaching_groups:"
    assert problem.remedy.startswith("Begin it at the left edge: take one space away here")


def test_an_indent_deeper_in_names_both_places_a_field_can_begin() -> None:
    (problem,) = parse(b"name:\n    full: Ada\n  known_as: Ada\n", "x").problems
    assert problem.code == "bad-indent"
    assert problem.remedy.startswith("Begin the line at the left edge, if it is a field of the record itself. If not, ")
