"""Walks a YAML source a second time, for places: where each key, entry and value begins and ends.

Positions for findings and the comments the writer keeps both rest on it. It says nothing about whether the
file is good; that is decided in `strict_yaml`. Lines and columns count from 0 here, as libyaml's marks do.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from yaml._yaml import CParser
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

MAX_DEPTH = 64

_BRACKETS = {SequenceStartEvent: "[", MappingStartEvent: "{"}

Path = tuple[str | int, ...]
Place = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Token:
    """A piece of the source: ``entry`` says that a field or a list's entry begins with it.

    ``style`` is the mark a text begins with (a quotation mark, ``|`` or ``>``), or the bracket of a list or group.
    """

    path: Path
    entry: bool
    start: Place
    end: Place
    style: str = ""


@dataclass(slots=True)
class _Open:
    """A collection being walked: where it is, and the key or index of the entry at hand."""

    path: Path
    is_list: bool
    at: str | int | None = None
    count: int = 0

    def begin(self, name: str) -> bool:
        """Steps to the next entry, and says whether one begins here (a mapping's value begins none)."""
        if self.is_list:
            self.at, self.count = self.count, self.count + 1
            return True
        if self.at is None:
            self.at = name
            return True
        return False

    def finish_value(self) -> None:
        """After a mapping's value the next scalar is a key again."""
        if not self.is_list:
            self.at = None


def walk(source: bytes) -> Iterator[Token]:
    """The tokens of a source in order; raises yaml's errors where the source has them, and stops when too deep."""
    parser = CParser(source)
    stack: list[_Open] = []
    while True:
        event: Any = parser.get_event()
        if event is None or isinstance(event, StreamEndEvent):
            return
        if isinstance(event, MappingStartEvent | SequenceStartEvent):
            yield _open(event, stack)
            if len(stack) > MAX_DEPTH:
                return
        elif isinstance(event, MappingEndEvent | SequenceEndEvent):
            yield _token(stack.pop().path, event, entry=False)
            _value_done(stack)
        elif isinstance(event, ScalarEvent | AliasEvent) and stack:
            yield _scalar(event, stack[-1])


def _open(event: Any, stack: list[_Open]) -> Token:
    entry = False
    path: Path = ()
    if stack:
        entry = stack[-1].begin("")
        path = (*stack[-1].path, stack[-1].at if stack[-1].at is not None else "")
    stack.append(_Open(path, isinstance(event, SequenceStartEvent)))
    return _token(path, event, entry=entry)


def _scalar(event: Any, parent: _Open) -> Token:
    entry = parent.begin(getattr(event, "value", ""))
    path = (*parent.path, parent.at if parent.at is not None else "")
    if not entry:
        parent.finish_value()
    return _token(path, event, entry=entry)


def _value_done(stack: list[_Open]) -> None:
    if stack:
        stack[-1].finish_value()


def _token(path: Path, event: Any, *, entry: bool) -> Token:
    start, end = event.start_mark, event.end_mark
    style = event.style or "" if isinstance(event, ScalarEvent) else _BRACKETS.get(type(event), "")
    if style in _BRACKETS.values() and not event.flow_style:
        style = ""
    return Token(path, entry, (start.line, start.column), (end.line, end.column), style)
