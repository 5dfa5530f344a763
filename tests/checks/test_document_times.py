"""A past year that is called current, or still to come, is found; history, laws and this year are left alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from sendbook.checks.documents import REPORT, DocumentCase
from tests.checks.document_kit import ON, asked, case_of, document

STALE = [
    "In 2023/24 we offer four groups.",
    "In 2023/24 we are training all staff.",
    "This year (2022) we train all staff.",
    "This year 2022 the themes are reading and calm starts.",
    "This school year, 2024/25, we look at maths.",
    "By July 2024 every door will have a ramp.",
    "Every teacher will be trained by July 2024.",
    "We will open a quiet room in 2025.",
    "From September 2025 we will teach in two buildings.",
    "We plan to buy tablets in spring 2026.",
    "The plan runs from April 2021 to March 2024.",
    "Our priorities for 2023/24 are reading and calm.",
    "For 2024/25 our training is about autism.",
    "Next review: July 2025",
    "Last reviewed: September 2022",
    "Approved by the governors: 12 March 2021",
    "As of September 2023 we have two learning mentors.",
    "We currently (2023) have two learning mentors.",
    "The next plan is ready before April 2024.",
    "Training in 2024/25 covers autism.",
    "All staff are trained in 2023/24.",
    "Next year, 2025, we will look at maths.",
    "Ramps to every door by July 2024.",
    "The lift will be ready in July 2026.",
    "During the school year 2025/26 our themes are reading and number.",
    "The building work is due in summer 2025.",
    "For the academic year 2023-24 our priorities are reading and writing.",
    "Our SENCo is completing the national qualification by July 2025.",
    "In the school year 2022/2023 all staff have training in autism.",
    "During 2024 we are introducing a new assessment.",
    "The current school year (2024/25) has 195 school days.",
    "Term dates for 2024/25 are on our website.",
    "This report is for 2023/24.",
    "This report covers the year 2023/24.",
    "This report describes our offer in 2023/24.",
    "The building will be finished in September 2025.",
    "We aim to have a sensory room by spring 2026.",
    "By the end of 2025 all classrooms will have screens.",
    "By 31 August 2025 every teacher has had training.",
    "This plan is valid until August 2025.",
    "This plan covers the period 2021-2024.",
    "This policy will be reviewed in September 2025.",
    "This report will be reviewed in July 2025.",
    "The next review is due in September 2025.",
    "Next review date: September 2025",
    "Date of next review: 1 September 2025",
    "Reviewed: September 2023",
    "Last updated 12/09/2022",
    "Updated September 2023",
    "This year, 2024, we look at maths.",
    "This term (autumn 2024) we read together.",
    "Currently, in 2024, we have four groups.",
    "In September 2025 we start a breakfast club.",
    "From January 2026 we will offer drop-ins.",
    "Targets for 2024-25: reading and maths.",
    "Fees for 2024/25 are in the prospectus.",
    "Over the next year (2024/25) we will train staff.",
    "In the coming year, 2025, we want to buy a lift.",
    "We hope to open in the autumn of 2025.",
    "Work begins in Easter 2026.",
    "Staff were last trained in July 2022.",
    "When we last counted, in January 2023, the school was smaller.",
]
STALE_HEADINGS = [
    "SEN information report 2023/24",
    "Accessibility plan 2021-24",
    "Our priorities for 2024/25",
    "Staff training 2023/24",
    "SEN Information Report 2024 to 2025",
    "SEN Information Report 2024-2025",
]
RIGHT = [
    "Since 2014 every council has a Local Offer.",
    "The Equality Act 2010 protects disabled students.",
    "The Children and Families Act 2014 is the law.",
    "We follow the SEND Code of Practice (2015).",
    "The school was founded in 1998.",
    "Founded in 1998, we are a small school.",
    "We began with an audit in February 2024: a surveyor and students walked through every building.",
    "It runs from April 2024 to March 2027.",
    "The next one is ready before April 2027.",
    "The whole plan is looked at again in January 2027.",
    "In 2023/24 we trained all staff, and in 2024/25 we bought tablets.",
    "In 2022 we opened the lift.",
    "From September 2024 we teach in two buildings.",
    "This year (2026/27) we train all staff.",
    "This year's terms are 2 September to 16 December 2026.",
    "In 2026/27 we offer four groups.",
    "By July 2027 every door will have a ramp.",
    "By July 2024 all doors had a ramp.",
    "Since 1 April 2026 all schools must record the use of force.",
    "The guidance published in 2015 is still in force.",
    "Results for 2024/25 are on the website.",
    "We have 24 rooms, compared with 20 in 2023/24.",
    "Last year, 2025/26, we trained all staff.",
    "In February 2026 the government published proposals to change the system, and a Bill has been announced.",
    "Students who started in 2023 are in Year 9.",
    "Keeping Children Safe in Education 2025 is the edition we follow.",
    "The survey of 2023 is in the office.",
    "Approved by the proprietor on 15 October 2026.",
    "Our parents' survey in 2025 says that letters are hard to read.",
    "We will do in 2027 what we could not do in 2025.",
    "Premises plan 2024 to 2029",
    "Ring 01632 960 2024.",
    "Visit room 2020.",
    "The lift was ready in July 2024.",
    "The SEND Regulations 2014 list what the report says.",
    "Teachers were trained in 2024/25 and are trained again this year.",
    "Until 2019 the library was upstairs.",
    "In 2019 we joined a trust.",
    "Our last inspection was in March 2023.",
    "Ofsted rated us good in 2023.",
    "The school was inspected in 2022 and is good.",
    "Our SENCo qualified in 2018.",
    "Our SENCo has held the national award since 2018.",
    "Mrs Hill has been our SENCo since September 2021.",
    "The SEND Code of Practice: 0 to 25 years (January 2015) is statutory guidance.",
    "See the Special Educational Needs and Disability Regulations 2014.",
    "Keeping Children Safe in Education (September 2025) applies.",
    "The Data Protection Act 2018 and the UK GDPR apply.",
    "The building dates from 1935.",
    "It was built in 1935 and has two floors.",
    "In 2024/25, four in five parents said that they were content.",
    "Attendance rose from 91% in 2023/24 to 94% in 2025/26.",
    "Between 2021 and 2024 we built three ramps.",
    "Our plan for 2024 to 2027 is on our website.",
    "The plan for 2024-27 has three parts.",
    "In the summer of 2025 the hall was painted.",
    "During the pandemic in 2020 we taught online.",
    "Children born before 1 September 2020 start in Reception.",
    "Children born in 2015 are in Year 6.",
    "Pupils who joined in September 2025 have settled well.",
    "By March 2026 we had trained everybody.",
    "In January 2027 we look at the whole plan.",
    "From September 2027 we will teach sixth form.",
    "Since September 2024 we have had a sensory room.",
    "This year we train all staff.",
    "This year (2026-27) has 195 days.",
    "In autumn 2026 we welcome four new teachers.",
    "The next review is due in September 2027.",
    "Next review: September 2027",
    "Approved: 15 October 2026",
    "Reviewed September 2026",
    "The 2021 census counted 60 million people.",
    "A 2019 study found that reading aloud helps.",
    "The lift, put in in 2018, works well.",
    "The ramp built in 2022 leads to the hall.",
    "We were a pilot school in 2023/24, and still use what we learnt.",
    "The 2024 edition is out of print.",
    "Results in 2024/25 were good.",
    "Last year (2025/26) we ran four groups.",
    "In 2025/26 we trained all staff; this year we train governors.",
    "Until September 2024 we had one lift.",
    "Our prospectus 2026/27 is at the office.",
    "We published our first report in 2014.",
    "Minutes of 12 March 2024 are at the office.",
    "The plan was approved in March 2024 and runs until March 2027.",
    "The plan began in April 2024 and runs for three years.",
    "Staff were last trained in July 2026.",
    "When we last counted, in January 2026, the school was smaller.",
    "Our last inspection was in March 2019.",
]
RIGHT_HEADINGS = [
    "SEN information report 2026/27",
    "Accessibility plan 2024-27",
    "What we did in 2024/25",
    "Children and Families Act 2014",
    "Audit 2024",
    "Results 2024/25",
    "How far we came since 2023/24",
    "SEN Information Report 2026-2027",
]


def found(body: str, on: date = ON, **more: str) -> list[str]:
    """What is called stale in a report that was approved on 24 September 2026."""
    return [spot.found for spot in asked("DOC-24", case(body, on, **more))]


def case(body: str, on: date, **more: str) -> DocumentCase:
    return case_of(document(body, kind=REPORT, **more), on=on)


@pytest.mark.parametrize("sentence", STALE)
def test_a_past_time_that_is_called_current_or_to_come_is_found(sentence: str) -> None:
    assert len(found(sentence)) == 1


@pytest.mark.parametrize("heading", STALE_HEADINGS)
def test_a_heading_of_an_old_year_is_found(heading: str) -> None:
    assert len(found(f"## {heading}")) == 1
    assert len(found("Text.", title=heading)) == 1


@pytest.mark.parametrize("sentence", RIGHT)
def test_history_and_this_year_are_left_alone(sentence: str) -> None:
    assert found(sentence) == []


@pytest.mark.parametrize("heading", RIGHT_HEADINGS)
def test_a_heading_of_this_year_or_of_history_is_left_alone(heading: str) -> None:
    assert found(f"## {heading}") == []


def test_a_table_of_past_years_is_history() -> None:
    assert found("| Year | Visits |\n| --- | --- |\n| In 2023/24 we offer | 12 |\n| 2024/25 | 14 |") == []


@pytest.mark.parametrize(
    ("sentence", "last_good"),
    [
        ("By July 2027 every door will have a ramp.", date(2027, 7, 31)),
        ("The next plan is ready before April 2027.", date(2027, 3, 31)),
        ("It runs from April 2024 to March 2027.", date(2027, 3, 31)),
        ("We will open a quiet room in 2027.", date(2027, 12, 31)),
        ("Ramps are due on 4 May 2027.", date(2027, 5, 4)),
        ("We will train all staff in 2026/27.", date(2027, 8, 31)),
    ],
)
def test_a_promise_is_stale_from_the_day_after_its_last(sentence: str, last_good: date) -> None:
    assert found(sentence, last_good) == []
    assert len(found(sentence, last_good + timedelta(days=1))) == 1


@pytest.mark.parametrize(("year", "stale"), [("2025/26", True), ("2026/27", False), ("2027/28", False)])
def test_this_year_is_the_school_year_in_which_the_page_was_approved(year: str, stale: bool) -> None:
    """The page was approved on 24 September 2026; that it has grown old itself is another rule's business."""
    for on in (ON, date(2028, 1, 10)):
        assert bool(found(f"This year ({year}) we train all staff.", on)) is stale


def test_a_page_without_a_day_is_held_against_today() -> None:
    bare = replace(document("In 2024/25 we offer four groups.", kind=REPORT), approved_on="")
    assert asked("DOC-24", case_of(bare)) != []


def test_pages_of_other_kinds_may_give_examples_with_any_date() -> None:
    assert asked("DOC-24", case_of(document("The plan will be finished by July 2024."))) == []
