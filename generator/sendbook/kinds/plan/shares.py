"""What released figures say of plans: how many reviews were held on time, and how many targets were met."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from sendbook.checks.case import Case, Data, date_of
from sendbook.figures.counts import Share
from sendbook.kinds.plan import PLAN

_REACHED = frozenset({"met", "exceeded"})


def _reviews(case: Case, since: date, until: date) -> Iterator[bool]:
    """Yields for each plan review that fell due whether it was held by its day."""
    for cycle in _entries(case, "cycles"):
        if since <= date_of(cycle["review_due"]) <= until:
            yield "review" in cycle and date_of(cycle["review"]["on"]) <= date_of(cycle["review_due"])


def _targets(case: Case, since: date, until: date) -> Iterator[bool]:
    """Yields for each target that fell due whether it was met or exceeded."""
    for target in _entries(case, "targets"):
        if since <= date_of(target["by_date"]) <= until:
            yield target.get("result", {}).get("outcome") in _REACHED


def _entries(case: Case, name: str) -> Iterable[Data]:
    plan = case.one(PLAN)
    entries: Iterable[Data] = plan.data[name] if plan is not None else ()
    return entries


REVIEWS_ON_TIME = Share(
    id="reviews-on-time",
    title="Plan reviews held on time",
    counts="Of the plan reviews due, those held by the day they were due:",
    of=_reviews,
)
TARGETS_MET = Share(
    id="targets-met",
    title="Targets met",
    counts="Of the targets that fell due, those met or exceeded:",
    of=_targets,
)
SHARES = (REVIEWS_ON_TIME, TARGETS_MET)
