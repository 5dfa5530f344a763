"""Choices, gaps and the small things that make a sentence right."""

from __future__ import annotations

from random import Random

import pytest

from sendbook.errors import SendbookError
from sendbook.example.prose import PRONOUNS, Words, begins_with_vowel_sound


def words(**more: str) -> Words:
    return Words(Random(1), more)


def test_one_of_the_choices_is_taken_and_choices_may_hold_choices() -> None:
    told = {words().phrase("(a (red|blue) bus|an egg)") for _ in range(1)} | {
        Words(Random(seed), {}).phrase("(a (red|blue) bus|an egg)") for seed in range(40)
    }
    assert told == {"a red bus", "a blue bus", "an egg"}


def test_a_gap_at_the_start_of_a_sentence_takes_a_capital() -> None:
    assert words(they="she").sentence("<they> reads. <They> writes.") == "She reads. She writes."


@pytest.mark.parametrize(
    ("pronoun", "told"),
    [
        ("she", "She tries, watches and reads, and is sure of herself."),
        ("he", "He tries, watches and reads, and is sure of himself."),
        ("they", "They try, watch and read, and are sure of themself."),
    ],
)
def test_verbs_agree_with_the_pronoun(pronoun: str, told: str) -> None:
    template = "<They> tr<ies>, watch<es> and read<s>, and <is> sure of <themself>."
    assert Words(Random(1), PRONOUNS[pronoun]).sentence(template) == told


@pytest.mark.parametrize(
    ("word", "an"),
    [("hour", True), ("unit", False), ("8", True), ("18", True), ("80", True), ("EHC", True), ("one", False),
     ("uninteresting", True), ("European", False), ("use", False), ("owl", True), ("Ms", False), ("PE", False)],
)  # fmt: skip
def test_an_goes_by_sound(word: str, an: bool) -> None:
    assert begins_with_vowel_sound(word) is an


def test_the_article_follows_what_fills_the_gap() -> None:
    assert words(thing="owl").phrase("a <thing> and an <thing>") == "an owl and an owl"
    assert words(thing="bus").sentence("an <thing>") == "A bus"


def test_spaces_left_by_empty_choices_are_tidied() -> None:
    assert words().phrase("two words(|) , then  more") == "two words, then more"


@pytest.mark.parametrize("template", ["(a|b", "a)", "a <gap"])
def test_brackets_that_do_not_pair_are_refused(template: str) -> None:
    with pytest.raises(SendbookError):
        words().phrase(template)


def test_a_gap_nobody_fills_is_named() -> None:
    with pytest.raises(SendbookError, match="<thing>"):
        words().phrase("a <thing>")
