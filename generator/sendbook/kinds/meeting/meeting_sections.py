"""Sections about meetings: what is still to do, all meetings at a glance, and each of them in full."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import takewhile
from typing import Any

from sendbook.campus.words import listed, long_day, quantity, sentence, short_day
from sendbook.kinds.meeting.meeting_records import is_draft, is_planned, meetings_of
from sendbook.pages.quotes import family_quotes, student_quotes
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

MEETINGS = ("meeting", "meetings")
_FAMILY_PRESENT = ("meeting", "family_present")
_ALSO = (
    _FAMILY_PRESENT,
    ("meeting", "minutes"),
    ("meeting", "others_present"),
    ("meeting", "meetings_apart"),
    ("meeting", "family_voice"),
    ("meeting", "student_voice"),
    ("meeting", "confidential_words"),
    ("meeting", "senco_notes"),
)

Actions = list[tuple[str, str, str, bool]]


def meeting_anchor(meeting: Mapping[str, Any]) -> str:
    """Where a meeting is on the student's page of meetings."""
    return f"meeting-{meeting['id']}"


def actions_of(meeting: Mapping[str, Any], reading: Reading) -> Actions:
    """Every action of a meeting: what, who, by when or done when, and whether it is done."""
    staff = ((item, reading.name(item["who"])) for item in meeting.get("actions", ()))
    family = ((item, reading.family_name(item["person"])) for item in meeting.get("family_actions", ()))
    return [(item["what"], sentence(who), _when(item), "done_on" in item) for item, who in (*staff, *family)]


def _when(item: Mapping[str, Any]) -> str:
    if "done_on" in item:
        return f"Done on {short_day(item['done_on'])}"
    return f"By {short_day(item['by'])}" if "by" in item else "No date set"


def show_open_actions(reading: Reading) -> dict[str, Any] | None:
    rows = [
        (what, who, when, meeting_anchor(meeting), short_day(meeting["date"]))
        for meeting in meetings_of(reading)
        for what, who, when, done in actions_of(meeting, reading)
        if not done
    ]
    return {"rows": rows} if rows else None


def show_list(reading: Reading) -> dict[str, Any] | None:
    if not meetings_of(reading):
        return None
    following = next_meeting(reading)
    rows = [
        (
            meeting_anchor(meeting),
            short_day(meeting["date"]),
            _title(meeting, reading),
            _led_by(meeting, reading),
            _state(meeting),
        )
        for meeting in meetings_of(reading)
    ]
    return {"rows": rows, "next": long_day(following) if following else None}


def show_meetings(reading: Reading) -> dict[str, Any] | None:
    if not meetings_of(reading):
        return None
    shown = [_meeting(meeting, reading) for meeting in meetings_of(reading)]
    return {"meetings": shown, "headings": [(item["id"], item["heading"]) for item in shown]}


def _meeting(meeting: Mapping[str, Any], reading: Reading) -> dict[str, Any]:
    return {
        "id": meeting_anchor(meeting),
        "heading": reading.around.called("meeting", meeting),
        "draft": is_draft(meeting) and not is_planned(meeting),
        "planned": is_planned(meeting),
        "facts": list(_facts(meeting, reading)),
        "purpose": meeting.get("purpose"),
        "discussed": _by_topic(meeting.get("discussed", ())),
        "agreed": [item["text"] for item in meeting.get("agreed", ())],
        "actions": actions_of(meeting, reading),
        "quotes": [*student_quotes(meeting, reading), *family_quotes(meeting, reading)],
        "notes": meeting.get("staff_notes"),
    }


def _by_topic(items: Iterable[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Each topic once, with everything that was said about it."""
    topics: dict[str, list[str]] = {}
    for item in items:
        topics.setdefault(item["topic"], []).append(item["text"])
    return [(topic, "\n\n".join(said)) for topic, said in topics.items()]


def _title(meeting: Mapping[str, Any], reading: Reading) -> str:
    return reading.around.said("meeting/type", meeting["type"]) if "type" in meeting else "Meeting"


def next_meeting(reading: Reading) -> str | None:
    """The day of the next meeting: one that is planned, or the one named in the latest record if none is there yet."""
    if not meetings_of(reading):
        return None
    planned = [str(one["date"]) for one in takewhile(is_planned, meetings_of(reading))]
    latest = meetings_of(reading)[0]
    named = latest.get("next_meeting")
    return planned[-1] if planned else str(named) if named and named > latest["date"] else None


def dates_of_meetings(reading: Reading) -> Iterator[tuple[str, str]]:
    """The day of the next meeting, as one to know."""
    following = next_meeting(reading)
    if following:
        yield following, "Next meeting"


def _state(meeting: Mapping[str, Any]) -> str:
    return "Planned" if is_planned(meeting) else "Draft" if is_draft(meeting) else ""


def _led_by(meeting: Mapping[str, Any], reading: Reading) -> str:
    return reading.name(meeting["led_by"]) if "led_by" in meeting else ""


def _facts(meeting: Mapping[str, Any], reading: Reading) -> Iterator[tuple[str, str]]:
    length = f", {quantity(meeting['minutes'], 'minutes')}" if "minutes" in meeting else ""
    yield "When", f"{long_day(meeting['date'])}{length}"
    if "place" in meeting:
        yield "Where", meeting["place"]
    if "led_by" in meeting:
        yield "Led by", _led_by(meeting, reading)
    there, away = _present(meeting, reading)
    if there:
        yield _there(reading), listed(there)
    if away:
        yield "Sent apologies", listed(away)
    if "student_present" in meeting:
        yield ("How I took part" if reading.is_self else f"How {reading.known_as} took part"), _took_part(meeting)
    if "shared_with_family_on" in meeting:
        yield "Shared with the family", short_day(meeting["shared_with_family_on"])
    if "next_meeting" in meeting:
        yield "Next meeting", long_day(meeting["next_meeting"])


def _there(reading: Reading) -> str:
    """What those present are called: a family that is not named here may still have come."""
    if reading.has(_FAMILY_PRESENT):
        return "Present"
    return "Present, apart from my family" if reading.is_self else "Staff present"


def _present(meeting: Mapping[str, Any], reading: Reading) -> tuple[list[str], list[str]]:
    """Who was there, and who sent apologies."""
    whose = "my" if reading.is_self else f"{reading.known_as}'s"
    named = [(reading.name(item["person"]), item) for item in meeting.get("staff_present", ())]
    for item in meeting.get("family_present", ()):
        name = reading.family.get(item["person"])
        named.append((f"{name} ({item['as']})" if name else f"{whose} {item['as']}", item))
    for item in meeting.get("others_present", ()):
        place = f" ({item['organisation']})" if "organisation" in item else ""
        named.append((f"{item['role']}{place}", item))
    there = [
        sentence(name) if not index else name for index, (name, item) in enumerate(named) if not item.get("apologies")
    ]
    return there, [name for name, item in named if item.get("apologies")]


def _took_part(meeting: Mapping[str, Any]) -> str:
    part = meeting["student_present"]
    how = part.get("how")
    return str(how) if how else "In the meeting" if part["attended"] else "Was not in the meeting"


OPEN_ACTIONS = Section(
    name="to-do",
    title=Voice(staff="Still to do"),
    template="sections/open_actions.html",
    show=show_open_actions,
    needs=(MEETINGS,),
    also=(_FAMILY_PRESENT, ("meeting", "meetings_apart")),
)
MEETING_LIST = Section(
    name="all",
    title=Voice(staff="All meetings"),
    template="sections/meeting_list.html",
    show=show_list,
    needs=(MEETINGS,),
    also=(("meeting", "meetings_apart"),),
    empty=Voice(
        staff="No meeting is recorded yet. The SENDCo or the tutor arranges the first review with the family.",
        family="No meeting is recorded yet. If you would like to talk to us, write to the SENDCo at any time.",
        student="No meeting is recorded yet. If you want to talk about your plan, ask your tutor or the SENDCo.",
    ),
)
MEETING_RECORDS = Section(
    name="records",
    title=Voice(staff="Meeting by meeting"),
    template="sections/meetings.html",
    show=show_meetings,
    needs=(MEETINGS,),
    also=_ALSO,
)
