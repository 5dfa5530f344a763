"""Which characters can be printed: the fonts a campus prints with, and what each of them has.

Fonts come from three places, in this order: those sendbook ships, the campus's own `site_templates/fonts`, and Debian's
Noto folders where they are installed. Nothing else on the machine counts, so that one campus prints alike everywhere.
Font files are opened only for text that the shipped Latin font might not have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from sendbook.campus.shipped import site_templates

#: Where Debian's fonts-noto-core and fonts-noto-cjk put their files.
NOTO = (Path("/usr/share/fonts/truetype/noto"), Path("/usr/share/fonts/opentype/noto"))
#: Families are tried in this order before any other: Latin, Greek and Cyrillic first.
SHIPPED = (
    "Sendbook Sans",
    "Sendbook Arabic",
    "Sendbook Hebrew",
    "Sendbook Devanagari",
    "Sendbook Bengali",
    "Sendbook Gurmukhi",
    "Sendbook Tamil",
    "Sendbook Han",
    "Sendbook Symbols",
)
# What the shipped Latin font is known to have (a test holds it): most texts need no font file to be opened.
_PLAIN = re.compile(r"[\n\t\x20-\x7e\xa0-\xac\xae-\u017f\u2010-\u2015\u2018-\u201e\u2020-\u2022\u2026\u20ac]*")
# A letter with the marks that are drawn on it: one font must have all of them.
_CLUSTER = re.compile(r".[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u064b-\u065f\u0670\u0900-\u0903\u093a-\u094f"
                      r"\u0981-\u0983\u09bc-\u09cd\u0a01-\u0a03\u0a3c-\u0a4d\u0b82\u0bbe-\u0bcd\u1ab0-\u1aff"
                      r"\u1dc0-\u1dff\u20d0-\u20f0\ufe00-\ufe0f\u200c\u200d]*", re.DOTALL)  # fmt: skip
# Drawn by nobody, and no reason to refuse a text: joiners, direction marks, soft hyphens, variation selectors.
_UNSEEN = frozenset("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\u2066\u2067\u2068\u2069")
# Controls, private use, unassigned: no font means anything by them, and PDF/A refuses them.
_MEANINGLESS = frozenset({"Cc", "Cn", "Co", "Cs"})


class Letters:
    """The fonts of one campus."""

    def __init__(self, root: Path | None = None) -> None:
        """``root`` is the campus's folder, where it may keep fonts of its own."""
        own = [root / "site_templates" / "fonts"] if root is not None else []
        shipped = site_templates() / "fonts"
        self.folders = tuple(dict.fromkeys(place.resolve() for place in (shipped, *own, *NOTO) if place.is_dir()))

    @property
    def stamp(self) -> str:
        """Changes when a font comes or goes: findings about letters rest on it."""
        return repr([(str(folder), folder.stat().st_mtime_ns) for folder in self.folders])

    def missing(self, text: str) -> str:
        """The clusters of a text that no font can print, each once, in the order they stand in."""
        if _PLAIN.fullmatch(text):
            return ""
        found = (cluster for cluster in clusters(text) if not self.has(cluster))
        return "".join(dict.fromkeys(found))

    def has(self, cluster: str) -> bool:
        """Whether one font has a letter with all its marks."""
        if _PLAIN.fullmatch(cluster):
            return True
        needed = {ord(one) for one in unicodedata.normalize("NFC", cluster) if one not in _UNSEEN}
        if any(unicodedata.category(chr(one)) in _MEANINGLESS for one in needed):
            return False
        return not needed or any(needed <= have for have in self._maps)

    @cached_property
    def _maps(self) -> tuple[frozenset[int], ...]:
        files = (path for folder in self.folders for path in _files(folder))
        return tuple(_map(path, path.stat().st_mtime_ns) for path in files)


def clusters(text: str) -> Iterator[str]:
    """The letters of a text, each with its marks."""
    return (found[0] for found in _CLUSTER.finditer(unicodedata.normalize("NFC", text)))


def _files(folder: Path) -> list[Path]:
    """Font files; weights other than regular add no characters, and a whole Noto has hundreds of files."""
    kinds = (".ttf", ".otf", ".ttc")
    found = sorted(path for path in folder.rglob("*") if path.suffix.lower() in kinds and path.is_file())
    plain = [path for path in found if path.stem.lower().endswith("regular")]
    return plain or found


@lru_cache(maxsize=64)
def _map(path: Path, _changed: int) -> frozenset[int]:
    """The characters of a font, read once for as long as its file is the same; imported here, because most builds never
    need it.
    """
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(path, fontNumber=0, lazy=True) as font:
            best: dict[int, Any] = font.getBestCmap() or {}
            return frozenset(best)
    except (TTLibError, OSError):
        return frozenset()
