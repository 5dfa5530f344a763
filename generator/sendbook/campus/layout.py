"""Tells, line by line, what of a record's file is text of a value, and where the rest is: comments and blank lines.

The writer, which puts comments back, and the search for words that YAML would drop both rest on it.
"""

from __future__ import annotations

import re

from sendbook.campus.yaml_walk import Path, Token, walk

BLOCKS = ("|", ">")

_COMMENT = re.compile(r"[\s:,\-\]}]*(#.*)$")
_BLOCK_HEADER = re.compile(r"[|>][-+0-9]*")
_BREAK = re.compile(r"\r\n|\n|\r")


class Layout:
    """The lines of a source that reads well, and which piece of it each belongs to.

    ``inside`` are lines that are text of a value, ``last`` is the piece that ends last on a line, ``first`` the
    outermost entry that begins on one. Lines count from 0.
    """

    def __init__(self, source: bytes) -> None:
        self.lines = _BREAK.split(source.decode())
        self.tokens: list[Token] = []
        self.inside: set[int] = set()
        self.last: dict[int, Token] = {}
        self.first: dict[int, Path] = {}
        for token in walk(source):
            self.tokens.append(token)
            self._note(token)

    def comment_after(self, number: int) -> int | None:
        """The column of a comment that follows the last piece on a line; None if there is none."""
        token, line = self.last[number], self.lines[number]
        begin = token.end[1]
        if token.style in BLOCKS:
            header = _BLOCK_HEADER.match(line, token.start[1])
            begin = header.end() if header else token.start[1]
        found = _COMMENT.match(line, begin)
        return found.start(1) if found else None

    def block_lines(self, token: Token) -> range:
        """The lines of a text below ``|`` or ``>``, which has its blank lines at the end only where they count."""
        begin, end = token.start[0] + 1, token.end[0]
        # It ends where the next line begins, or in its last line if the file does not end that line.
        end += 1 if token.end[1] else 0
        if not _keeps_blank_lines(self.lines[token.start[0]]):
            while end > begin and (end > len(self.lines) or not self.lines[end - 1].strip()):
                end -= 1
        return range(begin, end)

    def _note(self, token: Token) -> None:
        begin, end = token.start[0], token.end[0]
        if token.entry:
            self.first.setdefault(begin, token.path)
        if token.start == token.end:
            return  # the end of an indented block has no place of its own
        if token.style in BLOCKS:
            self.last[begin] = token
            self.inside.update(self.block_lines(token))
            return
        self.last.pop(begin, None)
        self.inside.update(range(begin, end))
        self.last[end] = token


def _keeps_blank_lines(line: str) -> bool:
    header = re.search(r"[|>]([-+0-9]*)\s*(?:#.*)?$", line)
    return header is not None and "+" in header.group(1)
