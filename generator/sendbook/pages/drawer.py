"""Links in the drawer: one markup for the handbook's, the student's and the campus's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sendbook.pages.templates import escaped


@dataclass(frozen=True, slots=True, kw_only=True)
class NavLink:
    """A link as it is in the drawer; both are plain text."""

    title: str
    url: str


def nav_section(title: str, links: Iterable[NavLink], *, current: str | None = None, kind: str = "") -> str:
    """A titled group of links, the page being read marked for eye and ear.

    ``kind`` names a further class, ``sb-nav__section--{kind}``; the handbook's hides the shell's folded list.
    """
    classes = "sb-nav__section" + (f" sb-nav__section--{kind}" if kind else "")
    items = _items(links, current)
    return (
        f'<div class="{classes}"><p class="sb-nav__title">{escaped(title)}</p>'
        f'<ul class="sb-nav__list" aria-label="{escaped(title)}">{items}</ul></div>'
    )


def campus_lists(links: Sequence[NavLink]) -> dict[str, str]:
    """The links that stand first in a reader's drawer: by the page that is being read, and under "" for all others."""
    return {current: _items(links, current) for current in ("", *(link.url for link in links))}


def _items(links: Iterable[NavLink], current: str | None) -> str:
    return "".join(
        f'<li><a href="{escaped(link.url)}"{_HERE * (link.url == current)}>{escaped(link.title)}</a></li>'
        for link in links
    )


_HERE = ' aria-current="page"'
