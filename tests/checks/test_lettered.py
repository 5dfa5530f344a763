"""What a scanner finds in a text is never passed over by the quick look at the text's letters."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.checks.leaks.scan import Scanner
from sendbook.checks.texts.forms import Someone
from sendbook.checks.texts.lettered import Held, Lettered, Sought, lettered
from sendbook.checks.texts.mentioned import mentioned, mentioned_in
from sendbook.checks.texts.sightings import _local_numbers

PEOPLE = (
    Someone(
        id="p-1aaa",
        full="Siobhán O'Neill-Carter",
        known_as="Ms O'Neill-Carter",
        emails=("s.oneill@post.example",),
        phones=("01632 960155",),
        addresses=("Flat 2, 14a St John's Road, AB1 2CD",),
    ),
    Someone(id="2AAA", full="Ольга Петрова (Olga Petrova)", known_as="Olga", student=True),
    Someone(id="2BBB", full="O Li", known_as="O", student=True),
    Someone(id="2CCC", full="İpek Straße", known_as="İpek", student=True),
    Someone(id="p-2aaa", full="Ng Thi Hoa", known_as="Mrs Ng", addresses=("Rose Cottage, Mill Lane, EX4 4QJ",)),
)
WRITTEN: tuple[Callable[[str], str], ...] = (
    lambda text: text,
    lambda text: text.title().replace(" ", ""),
    lambda text: text.upper(),
    lambda text: " ".join(text.replace(" ", "")),
    lambda text: ".".join(text.replace(" ", "")),
    lambda text: " - ".join(text.replace(" ", "")),
    lambda text: f"\u202e{text[::-1]}\u202c",
    lambda text: "\u00ad".join(text),
    lambda text: text.replace("e", "3").replace("l", "1").replace("o", "0"),
    lambda text: text.replace("a", "\u0430").replace("o", "\u03bf"),
    lambda text: f"{text[:3]}-\n{text[3:]}",
    lambda text: f"{text[:2]}\0{text[2:]}",
    lambda text: text.title().replace("l", "I"),
    lambda text: text.replace(" ", "_"),
    lambda text: text.replace("14a", "fourteen").replace("1", "l").replace("2", "z"),
    lambda text: text.replace(".", " dot ").replace("@", " at "),
)


@pytest.mark.parametrize("someone", PEOPLE, ids=[one.id for one in PEOPLE])
@pytest.mark.parametrize("near", [False, True])
def test_what_a_scanner_finds_is_held_by_the_letters(someone: Someone, near: bool) -> None:
    forms = [" ".join(words) for words in (*someone.names(), *someone.ways_to_reach(near=near))]
    forms += [someone.full, someone.known_as, *someone.emails, *someone.phones, "9 6 0 1 five 5", "960 155"]
    scanner, sought, found = Scanner(someone.identifiers(near=near)), Sought.of([someone], near=near), 0
    for text in {written(form) for form in forms for written in WRITTEN}:
        hits = [*scanner.hits_once(text), *(_local_numbers(someone.local_numbers, text) if near else ())]
        names = {hit.key for hit in hits if hit.code == "leak-name"}
        (held,) = sought.in_text(text) or [Held(someone=someone, names=frozenset(), contact=False)]
        assert names <= held.names, text
        assert held.contact or all(hit.code == "leak-name" for hit in hits), text
        found += len(hits)
    assert found > len(forms)


FORMS = [" ".join(words) for one in PEOPLE for words in (*one.names(), *one.ways_to_reach(near=True), *one.phones)]
PLAIN = (
    "We met at 4.",
    "She reads well!",
    "double",
    "a",
    "Ask Ms",
    "12",
    "l and",
    "\u202e",
    "2026-11-23",
    "p-1aaa",
    "",
)
TEXTS = st.lists(
    st.builds(
        lambda before, form, written, behind: f"{before}{written(form)}{behind}",
        st.sampled_from(("", "We saw ", "x", "12 ", "-")),
        st.sampled_from(FORMS),
        st.sampled_from(WRITTEN),
        st.sampled_from(("", " today.", "'s", "4", "-")),
    )
    | st.sampled_from(PLAIN),
    max_size=6,
)


@given(TEXTS, st.booleans())
def test_of_several_texts_each_is_looked_at_as_closely_as_by_itself(texts: list[str], near: bool) -> None:
    sought = Sought.of(PEOPLE, near=near)
    assert sought.in_texts(texts) == [_held_one_by_one(text, near=near) for text in texts]


@given(TEXTS, st.booleans())
def test_several_texts_whose_letters_are_known_hold_all_that_each_of_them_holds(texts: list[str], near: bool) -> None:
    """What a build remembers of a student: without this it would pass over a text with somebody's new name."""
    sought = Sought.of(PEOPLE, near=near)
    together = {one.someone.id: one for one in sought.in_letters(Lettered.together(texts))}
    for one in (one for held in sought.in_texts(texts) for one in held):
        assert one.names <= together[one.someone.id].names
        assert together[one.someone.id].contact or not one.contact
    assert Lettered.together(reversed(texts)) == Lettered.together(texts)


def _held_one_by_one(text: str, *, near: bool) -> list[Held]:
    """The same without any haste: each form of each of them, looked for in each reading of the text."""
    read, found = lettered(text), []
    for one in PEOPLE:
        names = {words for words in one.names() if any("".join(words) in row for row in read.rows)}
        ways = any("".join(words) in row for words in one.ways_to_reach(near=near) for row in read.rows)
        numbers = one.local_numbers if near else one.numbers
        contact = ways or any(number in row for number in numbers for row in read.digits)
        if names or contact:
            found.append(Held(someone=one, names=frozenset(names), contact=contact))
    return found


@given(TEXTS, st.booleans())
def test_whoever_may_be_in_one_text_may_be_in_several_of_which_it_is_one(texts: list[str], near: bool) -> None:
    together = mentioned_in(texts)
    for text in texts:
        for one in PEOPLE if text not in ("2026-11-23", "p-1aaa") else ():
            assert together.may_hold(one, near=near) or not mentioned(text).may_hold(one, near=near), text
