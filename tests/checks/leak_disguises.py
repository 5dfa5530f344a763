# ruff: noqa: RUF001 - letters that look like others are what this is about
"""Ways in which a name gets onto a page without looking like itself to a program."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from html import escape
from urllib.parse import quote

Disguise = Callable[[str], str]


def _between(mark: str) -> Disguise:
    """Puts something into the middle of every word."""
    return lambda text: " ".join(f"{word[: len(word) // 2]}{mark}{word[len(word) // 2 :]}" for word in text.split(" "))


def _without_accents(text: str) -> str:
    kept = "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))
    return kept.translate(str.maketrans("łıøđ", "liod"))


def _tagged(text: str) -> str:
    first, _, rest = escape(text).partition(" ")
    return f"<b>{first}</b> <i>{rest}</i>" if rest else f"<b>{first}</b>"


_TURNED = ("\u202e", "\u202c")
_CYRILLIC = str.maketrans("aceiopxyABCEHKMOPTXYj", "асеіорхуАВСЕНКМОРТХУј")
_GREEK = str.maketrans("oavABEHIKMNOPTYXZ", "οανΑΒΕΗΙΚΜΝΟΡΤΥΧΖ")
_SMALL_CAPITALS = str.maketrans("abcdeghijklmnoprtuvwyz", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡʏᴢ")
_DIGITS = str.maketrans("oeas", "0345")


def _apart(mark: str) -> Disguise:
    """Puts something between every two letters, and more of it between words."""
    return lambda text: (mark * 3).join(mark.join(word) for word in text.split(" "))


#: For a page's text: each turns plain text into HTML that shows that text.
ON_A_PAGE: dict[str, Disguise] = {
    "as it is": escape,
    "capitals": lambda text: escape(text.upper()),
    "small letters": lambda text: escape(text.lower()),
    "without accents": lambda text: escape(_without_accents(text)),
    "decomposed": lambda text: escape(unicodedata.normalize("NFD", text)),
    "entities": lambda text: "".join(f"&#{ord(c)};" for c in text),
    "hexadecimal entities": lambda text: "".join(f"&#x{ord(c):x};" for c in text),
    "entities twice": lambda text: "".join(f"&amp;#{ord(c)};" for c in text),
    "soft hyphens": lambda text: escape(_between("\u00ad")(text)),
    "soft hyphen entities": lambda text: (
        escape(_between("@")(text)).replace("@", "&shy;") if "@" not in text else escape(text)
    ),
    "no width": lambda text: escape(_between("\u200b")(text)),
    "hard spaces": lambda text: escape(text).replace(" ", "&nbsp;"),
    "over two lines": lambda text: escape(text).replace(" ", "\n"),
    "tags inside words": lambda text: escape(_between("@@")(text)).replace("@@", "<b></b>"),
    "tags around words": _tagged,
    "cells of a table": lambda text: "".join(f"<td>{escape(word)}</td>" for word in text.split(" ")),
    "percent signs": quote,
    "every byte in percent": lambda text: "".join(f"%{byte:02X}" for byte in text.encode()),
    "percent signs twice": lambda text: quote(quote(text)),
    "wide letters": lambda text: "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text),
    "somebody's": lambda text: escape(f"{text}'s"),
    "letters of the Cyrillic alphabet": lambda text: escape(text.translate(_CYRILLIC)),
    "letters of the Greek alphabet": lambda text: escape(text.translate(_GREEK)),
    "small capitals": lambda text: escape(text.lower().translate(_SMALL_CAPITALS)),
    "turned round": lambda text: escape(text[::-1].join(_TURNED)),
    "turned round by entities": lambda text: f"&#8238;{escape(text[::-1])}&#x202C;",
    "spaced": lambda text: escape(_apart(" ")(text)),
    "dotted": lambda text: escape(_apart(".")(text)),
    "dots and spaces": lambda text: escape(". ".join(text.replace(" ", ""))),
    "spaced and of another alphabet": lambda text: escape(_apart(" ")(text.translate(_CYRILLIC))),
    "letters in cells": lambda text: "".join(f"<td>{escape(letter)}</td>\n" for letter in text),
    "invisible letters": lambda text: "".join(chr(0xE0000 + ord(c)) if " " <= c <= "~" else c for c in text),
    "behind a hyphen at the line's end": lambda text: escape(_between("-\n")(text)),
}

#: Where a text may stand in a folder of files: path and content made around it.
PLACES: dict[str, Callable[[str], tuple[str, bytes]]] = {
    "a paragraph": lambda html: ("handbook/x/index.html", f"<p>It was {html} who asked.</p>".encode()),
    "the title": lambda html: ("index.html", f"<head><title>{html}</title></head>".encode()),
    "an attribute": lambda html: ("index.html", f'<img src="a.png" alt="{html}">'.encode()),
    "a link": lambda html: ("index.html", f'<a href="mailto:x@y.example?subject={html}">Write</a>'.encode()),
    "a comment": lambda html: ("index.html", f"<p>Ask us.</p><!-- {html} -->".encode()),
    "a script": lambda html: ("index.html", f"<script>say('{html}')</script>".encode()),
    "a style sheet": lambda html: ("handbook/x.css", f".a::after {{ content: '{html}' }}".encode()),
    "a drawing": lambda html: ("handbook/x.svg", f"<svg><title>{html}</title></svg>".encode()),
    "a drawing's text": lambda html: ("handbook/x.svg", f"<svg><text>{html}</text></svg>".encode()),
    "plain text": lambda html: ("handbook/x.txt", f"Seen by {html}.".encode()),
}
