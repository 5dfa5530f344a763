"""Whatever kinds there are, each page, section and paper is whole, and what puts them together names no kind."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

import sendbook.kinds
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas, site_templates
from sendbook.kinds.all_kinds import ALL_KINDS, WITH_PAGES
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.page_order import PAGES, pages_of_kinds
from sendbook.kinds.plan.print_plan import printed_plan
from sendbook.kinds.printed import DOCUMENTS
from sendbook.pages.reading import reading_of
from sendbook.pages.sections import PageKind, Section, Voice
from sendbook.site.readers.facts import facts_of_reading
from tests.kinds.saying import plain
from tests.site.small_student import around, projected, records

KINDS = SchemaRegistry.load(schemas()).kinds
ROOM = Path(sendbook.kinds.__file__).parent


@pytest.mark.parametrize("kind", ALL_KINDS, ids=lambda kind: kind.name)
def test_a_kind_puts_its_sections_on_pages_that_are_there(kind: KindOfRecord) -> None:
    assert kind.name in KINDS
    from_schema = {kind.name} if kind.page_from_schema else set()
    assert kind.sections.keys() <= {page.name for page in PAGES} | from_schema
    assert kind.papers.keys() <= {page.name for page in PAGES}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_a_page_has_sections_with_a_template_each_of_parts_that_schemas_have(page: PageKind) -> None:
    assert page.sections
    assert max(Counter(section.name for section in page.sections).values()) == 1
    for section in page.sections:
        assert (site_templates() / section.template).is_file(), section.name
        assert all(part in KINDS[kind].parts for kind, part in section.reads), section.name


def test_no_two_pages_or_papers_are_at_one_place() -> None:
    assert len({page.path for page in PAGES}) == len({page.name for page in PAGES}) == len(PAGES)
    assert not [page.path for page in PAGES if page.path.startswith("{home}more/")]
    assert len(DOCUMENTS) == sum(len(kind.papers) for kind in ALL_KINDS)


def test_no_two_sections_have_one_place_on_a_page() -> None:
    placed = Counter((page, order) for kind in ALL_KINDS for page, found in kind.sections.items() for order in found)
    assert max(placed.values()) == 1


def test_only_a_kind_whose_schema_has_drafts_has_a_page_of_a_draft() -> None:
    drafted = {page.draft_of for page in PAGES if page.draft_of}
    assert drafted
    assert all(any("/drafts/" in path for path in KINDS[kind].paths) for kind in drafted)


def test_a_new_kind_puts_a_section_between_those_of_others() -> None:
    """A page falls out of the kinds that are handed over: nothing else has to be changed for it."""
    first, second, between = (
        Section(name=name, title=Voice(staff=name), template="", show=lambda _: None) for name in ("a", "c", "b")
    )
    page = PageKind(name="p", path="{home}p/", title=Voice(staff="P"), link=Voice(staff="P"), order=2)
    like = PageKind(name="q", path="{home}q/", title=Voice(staff="Q"), link=Voice(staff="Q"), order=1, like="p")
    old = KindOfRecord(name="old", pages=(page, like), sections={"p": {10: first, 20: second}})
    new = KindOfRecord(name="new", sections={"p": {15: between}})
    made = pages_of_kinds([old, new])
    assert [(one.name, [section.name for section in one.sections]) for one in made] == [
        ("q", ["a", "b", "c"]),
        ("p", ["a", "b", "c"]),
    ]
    assert new.is_on_pages


def test_days_to_know_come_from_each_kind_that_has_some_and_end_with_the_last_day_on_roll() -> None:
    """A kind's days are on the student's first page without a word about them anywhere else."""
    (dates,) = (one for page in PAGES if page.name == "overview" for one in page.sections if one.name == "dates")
    assert {kind for kind, _ in dates.also} == {"plan", "meeting", "profile"}
    said = plain(dates.show(reading_of(projected(), around())))
    assert [what for _, what in said["rows"]] == [
        "Target due: Reads a page aloud",
        "Next meeting",
        "Plan review, at the latest",
        "One-page profile review, at the latest",
    ]
    data = records()
    data["student"]["on_roll"] |= {"until": "2026-12-08"}
    said = plain(dates.show(reading_of(projected(data), around())))
    assert [what for _, what in said["rows"]] == [
        "Target due: Reads a page aloud",
        "Last day at school",
        "Next meeting",
    ]


def test_a_box_of_another_kind_is_printed_in_its_place() -> None:
    silent = Section(name="other", title=Voice(staff="Other"), template="", show=lambda _: {"said": 2})
    box = replace(silent, name="box", printed=lambda _: {"said": 1}, boxed=True)
    plan = next(page for page in PAGES if page.name == "plan")
    printed = printed_plan((box, silent, *plan.sections))
    assert [one.name for one in printed[:2]] == ["box", "emergency"]
    assert printed[0].show(reading_of(projected(), around())) == {"said": 1}


def test_each_kinds_facts_are_said_under_its_name_and_by_every_reading() -> None:
    """Lists take every key for granted, also of a student of whom a reader sees nothing else."""
    with_facts = {kind.name for kind in ALL_KINDS if kind.facts is not None}
    whole, bare = (facts_of_reading(reading_of(projected(data), around())) for data in (None, {}))
    assert {"student", "plan", "meeting", "profile"} <= with_facts <= whole.keys()
    assert {name: whole[name].keys() for name in with_facts} == {name: bare[name].keys() for name in with_facts}


def test_a_kind_without_pages_is_left_to_its_schema() -> None:
    assert {name for name in WITH_PAGES if KINDS[name].of_student} == WITH_PAGES
    assert not KindOfRecord(name="log").is_on_pages


def _imported(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module


def test_what_puts_the_kinds_together_names_none_of_them() -> None:
    packages = {f"sendbook.kinds.{path.name}" for path in ROOM.iterdir() if (path / "kind.py").is_file()}
    together = {path.name: set(_imported(path)) for path in ROOM.glob("*.py") if path.name != "all_kinds.py"}
    together = {name: found for name, found in together.items() if "sendbook.kinds.all_kinds" in found}
    assert {"page_order.py", "paper.py", "places.py"} <= together.keys()
    for name, found in together.items():
        assert not [one for one in found if any(one.startswith(package) for package in packages)], name
