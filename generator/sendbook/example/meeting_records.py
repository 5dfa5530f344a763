"""Meetings of the last year: reviews with the family each term, and now and then a talk with the student alone."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.example.chance import weighted
from sendbook.example.enrolment import Enrolled
from sendbook.example.families import Member
from sendbook.example.setting import Setting
from sendbook.example.story import Telling, bank

_DAY = timedelta(days=1)
_WEEK = timedelta(days=7)
# Of the meetings owed in a year 2.8 of 3 take place; an autumn meeting is hardly ever left out.
_MISSED = 0.12
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_EXTRA = 0.45


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A meeting before it is written: its day and its sort."""

    day: date
    type: str
    season: str


class MeetingWriter:
    """Writes the meetings of one student from the earliest to the latest; texts are not used twice."""

    def __init__(
        self,
        student: Enrolled,
        setting: Setting,
        tellings: list[Telling],
        targets: Sequence[Mapping[str, Any]],
        rng: Random,
    ) -> None:
        self._student, self._setting, self._telling, self._rng = student, setting, tellings[0], rng
        self._targets = list(targets)
        self._calendar = setting.calendar

    def records(self, since: date) -> Iterator[dict[str, Any]]:
        """All meetings; their ids are their days."""
        occasions = sorted(self._occasions(since), key=lambda occasion: occasion.day)
        for number, occasion in enumerate(occasions):
            following = occasions[number + 1].day if number + 1 < len(occasions) else None
            yield self._record(occasion, following)

    def _occasions(self, since: date) -> list[Occasion]:
        rng, calendar = self._rng, self._calendar
        found: dict[date, Occasion] = {}
        first = max(0, calendar.current - 3)
        annual = rng.randrange(first, calendar.current + 1)
        for index in range(calendar.current, first - 1, -1):
            term = calendar.terms[index]
            now = index == calendar.current
            length = (term.end - term.start).days
            early, late = (0.55, 0.9) if term.id.startswith("summer") else (0.42, 0.7)
            day = calendar.some_day(
                rng, term.start + int(early * length) * _DAY, term.start + int(late * length) * _DAY
            )
            if now and day > calendar.on:
                day = calendar.until(calendar.on - rng.randrange(0, 6) * _DAY)
            missed = not now and bool(found) and rng.random() < _MISSED  # never the last one before today
            if missed or day < since + 2 * _WEEK or (now and day < term.start + 2 * _WEEK):
                continue
            sort = "annual_review" if self._student.code == "E" and index == annual else "parent_review"
            found[day] = Occasion(day=day, type=sort, season=term.id.split("-")[0])
        if rng.random() < _EXTRA or len(found) < 3:
            extra = self._extra(since)
            found.setdefault(extra.day, extra)
        return list(found.values())

    def _extra(self, since: date) -> Occasion:
        rng, calendar = self._rng, self._calendar
        first = max(since + 3 * _DAY, calendar.on - timedelta(days=150))
        day = calendar.some_day(rng, first, max(first, calendar.on - 2 * _DAY))
        day = min(day, calendar.until(calendar.on))
        sort = weighted(rng, [("student_conversation", 5.0), ("informal", 3.0), ("team_around_the_child", 2.0)])
        season = "autumn" if day.month >= 9 else "spring" if day.month <= 3 else "summer"
        return Occasion(day=day, type=sort, season=season)

    def _record(self, occasion: Occasion, following: date | None) -> dict[str, Any]:
        day, rng = occasion.day, self._rng
        alone = occasion.type == "student_conversation"
        there = alone or rng.random() < 0.7
        family = [] if alone else self._family_there()
        staff = self._staff_there(occasion.type)
        record: dict[str, Any] = {
            "id": day.isoformat(),
            "state": "agreed",
            "date": day.isoformat(),
            "type": occasion.type,
            "minutes": rng.choice(
                {"annual_review": (60, 75, 90), "parent_review": (25, 30, 35, 40)}.get(occasion.type, (15, 20, 25, 40))
            ),
            "place": self._telling.shared("places_alone" if alone else "places"),
            "led_by": staff[0],
            "staff_present": [{"person": person} for person in staff],
            "student_present": {
                "attended": there,
                "how": self._telling.shared("how_alone" if alone else "how_there" if there else "how_not_there"),
            },
            "purpose": self._telling.shared(f"purpose_{occasion.type}"),
            "discussed": self._talk() if alone else self._discussed(day),
            "agreed": [{"id": f"agreed-{n}", "text": text} for n, text in enumerate(self._deal("agreed", 2), start=1)],
            "actions": self._actions(day, staff),
        }
        if family:
            record["family_present"] = [
                {"person": member.person.id, "as": member.relation.replace("_", "-")} for member in family
            ]
            self._add_family(record, day, family)
        if rng.random() < 0.7 or alone:
            record["student_voice"] = [self._voice(day)]
        if occasion.type in ("annual_review", "team_around_the_child"):
            record["others_present"] = self._others()
        shared = self._calendar.later(day, rng.randrange(2, 10))
        if shared <= self._calendar.on:
            record["shared_with_family_on"] = shared.isoformat()
        following = following or self._next_after()
        if following is not None:
            record["next_meeting"] = following.isoformat()
        if rng.random() < 0.12:
            record["staff_notes"] = self._telling.shared("notes")
        return record

    def _family_there(self) -> list[Member]:
        there = [member for member in self._student.family.members if member.access != "none"]
        return there if self._rng.random() < 0.55 else there[:1]

    def _staff_there(self, sort: str) -> list[str]:
        place, senco = self._student.place, self._setting.places.duties.senco
        teacher = self._rng.choice(place.classes).teacher if place.classes else place.tutor
        leader = place.tutor if self._rng.random() < 0.6 else teacher
        if sort in ("annual_review", "team_around_the_child"):
            leader = senco
        if sort == "student_conversation":
            leader = place.key_adult
        also = {"annual_review": [place.tutor, place.assistant], "student_conversation": []}.get(
            sort, [place.assistant]
        )
        if sort == "parent_review" and self._rng.random() < 0.5:
            also = [*also, senco]
        return list(dict.fromkeys([leader, *also]))

    def _discussed(self, day: date) -> list[dict[str, str]]:
        points = self._telling.pairs("points", 1) if self._rng.random() < 0.6 else [self._pair("points")]
        points += self._progress_point(day)
        while len(points) < 2 + (self._rng.random() < 0.5):
            point = self._pair("points")
            if point[0] not in dict(points):  # nobody talks about the same thing twice
                points.append(point)
        return [{"id": f"point-{n}", "topic": head, "text": text} for n, (head, text) in enumerate(points, start=1)]

    def _talk(self) -> list[dict[str, str]]:
        points = [self._pair("talks") for _ in range(self._rng.choice((2, 3)))]
        return [{"id": f"point-{n}", "topic": head, "text": text} for n, (head, text) in enumerate(points, start=1)]

    def _progress_point(self, day: date) -> list[tuple[str, str]]:
        """How one target stood on the day, from the measurements taken by then."""
        for target in self._rng.sample(self._targets, len(self._targets)):
            known = [point for point in target.get("progress", ()) if point["on"] <= day.isoformat()]
            if len(known) < 2 or target["by_date"] < day.isoformat():
                continue
            return [self._standing(target, known[-1]["value"])]
        return []

    def _standing(self, target: Mapping[str, Any], now: float) -> tuple[str, str]:
        measure, start = self._setting.measures[target["measure"]], target["baseline"]["value"]
        words = self._telling.words.with_words(
            {
                "start": str(start),
                "now": str(now),
                "goal": str(target["goal"]["value"]),
                "unit": measure["unit"],
                "since": _MONTHS[int(target["baseline"]["on"][5:7]) - 1],
            }
        )
        ahead = (now - start) * (1 if measure["better"] == "higher" else -1)
        kind = "moving" if ahead >= measure["smallest_real_change"] else "stuck"
        return f"Target: {measure['name'][0].lower()}{measure['name'][1:]}", words.sentence(
            self._rng.choice(bank("meetings")[kind])
        )

    def _actions(self, day: date, staff: Sequence[str]) -> list[dict[str, Any]]:
        found = []
        for number, what in enumerate(self._deal("staff", self._rng.choice((1, 2))), start=1):
            by = self._calendar.later(day, self._rng.randrange(4, 16))
            action: dict[str, Any] = {
                "id": f"action-{number}",
                "what": what,
                "who": self._rng.choice(staff),
                "by": by.isoformat(),
            }
            if by <= self._calendar.on and self._rng.random() < 0.985:
                action["done_on"] = self._calendar.some_day(self._rng, day + _DAY, by).isoformat()
            found.append(action)
        return found

    def _add_family(self, record: dict[str, Any], day: date, family: Sequence[Member]) -> None:
        rng = self._rng
        if rng.random() < 0.6:
            who = rng.choice(family).person.id
            action: dict[str, Any] = {"id": "home-1", "person": who, "what": self._deal("home", 1)[0]}
            by = self._calendar.later(day, rng.randrange(5, 20))
            action["by"] = by.isoformat()
            if by <= self._calendar.on and rng.random() < 0.8:
                action["done_on"] = by.isoformat()
            record["family_actions"] = [action]
        if rng.random() < 0.7:
            who = rng.choice(family).person.id
            record["family_voice"] = [
                {"id": "family-1", "from": who, "on": day.isoformat(), "text": self._deal("family", 1)[0]}
            ]

    def _voice(self, day: date) -> dict[str, Any]:
        text = self._deal("student", 1)[0]
        how = self._telling.shared("hows")
        return {
            "id": "student-1",
            "on": day.isoformat(),
            "how": how,
            "text": text,
            "share_with_family": self._rng.random() < 0.85,
        }

    def _others(self) -> list[dict[str, str]]:
        chosen = self._rng.sample(bank("meetings")["others"], self._rng.choice((1, 2)))
        return [
            {"id": f"other-{n}", "role": role, "organisation": where} for n, (role, where) in enumerate(chosen, start=1)
        ]

    def _next_after(self) -> date | None:
        calendar = self._calendar
        if calendar.current + 1 >= len(calendar.terms):
            return None
        term = calendar.terms[calendar.current + 1]
        return calendar.some_day(self._rng, term.start + 2 * _WEEK, term.start + 6 * _WEEK)

    def _deal(self, name: str, count: int) -> list[str]:
        """Texts of the story or of the bank that all stories share; none twice."""
        found = self._telling.some(name, sum(self._rng.random() < 0.5 for _ in range(count)))
        while len(found) < count:
            found.append(self._telling.shared(name))
        return found

    def _pair(self, name: str) -> tuple[str, str]:
        head, _, text = self._telling.shared_template(name).partition(" | ")
        return self._telling.words.sentence(head), self._telling.words.sentence(text)
