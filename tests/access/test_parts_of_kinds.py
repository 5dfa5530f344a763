"""A part is one of its own kind: what opens it opens no part of that name in another kind of record."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.access.decide import Judge
from sendbook.campus import shipped
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import SchemaError
from tests.access.asking import seen
from tests.access.small_campus import FATHER, OUTSIDER, TEACHER, TODAY, Data, campus_of, reader

LOG = "students/7Q4K/reading-log"
PLAN = "students/7Q4K/plan"
STUDENT = "students/7Q4K/student"
LIBRARY = "interventions/paired-reading"
_TEXT = {"title": "Text", "description": "A text.", "type": "string"}


def _kind(name: str, path: str, properties: dict[str, Any]) -> dict[str, Any]:
    words = {"title": name.title(), "description": f"A {name}.", "x-kind": name, "x-path": path}
    return {**words, "type": "object", "additionalProperties": False, "properties": properties}


def _entries(*, part: str, **annotations: Any) -> dict[str, Any]:
    item = {"student": _TEXT, "share": {**_TEXT, "type": "boolean"}, "text": _TEXT}
    return {
        "title": "Entries",
        "description": "Entries.",
        "type": "array",
        "x-part": part,
        "items": {"type": "object", "additionalProperties": False, "properties": item, **annotations},
    }


#: A student's kind with parts that are called like parts of a plan and of the student's own record.
READING_LOG = _kind(
    "reading_log",
    "students/{student}/reading-log.yml",
    {
        "band": {**_TEXT, "x-part": "provision"},
        "pain": {**_TEXT, "x-part": "medical"},
        "inhaler": {**_TEXT, "x-part": "emergency"},
        "said": _entries(
            part="provision",
            **{"x-owner": {"by": "@student", "family_if": "share", "also": ["teaches"], "part": "confidential_words"}},
        ),
    },
)
#: A kind of the campus whose entries are about that part of the reading log.
BOOK_BOX = _kind(
    "book_box",
    "book-boxes/{id}.yml",
    {
        "students": _entries(
            part="boxes", **{"x-about": {"student": "student", "kind": "reading_log", "part": "provision"}}
        )
    },
)


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> SchemaRegistry:
    return _registry(tmp_path_factory.mktemp("schemas"), READING_LOG, BOOK_BOX)


def _registry(folder: Path, *schemas: dict[str, Any]) -> SchemaRegistry:
    for schema in schemas:
        (folder / f"{schema['x-kind']}.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    return SchemaRegistry.load(shipped.schemas(), folder)


@pytest.fixture
def records(records: Data) -> Data:
    """The small campus with a reading log and a box of books, and a policy without a grant to teachers."""
    said = {"text": "I hate it", "share": False}
    records[LOG] = {"band": "pink", "pain": "Eyes", "inhaler": "In the bag", "said": [said]}
    records["book-boxes/one"] = {"students": [{"student": "7Q4K", "text": "Dinosaurs"}]}
    grants = [one for one in records["access"]["grants"] if one.get("relation") != "teaches"]
    records["access"]["grants"] = [*grants, _grant("everyone", "staff", "book_box", ["boxes"])]
    return records


def _grant(sort: str, who: str, kind: str, parts: list[str]) -> dict[str, Any]:
    return {"id": f"{who}-{kind}", sort: who, "kind": kind, "parts": parts, "action": "read", "reason": "R."}


def _shown(records: Data, registry: SchemaRegistry, who: str, record: str) -> dict[str, Any]:
    """What a reader sees of a record; the judge of single decisions is asked for each value as well."""
    campus = campus_of(records, registry)
    shown = seen(campus, who, record) or {}
    _assert_the_judge_agrees(campus, who, record, shown)
    return shown


def _assert_the_judge_agrees(campus: Campus, who: str, record: str, shown: dict[str, Any]) -> None:
    judge, whole = Judge(campus), campus.records[record]
    kind = campus.registry.kinds[whole.kind]
    allowed = [
        leaf.value
        for leaf in kind.leaves(whole.data)
        if judge.decide_leaf(reader(campus, who), leaf, whole, TODAY).allowed
    ]
    assert [leaf.value for leaf in kind.leaves(shown) if shown] == allowed


def _members(records: Data, registry: SchemaRegistry, who: str) -> list[Any]:
    groups = _shown(records, registry, who, LIBRARY).get("groups", [{}])
    return [member["student"] for member in groups[0].get("members", [])]


def test_a_granted_part_of_one_kind_opens_no_items_about_that_part_of_another(
    records: Data, registry: SchemaRegistry
) -> None:
    """Members of a group are shown to those who may see the student's provision, which is a part of the plan."""
    records["access"]["grants"].append(_grant("relation", "teaches", "reading_log", ["provision"]))
    assert _shown(records, registry, TEACHER, LOG)["band"] == "pink"
    assert _members(records, registry, TEACHER) == []
    records["access"]["grants"].append(_grant("relation", "teaches", "plan", ["provision"]))
    assert _members(records, registry, TEACHER) == ["7Q4K", "3B8M"]


def test_items_about_a_part_of_a_made_up_kind_are_opened_by_that_kind_alone(
    records: Data, registry: SchemaRegistry
) -> None:
    records["access"]["grants"].append(_grant("relation", "teaches", "plan", ["provision"]))
    assert _shown(records, registry, TEACHER, "book-boxes/one") == {}
    records["access"]["grants"].append(_grant("relation", "teaches", "reading_log", ["provision"]))
    assert _shown(records, registry, TEACHER, "book-boxes/one") == records["book-boxes/one"]


def test_a_part_asked_for_besides_is_one_of_the_records_own_kind(records: Data, registry: SchemaRegistry) -> None:
    records["access"]["grants"] += [
        _grant("relation", "teaches", "reading_log", ["provision"]),
        _grant("relation", "teaches", "plan", ["confidential_words"]),
    ]
    assert "said" not in _shown(records, registry, TEACHER, LOG)
    records["access"]["grants"].append(_grant("relation", "teaches", "reading_log", ["confidential_words"]))
    assert "said" in _shown(records, registry, TEACHER, LOG)


@pytest.mark.parametrize(
    ("named", "opened", "closed"),
    [
        ("plan.provision", (PLAN, "provision"), (LOG, "band")),
        ("reading_log.provision", (LOG, "band"), (PLAN, "provision")),
        ("student.medical", (STUDENT, "medical"), (LOG, "pain")),
        ("reading_log.medical", (LOG, "pain"), (STUDENT, "medical")),
    ],
)
def test_a_named_part_opens_it_in_the_kind_that_is_named(
    named: str, opened: tuple[str, str], closed: tuple[str, str], records: Data, registry: SchemaRegistry
) -> None:
    _name_for_the_father(records, named)
    assert opened[1] in _shown(records, registry, FATHER, opened[0])
    assert closed[1] not in _shown(records, registry, FATHER, closed[0])


def test_what_to_do_in_an_emergency_comes_with_medical_details_of_the_student_alone(
    records: Data, registry: SchemaRegistry
) -> None:
    _name_for_the_father(records, "student.medical")
    assert "emergency" in _shown(records, registry, FATHER, STUDENT)
    assert "inhaler" not in _shown(records, registry, FATHER, LOG)
    _name_for_the_father(records, "reading_log.medical")
    assert "emergency" not in _shown(records, registry, FATHER, STUDENT)
    assert "inhaler" not in _shown(records, registry, FATHER, LOG)


def test_a_bare_name_that_two_kinds_have_opens_neither(records: Data, registry: SchemaRegistry) -> None:
    _name_for_the_father(records, "provision")
    assert _shown(records, registry, FATHER, PLAN) == {}
    assert _shown(records, registry, FATHER, LOG) == {}


def test_a_bare_name_that_one_kind_has_opens_it(records: Data, registry: SchemaRegistry) -> None:
    _name_for_the_father(records, "targets")
    assert list(_shown(records, registry, FATHER, PLAN)) == ["targets"]


def test_a_shared_part_is_that_of_the_kind_that_is_shared(records: Data, registry: SchemaRegistry) -> None:
    share = {"id": "s", "student": "7Q4K", "person": OUTSIDER, "kind": "reading_log", "parts": ["medical"]}
    days = {"from": "2026-11-01", "until": "2026-12-31"}
    records["access"]["shares"] = [{**share, **days, "basis": "consent", "reason": "R."}]
    assert _shown(records, registry, OUTSIDER, LOG) == {"pain": "Eyes"}
    assert _shown(records, registry, OUTSIDER, STUDENT) == {}


def _name_for_the_father(records: Data, named: str) -> None:
    """The father sees the parts that are named, of all that families may see of the plan, the log and the student."""
    records[STUDENT]["family"][2].update(access="named_parts", parts=[named])
    records["access"]["grants"].append(
        _grant("relation", "family", "reading_log", ["provision", "medical", "emergency"])
    )


@pytest.mark.parametrize(
    ("about", "wrong"),
    [
        ({"student": "student", "part": "provision"}, "kind"),
        ({"student": "student", "kind": "no_such_kind", "part": "provision"}, "no_such_kind"),
        ({"student": "student", "kind": "plan", "part": "no_such_part"}, "no_such_part"),
        ({"student": "student", "kind": "campus", "part": "roll"}, "campus"),
    ],
)
def test_whom_an_entry_is_about_names_a_part_that_a_student_has(about: Any, wrong: str, tmp_path: Path) -> None:
    box = _kind("box", "boxes/{id}.yml", {"students": _entries(part="boxes", **{"x-about": about})})
    with pytest.raises(
        SchemaError, match=rf"box\.schema\.json can't be used: line \d+, column \d+: /students/- .*{wrong}"
    ):
        _registry(tmp_path, box)
