"""A heading's place is made of its words in any script, and stays when another heading is added above."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown.extensions.toc import slugify  # type: ignore[import-untyped]

from sendbook.campus.heading_places import is_place, place_of
from sendbook.campus.markdown_lines import headings
from sendbook.campus.passages import anchors


@pytest.mark.parametrize(
    ("written", "place"),
    [
        ("مرحبا بكم", "مرحبا-بكم"),
        ("你好", "你好"),
        ("Łódź i Świętokrzyskie", "lodz-i-swietokrzyskie"),
        ("Ласкаво просимо", "ласкаво-просимо"),
        ("Йод", "йод"),
        ("हिन्दी भाषा", "हिन्दी-भाषा"),
        ("Straße", "strasse"),
        ("İstanbul", "istanbul"),
        ("Đặng Thị", "dang-thi"),
        ("Ζζ: 2026", "ζζ-2026"),
        ("SEND in Urdu (اردو)", "send-in-urdu-اردو"),
    ],
)
def test_letters_of_every_script_stay(written: str, place: str) -> None:
    assert place_of(written) == place
    assert place_of(unicodedata.normalize("NFD", written)) == place


@pytest.mark.parametrize(
    "written", ["How we find out", "1. First", "A_b c", "What\u2019s next? (2026\u201327)", "Café & naïve", "a -- b"]
)
def test_an_english_heading_keeps_the_place_it_had(written: str) -> None:
    assert place_of(written) == slugify(written, "-")


@given(st.text(st.characters(codec="ascii"), max_size=30))
def test_every_heading_in_ascii_with_a_letter_keeps_the_place_it_had(written: str) -> None:
    if any(one.isalnum() for one in written):
        assert place_of(written) == slugify(written, "-")


@given(st.text(max_size=30))
def test_every_heading_has_a_place_of_letters_digits_and_joining_signs(written: str) -> None:
    assert is_place(place_of(written))


@pytest.mark.parametrize("title", ["مرحبا", "你好", "Ł", "Вітаємо", "!!!", "🎉", "ไทย", "עברית"])
def test_a_heading_added_above_moves_no_place(title: str) -> None:
    """With the engine's own way these were `_1`, `_2`: links to them led elsewhere from then on."""
    body = f"## {title}\n\nx\n\n## 再见\n\nx\n"
    before = anchors(list(headings(body)))
    after = anchors(list(headings(f"## أهلا\n\n## Ż\n\n## ???\n\n{body}")))
    assert after[3:] == before
    assert len(set(after)) == len(after)


def test_two_headings_with_the_same_words_are_told_apart_by_their_order_among_themselves() -> None:
    body = "## 你好\n\n## Targets\n\n## 你好\n\n## Targets\n"
    assert anchors(list(headings(body))) == ["你好", "targets", "你好_1", "targets_1"]
    assert anchors(list(headings(f"## 再见\n\n{body}")))[1:] == ["你好", "targets", "你好_1", "targets_1"]


@pytest.mark.parametrize("written", ["", 'a"b', "a b", "a<b", "a&b", "a=b", "a\u202eb", "a/b", "a#b"])
def test_what_is_no_place(written: str) -> None:
    assert not is_place(written)
