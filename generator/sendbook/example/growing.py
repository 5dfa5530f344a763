"""A campus that grows with its students: a new set of tutors and classes whenever a year group fills one.

Because it only ever adds, the first students of a large campus have the same tutors as those of a small one.
"""

from __future__ import annotations

from collections.abc import Mapping
from random import Random
from typing import Any

from sendbook.access.spans import Span
from sendbook.access.working import working
from sendbook.example.chance import chance
from sendbook.example.people import Naming, Person, staff_member
from sendbook.example.places import Duties, Place, TaughtClass

YEARS = range(3, 14)
_STUDENTS_A_GROUP = 13
_TREES = ("Alder", "Beech", "Cedar", "Damson", "Elm", "Fir", "Hazel", "Hornbeam", "Larch", "Maple", "Rowan", "Willow")

# What the tutor of a year group teaches to all years from 7 on; tutors of younger years teach their own class.
_DEPARTMENTS: Mapping[int, tuple[str, ...]] = {
    7: ("English", "English literature", "Media"),
    8: ("Maths",),
    9: ("Science", "Biology"),
    10: ("History", "Geography"),
    11: ("French", "Drama"),
    12: ("Art", "Music", "Computing", "Design and technology"),
    13: ("PE", "Business", "Psychology"),
}
_OF_SUBJECT = {subject: year for year, subjects in _DEPARTMENTS.items() for subject in subjects}
_JUNIOR = ("Art", "Music", "PE", "French")
_LOWER = ("English", "Maths", "Science", "History", "Geography", "French", "Art", "Computing", "PE")
_UPPER_CORE, _UPPER_OPTIONS = (
    ("English", "Maths", "Science"),
    ("History", "Geography", "Drama", "Business", "Art", "Computing", "Music"),
)
_SIXTH = (
    "English literature",
    "Maths",
    "Biology",
    "History",
    "Geography",
    "Psychology",
    "Business",
    "Media",
    "Art",
    "Music",
)

_LEADERS = (
    ("senco", "SENDCo", "Monday to Friday"),
    ("principal", "Campus Principal", "Monday to Friday"),
    ("regional_senco", "Regional SENDCo", "On campus once a month"),
    ("dsl", "Assistant Principal and Designated Safeguarding Lead", "Monday to Friday"),
    ("exams_officer", "Exams Officer", "Monday to Thursday"),
    ("careers_lead", "Careers Lead", "Tuesday to Friday"),
    ("finance_officer", "Finance Officer", "Monday to Friday"),
    ("dpo", "Data Protection Officer of the network", "By e-mail; on campus once a term"),
    ("committee_member", "Chair of the Learning Support Committee", "Termly meetings"),
    ("committee_member", "Member of the Learning Support Committee", "Termly meetings"),
    ("committee_member", "Member of the Learning Support Committee", "Termly meetings"),
)


class GrowingPlaces:
    """Tutor groups, classes and staff, made when they are first needed."""

    def __init__(self, seed: int, naming: Naming, year: int) -> None:
        self._seed, self._naming = seed, naming
        self._since = f"{year}-09-01"
        self._first_year = year
        self.people: list[Person] = []
        self._by_id: dict[str, Person] = {}
        self.leaders: dict[str, str] = {}
        self._tutors: list[dict[int, str]] = []
        self._assistants: list[str] = []
        self._owed = 0.0
        self.counts = dict.fromkeys(YEARS, 0)
        for number, (role, title, works) in enumerate(_LEADERS):
            person = self._hire(role, title, works, "leader", number)
            self.leaders.setdefault(role, person)
        self.duties = Duties(senco=self.leaders["senco"], principal=self.leaders["principal"], dsl=self.leaders["dsl"])

    def shown(self, person: str) -> str:
        """How school speaks of a colleague."""
        return self._by_id[person].shown

    def at_work(self, person: str) -> tuple[Span, ...]:
        """The days on which a colleague has a duty on campus."""
        return working(self._by_id[person].data)

    def take(self, rng: Random, year: int, code: str) -> Place:
        """The next place in the year group."""
        block = self.counts[year] // _STUDENTS_A_GROUP
        self.counts[year] += 1
        while block >= len(self._tutors):
            self._open_block()
        self._owed += 1 / 12 + (0.5 if code == "E" else 0)
        while len(self._assistants) < self._owed:
            self._assistants.append(
                self._hire("support_assistant", "Support Assistant", _WORKS, "assistant", len(self._assistants))
            )
        assistant, tutor = self._assistants[-1], self._tutors[block][year]
        key_adult = rng.choice([assistant, assistant, tutor, self._tutors[block][rng.choice(YEARS)]])
        return Place(
            tutor_group=tutor_group(year, block),
            tutor=tutor,
            classes=tuple(self._classes(rng, year, block)),
            assistant=assistant,
            key_adult=assistant if code == "E" else key_adult,
        )

    def groups(self) -> dict[str, list[dict[str, Any]]]:
        """Tutor groups and teaching groups as campus.yml holds them."""
        tutors: list[dict[str, Any]] = []
        teaching: list[dict[str, Any]] = []
        for block, by_year in enumerate(self._tutors):
            for year in YEARS:
                held = [{"person": by_year[year], "from": self._since}]
                name = f"Year {year} {_TREES[block % len(_TREES)]}{_again(block)}"
                tutors.append({"id": tutor_group(year, block), "name": name, "year_group": str(year), "tutors": held})
                teaching.extend(self._teaching_group(year, block, subject) for subject in _subjects(year))
        return {"tutor_groups": tutors, "teaching_groups": teaching}

    def _teaching_group(self, year: int, block: int, subject: str) -> dict[str, Any]:
        return {
            "id": _group_id(year, block, subject),
            "name": f"{year}{_letter(block).upper()} {subject if subject != 'Class' else 'class'}",
            "subject": subject if subject != "Class" else "English, maths and topic",
            "year_groups": [str(year)],
            "teachers": [{"person": self._teacher(year, block, subject), "from": self._since}],
        }

    def _classes(self, rng: Random, year: int, block: int) -> list[TaughtClass]:
        subjects = _subjects(year)
        if year > 11:
            chosen = rng.sample(_SIXTH, 3)
        elif year > 9:
            chosen = [*_UPPER_CORE, *rng.sample(_UPPER_OPTIONS, 3)]
        else:
            chosen = list(subjects)
        return [
            TaughtClass(
                id=_group_id(year, block, subject),
                subject=subject if subject != "Class" else "English, maths and topic",
                teacher=self._teacher(year, block, subject),
            )
            for subject in subjects
            if subject in chosen
        ]

    def _teacher(self, year: int, block: int, subject: str) -> str:
        return self._tutors[block][year if subject == "Class" else _OF_SUBJECT[subject]]

    def _open_block(self) -> None:
        block = len(self._tutors)
        titles = {
            year: f"Teacher of {_DEPARTMENTS[year][0]}" if year in _DEPARTMENTS else "Class teacher" for year in YEARS
        }
        self._tutors.append(
            {
                year: self._hire("teacher", titles[year], "Monday to Friday", "teacher", f"{block}/{year}")
                for year in YEARS
            }
        )

    def _hire(self, role: str, title: str, works: str, *purpose: object) -> str:
        rng = chance(self._seed, *purpose)
        since = f"{self._first_year - rng.randrange(1, 11)}-09-01"
        award = {
            "id": "senco-award",
            "name": "National Award for SEN Co-ordination",
            "awarded_on": f"{self._first_year - 6}-07-10",
        }
        person = staff_member(
            rng,
            self._naming,
            job_title=title,
            role=role,
            since=since,
            works=works,
            qualified=award if role == "senco" else None,
        )
        self.people.append(person)
        self._by_id[person.id] = person
        return person.id


_WORKS = "Monday to Friday, 8.30 to 3.45"


def tutor_group(year: int, block: int) -> str:
    """The id of a tutor group."""
    return f"tutor-{year}{_letter(block)}"


def _subjects(year: int) -> tuple[str, ...]:
    if year < 7:
        return ("Class", *_JUNIOR)
    if year < 10:
        return _LOWER
    return (*_UPPER_CORE, *_UPPER_OPTIONS) if year < 12 else _SIXTH


def _group_id(year: int, block: int, subject: str) -> str:
    return f"y{year}{_letter(block)}-{subject.lower().replace(' ', '-')}"


def _letter(block: int) -> str:
    letters = ""
    number = block + 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(ord("a") + rest) + letters
    return letters


def _again(block: int) -> str:
    times = block // len(_TREES)
    return f" {times + 1}" if times else ""
