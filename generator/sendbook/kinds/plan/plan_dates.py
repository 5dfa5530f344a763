"""The days of a plan that everybody around the student should know."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.kinds.kind_of_record import Dates
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.plan_sections import PLAN_PART
from sendbook.kinds.plan.target_sections import TARGETS, is_live, target_title
from sendbook.pages.reading import Reading


def _dates(reading: Reading) -> Iterator[tuple[str, str]]:
    """The review of the plan, and the day of each target that is being worked on."""
    plan = plan_of(reading)
    if "review_due" in plan:
        yield plan["review_due"], "Plan review, at the latest"
    for target in plan.get("targets", ()):
        if is_live(target):
            yield target["by_date"], f"Target due: {target_title(target)}"


DATES = Dates(of=_dates, parts=(PLAN_PART, TARGETS))
