"""Every story is complete, names what exists, and can be told of anyone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest

from sendbook.example.prose import PRONOUNS, Words
from sendbook.example.story import Story, bank, several, stories

STORIES = stories()
NEEDED = (
    "noticed", "need_name", "need_text", "strengths", "known", "summary", "outcomes", "targets", "provision",
    "strategies", "assess", "plan", "do", "review", "like", "matters", "help", "avoid", "signs", "calm", "talk",
    "adjust", "goals", "points", "agreed", "staff", "home", "family", "student",
)  # fmt: skip
# Nobody can see these happen.
STATES = frozenset(
    ["is", "becomes", "feels", "knows", "understands", "learns", "improves", "develops", "tries", "accesses", "enjoys"]
)
SERVICE = re.compile(
    r"\b(will|to) (have|receive|attend|get|be given)\b|\bsupport from\b|\b(sessions?|hours?) (a|per) week\b"
)
# Gaps that are filled only where a target is told.
_NUMBERS = {
    "goal": "12",
    "goal-age": "8 years 1 month",
    "base": "8",
    "unit": "words",
    "by": "Ms Okafor",
    "value": "9",
    "now": "9",
    "start": "8",
    "since": "May",
}
_WORDS = {
    "name": "Robin", "names": "Robin's", "year": "Year 7", "next-year": "Year 8", "mum": "my mum", "parent": "mother",
    "subject": "history", "subject2": "maths", "subject3": "French", "written": "English", "practical": "science",
    "day": "Monday", "day2": "Tuesday", "day3": "Friday", "when": "after break", "place": "the library",
    "place2": "the hall", "at-place": "in the library", "at-place2": "in the hall", "event": "the trip",
    "event2": "the show", "tutor": "Mr Abel", "teacher": "Ms Bell", "assistant": "Ms Cole", "key-adult": "Mr Dean",
    "senco": "Ms Eade", "interest": "chess", "interest-i": "I play chess", "interest-does": "plays chess",
    "interest-hook": "famous games", "interest2": "sharks", "interest2-i": "I know sharks",
    "interest2-does": "knows sharks", "interest2-hook": "ocean logs",
}  # fmt: skip


def _templates(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        for wording in several(value):
            yield from wording.split(" | ") if " | " in wording and "(" not in wording.split(" | ")[0] else [wording]
    elif isinstance(value, dict):
        for key, inner in value.items():
            if key not in ("id", "need", "area", "years", "also", "measure", "use", "by", "adulthood", "care", "set"):
                yield from _templates(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from _templates(inner)


def test_there_are_stories_enough_for_every_type_of_need() -> None:
    assert len(STORIES) >= 40
    assert len({story.id for story in STORIES}) == len(STORIES)
    kinds = {story.need for story in STORIES}
    assert kinds >= {"SPLD", "MLD", "SLCN", "ASD", "SEMH", "HI", "VI", "PD", "DS", "OTH", "NSA"}
    for year in range(3, 14):
        assert {story.need for story in STORIES if story.fits(year)} >= {"SPLD", "SLCN", "ASD", "SEMH"}, year


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_story_is_complete(story: Story) -> None:
    assert not [name for name in NEEDED if not story.texts.get(name)]
    assert {target["to"] for target in story.texts["targets"]} <= set(range(1, len(story.texts["outcomes"]) + 1))
    numbers = range(1, len(story.texts["targets"]) + 1)
    assert all(number in numbers for line in story.texts["provision"] for number in line["for"])


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_a_story_names_measures_and_interventions_that_exist(story: Story) -> None:
    measures = {measure["id"] for measure in bank("measures")}
    interventions = {entry["id"] for entry in bank("interventions")}
    assert {target["measure"] for target in story.texts["targets"]} <= measures
    assert {line["use"] for line in story.texts["provision"]} <= interventions


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_targets_can_be_seen_and_outcomes_are_no_services(story: Story) -> None:
    assert not [one["does"] for one in story.texts["targets"] if one["does"].split()[0] in STATES]
    assert not [one["is"] for one in story.texts["outcomes"] if SERVICE.search(one["is"])]


@pytest.mark.parametrize("story", STORIES, ids=lambda story: story.id)
def test_every_text_can_be_told_with_every_pronoun(story: Story) -> None:
    """Whatever is chosen, no gap and no bracket is left, and sentences begin with a capital letter."""
    for pronoun, forms in PRONOUNS.items():
        words = Words(Random(pronoun), {**_WORDS, **_NUMBERS, **forms})
        own = {name: words.phrase(text) for name, text in story.texts.get("set", {}).items()}
        for template in _templates(dict(story.texts)):
            told = words.with_words(own).sentence(template)
            assert not re.search(r"[<>|()]", told), told
            assert not told[0].islower(), told


@pytest.mark.parametrize("name", ["meetings", "profiles"])
def test_shared_texts_can_be_told_too(name: str) -> None:
    for forms in PRONOUNS.values():
        words = Words(Random(1), {**_WORDS, **_NUMBERS, **forms})
        for template in _templates(bank(name)):
            assert not re.search(r"[<>|()]", words.sentence(template))
