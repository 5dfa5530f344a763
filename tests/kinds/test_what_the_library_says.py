"""What the provision library says of each kind of help: what it is, what it costs, and who is in its groups."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.kinds.intervention.library_pages import PROVISION_LIBRARY, library_pages_of
from sendbook.pages.campus_page import CampusReading, Making, NamedStudent
from tests.kinds.saying import Handed
from tests.site.own_pages_kit import ON
from tests.site.small_student import LIBRARY, around, templates

ENTRY: dict[str, Any] = LIBRARY[0]
GROUP = ENTRY["groups"][0]
MEMBERS = [{"student": "7Q4K", "from": "2026-09-07"}, {"student": "8ZZ1", "from": "2026-09-07"}]


def page(**changed: Any) -> dict[str, Any]:
    """What the page of the one entry is handed, for a reader who may see both of its students."""
    handed = Handed()
    library_pages_of([{**ENTRY, **changed}], {"7Q4K": "Aaron", "8ZZ1": "aya"}, around(), handed)
    (values,) = handed.to("own/intervention.html")
    return values


def facts(**changed: Any) -> dict[str, str]:
    return dict(page(**changed)["said"])


def test_an_entry_says_what_it_is_and_how_much_of_it_there_is() -> None:
    shown = page(session="Ten minutes each.", training="Half a day.")
    assert (shown["name"], shown["plain"], shown["retired"]) == ("Paired reading", "You read with an adult.", False)
    assert shown["about"] == "What it is"
    assert shown["prose"] == [
        ("In more detail", "Reading aloud together."),
        ("Who it helps", "Slow readers."),
        ("A session", "Ten minutes each."),
        ("Training needed", "Half a day."),
    ]
    assert shown["said"] == [
        ("Usual amount", "3 sessions of 20 minutes a week, for 12 weeks"),
        ("Kind of support", "One to one \N{MIDDLE DOT} Targeted"),
        ("Measured by", "Words read correctly in a minute"),
        ("Evidence", "Moderate evidence"),
        ("Source", "A toolkit"),
    ]


@pytest.mark.parametrize(
    ("changed", "label", "words"),
    [
        ({"dose": {"sessions_per_week": 3, "minutes": 20}}, "Usual amount", "3 sessions of 20 minutes a week"),
        ({"dose": {**ENTRY["dose"], "largest_group": 1}}, "Largest group", "1 student"),
        ({"dose": {**ENTRY["dose"], "largest_group": 2}}, "Largest group", "2 students"),
        ({"first_year": "3", "last_year": "8"}, "For", "Year 3 to Year 8"),
        ({"evidence": {**ENTRY["evidence"], "note": "Two trials"}}, "Evidence", "Moderate evidence. Two trials"),
        ({"reviewed_on": "2026-07-02"}, "Last reviewed", "2 July 2026"),
        ({"costs": {"licence_gbp": 1200}}, "Licence a year", "£1,200"),
        ({"costs": {"resources_gbp": 80}}, "Materials a year", "£80"),
    ],
)
def test_each_fact_of_an_entry(changed: dict[str, Any], label: str, words: str) -> None:
    assert facts(**changed)[label] == words


@pytest.mark.parametrize("changed", [{"first_year": "3"}, {"last_year": "8"}])
def test_half_a_span_of_years_says_nothing(changed: dict[str, Any]) -> None:
    assert "For" not in facts(**changed)


def test_a_measure_that_nobody_knows_is_not_named() -> None:
    assert "Measured by" not in facts(measures=["gone"])
    assert facts(measures=["gone", "wpm"])["Measured by"] == "Words read correctly in a minute"


def test_what_is_no_longer_used_says_why_and_what_it_rested_on() -> None:
    shown = page(status="retired", costs={"licence_gbp": 1200})
    assert (shown["retired"], shown["about"]) == (True, "Why we stopped")
    assert shown["prose"] == [("", "Reading aloud together.")]
    assert [label for label, _ in shown["said"]] == ["Evidence", "Source"]


@pytest.mark.parametrize(
    ("days", "listed"),
    [
        ({"from": "2026-09-07"}, ["aya"]),
        ({"from": "2025-09-07", "until": "2026-09-02"}, []),
    ],
    ids=["goes on", "ended before the term"],
)
def test_a_group_lists_its_members_of_this_term(days: dict[str, str], listed: list[str]) -> None:
    members = [MEMBERS[0], {**MEMBERS[1], **days}]
    (group,) = page(groups=[{**GROUP, "members": members, "place": "Room 4"}])["groups"]
    assert [name for _, name in group["members"]] == ["Aaron", *listed]
    assert (group["name"], group["led_by"], group["when"], group["place"]) == (
        "Tuesday readers",
        "Ms Assistant",
        "Tuesdays",
        "Room 4",
    )


def test_a_group_that_has_ended_is_not_running() -> None:
    assert page(groups=[{**GROUP, "from": "2025-09-07", "until": "2026-09-02"}])["groups"] == []
    assert page(groups=[])["groups"] == []


def test_the_list_has_what_is_used_by_area_and_name_and_what_is_not_at_the_end() -> None:
    def entry(identity: str, name: str, **changed: Any) -> dict[str, Any]:
        return {**ENTRY, "id": identity, "name": name, **changed}

    library = [
        entry("old", "A thing of the past", status="retired"),
        entry("z", "zones", area="social_emotional_and_mental_health"),
        entry("b", "Beats", status="trial"),
        entry("a", "apples"),
        {"id": "hidden", "status": "in_use"},
    ]
    handed = Handed()
    made = library_pages_of(library, {}, around(), handed, "Kinds of extra help")
    (shown,) = handed.to("own/library.html")
    assert shown["title"] == "Kinds of extra help"
    assert [(name, [(one[0], one[1], one[3]) for one in entries]) for _, name, entries in shown["areas"]] == [
        ("Cognition and learning", [("a", "apples", None), ("b", "Beats", "On trial")]),
        ("Social, emotional and mental health", [("z", "zones", None)]),
        ("No longer used", [("old", "A thing of the past", None)]),
    ]
    assert set(made) == {"/interventions/", *(f"/interventions/{one}/" for one in ("old", "z", "b", "a"))}


@pytest.mark.parametrize(("is_staff", "called"), [(True, "Provision library"), (False, "Kinds of extra help")])
def test_a_reader_is_told_of_the_members_whom_they_may_see_and_who_have_not_left(is_staff: bool, called: str) -> None:
    entry = {**ENTRY, "groups": [{**GROUP, "members": [*MEMBERS, {"student": "9XX2", "from": "2026-09-07"}]}]}
    named = {
        "7Q4K": NamedStudent(name="Aaron", full_name="Aaron Small"),
        "8ZZ1": NamedStudent(name="Aya", full_name="Aya Gone", has_left=True),
        "5AAA": NamedStudent(name="Other", full_name="In no group"),
    }
    record = Record(id="interventions/a", kind="intervention", student=None, path="a.yml", digest="", data=entry)
    seen = CampusReading(
        around=around(), on=ON, manner="staff" if is_staff else "family", records=(record,), named=named
    )
    showing = PROVISION_LIBRARY.show(seen)
    assert showing is not None
    assert showing.made_of == [[entry], {"7Q4K": "Aaron"}, called, {}]


def test_an_entry_says_in_whose_records_it_is_to_those_who_see_them() -> None:
    place = "/students/7Q4K/plan/#provision-paired"
    record = Record(id="interventions/a", kind="intervention", student=None, path="a.yml", digest="", data=ENTRY)
    other = replace(record, id="interventions/b", data={**ENTRY, "id": "b", "name": "Another"})
    seen = CampusReading(
        around=around(), on=ON, manner="staff", records=(record, other), leading={record.id: ((place, "Aaron <b>"),)}
    )
    showing = PROVISION_LIBRARY.show(seen)
    assert showing is not None
    made = showing.pages(Making(templates=templates()))
    mine, others = (made[f"/interventions/{one}/"] for one in (ENTRY["id"], "b"))
    assert mine is not None
    assert others is not None
    assert f'<li><a href="{place}">Aaron &lt;b&gt;</a></li>' in str(mine.content).partition('id="in-records-of"')[2]
    assert "In the records of" in str(mine.contents)
    assert "in-records-of" not in str(others.content)
    assert "In the records of" not in str(others.contents)


def test_who_is_in_a_record_of_another_kind_is_not_listed_on_an_entry_of_the_same_id() -> None:
    """A club's id may be that of a kind of help; who goes to the club is the club's own affair."""
    entry = Record(id="interventions/a", kind="intervention", student=None, path="a.yml", digest="", data=ENTRY)
    club = replace(entry, id="clubs/a", kind="club")
    helped, member = ("/students/7Q4K/plan/", "Aaron"), ("/students/8ZZ1/clubs/", "Aya")
    for records in ((entry, club), (club, entry)):
        seen = CampusReading(
            around=around(),
            on=ON,
            manner="staff",
            records=records,
            leading={"interventions/a": (helped,), "clubs/a": (member,)},
        )
        showing = PROVISION_LIBRARY.show(seen)
        assert showing is not None
        assert list(showing.made_of)[-1] == {ENTRY["id"]: (helped,)}
        page = showing.pages(Making(templates=templates()))[f"/interventions/{ENTRY['id']}/"]
        assert page is not None
        assert "Aaron" in str(page.content)
        assert "Aya" not in str(page.content)
