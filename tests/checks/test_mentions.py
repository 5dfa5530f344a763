"""Whether somebody new could stand in a document is told by what it mentions: never too seldom, or a name slips by."""

from __future__ import annotations

import json

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from sendbook.checks.leaks.identifiers import every_form_of, identifiers_of
from sendbook.checks.leaks.mentions import Mentions
from sendbook.checks.leaks.scan import Hit, Scanner
from tests.checks.leak_kit import campus_of, child, named

# Few words, so that people and texts meet often; names that are words, have two parts, or are alike.
GIVEN = ("Will", "Anne-Marie", "Zoë", "Ian", "Maria", "Al", "O'Hara")
SURNAMES = ("May", "Reed", "Osei-Darko", "Ó Briain", "Brianson", "Marianson", "de la Cruz", "Ian")
STAFF = named("Marian Reed", staff={"job_title": "Teacher"})

names = st.builds(" ".join, st.tuples(st.sampled_from(GIVEN), st.sampled_from(SURNAMES)))
students = st.builds(
    lambda full, known, born, phone, upn: child(full, known, born=born, phone=phone, upn=upn),
    names,
    st.sampled_from(GIVEN),
    st.sampled_from(("2013-05-27", "2012-11-01")),
    st.sampled_from(("01632 960961", "+44 1632 960 962")),
    st.sampled_from(("X823432412001", "A823432412002")),
)
_said = st.one_of(
    names,
    st.sampled_from(
        (*GIVEN, *SURNAMES, "7Q4K", "students/7q4k", "01632 960 961", "(0044) 1632-960962", "823432412001")
    ),
    st.sampled_from(("27 May 2013", "01/11/2012", "born", "2013.05.27", "the", "plan", "of", "Marianne", "Williams")),
)
_written = st.sampled_from((str, str.upper, str.lower, lambda text: text.replace(" ", "")))
texts = st.lists(
    st.builds(
        lambda words, write, mark: mark.join(map(write, words)),
        st.lists(_said, min_size=1, max_size=5),
        _written,
        st.sampled_from((" ", ", ", "\0", "-", "", ". ", "\n", "'")),
    ),
    max_size=4,
)


def hits(text: str, student: dict[str, object]) -> list[Hit]:
    """What is found in a text where this is the one student."""
    return list(Scanner(identifiers_of(campus_of(STAFF, student), ())).hits_once(text))


@settings(max_examples=400)
@given(texts, students, students)
@example(["Will May came."], child("Will May"), child("Zoë Reed"))
def test_a_student_who_can_not_be_mentioned_changes_nothing_that_is_found(
    texts: list[str], old: dict[str, object], new: dict[str, object]
) -> None:
    mentions = Mentions.read(json.loads(json.dumps(Mentions.of(texts).plain())))
    if not mentions.may_hold(every_form_of([old, new])):
        assert [hits(text, old) for text in texts] == [hits(text, new) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "Robin Ashe",
        "ASHE ROBIN",
        "robin.ashe",
        "R. Ashe",
        "the Ashe family",
        "Robin's",
        "7q4k",
        "27.5.2013",
        "01632960961",
    ],
)
def test_whatever_tells_who_somebody_is_may_be_mentioned(text: str) -> None:
    student = child("Robin Ashe", phone="+44 1632 960961")
    assert Mentions.of(["Nothing here.", f"See {text} today."]).may_hold(every_form_of([student]))


def test_most_names_are_in_no_document() -> None:
    """Or each change would be looked for everywhere again: a name within a longer word is no name."""
    text = "Our plan is reviewed each term. The management of anxieties is in marianas hands; born 2014, 01632 960000."
    assert not Mentions.of([text]).may_hold(every_form_of([child("Ian Anage", phone="01632 960961")]))
