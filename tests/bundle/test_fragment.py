"""Shells are cut at their marks, and filled again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.bundle.fragment import File, Fragment, Shell, compress_shell, fragment_pieces, pack_shell, unpack_shell
from sendbook.bundle.look_up import page
from sendbook.bundle.pieces import Compressor, stored
from sendbook.bundle.prepared import object_digest, prepare

NAMES = ("title", "nav", "account", "contents", "content", "csrf", "description")
text = st.text(alphabet=st.characters(exclude_characters="@", exclude_categories=["Cs"]), max_size=30)


@given(
    text, st.lists(st.tuples(st.sampled_from(NAMES), text), max_size=10), st.dictionaries(st.sampled_from(NAMES), text)
)
def test_a_filled_shell_is_its_literals_with_the_values_between(first, rest, values):
    """Whatever marks it has, however often, known or not."""
    source = first + "".join(f"@@{mark}@@{literal}" for mark, literal in rest)
    shell = unpack_shell(*pack_shell(compress_shell(Shell.cut(source), Compressor())))
    expected = first + "".join(values.get(mark, "") + literal for mark, literal in rest)
    pieces = {mark: stored(value.encode()) for mark, value in values.items()}
    assert page(shell, pieces, deflated=False) == expected.encode()


@given(
    text,
    st.lists(st.tuples(st.sampled_from(NAMES), text), max_size=10),
    st.dictionaries(st.sampled_from(NAMES), text),
    st.dictionaries(st.sampled_from(NAMES), text),
)
def test_marks_may_be_filled_in_two_goes(first, rest, before, after):
    """What is the same on all pages of a session first, each page's own afterwards."""
    source = first + "".join(f"@@{mark}@@{literal}" for mark, literal in rest)
    shell = compress_shell(Shell.cut(source), Compressor())
    early, late = ({mark: stored(value.encode()) for mark, value in values.items()} for values in (before, after))
    filled = shell.filled(early)
    assert not set(filled.marks) & set(early)
    assert page(filled, late, deflated=True) == page(shell, late | early, deflated=True)


def test_a_mark_that_stands_twice_is_filled_twice():
    shell = compress_shell(Shell.cut("<title>@@title@@</title><b>@@title@@</b>"), Compressor())
    pieces = fragment_pieces(prepare(Fragment(title="Plan", content=""), Compressor()).body)
    assert page(shell, pieces, deflated=False) == b"<title>Plan</title><b>Plan</b>"


def test_a_shell_with_a_mark_too_many_is_refused():
    with pytest.raises(ValueError, match="one literal more"):
        Shell(("a", "b"), ("title", "nav"))


def test_a_value_that_looks_like_a_mark_is_left_alone():
    """What a parent writes is never filled in again."""
    shell = compress_shell(Shell.cut("<main>@@content@@</main>@@csrf@@"), Compressor())
    pieces = {"content": stored(b"I wrote @@csrf@@"), "csrf": stored(b"secret")}
    assert page(shell, pieces, deflated=False) == b"<main>I wrote @@csrf@@</main>secret"


def test_moving_a_border_between_fields_changes_the_digest():
    one = Fragment(title="ab", nav="c", content="d")
    other = Fragment(title="a", nav="bc", content="d")
    assert object_digest(one) != object_digest(other)


def test_what_search_finds_is_part_of_the_digest():
    assert len({object_digest(Fragment(title="a", content="b", search=search)) for search in (None, "", "c")}) == 3


def test_the_media_type_is_part_of_the_digest():
    assert object_digest(File(media_type="text/css", content=b"a")) != object_digest(
        File(media_type="text/plain", content=b"a")
    )
