"""What a section of a student's page says, as plain values to compare."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from sendbook.kinds.page_order import PAGES
from sendbook.pages.reading import Reading, reading_of
from tests.site.small_student import PARTS, around, projected, records

Records = dict[str, dict[str, Any]]
_SECTIONS = {f"{page.name}/{section.name}": section for page in PAGES for section in page.sections}


def said(place: str, data: Records | None = None, **more: Any) -> Any:
    """What a section (``meetings/to-do``) shows of these records, the small student's own if none are named."""
    return plain(_SECTIONS[place].show(reading(data, **more)))


def reading(
    data: Records | None = None, *, manner: str = "staff", also: Iterable[tuple[str, str]] = (), **more: Any
) -> Reading:
    """The reading of a student's records, for readers who see all the usual parts, and also some others."""
    return reading_of(projected(data, manner=manner, parts=PARTS | set(also)), around(), **more)


def plain(value: Any) -> Any:
    """A value with ordinary spaces in all its texts; what has names keeps them."""
    if isinstance(value, str):
        return value.replace("\N{NO-BREAK SPACE}", " ")
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    if isinstance(value, tuple) and hasattr(value, "_fields"):
        return type(value)(*map(plain, value))
    return type(value)(map(plain, value)) if isinstance(value, list | tuple) else value


class Handed:
    """Takes the place of the templates, and keeps what each is handed."""

    def __init__(self) -> None:
        self.values: list[tuple[str, dict[str, Any]]] = []

    def render(self, name: str, values: Mapping[str, Any]) -> Markup:
        self.values.append((name, plain(dict(values))))
        return Markup("")

    def to(self, name: str) -> list[dict[str, Any]]:
        """What a template was handed, each time."""
        return [values for handed, values in self.values if handed == name]


def plan(**changed: Any) -> Records:
    """The small student's records with other fields in the plan."""
    data = records()
    data["plan"] |= changed
    return data
