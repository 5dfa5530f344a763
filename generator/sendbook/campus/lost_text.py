"""Finds what YAML would drop from a file or change in it without a word.

YAML takes ``#`` after a space for a comment, joins lines, cuts lists in brackets at commas and gives backslashes in
double quotes a meaning. None of that is an error to it. `suspicious` says cheaply whether a file could hold any of it;
only then is it walked a second time. The history reads old versions without asking: they were shown as they were read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from sendbook.campus.layout import BLOCKS, Layout
from sendbook.campus.list_marks import LIST_MARK
from sendbook.campus.long_texts import BELOW_THE_LINE, long_text_at
from sendbook.campus.problems import Problem
from sendbook.campus.yaml_walk import Path, Token

_BYTES = (b" #", b"\t#", b"\\", b"\r", b"[", b'"#', b"'#", b"]#", b"}#")
_LISTED = re.compile(rf"\s{LIST_MARK}")
_BEGINS = re.compile(rf"\s*{LIST_MARK}")
_ESCAPE = re.compile(r"\\(u[0-9A-F]{4}|.)", re.DOTALL)
_WRITTEN = re.compile(r"\\u(?:000[9AD]|0085|202[89]|FEFF|FFF[EF])")
_LONE_RETURN = re.compile(r"\r(?!\n)")
_FOLDED = re.compile(r"(?<=[:-] )>[-+]?\s*$")
_INDICATOR = re.compile(r"[|>][-+]?[1-9]")
#: What is said of a text over several lines, whether YAML can read it or not.
LONG_TEXT = "This text goes on over several lines, and a record can't hold it like that."

_WORDS: dict[str, tuple[str, str]] = {
    "text-after-hash": (
        "Everything after the # on this line is taken for a comment and left out.",
        "If it is part of the text, put the whole text in quotes. If it is a comment, give it a line of its own above.",
    ),
    "hash-within-text": (
        "This line begins with #, so it is left out of the text around it.",
        (
            "If it is part of the text, write “|” after the field's colon and all of the text below it, indented "
            "alike. If it is a comment, put it above the field, and begin it where the field begins."
        ),
    ),
    "text-over-lines": (
        LONG_TEXT,
        BELOW_THE_LINE,
    ),
    "quotes-over-lines": (
        "A quotation mark opened here closes on another line, and all between would be joined into one text.",
        f"If the text ends on this line, close it here. If not, w{BELOW_THE_LINE[1:]}",
    ),
    "list-in-one-line": (
        "This line begins like an entry of a list or a row of a table, and “>” would join it to the line above.",
        (
            "Where the text begins, write “|” in place of “>”: then its lines stay as they are. If it is a dash "
            "within a sentence, move it to the end of the line above."
        ),
    ),
    "backslash-in-quotes": (
        "In double quotes a backslash changes what comes after it: “\\n” is read as the end of a line.",
        (
            "If you meant a backslash, use single quotes. If you meant a new line, write “|” after the colon and the "
            "text below."
        ),
    ),
    "no-text-below": (
        "“>” or “|” alone means that the text is on the lines below, and there is none.",
        "Write the text below, indented; if you meant the character itself, put the whole text in quotes.",
    ),
    "digit-after-mark": (
        "A digit after “>” or “|” says how far the text below is indented, and there is no text below.",
        "If you meant “more than” and a number, put the whole text in quotes.",
    ),
    "text-in-brackets": (
        "Text in square brackets is cut in pieces at each comma.",
        "Write each entry of the list on a line of its own, after a dash and a space.",
    ),
    "lone-return": (
        "An unseen end of a line (a lone carriage return) is in this line.",
        "Delete it and press Enter where a new line should begin; it often comes with text copied from an old program.",
    ),
}


def suspicious(source: bytes) -> bool:
    """Whether a source has to be walked: it holds a character that YAML may treat as its own."""
    return any(found in source for found in _BYTES)


def may_be_listed(text: str) -> bool:
    """Whether text below ``>`` may have been a list."""
    return _LISTED.search(text) is not None


def begins_listed(line: str) -> bool:
    """Whether a line begins as an entry of a list does."""
    return _BEGINS.match(line) is not None


def lost_text(source: bytes, path: str) -> tuple[Problem, ...]:
    """What would be dropped or changed of a source that reads well, each place once, in the order of the file."""
    found = {(line, column): code for line, column, code in _found(source)}
    lines = re.split(r"\r\n|\n|\r", source.decode()) if found else []
    problems = (
        _problem(code, path, *place, hint=_hint(code, lines, place[0])) for place, code in sorted(found.items())
    )
    unseen = lone_return(source, path)
    return (unseen, *problems) if unseen else tuple(problems)


def lone_return(source: bytes, path: str) -> Problem | None:
    """The first carriage return that ends no line as other systems do; YAML takes it for the end of one."""
    if b"\r" not in source:
        return None
    text = source.decode()
    at = _LONE_RETURN.search(text)
    if at is None:
        return None
    before = text[: at.start()].split("\n")
    return _problem("lone-return", path, len(before) - 1, len(before[-1]))


def _hint(code: str, lines: list[str], number: int) -> str:
    """How to write a text over several lines, or what its first line should be."""
    if code in ("text-over-lines", "quotes-over-lines"):
        below = next((at for at in range(number + 1, len(lines)) if lines[at].strip()), number)
        long = long_text_at(lines, below)
        return long.hint if long is not None and long.first <= number else ""
    if code == "list-in-one-line":
        begun = next((lines[at] for at in range(number - 1, -1, -1) if _FOLDED.search(lines[at])), "")
        written = _FOLDED.sub("|", begun).strip()
        return f"Write “{written}”." if begun and written.isprintable() else ""
    return ""


def _problem(code: str, path: str, line: int, column: int, *, hint: str = "") -> Problem:
    message, remedy = _WORDS[code]
    return Problem(code, path, line + 1, column + 1, message, remedy, hint=hint)


Found = Iterator[tuple[int, int, str]]


def _found(source: bytes) -> Found:
    layout = Layout(source)
    yield from _comments_on_lines(layout)
    yield from _comments_within_text(layout)
    brackets: set[Path] = set()
    for token in layout.tokens:
        if token.style == "[":
            brackets.add(token.path)
        elif token.style in BLOCKS:
            yield from _in_block(layout, token)
        elif token.start[0] != token.end[0]:
            yield *token.start, "quotes-over-lines" if token.style else "text-over-lines"
        elif token.style == '"':
            yield from _in_quotes(layout, token)
        elif token.entry and token.path[:-1] in brackets and _is_sentence(layout, token):
            yield *token.start, "text-in-brackets"


def _comments_on_lines(layout: Layout) -> Found:
    for number in layout.last:
        column = layout.comment_after(number)
        if column is not None:
            yield number, column, "text-after-hash"
    for number, line in enumerate(layout.lines):  # after a lone dash, which has no piece of its own
        if number not in layout.last and number not in layout.inside and not line.lstrip().startswith("#"):
            beside = line.find("#")
            if beside >= 0:
                yield number, beside, "text-after-hash"


def _comments_within_text(layout: Layout) -> Found:
    """Comment lines between a field's name and its text, or further in than the field whose text came before."""
    alone = [
        (number, len(line) - len(line.lstrip()))
        for number, line in enumerate(layout.lines)
        if number not in layout.last and number not in layout.inside and line.lstrip().startswith("#")
    ]
    if not alone:
        return
    texts = [token for token in layout.tokens if token.start != token.end and token.style not in ("[", "{")]
    for number, column in alone:
        before = next((token for token in reversed(texts) if token.start[0] < number), None)
        if before is None:
            continue
        after = next((token for token in texts if token.start[0] > number), None)
        if _is_name(before):
            inside = after is not None and after.path == before.path and not after.entry
        else:
            inside = column > _indent(layout, texts, before) and not _begins_at(layout, after, column)
        if inside:
            yield number, column, "hash-within-text"


def _is_name(token: Token) -> bool:
    """Whether a token is a field's name and not a value or an entry of a list."""
    return token.entry and isinstance(token.path[-1], str)


def _indent(layout: Layout, texts: list[Token], value: Token) -> int:
    """Where the field or the entry begins that a value belongs to."""
    name = next((token for token in texts if token.entry and token.path == value.path), value)
    return _column(layout, name)


def _begins_at(layout: Layout, token: Token | None, column: int) -> bool:
    return token is not None and token.entry and column == _column(layout, token)


def _column(layout: Layout, token: Token) -> int:
    """The column of a field's name, or of the dash of a list's entry."""
    if _is_name(token):
        return token.start[1]
    before = layout.lines[token.start[0]][: token.start[1]].rstrip()
    return len(before) - 1 if before.endswith("-") else token.start[1]


def _in_block(layout: Layout, token: Token) -> Found:
    lines = layout.block_lines(token)
    if not any(layout.lines[number].strip() for number in lines):
        digit = _INDICATOR.match(layout.lines[token.start[0]], token.start[1])
        yield *token.start, "digit-after-mark" if digit else "no-text-below"
    elif token.style == ">":
        yield from _listed(layout, lines)


def _listed(layout: Layout, lines: range) -> Found:
    """Lines that would be joined to the one above; those further in, or after a blank line, stay as they are."""
    indent = min(_indent_of(layout.lines[number]) for number in lines if layout.lines[number].strip())
    before = ""
    for number in lines:
        line = layout.lines[number]
        joined = before.strip() and _indent_of(before) == _indent_of(line) == indent
        if joined and begins_listed(line):
            yield number, indent, "list-in-one-line"
        before = line


def _indent_of(line: str) -> int:
    return len(line) - len(line.lstrip(" "))


def _in_quotes(layout: Layout, token: Token) -> Found:
    """Backslashes in double quotes, but for a quotation mark and for what the writer has no other way to write."""
    start = token.start[1] + 1
    text = layout.lines[token.start[0]][start : token.end[1] - 1]
    needed = _WRITTEN.search(text) is not None
    for escape in _ESCAPE.finditer(text):
        meant = escape.group() == '\\"' or (needed and (escape.group() == "\\\\" or _WRITTEN.fullmatch(escape.group())))
        if not meant:
            yield token.start[0], start + escape.start(), "backslash-in-quotes"


def _is_sentence(layout: Layout, token: Token) -> bool:
    return not token.style and " " in layout.lines[token.start[0]][token.start[1] : token.end[1]]
