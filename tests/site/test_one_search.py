"""A reader's search finds exactly the pages whose text, as it is sent to them, holds the words; the public's as well.

What is on a page is read here by other means than the search's own: Python's HTML parser and a folding of a few lines.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import pytest

from sendbook.bundle import PUBLIC, Bundle, look_up, search
from sendbook.bundle.pieces import plain
from tests.conftest import ON, Site

READERS = ("p-gba7", "p-6xmg", "p-2f3m", "p-1ge7", "p-kp3j", PUBLIC)
#: Own pages that are searched: they hold what is on no other page.
OF_THEIR_OWN = ("/people/", "/compliance/", "/figures/", "/records/accessibility-plan/")
#: Between two readings of the corpus nothing is chosen: every so many'th word in the order of the alphabet.
EVERY = 97
_JOINED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "æ": "ae", "ß": "ss", "’": "'", "‘": "'"})  # noqa: RUF001


class _Words(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.said: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:  # noqa: ARG002
        self._silent += tag in ("svg", "script", "style", "template")
        self.said.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in ("svg", "script", "style", "template")
        self.said.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.said.append(data)


def words(html: str) -> frozenset[str]:
    """The words of a piece of HTML, those with an apostrophe or a hyphen in parts and in one piece."""
    parser = _Words()
    parser.feed(html)
    parser.close()
    apart = unicodedata.normalize("NFKD", "".join(parser.said).lower().translate(_JOINED))
    text = "".join(one for one in apart if not unicodedata.combining(one)).replace("_", " ")
    chained = re.findall(r"[^\W_]+(?:['-][^\W_]+)+", text)
    return frozenset(re.findall(r"[^\W_]+", text)) | {re.sub("['-]", "", one) for one in chained}


def pages(bundle: Bundle, reader: str) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Every page in a reader's scope: path, subject, and its words as they are sent."""
    query = (
        "SELECT page.path FROM scope JOIN page ON page.subject = scope.subject AND page.projection = scope.projection"
        " WHERE scope.reader = ?"
    )
    for (path,) in bundle.connection.execute(query, (reader,)).fetchall():
        found = look_up(bundle.connection, reader, path, ON)
        assert found is not None
        if found.is_page:
            pieces = found.pieces()
            sent = " ".join(plain((pieces[mark],)).decode() for mark in ("title", "content"))
            yield path, found.subject or "", words(sent)


@pytest.fixture(scope="module")
def sent(example_site: Site) -> dict[str, dict[str, tuple[str, frozenset[str]]]]:
    """What each of the readers is sent."""
    with Bundle.reading(example_site.bundle) as bundle:
        return {one: {path: (whose, said) for path, whose, said in pages(bundle, one)} for one in READERS}


def is_searched(path: str, subject: str) -> bool:
    return path in OF_THEIR_OWN if subject == "own" else not path.endswith("/history/")


@pytest.mark.sample(1)
@pytest.mark.parametrize("reader", READERS)
def test_a_search_finds_exactly_the_pages_that_hold_the_words(
    example_site: Site, sent: Mapping[str, Mapping[str, tuple[str, frozenset[str]]]], reader: str
) -> None:
    """Words of anybody's pages are asked, so what this reader may not see is asked as well."""
    every = sorted(frozenset().union(*(said for site in sent.values() for _, said in site.values())))
    mine = {path: said for path, (whose, said) in sent[reader].items() if is_searched(path, whose)}
    asked = [one for one in every[::EVERY] if one.isascii() and len(one) > 2]
    assert len(asked) > 40
    hit = 0
    with Bundle.reading(example_site.bundle) as bundle:
        for word in asked:
            found = {one.path for one in search(bundle.connection, reader, word, ON, 10_000)}
            held = {path for path, said in mine.items() if any(one.startswith(word) for one in said)}
            assert found == held, word
            hit += bool(found)
    assert hit > 3


@pytest.mark.sample(1)
@pytest.mark.parametrize("reader", READERS)
def test_no_excerpt_holds_a_word_that_is_not_on_the_reader_s_page(
    example_site: Site, sent: Mapping[str, Mapping[str, tuple[str, frozenset[str]]]], reader: str
) -> None:
    with Bundle.reading(example_site.bundle) as bundle:
        for asked in ("reading", "support", "meeting", "dyslexia plan"):
            for hit in search(bundle.connection, reader, asked, ON):
                shown = words(" ".join(run.text.replace("<", "&lt;") for run in (*hit.name, *hit.excerpt)))
                assert shown <= sent[reader][hit.path][1] | {""}, hit.path


@pytest.mark.parametrize("asked", ["dyslexia", "epilepsy", "GCSE art", "Lukasz"])
def test_what_a_senco_looks_for_is_found(example_site: Site, asked: str) -> None:
    with Bundle.reading(example_site.bundle) as bundle:
        assert search(bundle.connection, "p-gba7", asked, ON)


def test_a_student_s_own_page_comes_first_when_their_name_is_asked(example_site: Site) -> None:
    query = (
        "SELECT page.path, text.whose FROM scope JOIN page ON page.subject = scope.subject"
        " AND page.projection = scope.projection JOIN text ON text.object = page.object"
        " WHERE scope.reader = 'p-gba7' AND text.names != '' ORDER BY page.path"
    )
    with Bundle.reading(example_site.bundle) as bundle:
        first = bundle.connection.execute(query).fetchall()
        assert len(first) > 25
        for path, whose in first:
            hit = search(bundle.connection, "p-gba7", whose, ON)[0]
            assert (hit.path, hit.place[:4]) == (path, "Year")
