"""A campus's own schema can't change who sees what unless access.yml names it; nor can it change in silence."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from sendbook.access.difference import difference
from sendbook.access.schema_changes import own_changes, schema_changes
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.schema_kit import Edit, Schema, field, name_them, own_kind, put, registry, write
from tests.checks_kit import tiny_campus
from tests.cli.kit import run
from tests.conftest import ON


def said(root: Path) -> list[tuple[str, str, str]]:
    """Place, before and now of all that is changed and not only added."""
    return [(one.pointer, one.was, one.now) for one in own_changes(registry(root)) if not one.added]


def codes(root: Path) -> list[str]:
    findings = inspect_records(CampusFolder(root, registry(root)), ON, rules=RULE_BOOK).findings
    return [finding.code for finding in findings]


def drop(name: str, *steps: str) -> Edit:
    return lambda schema: field(schema, *steps).pop(name)


@dataclass(frozen=True)
class Widening:
    """One way to open a shipped field to others, and what is said of it."""

    schema: str
    edit: Edit
    place: str
    was: str
    now: str


def unlinked(schema: Schema) -> None:
    """Makes a text of the link to who leads the plan: nobody is left to choose from, or to owe the review."""
    lead = field(schema, "lead")
    del lead["x-link"], lead["x-form"], field(schema, "review_due")["x-due"]["by"]


def as_text(schema: Schema) -> None:
    """The words a family said, once entries with an owner each, become lines of text."""
    field(schema, "family_voice").update(items={"type": "string", "title": "Words", "description": "Words."})
    field(schema, "family_voice").pop("x-key")


def out_of_students(schema: Schema) -> None:
    """Profiles are kept in a folder of their own, where no day can be held against a student's birth any more."""
    schema["x-path"] = "profiles/{id}.yml"
    for steps in (("agreed_on",), ("in_force_from",), ("student_agreed", "on")):
        field(schema, *steps).pop("x-plausible")


def with_free_names(schema: Schema) -> None:
    """The notes are no field by themselves any more, but fit what is said of any other name."""
    schema["properties"].pop("senco_notes")
    schema["additionalProperties"] = {"type": "string", "title": "More", "description": "More.", "x-part": "plan"}


def whole_as_one(schema: Schema) -> None:
    schema["properties"]["senco_notes"].pop("x-part")
    schema["x-part"] = "plan"


WIDENINGS = (
    Widening("plan", put("senco_notes", x_part="name"), "/senco_notes", "part senco_notes", "part name"),
    Widening("plan", whole_as_one, "/senco_notes", "part senco_notes", "part plan"),
    Widening("plan", with_free_names, "/senco_notes", "part senco_notes", "part plan"),
    Widening("plan", drop("x-owner", "family_voice", "-"), "/family_voice/-", "owner from, also", "no owner"),
    Widening(
        "plan",
        lambda schema: field(schema, "family_voice", "-")["x-owner"]["also"].append("family"),
        "/family_voice/-",
        "owner from, also",
        "family",
    ),
    Widening(
        "plan",
        lambda schema: field(schema, "student_voice", "-")["x-owner"].pop("part"),
        "/student_voice/-",
        "only with the part confidential_words",
        "owner the student",
    ),
    Widening("plan", as_text, "/family_voice/-", "owner from, also", "no owner"),
    Widening("meeting", drop("x-owner"), "/", "owner ", "no owner"),
    Widening("meeting", drop("state"), "/", "states ", "no states"),
    Widening("meeting", lambda schema: schema["required"].remove("state"), "/", "required state", "required nothing"),
    Widening(
        "intervention",
        drop("x-about", "groups", "-", "members", "-"),
        "/groups/-/members/-",
        "about student",
        "about nobody",
    ),
    Widening(
        "intervention",
        lambda schema: field(schema, "groups", "-", "members", "-")["x-about"].update(part="targets"),
        "/groups/-/members/-",
        "about student",
        "about student, part targets",
    ),
    Widening("plan", drop("x-key", "family_voice"), "/family_voice", "key id", "no key"),
    Widening("plan", unlinked, "/lead", "link person", "no link to people"),
    Widening(
        "profile",
        out_of_students,
        "/",
        "kept in students/{student}/profile.yml",
        "kept in profiles/{id}.yml",
    ),
    Widening(
        "student",
        lambda schema: field(schema, "family", "-", "access")["enum"].append("everything"),
        "/family/-/access",
        "form ",
        "form ",
    ),
    Widening("student", lambda schema: schema["required"].remove("rights"), "/", "required ", "required "),
    Widening(
        "access",
        lambda schema: field(schema, "grants", "-")["properties"]["action"]["enum"].append("see"),
        "/grants/-/action",
        "form ",
        "form ",
    ),
)


def _drop_state(schema: Schema) -> None:
    schema["properties"].pop("state")
    schema["required"].remove("state")


#: What says who somebody is to a student, what they do here and what they are given: of each, the form counts too.
DECIDING = {
    "student": "id sign_in tutor_group teaching_groups year_group on_roll born team family rights consents"
    " account_decision",
    "person": "id sign_in staff family",
    "campus": "contacts tutor_groups teaching_groups student_accounts duty_year_groups",
    "access": "grants covers shares revocations schema_changes",
    "withdrawn": "withdrawn",
}


def test_what_may_be_written_where_access_is_decided_is_compared_and_elsewhere_it_is_not(tmp_path: Path) -> None:
    def tightened(schema: Schema) -> None:
        for one in schema["properties"].values():
            one["not"] = {"const": "nobody"}

    for name in DECIDING:
        write(tmp_path, name, tightened)
    told = [(one.kind, one.pointer) for one in own_changes(registry(tmp_path))]
    assert sorted(told) == sorted((kind, f"/{name}") for kind, names in DECIDING.items() for name in names.split())


def test_a_kind_that_gets_or_loses_its_states_is_told_once(tmp_path: Path) -> None:
    """In which of them a share opens a record is no second change."""
    write(tmp_path, "meeting", _drop_state)
    shipped, without = SchemaRegistry.load(schemas()), registry(tmp_path)
    for before, now in ((shipped, without), (without, shipped)):
        told = [one.was.partition(" ")[0] for one in schema_changes(before, now) if one.pointer == "/"]
        assert sorted(told) in (["no", "required"], ["required", "states"])


@pytest.mark.sample(6)
@pytest.mark.parametrize("one", WIDENINGS, ids=lambda one: f"{one.schema}{one.place} {one.now}")
def test_what_opens_a_shipped_field_is_an_error_unless_it_is_named(one: Widening, tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    edit = _drop_state if one.was == "states " else one.edit
    write(root, one.schema, edit)
    found = [change for change in own_changes(registry(root)) if change.kind == one.schema and not change.added]
    (told,) = [
        change for change in found if change.pointer == one.place and one.was in change.was and one.now in change.now
    ]
    assert told.was != told.now
    findings = inspect_records(CampusFolder(root, registry(root)), ON, rules=RULE_BOOK).findings
    mine = [finding for finding in findings if finding.code == "ACC-07"]
    assert len(mine) == len(found)
    assert {finding.path for finding in mine} == {f"schemas/{one.schema}.schema.json"}
    assert all(finding.line is not None and finding.severity == "error" for finding in mine)
    name_them(root, found)
    assert "ACC-07" not in codes(root)
    assert "ACC-09" not in codes(root)


def test_labels_limits_and_fields_in_parts_of_their_own_are_the_campus_s_own_business(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)

    def edit(schema: Schema) -> None:
        field(schema, "senco_notes").update(title="Notes", description="Ours.")
        field(schema, "targets").update(maxItems=9)
        schema["properties"]["swimming"] = {"title": "Swimming", "description": "How.", "type": "string"}
        schema["properties"]["swimming"]["x-part"] = "swimming"

    write(root, "plan", edit)
    write(root, "profile")
    assert codes(root) == []
    assert said(root) == []


def test_a_changed_definition_that_a_copy_refers_to_is_seen(tmp_path: Path) -> None:
    """The campus's own common.schema.json is looked into first, so a copy of a kind may change without a change."""
    root = tiny_campus(tmp_path)
    write(root, "common", lambda schema: schema["$defs"]["prose"].update({"x-part": "plan"}))
    write(root, "plan", lambda schema: field(schema, "senco_notes").pop("x-part"))
    assert ("/senco_notes", "part senco_notes", "part plan") in said(root)
    assert "ACC-07" in codes(root)


def test_a_new_group_is_in_the_parts_of_what_it_holds_and_in_no_other(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)

    def edit(schema: Schema) -> None:
        notes = {"title": "Notes", "description": "How.", "type": "string", "x-part": "swimming"}
        more = {
            "title": "More",
            "description": "More.",
            "type": "object",
            "additionalProperties": False,
            "x-part": "plan",
        }
        schema["properties"]["more"] = {**more, "properties": {"notes": notes}}

    write(root, "plan", edit)
    assert [(one.pointer, one.was, one.now) for one in own_changes(registry(root)) if one.pointer == "/more"] == [
        ("/more", "nothing", "part swimming")
    ]


def test_a_move_is_told_once_for_all_that_lies_within(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    write(root, "plan", put("targets", x_part="plan"))
    assert said(root) == [("/targets", "part targets", "part plan")]


def test_a_kind_that_takes_the_place_of_a_shipped_one_is_an_error(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    own_kind(root, "students/{student}/meetings/review.yml", "log")
    place = "students/{student}/meetings/review.yml"
    assert said(root) == [("/", f"{place} is a meeting", f"{place} is a log")]
    assert codes(root) == ["ACC-07"]


def test_a_kind_of_the_campus_s_own_in_a_place_of_its_own_is_its_own_business(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    own_kind(root, "students/{student}/log.yml", "name")
    assert codes(root) == []


def test_a_kind_that_grants_for_all_kinds_open_at_once_asks_for_attention(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    own_kind(root, "students/{student}/log.yml", "name")
    grant = "  - {id: t, relation: teaches, kind: all, parts: [name], action: read, reason: They teach.}\n"
    access = root / "records/access.yml"
    access.write_text(access.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n{grant}"), encoding="utf-8")
    assert "ACC-08" in codes(root)
    assert "ACC-07" not in codes(root)


def test_an_entry_that_names_something_else_excuses_nothing(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    write(root, "plan", put("senco_notes", x_part="plan"))
    name_them(root, list(own_changes(registry(root))))
    assert codes(root) == []
    write(root, "plan", put("senco_notes", x_part="needs"))
    assert "ACC-07" in codes(root)
    write(root, "plan")
    assert codes(root) == ["ACC-09"]


def test_without_schemas_of_its_own_nothing_is_compared(tmp_path: Path) -> None:
    shipped = SchemaRegistry.load(schemas(), tmp_path / "schemas")
    assert shipped.shipped is shipped
    assert own_changes(shipped) == ()


def test_nothing_is_built_or_printed_from_such_a_schema(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    write(root, "plan", put("senco_notes", x_part="plan"))
    for command in (("build", "--state", tmp_path / "state"), ("pdf", "plan", "2TST")):
        done = run(*command, "--campus", root, "--as-of", str(ON))
        assert done.code == 1
        assert "ACC-07" in done.out + done.err
    assert not list(root.glob("*.pdf"))


def test_what_readers_came_to_see_by_a_schema_is_an_access_difference(tmp_path: Path) -> None:
    """The records are the same, to the byte."""
    root = tiny_campus(tmp_path)
    campus = CampusFolder(root, registry(root)).load().campus
    write(root, "plan", put("summary", x_part="senco_notes"))
    now = Campus(campus.records.values(), registry(root))
    found = difference(campus, now, ON)
    assert any(("students/2TST/plan", "/summary") in one.lost for one in found)
    back = difference(now, campus, ON)
    assert any(("students/2TST/plan", "/summary") in one.gained for one in back)


def test_nothing_differs_between_the_shipped_schemas_and_themselves() -> None:
    assert schema_changes(SchemaRegistry.load(schemas()), SchemaRegistry.load(schemas())) == ()
