"""What nobody would believe of a date or a count: the last good day, the first bad day, and what stays silent."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.waivers import waived_in
from sendbook.checks.whole import inspect_records
from sendbook.errors import SchemaError
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.schema_kit import Schema, field, write
from tests.checks.schema_kit import registry as own_registry
from tests.checks_kit import tiny_campus
from tests.conftest import ON

PLAN, PROFILE, STUDENT, MEETING = "plan.yml", "profile.yml", "student.yml", "meetings/2026-09-09.yml"
VOICE = "student_voice:\n  - id: start\n    on: {}\n    text: I like it.\n    share_with_family: true\n"
ACTION = "actions:\n  - id: call\n    what: Ring home.\n    who: p-1aaa\n    by: 2026-12-01\n    done_on: {}\n"
LEFT = ("from: 2025-09-04\nborn", "from: 2025-09-04\n  until: 2026-11-20\nborn")

HAPPENED = [
    (PLAN, "agreed_on: 2026-09-09", "agreed_on: {}"),
    (PLAN, "        on: 2026-11-18", "        on: {}"),
    (PLAN, "      on: 2026-09-08", "      on: {}"),
    (PLAN, "      as_of: 2026-11-13", "      as_of: {}"),
    (PLAN, "    on: 2026-09-09\n    text: He", "    on: {}\n    text: He"),
    (PLAN, "    on: 2026-09-09\n    text: I", "    on: {}\n    text: I"),
    (PLAN, "      summary: Paired", "      staff_informed_on: {}\n      summary: Paired"),
    (PROFILE, "state: agreed\n", "state: agreed\nagreed_on: {}\n"),
    (MEETING, "shared_with_family_on: 2026-09-11", "shared_with_family_on: {}"),
    (MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\n" + ACTION),
    (MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\n" + VOICE),
    (STUDENT, "      on: 2025-09-04", "      on: {}"),
]


def changed(root: Path, name: str, before: str, after: str) -> Path:
    """The tiny campus with one change in a record of its student."""
    file = tiny_campus(root) / "records/students/2TST" / name
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    file.write_text(text.replace(before, after), encoding="utf-8")
    return root


def found(root: Path, registry: SchemaRegistry, on: date = ON) -> list[Finding]:
    return list(inspect_records(CampusFolder(root, registry), on, rules=RULE_BOOK).findings)


def codes(root: Path, registry: SchemaRegistry, on: date = ON) -> list[str]:
    return [one.code for one in found(root, registry, on)]


@pytest.mark.sample(4)
@pytest.mark.parametrize(("name", "before", "after"), HAPPENED)
def test_a_day_of_what_has_happened_is_today_at_the_latest(
    name: str, before: str, after: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    today = codes(changed(tmp_path / "today", name, before, after.format("2026-11-23")), registry)
    assert [one for one in today if one != "days-out-of-order"] == []  # a baseline of today is after its progress
    assert "day-in-future" in codes(changed(tmp_path / "later", name, before, after.format("2026-11-24")), registry)


@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("2041-02-03", [("day-in-future", "/born")]),
        ("2025-09-05", [("days-out-of-order", "/on_roll/from"), ("STU-07", "/year_group")]),
    ],
)
def test_a_slip_in_the_date_of_birth_is_not_reported_at_every_other_day(
    born: str, told: list[tuple[str, str]], tmp_path: Path, registry: SchemaRegistry
) -> None:
    changed(tmp_path, STUDENT, "born: 2014-02-03", f"born: {born}")
    assert sorted((one.code, one.pointer) for one in found(tmp_path, registry)) == sorted(told)


def test_a_slip_in_a_baseline_is_not_reported_at_every_measurement_after_it(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    changed(tmp_path, PLAN, "      on: 2026-09-08", "      on: 2027-09-08")
    (told,) = [one for one in found(tmp_path, registry) if one.code in ("day-in-future", "days-out-of-order")]
    assert (told.code, told.pointer.rpartition("/targets/")[2]) == ("day-in-future", "0/baseline/on")


@pytest.mark.parametrize(
    ("name", "before", "after"),
    [
        (PLAN, "in_force_from: 2026-09-10", "in_force_from: 2026-11-30"),
        (PROFILE, "state: agreed\n", "state: agreed\nin_force_from: 2027-01-06\n"),
        (MEETING, "led_by: p-3ccc\n", "led_by: p-3ccc\nnext_meeting: 2026-12-09\n"),
        (STUDENT, "from: 2025-10-01", "from: 2025-10-01\n    until: 2027-07-20"),
        (PLAN, "      given: 25\n", "      given: 27\n"),
    ],
)
def test_what_is_planned_may_be_in_the_future_and_every_session_may_be_given(
    name: str, before: str, after: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(changed(tmp_path, name, before, after), registry) == []


@pytest.mark.parametrize(
    ("name", "before", "good", "bad", "code"),
    [
        (PLAN, "agreed_on: 2026-09-09", "agreed_on: 2014-02-03", "agreed_on: 2014-02-02", "day-before-birth"),
        (PLAN, "\nreview_due: 2026-12-10", "\nreview_due: 2027-12-23", "\nreview_due: 2027-12-24", "day-far-ahead"),
        (
            MEETING,
            "shared_with_family_on: 2026-09-11",
            "shared_with_family_on: 2026-09-09",
            "shared_with_family_on: 2026-09-08",
            "days-out-of-order",
        ),
        (PLAN, "given: 25", "given: 27", "given: 28", "count-too-high"),
        (
            PLAN,
            "      - value: 68\n        on: 2026-10-21",
            "      - value: 68\n        on: 2026-09-08",
            "      - value: 68\n        on: 2026-09-07",
            "days-out-of-order",
        ),
    ],
    ids=["birth", "ahead", "order", "count", "entry of a list"],
)
def test_the_last_good_value_is_silent_and_the_first_bad_one_is_a_warning(
    name: str, before: str, good: str, bad: str, code: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    assert codes(changed(tmp_path / "good", name, before, good), registry) == []
    findings = found(changed(tmp_path / "bad", name, before, bad), registry)
    assert [(one.code, one.severity) for one in findings] == [(code, Severity.WARNING)]


def test_a_finding_says_what_is_out_of_order_and_keeps_values_from_logs(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    (one,) = found(changed(tmp_path, PLAN, "given: 25", "given: 450"), registry)
    assert (one.message, one.found, one.hint) == ("“given” is higher than “planned”.", "450", "“planned” says 27.")
    assert one.parts == (("plan", "provision"),)
    assert not {"450", "27"} & set(f"{one.message} {one.remedy}".split())


@pytest.mark.parametrize(
    ("on", "silent"), [(date(2026, 11, 20), False), (date(2026, 11, 21), True)], ids=["last day", "day after"]
)
def test_a_student_who_has_left_is_left_alone(on: date, silent: bool, tmp_path: Path, registry: SchemaRegistry) -> None:
    changed(tmp_path, PLAN, "given: 25", "given: 450")
    student = tmp_path / "records/students/2TST/student.yml"
    text = student.read_text(encoding="utf-8")
    assert text.count(LEFT[0]) == 1
    student.write_text(text.replace(*LEFT), encoding="utf-8")
    assert ("count-too-high" in codes(tmp_path, registry, on)) is not silent


def test_what_is_meant_to_be_so_can_be_waived(tmp_path: Path, registry: SchemaRegistry) -> None:
    changed(tmp_path, STUDENT, 'year_group: "8"', 'year_group: "6"')
    campus = tmp_path / "records/campus.yml"
    text = campus.read_text(encoding="utf-8")
    campus.write_text(
        text.replace('year_groups:\n      - "8"', 'year_groups:\n      - "6"\n      - "8"'), encoding="utf-8"
    )
    (tmp_path / "records/waivers.yml").write_text(
        "waivers:\n  - id: agreed\n    rule: STU-07\n    record: students/2TST/student\n    pointer: /year_group\n"
        "    reason: Agreed with the family.\n    owner: p-1aaa\n    until: 2027-08-31\n",
        encoding="utf-8",
    )
    folder = CampusFolder(tmp_path, registry)
    findings = inspect_records(folder, ON, rules=RULE_BOOK).findings
    assert [one.code for one in findings] == ["STU-07"]
    assert waived_in(folder.load().campus, findings, ON) == ()


@pytest.mark.parametrize(("given", "told"), [("3", []), ("4", ["count-too-high"])])
def test_a_kind_of_a_campus_s_own_says_what_is_believable(given: str, told: list[str], tmp_path: Path) -> None:
    schema = {
        "title": "Visits",
        "description": "Visits to the family.",
        "x-kind": "visits",
        "x-path": "students/{student}/visits.yml",
        "x-part": "visits",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            name: {"title": name.title(), "description": "How many.", "type": "integer"}
            for name in ("planned", "given")
        },
    }
    schema["properties"]["given"]["x-plausible"] = {"at_most": "/planned"}  # type: ignore[index]
    root = tiny_campus(tmp_path)
    (root / "schemas").mkdir()
    (root / "schemas/visits.schema.json").write_text(json.dumps(schema), encoding="utf-8")
    (root / "records/students/2TST/visits.yml").write_text(f"planned: 3\ngiven: {given}\n", encoding="utf-8")
    own = SchemaRegistry.load(schemas(), root / "schemas")
    assert [one for one in codes(root, own) if not one.startswith("ACC")] == told


@pytest.mark.parametrize(
    ("own", "told"),
    [
        (None, ["count-too-high"]),  # as in a copy that was made before the shipped schema said so
        ({"at_most": "/provision/-/sessions_per_week"}, ["count-too-high"]),
        ({"at_most": "/targets/-/goal/value"}, None),
        ({"at_most": "/provision/-/group_size"}, []),
    ],
    ids=["silent copy", "another limit", "no such limit", "a limit that asks nothing here"],
)
def test_a_copy_of_a_shipped_schema_is_asked_no_less_unless_it_says_so(
    own: dict[str, str] | None, told: list[str] | None, tmp_path: Path
) -> None:
    def said(schema: Schema) -> None:
        given = field(schema, "provision", "-", "delivery", "given")
        del given["x-plausible"]
        if own is not None:
            given["x-plausible"] = own

    changed(tmp_path, PLAN, "given: 25", "given: 450")
    write(tmp_path, "plan", said)
    if told is None:
        with pytest.raises(SchemaError):
            own_registry(tmp_path)
    else:
        assert codes(tmp_path, own_registry(tmp_path)) == told


@pytest.mark.parametrize(
    ("state", "held", "told"),
    [
        ("draft", "2026-12-09", []),
        ("agreed", "2026-11-23", []),
        ("agreed", "2026-11-24", ["MTG-05"]),
    ],
)
def test_only_a_draft_is_of_a_meeting_still_to_come(
    state: str, held: str, told: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    """With its file named after its day; the September meeting stays where it is."""
    meetings = tiny_campus(tmp_path) / "records/students/2TST/meetings"
    text = (meetings / "2026-09-09.yml").read_text(encoding="utf-8").replace("2026-09-09", held)
    text = text.replace("state: agreed", f"state: {state}").replace("shared_with_family_on: 2026-09-11\n", "")
    (meetings / f"{held}.yml").write_text(text, encoding="utf-8")
    assert codes(tmp_path, registry) == told


@pytest.mark.parametrize(("speaker", "told"), [("p-4ddd", []), ("p-1aaa", ["FAM-05"]), ("p-3ccc", ["FAM-05"])])
def test_words_of_the_family_are_from_somebody_of_this_family(
    speaker: str, told: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    """Under a colleague's id nobody in the family would read what they said themselves."""
    assert codes(changed(tmp_path, PLAN, "    from: p-4ddd\n", f"    from: {speaker}\n"), registry) == told
