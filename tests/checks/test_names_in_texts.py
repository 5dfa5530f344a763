"""Whose name words are: a part of a longer name, an article next to a surname, a double surname."""

# ruff: noqa: F811 - a test asks for a fixture by its name
from __future__ import annotations

import pytest

from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from tests.checks.test_texts import Home, home, others  # noqa: F401 - fixtures are found by their names


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Beata Cristina Florea teaches him.", []),
        ("FLOREA, Beata Cristina teaches him.", []),
        ("Beata C. Florea teaches him.", []),
        ("Cristina Florea teaches him.", ["TXT-02"]),
        ("Beata and Cristina Florea teach him.", ["TXT-02"]),
        ("Beata Cristina Florea knows Cristina Florea.", ["TXT-02"]),
    ],
)
def test_a_part_of_a_colleague_s_name_is_theirs_even_if_a_mother_is_called_so(
    home: Home, text: str, codes: list[str]
) -> None:
    colleague = home.with_person("p-6xmg", name={"full": "Beata Cristina Florea", "known_as": "Mrs Florea"})
    mother = Someone.of_person({"id": "p-2zzz", "name": {"full": "Cristina Florea", "known_as": "Mrs Florea"}})
    assert colleague.with_text(text).codes(others=Everybody.of([mother])) == codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Mr Khatri a week before, and Ms Khatri.", []),
        ("Seen by Mr Khatri; a letter followed.", []),
        ("There was a Khatri before him.", []),
        ("Khatri, A. sat next to him.", ["TXT-02"]),
        ("A Khatri sat next to him.", ["TXT-02"]),
        ("Write to khatri.a at school.", ["TXT-02"]),
        ("Sat with a. khatri again.", ["TXT-02"]),
        ("Sat with a-khatri again.", ["TXT-02"]),
        ("Sat with khatri a. again.", ["TXT-02"]),
        ("Sat with a k khatri again.", ["TXT-02"]),
        ("Sat with khatri a k again.", ["TXT-02"]),
        ("Aisha Khatri a week before.", ["TXT-02"]),
        ("He saw Mr Khatri; Aisha came later.", []),
    ],
)
def test_an_article_next_to_a_surname_is_no_initial(home: Home, text: str, codes: list[str]) -> None:
    colleague = home.with_person("p-6xmg", name={"full": "Dev Khatri", "known_as": "Mr Khatri"})
    student = Someone.of_student({"id": "2FFF", "name": {"full": "Aisha Kay Khatri", "known_as": "Aisha"}})
    found = colleague.with_text(text).codes(others=Everybody.of([student]))
    assert [code for code in found if code == "TXT-02"] == codes


@pytest.mark.parametrize(
    "text",
    [
        "DrLindqvist rang.",
        "Dr Lindqv1st rang, and DR L1NDQV15T came.",
        "Dr Lindqvi-\nst rang.",
        "Ask for 3Weir Row.",
        "She lives in zz97wr.",
        "Write to ingrid.l82-at-post.example.",
    ],
)
def test_a_text_is_read_as_closely_as_those_next_to_it(home: Home, others: Everybody, text: str) -> None:
    """A text that nobody at home reads mentions her plainly, so every other text is looked through for her."""
    notes = home.with_text("Dr Lindqvist, ingrid.l82@post.example, 3 Weir Row ZZ9 7WR.", field="senco_notes")
    assert notes.with_text("Nothing to tell.").codes(others=others) == []
    assert notes.with_text(text).codes(others=others) in (["TXT-01"], ["TXT-02"])


@pytest.mark.parametrize(
    "text",
    ["Ms O'Neill-Carter rang.", "Siobhán O\u2019Neill-Carter rang.", "Ms Carter-\nO'Neill, Ms O'Neill-Car-\nter."],
)
def test_a_double_surname_with_an_apostrophe_is_found(home: Home, text: str) -> None:
    mother = Someone.of_person({"id": "p-2zzz", "name": {"full": "Siobhán O'Neill-Carter", "known_as": "Siobhán"}})
    assert home.with_text(text).codes(others=Everybody.of([mother])) == ["TXT-02"]
