"""Templates that remember what they made, for pages that many readers see alike.

Most of what one reader sees of a student is what the next one sees, too: the same values through the same template are
the same HTML, and need making, compressing and keeping only once. Nothing is shared that is not equal, so it can't
tell one reader anything of another's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sendbook.pages.template_faults import Fault, Makes

_Made = list[tuple[Mapping[str, Any], tuple[Markup, Fault | None]]]


class Once(Makes):
    """Renders with the templates handed in, and gives back what it made of equal values before.

    ``only`` names the templates to do so for; left out, all. Values are compared, not hashed: the number of different
    ones has to be small (a student's projections, a campus's class sheets), and those that differ do so early.
    """

    __slots__ = ("_made", "_only", "_templates")

    def __init__(self, templates: Makes, only: frozenset[str] | None = None) -> None:
        self._templates = templates
        self._only = only
        self._made: dict[str, _Made] = {}

    def made(self, name: str, values: Mapping[str, Any]) -> tuple[Markup, Fault | None]:
        """What the template makes of the values, and the fault for which ours was used: it is remembered with it."""
        if self._only is not None and name not in self._only:
            return self._templates.made(name, values)
        known = self._made.setdefault(name, [])
        for before, made in known:
            if before == values:
                return made
        made = self._templates.made(name, values)
        known.append((values, made))
        return made
