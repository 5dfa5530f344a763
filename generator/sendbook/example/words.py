"""The words that fill a student's gaps: pronouns, subjects, interests, places, times and the adults around them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sendbook.example.enrolment import Enrolled
from sendbook.example.prose import PRONOUNS, Words
from sendbook.example.setting import Setting
from sendbook.example.story import bank

_KEEPS_CAPITAL = ("English", "French", "Spanish", "PE")
_KNOWN = {"Physical education": "PE"}


def words_of(student: Enrolled, setting: Setting, rng: Random) -> Words:
    """One student's words; story and record writers add their own to them."""
    everyday = bank("everyday")
    stage = "young" if student.year < 7 else "older" if student.year < 11 else "oldest"
    pronouns = PRONOUNS[student.pronoun]
    subjects = _subjects(student, rng, everyday["subjects"]["young" if student.year < 7 else "older" if student.year < 12 else "oldest"])
    known = everyday["subjects"]
    place = student.place
    days = rng.sample(everyday["days"], 3)
    first, second = rng.sample(everyday["interests"], 2)
    places = rng.sample(everyday["places"], 2)
    events = rng.sample(everyday["events"][stage], 2)
    home = student.family.members[0]
    shown = setting.places.shown
    words = {
        **pronouns,
        "name": student.first,
        "names": f"{student.first}'s",
        "year": f"Year {student.year}",
        "next-year": f"Year {student.year + 1}" if student.year < 13 else "life after school",
        "subject": subjects[0],
        "subject2": subjects[1 % len(subjects)],
        "subject3": subjects[2 % len(subjects)],
        "written": _first_of(subjects, known["written"], "topic work" if student.year < 7 else "English"),
        "practical": _first_of(subjects, known["practical"], "art"),
        "day": days[0],
        "day2": days[1],
        "day3": days[2],
        "when": rng.choice(everyday["moments"]),
        "place": places[0],
        "place2": places[1],
        "event": events[0],
        "event2": events[1],
        "tutor": shown(place.tutor),
        "teacher": shown(place.classes[rng.randrange(len(place.classes))].teacher if place.classes else place.tutor),
        "assistant": shown(place.assistant),
        "key-adult": shown(place.key_adult),
        "senco": shown(setting.places.duties.senco),
        "parent": home.word.removeprefix("my ").replace("mum", "mother").replace("dad", "father").replace("nan", "grandmother"),
        "mum": home.word,
    }
    for name, (thing, does, mine, hook) in (("interest", first), ("interest2", second)):
        words |= {name: thing, f"{name}-does": Words(rng, pronouns).phrase(does), f"{name}-i": mine, f"{name}-hook": hook}
    return Words(rng, words)


def _subjects(student: Enrolled, rng: Random, otherwise: Sequence[str]) -> list[str]:
    """Subjects as they are spoken of, shuffled; younger classes have more subjects than teachers."""
    if student.year < 7:
        return rng.sample(list(otherwise), len(otherwise))
    taught = [_KNOWN.get(group.subject, group.subject) for group in student.place.classes]
    spoken = [subject if subject in _KEEPS_CAPITAL or subject.startswith("English") else subject.lower() for subject in taught]
    named = spoken if len(spoken) > 2 else list(otherwise)
    return rng.sample(named, len(named))


def _first_of(subjects: Sequence[str], wanted: Sequence[str], otherwise: str) -> str:
    return next((subject for subject in subjects if subject in wanted), otherwise)
