"""Of which day each paper is: the last on which something it prints was written, agreed or measured."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import pytest

from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.kinds.printed import DOCUMENTS, documents_of
from sendbook.pages.reading import reading_of
from tests.site.small_student import KINDS, around, projected, records

Records = dict[str, dict[str, Any]]
PARTS = {(kind.name, part) for kind in KINDS.values() if kind.of_student for part in kind.parts}
REPORT = {"state": "student_too", "profession": "educational_psychologist", "received_on": "2026-10-12"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Days:
    """The day of a paper of the small student, one change that makes it a later one, and one that is not printed."""

    day: str
    later: Callable[[Records], Any]
    later_day: str
    unprinted: Callable[[Records], Any]


def _secret(plan: str) -> Callable[[Records], None]:
    said = {"id": "s", "on": "2026-11-23", "text": "A secret.", "share_with_family": False}
    return lambda data: data[plan]["student_voice"].append(said)


def _measured(plan: str) -> Callable[[Records], None]:
    return lambda data: data[plan]["targets"][0]["progress"].append({"on": "2026-11-22", "value": 73})


DAYS: Mapping[str, Days] = {
    "plan": Days(day="2026-11-20", later=_measured("plan"), later_day="2026-11-22", unprinted=_secret("plan")),
    "draft-plan": Days(
        day="2026-11-20", later=_measured("drafts/plan"), later_day="2026-11-22", unprinted=_measured("plan")
    ),
    "profile": Days(
        day="2026-07-02",
        later=lambda data: data["profile"].update(student_agreed={"on": "2026-09-14", "how": "spoken"}),
        later_day="2026-09-14",
        unprinted=_measured("plan"),
    ),
    "report": Days(
        day="2026-10-12",
        later=lambda data: data.update({"reports/b": REPORT | {"received_on": "2026-11-09"}}),
        later_day="2026-11-09",
        unprinted=_measured("plan"),
    ),
}
PAPERS = sorted({*DOCUMENTS, *(one.name for one in ALL_KINDS if one.page_from_schema and KINDS[one.name].of_student)})


def _day(paper: str, change: Callable[[Records], Any] = len) -> str:
    data = records()
    data["profile"]["agreed_on"] = "2026-07-02"
    data["drafts/plan"] = json.loads(json.dumps(data["plan"])) | {"state": "draft"}
    data["reports/a"] = dict(REPORT)
    change(data)
    made = documents_of(reading_of(projected(data, parts=PARTS), replace(around(), kinds=KINDS)))
    (found,) = (one for one in (json.loads(printed.content) for printed in made.values()) if one["kind"] == paper)
    return str(found["version"]["day"])


@pytest.mark.parametrize("paper", PAPERS)
def test_each_paper_is_of_the_last_day_that_it_prints(paper: str) -> None:
    assert paper in DAYS, (
        f"say in {__name__} of which day the paper “{paper}” is, what makes it later, and what doesn't"
    )
    days = DAYS[paper]
    assert _day(paper) == days.day
    assert _day(paper, days.later) == days.later_day
    assert _day(paper, days.unprinted) == days.day
