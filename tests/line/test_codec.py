"""A message comes out as it went in; a line that is not exactly a message is refused, and nothing of it repeated."""

from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, fields
from typing import get_args, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.errors import LineError
from sendbook.line import codec
from sendbook.line.codec import decoded, encoded
from sendbook.line.messages import MESSAGES, Built, Message, PrintDocument

_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
_VALUES = {
    str: _TEXT,
    bytes: st.binary(max_size=80),
    bool: st.booleans(),
    int: st.integers(-(2**53), 2**53),
    tuple[str, ...]: st.lists(_TEXT, max_size=4).map(tuple),
}
_JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | _TEXT,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXT, inner, max_size=3),
    max_leaves=6,
)


def _message(kind: type[Message]) -> st.SearchStrategy[Message]:
    hints = get_type_hints(kind)
    return st.builds(kind, **{field.name: _VALUES[hints[field.name]] for field in fields(kind)})


MESSAGE = st.sampled_from(sorted(MESSAGES)).flatmap(lambda name: _message(MESSAGES[name]))


@given(MESSAGE)
def test_what_is_read_is_what_was_written_on_one_line(message: Message) -> None:
    line = encoded(message)
    assert line.index(b"\n") == len(line) - 1
    assert decoded(line) == message


def test_a_message_is_frozen() -> None:
    with pytest.raises(FrozenInstanceError):
        Built(published=True, whole=True).whole = False  # type: ignore[misc]


def test_every_message_has_a_name_on_the_line() -> None:
    assert set(MESSAGES.values()) == set(get_args(Message))


@given(st.binary(max_size=200))
def test_any_bytes_are_a_message_or_refused(line: bytes) -> None:
    with pytest.raises(LineError):
        decoded(line + b"\n")


@given(MESSAGE, st.data())
def test_a_line_with_one_value_changed_is_that_message_or_refused(message: Message, data: st.DataObject) -> None:
    said = json.loads(encoded(message))
    name = data.draw(st.sampled_from(sorted(said)))
    said[name] = data.draw(_JSON)
    line = json.dumps(said).encode() + b"\n"
    try:
        read = decoded(line)
    except LineError as error:
        told = str(error)
        assert len(told) < 80
    else:
        assert json.loads(encoded(read)) == said


@pytest.mark.parametrize(
    "line",
    [
        b'{"is":"built","published":true}\n',
        b'{"is":"built","published":true,"whole":true,"more":1}\n',
        b'{"is":"built","published":true,"whole":true,"whole":false}\n',
        b'{"is":"built","published":1,"whole":true}\n',
        b'{"is":"built","published":true,"whole":null}\n',
        b'{"is":["built"],"published":true,"whole":true}\n',
        b'{"published":true,"whole":true}\n',
        b'{"is":"built","published":true,"whole":true}',
        b'{"is":"built","published":true,"whole":true}\n\n',
        b'[{"is":"built","published":true,"whole":true}]\n',
        b'{"is":"no-message"}\n',
        b'{"is":"print","document":"a","data":"AB=="}\n',
        b'{"is":"print","document":"a","data":"A A="}\n',
        b'{"is":"print","document":"\\ud800","data":""}\n',
        b'{"is":"print","document":"\xff","data":""}\n',
        b'{"is":"print","document":NaN,"data":""}\n',
        b"[" * 100_000 + b"\n",
    ],
)
def test_what_is_not_exactly_a_message_is_refused(line: bytes) -> None:
    with pytest.raises(LineError):
        decoded(line)


@pytest.mark.parametrize("number", ["1.0", "1e3", "9007199254740993", "9" * 5000, "true", '"1"'])
def test_a_number_is_whole_and_of_bearable_size(number: str) -> None:
    line = f'{{"is":"begin-press","root":"","nothing":"","listening":{number},"hidden":[]}}\n'
    with pytest.raises(LineError):
        decoded(line.encode())


def test_half_a_character_is_not_sent() -> None:
    with pytest.raises(LineError):
        encoded(PrintDocument(document="\ud800", data=b""))


def test_a_line_of_the_greatest_length_is_read_and_one_byte_more_is_not(monkeypatch: pytest.MonkeyPatch) -> None:
    line = encoded(Built(published=True, whole=False))
    monkeypatch.setattr(codec, "MOST", len(line))
    assert decoded(encoded(Built(published=True, whole=False))) == Built(published=True, whole=False)
    monkeypatch.setattr(codec, "MOST", len(line) - 1)
    with pytest.raises(LineError):
        encoded(Built(published=True, whole=False))
    with pytest.raises(LineError):
        decoded(line)
