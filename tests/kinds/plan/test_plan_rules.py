"""Plans: each need and each target is helped with, sessions are counted, and what is over is left alone."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import tiny_campus

ON = date(2026, 11, 23)
PLAN, STUDENT, MEETING = "plan.yml", "student.yml", "meetings/2026-09-09.yml"
Change = tuple[str, str, str]

NO_HELP: Change = (PLAN, "    targets:\n      - pace\n", "")
BY_STRATEGY: Change = (
    PLAN,
    "provision:\n",
    "strategies:\n  - id: aloud\n    subject: English\n    text: Up first.\n    targets:\n      - pace\nprovision:\n",
)
NEED: Change = (
    PLAN,
    "outcomes:\n",
    "  - id: second\n    area: sensory_and_physical\n    name: Sight\n    description: Sits at the front.\noutcomes:\n",
)
ITS_OUTCOME: Change = (PLAN, "    needs:\n      - fluency\n    by_date", "    needs:\n      - second\n    by_date")
NO_COUNT: Change = (PLAN, "    delivery:\n      planned: 27\n      given: 25\n      as_of: 2026-11-13\n", "")
FEW: Change = (PLAN, "given: 25", "given: 15")
ENDED: Change = (
    PLAN,
    "    start: 2026-09-14\n    delivery:",
    "    start: 2026-09-14\n    end: 2026-11-13\n    delivery:",
)
JUDGED: Change = (
    PLAN,
    "cycles:\n",
    "    impact:\n      rating: some\n      note: Reads on.\n      decision: stop\ncycles:\n",
)
MET: Change = (
    PLAN,
    "    progress:\n",
    "    result:\n      outcome: met\n      value: 80\n      on: 2026-11-18\n    progress:\n",
)
SUPPORT_OVER: Change = (STUDENT, "from: 2025-10-01\n", "from: 2025-10-01\n    until: 2026-11-20\n")
NO_TYPE: Change = (STUDENT, "needs:\n  - id: spld\n    type: SPLD\n    rank: 1\n", "")


def told(root: Path, registry: SchemaRegistry, changes: Iterable[Change], on: date = ON) -> list[tuple[str, str]]:
    """Code and message of each finding about the tiny campus's student with these changes."""
    folder = tiny_campus(root) / "records/students/2TST"
    for name, before, after in changes:
        text = (folder / name).read_text(encoding="utf-8")
        assert text.count(before) == 1, before
        (folder / name).write_text(text.replace(before, after), encoding="utf-8")
    campus = CampusFolder(root, registry)
    found = inspect_records(campus, on, rules=RULE_BOOK).findings
    return [(one.code, one.message) for one in found if "/students/" in one.path]


def codes(root: Path, registry: SchemaRegistry, changes: Iterable[Change], on: date = ON) -> list[str]:
    return [code for code, _ in told(root, registry, changes, on)]


def test_a_target_that_nothing_helps_with_is_found(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [NO_HELP]) == ["TGT-11"]


def test_a_strategy_in_class_is_help(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [NO_HELP, BY_STRATEGY]) == []


def test_a_target_that_was_met_needs_no_help_any_more(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [NO_HELP, MET]) == []


@pytest.mark.parametrize(("end", "found"), [("2026-09-14", []), ("2026-09-13", ["TGT-11"])])
def test_provision_that_ended_before_the_target_began_does_not_help_with_it(
    tmp_path: Path, registry: SchemaRegistry, end: str, found: list[str]
) -> None:
    earlier = "    start: 2026-09-01\n    end: " + end + "\n    delivery:"
    changes = [(PLAN, "    start: 2026-09-14\n    delivery:", earlier), JUDGED]
    assert codes(tmp_path, registry, changes) == found


def test_a_need_with_an_outcome_and_no_help_is_found(tmp_path: Path, registry: SchemaRegistry) -> None:
    """The outcome is there and a target leads to it, but nobody does anything for it."""
    changes = [NEED, ITS_OUTCOME, NO_HELP]
    assert [(c, m) for c, m in told(tmp_path, registry, changes) if c == "NEED-01"] == [
        ("NEED-01", "This need has an outcome, but no help: no provision and no strategy is for it.")
    ]


def test_a_need_is_helped_through_a_target_on_the_way_to_its_outcome(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [NEED, ITS_OUTCOME]) == []


def test_a_need_without_outcome_or_help_says_so(tmp_path: Path, registry: SchemaRegistry) -> None:
    (found,) = told(tmp_path, registry, [NEED])
    assert found == ("NEED-01", "Nothing in the plan helps with this need: no outcome, no provision and no strategy.")


@pytest.mark.parametrize(("on", "found"), [(date(2026, 11, 2), []), (date(2026, 11, 3), ["PRV-04"])])
def test_provision_never_counted_is_found_after_six_school_weeks(
    tmp_path: Path, registry: SchemaRegistry, on: date, found: list[str]
) -> None:
    """It began on Monday 14 September; the week of half-term is no school week."""
    changes = [NO_COUNT, (PLAN, "      - value: 71\n        on: 2026-11-18\n", "")]
    assert codes(tmp_path, registry, changes, on) == found


def test_the_campus_sets_how_often_sessions_are_counted(tmp_path: Path, registry: SchemaRegistry) -> None:
    root = tiny_campus(tmp_path)
    campus = root / "records/campus.yml"
    text = campus.read_text(encoding="utf-8")
    campus.write_text(f"{text}house_rules:\n  weeks_between_counts: 12\n", encoding="utf-8")
    folder = CampusFolder(root, registry)
    plan = root / "records/students/2TST/plan.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace(*NO_COUNT[1:]), encoding="utf-8")
    assert [one.code for one in inspect_records(folder, ON, rules=RULE_BOOK).findings] == []


def test_provision_counted_once_and_never_again_is_found(tmp_path: Path, registry: SchemaRegistry) -> None:
    changes = [(PLAN, "as_of: 2026-11-13", "as_of: 2026-09-25")]
    ((code, message),) = told(tmp_path, registry, changes)
    assert (code, message) == ("PRV-04", "The sessions given have not been counted for more than 6 school weeks.")


@pytest.mark.parametrize(
    "other",
    [
        (PLAN, "type: one_to_one", "type: equipment"),
        (PLAN, "type: one_to_one", "type: environment"),
        (PLAN, "type: one_to_one", "type: teaching_adaptation"),
        (PLAN, "    minutes: 20\n    start: 2026-09-14\n", "    minutes: 20\n    start: 2026-11-30\n"),
    ],
    ids=["equipment", "a room", "in every lesson", "to come"],
)
def test_what_has_no_sessions_to_count_is_left_alone(tmp_path: Path, registry: SchemaRegistry, other: Change) -> None:
    assert codes(tmp_path, registry, [NO_COUNT, other]) == []


def test_few_sessions_are_told_while_the_provision_runs(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [FEW]) == ["PRV-01"]


@pytest.mark.parametrize(("given", "found"), [(20, []), (19, ["PRV-01"])])
def test_four_in_five_sessions_are_enough(
    tmp_path: Path, registry: SchemaRegistry, given: int, found: list[str]
) -> None:
    changes = [(PLAN, "planned: 27\n      given: 25", f"planned: 25\n      given: {given}")]
    assert codes(tmp_path, registry, changes) == found


@pytest.mark.parametrize(("left_on", "found"), [("2026-11-23", []), ("2026-11-22", ["PRV-03"])])
def test_a_leaver_delivers_provision_up_to_the_last_working_day(
    tmp_path: Path, registry: SchemaRegistry, left_on: str, found: list[str]
) -> None:
    leaver: Change = ("../../people/p-3ccc.yml", "staff:\n", f"staff:\n  left_on: {left_on}\n")
    named: Change = (PLAN, "cycles:\n", "    delivered_by: p-3ccc\ncycles:\n")
    assert [one for one in codes(tmp_path, registry, [leaver, named]) if one == "PRV-03"] == found


def test_provision_that_has_ended_and_was_reviewed_is_left_alone(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [FEW, ENDED, JUDGED]) == []


def test_provision_that_has_ended_is_asked_for_its_effect_alone(tmp_path: Path, registry: SchemaRegistry) -> None:
    assert codes(tmp_path, registry, [FEW, ENDED]) == ["PRV-02"]


@pytest.mark.parametrize(
    ("before", "after", "code"),
    [
        ("      value: 62\n      on: 2026-09-08", "      value: 62\n      on: 2026-05-08", "TGT-05"),
        ("      value: 80\n      comparator", "      value: 190\n      comparator", "TGT-06"),
        ("start: 2026-09-14\n    by_date", "start: 2026-04-14\n    by_date", "TGT-07"),
        ("Reads a new page aloud", "To improve his reading", "TGT-08"),
    ],
    ids=["baseline", "goal", "length", "words"],
)
def test_how_a_target_was_set_is_not_asked_once_it_has_a_result(
    tmp_path: Path, registry: SchemaRegistry, before: str, after: str, code: str
) -> None:
    change = (PLAN, before, after)
    assert code in codes(tmp_path / "open", registry, [change])
    assert code not in codes(tmp_path / "met", registry, [change, MET])


def test_a_plan_is_over_with_the_support(tmp_path: Path, registry: SchemaRegistry) -> None:
    """Its review is no longer due, and neither is a count or a target's help."""
    late = (PLAN, "review_due: 2026-12-10\nagreed_on", "review_due: 2026-11-10\nagreed_on")
    assert set(codes(tmp_path / "now", registry, [late, FEW, NO_HELP])) == {"PLAN-02", "PRV-01", "TGT-11"}
    assert codes(tmp_path / "then", registry, [late, FEW, NO_HELP, SUPPORT_OVER, NO_TYPE]) == []


@pytest.mark.parametrize(("by_date", "found"), [("2026-11-20", ["TGT-10"]), ("2026-11-21", [])])
def test_a_target_that_was_due_while_support_ran_still_needs_its_result(
    tmp_path: Path, registry: SchemaRegistry, by_date: str, found: list[str]
) -> None:
    due = (PLAN, "by_date: 2026-12-09", f"by_date: {by_date}")
    assert codes(tmp_path, registry, [due, SUPPORT_OVER, NO_TYPE]) == found


def test_who_led_an_earlier_review_is_not_told_again_after_a_later_one(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    led = (MEETING, "led_by: p-3ccc", "led_by: p-2bbb")
    assert codes(tmp_path / "latest", registry, [led]) == ["MTG-03"]
    root = tiny_campus(tmp_path / "earlier")
    later = (root / "records/students/2TST" / MEETING).read_text(encoding="utf-8").replace("2026-09-09", "2026-10-14")
    later = later.replace("2026-09-11", "2026-10-16")
    (root / "records/students/2TST/meetings/2026-10-14.yml").write_text(later, encoding="utf-8")
    assert codes(root, registry, [led]) == []


BY_FAMILY: Change = (STUDENT, "      on: 2025-09-04\n      by: p-1aaa\n", "      on: 2025-09-04\n      by: p-4ddd\n")
RELATION_ENDS = "    from: 2025-09-04\nrights:"


@pytest.mark.parametrize(("until", "found"), [("2026-11-23", ["FAM-04"]), ("2026-11-22", [])])
def test_who_confirmed_a_relation_is_not_asked_once_it_has_ended(
    tmp_path: Path, registry: SchemaRegistry, until: str, found: list[str]
) -> None:
    ends = (STUDENT, RELATION_ENDS, f"    from: 2025-09-04\n    until: {until}\nrights:")
    assert [one for one in codes(tmp_path, registry, [BY_FAMILY, ends]) if one == "FAM-04"] == found


@pytest.mark.parametrize(
    ("starts", "on", "codes"),
    [
        ("2026-12-09", ON, []),
        ("2026-12-10", ON, ["PLAN-10"]),
        ("2026-12-10", date(2026, 12, 9), ["PLAN-10"]),
        ("2026-12-10", date(2026, 12, 10), ["TGT-10"]),  # from then on its result is asked for
    ],
)
def test_a_target_is_due_after_its_plan_starts(
    starts: str, on: date, codes: list[str], tmp_path: Path, registry: SchemaRegistry
) -> None:
    changes = [
        (PLAN, "in_force_from: 2026-09-10\nreview_due: 2026-12-10", f"in_force_from: {starts}\nreview_due: 2027-03-10")
    ]
    assert [code for code, _ in told(tmp_path, registry, changes, on) if code in ("PLAN-10", "TGT-10")] == codes


def test_a_target_with_a_result_may_be_older_than_the_plan(tmp_path: Path, registry: SchemaRegistry) -> None:
    later = (
        PLAN,
        "in_force_from: 2026-09-10\nreview_due: 2026-12-10",
        "in_force_from: 2026-12-10\nreview_due: 2027-03-10",
    )
    assert "PLAN-10" not in [code for code, _ in told(tmp_path, registry, [later, MET])]


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ((PLAN, "by_date: 2026-12-09", "by_date: 2027-01-18"), "TGT-07"),
        ((PLAN, "value: 80", "value: 67"), "TGT-06"),
        ((PLAN, "start: 2026-09-14\n    by_date: 2026-12-09", "start: 2026-12-08\n    by_date: 2026-12-09"), "TGT-02"),
    ],
    ids=["18 weeks", "the smallest real change", "a day to work in"],
)
def test_a_target_at_the_limit_is_left_alone(
    change: Change, code: str, tmp_path: Path, registry: SchemaRegistry
) -> None:
    """The examples of these rules are one beyond it: a day too long, a point too close, no day at all."""
    assert code not in [one for one, _ in told(tmp_path, registry, [change])]
