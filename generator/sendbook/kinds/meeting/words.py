"""The changes of a meeting's record: that it was held, what was agreed, and which actions are done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sendbook.campus.words import short_day
from sendbook.history.events import Added
from sendbook.history.phrases import ended, quoted, texts
from sendbook.history.telling import Group, Teller
from sendbook.kinds.voice_words import told_family_view, told_student_view


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


TELLERS: Mapping[str, Teller] = {
    "": told_meeting,
    "family_voice": told_family_view,
    "student_voice": told_student_view,
    "actions": told_action,
    "family_actions": told_action,
}
