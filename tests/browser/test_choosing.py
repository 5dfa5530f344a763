"""The choice of pages: each page once, by the first reader who reaches it, however many tests run and in what order."""

from __future__ import annotations

from tests.browser.choosing import chosen
from tests.browser.test_every_page import LOOKS, before

PARENT = {"/": 1, "/handbook/": 2}
STUDENT = {"/": 3, "/handbook/": 2, "/me/": 4, "/also/": 4}


def test_a_page_in_the_same_words_is_looked_at_for_the_first_reader_alone() -> None:
    assert chosen([PARENT], 40) == ["/", "/handbook/"]
    assert chosen([PARENT, STUDENT], 40) == ["/", "/me/"]


def test_what_is_chosen_for_a_reader_does_not_depend_on_what_was_chosen_before() -> None:
    again = chosen([PARENT, STUDENT], 40)
    chosen([STUDENT, PARENT], 40)
    assert chosen([PARENT, STUDENT], 40) == again


def test_of_many_pages_evenly_spaced_ones_are_taken_and_of_few_all() -> None:
    many = {f"/{number}/": number for number in range(100)}
    assert chosen([many], 40) == [f"/{number}/" for number in range(0, 100, 3)]
    assert len(chosen([dict(list(many.items())[:40])], 40)) == 40
    assert chosen([{}], 40) == []


def test_each_look_has_its_place_in_one_order_and_dark_pages_are_not_spared_for_light_ones() -> None:
    """Those that are looked at each time come first, so what they look at needs nobody else's pages."""
    assert [before(*look) for look in LOOKS[:3]] == [
        ["parent"],
        ["parent", "student"],
        ["parent", "student", "committee_member"],
    ]
    assert before("parent", "dark") == ["teacher", "parent"]
    assert len(set(LOOKS)) == len(LOOKS) == 14
