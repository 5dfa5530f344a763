"""The public edition as plain files: pages that find each other, their styles and papers wherever the folder is put.

Every address is made relative to the page it is on and names a file, so the folder works below any address, and
opened from a disk. Pages need no script; the content security policy is in each of them.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape, unescape

from sendbook.bundle.fragment import Fragment, Shell
from sendbook.errors import EngineError
from sendbook.handbook.built import Edition
from sendbook.handbook.public_home import HOME
from sendbook.handbook.shell import fill

#: Nothing but the folder's own styles and pictures. A page opened from a disk is its own only under ``file:``.
POLICY = (
    "default-src 'none'; style-src 'self' file:; img-src 'self' data: file:; font-src 'self' file:; "
    "base-uri 'none'; form-action 'none'"
)
#: Where the theme's own files go, which are the same for every campus.
THEME = "assets/"

_TAG = re.compile(r"""<[a-zA-Z](?:[^"'<>]|"[^"]*"|'[^']*')*>""")
_ADDRESS = re.compile(
    r"""(\s(?:href|src|data|poster|action|srcset|cite)\s*=\s*)(["'])(.*?)\2""", re.IGNORECASE | re.DOTALL
)
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_CHARSET = '<meta charset="utf-8">'


def plain_files(edition: Edition, home: Fragment, papers: Mapping[str, bytes]) -> dict[str, bytes]:
    """Every file of the folder by its path in it, in order.

    ``home`` is the first page; ``papers`` are the PDFs by the address they have on the site. An address that leads to
    no file of the folder is an error: it would lead a visitor nowhere, or to a page that is not public.
    """
    shell = _with_policy(edition.plain_shell)
    pages = {HOME: home, **dict(_pages(edition))}
    html = {url: _filled(shell, page) for url, page in pages.items()}
    styles = _theme_files(edition, html.values())
    others = {path: content for path, (content, _) in edition.files.items()} | dict(papers) | styles
    known = {_file(url) for url in [*pages, *others]}
    made = {_file(url): _relative(text, url, known).encode() for url, text in html.items()}
    made |= {_file(url): content for url, content in others.items()}
    return dict(sorted(made.items()))


def _pages(edition: Edition) -> Iterator[tuple[str, Fragment]]:
    for url, page in edition.pages.items():
        yield url, Fragment(title=escape(page.title), nav=page.nav, contents=page.contents, content=page.content)


def _with_policy(shell: Shell) -> Shell:
    """The shell with our policy as the first thing a browser reads."""
    first = shell.literals[0]
    if first.count(_CHARSET) != 1:
        raise EngineError("The theme's head is not the one we know: the policy has no place in it.")
    meta = f'{_CHARSET}\n<meta http-equiv="Content-Security-Policy" content="{escape(POLICY)}">'
    return Shell((first.replace(_CHARSET, meta), *shell.literals[1:]), shell.marks)


def _filled(shell: Shell, page: Fragment) -> str:
    pieces = {"title": page.title, "nav": page.nav, "contents": page.contents, "content": page.content}
    return fill(shell, **pieces)


def _theme_files(edition: Edition, pages: Iterable[str]) -> dict[str, bytes]:
    """The theme's files that a page names, and the fonts and their licence that a style sheet among them names."""
    named = {path for path in edition.assets if any(f'"{path}"' in text for text in pages)}
    styles = [edition.assets[path][0] for path in named if path.endswith(".css")]
    named |= {path for path in edition.assets if any(posixpath.basename(path).encode() in style for style in styles)}
    return {path: edition.assets[path][0] for path in sorted(named)}


def _file(url: str) -> str:
    """The file an address of the site stands for."""
    return f"{url}index.html".lstrip("/") if url.endswith("/") else url.lstrip("/")


def _relative(html: str, url: str, known: set[str]) -> str:
    """The page with every address of the site made relative to it."""
    here = posixpath.dirname(_file(url))

    def relative(found: re.Match[str]) -> str:
        before, quote, written = found.groups()
        target = unescape(written).strip()
        if not target or target.startswith("#") or _ELSEWHERE.match(target):
            return found.group()
        path, hash_, anchor = target.partition("#")
        file = _file(path) if path.startswith("/") and not path.startswith("//") else ""
        if file not in known:
            raise EngineError(f"The public page {url} leads to {target}, which is not public. Take that link out.")
        return f"{before}{quote}{escape(posixpath.relpath(file, here or '.') + hash_ + anchor)}{quote}"

    return _TAG.sub(lambda tag: _ADDRESS.sub(relative, tag.group()), html)
