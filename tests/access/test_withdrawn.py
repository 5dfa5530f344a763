"""What is withdrawn from the past is in no earlier version, wherever it stood; today's records are left alone."""

from __future__ import annotations

import pytest

from sendbook.access.withdrawn import leads_somewhere, steps_of, withdrawn_places, without_withdrawn
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry

PLAN = {
    "state": "agreed",
    "summary": "Wrong.",
    "targets": [{"id": "reads", "why": "Wrong.", "behaviour": "Reads"}, {"id": "writes", "why": "Right."}],
    "student_voice": [{"id": "one", "text": "Wrong."}, {"id": "two", "text": "Right."}],
}


def plan(data: dict[str, object] = PLAN) -> Record:
    return Record(id="students/7Q4K/plan", kind="plan", student="7Q4K", path="p", digest="d", data=data)


@pytest.mark.parametrize("pointer", ["/summary", "/targets/reads/why", "/student_voice/one"])
def test_one_place_goes_and_the_rest_stays(pointer: str, registry: SchemaRegistry) -> None:
    before = repr(PLAN)
    left = without_withdrawn(plan(), registry.kinds["plan"], (steps_of(pointer),))
    assert left is not None
    assert repr(left.data).count("Wrong.") == 2
    assert repr(left.data).count("Right.") == 2
    assert repr(PLAN) == before


@pytest.mark.parametrize("named", ["2026-10-14", "second"])
@pytest.mark.parametrize("rest", ["", "/note"])
def test_a_measurement_goes_by_its_day_or_by_its_own_name(named: str, rest: str, registry: SchemaRegistry) -> None:
    progress = [
        {"on": "2026-10-07", "value": 60, "note": "Right."},
        {"on": "2026-10-14", "value": 64, "note": "Wrong."} | ({"id": "second"} if named == "second" else {}),
    ]
    data: dict[str, object] = {"targets": [{"id": "reads", "progress": progress}]}
    left = without_withdrawn(plan(data), registry.kinds["plan"], (steps_of(f"/targets/reads/progress/{named}{rest}"),))
    assert left is not None
    assert "Wrong." not in repr(left.data)
    assert "Right." in repr(left.data)
    assert ("'value': 64" in repr(left.data)) == bool(rest)


def test_several_places_and_a_whole_record(registry: SchemaRegistry) -> None:
    kind = registry.kinds["plan"]
    places = tuple(map(steps_of, ("/summary", "/targets/reads/why", "/student_voice/one")))
    left = without_withdrawn(plan(), kind, places)
    assert left is not None
    assert "Wrong." not in repr(left.data)
    assert without_withdrawn(plan(), kind, (steps_of(""),)) is None


@pytest.mark.parametrize("pointer", ["/reason", "/targets/none/why", "/targets/reads/note", "/summary/deeper"])
def test_what_was_not_there_then_changes_nothing(pointer: str, registry: SchemaRegistry) -> None:
    left = without_withdrawn(plan(), registry.kinds["plan"], (steps_of(pointer),))
    assert left is not None
    assert left.data == PLAN


ATTENDANCE = [{"term": "summer-2026", "percent": 91}, {"term": "autumn-2026", "percent": 96}]
OF_OLD = [{"id": "one", "text": "Wrong."}, {"id": "two", "text": "Right."}]


def student(**data: object) -> Record:
    return Record(id="students/7Q4K/student", kind="student", student="7Q4K", path="p", digest="d", data=data)


@pytest.mark.parametrize(
    ("pointer", "left"),
    [
        ("/attendance/summer-2026", ATTENDANCE[1:]),
        ("/attendance/autumn-2026/percent", [ATTENDANCE[0], {"term": "autumn-2026"}]),
        ("/attendance/spring-2026", ATTENDANCE),
    ],
)
def test_an_entry_that_has_no_id_is_found_by_the_key_that_its_schema_names(
    pointer: str, left: object, registry: SchemaRegistry
) -> None:
    found = without_withdrawn(student(attendance=ATTENDANCE), registry.kinds["student"], (steps_of(pointer),))
    assert found is not None
    assert found.data == {"attendance": left}


@pytest.mark.parametrize(
    ("pointer", "left"),
    [
        ("/once_called/one", OF_OLD[1:]),
        ("/once_called/one/text", [{"id": "one"}, OF_OLD[1]]),
        ("/once_called/three", OF_OLD),
    ],
)
def test_an_entry_of_a_list_that_the_schema_knows_no_more_is_found_by_its_id(
    pointer: str, left: object, registry: SchemaRegistry
) -> None:
    """Earlier versions have fields of earlier schemas, and what was wrong in them goes as well."""
    found = without_withdrawn(student(once_called=OF_OLD), registry.kinds["student"], (steps_of(pointer),))
    assert found is not None
    assert found.data == {"once_called": left}


def test_places_are_gathered_by_record() -> None:
    data = {
        "withdrawn": [
            {"id": "one", "record": "students/7Q4K/plan", "pointer": "/summary", "on": "2026-11-02", "reason": "So."},
            {"id": "two", "record": "students/7Q4K/plan", "pointer": "/reason", "on": "2026-11-02", "reason": "So."},
            {"id": "all", "record": "students/7Q4K/profile", "on": "2026-11-02", "reason": "So."},
        ]
    }
    record = Record(id="withdrawn", kind="withdrawn", student=None, path="p", digest="d", data=data)
    assert withdrawn_places(record) == {
        "students/7Q4K/plan": (("summary",), ("reason",)),
        "students/7Q4K/profile": ((),),
    }
    assert withdrawn_places(None) == {}


@pytest.mark.parametrize(
    ("pointer", "there"),
    [
        ("", True),
        ("/summary", True),
        ("/targets/any-key/why", True),
        ("/targets/any-key/goal/value", True),
        ("/sumary", False),
        ("/targets/any-key/wy", False),
        ("/summary/deeper", False),
        ("/targets/0/why", False),
        ("/targets/any-key/progress/2026-10-14", True),
        ("/outcomes/any-key/needs/attention", False),
    ],
)
def test_a_place_that_no_record_of_the_kind_can_have_is_known(
    pointer: str, there: bool, registry: SchemaRegistry
) -> None:
    assert leads_somewhere(registry.kinds["plan"], steps_of(pointer)) is there


def test_a_place_that_is_let_pass_takes_something_out(registry: SchemaRegistry) -> None:
    """What a finding would let pass and nothing came of, such as an entry by its number, would go on being shown."""
    left = without_withdrawn(plan(), registry.kinds["plan"], (steps_of("/targets/0/why"),))
    assert left is not None
    assert "Wrong." in repr(left.data["targets"])
    assert not leads_somewhere(registry.kinds["plan"], steps_of("/targets/0/why"))
