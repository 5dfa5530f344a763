"""A campus small enough to be known by heart, for the tests of access.

7Q4K lives in two households. 3B8M is the SENDCo's own child, and the daughter of nobody else. 9X2D turned 18 in
June. Everything is plain data, so that a test copies it, changes one thing, and asks again.
"""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from datetime import date
from typing import Any

from sendbook.access.people import People, Reader
from sendbook.campus import shipped
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from tests.fast_yaml import read_yaml

ROOT = shipped.example()
TODAY = date(2026, 11, 23)
REGISTRY = SchemaRegistry.load(shipped.schemas())

SENCO, REGIONAL, PRINCIPAL, DSL = "p-5en0", "p-reg0", "p-pr0n", "p-ds00"
TEACHER, PARENT_TEACHER, LEAVER, ASSISTANT, TUTOR = "p-tch1", "p-tch2", "p-tch3", "p-ass1", "p-tut1"
EXAMS, CAREERS, FINANCE, COMMITTEE, DPO = "p-exm1", "p-car1", "p-fin1", "p-com1", "p-dp00"
MOTHER, FATHER, STEPFATHER, BROTHER, AUNT = "p-mth1", "p-fth1", "p-stp1", "p-br01", "p-avnt"
ADULTS_MOTHER, OUTSIDER = "p-mth9", "p-0vt1"

Data = dict[str, dict[str, Any]]


def data() -> Data:
    """Every record of the small campus by id, free to be changed."""
    return deepcopy(_DATA)


def campus_of(records: Mapping[str, Mapping[str, Any]], registry: SchemaRegistry = REGISTRY) -> Campus:
    """A campus of these records. Digests say which test data it is, and no more."""
    return Campus((_record(identity, found, registry) for identity, found in records.items()), registry)


def small_campus() -> Campus:
    return campus_of(_DATA)


def reader(campus: Campus, identity: str) -> Reader:
    return People.from_campus(campus)[identity]


def _record(identity: str, found: Mapping[str, Any], registry: SchemaRegistry) -> Record:
    match = registry.match(f"{identity}.yml")
    assert match is not None, identity
    return Record(
        id=identity,
        kind=match.kind.name,
        student=match.keys.get("student"),
        path=f"records/{identity}.yml",
        digest=f"{hash(repr(found)):x}",
        data=found,
    )


def _staff(name: str, *roles: str, left_on: str | None = None, **more: Any) -> dict[str, Any]:
    duties = [{"id": f"d{number}", "role": role, "from": "2025-09-01"} for number, role in enumerate(roles)]
    staff: dict[str, Any] = {"job_title": "Colleague", "email": f"{name[-3:]}@school.example", "duties": duties}
    if left_on:
        staff["left_on"] = left_on
    staff["qualifications"] = [{"id": "q1", "name": f"Award of {name}"}]
    return {"name": {"full": name}, "sign_in": {"email": f"{name[-3:]}@school.example"}, "staff": staff, **more}


def _family(name: str) -> dict[str, Any]:
    return {
        "name": {"full": name},
        "sign_in": {"email": f"{name[-3:]}@home.example"},
        "family": {"phone": "0100 000 000", "address": f"Home of {name}"},
    }


def relative(
    identity: str,
    person: str,
    relation: str,
    household: str,
    *,
    responsibility: bool = True,
    access: str = "full",
    **more: Any,
) -> dict[str, Any]:
    """One entry of a student's family, confirmed unless ``confirmed=None``."""
    item: dict[str, Any] = {
        "id": identity,
        "person": person,
        "relation": relation,
        "household": household,
        "responsibility": responsibility,
        "access": access,
        "confirmed": {"on": "2025-09-05", "by": SENCO},
        "from": "2025-09-01",
        **more,
    }
    return {name: value for name, value in item.items() if value is not None}


def _student(identity: str, name: str, *, born: str, **more: Any) -> dict[str, Any]:
    return {
        "id": identity,
        "name": {"full": name, "known_as": name.split()[0]},
        "sign_in": {"email": f"{identity.lower()}@school.example"},
        "account_decision": {"on": "2025-09-08", "by": PRINCIPAL, "reason": f"Both homes of {name} were asked"},
        "year_group": "9",
        "on_roll": {"from": "2025-09-01"},
        "born": born,
        "status": [{"id": "s1", "code": "K", "from": "2025-10-01"}],
        "needs": [{"id": "n1", "type": "SPLD", "rank": 1}],
        "medical": {"care_plan": True},
        "emergency": {
            "watch_for": f"Emergency of {name}",
            "do": ["Call 999", "Stay"],
            "call": [ASSISTANT, MOTHER, FATHER, SENCO],
            "medicine": "Blue bag in the office",
        },
        "attendance": [{"term": "autumn", "percent": 94.5}],
        "rights": [{"id": "r1", "decides": "parent", "from": "2025-09-01"}],
        "funding": {"band": "B", "gbp_a_year": 1200},
        "senco_notes": f"Notes on {name}",
        **more,
    }


def _plan(state: str, student: str, **more: Any) -> dict[str, Any]:
    return {
        "state": state,
        "review_due": "2027-01-15",
        "lead": SENCO,
        "summary": f"{state} plan of {student}",
        "needs": [{"id": "n1", "area": "cognition_and_learning", "name": "Reading", "description": "Slow"}],
        "outcomes": [{"id": "o1", "statement": "Reads for pleasure", "needs": ["n1"]}],
        "targets": [{"id": "t1", "outcome": "o1", "behaviour": "Reads a page"}],
        "strategies": [{"id": "st1", "text": "Give time"}],
        "provision": [
            {
                "id": "pr1",
                "what": "Paired reading",
                "wave": 2,
                "type": "small_group",
                "needs": ["n1"],
                "setting": "withdrawal",
                "sessions_per_week": 3,
                "minutes": 20,
                "start": "2026-09-14",
                "costs": {"resources_gbp": 20, "funding": "network"},
            }
        ],
        "cycles": [{"id": "c1", "term": "autumn", "start": "2026-09-01", "review_due": "2026-12-11"}],
        "senco_notes": "Think about step up",
        **more,
    }


def _voice(identity: str, person: str) -> dict[str, str]:
    return {"id": identity, "from": person, "on": "2026-10-01", "text": f"Words of {person}"}


_TEACHES = [
    {"person": TEACHER, "from": "2026-09-03"},
    {"person": LEAVER, "from": "2026-09-03"},
    {"person": PARENT_TEACHER, "from": "2026-09-03"},
]

_DATA: Data = {
    "campus": {
        "id": "oakfield",
        "name": "Oakfield",
        "teaching_groups": [
            {"id": "en9", "name": "9 English", "subject": "English", "teachers": _TEACHES},
        ],
        "tutor_groups": [{"id": "9a", "name": "9A", "tutors": [{"person": TUTOR, "from": "2026-09-01"}]}],
        "roll": [{"year_group": "9", "students": 120}],
        "student_accounts": {"youngest": 13},
        "duty_year_groups": [
            {"role": "exams_officer", "year_groups": ["9", "10", "11"]},
            {"role": "careers_lead", "year_groups": ["9", "10"]},
        ],
        "cost_assumptions": {"delivery_weeks": 36},
    },
    # The shipped policy, without what the example campus makes an exception of.
    "access": {"grants": read_yaml((ROOT / "records" / "access.yml").read_text(encoding="utf-8"))["grants"]},
    f"people/{SENCO}": _staff("Ms Adeyemi", "senco", family={"phone": "0100", "address": "Home of Ms Adeyemi"}),
    f"people/{REGIONAL}": _staff("Mr Regan", "regional_senco"),
    f"people/{PRINCIPAL}": _staff("Dr Pryce", "principal"),
    f"people/{DSL}": _staff("Mrs Dale", "dsl"),
    f"people/{TEACHER}": _staff("Ms Okafor", "teacher"),
    f"people/{PARENT_TEACHER}": _staff("Mr Brown", "teacher", family={"phone": "0100"}),
    f"people/{LEAVER}": _staff("Ms Gone", "teacher", left_on="2026-10-23"),
    f"people/{ASSISTANT}": _staff("Mx Hall", "support_assistant"),
    f"people/{TUTOR}": _staff("Mr Tudor", "teacher"),
    f"people/{EXAMS}": _staff("Ms Exley", "exams_officer"),
    f"people/{CAREERS}": _staff("Mr Carr", "careers_lead"),
    f"people/{FINANCE}": _staff("Ms Finch", "finance_officer"),
    f"people/{COMMITTEE}": _staff("Mr Combe", "committee_member"),
    f"people/{DPO}": _staff("Ms Dupont", "dpo"),
    f"people/{MOTHER}": _family("Mrs Kowalska"),
    f"people/{STEPFATHER}": _family("Mr Stephens"),
    f"people/{FATHER}": _family("Mr Kowalski"),
    f"people/{BROTHER}": _family("Jan Kowalski"),
    f"people/{AUNT}": _family("Ms Aunt"),
    f"people/{ADULTS_MOTHER}": _family("Mrs Novak"),
    f"people/{OUTSIDER}": {"name": {"full": "Dr Vane"}, "sign_in": {"email": "vane@agency.example"}},
    "interventions/paired-reading": {
        "id": "paired-reading",
        "name": "Paired reading",
        "groups": [
            {
                "id": "g1",
                "name": "Tuesday group",
                "led_by": ASSISTANT,
                "members": [
                    {"student": "7Q4K", "from": "2026-09-14"},
                    {"student": "3B8M", "from": "2026-09-14"},
                ],
            }
        ],
        "costs": {"licence_gbp": 100},
    },
    "students/7Q4K/student": _student(
        "7Q4K",
        "Ola Kowalska",
        born="2012-05-04",
        tutor_group="9a",
        teaching_groups=[{"group": "en9", "from": "2026-09-03"}],
        team=[{"id": "a1", "person": ASSISTANT, "as": "support_assistant", "from": "2026-09-14"}],
        family=[
            relative("f1", MOTHER, "mother", "a"),
            relative("f2", STEPFATHER, "step_parent", "a", responsibility=False, parts=["name", "profile"]),
            relative("f3", FATHER, "father", "b"),
            relative("f4", BROTHER, "sibling", "a"),
            relative("f5", AUNT, "grandparent", "c", responsibility=False),
        ],
    ),
    "students/7Q4K/profile": {
        "state": "agreed",
        "appreciated": [{"id": "a1", "text": "Kind"}],
        "matters": [{"id": "m1", "text": "Drawing"}],
        "help": [{"id": "h1", "text": "Give me time"}],
    },
    "students/7Q4K/plan": _plan(
        "agreed",
        "7Q4K",
        family_voice=[_voice("v1", MOTHER), _voice("v2", FATHER)],
        student_voice=[
            {"id": "w1", "on": "2026-10-01", "text": "Shared words", "share_with_family": True},
            {"id": "w2", "on": "2026-10-02", "text": "Words kept to myself", "share_with_family": False},
        ],
    ),
    "students/7Q4K/drafts/plan": _plan("draft", "7Q4K"),
    "students/7Q4K/meetings/2026-10-05": {
        "id": "2026-10-05",
        "state": "agreed",
        "date": "2026-10-05",
        "type": "parent_review",
        "led_by": TEACHER,
        "family_present": [{"person": MOTHER, "as": "mother"}, {"person": FATHER, "as": "father"}],
        "others_present": [{"id": "x1", "role": "Psychologist", "organisation": "Agency"}],
        "discussed": [{"id": "d1", "topic": "Reading", "text": "It goes well"}],
        "agreed": [{"id": "g1", "text": "Reads at home"}],
        "family_actions": [{"id": "h1", "person": MOTHER, "what": "Reads with Ola"}],
        "family_voice": [_voice("v1", MOTHER)],
        "student_voice": [
            {"id": "w3", "on": "2026-10-05", "text": "Shared at the meeting", "share_with_family": True},
            {"id": "w4", "on": "2026-10-05", "text": "Kept at the meeting", "share_with_family": False},
        ],
        "staff_notes": "For colleagues",
    },
    "students/7Q4K/meetings/2026-10-12": {
        "id": "2026-10-12",
        "state": "agreed",
        "date": "2026-10-12",
        "type": "informal",
        "held_for": FATHER,
        "led_by": TEACHER,
        "purpose": "The father's questions",
    },
    "students/3B8M/student": _student(
        "3B8M",
        "Ada Adeyemi",
        born="2013-02-01",
        teaching_groups=[{"group": "en9", "from": "2026-09-03"}],
        family=[relative("f1", SENCO, "mother", "a"), relative("f2", PARENT_TEACHER, "father", "b")],
    ),
    "students/3B8M/plan": _plan("agreed", "3B8M"),
    "students/9X2D/student": _student(
        "9X2D",
        "Petr Novak",
        born="2008-06-01",
        teaching_groups=[{"group": "en9", "from": "2026-09-03"}],
        family=[relative("f1", ADULTS_MOTHER, "mother", "a")],
    ),
    "students/9X2D/plan": _plan("agreed", "9X2D"),
}
