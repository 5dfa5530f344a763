"""One to five students counted on a public page are found; ratios, limits, labels and other schools' pupils are not."""

from __future__ import annotations

import pytest

from sendbook.checks.rules.small_numbers import RULES
from tests.checks.document_kit import asked, case_of, document, found_in

COUNTED = [
    "1 pupil has an EHC plan.",
    "One pupil has a hearing loss.",
    "Two of our children use a frame.",
    "We have one wheelchair user, our only wheelchair user.",
    "Our only wheelchair user is in Year 8.",
    "A single student is deaf.",
    "Three students have a visual impairment.",
    "There are three disabled students.",
    "Only two pupils need personal care.",
    "**4** pupils are on SEN support.",
    "We teach five autistic pupils.",
    "Of our pupils, three have a hearing loss.",
    "Of the 40 pupils on the register, 3 have an EHC plan.",
    "We have 24 pupils on the register, 3 with EHC plans.",
    "We have 24 pupils on the register; three of them have an EHC plan.",
    "Pupils with an EHC plan: 3",
    "Number of pupils with SEND: 4",
    "The number of students with epilepsy is two.",
    "Pupils with diabetes (2)",
    "3 of 40 pupils have dyslexia.",
    "3 of our 40 pupils have dyslexia.",
    "One of our students has epilepsy.",
    "One of the boys in Year 9 has a brain injury.",
    "Both pupils with an EHC plan are in Year 10.",
    "A couple of pupils use signs.",
    "Two brothers with a hearing loss joined us.",
    "In Year 8 two pupils use a wheelchair.",
    "This year 3 pupils joined with an EHC plan.",
    "Last year two students were permanently excluded.",
    "Two girls in Year 10 have an eating disorder.",
    "Four of the younger children come by taxi.",
    "The only deaf pupil is taught by a specialist.",
    "We have two EHC plans.",
    "There are 5 EHCPs in the school.",
    "Three Year 8 pupils need a scribe.",
    "Two key stage 3 pupils have one-to-one help.",
    "In 2026 two pupils went to a special school.",
    "The nurture group has four pupils.",
    "Our resourced base has three pupils.",
    "Among our students, two use a wheelchair.",
    "2 (two) pupils have a visual impairment.",
    "Nationally 4% of pupils have a plan, and 3 of our pupils do.",
    "One pupil with Down syndrome joined in September.",
    "Our two deaf children have a radio aid.",
    "Four young people are looked after by the council.",
    "One child cannot use the stairs.",
    "We excluded 1 student for a fixed term.",
    "Five learners take part in speech therapy.",
    "One of our pupils uses a cane.",
    "Just one student is on a part-time timetable.",
    "When two pupils joined us in May, they had no plan.",
    "Three of our Year 7 students are new to English.",
    "Two pupils currently have a reduced timetable.",
    "1 child has a tracheostomy.",
    "We bought a lift for one pupil.",
    "Four children looked after by the council have a plan.",
    "three autistic\nstudents have a key adult.",
]
NOT_COUNTED = [
    "4% of pupils nationally have an EHC plan.",
    "Nationally, 4% of pupils have an EHC plan.",
    "In England 1 pupil in 20 has an EHC plan.",
    "Room 12 is where students can be quiet.",
    "Room 12, students may rest.",
    "In Room 3 pupils find a quiet corner.",
    "Year 3 pupils have a trip.",
    "Year 8 students and groups of up to six students read together.",
    "Groups of 3 to 5 pupils read together.",
    "Groups of three pupils read together.",
    "One adult to three pupils is usual.",
    "One adult for every four children goes on each trip.",
    "There is one teacher for 30 pupils and one assistant for two pupils.",
    "Up to four pupils at a time use the room.",
    "We take no more than five pupils in a session.",
    "One pupil in five nationally has special needs.",
    "One in five children has special needs.",
    "3 of every 10 children nationally are short-sighted.",
    "Each pupil has a tutor.",
    "Every student has one plan.",
    "One-to-one help is given.",
    "Key Stage 3 pupils and Key Stage 4 pupils have lessons in talking.",
    "Years 7, 8 and 9 pupils sit together.",
    "Years 3 to 5 pupils swim.",
    "Students aged 5 and children aged 3 to 4 come.",
    "What one student needs now is a reasonable adjustment.",
    "If one pupil is ill, we ring home.",
    "What helps one pupil may not help another.",
    "No two pupils are alike.",
    "One student council meets each week.",
    "One pupil passport goes home.",
    "Two student leaders show you round.",
    "Four pupil passports are examples.",
    "The pupil premium has two parts.",
    "Two of our teachers know this well. We meet three times a year.",
    "Teachers watch a lesson or two, and look at work from three subjects. Students come first.",
    "We look at three pupils' books in each subject.",
    "There are two quiet rooms that students may use.",
    "Students can choose two clubs.",
    "Two adults stay with the students.",
    "Three times a year students meet the SENDCo.",
    "In small groups (three or four students) they read.",
    "Two or three pupils may work together.",
    "Fewer than six students have a plan.",
    "Between two and five pupils work together.",
    "We end on page 12. Students come first.",
    "At 3 pupils go home.",
    "On 3 May pupils will visit.",
    "By 4 December students choose.",
    "Type 1 children's clinic is on Mondays.",
    "Schedule 1 pupils' rights are listed.",
    "We ask three students from each year group.",
    "Two pupils a table is the rule.",
    "Two students should sit together in a fire drill.",
    "Where two pupils need the same room, we find another.",
    "Is your child ever the only pupil in the room? Tell us.",
    "If your child is the only pupil in a group, tell us.",
    "Your child is never the only pupil in the class.",
    "Two students sit on the school council.",
    "Children meet two adults and three visitors.",
    "We have a ratio of 1 adult to 5 pupils.",
    "An adult-to-pupil ratio of 1:5 children is kept.",
    "No pupils were excluded.",
    "Step 2 pupils have a plan.",
    "Level 2 students take an exam.",
    "A lesson lasts 50 minutes; pupils rest for 5.",
    "Research shows that two pupils in every class have a language disorder.",
    "On average 3 pupils in a class of 30 have dyslexia nationally.",
    "Our class of students does three things.",
    "Students get three targets and one key adult.",
    "Your child has one person to contact.",
    "Students have four lessons, two of them in the studio.",
    "Parents came to two evening meetings.",
    "Teachers have five days of training; two of them are about SEND.",
    "Students told us in a survey. Two of the rooms are quiet.",
    "For 2 terms students work with a mentor.",
    "The lift takes one wheelchair user at a time.",
    "There is space for two wheelchair users in the hall.",
    "One child, one plan.",
    "Sets 1 and 2 students take the higher paper.",
    "Students read in pairs or in threes.",
    "We round numbers so that no child can be known.",
    "You and your child choose one student voice lead.",
    "In most schools two pupils have a severe hearing loss.",
    "The council's figures say that 3 pupils have moved.",
    "Some children learn with one hand. Students are free to ask.",
    "A group of five children plays at lunch each day.",
    "Class 4 pupils swim on Fridays.",
]


def test_the_table_of_sentences_is_long_enough() -> None:
    assert len(COUNTED) >= 40
    assert len(NOT_COUNTED) >= 60


@pytest.mark.parametrize("sentence", COUNTED)
def test_a_small_number_of_students_is_found(sentence: str) -> None:
    assert found_in("DOC-22", sentence) != []


@pytest.mark.parametrize("sentence", NOT_COUNTED)
def test_a_number_that_counts_nobody_here_is_left_alone(sentence: str) -> None:
    assert found_in("DOC-22", sentence) == []


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
    ],
)
def test_a_cell_that_counts_nobody_or_is_hidden_well_is_left_alone(page: str) -> None:
    assert found_in("DOC-23", page) == []


def test_both_rules_cite_what_makes_a_person_identifiable() -> None:
    assert {rule.source for rule in RULES} == {"UK GDPR Art 4(1), recital 26"}
    assert all(rule.law for rule in RULES)
