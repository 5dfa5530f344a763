"""``profile.yml``: the one page about the student, mostly in the student's own words."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.example.calendar import Calendar
from sendbook.example.chance import some
from sendbook.example.enrolment import Enrolled
from sendbook.example.story import Telling, bank

_WEEKEND = timedelta(days=3)


def profile_record(
    student: Enrolled, calendar: Calendar, tellings: list[Telling], agreed: date, rng: Random
) -> dict[str, Any]:
    """The profile, agreed on a day shortly before the plan."""
    main = tellings[0]
    everyday = bank("profiles")
    home = student.family.members[0].word
    say = main.words.sentence
    profile: dict[str, Any] = {
        "state": "agreed",
        "agreed_on": agreed.isoformat(),
        "in_force_from": agreed.isoformat(),
        "review_by": _review_day(calendar, agreed + timedelta(days=rng.randrange(320, 362))).isoformat(),
        "written_with": ["me", home, rng.choice(["my tutor", "my key adult", "my support assistant", "my teacher"])],
        "student_agreed": {"agreed": True, "on": agreed.isoformat(), "how": say(rng.choice(everyday["agreed"]))},
        "appreciated": _items(main.some("like", 2) + [say(text) for text in some(rng, everyday["appreciated"], 2)]),
        "interests": _items([say("<interest-i>."), say(rng.choice(everyday["interests"]))]),
        "matters": _items(main.mixed("matters", 3, everyday["matters"], 0.6)),
        "help": _items(
            main.some("help", rng.choice((2, 3)))
            + _second(tellings, "help")
            + main.mixed("help", 2, everyday["help"], 0.2)
        ),
        "avoid": _items(main.mixed("avoid", 3, everyday["avoid"], 0.6)),
        "signs": _items(main.mixed("signs", 2, everyday["signs"], 0.55)),
        "calm": _items(main.mixed("calm", 2, everyday["calm"], 0.55)),
        "communication": main.one("talk"),
        "adjustments": _adjustments(main),
        "goals": _items(main.mixed("goals", 2, everyday["goals"], 0.55)),
    }
    if "senses" in main.story.texts:
        profile["sensory"] = main.one("senses")
    if "tech" in main.story.texts:
        profile["technology"] = main.some("tech", 2)
    if "emergency" in main.story.texts:
        profile["healthcare_plan"] = True
    if student.year >= 6 and main.has("exams"):
        profile["exams"] = _items(main.some("exams", 2))
    return profile


def _review_day(calendar: Calendar, day: date) -> date:
    """A school day for the review. What falls into the holidays comes in the last days of the term before."""
    at_school = calendar.day_at_school(day)
    return (
        at_school if day - at_school <= _WEEKEND else calendar.day_at_school(at_school - timedelta(days=day.day % 10))
    )


def _second(tellings: list[Telling], name: str) -> list[str]:
    return tellings[1].some(name, 1) if len(tellings) > 1 else []


def _items(texts: list[str]) -> list[dict[str, str]]:
    return [{"id": str(number), "text": text} for number, text in enumerate(texts, start=1)]


def _adjustments(main: Telling) -> list[dict[str, str]]:
    pairs = main.pairs("adjust", 2)
    return [{"id": str(number), "subject": head, "text": text} for number, (head, text) in enumerate(pairs, start=1)]
