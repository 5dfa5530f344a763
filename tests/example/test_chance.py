"""Repeatable chance: decks keep shares, rotations put off repeats, ids are never given twice."""

from __future__ import annotations

import re
from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from sendbook.example.chance import Deck, Ids, Rotation, chance, some


def test_draws_depend_on_seed_and_purpose_alone() -> None:
    assert chance(1, "a", 2).random() == chance(1, "a", 2).random()
    assert chance(1, "a", 2).random() != chance(1, "a", 3).random()
    assert chance(1, "a", 2).random() != chance(2, "a", 2).random()


def test_a_deck_holds_its_shares_exactly_once_through() -> None:
    deck = Deck(chance(1), [("x", 3), ("y", 7)])
    assert Counter(deck.draw() for _ in range(20)) == {"x": 6, "y": 14}


def test_cards_put_back_come_next() -> None:
    deck = Deck(chance(1), [("x", 5), ("y", 5)])
    drawn = [deck.draw(), deck.draw()]
    deck.put_back(drawn)
    assert [deck.draw(), deck.draw()] == drawn


def test_a_rotation_repeats_nothing_while_something_fitting_waits() -> None:
    rotation = Rotation(chance(1), list(range(6)))
    assert sorted(rotation.next(lambda option: int(str(option)) % 2 == 0) for _ in range(3)) == [0, 2, 4]
    assert rotation.next(lambda option: option == 9) is None


@given(st.integers(), st.integers(0, 12))
def test_some_keeps_the_order(seed: int, count: int) -> None:
    taken = some(chance(seed), list(range(10)), count)
    assert taken == sorted(set(taken))
    assert len(taken) == min(count, 10)


def test_ids_are_readable_and_never_taken() -> None:
    ids = Ids(["7Q4K"])
    rng = chance(3)
    students = [ids.student(rng) for _ in range(500)]
    assert len(set(students)) == 500
    assert "7Q4K" not in students
    assert all(re.fullmatch(r"(?=.*[0-9])(?=.*[A-Z])[0-9A-HJKMNP-TV-Z]{4}", one) for one in students)
    assert not [one for one in students if re.fullmatch(r"\d+E\d+", one)]
    assert re.fullmatch(r"p-[0-9a-hjkmnp-tv-z]{4}", ids.person(rng))
