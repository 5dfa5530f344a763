"""A search looks through what the reader may see, and its order tells nothing of the rest."""

from datetime import timedelta

import pytest

from sendbook.bundle import Bundle, Fragment, search
from tests.bundle.sites import AISHA, BEN, MONDAY

STAFF, FAMILY = "staff", "family"


def paths(bundle: Bundle, reader: str, words: str, limit: int = 50) -> list[str]:
    return [hit.path for hit in search(bundle.connection, reader, words, MONDAY, limit)]


def test_only_pages_in_the_reader_s_scope_are_found(bundle: Bundle):
    assert paths(bundle, "t", "ruler") == [f"/students/{AISHA}/plan/", f"/students/{BEN}/plan/"]
    assert paths(bundle, "p", "ruler") == [f"/students/{AISHA}/plan/"]
    assert paths(bundle, "public", "ruler") == []
    assert paths(bundle, "nobody", "ruler") == []


def test_what_is_hidden_from_a_reader_is_not_found_by_them(bundle: Bundle):
    assert len(paths(bundle, "t", "costs")) == 2
    assert paths(bundle, "p", "costs") == []


def test_access_that_ended_finds_nothing(bundle: Bundle):
    hits = search(bundle.connection, "t", "ruler", MONDAY + timedelta(days=1))
    assert [hit.subject for hit in hits] == [AISHA]


@pytest.mark.parametrize("typed", ["nunez", "NÚÑEZ", "núñez plan", "plan nun", "  Núñez!  "])
def test_case_accents_and_endings_do_not_count(bundle: Bundle, typed: str):
    assert paths(bundle, "p", typed) == [f"/students/{AISHA}/plan/"]


def test_all_words_must_match(bundle: Bundle):
    assert paths(bundle, "t", "ruler okoro") == [f"/students/{BEN}/plan/"]
    assert paths(bundle, "t", "ruler absent") == []


def test_the_middle_of_a_word_is_not_found(bundle: Bundle):
    assert paths(bundle, "t", "uler") == []


@pytest.mark.parametrize("typed", ["", "   ", "!?", "%", "_", "'"])
def test_no_words_find_nothing(bundle: Bundle, typed: str):
    assert paths(bundle, "t", typed) == []


def test_words_are_never_part_of_the_statement(bundle: Bundle):
    assert paths(bundle, "t", "ruler' OR 1=1 --") == []


def test_a_publication_that_comes_in_between_changes_nothing_of_what_was_found(bundle: Bundle):
    """Numbers of objects that are gone are given again: the words around a hit would be those of another page."""

    def publish(said: str) -> None:
        with bundle.publish() as change:
            change.put_pages(AISHA, STAFF, {"/late/": Fragment(title="Note", content=f"<p>{said}</p>")})

    publish("A kite for everybody.")
    bundle.connection.execute("PRAGMA busy_timeout = 0")  # its log can't be emptied while we read, so nothing waits
    with Bundle.reading(bundle.path) as reading:
        coming = ["Nothing to see.", "A kite for Ben alone."]

        def comes_in_between(statement: str) -> None:
            while coming and statement.startswith("SELECT body"):
                publish(coming.pop(0))

        reading.connection.set_trace_callback(comes_in_between)
        (hit,) = search(reading.connection, "t", "kite", MONDAY)
    assert coming == []
    assert "".join(run.text for run in hit.excerpt) == "A kite for everybody."


def test_hits_in_the_title_come_first_then_by_title(bundle: Bundle):
    with bundle.publish() as change:
        titles = {"/a/": ("Zoo", "lunch plan"), "/b/": ("Art", "lunch"), "/c/": ("Lunch", "with Ben")}
        for path, (title, text) in titles.items():
            change.put_pages("library", path, {path: Fragment(title=title, content=text)})
        change.put_pages("library", "all", {p: Fragment(title=t, content=c) for p, (t, c) in titles.items()})
        change.set_scopes("library", [("t", "all", None, "staff")])
    assert paths(bundle, "t", "lunch") == ["/c/", "/b/", "/a/"]
    assert paths(bundle, "t", "lunch", limit=2) == ["/c/", "/b/"]


def test_the_order_does_not_depend_on_what_others_see(bundle: Bundle):
    def hits() -> list[str]:
        return paths(bundle, "p", "plan")

    before = hits()
    with bundle.publish() as change:
        for number in range(30):
            page = {f"/students/{BEN}/{number}/": Fragment(title=f"Plan {number}", content="plan ruler " * number)}
            change.put_pages(BEN, f"s{number}", page)
            change.set_scope(f"other{number}", BEN, f"s{number}", None, "teaches")
    assert hits() == before


def test_a_page_that_asks_to_be_left_out_is_not_found(bundle: Bundle):
    assert paths(bundle, "t", "home") == []


def test_search_text_given_by_the_page_is_used_instead_of_its_content(bundle: Bundle):
    with bundle.publish() as change:
        change.put_pages(AISHA, STAFF, {f"/students/{AISHA}/plan/": Fragment(title="Plan", content="a", search="beta")})
    assert paths(bundle, "t", "beta") == [f"/students/{AISHA}/plan/"]
