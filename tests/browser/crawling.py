"""Everything a reader can reach: their home page, and every link from there on."""

from __future__ import annotations

from collections.abc import Iterator
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from urllib.parse import urldefrag, urlsplit

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Collect the address of a link."""
        href = dict(attrs).get("href")
        if tag == "a" and href:
            self.found.append(href)


def links_of(html: str) -> list[str]:
    """The pages of ours that a page links to, without the place in them."""
    reader = _Links()
    reader.feed(html)
    paths = (urldefrag(link).url for link in reader.found)
    return [path for path in paths if path.startswith("/") and not urlsplit(path).netloc]


def crawl(context: BrowserContext, address: str) -> Iterator[tuple[str, str]]:
    """Path and HTML of every page that can be reached from home. A link that leads nowhere fails the test."""
    waiting, seen = ["/"], {"/"}
    while waiting:
        path = waiting.pop(0)
        answer = context.request.get(address + path, max_redirects=0)
        assert answer.status == 200, f"{path} answers {answer.status}"
        if not answer.headers["content-type"].startswith("text/html"):
            continue  # a document: that it is there is all there is to see
        html = answer.text()
        yield path, html
        new = [link for link in dict.fromkeys(links_of(html)) if link not in seen]
        seen.update(new)
        waiting += new


def students_in(paths: dict[str, str]) -> set[str]:
    """The students whose pages are among these."""
    return {path.split("/")[2] for path in paths if path.startswith("/students/") and path != "/students/"}
