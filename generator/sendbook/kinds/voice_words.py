"""What families and students said, in a plan or at a meeting, told with who and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sendbook.campus.words import short_day
from sendbook.history.phrases import ended, quoted, texts
from sendbook.history.telling import Group


def told_family_view(group: Group) -> Iterator[str]:
    """New words of a member of the family."""
    speaker = group.item.get("from")
    yield from _words(group, group.names.family_name(str(speaker)) if speaker is not None else "The family")


def told_student_view(group: Group) -> Iterator[str]:
    """New words of the student, who is “you” to themselves."""
    names = group.names
    yield from _words(group, "You" if names.voice == "student" else _capital(names.known_as))


def _words(group: Group, who: str) -> Iterator[str]:
    if not (group.came or group.went):
        return
    went, entry = group.went, group.item
    group.take()
    on = f" on {short_day(str(entry['on']))}" if "on" in entry else ""
    if went:
        yield ended(f"What {who} said{on} was removed")
    else:
        yield " ".join(texts(f"{who} said{on}: {quoted(str(entry.get('text', '')))}", entry.get("how")))


def _capital(text: Any) -> str:
    return str(text)[:1].upper() + str(text)[1:]
