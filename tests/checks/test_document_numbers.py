"""Totals and percentages that contradict their numbers are found; what can't be added up or compared is left alone."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.checks.document_kit import asked, case_of, document, found_in
from tests.checks.test_small_numbers import table

WRONG_TOTALS = [
    (table("Year|Meetings", "7|12", "8|14", "Total|27"), ["27"]),
    (table("Need|Plans", "Reading|12", "Talking|c", "Total|30"), ["30"]),
    (table("Need|Plans", "Reading|12", "Talking|fewer than 6", "Total|11"), ["11"]),
    (table("Need|Plans", "Reading|12", "Talking|fewer than 6", "Total|18"), ["18"]),
    (table("Item|Cost", "Ramp|£1,200", "Lift|£13,400.50", "**Total**|**£14,500.50**"), ["£14,500.50"]),
    (table("Help|Hours", "Reading|2.5", "Talking|3", "Sum|6"), ["6"]),
    (table("Help|Time", "Reading|2 hours", "Talking|3 hours", "All|6 hours"), ["6 hours"]),
    (table("Year|Boys|Girls|All", "7|16|16|33", "8|7|7|14"), ["33"]),
    (table("Year|Boys|Girls|Total", "7|16|16|32", "8|7|7|14", "Total|23|23|47"), ["47", "47"]),
    (table("Subject|Autumn|Spring|Overall", "Maths|1,200|1,300|2,600"), ["2,600"]),
    (table("What|Visits", "Total|30", "Nurse|12", "Therapist|17"), ["30"]),
    (table("Item|£", "A|£10", "B|£20", "Subtotal|£30", "C|£5", "D|£5", "Subtotal|£10", "Grand total|£45"), ["£45"]),
    (table("Group|Plans", "Year 7|12", "Year 8|14", "All pupils|27"), ["27"]),
    (table("Kind|%", "Reading|40%", "Talking|35%", "Moving|20%", "Total|100%"), ["100%"]),
    (table("Kind|Cost", "Desks|£1 200", "Ramps|£800", "Total cost|£2 100"), ["£2 100"]),
]
GOOD_TABLES = [
    table("Year|Meetings", "7|12", "8|14", "Total|26"),
    table("Need|Plans", "Reading|12", "Talking|c", "Total|15"),
    table("Need|Plans", "Reading|12", "Talking|\u2013", "Hearing|<6", "Total|20"),
    table("Need|Plans", "Reading|12", "Talking|fewer than 6", "Total|17"),
    table("Year|Average words", "7|12", "8|14", "All|13"),
    table("Group|Attendance", "SEN|93%", "No SEN|96%", "All|95%"),
    table("Group|Attended", "SEN|93%", "No SEN|96%", "All|95%"),
    table("Help|Sessions|Minutes each|Total", "Reading|8|50|400"),
    table("Help|Sessions|Minutes|Total", "Reading|8|50|400"),
    table("Help|Price of one|Number|Total", "Desk|£20|4|£80"),
    table("Who|Year group|Age|Phone", "Kit|7|11|01632 960001", "Total|3|4|-"),
    table("Item|£", "A|£10", "B|£20", "Subtotal|£30", "C|£5", "D|£5", "Subtotal|£10", "Grand total|£40"),
    table("Group|Pupils", "SEN support|20", "EHC plan|6", "All pupils|200"),
    table("Group|Pupils", "SEN support|20", "EHC plan|6", "Total on roll|200"),
    table("Group|Pupils", "SEN|26", "of whom autistic|10", "Others|100", "Total|126"),
    table("Help|%", "Reading|33%", "Talking|33%", "Moving|33%", "Total|100%"),
    table("Item|Cost", 'Lift|{{ figure("roll") }}', "Ramp|3", "Total|10"),
    table("Event|Year", "Opened|1998", "Moved|2004", "Total|2010"),
    table("Item|Hours", "Reading|1", "Talking|", "Total|4"),
    table("Group|Pupils", "Year 7|20", "Year 8|15", "Total|40", before="Numbers are rounded to the nearest five."),
    table("Paragraph|Page", "1|3", "2|5", "Total|12"),
    table("Subject|Rating out of 5", "Maths|4", "Art|5", "Overall|4.5"),
    table("Subject|Mean answer", "Maths|4", "Art|5", "Overall|4.5"),
    table("Subject|Answer", "Maths|4", "Art|5", "Overall|4.5"),
    table("Help|Hours|Sessions", "Reading|2 hours|3", "Talking|30 minutes|2", "Total|150 minutes|5"),
    table("Year|Visits|Target|Total", "7|12|14|26"),
]
WRONG_SHARES = [
    (table("Help|Asked|Helped|%", "Maths|40|12|30%", "English|40|14|36%"), ["36%"]),
    (table("Help|Helped|Of|Share", "Maths|12|40|35%"), ["35%"]),
    (table("Kind|Plans|%", "Reading|10|25%", "Talking|20|50%", "Moving|10|20%", "Total|40|100%"), ["20%"]),
    (table("Kind|Plans|%", "Reading|10|25%", "Talking|30|85%", "Total|40|100%"), ["85%"]),
    (table("Kind|Share of pupils", "Reading|40%", "Talking|35%", "Moving|20%"), ["20%"]),
    (
        table("Help|Meetings held|Out of|Per cent", "Autumn|9|12|75 per cent", "Spring|6|12|45 per cent"),
        ["45 per cent"],
    ),
]
GOOD_SHARES = [
    table("Kind|Plans|%", "Reading|10|25%", "Talking|20|50%", "Moving|10|25%", "Total|40|100%"),
    table("Kind|Plans|% of school", "Reading|10|5%", "Talking|20|10%", "Total|30|15%"),
    table("Help|Asked|Helped|%", "Maths|40|12|30%", "English|40|13|32%"),
    table("Help|Asked|Helped|%", "Maths|40|12|30%", "English|40|13|33%"),
    table("Help|Asked|Helped|National %", "Maths|40|12|45%", "English|40|13|44%"),
    table("Help|Share", "Reading|33%", "Talking|33%", "Moving|33%"),
    table("Kind|%", "Reading|45%", "Talking|35%", "Moving|60%"),
    table("Kind|Share of pupils", "Reading|60%", "Talking|35%", before="Pupils may have more than one need."),
    table("Year|Target|Result", "2025|80%|75%", "2026|80%|82%"),
    table("Statement|% of pupils", "I feel safe|48%", "I like school|50%", "I have friends|7%"),
    table("Statement|% of pupils who agree", "Safe|48%", "Happy|40%", "Heard|8%"),
]
WRONG_SENTENCES = [
    "12 of 40 meetings (35%) were held.",
    "12 out of 40 (35%) came.",
    "12 of the 40 parents, or 35%, came.",
    "35% of parents (12 of 40) came.",
    "Twelve of 40 parents (35 per cent) came.",
    "We met 12/40 (35%).",
    "10 of our 40 parents (a third) came.",
    "30 of 40, that is 70%, came.",
    "About 50% (12 of 40) came.",
    "12 in 40 families (3%) came.",
    "1,200 of 4,000 books (35%) are in large print.",
]
GOOD_SENTENCES = [
    "12 of 40 meetings (30%) were held.",
    "12 of the 40 parents, or 30%, came.",
    "30% of parents (12 of 40) came.",
    "12 of 40 parents, 35% more than last year, came.",
    "13 of 40 parents (about a third) came.",
    "13 of 40 (33%) and 13 of 40 (32%) came.",
    "12 of 40 parents came (last year 28%).",
    "In 2025 12 of 40 parents came and 35% in 2026.",
    "19 of 40 (nearly half) came.",
    "9 of 10 said yes; 80% in 2025.",
    "12 of 40 parents came, and 35% of staff.",
    "1 of 3 rooms (33.3%) is quiet.",
    "3 of 5 terms, 20% of which are short.",
    "Act 2010 of 2014 (35%)",
]


@pytest.mark.parametrize(("page", "found"), WRONG_TOTALS)
def test_a_total_that_is_not_the_sum_of_its_parts_is_found(page: str, found: list[str]) -> None:
    assert found_in("DOC-20", page) == found


@pytest.mark.parametrize("page", [*GOOD_TABLES, *GOOD_SHARES])
def test_a_total_that_some_sensible_sum_gives_is_left_alone(page: str) -> None:
    assert found_in("DOC-20", page) == []


@pytest.mark.parametrize(("page", "found"), WRONG_SHARES)
def test_a_percentage_that_is_not_that_of_its_row_is_found(page: str, found: list[str]) -> None:
    assert found_in("DOC-21", page) == found


@pytest.mark.parametrize("page", [*GOOD_SHARES, *GOOD_TABLES])
def test_a_percentage_of_something_else_is_left_alone(page: str) -> None:
    assert found_in("DOC-21", page) == []


@pytest.mark.parametrize("sentence", WRONG_SENTENCES)
def test_a_percentage_that_contradicts_its_sentence_is_found(sentence: str) -> None:
    assert len(found_in("DOC-21", sentence)) == 1


@pytest.mark.parametrize("sentence", GOOD_SENTENCES)
def test_a_percentage_that_fits_its_sentence_is_left_alone(sentence: str) -> None:
    assert found_in("DOC-21", sentence) == []


@pytest.mark.parametrize(("total", "found"), [("26", []), ("25", ["25"]), ("27", ["27"])])
def test_a_total_is_right_to_the_last_pupil(total: str, found: list[str]) -> None:
    assert found_in("DOC-20", table("Year|Meetings", "7|12", "8|14", f"Total|{total}")) == found


@pytest.mark.parametrize(
    ("share", "found"), [("32%", []), ("33%", []), ("32.5%", []), ("32.4%", ["32.4%"]), ("34%", ["34%"])]
)
def test_a_percentage_may_be_rounded_either_way(share: str, found: list[str]) -> None:
    assert found_in("DOC-21", table("Help|Helped|Out of|%", f"Maths|13|40|{share}")) == found


def test_a_wrong_total_has_its_place_and_says_what_it_would_be() -> None:
    (spot,) = asked("DOC-20", case_of(document(table("Item|Cost", "Ramp|£1,200", "Lift|£800", "Total|£2,100"))))
    assert (spot.line, spot.column) == (17, 9)
    assert "2,000" in spot.hint


def test_what_the_numbers_make_is_told_on_a_terminal_and_in_no_log() -> None:
    """A page may be for staff alone, and a number of pupils that follows from its numbers is one of them."""
    pages = [
        table("Help|Pupils", "Reading|4", "Talking|3", "Total|9"),
        table("Help|Helped|Out of|%", "Maths|13|40|50%"),
        "Parents came to 12 of 40 meetings (35%).",
    ]
    spots = [spot for text in pages for code in ("DOC-20", "DOC-21") for spot in asked(code, case_of(document(text)))]
    assert [spot.hint for spot in spots] == ["They add up to 7.", "They make 32.5%.", "They make 30%."]
    assert not [spot for spot in spots if any(map(str.isdigit, spot.message + spot.remedy))]


_CELLS = st.sampled_from(
    ["", "12", "3", "c", "<6", "100%", "40%", "Total", "All", "£1,200", "Year 7", "two pupils", "|", "**5**"]
)
_PAGES = st.lists(st.lists(_CELLS, max_size=5), min_size=1, max_size=6)


@given(rows=_PAGES, head=st.lists(st.sampled_from(["", "Pupils", "Total", "%", "Of", "Share"]), min_size=1, max_size=5))
def test_no_table_however_odd_stops_the_check(rows: list[list[str]], head: list[str]) -> None:
    lines = [f"| {' | '.join(head)} |", "|" + " --- |" * len(head), *(f"| {' | '.join(row)} |" for row in rows)]
    body = "\n".join(lines)
    for code in ("DOC-20", "DOC-21", "DOC-23"):
        assert all(found for found in found_in(code, body))


@pytest.mark.parametrize(("code", "found"), [("DOC-06", 0), ("DOC-20", 0), ("DOC-21", 1), ("DOC-22", 0), ("DOC-23", 0)])
def test_a_row_of_digits_that_nothing_can_count_with_stops_no_check(code: str, found: int) -> None:
    """The sentence, whose two numbers are the same, is found as one of other numbers would be; the cells are words."""
    digits = "9" * 400
    sentence = f"We have {digits} of {digits} pupils (50%)."
    cells = table(
        "Help|Pupils|Of|%", f"Reading|{digits}|{digits}|50%", f"Talking|{digits}|1|2%", f"Total|{digits}|2|3%"
    )
    assert len(found_in(code, f"{sentence}\n\n{cells}")) == found


def test_a_row_of_one_mark_is_no_row() -> None:
    page = "| Help | Asked | % |\n| --- | --- | --- |\n|\n| Reading | 3 | 30% |\n| Total | 10 | 100% |\n"
    assert found_in("DOC-21", page) == []
