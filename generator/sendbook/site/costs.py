"""What a provision line costs in a year, from the campus's own assumptions.

Weekly cost for a student = hourly rate * (1 + preparation) * hours * adults / students in the group; yearly cost =
weekly * delivery weeks + resources. Where a rate is not given the time is not costed, as for a class teacher's
ordinary teaching.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sendbook.site.surroundings import Surroundings

#: Weeks in a school year, where a campus has not said how many it delivers in.
USUAL_WEEKS = 38


def yearly_pounds(line: Mapping[str, Any], around: Surroundings) -> float | None:
    """Pounds a year for this student, or None if it can't be worked out from what is granted here."""
    costs = line.get("costs", {})
    rate = around.hourly_rates.get(costs.get("rate", ""))
    resources = costs.get("resources_gbp")
    if rate is None or "minutes" not in line:
        return None if resources is None else float(resources)
    assumed = around.campus.get("cost_assumptions", {})
    weekly = _hours_a_week(line) * rate["gbp"] * (1 + assumed.get("preparation_percent", 0) / 100)
    yearly = float(weekly * assumed.get("delivery_weeks", USUAL_WEEKS))
    return round(yearly + float(resources or 0), 2)


def _hours_a_week(line: Mapping[str, Any]) -> float:
    """Adult hours a week that fall to one student of the group."""
    hours = line["sessions_per_week"] * line["minutes"] / 60
    return float(hours * line.get("adults", 1) / line.get("group_size", 1))
