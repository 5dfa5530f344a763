"""Titles are said to whom they are for, and a page knows what it reads and where it and its papers are."""

from __future__ import annotations

import pytest

from sendbook.documents.kinds import DocumentKind
from sendbook.pages.sections import PageKind, Paper, Section, Voice
from tests.kinds.saying import reading

EACH = Voice(staff="{name}'s plan", family="Your child's plan", student="My plan")


@pytest.mark.parametrize(
    ("manner", "said"), [("staff", "Aaron's plan"), ("family", "Your child's plan"), ("student", "My plan")]
)
def test_a_title_is_said_to_each_in_their_own_words(manner: str, said: str) -> None:
    assert EACH.to(reading(manner=manner)) == said


@pytest.mark.parametrize("manner", ["staff", "family", "student"])
def test_a_title_with_one_wording_is_the_same_to_all(manner: str) -> None:
    assert Voice(staff="About {name}").to(reading(manner=manner)) == "About Aaron"


def test_a_page_reads_what_its_sections_need_and_what_they_show_besides() -> None:
    one = Section(name="a", title=EACH, template="", show=lambda _: None, needs=(("plan", "plan"),))
    other = Section(name="b", title=EACH, template="", show=lambda _: None, also=(("student", "team"),))
    page = PageKind(name="p", path="{home}p/", title=EACH, link=EACH, sections=(one, other))
    assert page.reads == {("plan", "plan"), ("student", "team")}
    assert page.path_of(reading()) == "/students/7Q4K/p/"
    paper = Paper(kind=DocumentKind(name="plan", title="Plan", private=True), link="PDF", data=lambda *_: None)
    assert paper.path_of(reading()) == "/students/7Q4K/plan-7Q4K.pdf"
