"""Makes the fonts that pages ship from those of papers: `python site_templates/fonts/make_for_pages.py`.

Run by hand after `make.py`, never by sendbook. Two weights are cut down to the letters of Western and Central European
languages, Romanian and Welsh among them, and to the signs that pages are written with, and packed as WOFF2. All else
that a page holds is drawn in a font of the reader's own device. Needs fontTools and brotli (`pip install -e .[test]`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset

HERE = Path(__file__).parent
#: Where the theme takes them from, and their licence lies beside them.
PAGES = HERE.parent / "theme" / "assets" / "fonts"
WEIGHTS = ("regular", "bold")
#: Basic Latin, Latin-1 and Latin Extended-A; Romanian's comma below; Welsh; German's capital sharp s; quotes, dashes
#: and spaces; single signs. `sendbook.css` says the same in its `unicode-range`.
RANGES = (
    *((0x20, 0x7E), (0xA0, 0x17F), (0x218, 0x21B), (0x1E80, 0x1E85), (0x1E9E, 0x1E9E), (0x1EF2, 0x1EF3)),
    *((0x2002, 0x2003), (0x2007, 0x200D), (0x2010, 0x2015), (0x2018, 0x201E), (0x2020, 0x2022), (0x2026, 0x2026)),
    *((0x202F, 0x2030), (0x2032, 0x2033), (0x2039, 0x203A), (0x2044, 0x2044), (0x20AC, 0x20AC), (0x2122, 0x2122)),
)
#: Kerning, letters as a language writes them, and figures of one width, which tables need.
_FEATURES = ("kern", "lnum", "locl", "tnum")
#: Copyright, names, version, and the licence with its address: the Open Font License asks that they stay.
_NAMES = (0, 1, 2, 3, 4, 5, 6, 7, 13, 14)


def main(target: Path = PAGES) -> None:
    """Write both weights into the theme's folder of fonts."""
    for weight in WEIGHTS:
        _make(HERE / f"sendbook-sans-{weight}.ttf", target / f"sendbook-sans-{weight}.woff2")


def unicode_range(ranges: Iterable[tuple[int, int]] = RANGES) -> str:
    """The ranges as a style sheet writes them."""
    return ", ".join(f"U+{first:X}" if first == last else f"U+{first:X}-{last:X}" for first, last in ranges)


def _letters() -> Iterator[int]:
    for first, last in RANGES:
        yield from range(first, last + 1)


def _make(source: Path, target: Path) -> None:
    options = subset.Options()
    options.flavor = "woff2"
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = list(_FEATURES)
    options.name_IDs = list(_NAMES)
    font = subset.load_font(str(source), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=_letters())
    cut.subset(font)
    font.recalcTimestamp = False  # the same font, the same bytes
    subset.save_font(font, str(target), options)
    font.close()


if __name__ == "__main__":
    main()
