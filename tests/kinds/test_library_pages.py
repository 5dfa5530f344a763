"""The provision library names no student whom the reader may not see, and does not count them either."""

from __future__ import annotations

from sendbook.kinds.intervention.library_pages import NAME_AT_HOME, library_pages_of
from sendbook.pages.surroundings import surroundings_of
from tests.site.small_student import CAMPUS, LIBRARY, PEOPLE, Outline, around, is_sound, templates

ENTRY = "/interventions/paired-reading/"


def test_library_pages_are_sound_and_say_the_plain_words_first() -> None:
    pages = library_pages_of(LIBRARY, {}, around(), templates())
    assert set(pages) == {"/interventions/", ENTRY}
    for fragment in pages.values():
        is_sound(fragment.content)
    text = Outline(pages[ENTRY].content).text
    assert text.index("You read with an adult.") < text.index("Reading aloud together.")
    assert "3 sessions of 20 minutes a week, for 12 weeks" in text


def test_only_members_with_a_name_here_are_shown() -> None:
    content = library_pages_of(LIBRARY, {"7Q4K": "Aaron Small"}, around(), templates())[ENTRY].content
    assert "Aaron Small" in content
    assert "8ZZ1" not in content


def test_a_group_is_the_same_page_with_and_without_members_one_may_not_see() -> None:
    group = {key: value for key, value in LIBRARY[0]["groups"][0].items() if key != "members"}  # type: ignore[index]
    without = [{**LIBRARY[0], "groups": [group]}]
    assert library_pages_of(LIBRARY, {}, around(), templates()) == library_pages_of(without, {}, around(), templates())


def test_an_empty_library_says_who_fills_it() -> None:
    bare = surroundings_of(CAMPUS, PEOPLE)
    assert "The SENDCo adds" in library_pages_of([], {}, bare, templates())["/interventions/"].content


def test_nothing_is_addressed_to_colleagues_and_families_read_their_own_name_for_the_list() -> None:
    pages = library_pages_of(LIBRARY, {}, around(), templates(), NAME_AT_HOME)
    assert pages["/interventions/"].title == "Kinds of extra help"
    text = Outline(pages[ENTRY].content).text
    assert "For colleagues" not in text
    assert "Moderate evidence" in text
    assert library_pages_of(LIBRARY, {}, around(), templates())["/interventions/"].title == "Provision library"


def test_what_is_no_longer_used_says_why_and_not_how_much_of_it_there_is() -> None:
    retired = [{**LIBRARY[0], "status": "retired", "groups": []}]
    text = Outline(library_pages_of(retired, {}, around(), templates())[ENTRY].content).text
    assert "Why we stopped" in text
    assert "Reading aloud together." in text
    assert "Moderate evidence" in text
    for offered in ("Usual amount", "Who it helps", "Slow readers.", "Kind of support"):
        assert offered not in text
