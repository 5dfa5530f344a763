"""The records all of a synthetic campus shares: the campus itself, who may see what, and the provision library."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from sendbook.campus.shipped import example
from sendbook.campus.strict_yaml import parse
from sendbook.errors import CampusNotFound
from sendbook.example.enrolment import RATES, Enrolled
from sendbook.example.growing import YEARS, GrowingPlaces
from sendbook.example.setting import own_measures
from sendbook.example.starter import DUTY_YEAR_GROUPS, outside_help
from sendbook.example.story import bank
from sendbook.example.year import bank_holidays, starting_year, terms_around

_NAME = "Wexcombe Campus"
_SEASONS = {"autumn": 14, "spring": 16, "summer": 28}  # days before the end of term
_COSTS = {"delivery_weeks": 35, "preparation_percent": 15}
_RATES = (
    {"id": "support-assistant", "name": "Support Assistant", "gbp": 18.4},
    {"id": "teacher", "name": "Teacher", "gbp": 46.5},
    {"id": "senco", "name": "SENDCo", "gbp": 52.25},
)


def campus_record(campus: str, places: GrowingPlaces, enrolled: Sequence[Enrolled], on: date) -> dict[str, Any]:
    """``campus.yml`` for the students enrolled."""
    year = starting_year(on)
    terms = terms_around(on)
    leaders = places.leaders
    return {
        "id": campus,
        "name": _NAME,
        "synthetic": True,
        "setting": {
            "type": "independent",
            "first_year": str(YEARS[0]),
            "last_year": str(YEARS[-1]),
            "local_authority": bank("everyday")["authorities"][0],
            "inspectorate": "unknown",
        },
        "office": {
            "address": f"{_NAME}, Tannery Close, Wexcombe ZZ1 1WX",
            "phone": "01632 960000",
            "email": f"office@{campus}.example",
        },
        **outside_help(f"{campus}.example", bank("everyday")["authorities"][0]),
        "contacts": {
            name: leaders[name] for name in ("senco", "principal", "regional_senco", "dsl", "exams_officer", "dpo")
        },
        "terms": terms,
        "bank_holidays": bank_holidays(year - 1, year + 2),
        "assessment_points": [_assessment(term) for term in terms],
        "measures": own_measures(),
        "student_accounts": {"youngest": 11},
        "duty_year_groups": DUTY_YEAR_GROUPS,
        **places.groups(),
        "roll": [{"year_group": str(number), "students": _on_roll(number, enrolled)} for number in YEARS],
        "cost_assumptions": {**_COSTS, "hourly_rates": [dict(rate) for rate in _RATES]},
    }


def _on_roll(year: int, enrolled: Sequence[Enrolled]) -> int:
    """The roll that makes this many students with SEND the usual share of their year."""
    with_send = sum(student.year == year for student in enrolled)
    return round(100 * with_send / sum(RATES[year])) if with_send else 4


def _assessment(term: Mapping[str, Any]) -> dict[str, str]:
    before = timedelta(days=_SEASONS[str(term["id"]).split("-")[0]])
    day = date.fromisoformat(term["end"]) - before
    return {"id": term["id"], "name": str(term["name"]).replace("term", "assessment"), "date": day.isoformat()}


def access_record() -> dict[str, Any]:
    """The shipped policy: its grants, without the exceptions that concern people of the example."""
    path = example() / "records" / "access.yml"
    if not path.is_file():
        raise CampusNotFound(f"The example campus has no access policy: {path} is missing.")
    data = parse(path.read_bytes(), "records/access.yml").data or {}
    return {"grants": data["grants"]}


def _last_third_of_july(on: date) -> date:
    """The day on which the library was last looked through: at the end of every school year."""
    this_year = date(on.year, 7, 3)
    return this_year if this_year <= on else this_year.replace(year=on.year - 1)


def intervention_records(on: date) -> Iterator[dict[str, Any]]:
    """The provision library."""
    reviewed = _last_third_of_july(on).isoformat()
    for entry in bank("interventions"):
        dose = {"sessions_per_week": entry["sessions"], "minutes": entry["minutes"], "weeks": entry["weeks"]}
        if "group" in entry:
            dose["largest_group"] = entry["group"]
        yield {
            **{name: entry[name] for name in ("id", "name", "status", "wave", "layer", "area", "type", "summary")},
            "in_plain_words": entry["plain"],
            "who_for": entry["who"],
            "session": entry["session"],
            "first_year": entry["first_year"],
            "last_year": entry["last_year"],
            "dose": dose,
            "evidence": {"rating": entry["rating"], "source": entry["source"]},
            "measures": entry["measures"],
            "reviewed_on": reviewed,
        }
