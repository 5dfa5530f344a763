"""Makes a page of a reader's own: with a head for each printed sheet where several students are on it."""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from sendbook.bundle.fragment import Fragment
from sendbook.campus.words import long_day
from sendbook.kinds.paper import PRIVATE
from sendbook.pages.contents import Heading, contents_list
from sendbook.site.readers.reader_relations import Desk


def own_fragment(title: str, content: Markup, headings: Sequence[Heading], nav: str, paper: str = "") -> Fragment:
    """A page; ``paper`` is what every sheet of it says when it is printed, "" where the page has a head of its own."""
    head = Markup('<div class="sb-paper">\n<div class="sb-paper__head" data-paper="{}"></div>\n').format(paper)
    return Fragment(
        title=str(Markup.escape(title)),
        nav=nav,
        contents=contents_list(headings),
        content=f'{head}<div class="sb-paper__body">\n{content}</div>\n</div>\n' if paper else str(content),
        search="",  # these pages only repeat what is on the students' own
    )


def paper_head(desk: Desk) -> str:
    """What every printed sheet of a page with several students on it says."""
    return " · ".join(
        filter(None, (PRIVATE, desk.reader.name and f"printed for {desk.reader.name}", long_day(desk.on.isoformat())))
    )
