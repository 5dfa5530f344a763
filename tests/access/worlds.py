"""Random campuses: the small one with anything that access rests on drawn at random."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from hypothesis import strategies as st

from tests.access.small_campus import (
    ASSISTANT,
    AUNT,
    EXAMS,
    FATHER,
    MOTHER,
    OUTSIDER,
    PARENT_TEACHER,
    REGISTRY,
    SENCO,
    TEACHER,
    TUTOR,
    Data,
    data,
)

PEOPLE = [SENCO, TEACHER, PARENT_TEACHER, ASSISTANT, TUTOR, EXAMS, MOTHER, FATHER, AUNT, OUTSIDER]
STUDENTS = ["7Q4K", "3B8M", "9X2D"]
STUDENT_KINDS = ["student", "plan", "profile", "meeting"]
DAYS = [date(2026, month, day) for month in (9, 10, 11, 12) for day in (1, 23, 24)]

days = st.sampled_from([day.isoformat() for day in DAYS])
asked_on = st.sampled_from(DAYS)


@st.composite
def spans(draw: st.DrawFn, *, open_end: bool = True) -> dict[str, str]:
    since, until = sorted([draw(days), draw(days)])
    found = {"from": since}
    if not open_end or draw(st.booleans()):
        found["until"] = until
    return found


@st.composite
def relatives(draw: st.DrawFn, number: int) -> dict[str, Any]:
    item: dict[str, Any] = {
        "id": f"f{number}",
        "person": draw(st.sampled_from(PEOPLE)),
        "relation": draw(st.sampled_from(["mother", "step_parent", "sibling"])),
        "household": draw(st.sampled_from("ab")),
        "responsibility": draw(st.sampled_from([True, True, False])),
        "access": draw(st.sampled_from(["full", "full", "none", "named_parts"])),
        "parts": draw(
            st.lists(
                st.sampled_from(["name", "plan", "plan.family_voice", "meeting.meetings", "costs"]),
                max_size=2,
                unique=True,
            )
        ),
        **draw(spans()),
    }
    if draw(st.integers(0, 3)):
        item["confirmed"] = {"on": draw(days), "by": SENCO}
    if not draw(st.integers(0, 3)):
        effect = draw(st.sampled_from(["no_contact", "no_information", "other"]))
        item["court_orders"] = [{"id": "c", "order": "O", "effect": effect, **draw(spans())}]
    return item


@st.composite
def grants(draw: st.DrawFn, number: int) -> dict[str, Any]:
    kind = draw(st.sampled_from([*STUDENT_KINDS, "person", "intervention", "campus", "all"]))
    known = sorted(REGISTRY.kinds[kind].parts) if kind != "all" else ["all", "name", "plan"]
    sort, names = draw(
        st.sampled_from(
            [
                ("role", ["senco", "teacher", "exams_officer"]),
                ("relation", ["teaches", "assists", "tutor", "key_adult", "family", "self"]),
                ("everyone", ["signed_in", "staff", "family"]),
            ]
        )
    )
    grant: dict[str, Any] = {
        "id": f"g{number}",
        sort: draw(st.sampled_from(names)),
        "kind": kind,
        "parts": draw(st.lists(st.sampled_from([*known, "all"]), min_size=1, max_size=4, unique=True)),
        "action": "read",
        "reason": "Drawn.",
    }
    if kind == "plan" and "costs" in grant["parts"] and "provision" not in grant["parts"]:
        grant["parts"].append("provision")  # or the item loses the id by which the tests find it again
    if kind == "person":
        grant["of"] = draw(st.sampled_from(["own", "staff", "family"]))
    if draw(st.booleans()):
        grant["states"] = ["agreed"]
    return grant


@st.composite
def worlds(draw: st.DrawFn) -> Data:
    """A campus with drawn relations, dates, exceptions, and sometimes a drawn policy."""
    records = data()
    for student in STUDENTS:
        _draw_student(draw, records[f"students/{student}/student"])
    for person in (TEACHER, PARENT_TEACHER, ASSISTANT):
        if draw(st.booleans()):
            records[f"people/{person}"]["staff"]["left_on"] = draw(days)
    teachers = draw(st.lists(st.sampled_from(PEOPLE), max_size=3, unique=True))
    records["campus"]["teaching_groups"][0]["teachers"] = [{"person": person, **draw(spans())} for person in teachers]
    if draw(st.booleans()):
        records["access"]["grants"] = [draw(grants(number)) for number in range(draw(st.integers(1, 12)))]
    _draw_exceptions(draw, records["access"])
    records["students/7Q4K/plan"]["not_in_the_schema"] = {"text": "unknown"}
    records["students/7Q4K/plan"]["targets"][0]["odd"] = [1, 2]
    return records


def _draw_student(draw: st.DrawFn, student: dict[str, Any]) -> None:
    student["family"] = [draw(relatives(number)) for number in range(draw(st.integers(0, 4)))]
    student["born"] = draw(st.sampled_from(["2012-05-04", "2008-10-23", "2008-12-01"]))
    student["rights"] = [
        {"id": f"r{number}", "decides": draw(st.sampled_from(["parent", "student", "both"])), "from": draw(days)}
        for number in range(draw(st.integers(0, 2)))
    ]
    if draw(st.booleans()):
        consent = {"id": "k", "to": "parents_see", "given_by": "student", "given_on": draw(days)}
        student["consents"] = [consent, {**consent, "id": "l", "withdrawn_on": draw(days)}][draw(st.integers(0, 1)) :]
    student["team"] = [
        {
            "id": "a",
            "person": draw(st.sampled_from(PEOPLE)),
            "as": draw(st.sampled_from(["key_adult", "support_assistant"])),
            **draw(spans()),
        }
    ]


def _draw_exceptions(draw: st.DrawFn, access: dict[str, Any]) -> None:
    def exception(number: int, **more: Any) -> dict[str, Any]:
        who = {"student": draw(st.sampled_from(STUDENTS)), "person": draw(st.sampled_from(PEOPLE))}
        return {"id": f"e{number}", **who, "reason": "Drawn.", **more}

    access["covers"] = [exception(n, role="senco", **draw(spans())) for n in range(draw(st.integers(0, 1)))]
    access["shares"] = [
        exception(n, kind="plan", parts=["plan", "family_voice"], basis="consent", **draw(spans(open_end=False)))
        for n in range(draw(st.integers(0, 2)))
    ]
    revocations = [exception(n, **{"from": draw(days)}) for n in range(draw(st.integers(0, 1)))]
    for revocation in revocations:
        if draw(st.booleans()):
            del revocation["student"]
    access["revocations"] = revocations


def places(value: Any, at: str = "") -> dict[str, Any]:
    """Every value of a record by a place that does not move when other items of a list go."""
    found: dict[str, Any] = {}
    if isinstance(value, Mapping):
        for name, inner in value.items():
            found |= places(inner, f"{at}/{name}")
    elif isinstance(value, list):
        for item in value:
            found |= places(item, f"{at}/{_called(item)}")
    else:
        found[at] = value
    return found


def _called(item: Any) -> str:
    if isinstance(item, Mapping):
        return next((str(item[key]) for key in ("id", "person", "student", "group", "role") if key in item), "-")
    return str(item)
