"""Writes a record in its one canonical form: a field changed by hand or by a program makes the same lines.

Fields stand in the schema's order, in block style, two spaces a level; long text is folded, several
paragraphs stand as they are, and quotes are used only where a word would be read as something else. `rewrite`
keeps the file's comments. A canonical file comes out byte for byte as it went in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from sendbook.campus.comments import Comments, Place, gather, identities
from sendbook.campus.list_marks import LIST_MARK
from sendbook.campus.nodes import Node
from sendbook.campus.scalars import must_quote, number_text
from sendbook.campus.schemas import Kind
from sendbook.campus.strict_yaml import parse
from sendbook.campus.yaml_words import without_mark

WIDTH = 100
_NARROWEST = 40
# libyaml takes a key of at most 1024 characters on one line.
_LONGEST_KEY = 1000

_FORBIDDEN = re.compile("[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x84\\x86-\\x9f\\ud800-\\udfff]")
# Not readable as they stand, or a line break to some: written as \u escapes.
_ESCAPED = re.compile('[\\\\"\\n\\r\\t\\x85\\u2028\\u2029\\ufeff\\ufffe\\uffff]')
_NOT_RAW = re.compile("[\\n\\r\\t\\x85\\u2028\\u2029\\ufeff\\ufffe\\uffff]")
_NOT_IN_BLOCK = re.compile("[\\r\\t\\x85\\u2028\\u2029\\ufeff\\ufffe\\uffff]")
# No \\n or \\t: those are what a path such as C:\\new turns into without a word, so the reader refuses them.
_SHORT_ESCAPES = {"\\": "\\\\", '"': '\\"'}
_PLAIN_KEY = re.compile(r"[A-Za-z_][A-Za-z0-9_-]*")
_NOT_FIRST = frozenset("-?:,[]{}#&*!|>'\"%@`=~<. ")
# No line begins with what would pass for an entry of a list: the reader would ask whether one was meant.
_FOLD_AT = re.compile(rf"(?<=[^ ]) (?=[^ ])(?!{LIST_MARK})")


def dump(data: Mapping[str, Any], kind: Kind | None = None) -> bytes:
    """The canonical bytes of a record's data; ValueError for what no record can hold (a control character, NaN)."""
    return _Writing(Comments()).document(data, kind.root if kind else None)


def rewrite(source: bytes, data: Mapping[str, Any], kind: Kind | None = None) -> bytes:
    """The canonical bytes of changed data, with the comments of the file it came from.

    A comment goes where its entry goes, and goes with it. Raises ValueError if the source can't be read.
    """
    source = without_mark(source)
    before = parse(source, "")
    if before.data is None:
        raise ValueError("a file with problems can't be rewritten")
    root = kind.root if kind else None
    return _Writing(gather(source, before.data, root)).document(data, root)


class _Writing:
    """Writes one document; each method returns lines without their line ends."""

    def __init__(self, comments: Comments) -> None:
        self.comments = comments

    def document(self, data: Mapping[str, Any], root: Node | None) -> bytes:
        above, lines = self._mapping(data, root, 0, ()) if data else ([], ["{}"])
        whole = [*self.comments.header, *above, *lines, *self.comments.footer]
        return ("\n".join(whole) + "\n").encode()

    def _mapping(
        self, data: Mapping[str, Any], node: Node | None, indent: int, place: Place
    ) -> tuple[list[str], list[str]]:
        """Comments that stand above the first field, and the lines from that field on."""
        return self._joined(
            (
                (*place, name),
                self._field(name, data[name], node.child(name) if node else None, indent, (*place, name)),
            )
            for name in _in_order(data, node)
        )

    def _list(self, items: list[Any], node: Node | None, indent: int, place: Place) -> tuple[list[str], list[str]]:
        inner = node.items if node else None
        places = [(*place, name) for name in identities(items, node)]
        return self._joined(
            (here, self._item(item, inner, indent, here)) for here, item in zip(places, items, strict=True)
        )

    def _joined(self, entries: Iterable[tuple[Place, tuple[list[str], list[str]]]]) -> tuple[list[str], list[str]]:
        first: list[str] | None = None
        lines: list[str] = []
        for place, (inner_above, entry) in entries:
            pad = entry[0][: len(entry[0]) - len(entry[0].lstrip(" "))]
            above = [pad + text if text else "" for text in self.comments.above.get(place, ())]
            above += [pad + text.strip() if text else "" for text in inner_above]
            if first is None:
                first = above
            else:
                lines += above
            lines += entry
        return first or [], lines

    def _field(
        self, name: str, value: Any, node: Node | None, indent: int, place: Place
    ) -> tuple[list[str], list[str]]:
        lead = f"{' ' * indent}{_key(name)}:"
        beside = self.comments.beside.get(place, "")
        if isinstance(value, Mapping | list) and value:
            above, lines = self._collection(value, node, indent + 2, place)
            return [], [lead + beside, *above, *lines]
        header, *rest = _scalar(value, indent + 2, len(lead) + 1)
        return [], [f"{lead} {header}{beside}", *rest]

    def _item(self, value: Any, node: Node | None, indent: int, place: Place) -> tuple[list[str], list[str]]:
        dash = f"{' ' * indent}-"
        beside = self.comments.beside.get(
            place, ""
        )  # of a group or list in brackets, which has no line of its own here
        if isinstance(value, Mapping | list) and value:
            above, lines = self._collection(value, node, indent + 2, place)
            return [*filter(None, [beside.strip()]), *above], [f"{dash} {lines[0][indent + 2 :]}", *lines[1:]]
        header, *rest = _scalar(value, indent + 2, len(dash) + 1)
        return [], [f"{dash} {header}{beside}", *rest]

    def _collection(self, value: Any, node: Node | None, indent: int, place: Place) -> tuple[list[str], list[str]]:
        write = self._mapping if isinstance(value, Mapping) else self._list
        return write(value, node, indent, place)


def _in_order(data: Mapping[str, Any], node: Node | None) -> list[str]:
    """The schema's order; fields it does not name come after, as they stand."""
    known = [name for name in node.properties if name in data] if node else []
    return known + [name for name in data if name not in set(known)]


def _key(name: str) -> str:
    text = name if _PLAIN_KEY.fullmatch(name) else _inline(name)
    if len(text) > _LONGEST_KEY:
        raise ValueError("the name of a field is too long for a record")
    return text


def _scalar(value: Any, indent: int, used: int) -> list[str]:
    """A value's lines: the first goes on the line of its field, of which ``used`` columns are taken."""
    if isinstance(value, str):
        return _text(value, indent, used)
    if value is None:
        return ["null"]
    if isinstance(value, bool):
        return ["true" if value else "false"]
    if isinstance(value, int | float):
        return [number_text(value)]
    if isinstance(value, Mapping | list):
        return ["{}" if isinstance(value, Mapping) else "[]"]
    raise ValueError(f"a record can't hold a {type(value).__name__}")


def _text(text: str, indent: int, used: int) -> list[str]:
    pad = " " * indent
    if _is_literal(text):
        header = "|" if text.endswith("\n") else "|-"
        return [header, *(pad + line if line else "" for line in text.removesuffix("\n").split("\n"))]
    if used + len(text) > WIDTH and not _NOT_RAW.search(text) and text == text.strip():
        _refuse_forbidden(text)
        lines = _folded(text, max(WIDTH - indent, _NARROWEST))
        if len(lines) > 1:
            return [">-", *(pad + line for line in lines)]
    return [_inline(text)]


def _is_literal(text: str) -> bool:
    """Whether text of several lines reads back the same when its lines stand as they are.

    Spaces at the ends of lines would, but editors take them away without a word.
    """
    if "\n" not in text or _NOT_IN_BLOCK.search(text) or text.endswith("\n\n"):
        return False
    _refuse_forbidden(text)
    lines = text.removesuffix("\n").split("\n")
    return lines[0][:1] not in ("", " ") and not any(line != line.rstrip() for line in lines)


def _folded(text: str, width: int) -> list[str]:
    """The text in lines that a reader joins with single spaces; double spaces stay inside a line."""
    lines: list[str] = []
    line = ""
    for word in _FOLD_AT.split(text):
        if line and len(line) + 1 + len(word) > width:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return [*lines, line]


def _inline(text: str) -> str:
    """Text on one line: plain where it is safe, in quotes where not."""
    _refuse_forbidden(text)
    if _is_plain(text):
        return text
    if ('"' in text or "\\" in text) and not _NOT_RAW.search(text):
        return "'" + text.replace("'", "''") + "'"
    return '"' + _ESCAPED.sub(_escape, text) + '"'


def _is_plain(text: str) -> bool:
    return not (
        text[:1] in _NOT_FIRST
        or text != text.strip()
        or text.endswith(":")
        or ": " in text
        or " #" in text
        or _NOT_RAW.search(text)
        or must_quote(text)
    )


def _escape(match: re.Match[str]) -> str:
    character = match.group()
    return _SHORT_ESCAPES.get(character, f"\\u{ord(character):04X}")


def _refuse_forbidden(text: str) -> None:
    if _FORBIDDEN.search(text):
        raise ValueError("a record can't hold control characters")
