"""What MkDocs built, taken apart: fragments, the shell, the theme's files.

Only what is named here leaves the engine's folder. Its sitemap, its whole pages and its source maps stay
behind, and a theme that gained a script, lost a mark or began to call another host stops the build.
"""

from __future__ import annotations

import base64
import hashlib
import posixpath
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape, unescape
from pathlib import PurePosixPath

from sendbook.bundle.fragment import Shell
from sendbook.errors import EngineError
from sendbook.handbook import shell as shells
from sendbook.handbook.allowed_html import refused
from sendbook.handbook.built import Edition, HandbookPage
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.page_tables import boxed
from sendbook.pages.contents import contents_list, headings_of, text_of
from sendbook.pages.drawer import NavLink, nav_section

BEGIN, END = "<!--@@sendbook-page:begin-->", "<!--@@sendbook-page:end-->"
SCRIPTS_KNOWN = ("__md_scope=", '__md_get("__palette")', "location.hash.slice(1)")
MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}

#: What only the theme brings: a page of the handbook links to none of these.
_OF_THEME = {**MEDIA_TYPES, ".txt": "text/plain; charset=utf-8", ".woff2": "font/woff2"}

# What is of use only where a gate and scripts stand behind the page: sign-in, search, choice of colours.
_SERVED = re.compile(r"<!--@@sendbook-served:begin-->.*?<!--@@sendbook-served:end-->", re.DOTALL)
_SERVED_MARK = re.compile(r"<!--@@sendbook-served:(?:begin|end)-->")
_SCRIPT = re.compile(r"<script\b([^>]*)>(.*?)</script>", re.DOTALL)
_ASSET = re.compile(r"/assets/[\w./-]+")
#: A style sheet names the theme's fonts in an address, and their licence in a comment.
_FONT = re.compile(rb"\.\./(fonts/[\w-]+(?:\.[\w-]+)+)")
_LOADS = re.compile(r"<(?:script|link|img|iframe|source|object|embed)\b[^>]*?\b(?:src|href|data)=\"(?!/)([^\"]*)\"")
_REFERENCE = re.compile(r"(\s(?:href|src))=\"([^\"]*)\"")
_SOURCE_MAP = re.compile(rb"\n?(?://|/\*)# sourceMappingURL=[^\n]*$")
#: Our comments are for people who change a style; one that begins with an exclamation mark, a licence's, goes along.
_COMMENT = re.compile(rb"/\*(?!!).*?\*/\n?", re.DOTALL)
_OLD_HASH = re.compile(r"\.[0-9a-f]{8}(?=\.)")

Site = Mapping[str, bytes]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Shell:
    shell: Shell
    plain: Shell
    assets: dict[str, tuple[bytes, str]]
    script_hashes: tuple[str, ...]


def edition_of(site: Site, pages: Sequence[SourcePage], name: str, handbook_title: str) -> Edition:
    """The edition made of a built site; ``site`` is file contents by path in MkDocs' output folder."""
    links = [NavLink(title=page.title, url=page.url) for page in pages]
    files = {
        f"/{path}": (content, MEDIA_TYPES[PurePosixPath(path).suffix])
        for path, content in sorted(site.items())
        if path.startswith("handbook/") and PurePosixPath(path).suffix in MEDIA_TYPES
    }
    around = _shell(site, name)
    return Edition(
        name=name,
        shell=around.shell,
        plain_shell=around.plain,
        pages={page.url: _page(site, page, links, handbook_title) for page in pages},
        nav=nav_section(handbook_title, links, kind="handbook"),
        assets=around.assets,
        files=files,
        script_hashes=around.script_hashes,
    )


def wanted(path: str) -> bool:
    """Whether a file of MkDocs' output is one we may need."""
    if path == "shell.html":
        return True
    if path.startswith(("assets/javascripts/lunr/", "assets/javascripts/workers/")) or path.endswith((".map", ".gz")):
        return False
    return path.startswith(("handbook/", "assets/"))


def _page(site: Site, page: SourcePage, links: Sequence[NavLink], handbook_title: str) -> HandbookPage:
    whole = _read(site, f"{page.url.strip('/')}/index.html")
    if whole.count(BEGIN) != 1 or whole.count(END) != 1:
        raise EngineError(f"The theme lost the marks around the content of {page.path}.")
    content = whole.partition(BEGIN)[2].partition(END)[0].strip()
    for one in refused(content, themed=True):
        raise EngineError(f"The page {page.path} holds what no page may be made of: {one.name}")
    content = boxed(_absolute(content, page.url))
    headings = headings_of(content)
    return HandbookPage(
        id=page.id,
        title=page.title,
        summary=page.summary,
        nav=nav_section(handbook_title, links, current=page.url, kind="handbook"),
        contents=contents_list(headings),
        content=content,
        headings=headings,
        text=text_of(content),
        document=page.document,
    )


def _absolute(content: str, url: str) -> str:
    """Relative addresses made absolute, so that a fragment means the same wherever it is put."""

    def absolute(found: re.Match[str]) -> str:
        target = unescape(found.group(2))
        if not target or target.startswith(("#", "/")) or re.match(r"[a-z][a-z0-9+.-]*:", target, re.IGNORECASE):
            return found.group()
        path, hash_, anchor = target.partition("#")
        joined = posixpath.normpath(posixpath.join(url, path))
        slash = "/" if path.endswith("/") and joined != "/" else ""
        return f'{found.group(1)}="{escape(joined + slash + hash_ + anchor)}"'

    return _REFERENCE.sub(absolute, content)


def _shell(site: Site, name: str) -> _Shell:
    html = _read(site, "shell.html")
    elsewhere = _LOADS.findall(html)
    if elsewhere:
        raise EngineError(f"The theme loads something that is not its own: {elsewhere[0]}")
    hashes = _script_hashes(html)
    assets: dict[str, tuple[bytes, str]] = {}
    renamed: dict[str, str] = {}
    for path in sorted(set(_ASSET.findall(html))):
        content = _of_theme(site, path)
        if path.endswith(".css"):
            content, fonts = _with_fonts(site, _COMMENT.sub(b"", content) if "/styles/" in path else content)
            assets.update(fonts)
        renamed[path] = _hashed(path, content)
        assets[renamed[path]] = (content, _OF_THEME[PurePosixPath(path).suffix])
    html = _ASSET.sub(lambda found: renamed[found.group()], html)
    served, plain = _SERVED_MARK.sub("", html), _SCRIPT.sub("", _SERVED.sub("", html))
    return _Shell(
        shell=shells.cut(served, shells.marks_of(name)),
        plain=shells.cut(plain, shells.marks_of(name, served=False)),
        assets=assets,
        script_hashes=hashes,
    )


def _of_theme(site: Site, path: str) -> bytes:
    """A file of the theme; text without what points to a source map, for there is none."""
    content = site.get(path.lstrip("/"))
    if content is None:
        raise EngineError(f"The theme refers to {path}, which it did not write.")
    return content if path.endswith(".woff2") else _SOURCE_MAP.sub(b"", content.rstrip())


def _with_fonts(site: Site, style: bytes) -> tuple[bytes, dict[str, tuple[bytes, str]]]:
    """A style sheet that finds the fonts it names next to itself, under hashed names; and these."""
    fonts: dict[str, tuple[bytes, str]] = {}

    def renamed(found: re.Match[bytes]) -> bytes:
        path = f"/assets/{found[1].decode()}"
        content = _of_theme(site, path)
        name = _hashed(path, content)
        fonts[name] = (content, _OF_THEME[PurePosixPath(path).suffix])
        return PurePosixPath(name).name.encode()

    return _FONT.sub(renamed, style), fonts


def _script_hashes(html: str) -> tuple[str, ...]:
    """The CSP sources of the three inline scripts; a fourth, or a changed one, is not let through."""
    inline = [(attributes, text) for attributes, text in _SCRIPT.findall(html) if "src=" not in attributes]
    data = [text for attributes, text in inline if 'type="application/json"' in attributes]
    scripts = [text for attributes, text in inline if not attributes.strip()]
    known = len(scripts) == len(SCRIPTS_KNOWN) and all(
        mark in text for mark, text in zip(SCRIPTS_KNOWN, scripts, strict=True)
    )
    if not known or len(data) != 1 or len(inline) != len(scripts) + len(data):
        raise EngineError(
            f"The theme has {len(scripts)} inline scripts and {len(data)} data blocks; we know three and one."
        )
    digests = (hashlib.sha256(text.encode()).digest() for text in scripts)
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def _hashed(path: str, content: bytes) -> str:
    plain = PurePosixPath(_OLD_HASH.sub("", PurePosixPath(path).name.replace(".min.", ".")))
    return f"/assets/{plain.stem}.{hashlib.sha256(content).hexdigest()[:12]}{plain.suffix}"


def _read(site: Site, path: str) -> str:
    try:
        return site[path].decode()
    except KeyError:
        raise EngineError(f"MkDocs did not write {path}.") from None
