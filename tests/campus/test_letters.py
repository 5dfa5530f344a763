"""Which characters can be printed: with the fonts we ship, on a bare machine; and what a campus adds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from sendbook.campus import letters
from sendbook.campus.letters import Letters, clusters
from sendbook.campus.shipped import site_templates


@pytest.fixture
def bare(monkeypatch: pytest.MonkeyPatch) -> Letters:
    """A machine without any font of its own."""
    monkeypatch.setattr(letters, "NOTO", ())
    return Letters()


@pytest.mark.parametrize(
    "text",
    [
        "Łukasz Żółć, Zoë, Þóra, Ștefan, İpek, Nguyễn Thị Ánh, Ṣadé Ọlájídé",
        "Ελένη Παπαδοπούλου",
        "Дмитро Їжак",
        "محمد، فاطمة",
        "王小明 陳美玲 さくら",
        "גבריאל",
        "प्रिया শ্রেয়া ਗੁਰਪ੍ਰੀਤ தமிழ்",
        "“Quotes” – dashes … ½ × ≥ → ✓ £ € − □ ☐",  # noqa: RUF001
        "Two\nlines\tand a tab",
    ],
)
def test_what_we_ship_prints_on_a_bare_machine(bare: Letters, text: str) -> None:
    assert bare.missing(text) == ""


@pytest.mark.parametrize(("text", "missing"), [("a\ue000b\ue000", "\ue000"), ("김 민", "김민"), ("x\x00", "\x00")])
def test_what_no_font_has_is_named_once(bare: Letters, text: str, missing: str) -> None:
    assert bare.missing(text) == missing


def test_a_letter_and_its_marks_need_one_font_that_has_them_all(bare: Letters) -> None:
    assert list(clusters("e\u0301x\u0323")) == ["\u00e9", "x\u0323"]
    assert bare.missing("\u738b\u0301") == "\u738b\u0301"  # each of the two is in a font of its own


def test_plain_text_needs_no_font_to_be_opened(bare: Letters, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(letters, "_map", lambda _path: pytest.fail("a font was opened"))
    assert bare.missing("Zoë’s plan – 60 % of “it” costs £5…") == ""  # noqa: RUF001


def test_the_letters_taken_for_granted_are_in_every_shipped_latin_face() -> None:
    granted = [chr(code) for code in range(0x20, 0x2030) if letters._PLAIN.fullmatch(chr(code)) and chr(code) > " "]
    for style in ("regular", "bold", "italic"):
        have = letters._map(site_templates() / "fonts" / f"sendbook-sans-{style}.ttf", 0)
        assert [one for one in granted if ord(one) not in have and one != "\u2011"] == [], style


def test_a_campus_adds_fonts_of_its_own(bare: Letters, tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "fonts"
    own.mkdir(parents=True)
    assert own in Letters(tmp_path).folders
    before = Letters(tmp_path).stamp
    shutil.copy(site_templates() / "fonts" / "sendbook-tamil-regular.ttf", own / "more.ttf")
    assert Letters(tmp_path).stamp != before


def test_a_file_that_is_no_font_is_passed_over(bare: Letters, tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "fonts"
    own.mkdir(parents=True)
    (own / "not.ttf").write_text("not a font")
    assert Letters(tmp_path).missing("\ue000") == "\ue000"


def test_the_fonts_and_their_licences_stay_small() -> None:
    files = list((site_templates() / "fonts").iterdir())
    assert sum(file.stat().st_size for file in files if file.is_file()) < 3_000_000
    assert {"OFL.txt", "APACHE-2.0.txt", "BITSTREAM-VERA.txt"} <= {file.name for file in files}
