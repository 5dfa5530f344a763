"""The words that fill a student's gaps: pronouns, subjects, interests, places, times and the adults around them."""

from __future__ import annotations

from collections.abc import Sequence
from random import Random

from sendbook.example.enrolment import Enrolled
from sendbook.example.prose import PRONOUNS, Words
from sendbook.example.setting import Setting
from sendbook.example.story import bank

_KEEPS_CAPITAL = ("English", "French", "Spanish", "PE")
_SPOKEN = {"Physical education": "PE"}


def words_of(student: Enrolled, setting: Setting, rng: Random) -> Words:
    """One student's words; story and record writers add their own to them."""
    home = student.family.members[0]
    words = {
        **PRONOUNS[student.pronoun],
        "name": student.first,
        "names": f"{student.first}'s",
        "year": f"Year {student.year}",
        "next-year": f"Year {student.year + 1}" if student.year < 13 else "life after school",
        "mum": home.word,
        **_lessons(student, rng),
        **_times_and_places(student, rng),
        **_adults(student, setting, rng),
        **_interests(rng),
    }
    return Words(rng, words)


def _lessons(student: Enrolled, rng: Random) -> dict[str, str]:
    """One subject with much writing, one with much doing, and others; apart where there are enough."""
    kinds = bank("everyday")["subjects"]
    stage = "young" if student.year < 7 else "older" if student.year < 12 else "oldest"
    subjects = _taught(student, kinds[stage], rng)
    written = next((subject for subject in subjects if subject in kinds["written"]), "English")
    practical = next((subject for subject in subjects if subject in kinds["practical"]), "art")
    others = [subject for subject in subjects if subject not in (written, practical)]
    desk = [subject for subject in others if subject not in kinds["little_paper"]]
    named = [*dict.fromkeys([*desk, *others, practical, written])]
    return {
        "written": written,
        "practical": practical,
        "subject": named[0],
        "subject2": named[1],
        "subject3": named[2],
    }


def _taught(student: Enrolled, otherwise: Sequence[str], rng: Random) -> list[str]:
    """Subjects as they are spoken of, shuffled; younger classes have more subjects than teachers."""
    if student.year < 7:
        return rng.sample(list(otherwise), len(otherwise))
    names = [_SPOKEN.get(group.subject, group.subject) for group in student.place.classes]
    spoken = [name if name.split()[0] in _KEEPS_CAPITAL else name.lower() for name in names]
    return rng.sample(spoken, len(spoken)) if len(spoken) > 2 else rng.sample(list(otherwise), len(otherwise))


def _times_and_places(student: Enrolled, rng: Random) -> dict[str, str]:
    everyday = bank("everyday")
    stage = "young" if student.year < 7 else "older" if student.year < 11 else "oldest"
    day, day2 = (everyday["days"][index] for index in sorted(rng.sample(range(5), 2)))
    (before, place), (before2, place2) = rng.sample(everyday["places"], 2)
    return {
        "day": day,
        "day2": day2,
        "when": rng.choice(everyday["moments"]),
        "place": place,
        "place2": place2,
        "at-place": f"{before} {place}",
        "at-place2": f"{before2} {place2}",
        "event": rng.choice(everyday["events"][stage]),
    }


def _adults(student: Enrolled, setting: Setting, rng: Random) -> dict[str, str]:
    place, shown = student.place, setting.places.shown
    return {
        "tutor": shown(place.tutor),
        "teacher": shown(rng.choice(place.classes).teacher if place.classes else place.tutor),
        "assistant": shown(place.assistant),
        "key-adult": shown(place.key_adult),
        "senco": shown(setting.places.duties.senco),
    }


def _interests(rng: Random) -> dict[str, str]:
    first, second = rng.sample(bank("everyday")["interests"], 2)
    words: dict[str, str] = {}
    for name, (thing, mine, hook) in (("interest", first), ("interest2", second)):
        words |= {name: thing, f"{name}-i": mine, f"{name}-hook": hook}
    return words
