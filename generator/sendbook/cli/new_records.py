"""The records a new campus begins with: its own answers, and what is the same everywhere.

The named contacts a handbook can't do without are placeholders that say so.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.campus.strict_yaml import parse
from sendbook.campus.writer import dump
from sendbook.campus.year_groups import YEAR_ORDER
from sendbook.checks.rules.campus_rules import NO_ADDRESS, NO_COUNCIL, name_to_come
from sendbook.cli.new_answers import Answers
from sendbook.errors import SendbookError
from sendbook.example.starter import STARTING_ACCOUNTS, cycle_of, duty_year_groups, outside_help, starter_plan
from sendbook.example.wording import School
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN

#: The id of a new campus's SENDCo.
SENCO = "p-1sen"
_NO_NAME = "Our Campus"
_NO_TERMS = b"""
# No term dates yet. Write each term like this, with your own days, in place of the brackets:
#   - id: autumn-2026
#     name: Autumn term 2026
#     start: 2026-09-03
#     end: 2026-12-17
#     half_term:
#       start: 2026-10-26
#       end: 2026-10-30
#     closed_days:
#       - 2026-11-27
terms: []
"""
_GROUPS = """\
# Your groups. Write them like this, with your own names, ids of teachers and year groups, and take “# ” away, its
# space as well:
# tutor_groups:
#   - id: {id}
#     name: {name}
#     year_group: "{year}"
#     tutors:
#       - person: p-3f8q
#         from: 2026-09-03
# teaching_groups:
#   - id: {id}-english
#     name: {name} English
#     subject: English
#     year_groups:
#       - "{year}"
#     teachers:
#       - person: p-3f8q
#         from: 2026-09-03
"""
_CLASSES = """\
# Your classes. A class whose teacher takes it for nearly everything is a tutor group. Write it like this, with your own
# names, ids of teachers and year groups, and take “# ” away, its space as well:
# tutor_groups:
#   - id: acorn
#     name: Acorn Class
#     year_group: "{year}"
#     tutors:
#       - person: p-3f8q
#         from: 2026-09-03
# For a class sheet the class is a teaching group as well. So is a subject that another teacher takes, or a set:
# teaching_groups:
#   - id: acorn-lessons
#     name: Acorn Class
#     subject: most subjects
#     year_groups:
#       - "{year}"
#     teachers:
#       - person: p-3f8q
#         from: 2026-09-03
"""
_CONTACTS = {
    "senco": (SENCO, "SENDCo"),
    "principal": ("p-2pr1", "Campus Principal"),
    "regional_senco": ("p-3reg", "Regional SENDCo"),
    "dsl": ("p-4dsa", "Designated Safeguarding Lead"),
    "exams_officer": ("p-5exa", "Exams Officer"),
    "dpo": ("p-6dp0", "Data Protection Officer"),
}


def with_defaults(told: Answers) -> Answers:
    """What a campus is until it says otherwise."""
    first, last = told.first_year or "3", told.last_year or "13"
    return replace(
        told, name=told.name or _NO_NAME, setting=told.setting or "independent", first_year=first, last_year=last
    )


def school_of(told: Answers, on: date) -> School:
    """What the words of its documents depend on."""
    cycle = cycle_of(on, new=True)
    return School(
        setting=told.setting,
        first_year=told.first_year,
        last_year=told.last_year,
        begins=cycle.start,
        ends=cycle.end,
        reviewed=cycle.due,
    )


def first_records(told: Answers, school: School, on: date, registry: SchemaRegistry) -> Iterator[tuple[str, bytes]]:
    """Each record's path in the folder, and its text."""
    kinds = registry.kinds
    campus = dump(_campus_record(told, school), kinds["campus"])
    if not told.terms:
        campus = campus.replace(b"\nterms: []\n", _NO_TERMS)
    yield "records/campus.yml", campus + _groups(told)
    plan = starter_plan(told.name, SENCO, on, cycle_of(on, new=True), school.body)
    yield "records/accessibility-plan.yml", dump(plan, kinds[ACCESSIBILITY_PLAN])
    access = {"grants": _example_record("access")["grants"]}
    yield "records/access.yml", dump(access, kinds["access"])
    yield "records/access-tests.yml", dump(_example_record("access-tests"), kinds["access_tests"])
    for contact, (person, title) in _contacts(school).items():
        data = _person_record(contact, person, title, on, told.phone)
        if contact == "senco" and told.senco:
            data["name"] = {"full": told.senco, "known_as": told.senco_known_as or told.senco}
        if contact == "senco" and told.senco_email:
            data["sign_in"] = {"email": told.senco_email}
            data["staff"]["email"] = told.senco_email
        yield f"records/people/{person}.yml", dump(data, kinds["person"])


def _campus_record(told: Answers, school: School) -> dict[str, Any]:
    """Of the example only what is nobody's own: England's bank holidays, measures, and thresholds to choose from."""
    shipped = _example_record("campus")
    council = told.council or NO_COUNCIL
    duties = duty_year_groups(told.first_year, told.last_year)
    return {
        "id": "campus",
        "name": told.name,
        "setting": {
            "type": told.setting,
            "first_year": told.first_year,
            "last_year": told.last_year,
            "local_authority": council,
            "inspectorate": "unknown",
        },
        "office": {
            "address": told.address or f"{told.name} {NO_ADDRESS}",
            "phone": told.phone or "01632 960000",
            "email": told.email or "office@campus.example",
        },
        **outside_help("campus.example", council),
        "contacts": {contact: person for contact, (person, _) in _contacts(school).items()},
        "terms": [term.as_record() for term in told.terms],
        **{field: shipped[field] for field in ("bank_holidays", "measures", "house_rules") if field in shipped},
        "student_accounts": STARTING_ACCOUNTS,
        **({"duty_year_groups": duties} if duties else {}),
    }


def _groups(told: Answers) -> bytes:
    """How groups are written, with a year group that is taught; in a primary school they are classes."""
    years = YEAR_ORDER[YEAR_ORDER.index(told.first_year) : YEAR_ORDER.index(told.last_year) + 1]
    if YEAR_ORDER.index(told.last_year) <= YEAR_ORDER.index("6"):
        return _CLASSES.format(year=next((year for year in years if year.isdigit()), years[0])).encode()
    year = "7" if "7" in years else years[0]
    return _GROUPS.format(id=f"{year}a".lower(), name=f"{year}A", year=year).encode()


def _contacts(school: School) -> dict[str, tuple[str, str]]:
    """The people a campus has to name; an exams officer only where there are examinations."""
    return {role: one for role, one in _CONTACTS.items() if school.has_exams or role != "exams_officer"}


def _person_record(contact: str, person: str, title: str, on: date, phone: str) -> dict[str, Any]:
    return {
        "id": person,
        "name": name_to_come(title),
        "staff": {
            "job_title": title,
            "email": f"{contact}@campus.example",
            "phone": phone or "01632 960000",
            "duties": [{"id": contact.replace("_", "-"), "role": contact, "from": on.isoformat()}],
        },
    }


def _example_record(name: str) -> Mapping[str, Any]:
    path = f"records/{name}.yml"
    parsed = parse((example() / path).read_bytes(), path)
    if parsed.data is None:
        raise SendbookError(f"The shipped example's {path} can't be read; the installation is damaged.")
    return parsed.data
