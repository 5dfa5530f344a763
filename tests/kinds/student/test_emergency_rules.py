"""What to do in an emergency is asked for where there is a healthcare plan, and calls nobody who can't be called."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.checks_kit import tiny_campus
from tests.kinds.student.test_student_rules import codes

ON = date(2026, 11, 23)
TEXT = "emergency:\n  watch_for: He goes grey.\n  do:\n    - Call 999.\n  call:\n    - {}\n"

ORDER = (
    "access: full\n    court_orders:\n"
    "      - id: order\n        order: Order\n        effect: EFFECT\n        from: 2026-11-01"
)


def _told(root: Path, on: date = ON) -> list[str]:
    return [code for code in codes(root, on) if code.startswith("MED")]


def _change(root: Path, path: str, *changes: tuple[str, str]) -> None:
    file = root / "records" / path
    text = file.read_text(encoding="utf-8")
    for old, new in changes:
        assert text.count(old) == 1
        text = text.replace(old, new)
    file.write_text(text, encoding="utf-8")


def _with_emergency(root: Path, *changes: tuple[str, str], call: str = "p-4ddd") -> Path:
    tiny_campus(root)
    _change(root, "students/2TST/student.yml", *changes, ("family:\n", TEXT.format(call) + "family:\n"))
    return root


@pytest.mark.parametrize(("plan", "told"), [("true", ["MED-01"]), ("false", [])])
def test_a_healthcare_plan_asks_for_an_emergency_text(tmp_path: Path, plan: str, told: list[str]) -> None:
    tiny_campus(tmp_path)
    _change(tmp_path, "students/2TST/student.yml", ("family:\n", f"medical:\n  care_plan: {plan}\nfamily:\n"))
    assert _told(tmp_path) == told


def test_a_healthcare_plan_that_only_the_profile_speaks_of_asks_for_it_too(tmp_path: Path) -> None:
    tiny_campus(tmp_path)
    _change(tmp_path, "students/2TST/profile.yml", ("state: agreed\n", "state: agreed\nhealthcare_plan: true\n"))
    assert _told(tmp_path) == ["MED-01"]


def test_nothing_is_asked_for_a_student_who_has_left(tmp_path: Path) -> None:
    tiny_campus(tmp_path)
    changes = (
        ("family:\n", "medical:\n  care_plan: true\nfamily:\n"),
        ("  from: 2025-09-04\nborn", "  from: 2025-09-04\n  until: 2026-10-23\nborn"),
    )
    _change(tmp_path, "students/2TST/student.yml", *changes)
    assert _told(tmp_path, date(2026, 10, 23)) == ["MED-01"]
    assert _told(tmp_path, date(2026, 10, 24)) == []


@pytest.mark.parametrize(
    ("left", "told"),
    [("2026-11-22", ["MED-02"]), ("2026-11-23", []), ("2027-07-31", [])],
    ids=["gone", "today", "later"],
)
def test_a_colleague_is_called_up_to_their_last_working_day(tmp_path: Path, left: str, told: list[str]) -> None:
    _with_emergency(tmp_path, call="p-3ccc")
    _change(tmp_path, "people/p-3ccc.yml", ("  job_title", f"  left_on: {left}\n  job_title"))
    assert _told(tmp_path) == told


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("access: full", "access: full", []),
        ("    confirmed:\n      on: 2025-09-04\n      by: p-1aaa\n", "", ["MED-02"]),
        ("on: 2025-09-04", "on: 2026-11-23", []),
        ("on: 2025-09-04", "on: 2026-11-24", ["MED-02"]),
        ("      by: p-1aaa\n", "      by: p-1aaa\n    until: 2026-11-22\n", ["MED-02"]),
        ("      by: p-1aaa\n", "      by: p-1aaa\n    until: 2026-11-23\n", []),
        ("access: full", "access: none", ["MED-02"]),
        ("access: full", ORDER.replace("EFFECT", "no_contact"), ["MED-02"]),
        ("access: full", ORDER.replace("EFFECT", "residence"), []),
    ],
    ids=["current", "not confirmed", "confirmed today", "confirmed tomorrow", "ended", "last day", "none", "kept away",
         "lives elsewhere"],
)  # fmt: skip
def test_a_member_of_the_family_is_called_while_the_relation_holds(
    tmp_path: Path, old: str, new: str, told: list[str]
) -> None:
    _with_emergency(tmp_path, (old, new))
    assert _told(tmp_path) == told


def test_somebody_who_is_neither_staff_nor_of_this_family_is_asked_about(tmp_path: Path) -> None:
    _with_emergency(tmp_path, call="p-5eee")
    other = tmp_path / "records/people/p-5eee.yml"
    other.write_text("id: p-5eee\nname:\n  full: Eva Neighbour\n  known_as: Ms Neighbour\n", encoding="utf-8")
    assert _told(tmp_path) == ["MED-02"]


@pytest.mark.parametrize(
    ("grants", "told"),
    [
        ([("relation: teaches", "medical"), ("relation: teaches", "emergency")], []),
        ([("relation: teaches", "medical")], ["MED-03"]),
        ([("relation: assists", "name")], ["MED-03"]),
        ([("role: exams_officer", "name")], []),
        ([("role: dsl", "medical"), ("relation: family", "medical")], ["MED-03", "MED-03"]),
        ([("role: dsl", "all")], []),
    ],
)
def test_the_policy_is_asked_to_show_the_text_to_those_it_concerns(
    tmp_path: Path, grants: list[tuple[str, str]], told: list[str]
) -> None:
    tiny_campus(tmp_path)
    written = "".join(
        f"  - id: g{number}\n    {who}\n    kind: student\n    parts:\n      - {part}\n"
        "    action: read\n    reason: R.\n"
        for number, (who, part) in enumerate(grants)
    )
    _change(tmp_path, "access.yml", ("  - id: senco-plan\n", f"{written}  - id: senco-plan\n"))
    assert _told(tmp_path) == told
