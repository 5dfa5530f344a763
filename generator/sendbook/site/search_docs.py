"""What the search box in the header is told: names and headings, never the body of a plan.

The box fetches its whole index on every page, so there is one entry a page; for readers of more students than
`FULL_UP_TO` only each student's first page is listed. Full text is the search page's, which looks inside what the
reader may see and sends back a list of pages.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from typing import TypedDict

from sendbook.site.contents import text_of

#: Up to how many students every page of each is listed.
FULL_UP_TO = 100
#: How much of a handbook section the box knows, in characters.
TEXT_UP_TO = 240


class SearchDoc(TypedDict):
    """An entry of Material's index; `location` is relative to the site's root, the texts are HTML."""

    location: str
    title: str
    text: str


def search_doc(path: str, title: str, headings: Iterable[str]) -> SearchDoc:
    """The entry of one page."""
    return {"location": path.removeprefix("/"), "title": escape(title), "text": escape(" · ".join(headings))}


def beginning_of(doc: Mapping[str, str]) -> dict[str, str]:
    """A handbook entry with the first words of its text: every visit fetches it, and the search page knows the rest.

    What is cut is HTML of text alone, so it is cut where a word ends, outside tags and entities.
    """
    text = text_of(doc["text"])
    if len(text) > TEXT_UP_TO:
        text = text[:TEXT_UP_TO].rpartition(" ")[0] + " …"
    return {**doc, "text": escape(text)}
