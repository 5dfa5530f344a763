"""What links on pages need: a reduced record as links know it, where it is from, and the HTML of a link."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from markupsafe import Markup

from sendbook.campus.links import Target
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind

_SHOWN = 5


class BackLinks(NamedTuple):
    """What links to something, in lines: those that are shown, and those that are folded away."""

    first: tuple[str, ...]
    more: tuple[str, ...]


def folded(lines: Iterable[str]) -> BackLinks | None:
    """Returns the lines as a page shows them: five, and the rest folded; None where there are none."""
    said = tuple(lines)
    return BackLinks(first=said[:_SHOWN], more=said[_SHOWN:]) if said else None


def record_in(student: str, kind: Kind | str, path: str, data: Mapping[str, Any]) -> Record:
    """Returns a reduced record as links know it, by its place in a student's folder; with "", below ``records/``."""
    name = kind if isinstance(kind, str) else kind.name
    whole = f"{_folder(student)}{path}"
    return Record(id=whole, kind=name, student=student or None, path="", digest="", data=data)


def path_in(student: str, target: Target) -> str:
    """Returns the place in a student's folder of what a link leads to; "" for what is not the student's."""
    folder = _folder(student)
    return target.record.id.removeprefix(folder) if folder and target.record.id.startswith(folder) else ""


def with_place(name: str, url: str) -> str:
    """Returns a name that leads to its place, if it has one."""
    return Markup('<a href="{}">{}</a>').format(url, name) if url else name


def _folder(student: str) -> str:
    return f"students/{student}/" if student else ""
