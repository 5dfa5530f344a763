"""What a printed one-page profile says: short lists in the student's words, each line with its place in the queue.

A profile is one page, whatever it holds. The template shrinks the type within limits; if that is not enough it leaves
out the lines that come last in the queue and says so. The first lines of every list come before the later lines of any.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from sendbook.campus.typed_text import in_lines
from sendbook.documents.kinds import DocumentKind
from sendbook.kinds.profile.profile_records import profile_of
from sendbook.kinds.profile.profile_sections import (
    ABOUT,
    EXAMS,
    HELP,
    LESSONS,
    PROFILE,
    by_subject,
    show_about,
    show_exams,
    show_help,
)
from sendbook.pages.papers import sealed, whose_line
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Paper, Section

#: Longer than this a line is no line for one page; the rest is where the whole profile is.
_LINE = 320
# No page has room for more lines of one list; measuring them would only take time.
_LINES = 12
_MORE = {
    "staff": "There is more in the profile: look at {name}'s page in sendbook, or ask the SENDCo.",
    "family": "There is more in the profile: look at {name}'s page in sendbook, or ask the SENDCo.",
    "student": "There is more in my profile: it is on my page in sendbook.",
}

Items = list[str]
_DOCUMENT = DocumentKind(name="profile", title="One-page profile", private=True)


def profile_data(reading: Reading, page: tuple[Section, ...]) -> bytes | None:
    """The print data of the one-page profile."""
    lists = printed_profile(reading, page)
    if lists is None:
        return None
    said = {"heading": reading.known_as, "lead": whose_line(reading), "copy": "", **lists}
    return sealed(_DOCUMENT, reading.id, said, days_of_profile(profile_of(reading)))


def printed_profile(reading: Reading, page: tuple[Section, ...]) -> dict[str, Any] | None:
    """The lists of a profile in the order they are read, or None if there is no profile."""
    whole = [(title, items) for title, items in _lists(reading, page) if items]
    if not whole or not reading.has(PROFILE):
        return None
    lists = [(title, items[:_LINES]) for title, items in whole]
    queue = sorted((index, place) for place, (_, items) in enumerate(lists) for index in range(len(items)))
    turn = {place: number for number, place in enumerate(queue)}
    shown = reading.once(show_about) or {}
    return {
        "lists": [
            {
                "title": title,
                "items": [{"text": _short(text), "turn": turn[index, place]} for index, text in enumerate(items)],
            }
            for place, (title, items) in enumerate(lists)
        ],
        "count": len(queue),
        "emergency": next(_boxes(reading, page), None),
        "cut": any(len(items) > _LINES or any(len(text) > _LINE for text in items) for _, items in whole),
        "written": shown.get("written", ""),
        "more": _MORE.get(reading.manner, _MORE["staff"]).replace("{name}", reading.known_as),
    }


def _boxes(reading: Reading, page: tuple[Section, ...]) -> Iterator[Mapping[str, Any] | None]:
    """What boxes of the page say on paper: what to do in an emergency comes first there too."""
    yield from (one.printed(reading) for one in page if one.boxed and one.printed and all(map(reading.has, one.needs)))


def _lists(reading: Reading, page: tuple[Section, ...]) -> Iterator[tuple[str, Items]]:
    """Title and lines, in the order of the page."""
    for section in page:
        if section.name in _PRINTED:
            yield from _PRINTED[section.name](reading)


def _help(reading: Reading) -> Iterator[tuple[str, Items]]:
    helps = reading.once(show_help)
    if helps:
        yield "How to help me", list(helps["help"])
        yield from ((title, list(items)) for title, items in helps["cards"])
        yield from ((title, [text]) for title, text in helps["more"])
        yield "Technology I use", list(helps["technology"])
        yield "Health", [f"I have a healthcare plan. Ask {helps['care_plan']}."] if helps["care_plan"] else []


def _lessons(reading: Reading) -> Iterator[tuple[str, Items]]:
    """The profile's own adjustments only: what the plan adds has a document of its own."""
    lessons = by_subject(profile_of(reading).get("adjustments", ()))
    yield "In lessons", [f"{subject}: {in_lines(one.text)}" for subject, advice in lessons.items() for one in advice]


def _about(reading: Reading) -> Iterator[tuple[str, Items]]:
    yield from ((title, list(items)) for title, items in (reading.once(show_about) or {"cards": ()})["cards"])


def _exams(reading: Reading) -> Iterator[tuple[str, Items]]:
    exams = reading.once(show_exams)
    yield "In tests and exams", exams["said"] if exams else []


#: What is printed of each section of the first page; the rest of it is of the plan, or is there to be clicked.
_PRINTED: Mapping[str, Callable[[Reading], Iterator[tuple[str, Items]]]] = {
    HELP.name: _help,
    LESSONS.name: _lessons,
    ABOUT.name: _about,
    EXAMS.name: _exams,
}


def _short(text: str) -> str:
    """A line that is too long for one page, cut between two words."""
    text = " ".join(in_lines(text).split())
    return text if len(text) <= _LINE else f"{text[:_LINE].rsplit(' ', 1)[0]} …"


def days_of_profile(profile: Mapping[str, Any]) -> Iterator[str]:
    """Every day on which the profile was agreed or put in force."""
    yield from (profile[key] for key in ("agreed_on", "in_force_from") if key in profile)
    if "on" in profile.get("student_agreed", {}):
        yield profile["student_agreed"]["on"]


PAPERS = {
    "overview": Paper(kind=_DOCUMENT, link="Print or save the one-page profile as PDF", data=profile_data),
}
