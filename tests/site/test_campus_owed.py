"""What the campus's own records owe is on the home page of the person who owes it, as far as they see all of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.kinds.accessibility_plan.plan_page import PLAN_PAGE
from sendbook.kinds.intervention.library_pages import PROVISION_LIBRARY
from sendbook.pages.campus_page import CampusPage, Owed
from sendbook.pages.own_campus_kinds import pages_of_campus_kinds
from sendbook.site.campus.compliance import Compliance, Document
from sendbook.site.campus.compliance_page import compliance_campus_page
from sendbook.site.readers.campus_owed import owed_on_campus
from sendbook.site.readers.home_blocks import blocks_of
from sendbook.site.readers.reader_relations import Desk, OwnReader
from tests.deadlines.letters import LICENCE
from tests.kinds.saying import plain
from tests.site.own_pages_kit import ASSISTANT, SENCO, TEACHER
from tests.site.small_student import around, facts, projected

LATE, IN_TIME = date(2026, 11, 21), date(2026, 11, 20)
STEP = {
    "id": "AP-2024-27-A-01",
    "strand": "curriculum",
    "action": "Train all staff.",
    "owner": "p-ass1",
    "due": "2026-11-20",
    "status": "on_track",
}
REGISTRY = SchemaRegistry.load(schemas())
AP = REGISTRY.kinds["accessibility_plan"]
SEEN = frozenset((AP.name, part) for part in AP.parts)
FINANCE = OwnReader(id="p-fin1", name="Ms Finance", roles=("finance_officer",), is_staff=True)


def plan(**step: Any) -> Record:
    data = {"id": "x", "cycle": {"start": "2024-04-01", "end": "2027-03-31"}, "actions": [{**STEP, **step}]}
    return Record(id="accessibility-plan", kind=AP.name, student=None, path="x.yml", digest="", data=data)


def desk(reader: OwnReader, *records: Record, on: date = LATE, seen: Iterable[tuple[str, str]] = SEEN) -> Desk:
    """A reader without students who sees these parts of each of these records."""
    parts = frozenset(seen)
    return Desk(
        reader=reader,
        students=(),
        around=around(),
        on=on,
        manner="staff",
        records=records,
        parts=parts,
        parts_in={one.id: parts for one in records},
    )


def lists(made: Desk, *pages: CampusPage[Any]) -> dict[str, list[tuple[str, ...]]]:
    """The lists of a home page by name, each with its rows."""
    blocks = blocks_of(made, pages or (PLAN_PAGE,), "2026-12-17")
    return {block.name: plain(block.values["rows"]) for block in blocks if "rows" in block.values}


ROW = ("Accessibility plan", "/records/accessibility-plan/#step-ap-2024-27-a-01", "Finish: Train all staff")


@pytest.mark.parametrize(("on", "late", "soon"), [(LATE, 1, 0), (IN_TIME, 0, 1), (date(2026, 11, 6), 0, 1)])
def test_a_step_is_on_the_senco_s_lists_with_who_owes_it(on: date, late: int, soon: int) -> None:
    made = lists(desk(SENCO, plan(), on=on))
    row = [(*ROW, "20 November 2026", "Ms Assistant")]
    assert [one for one in made["late"] if one[:3] == ROW] == row[:late]
    assert [one for one in made["soon"] if one[:3] == ROW] == row[:soon]


def test_it_is_no_job_more_than_a_fortnight_before() -> None:
    made = lists(desk(SENCO, plan(), on=date(2026, 11, 5)))
    assert (made["late"], made["soon"]) == ([], [])


def test_the_person_who_owes_it_has_it_among_their_jobs_and_nobody_else_has() -> None:
    assert lists(desk(ASSISTANT, plan()))["due"] == [(*ROW, "20 November 2026", "you")]
    assert "due" not in lists(desk(FINANCE, plan()))
    assert "due" not in lists(desk(ASSISTANT, plan(), on=date(2026, 11, 5)))


def test_a_teacher_has_it_next_to_what_they_owe_students() -> None:
    made = replace(desk(TEACHER, plan(owner="p-tea1")), students=(facts(projected()),))
    assert ROW in [one[:3] for one in lists(made)["due"]]
    others = replace(desk(TEACHER, plan()), students=(facts(projected()),))
    assert ROW not in [one[:3] for one in lists(others)["due"]]


def test_jobs_do_not_take_the_place_of_what_a_reader_without_students_is_told() -> None:
    blocks = [block.name for block in blocks_of(desk(FINANCE, plan(owner="p-ass1")), (PLAN_PAGE,), "")]
    with_jobs = [block.name for block in blocks_of(desk(ASSISTANT, plan()), (PLAN_PAGE,), "")]
    assert (blocks, with_jobs) == (["find"], ["due", "find"])


@pytest.mark.parametrize("step", [{"status": "done"}, {"status": "dropped"}, {"due": "2026-12-31"}])
def test_what_is_over_or_far_off_is_on_no_list(step: Mapping[str, Any]) -> None:
    assert "due" not in lists(desk(ASSISTANT, plan(**step)))


@pytest.mark.parametrize("hidden", ["actions", "owners"])
def test_who_does_not_see_all_of_it_is_not_told(hidden: str) -> None:
    seen = SEEN - {(AP.name, hidden)}
    assert "due" not in lists(desk(ASSISTANT, plan(), seen=seen))


def test_what_is_seen_of_another_record_opens_nothing_of_this_one() -> None:
    made = replace(desk(ASSISTANT, plan()), parts_in={"another": SEEN})
    assert "due" not in lists(made)


def test_an_owner_who_is_not_known_to_work_here_is_nobody_and_the_senco_has_it() -> None:
    made = lists(desk(SENCO, plan(owner="p-mum1")))
    assert (*ROW, "20 November 2026", "") in made["late"]


def owed(made: Desk, *pages: CampusPage[Any]) -> list[tuple[str, ...]]:
    found: Iterable[Owed] = owed_on_campus(made, pages)
    return [(one.by.isoformat(), one.of, one.what, one.path, one.owed_by) for one in found]


def test_a_kind_of_one_s_own_has_its_deadlines_at_home_from_its_schema_alone(tmp_path: Path) -> None:
    (tmp_path / "licence.schema.json").write_text(json.dumps(LICENCE), encoding="utf-8")
    kinds = SchemaRegistry.load(schemas(), tmp_path).kinds
    record = Record(
        id="licences/music",
        kind="licence",
        student=None,
        path="x.yml",
        digest="",
        data={"name": "the music licence", "ends_on": "2026-11-20"},
    )
    made = desk(SENCO, record, seen={("licence", "open")})
    made = replace(made, around=replace(made.around, kinds={**made.around.kinds, "licence": kinds["licence"]}))
    (page,) = pages_of_campus_kinds([kinds["licence"]])
    senco = str(made.around.campus.get("contacts", {}).get("senco", ""))
    assert owed(made, page) == [
        ("2026-11-20", "Licence: the music licence", "Renew the music licence", "/records/licence/#record-1", senco)
    ]
    assert owed(made) == [], "without the page it leads nowhere"


@pytest.mark.parametrize(("status", "there"), [("in_use", True), ("trial", True), ("retired", False)])
def test_an_entry_of_the_library_is_looked_at_again_after_a_year(status: str, there: bool) -> None:
    data = {"id": "paired-reading", "name": "Paired reading", "status": status, "reviewed_on": "2025-11-20"}
    record = Record(
        id="interventions/paired-reading", kind="intervention", student=None, path="x.yml", digest="", data=data
    )
    found = owed(desk(SENCO, record, seen={("intervention", "library")}), PROVISION_LIBRARY)
    assert [one[:4] for one in found] == [
        (
            "2026-11-20",
            "Intervention: Paired reading",
            "Check that this is still right",
            "/interventions/paired-reading/",
        )
    ] * there


@pytest.mark.parametrize(
    ("days", "by"),
    [
        ({"last_reviewed": "2026-09-14", "review_by": "2027-03-31"}, "2027-03-31"),
        ({"last_reviewed": "2025-11-20", "review_by": "2027-03-31"}, "2026-11-20"),
        ({"last_reviewed": "", "review_by": "2027-03-31"}, "2027-03-31"),
        ({"last_reviewed": "", "review_by": ""}, None),
    ],
)
def test_a_public_document_is_reviewed_by_its_day_and_within_a_year(days: Mapping[str, str], by: str | None) -> None:
    page = Document(
        sort="", title="Report", url="/handbook/report/", path="", version="1", approved_on="", approved_by="",
        minute_ref="", owner="senco", **days,
    )  # fmt: skip
    compliance = compliance_campus_page(lambda: Compliance(documents=(page,), rows=(), findings=()))
    found = owed(desk(SENCO), compliance)
    assert [one[:4] for one in found] == ([(by, "Report", "Review this page", "/handbook/report/")] if by else [])
