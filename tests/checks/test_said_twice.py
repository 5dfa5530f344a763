"""A paragraph that is there twice is found, nearly the same too; short lines and tables' first rows are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.checks.document_kit import asked, case_of, document

ONE = (
    "Each pupil with a plan has a key adult who listens at a time that is in the timetable, and who writes down what "
    "the pupil says, so that it can be used when we plan again."
)
FOLDED = ONE.replace("Each", "EACH").replace("key adult", "**key adult**").replace(", and", ",\nand") + "!"
NEARLY = ONE.replace("pupil with", "student with").replace("the pupil", "the student")
OTHER = (
    "Every child whose needs are known to us meets the same grown-up each week, in a quiet room, and what they talk "
    "about goes into the record of that week if the child agrees to it."
)
HEAD = "| One two three four | five six seven eight | nine ten eleven twelve thirteen |\n| --- | --- | --- |\n"
MACROS = "Ask {{ person('senco').name }} on {{ person('senco').phone }}, or {{ person('principal').name }}."
STEPS = (
    "- by the end of the autumn term every class in Years 3 to 6 was visited twice\n"
    "- by the end of the spring term every room in the main building was measured once"
)


def told(*texts: str) -> list[tuple[str, int | None, str]]:
    pages = [document(text, path=f"handbook/{number}.md") for number, text in enumerate(texts)]
    return [(one.path, one.line, one.message) for one in asked("DOC-35", case_of(*pages))]


def test_the_same_paragraph_again_in_a_page() -> None:
    assert told(f"{ONE}\n\nBetween.\n\n{ONE}") == [
        ("handbook/0.md", 15, "This paragraph is on line 11 already."),
    ]


@pytest.mark.parametrize("again", [FOLDED, f"- {ONE}", f"| {ONE} | x |"])
def test_capitals_marks_and_line_ends_make_no_other_paragraph(again: str) -> None:
    assert [line for _, line, _ in told(f"{ONE}\n\nBetween.\n\n{again}")] == [15]


@pytest.mark.parametrize("again", [NEARLY, f"We begin here. {ONE} We end here."])
def test_nearly_the_same_or_part_of_a_longer_one(again: str) -> None:
    assert told(f"{ONE}\n\nBetween.\n\n{again}") == [
        ("handbook/0.md", 15, "Nearly the same paragraph is on line 11 already."),
    ]


def test_two_public_pages() -> None:
    assert told(f"# A\n\n{ONE}", f"# B\n\n{ONE}") == [
        ("handbook/1.md", 13, "This paragraph is on line 13 of handbook/0.md already."),
    ]


def test_three_times_is_two_findings() -> None:
    assert [line for _, line, _ in told(f"{ONE}\n\n{ONE}\n\n{ONE}")] == [13, 15]


@pytest.mark.parametrize(
    "text",
    [
        f"{ONE}\n\n{OTHER}",
        "See the passage above.\n\nSee the passage above.",
        "Ring the office, and somebody will help you.\n\nRing the office, and somebody will help you.",
        f"{HEAD}| a | b | c |\n\nText.\n\n{HEAD}| d | e | f |",
        f"```\n{ONE}\n```\n\n{ONE}",
        f"{MACROS}\n\n{MACROS}",
        STEPS,
    ],
)
def test_what_is_short_or_says_something_else_is_let_be(text: str) -> None:
    assert told(text) == []


def test_a_page_that_is_not_public_is_not_compared() -> None:
    """What is for families may be said there in the words of a public page."""
    case = case_of(document(ONE, path="handbook/a.md"), document(ONE, path="handbook/b.md"))
    assert len(asked("DOC-35", case)) == 1
    assert asked("DOC-35", replace(case, others=case.others[:1])) == []
