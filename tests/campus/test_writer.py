"""The canonical writer: everything comes back as it was, and a change of one field changes that field's lines."""

from __future__ import annotations

import copy
import difflib
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.strict_yaml import parse, positions
from sendbook.campus.writer import WIDTH, dump, rewrite

PROSE = "Reads with a partner each morning, then tells the group one thing that was new in the text of the day. "


def load(source: bytes) -> dict[str, Any]:
    parsed = parse(source, "f")
    assert parsed.problems == ()
    assert parsed.data is not None
    return parsed.data


# Everything but control characters, which no record holds, and lone surrogates, which no file can.
texts = st.text(st.characters(exclude_categories=["Cs", "Cc"], include_characters="\n\t\r\x85"))
awkward = st.sampled_from(
    [
        *(
            "no",
            "True",
            "~",
            "null",
            "010",
            "1e3",
            "12:30",
            "2026-11-23",
            "1.50",
            "-",
            "- a",
            "? b",
            "a: b",
            "a #b",
            "#",
        ),
        *(
            "a:",
            ":a",
            "'",
            '"',
            "it's",
            'say "hi"',
            "back\\slash",
            "\\n",
            " lead",
            "trail ",
            "%",
            "@me",
            "`x",
            "&a",
            "*b",
        ),
        *(
            "!c",
            "|",
            ">",
            ">-",
            "{a}",
            "[b]",
            "---",
            "...",
            "<<",
            "=",
            "\n",
            "\n\n",
            "a\n",
            "a\nb",
            "a\n\nb\n",
            "a\nb\n\n",
        ),
        *(
            " a\nb",
            "a \nb",
            "a\n b\n  c",
            "\ta",
            "a\tb",
            "a\n\tb",
            "a\r\nb",
            "\u2028",
            "a\u0085b",
            "\ufeff",
            "\ufffe",
            "",
        ),
        *("Łukasz", "王小明", "محمد", "🙂 ok", "\u00a0x", "x\u200by", "a  b", PROSE.strip() * 2, (PROSE * 3).strip()),
        *(
            "word " * 40,
            "x" * 300,
            "a  " * 60 + "z",
            "# " + PROSE * 2 + "end",
            "- " + PROSE * 2 + "end",
            PROSE + "\n" + PROSE,
        ),
        *("https://larkfield.example/a#b", "one\n\n- two\n- three\n", "x\n# y\n", "x\n---\ny", "1\n2"),
    ]
)
numbers = st.integers(-(10**17), 10**17) | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts | awkward
keys = (
    st.sampled_from(["id", "name", "note", "state", "summary", "needs", "on", "null", "1", "a b", "é", "", "<<"])
    | texts
)
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(keys, inner, max_size=4), max_leaves=12
)
records = st.dictionaries(keys, values, max_size=6)


@given(records)
def test_whatever_a_record_holds_comes_back(data: dict[str, Any]) -> None:
    assert load(dump(data)) == data


@given(awkward | texts, st.integers(0, 5))
@example("a\n\n", 0)
def test_any_text_comes_back_at_any_depth(text: str, depth: int) -> None:
    value: Any = text
    for level in range(depth):
        value = [value] if level % 2 else {"note": value}
    data = {"summary": value, "after": text}
    assert load(dump(data)) == data


@given(records)
def test_a_canonical_file_comes_out_as_it_went_in(data: dict[str, Any]) -> None:
    source = dump(data)
    assert dump(load(source)) == source
    assert rewrite(source, load(source)) == source


needs = st.lists(
    st.fixed_dictionaries({"id": st.from_regex(r"[a-z]{1,4}", fullmatch=True), "area": texts | awkward}),
    max_size=4,
    unique_by=lambda need: need["id"],
)
plans = st.fixed_dictionaries(
    {"state": st.sampled_from(["draft", "agreed"]), "summary": texts | awkward, "needs": needs},
    optional={"hours": numbers, "agreed": st.booleans(), "strategies": st.lists(texts | awkward, max_size=4)},
)


@given(plans, st.data())
def test_a_changed_field_changes_its_own_lines_only(plan_kind: Kind, plan: dict[str, Any], draw: st.DataObject) -> None:
    before = dump(plan, plan_kind)
    changed = copy.deepcopy(plan)
    at = draw.draw(st.sampled_from(["/summary", *(f"/needs/{number}/area" for number in range(len(plan["needs"])))]))
    group = changed["needs"][int(at.split("/")[2])] if at != "/summary" else changed
    group[at.rpartition("/")[2]] = draw.draw(texts | awkward)
    after = rewrite(before, changed, plan_kind)
    assert after == dump(changed, plan_kind)
    assert _without(after, at) == _without(before, at)


def _without(source: bytes, pointer: str) -> list[str]:
    """The lines of a file that are not a field's own."""
    places = positions(source)
    lines = source.decode().split("\n")
    begin = places[pointer].line - 1
    end = min((place.line - 1 for place in places.values() if place.line - 1 > begin), default=len(lines) - 1)
    return lines[:begin] + lines[end:]


def test_one_changed_number_is_one_changed_line(plan_kind: Kind) -> None:
    plan = {"state": "agreed", "summary": PROSE * 3 + "End.", "hours": 1.5, "strategies": ["One", "Two"]}
    before = dump(plan, plan_kind).decode().splitlines()
    after = dump({**plan, "hours": 2.5}, plan_kind).decode().splitlines()
    changes = [line for line in difflib.ndiff(before, after) if line[:1] in "+-"]
    assert changes == ["- hours: 1.5", "+ hours: 2.5"]


def test_fields_stand_in_the_order_of_the_schema_and_unknown_ones_after(plan_kind: Kind) -> None:
    data = {"zebra": 1, "needs": [{"note": "m", "id": "x", "area": "a"}], "apple": 2, "summary": "s", "state": "draft"}
    assert dump(data, plan_kind).decode() == (
        "state: draft\nsummary: s\nneeds:\n  - id: x\n    area: a\n    note: m\nzebra: 1\napple: 2\n"
    )


def test_long_text_is_folded_and_paragraphs_stand_as_they_are() -> None:
    text = (PROSE * 3).strip()
    lines = dump({"a": text, "b": [text], "c": "One.\n\nTwo.\n", "d": "One.\nTwo.", "e": "short"}).decode().splitlines()
    assert lines[0] == "a: >-"
    assert max(map(len, lines)) <= WIDTH
    assert "  - >-" in lines
    assert [line for line in lines if line.startswith(("c", "d", "e"))] == ["c: |", "d: |-", "e: short"]


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("plain words, with (brackets) & more", "plain words, with (brackets) & more"),
        ("2026-11-23", "2026-11-23"),
        ("12:30", "12:30"),
        ("7Q4K", "7Q4K"),
        ("no", '"no"'),
        ("010", '"010"'),
        ("", '""'),
        ("a: b", '"a: b"'),
        ("it's", "it's"),
        ('"Help me," she said: now', "'\"Help me,\" she said: now'"),
        ("C:\\temp # x", "'C:\\temp # x'"),
        ("tab\there", '"tab\\u0009here"'),
        ("Łukasz 王小明", "Łukasz 王小明"),
    ],
)
def test_text_is_quoted_only_where_it_must_be(text: str, written: str) -> None:
    assert dump({"a": text}).decode() == f"a: {written}\n"


@pytest.mark.parametrize("value", ["bell\x07", "\x00", "\ud800", float("nan"), 10**19, {"a"}, b"bytes"])
def test_what_no_record_can_hold_is_refused(value: Any) -> None:
    with pytest.raises(ValueError, match="can't hold"):
        dump({"a": value})


COMMENTED = b"""\
# yaml-language-server: $schema=../../schemas/plan.schema.json
# Written in the autumn.

# Draft until the family has agreed.
state: draft  # see minutes
summary: |  # two paragraphs
  One.

  Two.

needs:
  # The first one we saw.
  - id: talk  # keep this id
    area: Speech

    # Ask Ms Okafor first.
    note: >-
      A long note that goes on and on until it has to be folded, because it is longer than a line
      may be here.
# Spelling was added in May.
  - id: spell
    area: Spelling
strategies: []  # none yet
# The end.
"""
CANONICAL = COMMENTED.replace(b"\n# Spelling", b"\n  # Spelling")


def test_comments_and_blank_lines_are_kept(plan_kind: Kind) -> None:
    assert rewrite(COMMENTED, load(COMMENTED), plan_kind) == CANONICAL
    assert rewrite(CANONICAL, load(CANONICAL), plan_kind) == CANONICAL


def test_a_comment_stays_with_its_entry_when_others_come_before_it(plan_kind: Kind) -> None:
    data = load(CANONICAL)
    data["needs"].insert(0, {"id": "new", "area": "Hearing"})
    added = b"  - id: new\n    area: Hearing\n"
    assert rewrite(CANONICAL, data, plan_kind) == CANONICAL.replace(b"  # The first", added + b"  # The first")


def test_a_comment_goes_with_its_entry(plan_kind: Kind) -> None:
    data = load(CANONICAL)
    del data["needs"][0]
    left = rewrite(CANONICAL, data, plan_kind)
    assert b"Okafor" not in left
    assert b"  # Spelling was added in May.\n  - id: spell\n" in left


def test_a_comment_never_becomes_text() -> None:
    source = b"a:\n  b: x\n    # far in\nc: y\n"
    data = {**load(source), "a": {"b": "One.\nTwo."}}
    assert load(rewrite(source, data)) == data
    assert b"# far in" in rewrite(source, data)


def test_text_at_the_end_of_a_file_that_ends_in_no_line_break_is_not_a_comment() -> None:
    source = b"a: |-\n  one\n    # two"
    assert rewrite(source, load(source)) == source + b"\n"


def test_a_file_in_other_styles_keeps_every_comment_too(plan_kind: Kind) -> None:
    source = (
        b"--- # head\r\nneeds: [ {id: a,  # one\r\n  area: b}, # two\r\n  # three\r\n"
        b"  {id: c, area: 'd\r\n  e'} # four\r\n  ] # five\r\nstrategies:\r\n"
        b"- # six\r\n  x # seven\r\n-   y\r\n  # eight\r\nstate:   draft\r\n# nine"
    )
    written = rewrite(source, load(source), plan_kind)
    assert load(written) == load(source)
    for word in (b"head", b"one", b"two", b"three", b"four", b"five", b"six", b"seven", b"eight", b"nine"):
        assert written.count(b"# " + word) == 1
    assert rewrite(written, load(written), plan_kind) == written
    assert b"\r" not in written


comments = st.sampled_from(["", "# a note", "  # further in", "      # far: in", "#tight", "# - like an entry", "   "])


@given(plans, st.data())
def test_a_file_with_comments_anywhere_settles_at_once(
    plan_kind: Kind, plan: dict[str, Any], draw: st.DataObject
) -> None:
    lines = dump(plan, plan_kind).decode().split("\n")
    at = draw.draw(st.lists(st.tuples(st.integers(0, len(lines)), comments), max_size=5))
    for number, comment in sorted(at, reverse=True):
        lines.insert(number, comment)
    source = "\n".join(lines).encode()
    parsed = parse(source, "f")
    if parsed.data is None:
        return
    written = rewrite(source, parsed.data, plan_kind)
    assert load(written) == parsed.data
    assert rewrite(written, parsed.data, plan_kind) == written
    assert written.count(b"#") == source.count(b"#")


def test_a_file_with_problems_is_not_rewritten() -> None:
    with pytest.raises(ValueError, match="problems"):
        rewrite(b"a: 1\na: 2\n", {"a": 1})


def test_the_key_of_a_list_identifies_its_entries_for_comments(registry: SchemaRegistry) -> None:
    source = b"members:\n  - student: 7Q4K\n    minutes: 10\n  # longer\n  - student: 8B2M\n    minutes: 20\n"
    kind = registry.kinds["intervention"]
    assert rewrite(source, load(source), kind) == source
