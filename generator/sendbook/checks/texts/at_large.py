"""Checks what every family reads and is about no student: the library, the campus's own records, the handbook.

Nobody's home is known to all families, and no student or member of a family is named to them. Colleagues are, and so is
how the campus is reached.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.editions import READERS, edition_view
from sendbook.access.shared import gated_alike
from sendbook.campus.foundation import CAMPUS
from sendbook.campus.records import Campus, Record
from sendbook.checks.leaks.folding import words_of
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Words
from sendbook.checks.texts.reaching import Reached, texts_in
from sendbook.checks.texts.sightings import LONE, Looker, Sighting
from sendbook.checks.texts.unsaid import Unsaid

#: Has who was in none of the texts the last time, where these names were open to all.
UnsaidIn = Callable[[frozenset[Words]], Unsaid]
_READERS = frozenset({"every family"})
#: The kind of a record that stands for a page of the handbook.
PAGE = "page"


def texts_for_all(shared: Campus, basis: Basis, published: Container[str] = ()) -> Iterator[Reached]:
    """Returns every text of the campus's own records that all families read, with its place.

    Of the kinds that are ``published`` with the handbook, rules of their own look through all that is public.
    """
    view = edition_view(shared, "family", basis=basis)
    public = edition_view(shared, "public", basis=basis)
    for shown in (*view.records.values(), *gated_alike(shared, READERS["family"], basis)):
        whole, root = shared.records[shown.id], basis.kinds[shown.kind].root
        open_to_all = public.get(shown.id) if shown.kind in published else None
        told = dict(texts_in(root, whole.data, open_to_all.data)) if open_to_all is not None else {}
        for pointer, text in texts_in(root, whole.data, shown.data):
            if pointer not in told:
                yield Reached(record=whole, pointer=pointer, text=text, readers=_READERS)


def page_text(path: str, text: str) -> Reached:
    """A text on a page of the handbook, or in a file that it shows, which all families read."""
    record = Record(id=path, kind=PAGE, student=None, path=path, digest="", data={})
    return Reached(record=record, pointer="", text=text, readers=_READERS)


def sightings_for_all(
    texts: Iterable[Reached],
    shared: Campus,
    on: date,
    basis: Basis,
    everybody: Everybody,
    unsaid_in: UnsaidIn = Unsaid,
) -> list[Sighting]:
    """Finds contact details of homes, and names of students and families, in these texts.

    ``unsaid_in`` has what is known of the texts of the last time, where that is kept.
    """
    listed = list(texts)
    looker = Looker(shared=shared, own=Campus((), shared.registry), student="", on=on, basis=basis, others=everybody)
    candidates = unsaid_in(looker.names_at_work).leaves((text.text for text in listed), everybody)
    found = looker.among(listed, candidates) if candidates else []
    open_words = _open_words(shared)
    return [seen for seen in found if seen.code != LONE or not _words(seen) <= open_words]


def _words(seen: Sighting) -> set[str]:
    return {word for key in seen.keys for word in key.split()}


def _open_words(shared: Campus) -> set[str]:
    """Returns the campus's own words, and words that it has said are not names."""
    place = shared.get(CAMPUS)
    said = [place.data.get("name"), *place.data.get("public_words", ())] if place is not None else []
    return {word for text in said for word in words_of(str(text))}
