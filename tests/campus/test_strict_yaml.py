"""The strict reader: what it types, what it refuses and where, and that nothing brings it down."""

from __future__ import annotations

import time
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.strict_yaml import MAX_BYTES, MAX_DEPTH, Position, parse, positions


def read(text: str | bytes) -> dict[str, Any]:
    parsed = parse(text.encode() if isinstance(text, str) else text, "records/a.yml")
    assert parsed.problems == ()
    assert parsed.data is not None
    return parsed.data


def codes(source: str | bytes) -> list[str]:
    parsed = parse(source.encode() if isinstance(source, str) else source, "records/a.yml")
    assert parsed.data is None
    return [problem.code for problem in parsed.problems]


@pytest.mark.parametrize(
    ("word", "value"),
    [
        *[("true", True), ("false", False), ("null", None), ("", None)],
        *[("0", 0), ("-7", -7), ("42", 42), ("999999999999999999", 999999999999999999)],
        *[("1.5", 1.5), ("-0.25", -0.25), ("12.0", 12.0)],
    ],
)
def test_numbers_truth_and_nothing_are_typed(word: str, value: object) -> None:
    found = read(f"a: {word}\n")["a"]
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    "word",
    [
        *("no", "yes", "on", "off", "y", "True", "TRUE", "False", "Null"),
        *("12:30", "09:05:10", "010", "007", "0x1F", "0o7", "1_000", "1e3", "1.5e3", "+5", ".5", "5.", ".inf", ".nan"),
        *("2026-11-23", "2026-11-23T10:00:00Z", "1234567890123456789", "--", "1-2", "=", "7Q4K"),
        "9" * 400 + ".0",
    ],
)
def test_whatever_could_be_meant_as_text_stays_text(word: str) -> None:
    assert read(f"a: {word}\n") == {"a": word}


def test_quoted_words_and_names_of_fields_are_always_text() -> None:
    assert read('"1": "true"\n2: \'null\'\nnull: ""\ntrue: "1.5"\n') == {
        "1": "true",
        "2": "null",
        "null": "",
        "true": "1.5",
    }


def test_blocks_lists_and_brackets_read_as_yaml_says() -> None:
    source = "a: >-\n  one\n  two\n\n  three\nb: |\n  x\n    y\nc: [1, {d: e}]\nf:\n- g\n- - h\n  - {}\n"
    assert read(source) == {
        "a": "one two\nthree",
        "b": "x\n  y\n",
        "c": [1, {"d": "e"}],
        "f": ["g", ["h", {}]],
    }


BAD = {
    "duplicate-key": ("a: 1\nb:\n  c: 1\n  c: 2\n", 4, 3),
    "anchor": ("a: &x 1\n", 1, 4),
    "alias": ("a: 1\nb: *x\n", 2, 4),
    "merge-key": ("a: 1\n<<: {b: 2}\n", 2, 1),
    "tag": ("a:\n  - !!str 1\n", 2, 5),
    "complex-key": ("? [1, 2]\n: 3\n", 1, 3),
    "several-documents": ("a: 1\n---\nb: 2\n", 2, 1),
    "not-a-mapping": ("# a list\n- a\n- b\n", 2, 1),
    "directive": ("%YAML 1.1\n---\na: 1\n", 1, 1),
    "tab": ("a:\n  b: 1\n\tc: 2\n", 3, 1),
    "bad-indent": ("a:\n    b: 1\n  c: 2\n", 3, 3),
    "syntax": ("a: 'never closed\n", 1, 4),
    "not-utf-8": ("ok: yes\nname: Zoë\n".encode("latin-1"), 2, 9),
    "control-character": ("a: one\nb: two\x07\n", 2, 7),
    "too-deep": ("a: 1\nb: " + "[" * 100, 2, 4 + MAX_DEPTH - 1),
}


@pytest.mark.parametrize("code", BAD)
def test_each_mistake_is_one_problem_with_its_place_and_a_way_out(code: str) -> None:
    source, line, column = BAD[code]
    parsed = parse(source if isinstance(source, bytes) else source.encode(), "records/a.yml")
    assert parsed.data is None
    (problem,) = parsed.problems
    assert (problem.code, problem.path, problem.line, problem.column) == (code, "records/a.yml", line, column)
    assert problem.message.endswith(".")
    assert problem.remedy.endswith(".")
    assert "{" not in problem.message


@pytest.mark.parametrize(
    ("code", "source"),
    [
        *[("empty", source) for source in ("", "\n\n", "# nothing yet\n", "---\n", "--- # nothing\n...\n")],
        *[("tag", source) for source in ("a: ! b\n", "a: !\n", "a: !thing {b: c}\n", "!!map\na: 1\n", "!x a: 1\n")],
        *[("anchor", source) for source in ("a: &x {b: 1}\n", "&x\na: 1\n", "&k a: 1\n", "a: &x\n")],
        *[("alias", source) for source in ("*k : 1\n", "a: [*x]\n")],
        *[("merge-key", source) for source in ("<<: *base\na: 1\n", "a: {<<: {b: 1}}\n")],
        *[("complex-key", source) for source in ("? {a: 1}\n: 2\n", "[a]: 1\n", "? \n: 2\n", "a: {? : 1}\n")],
        *[("not-a-mapping", source) for source in ("a\n", "a:b\n", "a\nb\nc: 1\n", "[1, 2]\n", '"a":1\n', "5\n")],
        *[
            ("tab", source)
            for source in ("\ta: 1\n", "a:\n\tb: 1\n", "a: x\n\tb: y\n", "a: |\n\tx\n", "a:\n  - b\n\t- c\n")
        ],
        *[("bad-indent", source) for source in ("a: 1\n  b: 2\n", "a:\n  - b\n - c\n", "a:\n  b: 1\n c: 2\n")],
        *[
            ("not-utf-8", source)
            for source in ("a: 1\n".encode("utf-16"), "a: 1\n".encode("utf-16-le"), b"a: \xed\xa0\x80\n")
        ],
        *[
            ("control-character", s)
            for s in ("a: \x00\n", 'a: "\\0"\n', '"\\x07": 1\n', "a: \u2028b\n", "a: \x85\n", "a: \x7f\n")
        ],
        *[("syntax", s) for s in ("a: b: c\n", "a: @b\n", "a: [1\n", 'a: "b" c\n', 'a: "\\q"\n', "a: - b\n")],
        *[("syntax", s) for s in ("a: > b\n", ": b\n", "a: 1\nb\n", "a: %b\n", "a: }\n", "%FOO\n---\na: 1\n")],
    ],
)
def test_more_forms_of_the_same_mistakes(code: str, source: str | bytes) -> None:
    assert codes(source) == [code]


def test_all_duplicate_keys_of_a_file_are_told_at_once() -> None:
    parsed = parse(b"a: 1\na: 2\nb:\n  - c: 1\n    c: 2\n    c: 3\n", "f")
    assert [(problem.code, problem.line) for problem in parsed.problems] == [
        ("duplicate-key", line) for line in (2, 5, 6)
    ]
    assert parsed.problems[1].found == "c"


@pytest.mark.parametrize("key", ["Mum said", "mum"])
def test_a_key_that_may_be_somebodys_words_is_not_repeated_in_a_message(key: str) -> None:
    (problem,) = parse(f"{key}: 1\n{key}: 2\n".encode(), "f").problems
    assert key not in f"{problem.message} {problem.remedy} {problem.pointer}"
    assert problem.found == key


def test_different_mistakes_are_told_together_up_to_the_one_that_ends_reading() -> None:
    assert codes("a: &x 1\nb: !t 2\nb: 3\n? [c]\n: *x\nd: 'open\n") == [
        *("anchor", "tag", "duplicate-key", "complex-key", "alias", "syntax")
    ]


def test_brackets_in_place_of_a_name_are_told_once_however_deep_they_go() -> None:
    assert codes("{a: 1}: 2\n[[b]]: 3\n") == ["complex-key", "complex-key"]
    assert codes("{" * 500_000) == ["complex-key", "too-deep"]


def test_depth_is_bounded_exactly() -> None:
    inside = MAX_DEPTH - 1
    assert read("a: " + "[" * inside + "]" * inside + "\n")
    assert codes("a: " + "[" * (inside + 1) + "]" * (inside + 1) + "\n") == ["too-deep"]


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_half_a_million_nested_brackets_are_refused_quickly(opening: str) -> None:
    source = ("a: " + opening * 500_000)[: MAX_BYTES - 1].encode()
    begin = time.process_time()
    problems = parse(source, "f").problems
    assert len(problems) >= 1
    positions(source)
    assert time.process_time() - begin < 5


def test_a_file_over_one_mebibyte_is_refused_unread() -> None:
    assert codes(b"a: " + b"x" * (MAX_BYTES - 2)) == ["too-large"]
    assert len(read(b"a: " + b"x" * (MAX_BYTES - 4) + b"\n")["a"]) == MAX_BYTES - 4


def test_line_ends_of_other_systems_are_read_alike() -> None:
    assert read("a: 1\r\nb: |\r\n  x\r\n  y\r\n") == {"a": 1, "b": "x\ny\n"}


def test_positions_are_those_of_keys_and_entries() -> None:
    source = b"a: 1\nb:\n  - c: 2\n    d/e: 3\n  - - 4\n    - x~y: 5\nf: {g: [6]}\n"
    assert positions(source) == {
        "": Position(1, 1),
        "/a": Position(1, 1),
        "/b": Position(2, 1),
        "/b/0": Position(3, 5),
        "/b/0/c": Position(3, 5),
        "/b/0/d~1e": Position(4, 5),
        "/b/1": Position(5, 5),
        "/b/1/0": Position(5, 7),
        "/b/1/1": Position(6, 7),
        "/b/1/1/x~0y": Position(6, 7),
        "/f": Position(7, 1),
        "/f/g": Position(7, 5),
        "/f/g/0": Position(7, 9),
    }


def test_positions_of_a_broken_file_reach_up_to_the_break() -> None:
    assert set(positions(b"a: 1\nb: 'open\n")) == {"", "/a", "/b"}


@given(st.binary(max_size=200) | st.text(alphabet="ab:-?[]{}!&*#|>'\"%@ \n\t0", max_size=60).map(str.encode))
def test_any_bytes_give_a_mapping_or_problems_but_never_an_exception(source: bytes) -> None:
    parsed = parse(source, "f")
    assert (parsed.data is None) == bool(parsed.problems)
    positions(source)
    for problem in parsed.problems:
        assert problem.line is None or 1 <= problem.line <= source.count(b"\n") + source.count(b"\r") + 1


@given(st.text(alphabet="ab:-?[]{}!&*#|>'\"%@ \n0<", max_size=60))
def test_a_file_we_accept_has_the_shape_that_plain_yaml_gives_it(text: str) -> None:
    parsed = parse(text.encode(), "f")
    if parsed.data is not None:
        assert _texts(parsed.data) == _texts(yaml.load(text, Loader=yaml.CBaseLoader))  # noqa: S506 - texts only


def _texts(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: _texts(inner) for name, inner in value.items()}
    if isinstance(value, list):
        return [_texts(inner) for inner in value]
    return "" if value is None else str(value)
