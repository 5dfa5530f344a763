"""One to five students counted on a public page are found; ratios, limits, labels and other schools' pupils are not."""

from __future__ import annotations

import pytest

from sendbook.checks.rules.small_numbers import RULES
from tests.checks.counted_sentences import COUNTED, NOT_COUNTED
from tests.checks.document_kit import asked, case_of, document, found_in


def test_the_table_of_sentences_is_long_enough() -> None:
    assert len(COUNTED) >= 40
    assert len(NOT_COUNTED) >= 60


@pytest.mark.parametrize("sentence", COUNTED)
def test_a_small_number_of_students_is_found(sentence: str) -> None:
    assert found_in("DOC-22", sentence) != []


@pytest.mark.parametrize("sentence", NOT_COUNTED)
def test_a_number_that_counts_nobody_here_is_left_alone(sentence: str) -> None:
    assert found_in("DOC-22", sentence) == []
    assert asked("DOC-06", case_of(document(sentence, kind="send_information_report"))) == []


@pytest.mark.parametrize(
    ("sentence", "code"),
    [
        ("We have five autistic pupils.", "DOC-22"),
        ("We have six autistic pupils.", "DOC-06"),
        ("We have 1 autistic pupil.", "DOC-22"),
        ("We have no autistic pupils.", ""),
        ("We have 200 pupils on roll.", "DOC-06"),
        ("12% of our pupils have a plan.", "DOC-06"),
        ("4% of pupils nationally have a plan.", ""),
        ("Room 12, students may rest.", ""),
        ("One in five of our pupils has a plan.", "DOC-06"),
        ("One in five pupils has a plan.", ""),
    ],
)
def test_five_are_few_and_six_are_a_count_like_any_other(sentence: str, code: str) -> None:
    """One place is one finding: a small number is not also a count typed by hand."""
    page = case_of(document(sentence, kind="send_information_report"))
    assert [one for one in ("DOC-06", "DOC-22") if asked(one, page)] == ([code] if code else [])


def test_a_number_over_two_lines_and_in_bold_has_its_place() -> None:
    (spot,) = asked("DOC-22", case_of(document("Some text. We have **three**\n*deaf* pupils.")))
    assert (spot.line, spot.column, spot.found) == (11, 22, "three deaf pupils")


def test_the_title_and_the_summary_are_looked_at() -> None:
    (spot,) = asked("DOC-22", case_of(document("Text.", title="Our two deaf children")))
    assert spot.pointer == "/title"


def test_a_page_that_the_public_never_gets_may_say_how_many() -> None:
    """Staff plan for real numbers; what staff alone read is not published."""
    page = case_of(document("Three pupils use a frame.", kind="send_information_report"))
    assert asked("DOC-22", page) != []
    staff = case_of(document("Text."))
    inner = type(staff)(campus=staff.campus, documents={}, on=staff.on, pages=(document("Three pupils use a frame."),))
    assert asked("DOC-22", inner) == []


def table(*rows: str, before: str = "") -> str:
    head, *rest = rows
    dashes = " | ".join("---" for _ in head.split("|"))
    return f"{before}\n\n" + "\n".join(f"| {row} |" for row in (head, dashes, *rest)) + "\n"


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (table("Year group|Pupils", "7|12", "8|4"), ["4"]),
        (table("Need|Number of pupils with SEND", "Autism|12", "Deaf|1"), ["1"]),
        (table("Need|How many", "Autism|12", "Deaf|**2**", before="How many pupils have which need:"), ["2"]),
        (table("Need|2025/26|2026/27", "Autism|5|7", before="## Numbers of students by need"), ["5"]),
        (table("What|Now", "Pupils with an EHC plan|3", "Meetings held|4"), ["3"]),
        (table("Need|Who", "Deaf|3 pupils", "Autism|12 pupils"), ["3 pupils"]),
        (table("Need|Who", "Deaf|our only wheelchair user"), ["our only wheelchair user"]),
        (table("Need|Pupils", "Autism|12", "Deaf|c", "Total|15"), ["c"]),
        (table("Need|Pupils", "Autism|12", "Deaf|fewer than 6", "Total|16"), ["fewer than 6"]),
        (table("Year|Boys|Girls|All", "7|12|<6|16"), ["<6"]),
        (table("Area of need|SEN support|EHC plan|Total", "Communication|12|c|15", "Cognition|9|c|12"), ["c", "c"]),
        (table("Area of need|SEN support|EHC plan", "Communication|12|3"), ["3"]),
    ],
)
def test_a_cell_that_counts_a_few_students_is_found(page: str, found: list[str]) -> None:
    assert found_in("DOC-23", page) == found


@pytest.mark.parametrize(
    "page",
    [
        table("Year group|Pupils", "7|12", "8|6"),
        table("Year group|Pupils", "7|12", "8|fewer than 6", "9|c", "Total|20"),
        table("Year group|Pupils", "7|12", "8|\u2013", "Total|12"),
        table("Help|Pupils in a group|Adults", "Reading|4|1"),
        table("Help|Group size|Sessions", "Reading with pupils|4|3"),
        table("Help|Pupils per adult", "Trips|4"),
        table("Help|Most pupils at a time", "Quiet room|3"),
        table("Step|What pupils do", "1|Read", "2|Write"),
        table("Year group|Pupils' clubs", "3|5"),
        table("Club|Years|Pupils' lessons a week", "Art|3|2"),
        table("Item|Cost", "Desk for pupils|£3", "Total|£3"),
        table("Room|For", "3|Pupils who read", "4|Year 3 pupils"),
        table("Need|Pupils", "Autism|15", "Deaf|c", "Total|20", before="We round all numbers to the next five."),
        table("Nationally|Share of pupils", "EHC plan|5%", "SEN support|14%"),
        table("What|Weeks", "Students who are new|3"),
        table("Who|Number", "SENDCo|1", "Teaching assistants|4", before="## Staff who work with pupils with SEN"),
        table("Help|Autumn", "Reading|3", before="How many hours of help pupils get:"),
        table("Step|What pupils do", "One|3"),
        table("Desks for pupils|Number", "Sloping|4"),
        table("What you get|SEN support|EHC plan", "Reviews|3|4", "Talks with us|2|2"),
    ],
)
def test_a_cell_that_counts_nobody_or_is_hidden_well_is_left_alone(page: str) -> None:
    assert found_in("DOC-23", page) == []


def test_both_rules_cite_what_makes_a_person_identifiable() -> None:
    assert {rule.source for rule in RULES} == {"UK GDPR Art 4(1), recital 26"}
    assert all(rule.law for rule in RULES)
