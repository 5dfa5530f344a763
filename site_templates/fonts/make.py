"""Makes the fonts in this folder from Debian's packages: `python make.py NOTO_FOLDER DROID_FILE DEJAVU_FILE`.

Run by hand when a newer Noto is wanted, never by sendbook. Hinting is dropped (paper needs none), the Han font is cut
down to the characters of GB 2312 and of Big5's first level, and all are renamed, so that a machine which has the whole
Noto installed makes the same bytes as one that has not. Needs fontTools; see README.md beside this file.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

HERE = Path(__file__).parent
FONTS = {
    "NotoSans-Regular": ("Sendbook Sans", "Regular"),
    "NotoSans-Bold": ("Sendbook Sans", "Bold"),
    "NotoSans-Italic": ("Sendbook Sans", "Italic"),
    "NotoSansArabic-Regular": ("Sendbook Arabic", "Regular"),
    "NotoSansBengali-Regular": ("Sendbook Bengali", "Regular"),
    "NotoSansDevanagari-Regular": ("Sendbook Devanagari", "Regular"),
    "NotoSansGurmukhi-Regular": ("Sendbook Gurmukhi", "Regular"),
    "NotoSansHebrew-Regular": ("Sendbook Hebrew", "Regular"),
    "NotoSansTamil-Regular": ("Sendbook Tamil", "Regular"),
}
HAN = ("Sendbook Han", "Regular")
SYMBOLS = ("Sendbook Symbols", "Regular")
_SYMBOLS = (*range(0x2070, 0x20A0), *range(0x2150, 0x2300), *range(0x25A0, 0x27C0), *range(0x1F600, 0x1F650))
_SIDEWAYS = (*range(0x3000, 0x3020), *range(0x3040, 0x3100), *range(0xFF00, 0xFF20))


def main(noto: Path, droid: Path, dejavu: Path) -> None:
    """Writes every font."""
    for name, title in FONTS.items():
        _make(noto / f"{name}.ttf", title, None)
    chinese = [*_codes("gb2312", 0xB0, 0xF7, 0xA1), *_codes("big5", 0xA4, 0xC6, 0x40)]
    _make(droid, HAN, [*chinese, *_SIDEWAYS])
    _make(dejavu, SYMBOLS, _SYMBOLS)


def _codes(encoding: str, first: int, last: int, low: int) -> Iterable[int]:
    """The ideographs in some rows of an older encoding: what most names and texts are written with."""
    for lead in range(first, last + 1):
        for trail in range(low, 0xFF):
            text = bytes([lead, trail]).decode(encoding, errors="ignore")
            if len(text) == 1 and ord(text) >= 0x3400:
                yield ord(text)


def _make(source: Path, title: tuple[str, str], wanted: Iterable[int] | None) -> None:
    options = subset.Options()
    options.hinting = False
    options.notdef_outline = True
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.drop_tables += ["FFTM", "DSIG", "vhea", "vmtx"]
    font = subset.load_font(str(source), options)
    cut = subset.Subsetter(options)
    cut.populate(unicodes=sorted(set(font.getBestCmap()) & set(wanted) if wanted else font.getBestCmap()))
    cut.subset(font)
    _rename(font, *title)
    font["head"].modified = font["head"].created  # the same font, the same bytes
    font.recalcTimestamp = False
    font.save(HERE / f"{'-'.join(title).lower().replace(' ', '-')}.ttf")


def _rename(font: TTFont, family: str, style: str) -> None:
    plain = family.replace(" ", "")
    names = {1: family, 2: style, 3: f"{plain}-{style}", 4: f"{family} {style}", 6: f"{plain}-{style}"}
    for record in list(font["name"].names):
        if record.nameID in (16, 17, 21, 22, 25):
            font["name"].removeNames(nameID=record.nameID)
        elif record.nameID in names:
            record.string = names[record.nameID]


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:4]))
