"""``plan.yml``: needs, outcomes, targets, provision, strategies and cycles that tell one story."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.example.calendar import Calendar
from sendbook.example.enrolment import Enrolled
from sendbook.example.provision import Course, provision_line
from sendbook.example.setting import Setting
from sendbook.example.story import Telling, bank
from sendbook.example.targets import Aim, Span, TargetWriter, aims_of

_DAY = timedelta(days=1)
_LONGEST_TARGET = timedelta(weeks=17)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cycle:
    """One assess-plan-do-review cycle: its term, its days, and whether it has been reviewed."""

    term: str
    start: date
    review: date
    reviewed: bool


def cycles_of(calendar: Calendar, since: date, rng: Random) -> list[Cycle]:
    """The cycle of this term, and of last term if there was support then."""
    found = []
    for index in (calendar.current - 1, calendar.current):
        if index < 0 or (calendar.terms[index].end < since and index != calendar.current):
            continue
        term = calendar.terms[index]
        now = index == calendar.current
        start = calendar.some_day(rng, max(since, term.start + 4 * _DAY), max(since + 3 * _DAY, term.start + 12 * _DAY))
        review = calendar.some_day(rng, term.end - 12 * _DAY, term.end - 3 * _DAY)
        if now and review < calendar.on:  # late in the term, or in the holidays: the review comes next
            review = calendar.later(max(calendar.on, term.end - 3 * _DAY), 3 + rng.randrange(6))
        found.append(Cycle(term=term.id, start=start, review=review, reviewed=not now))
    return found


class PlanWriter:
    """Writes the plan of one student; keeps the targets at hand for the meetings."""

    def __init__(self, student: Enrolled, setting: Setting, tellings: list[Telling], since: date, rng: Random) -> None:
        self._student, self._setting, self._tellings, self._rng = student, setting, tellings, rng
        self._calendar = setting.calendar
        self._cycles = cycles_of(self._calendar, since, rng)
        self._outcomes: dict[tuple[str, int], str] = {}
        self.live: list[dict[str, Any]] = []
        self.past: list[dict[str, Any]] = []

    def record(self) -> dict[str, Any]:
        """The whole plan."""
        now, rng = self._cycles[-1], self._rng
        main = self._tellings[0]
        live, past = self._chosen_aims()
        # A target of the past whose result is missing counts as live, so there must be room for each of them.
        room = max(0, self._setting.most_targets - len(live))
        self.past = self._targets(past, self._cycles[0], room) if len(self._cycles) > 1 else []
        self.live = self._targets(live, now, room)
        agreed = self._calendar.until(now.start - rng.randrange(0, 4) * _DAY)
        plan: dict[str, Any] = {
            "state": "agreed",
            "in_force_from": now.start.isoformat(),
            "agreed_on": min(agreed, now.start).isoformat(),
            "review_due": now.review.isoformat(),
            "lead": self._student.place.tutor if rng.random() < 0.6 else self._setting.places.duties.senco,
            "layer": "specialist"
            if self._student.code == "E" and rng.random() < 0.5
            else "targeted_plus"
            if self._student.code == "E"
            else "targeted",
            "reason": main.words.sentence(rng.choice(bank("meetings")["reasons"][0 if len(self._cycles) > 1 else 1])),
            "summary": main.one("summary"),
            "needs": [self._need(telling) for telling in self._tellings],
            "outcomes": [self._outcome(*key) for key in self._outcomes],
            "targets": [aim for _, aim in [*self._with_aims(past, self.past), *self._with_aims(live, self.live)]],
            **self._help(live, past),
            "cycles": [self._cycle(number, cycle) for number, cycle in enumerate(self._cycles)],
            "family_voice": self._family_voice(now),
            "student_voice": [self._student_voice(now)],
        }
        return plan

    def _chosen_aims(self) -> tuple[list[Aim], list[Aim]]:
        """What is worked on now and what was worked on last term; every outcome has a live target or had one."""
        rng = self._rng
        count = min(rng.choice((2, 2, 3) if self._student.code == "K" else (3, 3, 4)), self._setting.most_targets)
        main = aims_of(self._tellings[0], self._setting)
        rng.shuffle(main)
        extra = aims_of(self._tellings[1], self._setting)[:1] if len(self._tellings) > 1 else []
        live = main[: max(1, count - len(extra))]
        past = main[len(live) :][: rng.choice((1, 2))]
        return sorted(live, key=_order) + extra, sorted(past, key=_order)

    def _targets(self, aims: list[Aim], cycle: Cycle, missing: int) -> list[dict[str, Any]]:
        """Targets of one cycle, ending in its term and a little before its review."""
        term = next(term for term in self._calendar.terms if term.id == cycle.term)
        end = min(cycle.review - self._rng.randrange(0, 5) * _DAY, cycle.start + _LONGEST_TARGET, term.end)
        span = Span(start=cycle.start, end=self._calendar.until(end), on=self._calendar.on)
        writer = TargetWriter(self._setting, self._rng, months=self._months(cycle.start), missing=missing)
        found = []
        for number, aim in enumerate(aims, start=1):
            key = (aim.telling.story.id, aim.outcome)
            outcome = self._outcomes.setdefault(key, f"outcome-{len(self._outcomes) + 1}")
            owner, by = self._people(aim)
            found.append(writer.write(aim, span, id_=f"{cycle.term}-{number}", outcome=outcome, owner=owner, by=by))
        return found

    def _people(self, aim: Aim) -> tuple[str, str]:
        """Who is responsible for a target, and who measures."""
        place = self._student.place
        teacher = self._rng.choice(place.classes).teacher if place.classes else place.tutor
        owner = {"tutor": place.tutor, "senco": self._setting.places.duties.senco}.get(aim.texts.get("by", ""), teacher)
        return owner, place.assistant if self._rng.random() < 0.6 else owner

    def _months(self, on: date) -> int:
        born = self._student.born
        return (on.year - born.year) * 12 + on.month - born.month

    def _with_aims(self, aims: list[Aim], targets: list[dict[str, Any]]) -> list[tuple[Aim, dict[str, Any]]]:
        return list(zip(aims, targets, strict=False))

    def _need(self, telling: Telling) -> dict[str, Any]:
        return {
            "id": telling.story.id,
            "area": telling.story.area,
            "name": telling.one("need_name"),
            "description": telling.one("need_text"),
            "strengths": telling.one("strengths"),
            "known_from": telling.one("known"),
        }

    def _outcome(self, story: str, number: int) -> dict[str, Any]:
        telling = next(telling for telling in self._tellings if telling.story.id == story)
        texts = telling.story.texts["outcomes"][number - 1]
        years = self._rng.choice((1, 1, 2))
        last = self._calendar.terms[self._calendar.current].start.year + years
        record = {
            "id": self._outcomes[(story, number)],
            "statement": telling.words.sentence(texts["is"]),
            "needs": [story],
            "by_date": self._calendar.day_at_school(date(last, 7, self._rng.randrange(3, 12))).isoformat(),
            "why": telling.words.sentence(texts["why"]),
        }
        if self._student.year >= 9 and "adulthood" in texts:
            record["adulthood"] = texts["adulthood"]
        return record

    def _help(self, live: list[Aim], past: list[Aim]) -> dict[str, Any]:
        """Strategies and provision; a target that no provision is for is worked on in class, by a strategy."""
        strategies, provision = self._strategies(), self._provision(live, past)
        served = {target for line in provision for target in line.get("targets", ())}
        alone = [one["id"] for one in (*self.past, *self.live) if "result" not in one and one["id"] not in served]
        for number, target in enumerate(alone):
            strategies[number % len(strategies)].setdefault("targets", []).append(target)
        return {"strategies": strategies, "provision": provision}

    def _strategies(self) -> list[dict[str, Any]]:
        pairs = self._tellings[0].pairs("strategies", self._rng.choice((3, 4)))
        if len(self._tellings) > 1:
            pairs += self._tellings[1].pairs("strategies", 1)
        found: list[dict[str, Any]] = [
            {"id": f"strategy-{number}", "subject": head, "text": text}
            for number, (head, text) in enumerate(pairs, start=1)
        ]
        for strategy in found:
            if self._rng.random() < 0.3:
                strategy["source"] = self._tellings[0].shared("sources")
        return found

    def _provision(self, live: list[Aim], past: list[Aim]) -> list[dict[str, Any]]:
        now = self._cycles[-1]
        wanted = self._rng.choice((1, 2, 2) if self._student.code == "K" else (2, 3, 4))
        wanted -= wanted > 1 and len(self._tellings) > 1
        entries = [(self._tellings[0], entry) for entry in self._tellings[0].story.texts["provision"]]
        # Those that serve what is worked on come first; the sort is stable, so a story's own order decides otherwise.
        entries.sort(key=lambda pair: -len(self._served(pair[0], pair[1], live, self.live)))
        chosen = entries[:wanted]
        if len(self._tellings) > 1:
            chosen += [(self._tellings[1], self._tellings[1].story.texts["provision"][0])]
        course = Course(start=now.start, review=now.review, on=self._calendar.on)
        lines = [
            self._line(telling, entry, course, f"provision-{number}", self._served(telling, entry, live, self.live))
            for number, (telling, entry) in enumerate(chosen, start=1)
        ]
        return self._ended(entries[wanted:], past, len(lines)) + lines

    def _ended(self, left: list[tuple[Telling, dict[str, Any]]], past: list[Aim], count: int) -> list[dict[str, Any]]:
        """One line of last term that has ended, if there was one with something to show."""
        if not self.past or self._rng.random() > 0.4:
            return []
        before = self._cycles[0]
        course = Course(start=before.start, review=before.review, on=self._calendar.on, ended=True)
        for telling, entry in left:
            served = [one for one in self._served(telling, entry, past, self.past) if "result" in one]
            if served:
                return [self._line(telling, entry, course, f"provision-{count + 1}", served)]
        return []

    def _line(
        self, telling: Telling, entry: dict[str, Any], course: Course, id_: str, served: list[dict[str, Any]]
    ) -> dict[str, Any]:
        return provision_line(telling, entry, self._student, self._setting, course, self._rng, id_=id_, targets=served)

    def _served(
        self, telling: Telling, entry: dict[str, Any], aims: list[Aim], targets: list[dict[str, Any]]
    ) -> list[dict[str, Any]]:
        return [
            made
            for aim, made in self._with_aims(aims, targets)
            if aim.telling is telling and aim.number in entry.get("for", ())
        ]

    def _cycle(self, number: int, cycle: Cycle) -> dict[str, Any]:
        telling, rng = self._tellings[0], self._rng
        sources = [
            telling.words.sentence(text) for text in rng.sample(bank("meetings")["evidence"], rng.choice((1, 2)))
        ]
        informed = self._calendar.from_(cycle.start + rng.randrange(1, 6) * _DAY)
        # What was written last term is half the teachers' everyday words; this term's cycle tells the story in full.
        own = 0.4 if cycle.reviewed else 0.85
        assess, plan, do = (
            telling.mixed(stage, 1, bank("meetings")[stage], own)[0] for stage in ("assess", "plan", "do")
        )
        record: dict[str, Any] = {
            "id": f"cycle-{number + 1}",
            "term": cycle.term,
            "start": cycle.start.isoformat(),
            "review_due": cycle.review.isoformat(),
            "assess": {"summary": assess, "sources": sources},
            "plan": {"summary": plan, "staff_informed_on": informed.isoformat()},
            "do": {"summary": do},
        }
        if cycle.reviewed:
            record["review"] = self._review(cycle)
        return record

    def _review(self, cycle: Cycle) -> dict[str, Any]:
        ends = [one["result"]["outcome"] for one in self.past if "result" in one]
        good = sum(end in ("met", "exceeded") for end in ends)
        impact = "high" if ends and good == len(ends) else "none" if ends and set(ends) == {"not_met"} else "some"
        decision = {"high": ("continue", "step_down"), "some": ("continue", "change"), "none": ("change", "step_up")}[
            impact
        ]
        return {
            "on": min(cycle.review, self._cycles[-1].start - _DAY).isoformat(),
            "led_by": self._student.place.tutor,
            "summary": self._tellings[0].mixed("review", 1, bank("meetings")["review"], 0.5)[0],
            "impact": impact,
            "decision": self._rng.choice((decision[0], decision[0], decision[1])),
        }

    def _family_voice(self, now: Cycle) -> list[dict[str, str]]:
        speakers = [member for member in self._student.family.members if member.access != "none"]
        apart = [member for member in speakers if member.household == "b"]
        chosen = [speakers[0], *apart[:1]] if self._rng.random() < 0.6 else speakers[:1]
        day = self._calendar.until(now.start - self._rng.randrange(0, 5) * _DAY)
        return [
            {
                "id": f"family-{number}",
                "from": member.person.id,
                "on": day.isoformat(),
                "text": self._tellings[0].one("family"),
            }
            for number, member in enumerate(chosen, start=1)
        ]

    def _student_voice(self, now: Cycle) -> dict[str, Any]:
        telling = self._tellings[0]
        return {
            "id": "student-1",
            "on": self._calendar.until(now.start - self._rng.randrange(0, 5) * _DAY).isoformat(),
            "how": telling.shared("hows"),
            "text": telling.one("student"),
            "share_with_family": self._rng.random() < 0.85,
        }


def _order(aim: Aim) -> tuple[int, int]:
    return aim.outcome, aim.number
