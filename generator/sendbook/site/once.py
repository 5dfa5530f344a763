"""Templates that remember what they made, for pages that many readers see alike.

Most of what one reader sees of a student is what the next one sees, too: the same values through the same template are
the same HTML, and need making, compressing and keeping only once. Nothing is shared that is not equal, so it can't
tell one reader anything of another's page.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from sendbook.site.templates import Renders

_Made = list[tuple[Mapping[str, Any], Markup]]


class Once:
    """Renders with the templates handed in, and gives back what it made of equal values before.

    ``only`` names the templates to do so for; left out, all. Values are compared, not hashed: the number of different
    ones has to be small (a student's projections, a campus's class sheets), and those that differ do so early.
    """

    __slots__ = ("_made", "_only", "_templates")

    def __init__(self, templates: Renders, only: frozenset[str] | None = None) -> None:
        self._templates = templates
        self._only = only
        self._made: dict[str, _Made] = {}

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        """What the template makes of the values."""
        if self._only is not None and name not in self._only:
            return self._templates.render(name, values)
        made = self._made.setdefault(name, [])
        for known, markup in made:
            if known == values:
                return markup
        markup = self._templates.render(name, values)
        made.append((values, markup))
        return markup
