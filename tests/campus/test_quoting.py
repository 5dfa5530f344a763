"""What needs quotation marks is shown in the right ones, whatever it holds; how a file begins does not matter."""

from __future__ import annotations

import codecs

import pytest

from sendbook.campus.paths import misplaced
from sendbook.campus.quoting import in_quotes, line_in_quotes
from sendbook.campus.salvage import salvage
from sendbook.campus.strict_yaml import parse, positions
from sendbook.campus.writer import rewrite

TYPED = [
    ("note: likes: trains", 'note: "likes: trains"'),
    ('note: He said: "yes"', "note: 'He said: \"yes\"'"),
    ('said: "Yes" he said', "said: '\"Yes\" he said'"),
    ('said: "He said "yes" today"', "said: 'He said \"yes\" today'"),
    ('said: "Yes" and "No"', 'said: \'"Yes" and "No"\''),
    ("note: 'it's fine'", 'note: "it\'s fine"'),
    ("note: 'tis the season", 'note: "\'tis the season"'),
    ('note: "never closed', 'note: "never closed"'),
    ("note: @home", 'note: "@home"'),
    ("note: *important* thing", 'note: "*important* thing"'),
    ("note: !important", 'note: "!important"'),
    ("note: > 5 a day", 'note: "> 5 a day"'),
    ("note: - b", 'note: "- b"'),
    ("list:\n  - likes: trains: big", '- likes: "trains: big"'),
]


@pytest.mark.parametrize(("typed", "shown"), TYPED)
def test_a_line_that_can_not_be_read_is_shown_as_it_should_be(typed: str, shown: str) -> None:
    (problem,) = parse(f"{typed}\n".encode(), "records/x.yml").problems
    assert problem.hint == f"Write “{shown}”."
    assert problem.hint not in problem.message + problem.remedy


@pytest.mark.parametrize(("typed", "shown"), TYPED)
def test_what_is_shown_can_be_read(typed: str, shown: str) -> None:
    parsed = parse(f"x:\n  {shown}\n".encode(), "records/x.yml")
    assert parsed.problems == parsed.lost == ()


@pytest.mark.parametrize("text", ["plain", 'with "marks"', "it's", "C:\\new", "both 'a' and \"b\""])
def test_text_in_quotes_reads_back_as_it_was(text: str) -> None:
    assert parse(f"a: {in_quotes(text)}\n".encode(), "x").data == {"a": text}


@pytest.mark.parametrize("line", ["note:", "", "  ", "note: \u202eabc", f"note: {'x' * 200}"])
def test_nothing_is_shown_for_what_has_no_text_or_can_not_be_shown(line: str) -> None:
    assert line_in_quotes(line) == ""


SOURCE = b"# Written by hand\nid: p-3f8q\nname:\n  full: Ada\n"


def test_the_mark_of_a_windows_editor_changes_nothing_and_is_not_written_again() -> None:
    marked = codecs.BOM_UTF8 + SOURCE
    assert parse(marked, "x") == parse(SOURCE, "x")
    assert positions(marked) == positions(SOURCE)
    data = parse(marked, "x").data
    assert data is not None
    assert rewrite(marked, data) == rewrite(SOURCE, data)
    broken = b"id: p-3f8q\nname: [\n"
    assert salvage(codecs.BOM_UTF8 + broken) == salvage(broken)
    assert salvage(broken).data == {"id": "p-3f8q"}


def test_a_problem_after_the_mark_has_the_place_an_editor_shows() -> None:
    (problem,) = parse(codecs.BOM_UTF8 + b"a: b: c\n", "x").problems
    assert (problem.line, problem.column) == (1, 5)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be"])
def test_utf_16_is_called_by_the_name_windows_gives_it(encoding: str) -> None:
    (problem,) = parse("id: p-3f8q\n".encode(encoding), "x").problems
    assert problem.code == "not-utf-8"
    assert "“Unicode”" in problem.message
    assert "UTF-8" in problem.remedy


def test_line_ends_of_windows_are_read_alike() -> None:
    assert parse(SOURCE.replace(b"\n", b"\r\n"), "x").data == parse(SOURCE, "x").data


@pytest.mark.parametrize(
    ("folder", "hint"),
    [("7QI4", "Did you mean “7Q14”?"), ("7q4k", "Did you mean “7Q4K”?"), ("1234", ""), ("7Q4", ""), ("A1B2C", "")],
)
def test_a_folder_that_was_meant_as_a_student_s_is_told_how_ids_look(folder: str, hint: str) -> None:
    """It may not be taken for a place that is unknown, or for somebody's name."""
    problem = misplaced(f"records/students/{folder}/student.yml")
    assert (problem.code, problem.hint) == ("unknown-place", hint)
    assert "I, L, O and U are not used" in problem.remedy


@pytest.mark.parametrize("path", ["records/students/maya/student.yml", "records/students/Anna/plan.yml"])
def test_a_folder_called_by_a_name_is_still_told_so_or_not_known(path: str) -> None:
    assert "I, L, O and U" not in misplaced(path).remedy
