"""What people said, and what they undertook to do, told with who and when."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sendbook.campus.words import short_day
from sendbook.history.events import Added
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


def told_meeting(group: Group) -> Iterator[str]:
    """A meeting that has been held: when, of what sort, and what was agreed."""
    if not group.came:
        return
    group.take()
    meeting = group.item
    sort = group.words(meeting["type"], "type") if "type" in meeting else "Meeting"
    on = f" on {short_day(str(meeting['date']))}" if "date" in meeting else ""
    led = f", led by {group.said('led_by')}" if "led_by" in meeting else ""
    agreed = [quoted(str(one["text"])) for one in meeting.get("agreed", ()) if "text" in one]
    yield " ".join(texts(f"{sort}{on}{led}", f"Agreed: {' '.join(agreed)}" if agreed else None))


def told_action(group: Group) -> Iterator[str]:
    """An action that is done."""
    event = group.take("done_on") if not (group.came or group.went) else None
    if isinstance(event, Added):
        yield ended(f"Done on {short_day(str(event.value))}: {quoted(str(group.item.get('what', '')))}")
    elif event is not None:
        group.waiting["done_on",] = event


def _capital(text: Any) -> str:
    return str(text)[:1].upper() + str(text)[1:]
