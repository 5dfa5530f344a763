"""The pages that any kind of reader can fetch, on a phone and on a desk, and for some of them in the dark.

A page that another reader has seen in the same words is not looked at again.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from html import unescape
from re import findall, sub
from typing import TYPE_CHECKING

import pytest

from tests.browser.crawling import crawl
from tests.browser.looking import DASH, visit
from tests.browser.people import KINDS, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

pytestmark = pytest.mark.slow

#: Of a reader with hundreds of pages, evenly spaced ones are looked at: this many at the most.
_AT_MOST = 40
_SEEN: set[tuple[str, bytes]] = set()


#: Looked at each time a change lands; whoever sees more takes long, and comes with `make test-wide`.
_EACH_TIME = (("parent", "light"), ("student", "light"), ("committee_member", "light"))
_LOOKS = [*((kind, "light") for kind in KINDS), ("teacher", "dark"), ("parent", "dark")]


@pytest.mark.parametrize(
    ("kind", "scheme"),
    [pytest.param(*look, marks=[] if look in _EACH_TIME else [pytest.mark.wide]) for look in _LOOKS],
)
def test_every_page_is_sound(
    kind: str,
    scheme: str,
    as_reader: Callable[..., BrowserContext],
    address: str,
    people: dict[str, Somebody],
) -> None:
    context = as_reader(kind, color_scheme=scheme)
    fresh = []
    for path, html in crawl(context, address):
        key = scheme, _words_of(html, people[kind])
        if key not in _SEEN:
            _SEEN.add(key)
            fresh.append((path, html))
    for path, html in fresh[:: 1 + len(fresh) // _AT_MOST]:
        (title,) = findall(f"<title>(.*?){DASH}", html)
        seen = visit(context, address, path)
        seen.look(unescape(title))
        seen.leave()


def _words_of(html: str, reader: Somebody) -> bytes:
    """The page without what differs from session to session."""
    plain = sub('name="csrf_token" value="[^"]*"', "", html).replace(reader.name, "")
    return blake2b(plain.encode()).digest()
