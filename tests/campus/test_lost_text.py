"""What a person types after a field's colon arrives as it was typed, or a finding names its place."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendbook.campus.front_matter import split
from sendbook.campus.list_marks import LIST_MARK
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump, rewrite
from tests.campus.test_writer import PROSE, awkward, records, texts

# What is typed below "note", by the text that arrives. Everything else of a line is there to be seen.
ARRIVES = {
    "plain words": "plain words",
    "cupboard #2": None,
    "C# club, room a#b": "C# club, room a#b",
    "'cupboard # 2 has the EpiPen'": "cupboard # 2 has the EpiPen",
    '"cupboard # 2"': "cupboard # 2",
    "  two  spaces  within  ": "two  spaces  within",
    "\tafter a tab\tand one within": "after a tab\tand one within",
    "-5 degrees": "-5 degrees",
    "-- and then": "-- and then",
    "--- so": "--- so",
    "... and then": "... and then",
    "?why": "?why",
    "ends at 12:30, see https://larkfield.example/a": "ends at 12:30, see https://larkfield.example/a",
    "07700900123": "07700900123",
    "+44 7700 900123": "+44 7700 900123",
    "1_000": "1_000",
    "0x10": "0x10",
    "12e3": "12e3",
    ".5": ".5",
    "5.": "5.",
    "007": "007",
    "Null": "Null",
    "'~'": "~",
    "~ 5 minutes": "~ 5 minutes",
    "1:30": "1:30",
    "2026-11-03": "2026-11-03",
    "010": "010",
    "on": "on",
    ".inf": ".inf",
    "yes": "yes",
    "No": "No",
    "True": "True",
    "=": "=",
    "<b>": "<b>",
    'it\'s, she said, "so"': 'it\'s, she said, "so"',
    "'it''s'": "it's",
    '"she said \\"so\\""': 'she said "so"',
    "C:\\new\\temp": "C:\\new\\temp",
    "'C:\\new'": "C:\\new",
    "\u00a0with no-break space\u00a0": "\u00a0with no-break space\u00a0",
    "soft\u00adhyphen, zero\u200bwidth": "soft\u00adhyphen, zero\u200bwidth",
    "|\n  One\n  - two\n    - three\n  # four\n\n  | five |  \n": "One\n- two\n  - three\n# four\n\n| five |  \n",
    "|-\n  one\n  two\n\n\n": "one\ntwo",
    "|+\n  one\n\n\n": "one\n\n\n\n",
    ">-\n  one paragraph that\n  goes on\n\n  and another": "one paragraph that goes on\nand another",
    ">-\n  kept apart:\n\n  - one\n  - two": None,
    ">-\n  kept apart:\n\n  - one\n\n  - two": "kept apart:\n- one\n- two",
    ">-\n  further in\n    - one\n    - two\n  and on": "further in\n  - one\n  - two\nand on",
    "|2\n    starts further in\n  and on": "  starts further in\nand on\n",
    "\n  on the line below": "on the line below",
}

# What is typed, by the code, line and column of the finding; "note: " is six characters long.
LOST: dict[str, tuple[str, int, int]] = {
    "Never give nuts, cupboard # 2 has the EpiPen": ("text-after-hash", 1, 33),
    "#1 priority": ("text-after-hash", 1, 7),
    "tab\t# two": ("text-after-hash", 1, 11),
    "'quoted' # two": ("text-after-hash", 1, 16),
    "'quoted'#two": ("text-after-hash", 1, 15),
    "'quoted # one' # two": ("text-after-hash", 1, 22),
    "12 # of them": ("text-after-hash", 1, 10),
    ">- # two\n  text": ("text-after-hash", 1, 10),
    "# two\n  text": ("text-after-hash", 1, 7),
    "\n  - one # two": ("text-after-hash", 2, 9),
    "\n  - # two\n    one": ("text-after-hash", 2, 5),
    "\n  # two\n  text": ("hash-within-text", 2, 3),
    "|\n    one\n  # two": ("hash-within-text", 3, 3),
    "one\n  # two": ("hash-within-text", 2, 3),
    "\n  - one\n    # two\n  - three": ("hash-within-text", 3, 5),
    "one\n  two": ("text-over-lines", 1, 7),
    "one\n  - two\n  - three": ("text-over-lines", 1, 7),
    "one\n\n  two": ("text-over-lines", 1, 7),
    "\n  -one\n  -two": ("text-over-lines", 2, 3),
    "\n  12 High Street\n  Larkfield": ("text-over-lines", 2, 3),
    "'Tis so\nother: the boys'": ("quotes-over-lines", 1, 7),
    '"one\n  two"': ("quotes-over-lines", 1, 7),
    '"one \\\n  two"': ("quotes-over-lines", 1, 7),
    ">\n  Bring:\n  - a pump": ("list-in-one-line", 3, 3),
    ">-\n  One\n\n  Bring:\n  1. a pump": ("list-in-one-line", 5, 3),
    ">-\n  Bring:\n  • a pump": ("list-in-one-line", 3, 3),
    ">-\n  Bring:\n  o\ta pump": ("list-in-one-line", 3, 3),
    ">-\n  | a | b |\n  | c | d |": ("list-in-one-line", 3, 3),
    ">-\n  Bring\n  # Then": ("list-in-one-line", 3, 3),
    '"C:\\new"': ("backslash-in-quotes", 1, 10),
    '"C:\\temp"': ("backslash-in-quotes", 1, 10),
    '"\\\\server"': ("backslash-in-quotes", 1, 8),
    '"caf\\u00e9"': ("backslash-in-quotes", 1, 11),
    '"\\x41"': ("backslash-in-quotes", 1, 8),
    '"a\\/b"': ("backslash-in-quotes", 1, 9),
    ">5": ("digit-after-mark", 1, 7),
    "|-2": ("digit-after-mark", 1, 7),
    ">": ("no-text-below", 1, 7),
    "|-": ("no-text-below", 1, 7),
    "[use pictures, not words]": ("text-in-brackets", 1, 8),
    "one\rother: two": ("lone-return", 1, 10),
}

# What YAML itself refuses, or reads as no text; the schema says so of a text (see tests/checks/test_typed_text.py).
REFUSED = (
    *("one: two", "ends so:", ": x", "- one", "-", "* one", "*one*", "**one**", "& one", "&one", "! one", "!one"),
    *(
        "% one",
        "@one",
        "`one`",
        "[one] two",
        "[one](two)",
        "{one} two",
        "> 5",
        "| one",
        "? one",
        ", one",
        "] one",
        "} one",
    ),
    *('"one" two', "'one' two", "'it's'", '"open', "'open", '"\\q"', "one\n---\ntwo", "one\n...\ntwo", "one\nother\n"),
    *("bell\x07", "\u2028x", "\x85x", "null\x00"),
)


@pytest.mark.parametrize("typed", ARRIVES)
def test_what_is_typed_arrives(typed: str) -> None:
    parsed = parse(f"note: {typed}\nafter: 1\n".encode(), "f")
    arrived = ARRIVES[typed]
    if arrived is None:
        assert parsed.lost
    else:
        assert (parsed.data, parsed.problems, parsed.lost) == ({"note": arrived, "after": 1}, (), ())


@pytest.mark.parametrize("typed", LOST)
def test_what_would_be_lost_is_found_where_it_is_with_what_to_do(typed: str) -> None:
    parsed = parse(f"note: {typed}\n".encode(), "f")
    assert parsed.problems == ()
    assert parsed.data is not None, "an earlier version is read as it was"
    first = parsed.lost[0]
    assert (first.code, first.line, first.column) == LOST[typed]
    assert first.path == "f"
    assert first.message.endswith(".")
    assert first.remedy.endswith(".")
    assert "EpiPen" not in first.message + first.remedy


@pytest.mark.parametrize("typed", REFUSED)
def test_what_yaml_cannot_read_as_text_is_a_problem_that_says_what_to_do(typed: str) -> None:
    parsed = parse(f"note: {typed}\n".encode(), "f")
    assert parsed.data is None
    assert parsed.problems[0].line is not None
    assert parsed.problems[0].message != "The file can't be read from here on."


@pytest.mark.parametrize(
    "source",
    [
        (
            "# head\n\n# about a\na: 1\n# about b\nb:\n  # the first\n  - id: x\n    c: y\n    # about d\n"
            "    d: |\n      z\n  # second\n  - id: w\n# the end\n"
        ),
        "a: >-\n  x # y\n  z\n\n# foot\n",
        "a:\n  - x\n  # about y\n  - y\n",
        "a:\r\n  - x\r\n# about b\r\nb: y\r\n",
    ],
)
def test_comments_on_lines_of_their_own_stay(source: str) -> None:
    parsed = parse(source.encode(), "f")
    assert (parsed.problems, parsed.lost) == ((), ())


def test_the_top_of_a_handbook_page_is_read_as_carefully() -> None:
    page = split(b"---\nid: a\ntitle: Cupboard # 2\n---\n\n# Text # with marks\n", "handbook/a.md")
    (problem,) = page.problems
    assert (problem.code, problem.line, problem.column) == ("text-after-hash", 3, 17)


typed_texts = st.text(alphabet="ab1:-?[]{}!&*#|>'\"%@`~\\, \t.n", max_size=24) | st.text(max_size=20) | awkward


@given(typed_texts)
@example("a # b")
@example(">2")
@example("'a'#b")
def test_any_line_typed_after_a_colon_arrives_or_is_found(typed: str) -> None:
    line = re.sub("[\n\r]", " ", typed)
    parsed = parse(f"before: x\nnote: {line}\nafter: y\n".encode(errors="replace"), "f")
    if parsed.data is None or parsed.lost:
        return
    assert list(parsed.data) == ["before", "note", "after"]
    assert (parsed.data["before"], parsed.data["after"]) == ("x", "y")
    note = parsed.data["note"]
    if isinstance(note, str):
        assert note == _meant(line.encode(errors="replace").decode())


@given(st.lists(typed_texts, min_size=2, max_size=4), st.sampled_from(["", "|", ">-"]))
@example(["Bring", "- a pump"], ">-")
def test_any_lines_typed_arrive_or_are_found(typed: list[str], mark: str) -> None:
    lines = [re.sub("[\n\r]", " ", line).strip(" \t") for line in typed]
    source = "note: " + mark + "".join(f"\n  {line}" for line in lines) + "\nafter: y\n"
    parsed = parse(source.encode(errors="replace"), "f")
    if parsed.data is None or parsed.lost or not isinstance(parsed.data["note"], str):
        return
    lines = [line.encode(errors="replace").decode() for line in lines]
    words = parsed.data["note"].split()
    if mark:
        assert words == " ".join(lines).split()
    if mark == "|":
        assert parsed.data["note"].strip("\n") == "\n".join(lines).strip("\n")
    if mark == ">-":
        joined = [line for before, line in pairwise(lines) if before]
        assert not any(re.match(LIST_MARK, line) for line in joined)


def _meant(line: str) -> str:
    """A line without the spaces around it and the quotation marks around the whole."""
    text = line.strip(" \t")
    if len(text) > 1 and text[0] == text[-1] == "'":
        return text[1:-1].replace("''", "'")
    if len(text) > 1 and text[0] == text[-1] == '"':
        needed = re.search(r"\\u", text) is not None
        return re.sub(
            r'\\(u[0-9A-F]{4}|["\\])',
            lambda found: chr(int(found[1][1:], 16)) if found[1][0] == "u" and needed else found[1],
            text[1:-1],
        )
    return text


@given(records)
def test_what_the_writer_writes_loses_nothing(data: dict[str, Any]) -> None:
    assert parse(dump(data), "f").lost == ()


@given(
    st.lists(texts | awkward | st.sampled_from(["\u2013 60 minutes", "- and", "1. one", PROSE]), min_size=1, max_size=6)
)
def test_long_text_is_never_folded_before_what_would_pass_for_a_list(pieces: list[str]) -> None:
    text = " ".join([PROSE.strip(), *pieces, PROSE.strip()])
    parsed = parse(dump({"note": text}), "f")
    assert (parsed.data, parsed.lost) == ({"note": text}, ())


def test_a_comment_on_the_line_of_a_value_stays_a_finding_when_the_file_is_rewritten() -> None:
    """Moved to a line of its own it would look meant, and the words would be gone from the text for good."""
    source = b"note: Never nuts, cupboard # 2\n"
    before = parse(source, "f")
    assert before.data is not None
    written = rewrite(source, before.data)
    assert [problem.code for problem in parse(written, "f").lost] == ["text-after-hash"]


def test_a_comment_right_after_a_quotation_mark_does_not_become_text() -> None:
    source = b"note: 'one'#two\n"
    before = parse(source, "f")
    assert before.data is not None
    assert parse(rewrite(source, before.data), "f").data == before.data


def test_a_long_line_of_spaces_takes_no_time() -> None:
    parsed = parse(b"note: 'x'" + b" " * 1_000_000 + b"#x\n", "f")
    assert [problem.code for problem in parsed.lost] == ["text-after-hash"]


def test_a_mark_that_yaml_reads_hides_no_text_that_is_lost() -> None:
    source = b"source: &Paed clinic letter\nnote: Tue and Thu # both days\n"
    assert {one.code for one in parse(source, "plan.yml").problems} == {"anchor", "text-after-hash"}
