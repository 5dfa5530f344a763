"""What the page of the student's record says: each fact in words, what holds and what has ended."""

from __future__ import annotations

from typing import Any

import pytest

from tests.kinds.saying import said
from tests.site.small_student import records

MUM = records()["student"]["family"][0]


def student(**changed: Any) -> dict[str, dict[str, Any]]:
    data = records()
    data["student"] |= changed
    return data


def facts(section: str, data: dict[str, dict[str, Any]] | None = None, **more: Any) -> list[tuple[str, str]]:
    shown = said(f"record/{section}", data, **more)
    return shown["said"] if shown else []


def test_a_consent_that_was_withdrawn_is_said_to_hold_no_more() -> None:
    data = student(
        consents=[
            {"id": "a", "to": "photograph", "given_by": "parent", "given_on": "2025-09-03"},
            {
                "id": "b",
                "to": "next_school",
                "given_by": "student",
                "given_on": "2025-09-04",
                "withdrawn_on": "2026-10-01",
            },
        ]
    )
    assert said("record/consents", data) == {
        "caption": "What has been agreed to",
        "columns": ("What", "Agreed by", "On", "Still in place"),
        "rows": [
            ("Taking and using photographs", "Parents", "3 September 2025", "Yes"),
            (
                "Sending the record to the next school",
                "The student",
                "4 September 2025",
                "No, withdrawn on 1 October 2026",
            ),
        ],
    }
    assert said("record/consents") is None


def test_who_and_where_a_student_is() -> None:
    assert facts("school") == [
        ("Full name", "Aaron Small"),
        ("Student ID", "7Q4K"),
        ("Year group", "Year 8"),
        ("Tutor group", "Year 8 Ash"),
        ("Classes", "Year 8 English"),
    ]
    named = {"full": "Aaron Small", "known_as": "Bear", "pronouns": "they/them"}
    assert facts("school", student(name=named))[:3] == [
        ("Full name", "Aaron Small"),
        ("Known as", "Bear"),
        ("Pronouns", "they/them"),
    ]


def test_a_class_that_was_left_and_one_that_nobody_knows_are_not_listed() -> None:
    gone = {"group": "8-en", "from": "2025-09-03", "until": "2026-07-17"}
    assert "Classes" not in dict(facts("school", student(teaching_groups=[gone])))
    assert "Tutor group" not in dict(facts("school", student(tutor_group="9z")))


def test_the_status_of_today_is_first_and_earlier_ones_say_when_they_ended() -> None:
    data = student(
        status=[
            {"id": "k", "code": "K", "from": "2025-01-06", "until": "2026-03-01"},
            {"id": "e", "code": "E", "from": "2026-03-02"},
        ]
    )
    assert said("record/status", data) == {
        "caption": "SEN status so far",
        "columns": ("Status", "When"),
        "rows": [("EHC plan", "From 2 March 2026"), ("SEN support", "From 6 January 2025 to 1 March 2026")],
    }
    assert said("record/status", student(status=[])) is None


@pytest.mark.parametrize(
    ("until", "when"),
    [(None, "Since joining us on 4 September 2024"), ("2026-03-01", "From 4 September 2024 to 1 March 2026")],
)
def test_a_status_somebody_came_with_is_dated_once_it_has_ended(until: str | None, when: str) -> None:
    status = {"id": "k", "code": "K", "from": "2024-09-04"} | ({"until": until} if until else {})
    assert said("record/status", student(status=[status]))["rows"] == [("SEN support", when)]


def test_types_of_need_are_in_the_order_of_their_rank() -> None:
    data = student(
        needs=[
            {"id": "b", "type": "ASD", "rank": 2, "since": "2025-09-03"},
            {"id": "a", "type": "SPLD", "rank": 1, "condition": "Dyslexia"},
        ],
        identified={"on": "2024-11-05", "how": "His tutor saw that he skips lines."},
    )
    assert facts("types", data) == [
        ("Main type of need", "Specific learning difficulty (Dyslexia)"),
        ("Second type of need", "Autism, recorded 3 September 2025"),
        ("First noticed", "5 November 2024. His tutor saw that he skips lines."),
    ]


def test_a_condition_of_no_type_is_named_first_and_one_with_brackets_keeps_them() -> None:
    def need(kind: str, condition: str) -> str:
        return facts("types", student(needs=[{"id": "a", "type": kind, "rank": 1, "condition": condition}]))[0][1]

    assert need("OTH", "ehlers-Danlos syndrome") == "Ehlers-Danlos syndrome (in the national list of types: other)"
    assert need("SPLD", "Dyscalculia (numbers)") == "Specific learning difficulty: Dyscalculia (numbers)"


def test_the_background_is_in_words_and_in_order() -> None:
    data = student(
        on_roll={"from": "2024-09-04", "until": "2027-07-16", "previous_school": "Oak Primary"},
        sex="M",
        ethnicity="WBRI",
        home_language="Polish",
        home_local_authority="Leeds",
        eal={"proficiency": "C", "note": "Reads Polish well"},
    )
    assert facts("background", data) == [
        ("Joined", "4 September 2024"),
        ("Left", "16 July 2027"),
        ("Came from", "Oak Primary"),
        ("Date of birth", "10 January 2014"),
        ("Sex", "Male"),
        ("Ethnicity", "White British"),
        ("Home language", "Polish"),
        ("Home local authority", "Leeds"),
        ("English as an additional language", "Developing. Reads Polish well"),
    ]
    assert facts("background", student(eal={"proficiency": "C"}))[-1][1] == "Developing"
    assert facts("background") == [("Joined", "4 September 2024"), ("Date of birth", "10 January 2014")]


@pytest.mark.parametrize(
    ("changed", "facts_said", "boxed"),
    [
        ({}, [("Healthcare plan", "There is one"), ("Who to ask", "Ms Assistant (Support Assistant)")], True),
        ({"medical": {"care_plan": False}}, [("Healthcare plan", "There is none")], True),
        ({"medical": None}, [], True),
        (
            {"emergency": None},
            [("Healthcare plan", "There is one"), ("Who to ask", "Mrs Senco (SENDCo)")],
            False,
        ),
    ],
)
def test_medical_says_whether_there_is_a_plan_and_whom_to_ask(
    changed: dict[str, Any], facts_said: list[tuple[str, str]], boxed: bool
) -> None:
    data = student()
    for key, value in changed.items():
        data["student"][key] = value
        if value is None:
            del data["student"][key]
    shown = said("record/medical", data)
    assert shown["said"] == facts_said
    assert bool(shown["emergency"]) == boxed


def test_without_medical_and_emergency_there_is_no_such_section() -> None:
    data = student()
    del data["student"]["medical"], data["student"]["emergency"]
    assert said("record/medical", data) is None


def test_attendance_has_the_newest_term_first() -> None:
    data = student(
        attendance=[{"term": "autumn-2026", "percent": 90, "note": "Flu"}, {"term": "autumn-2026", "percent": 96.5}]
    )
    assert said("record/attendance", data) == {
        "caption": "Attendance by term",
        "columns": ("Term", "Attendance", "Note"),
        "rows": [("Autumn term 2026", "96.5%", ""), ("Autumn term 2026", "90%", "Flu")],
    }


def test_the_adults_around_a_student_say_what_they_do_and_since_when() -> None:
    team = [{"id": "k", "person": "p-tut1", "as": "key_adult", "from": "2025-09-03", "until": "2026-07-17"}]
    assert said("record/adults", student(team=team)) == {
        "caption": "Who helps, and when",
        "columns": ("Adult", "Role", "Times and tasks", "Since"),
        "rows": [("Ms Tutor", "Key adult", "", "From 3 September 2025 to 17 July 2026")],
    }
    assert said("record/adults")["rows"] == [("Ms Assistant", "Support Assistant", "English", "From 3 September 2026")]


def test_a_member_of_the_family_who_is_not_confirmed_sees_nothing_and_it_says_so() -> None:
    (card,) = said("record/family")["cards"]
    assert card == {
        "name": "Mother",
        "first": False,
        "facts": [
            ("Parental responsibility", "Yes"),
            ("Can see", "Everything families see"),
            ("Confirmed", "Not yet. Until then this person sees nothing."),
        ],
        "reached": [],
    }


def test_a_member_of_the_family_says_who_confirmed_them_and_what_a_court_ordered() -> None:
    order = {"order": "Prohibited steps", "effect": "no_contact", "from": "2026-01-05", "note": "Ask the DSL"}
    father = {
        **MUM,
        "id": "dad",
        "person": "p-dad1",
        "relation": "father",
        "household": "b",
        "responsibility": False,
        "access": "none",
        "first_contact": True,
        "confirmed": {"on": "2024-09-05", "by": "p-sen1", "how": "Saw the certificate"},
        "court_orders": [order],
    }
    shown = said(
        "record/family", student(family=[MUM, father], looked_after="looked_after"), family={"p-dad1": "Mr Dad"}
    )
    mother, dad = shown["cards"]
    assert dict(mother["facts"])["Lives in"] == "Household A"
    assert (dad["name"], dad["first"]) == ("Mr Dad (father)", True)
    assert dad["facts"][:4] == [
        ("Lives in", "Household B"),
        ("Parental responsibility", "No"),
        ("Can see", "Nothing"),
        ("Confirmed", "5 September 2024 by Mrs Senco: Saw the certificate"),
    ]
    label, ordered = dad["facts"][4]
    assert label == "Court order: Prohibited steps"
    assert ordered.endswith(", from 5 January 2026. Ask the DSL")
    assert shown["care"] is not None


@pytest.mark.parametrize(
    ("contact", "said_of_it"),
    [
        ({"interpreter": True}, [("Interpreter", "Yes")]),
        ({"interpreter": False}, [("Interpreter", "No")]),
        ({"preferred_contact": "in_person"}, [("Preferred contact", "In person")]),
        (
            {"interpreter": False, "language": "Polish", "phone": "07700 900367", "email": "m@home.example"},
            [
                ("E-mail", "m@home.example"),
                ("Telephone", "07700 900367"),
                ("Language", "Polish"),
                ("Interpreter", "No"),
            ],
        ),
        ({}, []),
    ],
)
def test_how_a_member_of_the_family_is_reached_is_in_words_and_in_the_schemas_order(
    contact: dict[str, Any], said_of_it: list[tuple[str, str]]
) -> None:
    (card,) = said("record/family", contacts={"p-mum1": contact, "p-dad1": {"phone": "07700 900368"}})["cards"]
    assert card["reached"] == said_of_it


def test_a_student_with_no_family_on_record_has_no_such_section() -> None:
    assert said("record/family", student(family=[])) is None
    assert said("record/family", student(family=[], looked_after="looked_after"))["cards"] == []


def test_who_decides_has_the_newest_first_with_its_reason() -> None:
    rights = [
        {"id": "p", "decides": "parent", "from": "2014-01-10"},
        {"id": "s", "decides": "both", "from": "2026-09-01", "reason": "He asked to"},
    ]
    assert facts("rights", student(rights=rights), family={"p-mum1": "Ms Mother"}) == [
        ("From 1 September 2026", "Parents and student together. He asked to"),
        ("Since birth", "Ms Mother (mother)"),
    ]
    without = {**MUM, "responsibility": False}
    assert facts("rights", student(rights=rights[:1], family=[without]), family={"p-mum1": "Ms Mother"}) == [
        ("Since birth", "Parents or carers with parental responsibility")
    ]


def test_a_decision_about_an_account_says_when_it_was_withdrawn() -> None:
    decision = {"on": "2026-09-07", "by": "p-sen1", "reason": "He asked, and his mother agrees."}
    held = [("Decided on", "7 September 2026 by Mrs Senco"), ("Because", "He asked, and his mother agrees.")]
    assert facts("account-decision", student(account_decision=decision)) == held
    withdrawn = facts("account-decision", student(account_decision=decision | {"withdrawn_on": "2026-11-02"}))
    assert withdrawn == [*held, ("Withdrawn", "2 November 2026")]
    assert facts("account-decision") == []


def test_sign_in_exams_and_notes_are_said_where_there_are_any() -> None:
    assert facts("account") == [("Signs in as", "aaron@small.example")]
    assert facts("exams", student(candidate_number="4711")) == [("Candidate number", "4711")]
    assert facts("exams") == []
    assert said("record/notes") == {"text": "A note on the record."}
    assert said("record/notes", student(senco_notes="")) is None


def test_dates_to_know_are_in_order_and_end_with_the_last_day_here() -> None:
    assert said("overview/dates") == {
        "rows": [
            ("Friday 4 December 2026", "Target due: Reads a page aloud"),
            ("Tuesday 8 December 2026", "Next meeting"),
            ("Friday 11 December 2026", "Plan review, at the latest"),
            ("Friday 2 July 2027", "One-page profile review, at the latest"),
        ]
    }
    leaving = said("overview/dates", student(on_roll={"from": "2024-09-04", "until": "2026-12-08"}))
    assert leaving["rows"] == [
        ("Friday 4 December 2026", "Target due: Reads a page aloud"),
        ("Tuesday 8 December 2026", "Last day at school"),
        ("Tuesday 8 December 2026", "Next meeting"),
    ]


def test_a_target_with_a_result_is_no_date_to_know() -> None:
    data = records()
    data["plan"]["targets"][0]["result"] = {"outcome": "met", "on": "2026-11-20"}
    assert "Target due: Reads a page aloud" not in dict(map(reversed, said("overview/dates", data)["rows"]))


def test_the_people_around_a_student_are_those_who_are_there_now() -> None:
    def people(**changed: Any) -> list[tuple[str, str, str]]:
        return [(one.name, one.what, one.note) for one in said("overview/people", student(**changed))["people"]]

    rest = [("Ms Tutor", "Tutor", ""), ("Mr Teacher", "Teaches English", ""), ("Mrs Senco", "SENDCo", "")]
    assert people() == [("Ms Assistant", "Support Assistant", "English"), *rest]
    gone = {"id": "ka", "person": "p-ass1", "as": "support_assistant", "from": "2025-09-03", "until": "2026-07-17"}
    assert people(team=[gone]) == rest
    tutor = {"id": "k", "person": "p-tut1", "as": "key_adult", "from": "2026-09-03", "note": "Mondays"}
    assert people(team=[tutor])[0] == ("Ms Tutor", "Key adult; tutor", "Mondays")
    assert ("Mr Teacher", "Teaches English", "") not in people(teaching_groups=[])
