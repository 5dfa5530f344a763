"""Reads a record from YAML, strictly: what could be misread is a problem with line and column, never a guess.

Records are built from libyaml's events. Its composer, which makes nodes, runs out of stack on deeply nested
input and takes the process with it; events don't nest, so depth is ours to bound. Which values are numbers or
true/false is decided in `scalars`, how a syntax error is told in `yaml_words`; places of values come from a
second pass (`positions`), because only files with something to say about need them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from sys import intern
from typing import Any

from yaml import YAMLError
from yaml._yaml import CParser
from yaml.events import (
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
    StreamEndEvent,
)

from sendbook.campus import yaml_words
from sendbook.campus.lost_text import begins_listed, lost_text, may_be_listed, suspicious
from sendbook.campus.problems import Problem
from sendbook.campus.read_on import MAYBE_MORE, passed
from sendbook.campus.scalars import NUMBER_BEGINS, WORDS, typed
from sendbook.campus.yaml_walk import MAX_DEPTH, walk

MAX_BYTES = 1024 * 1024
# More mistakes than anybody corrects in one go.
MOST_PROBLEMS = 20
# Counted up when the same bytes would be read differently, so that caches of parsed records start afresh.
DIALECT = 3

# Control characters that an escape such as "\0" may put into text; line breaks and tabs are wanted there.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f]")
# Stands for a key that is itself a problem, so that the file can be read on; no key can equal it.
_NO_NAME = "\0"
_ODD_KEYS = frozenset({"", "<<"})


@dataclass(frozen=True, slots=True)
class Parsed:
    """What a file holds, or what is wrong with it: ``data`` is None exactly when there are problems.

    ``lost`` is what YAML has dropped or changed of what a person typed (see `lost_text`). The data is what YAML makes
    of the file all the same: an earlier version is read as it was then. Of a file of today nothing is published.
    """

    data: dict[str, Any] | None
    problems: tuple[Problem, ...]
    lost: tuple[Problem, ...] = ()


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a file; line and column count from 1."""

    line: int
    column: int

    def in_words(self) -> str:
        """The place for people: ``line 12, column 7``."""
        return f"line {self.line}, column {self.column}"


class _Stop(Exception):  # noqa: N818 - not an error: the file can't be read on
    """Raised with the last problem of a file."""


def parse(source: bytes, path: str) -> Parsed:
    """The mapping a record's bytes hold, or every problem found in them."""
    source = yaml_words.without_mark(source)
    unreadable = too_large(len(source), path) or yaml_words.unreadable(source, path)
    if unreadable:
        return Parsed(None, (unreadable,))
    build = _Build(path, source)
    try:
        data = build.document(CParser(source))
    except _Stop:
        data = None
    except YAMLError as error:
        return Parsed(None, _every_problem(build, yaml_words.syntax_problem(error, source, path), source))
    # Of a file that can be read to its end everything is reported in one run.
    lost = lost_text(source, path) if data is not None and (build.doubtful or suspicious(source)) else ()
    if build.problems:
        lines = {problem.line for problem in build.problems}
        return Parsed(None, (*build.problems, *(one for one in lost if one.line not in lines)))
    return Parsed(data, (), lost)


def _every_problem(build: _Build, problem: Problem, source: bytes) -> tuple[Problem, ...]:
    """The problems of a file that YAML can't read to its end: each place is passed over, to see what comes after it."""
    path, syntax = build.path, [problem]
    lost: tuple[Problem, ...] = ()
    while len(syntax) < MOST_PROBLEMS:
        if syntax[-1].code == "tab":
            syntax += yaml_words.other_tabs(source, path, syntax[-1].line or 0)
        read_on = passed(source, syntax[-1])
        if read_on is None:
            break
        source, again = read_on, _Build(path, read_on)
        try:
            again.document(CParser(source))
        except _Stop:
            break
        except YAMLError as error:
            found = yaml_words.syntax_problem(error, source, path)
            if found.code == "bad-indent" or (found.line or 0) <= (syntax[-1].line or 0):
                break  # it may only follow from what was passed over
            syntax.append(found)
            build = again
        else:
            build, lost = again, lost_text(source, path)
            break
    syntax[-1] = replace(syntax[-1], remedy=f"{syntax[-1].remedy} {MAYBE_MORE}")
    every = [*build.problems, *syntax]
    lines = {one.line for one in every}
    every += [one for one in lost if one.line not in lines]
    return tuple(sorted(every, key=lambda one: (one.line or 0, one.column or 0)))


def too_large(size: int, path: str) -> Problem | None:
    """The problem of a file over 1 MiB; asked before reading it."""
    if size <= MAX_BYTES:
        return None
    remedy = "Keep long documents outside the records and name them in the record."
    return Problem("too-large", path, None, None, "The file is larger than 1 MiB.", remedy)


def positions(source: bytes) -> dict[str, Position]:
    """Where each value stands, by JSON pointer: the key of a field, the first character of a list's entry.

    A file with a syntax error gives the places up to the error.
    """
    return {"": Position(1, 1), **{pointer_of(path): Position(line, column) for path, line, column in _entries(source)}}


def pointer_of(path: tuple[str | int, ...]) -> str:
    """The JSON pointer (RFC 6901) of a path of keys and indices."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in path)


def _entries(source: bytes) -> Iterator[tuple[tuple[str | int, ...], int, int]]:
    try:
        for token in walk(yaml_words.without_mark(source)):
            if token.entry:
                yield token.path, token.start[0] + 1, token.start[1] + 1
    except YAMLError:
        return


class _Build:
    """Turns the events of one file into a mapping; collects problems and goes on while it can."""

    def __init__(self, path: str, source: bytes) -> None:
        self.path = path
        self.source = source
        self.problems: list[Problem] = []
        self.doubtful = False  # whether a text runs over lines in a way that may have changed it

    def document(self, parser: CParser) -> dict[str, Any]:
        """The file's one mapping, at the end of its events."""
        get_event: Any = parser.get_event
        get_event()  # the stream's start
        start = get_event()
        if type(start) is StreamEndEvent:
            raise self._stop("empty", None)
        self._check_directives(start)
        first = get_event()
        if type(first) is not MappingStartEvent:
            empty = type(first) is ScalarEvent and first.value == "" and not first.style
            raise self._stop("empty" if empty else "not-a-mapping", None if empty else first)
        self._check_marks(first)
        data = self._mapping(get_event)
        get_event()  # the document's end
        another = get_event()
        if type(another) is DocumentStartEvent:
            raise self._stop("several-documents", another)
        return data

    def _mapping(self, get_event: Any) -> dict[str, Any]:
        # One loop with its state in local names: this runs for every word of every record.
        into: Any = {}
        root = into
        key: str | None = None
        in_mapping = True
        stack: list[tuple[Any, str | None, bool]] = []
        while True:
            event = get_event()
            sort = type(event)
            if sort is ScalarEvent:
                value: Any = event.value
                if event.tag is not None or event.anchor is not None:
                    self._check_marks(event)
                style = event.style
                if in_mapping and key is None:
                    odd = style == '"' or value in into or value in _ODD_KEYS
                    key = self._odd_key(event, value, into) if odd else intern(value)
                    continue
                if style or event.start_mark.line != event.end_mark.line:
                    self._check_text(event, value)
                if not style and (value[:1] in NUMBER_BEGINS or value in WORDS):
                    value = typed(value)
            elif sort is MappingStartEvent or sort is SequenceStartEvent:
                as_key = in_mapping and key is None
                self._check_start(event, stack, as_key=as_key)
                stack.append((into, key, as_key))
                in_mapping = sort is MappingStartEvent
                into, key = ({} if in_mapping else []), None
                continue
            elif sort is MappingEndEvent or sort is SequenceEndEvent:
                if not stack:
                    return root  # type: ignore[no-any-return]
                value = into
                into, key, _ = stack.pop()
                in_mapping = type(into) is dict
            else:
                if key != "<<":
                    self._tell("alias", event)
                value = None
            if not in_mapping:
                into.append(value)
            elif key is None:  # a list, a group of fields or an alias, where a name should be
                key = _NO_NAME
            else:
                into[key] = value
                key = None

    def _check_start(self, event: Any, stack: list[tuple[Any, str | None, bool]], *, as_key: bool) -> None:
        """Finds what is wrong with a list or a group of fields as such, where it begins."""
        self._check_marks(event)
        if len(stack) + 2 > MAX_DEPTH:
            raise self._stop("too-deep", event)
        if as_key and not any(within for _, _, within in stack):  # found once, for the outermost
            self._tell("complex-key", event)

    def _check_text(self, event: Any, value: str) -> None:
        """Finds what is wrong with a text that is in quotes, folded, or runs over lines."""
        style = event.style
        if style == ">" or style == "|":
            if not value or (style == ">" and may_be_listed(value) and self._is_listed(event)):
                self.doubtful = True
        elif event.start_mark.line != event.end_mark.line:
            self.doubtful = True
        if style == '"' and not value.isprintable() and _CONTROL.search(value):
            self._tell("control-character", event)

    def _odd_key(self, event: Any, name: str, into: dict[str, Any]) -> str:
        if not event.style and name in _ODD_KEYS:
            self._tell("merge-key" if name else "complex-key", event)
            return name or _NO_NAME
        if name in into:
            self._tell("duplicate-key", event, name)
        elif event.style == '"' and _CONTROL.search(name):
            self._tell("control-character", event)
        return intern(name)

    def _is_listed(self, event: Any) -> bool:
        """Whether a line of a folded text begins as an entry of a list does; else the mark was within a line."""
        lines = self.source.split(b"\n")[event.start_mark.line + 1 : event.end_mark.line + 1]
        return any(begins_listed(line.decode()) for line in lines)

    def _check_marks(self, event: Any) -> None:
        if event.anchor is not None:
            self._tell("anchor", event)
        if event.tag is not None:
            self._tell("tag", event)

    def _check_directives(self, start: Any) -> None:
        if start.version or start.tags:
            self._tell("directive", start)

    def _tell(self, code: str, event: Any, name: str = "") -> None:
        mark = event.start_mark if event is not None else None
        self.problems.append(yaml_words.problem(code, self.path, mark, name, self.source))

    def _stop(self, code: str, event: Any) -> _Stop:
        self._tell(code, event)
        return _Stop()
