"""What to do in an emergency stands first wherever somebody is with the student, with who to call for each reader."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.kinds.student.emergency import Called, who_to_ask
from sendbook.pages.reading import Reading, reading_of
from sendbook.pages.surroundings import surroundings_of
from sendbook.site.build.readings import reading_for
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.readers.facts import facts_of_reading
from tests.conftest import ON
from tests.documents.samples import pages_of, press, profile
from tests.kinds.saying import said
from tests.site.own_pages_kit import ASSISTANT, SENCO, TEACHER, own
from tests.site.small_student import CAMPUS, PARTS, PEOPLE, Outline, around, facts, pages, projected, records, templates

HOME = "/students/7Q4K/"
WATCH, STEP, WHERE = "He goes grey and sweats", "Give him the juice from his bag", "Front pocket of his bag"
STUDENT = "E4P7"
NURSE_NUMBER, GRANDMOTHER, HER_NUMBER = "01632 960188", "Ms Sinclair-Boyd", "07700 900367"
WATCHED, OFFICE_NUMBER = "Amara goes stiff and falls", "01632 960100"
BY_OFFICE = f"through the school office on {OFFICE_NUMBER}"
NOT_PRINTED = "sb-no-print"


def _without_emergency() -> dict[str, dict[str, Any]]:
    data = records()
    del data["student"]["emergency"]
    return data


@pytest.mark.parametrize("page", ["", "plan/"])
def test_it_stands_before_anything_else_on_the_page(page: str) -> None:
    content = pages(projected()).fragments[f"{HOME}{page}"].content
    box = content.index('<section class="sb-emergency" aria-labelledby="emergency">')
    assert box < content.index('class="sb-print"') < content.index("sb-section")
    text = Outline(content).text
    assert text.index(WATCH) < text.index(STEP) < text.index(WHERE) < text.index("Ms Assistant")


@pytest.mark.parametrize("page", ["overview", "plan"])
def test_the_box_says_what_to_watch_for_what_to_do_where_the_medicine_is_and_who_to_call(page: str) -> None:
    shown = said(f"{page}/emergency")
    assert (shown["watch_for"], shown["do"][0], shown["medicine"]) == (WATCH, STEP, WHERE)
    assert [(one.who, one.private) for one in shown["call"]] == [("Ms Assistant", False), ("Aaron's family", True)]
    assert said(f"{page}/emergency", _without_emergency()) is None


def test_it_stands_under_medical_in_the_record() -> None:
    text = Outline(pages(projected()).fragments[f"{HOME}record/"].content).text
    assert text.index("Healthcare plan") < text.index(WATCH)


def test_it_is_first_on_the_class_sheet_and_on_the_assistants_card() -> None:
    one = facts(projected())
    for reader, path in ((TEACHER, "/groups/8-en/"), (ASSISTANT, "/"), (SENCO, "/groups/8-en/")):
        text = Outline(own(reader, [one])[path].content).text
        assert text.index(WATCH) < text.index(WHERE) < text.index("Help line 1.")


def test_it_is_first_in_both_papers() -> None:
    from tests.documents.samples import plan

    for data in (plan(), profile()):
        text = pages_of(press().pdf(data))[0]
        assert text.index("In an emergency") < text.index(WATCH) < text.index(WHERE)
        assert text.index(WHERE) < text.index("How to help me" if "How to help me" in text else "Reads slowly.")


def test_a_profile_with_the_longest_emergency_text_is_one_page_and_loses_nothing_of_it() -> None:
    data = records()
    line = "word " * 58 + "ended"
    data["student"]["emergency"] = {
        "watch_for": "sign " * 118 + "ended",
        "do": [f"{line} {number}" for number in range(8)],
        "call": ["p-ass1", "p-sen1", "p-tut1", "p-tea1", "p-pri1", "p-mum1"],
        "medicine": line,
    }
    data["profile"]["help"] = [{"id": f"h{n}", "text": f"Help {n} {'word ' * 20}"} for n in range(12)]
    from sendbook.kinds.printed import printed_as

    made = printed_as("profile", reading_of(projected(data), around()))
    assert made is not None
    (page,) = pages_of(press().pdf(made))
    assert " ".join(page.split()).count("ended") == 10
    assert "There is more in the profile" in page


@pytest.mark.parametrize("parts", [PARTS, PARTS - {("student", "emergency")}], ids=["no text", "not granted"])
def test_a_student_without_an_emergency_text_shows_nothing(parts: frozenset[tuple[str, str]]) -> None:
    made = pages(projected(_without_emergency(), parts=parts))
    assert not [path for path, one in made.fragments.items() if "sb-emergency" in one.content]
    one = facts(projected(_without_emergency(), parts=parts))
    assert one["student"]["emergency"] is None
    assert "sb-emergency" not in own(TEACHER, [one])["/groups/8-en/"].content


def test_who_sees_the_emergency_and_no_plan_gets_no_page_that_is_called_a_plan() -> None:
    made = pages(
        projected(parts={("student", "name"), ("student", "emergency")}, data={"student": records()["student"]})
    )
    assert [path for path in made.fragments if path != f"{HOME}who-can-see/"] == [HOME, f"{HOME}record/"]
    assert WATCH in Outline(made.fragments[HOME].content).text


def test_everybody_is_given_the_same_answer_on_who_to_ask() -> None:
    """The record's page, the profile's page and the printed profile send people to one person."""
    data = records()
    data["profile"]["healthcare_plan"] = True
    made = pages(projected(data)).fragments
    answer = "Ms Assistant (Support Assistant)"
    assert answer in Outline(made[f"{HOME}record/"].content).text
    assert f"There is one. Ask {answer}" in Outline(made[HOME].content).text
    assert f"Ask {answer}" in " ".join(pages_of(press().pdf(profile({"healthcare_plan": True})))[0].split())


def test_who_may_not_see_whom_to_call_is_sent_to_the_senco() -> None:
    without = {name: data for name, data in records().items() if name != "student"}
    assert who_to_ask(reading_of(projected(without), around())) == "Mrs Senco (SENDCo)"


def test_a_colleague_who_has_left_is_not_called_from_the_day_after() -> None:
    left = [
        {**one, "staff": {**one["staff"], "left_on": "2026-11-20"}} if one["id"] == "p-ass1" else one for one in PEOPLE
    ]

    def call(today: str) -> list[str]:
        surroundings = surroundings_of(CAMPUS, left, term_start="2026-09-03", today=today)
        reading = reading_of(projected(), surroundings)
        return [one["who"] for one in facts_of_reading(reading, templates())["student"]["emergency"]["call"]]

    assert call("2026-11-20") == ["Ms Assistant", "Aaron's family"]
    assert call("2026-11-21") == ["Aaron's family"]


# The example's own student, as each reader gets her.


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    return CampusFolder(example(), registry).load().campus


Read = Callable[[str], Reading]


@pytest.fixture(scope="module")
def read(campus: Campus) -> Read:
    world = SharedCampus(campus.shared, ON, example())
    own_records = Campus(campus.of_student(STUDENT), campus.registry)

    def as_read_by(reader: str) -> Reading:
        found = reading_for(world, own_records, STUDENT, reader)
        assert found is not None
        return found

    return as_read_by


def _page(reading: Reading, path: str = "", *, left_out: str = "sb-print-only") -> str:
    """What a page says on screen; with `NOT_PRINTED` left out, what it says in a browser's print."""
    from sendbook.kinds.student_pages import pages_of_reading

    content = pages_of_reading(reading, templates(), {}).fragments[f"/students/{STUDENT}/{path}"].content
    return Outline(
        re.sub(rf'<(span|dl) class="(?:sb-summary )?{left_out}">.*?</\1>', "", content, flags=re.DOTALL)
    ).text


@pytest.mark.parametrize(
    ("reader", "says", "never"),
    [
        ("p-w1za", f"Amara's family, {BY_OFFICE}", (GRANDMOTHER, HER_NUMBER)),
        ("p-fr5d", f"Amara's family, {BY_OFFICE}", (GRANDMOTHER, HER_NUMBER)),
        ("p-trw7", f"{GRANDMOTHER} (grandparent), {HER_NUMBER}, or {BY_OFFICE}", (f"(grandparent), {BY_OFFICE}",)),
        ("p-gba7", f"{GRANDMOTHER} (grandparent), {HER_NUMBER}, or {BY_OFFICE}", (f"(grandparent), {BY_OFFICE}",)),
        ("p-vbys", f"{GRANDMOTHER}, {HER_NUMBER}, or {BY_OFFICE}", (f"{GRANDMOTHER}, {BY_OFFICE}",)),
    ],
    ids=["assistant", "teacher", "safeguarding lead", "SENDCo", "grandmother"],
)
def test_a_relative_is_called_as_far_as_the_reader_may_know_them(
    read: Read, reader: str, says: str, never: tuple[str, ...]
) -> None:
    text = " ".join(_page(read(reader)).split())
    assert f"Ms Tregear (School nurse), {NURSE_NUMBER}" in text
    assert says in text
    for words in never:
        assert words not in text[: text.index("How to help")]


@pytest.mark.parametrize("path", ["", "record/"])
@pytest.mark.parametrize(
    ("reader", "called"),
    [
        ("p-w1za", f"Amara's family, {BY_OFFICE}"),
        ("p-trw7", f"{GRANDMOTHER} (grandparent), {BY_OFFICE}"),
        ("p-gba7", f"{GRANDMOTHER} (grandparent), {BY_OFFICE}"),
        ("p-vbys", f"{GRANDMOTHER}, {BY_OFFICE}"),
    ],
    ids=["assistant", "safeguarding lead", "SENDCo", "grandmother"],
)
def test_a_page_printed_from_the_browser_says_who_to_ring_and_never_a_familys_number(
    read: Read, reader: str, called: str, path: str
) -> None:
    text = _page(read(reader), path, left_out=NOT_PRINTED)
    box = text[text.index(WATCHED) :]
    assert called in box
    assert f"Ms Tregear (School nurse), {NURSE_NUMBER}" in box
    assert HER_NUMBER not in box


def test_somebody_of_the_household_is_called_through_the_office_on_paper_as_well() -> None:
    """At home nobody needs the number of who lives there; who is handed their paper does."""
    mother = Called(who="Ms Boyd", what="mother", private=True, office=OFFICE_NUMBER, at_home=True)
    assert mother.in_a_line.replace("\N{NO-BREAK SPACE}", " ") == f"Ms Boyd (mother), {BY_OFFICE}"
    box = templates().render("sections/emergency.html", {"watch_for": "", "do": [], "medicine": "", "call": [mother]})
    assert '</b> (mother)<span class="sb-print-only">, through the school office on ' in box


@pytest.mark.parametrize("reader", ["p-trw7", "p-gba7", "p-vbys"])
def test_a_familys_number_is_on_no_paper_and_no_class_sheet(read: Read, reader: str) -> None:
    from sendbook.kinds.printed import printed_as

    reading = read(reader)
    papers = [
        printed_as("plan", reading),
        printed_as("profile", reading),
        repr(facts_of_reading(reading, templates())).encode(),
    ]
    for paper in papers:
        assert paper is not None
        assert b"960102" in paper
        assert b"900367" not in paper


@pytest.mark.parametrize("reader", ["p-trw7", "p-gba7", "p-vbys"])
def test_in_the_place_of_a_familys_number_paper_has_the_school_offices(read: Read, reader: str) -> None:
    from sendbook.kinds.printed import printed_as

    reading = read(reader)
    paper = (printed_as("plan", reading) or b"").decode().replace("\N{NO-BREAK SPACE}", " ")
    relation = reading.relation("p-vbys")
    who = f"{GRANDMOTHER} ({relation})" if relation else GRANDMOTHER
    assert f"{who}, {BY_OFFICE}" in paper
    called = facts_of_reading(reading, templates())["student"]["emergency"]["call"]
    assert [(one["phone"], one["office"]) for one in called if one["who"] == GRANDMOTHER] == [("", OFFICE_NUMBER)]


def _with_two_households(campus: Campus) -> Campus:
    """The student with a father in another household, who is to be called as well."""

    def changed(record: Record) -> Record:
        if record.id != f"students/{STUDENT}/student":
            return record
        one = record.data["family"][0]
        father = {**one, "id": "father", "person": "p-1ge7", "relation": "father", "household": "b"}
        emergency = {**record.data["emergency"], "call": ["p-4nvr", "p-vbys", "p-1ge7"]}
        data = {**record.data, "family": [one, father], "emergency": emergency}
        return replace(record, data=data, digest=f"{record.digest}2")

    return Campus([changed(record) for record in campus.of_student(STUDENT)], campus.registry)


def test_the_other_household_is_neither_named_nor_its_number_given(campus: Campus) -> None:
    world, both = SharedCampus(campus.shared, ON, example()), _with_two_households(campus)
    numbers = {one: str(campus.records[f"people/{one}"].data["family"]["phone"]) for one in ("p-vbys", "p-1ge7")}
    for reader, other in (("p-vbys", "p-1ge7"), ("p-1ge7", "p-vbys")):
        reading = reading_for(world, both, STUDENT, reader)
        assert reading is not None
        assert numbers[reader] in _page(reading)
        text = _page(reading, left_out="nothing")
        assert numbers[other] not in text
        assert campus.records[f"people/{other}"].data["name"]["known_as"] not in text
        assert "Another member of the family" not in text, "nor that there is anybody else to call"


def test_no_duty_gives_a_parent_the_other_households_number(campus: Campus) -> None:
    """The safeguarding lead reads every family's number, but not of a student whose grandmother she is."""
    both = _with_two_households(campus)
    header = both.records[f"students/{STUDENT}/student"]
    family = [{**header.data["family"][0], "person": "p-trw7"}, header.data["family"][1]]
    emergency = {**header.data["emergency"], "call": ["p-4nvr", "p-1ge7"]}
    data = {**header.data, "family": family, "emergency": emergency}
    own_records = both.with_records([replace(header, data=data, digest="3")])
    lead = campus.records["people/p-trw7"]
    lead = replace(lead, data={**lead.data, "family": {"phone": "07700 900001"}}, digest="4")
    world = SharedCampus(campus.with_records([lead]).shared, ON, example())
    reading = reading_for(world, own_records, STUDENT, "p-trw7")
    assert reading is not None
    assert reading.manner == "family"
    text = _page(reading, left_out="nothing")
    assert str(campus.records["people/p-1ge7"].data["family"]["phone"]) not in text
    assert "through the school office" not in text
