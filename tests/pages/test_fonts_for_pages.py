"""The fonts that pages ship: cut from those of papers, small, with the letters they promise and their licence."""

from __future__ import annotations

import re
from importlib.util import module_from_spec, spec_from_file_location
from io import BytesIO
from pathlib import Path
from types import ModuleType

import pytest
from fontTools.ttLib import TTFont

from sendbook.campus.shipped import site_templates

FONTS = site_templates() / "fonts"
PAGES = site_templates() / "theme" / "assets" / "fonts"
WEIGHTS = ("regular", "bold")


@pytest.fixture(scope="module")
def maker() -> ModuleType:
    """The script that makes them: it lies next to the fonts, in no package."""
    spec = spec_from_file_location("make_for_pages", FONTS / "make_for_pages.py")
    assert spec
    assert spec.loader
    made = module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


@pytest.fixture(scope="module", params=WEIGHTS)
def shipped(request: pytest.FixtureRequest) -> tuple[TTFont, TTFont]:
    """A font as pages ship it, and the one of papers that it is cut from."""
    pytest.importorskip("brotli", reason="only brotli unpacks these fonts")
    weight = request.param
    return _font(PAGES / f"sendbook-sans-{weight}.woff2"), _font(FONTS / f"sendbook-sans-{weight}.ttf")


def _font(path: Path) -> TTFont:
    return TTFont(BytesIO(path.read_bytes()))


def test_both_weights_together_weigh_no_more_than_a_picture() -> None:
    assert sum((PAGES / f"sendbook-sans-{weight}.woff2").stat().st_size for weight in WEIGHTS) <= 26_000


def test_they_hold_every_letter_that_the_style_sheet_sends_to_them(
    shipped: tuple[TTFont, TTFont], maker: ModuleType
) -> None:
    """Drawn as on paper: the same widths. A letter that no range names goes to a font of the device."""
    cut, whole = shipped
    letters = {code for first, last in maker.RANGES for code in range(first, last + 1)}
    assert letters == cut.getBestCmap().keys()
    for text in ("ŁukaszÓBrienäß€…\u2019\u2013\u201c", "Zażółć gęślą jaźń", "Țîgău Ștefan", "Ŵyn Ŷ ŵ"):
        for code in map(ord, text):
            assert cut["hmtx"][cut.getBestCmap()[code]][0] == whole["hmtx"][whole.getBestCmap()[code]][0]


def test_the_style_sheet_and_the_script_name_the_same_letters(maker: ModuleType) -> None:
    style = (site_templates() / "styles" / "sendbook.css").read_text("utf-8")
    assert re.findall("unicode-range: (.*);", style) == [maker.unicode_range()] * 2


def test_what_is_made_today_is_what_is_shipped(maker: ModuleType, tmp_path: Path) -> None:
    """Letter by letter: the packing alone may differ between versions of brotli."""
    pytest.importorskip("brotli")
    maker.main(tmp_path)
    for weight in WEIGHTS:
        name = f"sendbook-sans-{weight}.woff2"
        made, kept = _font(tmp_path / name), _font(PAGES / name)
        assert made.getGlyphOrder() == kept.getGlyphOrder()
        assert all(made["glyf"][one] == kept["glyf"][one] for one in kept.getGlyphOrder())
        assert made["GPOS"].compile(made) == kept["GPOS"].compile(kept)


def test_copyright_and_licence_stay_in_the_font_and_lie_next_to_it(shipped: tuple[TTFont, TTFont]) -> None:
    """As the Open Font License asks."""
    names = {one.nameID: str(one) for one in shipped[0]["name"].names}
    assert "Google" in names[0]
    assert "SIL Open Font License, Version 1.1" in names[13]
    assert (PAGES / "OFL.txt").read_bytes() == (FONTS / "OFL.txt").read_bytes()
