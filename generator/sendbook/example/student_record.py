"""``student.yml``: who the student is, where they belong, their status and needs, team, family and rights."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from typing import Any

from sendbook.access.spans import Span
from sendbook.example.chance import chance, weighted
from sendbook.example.enrolment import Enrolled
from sendbook.example.families import Member
from sendbook.example.setting import Setting
from sendbook.example.story import Telling, bank, several
from sendbook.example.year import starting_year

# Some stories keep students away, so others lie a little above the means of 93 and 91 per cent.
_ATTENDANCE = {"K": 94.2, "E": 93.2}
_PARTS = ["profile", "plan", "targets", "meetings"]
_RANKS = ("primary", "secondary")
_MEETS = "(Checks in|A word|Meets <name>) (on <day> and <day2>|on <day>) (<when>|at the start of the day)"
_HELPS = "(<Subject>|<Subject2>) and <subject3>(, most days|, four lessons a week|)"
_TOGETHER = "Agreed in a meeting, to practise deciding before it passes altogether."
_OF_AGE = "Over compulsory school age, and able to decide with information given in good time."
_SEEN = ("Birth certificate and photo identity", "Passport and enrolment form", "Enrolment form, known to the office")


def support_since(student: Enrolled, setting: Setting, seed: int) -> date:
    """The first day of SEN support: for one in ten this term, else one to six years ago."""
    rng = chance(seed, "since", student.index)
    calendar = setting.calendar
    term = calendar.terms[calendar.current]
    if student.code == "K" and rng.random() < 0.1:
        return calendar.from_(term.start + timedelta(days=rng.randrange(4, 15)))
    years = rng.randrange(1, max(2, min(6, student.year - 2)))
    return _weekday(date(starting_year(calendar.on) - years, rng.randrange(9, 13), rng.randrange(5, 20)))


def student_record(student: Enrolled, setting: Setting, telling: Telling, since: date, rng: Random) -> dict[str, Any]:
    """The record, in the order of no schema in particular; the writer puts it in order."""
    started = date(starting_year(setting.calendar.on), 9, 1)
    record: dict[str, Any] = {
        "id": student.id,
        "name": _name(student, rng),
        "year_group": str(student.year),
        "teaching_groups": [{"group": c.id, "from": started.isoformat()} for c in student.place.classes],
        "on_roll": _on_roll(student, since, rng),
        "born": student.born.isoformat(),
        "sex": student.sex,
        "ethnicity": student.family.ethnicity,
        "home_language": student.family.language,
        "home_local_authority": _authority(setting, rng),
        "looked_after": _looked_after(student, rng),
        "status": _status(student, since, setting.calendar.on, rng),
        "needs": _needs(student, since, rng),
        "identified": {
            "on": (since - timedelta(days=rng.randrange(20, 120))).isoformat(),
            "how": telling.one("noticed"),
        },
        "attendance": _attendance(student, setting, rng),
        "team": _team(student, started, since, telling),
        "family": [
            _relation(number, member, setting, since, rng) for number, member in enumerate(student.family.members)
        ],
        "rights": _rights(student, rng),
    }
    return record | _of_some_students(student, setting, telling, rng, date.fromisoformat(record["on_roll"]["from"]))


def _of_some_students(
    student: Enrolled, setting: Setting, telling: Telling, rng: Random, joined: date
) -> dict[str, Any]:
    """The fields that not every student has."""
    record: dict[str, Any] = {}
    if student.place.tutor_group:
        record["tutor_group"] = student.place.tutor_group
    if student.year >= 7:
        record |= _account(student, setting, joined)
    if student.family.language != "English":
        record["eal"] = {"proficiency": weighted(rng, [("B", 1.0), ("C", 3.0), ("D", 4.0), ("E", 4.0)])}
    if student.year >= 10:
        record["candidate_number"] = f"{(4000 + student.index * 7) % 10000:04d}"
    if "emergency" in telling.story.texts:
        record["medical"] = {"care_plan": True}
        record["emergency"] = _emergency(student, setting, telling)
    if student.code == "E":
        record["funding"] = _funding(rng)
    consents = _consents(student, rng, setting.calendar.on)
    if consents:
        record["consents"] = consents
    if rng.random() < 0.4:
        record["senco_notes"] = telling.shared("notes")
    return record


def _account(student: Enrolled, setting: Setting, joined: date) -> dict[str, Any]:
    """An address and the decision about it, by the first of those in charge who has worked here since the student came.

    Decided on the day the student joined or, where the colleague came later, on that colleague's first day. Where none
    of them has worked here yet there is nobody to decide, and no account.
    """
    duties = setting.places.duties
    so_far = Span(since=joined, until=setting.calendar.on)
    for colleague in (duties.senco, duties.principal, duties.dsl):
        for span in setting.places.at_work(colleague):
            if span.within(so_far) is not None:
                return {
                    "sign_in": {"email": f"{student.mailbox}@students.{setting.id}.example"},
                    "account_decision": {
                        "on": max(joined, span.since or joined).isoformat(),
                        "by": colleague,
                        "reason": "Asked for it at the summer review. The family agreed.",
                    },
                }
    return {}


def _weekday(day: date) -> date:
    return day - timedelta(days=max(0, day.weekday() - 4))


def _name(student: Enrolled, rng: Random) -> dict[str, str]:
    name = {"full": student.full, "known_as": student.first}
    if student.pronoun == "they" or rng.random() < 0.06:
        name["pronouns"] = {"she": "she/her", "he": "he/him", "they": "they/them"}[student.pronoun]
    return name


def _on_roll(student: Enrolled, since: date, rng: Random) -> dict[str, str]:
    stage = "young" if student.year < 6 else "older" if student.year < 11 else "oldest"
    joined = min(since.year, since.year - rng.randrange(0, 2))
    earliest = student.born.year + 7
    entry = {"from": f"{max(joined - 1, min(earliest, joined))}-09-01"}
    if rng.random() < 0.8:
        entry["previous_school"] = rng.choice(bank("everyday")["schools"][stage])
    return entry


def _authority(setting: Setting, rng: Random) -> str:
    own, *others = setting.authorities
    return own if rng.random() < 0.6 else rng.choice(others or [own])


def _looked_after(student: Enrolled, rng: Random) -> str:
    if student.story.texts.get("care"):
        return weighted(rng, [("no", 4.0), ("previously_looked_after", 5.0), ("looked_after", 1.0)])
    return weighted(rng, [("no", 97.0), ("previously_looked_after", 2.0), ("looked_after", 1.0)])


def _status(student: Enrolled, since: date, on: date, rng: Random) -> list[dict[str, str]]:
    if student.code == "K":
        return [{"id": "support", "code": "K", "from": since.isoformat()}]
    plan = _weekday(min(since + timedelta(days=rng.randrange(150, 300)), on - timedelta(days=40)))
    return [
        {"id": "support", "code": "K", "from": since.isoformat(), "until": (plan - timedelta(days=1)).isoformat()},
        {"id": "plan", "code": "E", "from": plan.isoformat()},
    ]


def _needs(student: Enrolled, since: date, rng: Random) -> list[dict[str, Any]]:
    found = []
    for rank, story in enumerate(story for story in (student.story, student.second) if story is not None):
        need: dict[str, Any] = {"id": _RANKS[rank], "type": story.need, "rank": rank + 1}
        if story.condition and rng.random() < (0.85 if story.need in ("HI", "VI", "PD", "OTH", "DS", "ASD") else 0.45):
            need["condition"] = story.condition
        need["since"] = since.isoformat()
        found.append(need)
    return found


def _attendance(student: Enrolled, setting: Setting, rng: Random) -> list[dict[str, Any]]:
    usual = min(99.5, rng.gauss(_ATTENDANCE[student.code] + float(student.story.texts.get("attendance", 0)), 3.5))
    terms = setting.calendar.terms[max(0, setting.calendar.current - 3) : setting.calendar.current + 1]
    return [{"term": term.id, "percent": round(max(35.0, min(100.0, rng.gauss(usual, 1.8))), 1)} for term in terms]


def _team(student: Enrolled, started: date, since: date, telling: Telling) -> list[dict[str, Any]]:
    begun = max(started, since).isoformat()
    place = student.place
    held = (("key_adult", place.key_adult, _MEETS), ("support_assistant", place.assistant, _HELPS))
    return [
        {
            "id": kind.replace("_", "-"),
            "person": person,
            "as": kind,
            "from": begun,
            "note": telling.words.sentence(note),
        }
        for kind, person, note in held
    ]


def _emergency(student: Enrolled, setting: Setting, telling: Telling) -> dict[str, Any]:
    """What to do at once; the key adult and the safeguarding lead are called before the family."""
    texts = telling.story.texts["emergency"]
    first = [member.person.id for member in student.family.members if member.first and member.access == "full"]
    record: dict[str, Any] = {
        "watch_for": telling.words.sentence(texts["watch"]),
        "do": [telling.words.sentence(step) for step in several(texts["do"])],
        "call": list(dict.fromkeys([student.place.key_adult, setting.places.duties.dsl, *first])),
    }
    if "medicine" in texts:
        record["medicine"] = telling.words.sentence(texts["medicine"])
    return record


def _relation(number: int, member: Member, setting: Setting, since: date, rng: Random) -> dict[str, Any]:
    relation: dict[str, Any] = {
        "id": f"{member.relation.replace('_', '-')}-{number + 1}",
        "person": member.person.id,
        "relation": member.relation,
        "household": member.household,
        "responsibility": member.responsibility,
        "access": member.access,
        "from": since.isoformat(),
    }
    if member.access == "full" and member.household == "b" and rng.random() < 0.2:
        relation |= {"access": "named_parts", "parts": list(_PARTS)}
    if rng.random() > 0.01:
        senco = setting.places.duties.senco
        relation["confirmed"] = {"on": since.isoformat(), "by": senco, "how": rng.choice(_SEEN)}
    if member.order:
        relation["court_orders"] = [dict(member.order)]
    if member.first:
        relation["first_contact"] = True
    return relation


def _rights(student: Enrolled, rng: Random) -> list[dict[str, str]]:
    periods = [{"id": "parents", "decides": "parent", "from": student.born.isoformat()}]
    if student.year == 11 and rng.random() < 0.5:
        begun = date(student.born.year + 15, 9, 1)
        periods.append({"id": "together", "decides": "both", "from": begun.isoformat(), "reason": _TOGETHER})
    if student.year >= 12:
        passed = _end_of_compulsory_school_age(student.born)
        periods.append({"id": "student", "decides": "student", "from": passed.isoformat(), "reason": _OF_AGE})
    return periods


def _end_of_compulsory_school_age(born: date) -> date:
    """The last Friday in June of the school year in which the student turns 16."""
    year = starting_year(date(born.year + 16, born.month, min(born.day, 28))) + 1
    last = date(year, 6, 30)
    return last - timedelta(days=(last.weekday() - 4) % 7)


def _consents(student: Enrolled, rng: Random, on: date) -> list[dict[str, str]]:
    giver = "student" if student.year >= 12 else "parent"
    given = min(date(starting_year(on), 9, rng.randrange(5, 16)), on).isoformat()
    wanted = [("share_with_agencies", 0.7), ("photograph", 0.6)]
    if student.year >= 12:
        wanted.insert(0, ("parents_see", 0.88))
    return [
        {"id": to.replace("_", "-"), "to": to, "given_by": giver, "given_on": given}
        for to, share in wanted
        if rng.random() < share
    ]


def _funding(rng: Random) -> dict[str, Any]:
    band = rng.randrange(1, 6)
    return {
        "band": f"Band {band}",
        "gbp_a_year": float(2400 + 1150 * band + 25 * rng.randrange(0, 20)),
        "source": "local_authority",
    }
