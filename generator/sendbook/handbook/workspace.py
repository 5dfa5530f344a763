"""The folder MkDocs works in: one edition's pages, our theme and a configuration of our making, nothing else.

Nothing of the campus's own mkdocs.yml comes here. What the engine cannot see it cannot publish.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sendbook.campus import markdown_lines
from sendbook.errors import EngineError
from sendbook.handbook import edition as editions
from sendbook.handbook.edition import NOT_YET_APPROVED, SourcePage
from sendbook.handbook.macros import MacroValues, expand
from sendbook.pages.drawer import NavLink

EDITION_TITLES = {
    "public": "Public edition of the handbook",
    "family": "Family edition of the handbook",
    "staff": "Staff edition of the handbook",
}
HANDBOOK_TITLE = "SEND Handbook"
_SCRIPTS = ("assets/javascripts/sendbook.js", "assets/javascripts/search.js")
EXTENSIONS: tuple[object, ...] = (
    "abbr",
    "admonition",
    "attr_list",  # a heading's own place and what it answers; nothing else passes handbook_problems
    "def_list",
    "footnotes",
    "sane_lists",
    {"tables": {"use_align_attribute": True}},  # a style attribute would be dropped by the CSP
    {"sendbook.handbook.heading_toc": {"permalink": False}},
    "pymdownx.details",
    "pymdownx.superfences",
)
_OURS = {
    "primary": "custom",
    "accent": "custom",
}  # sendbook.css has the colours, Material's would override them
PALETTE = (
    {**_OURS, "media": "(prefers-color-scheme)", "scheme": "default", "name": "Same as this device"},
    {**_OURS, "media": "(prefers-color-scheme: light)", "scheme": "default", "name": "Light"},
    {**_OURS, "media": "(prefers-color-scheme: dark)", "scheme": "slate", "name": "Dark"},
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineSettings:
    """What every edition shares. ``public_links`` are the first in the public's drawer; each reader has their own."""

    site_name: str
    theme: Path
    styles: tuple[Path, ...]
    public_links: tuple[NavLink, ...] = (NavLink(title="Home", url="/"),)
    handbook_title: str = HANDBOOK_TITLE
    synthetic: bool = False
    timeout: float = 120.0


def ready(pages: Sequence[SourcePage], edition: str, values: MacroValues) -> dict[str, str]:
    """Each page of the edition as the engine gets it, by path. A page with a problem is not built at all."""
    texts = {}
    for page in pages:
        for problem in editions.block_problems(page):
            raise EngineError(f"{problem.path}, line {problem.line}: {problem.message}")
    for page in editions.select(pages, edition):
        body, problems = expand(page.body, values, path=f"handbook/{page.path}", first_line=page.body_line)
        for problem in problems:
            raise EngineError(f"{problem.path}, line {problem.line}: {problem.message}")
        texts[page.path] = _front(page, values) + body
    return texts


def referred_to(texts: Mapping[str, str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files this edition's pages show or link to; what only staff pages show stays out of the others."""
    wanted = {
        editions.resolve(path, link.target) for path, text in texts.items() for link in markdown_lines.links(text)
    }
    return {path: content for path, content in files.items() if path in wanted}


def configuration(pages: Sequence[SourcePage], edition: str, settings: EngineSettings) -> dict[str, object]:
    """The generated mkdocs.yml."""
    links = settings.public_links if edition == "public" else ()
    return {
        "site_name": settings.site_name,
        "docs_dir": "docs",
        "site_dir": "site",
        "strict": True,
        "use_directory_urls": True,
        "nav": [{page.title: f"handbook/{page.path}"} for page in pages],
        "theme": {
            "name": "material",
            "custom_dir": "theme",
            "font": False,
            "language": "en-GB",
            "static_templates": ["shell.html"],
            "favicon": "assets/images/sendbook.svg",
            "palette": list(PALETTE),
        },
        "plugins": [],  # searching is the gate's: one index, cut down for each reader
        "markdown_extensions": list(EXTENSIONS),
        "extra_css": [f"assets/styles/{style.name}" for style in settings.styles],
        "extra_javascript": list(_SCRIPTS),
        "extra": {
            "generator": False,
            "scope": "/",
            "homepage": "/",
            "shell": {
                "private": edition != "public",
                "synthetic": settings.synthetic,
                "edition_title": EDITION_TITLES[edition],
                "handbook_title": settings.handbook_title,
                "links": [asdict(link) for link in links],
                "handbook": [{"title": page.title, "url": page.url} for page in pages],
            },
        },
        "validation": {"links": {"anchors": "warn", "unrecognized_links": "warn", "absolute_links": "ignore"}},
    }


def fill(
    folder: Path,
    *,
    texts: Mapping[str, str],
    files: Mapping[str, bytes],
    config: Mapping[str, object],
    settings: EngineSettings,
) -> None:
    """Write the folder out; an edition nobody wrote a page for is a shell alone."""
    (folder / "docs").mkdir(parents=True)
    for path, content in {**{name: text.encode() for name, text in texts.items()}, **files}.items():
        target = folder / "docs" / "handbook" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    shutil.copytree(settings.theme, folder / "theme")
    styles = folder / "theme" / "assets" / "styles"
    styles.mkdir(parents=True, exist_ok=True)
    for style in settings.styles:
        shutil.copyfile(style, styles / style.name)
    # JSON is YAML, and has no tags or anchors to go wrong with.
    (folder / "mkdocs.yml").write_text(json.dumps(config, ensure_ascii=False, indent=1), encoding="utf-8")


def _front(page: SourcePage, values: MacroValues) -> str:
    return f"---\n{json.dumps(front_of(page, values), ensure_ascii=False)}\n---\n\n"


def front_of(page: SourcePage, values: MacroValues) -> dict[str, Any]:
    """What the theme says of a page besides its text: title, summary and facts."""
    facts = [
        {"label": "Kept by", "value": owner_of(page, values)},
        {"label": "Version", "value": page.version},
        {"label": "Approved", "value": _approved(page)},
    ]
    if page.last_reviewed:
        facts.append({"label": "Last read through", "value": _day(page.last_reviewed)})
    if page.review_by:
        facts.append({"label": "To be reviewed by", "value": _day(page.review_by)})
    if page.applies_to:
        facts.append({"label": "Applies to", "value": ", ".join(page.applies_to)})
    return {"title": page.title, "summary": page.summary, "facts": facts}


def _approved(page: SourcePage) -> str:
    if not page.approved_on:
        return NOT_YET_APPROVED
    return f"{_day(page.approved_on)}, by {page.approved_by}" if page.approved_by else _day(page.approved_on)


def owner_of(page: SourcePage, values: MacroValues) -> str:
    """Who keeps a page, by name and post."""
    person = values.people.get(page.owner, {})
    named = [person[key] for key in ("name", "job_title") if key in person]
    return ", ".join(named) or page.owner.replace("_", " ")


def _day(written: str) -> str:
    day = date.fromisoformat(written)
    return f"{day.day} {day:%B %Y}"
