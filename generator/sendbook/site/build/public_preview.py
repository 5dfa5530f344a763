"""What the public edition will hold, before the engine has made it: for `sendbook check`, which starts no engine.

The words, addresses, places and files are those of the pages that a build will make; only the theme around them is
missing, which is the same for every campus.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from hashlib import blake2b
from html import escape

from sendbook.campus.code import code_digest
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.handbook.edition import SourcePage, select
from sendbook.handbook.folder import Handbook
from sendbook.handbook.macros import MacroValues, expand
from sendbook.handbook.print_pages import page_documents, paper_of
from sendbook.handbook.public_home import HOME, PublicPage, public_home
from sendbook.handbook.public_sources import public_sources
from sendbook.handbook.rendering import rendered
from sendbook.handbook.workspace import front_of, referred_to
from sendbook.pages.templates import Templates, own_digest
from sendbook.site.build.public_guard import Objects
from sendbook.site.build.shared_campus import own_templates
from sendbook.site.macro_values import macro_values


def previewed(folder: CampusFolder, shared: Campus, read: Handbook, on: date) -> Objects:
    """Returns the public's objects as a build of this day would make them."""
    own = own_templates(folder.root)
    shared_now = sorted((record.id, record.digest) for record in shared.records.values())
    rests_on = (code_digest(), read.digest, own_digest(own), on.isoformat(), shared_now)
    return Objects(
        digest=blake2b(repr(rests_on).encode(), digest_size=16).hexdigest(),
        files=lambda: dict(_files(folder, read, macro_values(shared, on, "public"))),
        sources=lambda: public_sources(folder),
    )


def _files(folder: CampusFolder, read: Handbook, values: MacroValues) -> Iterator[tuple[str, bytes]]:
    pages = select(read.pages, "public")
    texts = {page.path: expand(page.body, values)[0] for page in pages}
    for page in pages:
        yield page.url, _page(page, texts[page.path], values).encode()
    for path, content in referred_to(texts, read.files).items():
        yield f"/handbook/{path}", content
    papers = page_documents(read.pages, "public", values)
    yield from ((paper_of(url), content) for url, content in papers.items())
    yield from _home(folder, pages, values, [*papers])


def _page(page: SourcePage, text: str, values: MacroValues) -> str:
    """The page with what stands around its text: its title, its summary and its facts."""
    front = front_of(page, values)
    facts = "".join(f"<dt>{escape(one['label'])}</dt><dd>{escape(one['value'])}</dd>" for one in front["facts"])
    return f"<title>{escape(page.title)}</title><p>{escape(page.summary)}</p><dl>{facts}</dl>\n{rendered(text)}"


def _home(
    folder: CampusFolder, pages: tuple[SourcePage, ...], values: MacroValues, papers: list[str]
) -> Iterator[tuple[str, bytes]]:
    listed = [
        PublicPage(title=page.title, url=page.url, summary=page.summary, document=page.document) for page in pages
    ]
    templates = Templates(site_templates(), own_templates(folder.root))
    home = public_home(values, listed, templates, papers={url: paper_of(url) for url in papers})
    yield HOME, f"<title>{home.title}</title>{home.contents}{home.content}".encode()
