# ruff: noqa: RUF001 - letters that look like others are what this is about
"""A name is found in the letters in which a person reads it, and nothing is taken for a name that is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.checks.finding import Severity
from sendbook.checks.leaks.disguises import readings
from sendbook.checks.leaks.identifiers import identifiers_of
from sendbook.checks.leaks.scan import Scanner
from tests.checks.leak_disguises import ON_A_PAGE
from tests.checks.leak_kit import campus_of, child, found, named

FREYA = child("Freya Lindholm")


@pytest.mark.parametrize(
    "written",
    [
        "Frеyа Lіndhоlm-Shаw",
        "Frεya Lιndhοlm-Shαw",
        "FRΕΥΑ LΙΝDΗΟLΜ-SΗΑW",
        "ꜰʀᴇʏᴀ ʟɪɴᴅʜᴏʟᴍ ꜱʜᴀᴡ",
        "🅵🆁🅴🆈🅰 🅻🅸🅽🅳🅷🅾🅻🅼 🆂🅷🅰🆆",
        "𝓕𝓻𝓮𝔂𝓪 𝓛𝓲𝓷𝓭𝓱𝓸𝓵𝓶 𝓢𝓱𝓪𝔀",
        "Ⓕⓡⓔⓨⓐ Ⓛⓘⓝⓓⓗⓞⓛⓜ",
        "\u202ewahS-mlohdniL ayerF\u202c",
        "Freya \u202ewahS-mlohdniL",
        "\u202eawahS\u202c Freya L\u202emlohdni\u202c-Shaw",
        "F r e y a  L i n d h o l m",
        "f r e y a l i n d h o l m s h a w",
        "F.r.e.y.a L.i.n.d.h.o.l.m",
        "F·r·e·y·a·L·i·n·d·h·o·l·m",
        "F - r - e - y - a   L - i - n - d - h - o - l - m",
        "F*r*e*y*a L*i*n*d*h*o*l*m",
        "F\nr\ne\ny\na\nL\ni\nn\nd\nh\no\nl\nm",
        "Fre ya Lind holm Shaw",
        "Fre.ya Lind.holm",
        "F/r/e/y/a_L/i/n/d/h/o/l/m",
        "Fr3ya L1ndh0lm",
        "FreyaL|ndholm",
        "Freya LindhoIm-Shaw",
        "FR3YA L1NDH0LM-5H4W",
        "Fr€y@ Lindholm-$haw",
        "F r 3 y a L 1 n d h 0 l m",
        "".join(chr(0xE0000 + ord(char)) for char in "Freya Lindholm"),
        "F\u200br\u200be\u2060y\ufeffa L\u00adindholm",
    ],
)
def test_a_name_in_disguise_is_found(written: str) -> None:
    assert any(one.severity is Severity.ERROR for one in found(f"<p>We saw {written} there.</p>", FREYA)), written


@pytest.mark.parametrize("written", ["Іsla Мay", "I s l a M a y", "lsla May", "1sla M4y", "\u202eyaM alsI"])
def test_a_short_name_in_disguise_is_found(written: str) -> None:
    assert found(f"<p>Then {written} came.</p>", child("Isla May"))


@pytest.mark.parametrize("written", ["Анна Петрова", "Aннa Пeтрoвa", "А н н а П е т р о в а"])
def test_a_name_that_is_of_another_alphabet_is_found_in_letters_of_ours_too(written: str) -> None:
    assert found(f"<p>{written}</p>", child("Анна Петрова"))


@pytest.mark.parametrize(
    "written", ["ada (at) families (dot) example", "ada [at] families.example", "ada at families dot example"]
)
def test_an_address_said_in_words_is_found(written: str) -> None:
    assert found(f"<p>Write to {written}.</p>", named("Ada Lovelace", family={"email": "ada@families.example"}))


@pytest.mark.parametrize(
    "written", ["٠٧٧٠٠ ٩٠٠٢١٤", "07700_900_214", "0 7 7 0 0 9 0 0 2 1 4", "07700·900·214", "０７７００ ９００２１４"]
)
def test_a_telephone_number_in_disguise_is_found(written: str) -> None:
    assert found(f"<p>Ring {written}.</p>", named("Ada Lovelace", family={"phone": "07700 900214"}))


@pytest.mark.parametrize(
    "text",
    [
        "A, B, C and D; i. a plan ii. a review; e.g. at 3 p.m. on 4 May 2026.",
        "Κατά τον νόμο — Анализ данных, 5 € и 2 §. Year 8 meets in room B12 at KS3 level.",
        "We spell it out: h o u s e. Ask at reception at noon. See W3C and UTF-8.",
        "lively Marks will let London rest. A 1:1 with Mia's tutor's file.",
    ],
)
def test_plain_words_are_taken_for_nobody(text: str) -> None:
    people = (FREYA, {**child("Isla May"), "id": "1ABC"}, {**child("Mia Anand"), "id": "2ABC"})
    assert [one for one in found(f"<p>{text}</p>", *people) if one.severity is Severity.ERROR] == []


@given(st.text(max_size=200))
def test_every_reading_ends_within_the_text_and_the_first_is_the_text(text: str) -> None:
    first, *others = readings(text)
    assert first == text
    assert all(len(other) <= len(text) for other in others)


@pytest.mark.parametrize("disguise", sorted(ON_A_PAGE))
def test_a_place_that_is_told_lies_before_the_name(disguise: str) -> None:
    text = f"First line.\n\nWe saw Freya Lindholm-Shaw there, {'x ' * 200}"
    scanner = Scanner(identifiers_of(campus_of(FREYA), ()))
    for hit in scanner.hits(text):
        assert text[: hit.offset].count("\n") == 2
