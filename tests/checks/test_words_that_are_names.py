"""A first name that is also a word is asked about where it may be a name, and not where it is the word."""

from __future__ import annotations

import pytest

from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from tests.checks.test_texts import Home, home

__all__ = ["home"]

NAMES = ("Will", "Grace", "May", "Mark", "Rose", "Hope", "Summer", "Art")
CLASS = Everybody.of(
    Someone.of_student({"id": f"2AA{number}", "name": {"full": f"{name} Zabcqx", "known_as": name}})
    for number, name in enumerate(NAMES)
)


def asked_about(home: Home, text: str) -> bool:
    found = home.with_text(text).sightings(CLASS)
    return [seen.code for seen in found if seen.pointer == "/summary"] == ["TXT-03"]


@pytest.mark.sample(20)
@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    "text",
    [
        "He works with {} on Fridays.",
        "{} sits next to him.",
        "Sit with {}.",
        "He and {} read.",
        "This is {}'s book.",
        "{}'s book is his.",
        "He asked {} to help.",
        "Sit next to {}.",
    ],
)
def test_a_name_is_asked_about(home: Home, name: str, text: str) -> None:
    assert asked_about(home, text.format(name))


@pytest.mark.sample(15)
@pytest.mark.parametrize(
    "text",
    [
        *("He will be in.", "Will he come?", "Will you ask?", "Last Will and testament", "It is his will."),
        *("Review in May.", "In May he reads.", "By May 2027.", "The May half-term.", "on 12 May", "May 12", "mid-May"),
        *("since May", "until May.", "Every May", "April, May and June", "May we ask?", "May he leave early?"),
        *("Use the mark scheme.", "Mark scheme first.", "Mark his work.", "a Mark of respect"),
        *("He rose early.", "Rose early and went.", "The Rose Garden", "We hope so.", "Hope this helps."),
        *("in the Summer", "Summer term", "this Summer", "Summer holidays", "the Summer Term"),
        *("Art and Design", "Art lesson", "He likes Art.", "in Art", "Art is on Mondays.", "GCSE Art", "NO ART TODAY"),
        *("Science, Art and Music", "Art: he paints.", "- Art\n- Music", "Grace period", "Say Grace before lunch."),
    ],
)
def test_a_word_is_not(home: Home, text: str) -> None:
    assert not asked_about(home, text)
