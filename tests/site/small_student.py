"""A small student made by hand, in the shapes of the schemas, for tests that change one thing at a time."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import date
from functools import cache
from html.parser import HTMLParser
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas, site_templates
from sendbook.kinds.plan.costs import Costing
from sendbook.kinds.printed import documents_of
from sendbook.kinds.student_pages import StudentPages, pages_of_reading
from sendbook.pages.reading import reading_of
from sendbook.pages.surroundings import Surroundings, surroundings_of
from sendbook.pages.templates import Templates
from sendbook.site.readers.facts import facts_of_reading

KINDS = SchemaRegistry.load(schemas()).kinds

CAMPUS: dict[str, Any] = {
    "id": "small",
    "name": "Small Campus",
    "contacts": {"senco": "p-sen1", "principal": "p-pri1"},
    "terms": [{"id": "autumn-2026", "name": "Autumn term 2026", "start": "2026-09-03", "end": "2026-12-17"}],
    "measures": [
        {
            "id": "wpm",
            "name": "Words read correctly in a minute",
            "unit": "words a minute",
            "better": "higher",
            "smallest_real_change": 5,
        }
    ],
    "house_rules": {"lowest_delivery_percent": 80, "oldest_evidence_weeks": 6, "weeks_between_meetings": 16},
    "tutor_groups": [
        {
            "id": "8a",
            "name": "8 Ash",
            "year_group": "8",
            "tutors": [{"person": "p-tut1", "from": "2026-09-01"}],
        }
    ],
    "teaching_groups": [
        {
            "id": "8-en",
            "name": "8 English",
            "subject": "English",
            "year_groups": ["8"],
            "teachers": [{"person": "p-tea1", "from": "2026-09-01"}],
        }
    ],
    "cost_assumptions": {
        "delivery_weeks": 38,
        "preparation_percent": 0,
        "hourly_rates": [{"id": "assistant", "name": "Support Assistant", "gbp": 20}],
    },
}


def _person(identity: str, name: str, job: str) -> dict[str, Any]:
    return {
        "id": identity,
        "name": {"full": name, "known_as": name},
        "staff": {"job_title": job, "email": f"{identity}@small.example"},
    }


PEOPLE = [
    _person("p-sen1", "Mrs Senco", "SENDCo"),
    _person("p-pri1", "Mr Principal", "Campus Principal"),
    _person("p-tut1", "Ms Tutor", "Tutor"),
    _person("p-tea1", "Mr Teacher", "Teacher of English"),
    _person("p-ass1", "Ms Assistant", "Support Assistant"),
]
LIBRARY = [
    {
        "id": "paired-reading",
        "name": "Paired reading",
        "status": "in_use",
        "wave": 2,
        "area": "cognition_and_learning",
        "type": "one_to_one",
        "summary": "Reading aloud together.",
        "in_plain_words": "You read with an adult.",
        "who_for": "Slow readers.",
        "dose": {"sessions_per_week": 3, "minutes": 20, "weeks": 12},
        "evidence": {"rating": "moderate", "source": "A toolkit"},
        "measures": ["wpm"],
        "groups": [
            {
                "id": "one",
                "name": "Tuesday readers",
                "led_by": "p-ass1",
                "when": "Tuesdays",
                "from": "2026-09-07",
                "members": [{"student": "7Q4K", "from": "2026-09-07"}, {"student": "8ZZ1", "from": "2026-09-07"}],
            }
        ],
    }
]
#: The campus's records that the small student's lead to, by kind and id.
RECORDS = {"intervention": {str(entry["id"]): entry for entry in LIBRARY}}
STUDENT: dict[str, Any] = {
    "id": "7Q4K",
    "name": {"full": "Aaron Small", "known_as": "Aaron"},
    "sign_in": {"email": "aaron@small.example"},
    "year_group": "8",
    "tutor_group": "8a",
    "teaching_groups": [{"group": "8-en", "from": "2026-09-03"}],
    "on_roll": {"from": "2024-09-04"},
    "born": "2014-01-10",
    "status": [{"id": "k", "code": "K", "from": "2025-01-06"}],
    "needs": [{"id": "read", "type": "SPLD", "rank": 1}],
    "team": [{"id": "ka", "person": "p-ass1", "as": "support_assistant", "from": "2026-09-03", "note": "English"}],
    "family": [
        {
            "id": "mum",
            "person": "p-mum1",
            "relation": "mother",
            "household": "a",
            "responsibility": True,
            "access": "full",
            "from": "2024-09-04",
        }
    ],
    "rights": [{"id": "p", "decides": "parent", "from": "2024-09-04"}],
    "medical": {"care_plan": True},
    "emergency": {
        "watch_for": "He goes grey and sweats",
        "do": ["Give him the juice from his bag", "Call 999 if he does not answer"],
        "call": ["p-ass1", "p-par1"],
        "medicine": "Front pocket of his bag",
    },
    "attendance": [{"term": "autumn-2026", "percent": 96.5}],
    "funding": {"source": "local_authority", "gbp_a_year": 4000},
    "senco_notes": "A note on the record.",
}
PROFILE: dict[str, Any] = {
    "state": "agreed",
    "review_by": "2027-07-02",
    "appreciated": [{"id": "a", "text": "I am kind."}],
    "matters": [{"id": "m", "text": "My dog."}],
    "help": [{"id": f"h{n}", "text": f"Help line {n}."} for n in range(1, 6)],
    "avoid": [{"id": "v", "text": "Do not rush me."}],
    "adjustments": [{"id": "e", "subject": "English", "text": "Large print."}],
    "exams": [{"id": "x", "text": "Extra time."}],
}
TARGET: dict[str, Any] = {
    "id": "fluency",
    "outcome": "reader",
    "behaviour": "reads a page aloud",
    "context": "From the class book",
    "measure": "wpm",
    "baseline": {"value": 60, "on": "2026-09-10", "by": "p-tea1"},
    "goal": {"value": 75, "comparator": "at_least"},
    "start": "2026-09-14",
    "by_date": "2026-12-04",
    "owner": "p-tea1",
    "student_action": "I read to my dog.",
    "family_action": "Ten minutes of reading at bedtime.",
    "why": "So that I can read the rules of the game.",
    "progress": [{"on": "2026-10-08", "value": 66}, {"on": "2026-11-12", "value": 72, "note": "A good day"}],
}
PLAN: dict[str, Any] = {
    "state": "agreed",
    "in_force_from": "2026-09-14",
    "review_due": "2026-12-11",
    "lead": "p-tut1",
    "summary": "First paragraph.\n\nSecond paragraph.",
    "needs": [{"id": "reading", "area": "cognition_and_learning", "name": "Reading", "description": "Reads slowly."}],
    "outcomes": [
        {"id": "reader", "statement": "Aaron reads for pleasure.", "needs": ["reading"], "by_date": "2028-07-07"}
    ],
    "targets": [TARGET],
    "strategies": [{"id": "s", "subject": "All lessons", "text": "Give time."}],
    "provision": [
        {
            "id": "paired",
            "intervention": "paired-reading",
            "what": "Reads with an adult.",
            "wave": 2,
            "type": "one_to_one",
            "needs": ["reading"],
            "targets": ["fluency"],
            "setting": "withdrawal",
            "group_size": 1,
            "sessions_per_week": 3,
            "minutes": 20,
            "start": "2026-09-14",
            "delivered_by": "p-ass1",
            "delivery": {"planned": 20, "given": 15, "as_of": "2026-11-20"},
            "costs": {"rate": "assistant", "funding": "local_authority"},
        }
    ],
    "cycles": [
        {
            "id": "autumn",
            "term": "autumn-2026",
            "start": "2026-09-07",
            "review_due": "2026-12-11",
            "assess": {"summary": "Slow."},
            "plan": {"summary": "Paired reading."},
        }
    ],
    "family_voice": [{"id": "f", "from": "p-mum1", "on": "2026-09-20", "text": "He hides his book."}],
    "student_voice": [{"id": "v", "on": "2026-09-20", "text": "I like comics.", "share_with_family": True}],
    "senco_notes": "A note on the plan.",
}
MEETING: dict[str, Any] = {
    "id": "2026-09-24",
    "state": "agreed",
    "date": "2026-09-24",
    "type": "parent_review",
    "led_by": "p-tut1",
    "family_present": [{"person": "p-mum1", "as": "mother"}],
    "actions": [
        {"id": "a", "what": "Order the book.", "who": "p-tea1", "by": "2026-11-02"},
        {"id": "b", "what": "Ring the library.", "who": "p-tut1", "by": "2026-10-02", "done_on": "2026-10-01"},
    ],
    "family_actions": [{"id": "c", "person": "p-mum1", "what": "Find the reading lamp."}],
    "next_meeting": "2026-12-08",
    "staff_notes": "A note on the meeting.",
}
#: Every part of a student's records, as the schemas name them.
PARTS = frozenset(
    (kind, part)
    for kind, parts in {
        "student": "name account placing background exams family status register medical emergency attendance team "
        "rights costs senco_notes",
        "profile": "profile",
        "plan": "plan needs outcomes targets strategies provision costs cycles family_voice student_voice senco_notes",
        "meeting": "meetings family_voice student_voice senco_notes",
    }.items()
    for part in parts.split()
)


@dataclass(frozen=True, slots=True)
class Reduced:
    """A reduced record, as far as pages look at one."""

    id: str
    kind: str
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Projected:
    """A projection made by hand."""

    student: str
    manner: str
    records: Mapping[str, Reduced]
    parts: frozenset[tuple[str, str]]


def records() -> dict[str, dict[str, Any]]:
    """Fresh copies of the student's records by name, to be changed freely."""
    every = {"student": STUDENT, "profile": PROFILE, "plan": PLAN, "meetings/2026-09-24": MEETING}
    return deepcopy(every)


def _kind_of(name: str) -> str:
    """The kind of a record by its place in the student's folder."""
    folders = {"meetings": "meeting", "reports": "report", "visits": "visit"}
    return folders.get(name.split("/")[0], name.removeprefix("drafts/"))


def projected(
    data: Mapping[str, Mapping[str, Any]] | None = None,
    *,
    manner: str = "staff",
    parts: Iterable[tuple[str, str]] = PARTS,
    identity: str = "7Q4K",
) -> Projected:
    """A projection of these records (all of them, if none are named)."""
    made = {
        f"students/{identity}/{name}": Reduced(f"students/{identity}/{name}", _kind_of(name), record)
        for name, record in (records() if data is None else data).items()
    }
    return Projected(identity, manner, made, frozenset(parts))


@cache
def templates() -> Templates:
    """The shipped templates, made once."""
    return Templates(site_templates())


@cache
def around() -> Surroundings:
    """What surrounds the small student."""
    costing = Costing.of(CAMPUS, date(2026, 11, 23))
    assert costing is not None
    of_kinds = {"plan": costing}
    return surroundings_of(CAMPUS, PEOPLE, records=RECORDS, term_start="2026-09-03", of_kinds=of_kinds, kinds=KINDS)


def pages(projection: Projected, here: Surroundings | None = None, **more: Any) -> StudentPages:
    """The pages of a projection, with other surroundings than `around` if some are handed in."""
    reading = reading_of(projection, here or around(), **more)
    return pages_of_reading(reading, templates(), documents_of(reading))


def facts(projection: Projected) -> dict[str, Any]:
    """The facts of a projection."""
    return facts_of_reading(reading_of(projection, around()), templates())


_VOID = {"br", "hr", "img", "input", "link", "meta", "circle", "path", "polyline"}


class Outline(HTMLParser):
    """A page as its reader meets it: headings, ids, tags left open, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.levels: list[int] = []
        self.ids: list[str] = []
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.broken: list[str] = []
        self.words: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self.ids += [value for name, value in attrs if name == "id" and value]
        if len(tag) == 2 and tag[0] == "h" and tag[1].isdigit():
            self.levels.append(int(tag[1]))
        if tag not in _VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join("".join(self.words).split())


def is_sound(html: str) -> None:
    """What every page must be: closed tags, one h1, no level skipped, ids once, no style or script of its own."""
    page = Outline(html)
    assert not page.broken
    assert not page.open
    assert page.levels.count(1) == 1
    assert page.levels[0] == 1
    assert all(after <= before + 1 for before, after in zip(page.levels, page.levels[1:], strict=False)), page.levels
    assert sorted(page.ids) == sorted(set(page.ids))
    assert "script" not in page.tags
    assert not [name for name, _ in page.attributes if name == "style" or name.startswith("on")]
    labelled = [value for name, value in page.attributes if name == "aria-labelledby" and value]
    assert {one for value in labelled for one in value.split()} <= set(page.ids)
