"""The pages that any kind of reader can fetch, on a phone and on a desk, and for some of them in the dark.

A page that several readers see in the same words is looked at once: for the first of them in the order of `LOOKS`.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from hashlib import blake2b
from html import unescape
from re import findall, sub
from typing import TYPE_CHECKING

import pytest

from tests.browser.choosing import chosen
from tests.browser.crawling import crawl
from tests.browser.looking import DASH, visit
from tests.browser.people import KINDS, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

#: Of a reader with hundreds of pages, evenly spaced ones are looked at: this many at the most.
_AT_MOST = 40

#: Looked at each time a change lands; readers who see more take long, and run with `make test-wide`.
_EACH_TIME = (("parent", "light"), ("student", "light"), ("committee_member", "light"))
_WIDE = (*((kind, "light") for kind in KINDS), ("teacher", "dark"), ("parent", "dark"))
LOOKS = (*_EACH_TIME, *(look for look in _WIDE if look not in _EACH_TIME))

Reached = Callable[[str], dict[str, tuple[bytes, str]]]


@pytest.fixture(scope="package")
def reached(as_reader: Callable[..., BrowserContext], address: str, people: dict[str, Somebody]) -> Reached:
    """What a kind of reader can reach from home: by path, a digest of the page's words and its title."""

    @cache
    def of(kind: str) -> dict[str, tuple[bytes, str]]:
        return {
            path: (_words_of(html, people[kind]), unescape(findall(f"<title>(.*?){DASH}", html)[0]))
            for path, html in crawl(as_reader(kind), address)
        }

    return of


def before(kind: str, scheme: str) -> list[str]:
    """The readers up to this one who are looked at in these colours, in the order that never changes."""
    kinds = [one for one, colours in LOOKS if colours == scheme]
    return kinds[: kinds.index(kind) + 1]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("kind", "scheme"),
    [pytest.param(*look, marks=[] if look in _EACH_TIME else [pytest.mark.wide]) for look in LOOKS],
)
def test_every_page_is_sound(
    kind: str, scheme: str, as_reader: Callable[..., BrowserContext], address: str, reached: Reached
) -> None:
    words = [{path: digest for path, (digest, _) in reached(one).items()} for one in before(kind, scheme)]
    for path in chosen(words, _AT_MOST):
        seen = visit(as_reader(kind, color_scheme=scheme), address, path)
        seen.look(reached(kind)[path][1])
        seen.leave()


def _words_of(html: str, reader: Somebody) -> bytes:
    """The page without what differs from session to session."""
    plain = sub('name="csrf_token" value="[^"]*"', "", html).replace(reader.name, "")
    return blake2b(plain.encode()).digest()
