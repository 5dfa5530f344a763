"""A kind that a campus adds is printed from its schema alone: what its page says, accessible, for its readers only."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.history.confidences import NOT_FOR_THE_FAMILY
from sendbook.kinds.printed import documents_of, printed_as
from sendbook.kinds.student_pages import pages_of_reading
from sendbook.pages.own_student_kinds import document_of, documents_of_own_kinds
from sendbook.pages.reading import Reading, StudentRecord, reading_of
from tests.campus.small_schemas import field, group, kind, write_schemas
from tests.documents.inspecting import faults
from tests.documents.samples import opened, press, text_of
from tests.documents.test_accessibility import structure
from tests.site.small_student import Outline, around, projected, templates

HOME = "/students/7Q4K/"
PAPER, DRAFT = f"{HOME}more/visit/visit-7Q4K.pdf", f"{HOME}more/visit/drafts/draft-visit-7Q4K.pdf"
WORDS = group(
    {
        "id": field(),
        "text": field(title="Words"),
        "share_with_family": field(title="Shared", type="boolean"),
    },
    **{"x-owner": {"by": "@student", "family_if": "share_with_family"}},
)
STEP = group({"id": field(), "what": field(title="What"), "by": field(title="Who", **{"x-link": "person"})})
AT_HOME = group(
    {"who": field(title="Who was there"), "steps": field(title="Steps", type="array", items=STEP)},
    title="At home",
    description="Who and what.",
)
FIELDS = {
    "state": field(title="State", enum=["draft", "agreed"]),
    "seen_on": field(title="Seen on", format="date"),
    "advice": field(title="Advice"),
    "likes": field(title="Likes", type="array", items=field(title="Thing")),
    "home": AT_HOME,
    "words": field(title="Own words", type="array", items=WORDS, **{"x-key": "id"}),
    "scores": field(title="Scores", **{"x-fold": True}),
}
PATHS = ["students/{student}/visit.yml", "students/{student}/drafts/visit.yml"]
VISIT = {
    "seen_on": "2026-11-05",
    "advice": "Sit with him:\n- at lunch\n- after school",
    "likes": ["Ships & <b>storms</b>", "#strong[Typst]"],
    "home": {"who": "His aunt", "steps": [{"id": "s", "what": "Ring the school", "by": "p-sen1"}]},
    "words": [
        {"id": "a", "text": "I like it here.", "share_with_family": True},
        {"id": "b", "text": "A secret.", "share_with_family": False},
    ],
    "scores": "85 of 100",
}


@pytest.fixture(scope="module")
def visit(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    schema = kind("visit", PATHS, FIELDS, **{"title": "Home visit", "x-day": "/seen_on"})
    return SchemaRegistry.load(write_schemas(tmp_path_factory.mktemp("schemas"), {"visit": schema})).kinds["visit"]


def reading(kind_: Kind, manner: str = "staff", /, **records: dict[str, Any]) -> Reading:
    """The small student with records of the kind, by their places."""
    made = reading_of(projected(manner=manner), replace(around(), kinds={**around().kinds, "visit": kind_}))
    own = tuple(StudentRecord(kind="visit", path=path, data=data) for path, data in records.items())
    return replace(made, records={**made.records, "visit": own} if own else made.records)


def printed(one: Reading, path: str = PAPER) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(documents_of(one)[path].content)
    return said


@pytest.mark.parametrize("manner", ["staff", "family", "student"])
def test_it_is_an_accessible_document_that_says_what_the_page_says(visit: Kind, manner: str) -> None:
    pdf = press().pdf(documents_of(reading(visit, manner, visit=VISIT))[PAPER].content)
    assert faults(pdf, names=("Aaron", "Small", "Mrs Senco")) == set()
    said = text_of(pdf)
    for words in ("Seen on: 5 November 2026", "His aunt", "Ring the school", "Who: Mrs Senco", "85 of 100"):
        assert words in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Ships & <b>storms</b>" in said
    assert "#strong[Typst]" in said, "no text of a record is read as Typst"


def test_lists_are_tagged_as_lists_and_headings_follow_one_another(visit: Kind) -> None:
    with opened(press().pdf(documents_of(reading(visit, visit=VISIT))[PAPER].content)) as document:
        tags = [str(element.S) for element in structure(document.Root.StructTreeRoot.K)]
    assert tags.count("/L") == 2
    assert {"/H1", "/H2", "/H3"} <= set(tags)


def test_what_is_not_for_the_family_is_on_no_paper(visit: Kind) -> None:
    """A colleague reads it on the page, with a mark; paper goes from hand to hand."""
    made = documents_of(reading(visit, visit=VISIT))[PAPER].content.decode()
    assert "I like it here." in made
    assert "A secret." not in made
    assert NOT_FOR_THE_FAMILY not in made
    assert "A secret." in _page(reading(visit, visit=VISIT), "more/visit/")


def _page(one: Reading, path: str) -> str:
    return str(pages_of_reading(one, templates(), documents_of(one)).fragments[f"{HOME}{path}"].content)


def test_its_version_is_the_day_the_record_is_of_and_it_says_whose_copy_it_is(visit: Kind) -> None:
    staff, family = (printed(reading(visit, manner, visit=VISIT)) for manner in ("staff", "family"))
    assert staff["version"]["day"] == "2026-11-05"
    assert staff["title"] == "Home visit 7Q4K"
    assert staff["said"]["copy"].startswith("Copy for staff")
    assert family["said"]["copy"] == ""


def test_the_page_offers_it_and_nothing_is_printed_for_who_does_not_see_the_kind(visit: Kind) -> None:
    assert f'href="{PAPER}"' in _page(reading(visit, visit=VISIT), "more/visit/")
    assert not {PAPER, DRAFT} & documents_of(reading(visit)).keys()
    assert PAPER not in documents_of(reading(visit, visit={}))
    assert printed_as("visit", reading(visit)) is None


def test_a_record_that_says_only_what_is_not_for_the_family_is_not_printed(visit: Kind) -> None:
    one = reading(visit, visit={"words": VISIT["words"][1:]})
    assert PAPER not in documents_of(one)
    assert "sb-print" not in _page(one, "more/visit/")


def test_a_draft_has_a_page_and_a_paper_of_its_own_that_say_so(visit: Kind) -> None:
    one = reading(visit, **{"visit": VISIT, "drafts/visit": {"seen_on": "2027-01-10", "advice": "Not yet."}})
    page = " ".join(Outline(_page(one, "more/visit/drafts/")).text.split())
    assert "Home visit (draft): Aaron" in page
    assert "This home visit is still being written." in page
    assert "Not yet." in page
    assert "Not yet." not in _page(one, "more/visit/")
    made = printed(one, DRAFT)
    assert (made["said"]["draft"], made["version"]["said"]) == (True, "No date yet.")
    assert "Draft: not agreed" in text_of(press().pdf(documents_of(one)[DRAFT].content))


def test_the_documents_of_a_kind_are_those_that_its_schema_has_places_for(visit: Kind) -> None:
    assert list(documents_of_own_kinds([visit])) == ["visit", "draft-visit"]
    assert list(documents_of_own_kinds([replace(visit, paths=("students/{student}/visit.yml",))])) == ["visit"]
    assert document_of(visit, draft=True).printed_from == "drafts/visit"
