"""Pages of shipped kinds say what links to their entries: by name, with its place, and nothing that isn't seen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.links import Links
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas, site_templates
from sendbook.kinds.places import place_linked, place_of, place_of_entry
from sendbook.kinds.student_pages import StudentPages
from sendbook.pages.reading import reading_of
from tests.campus.small_schemas import field, kind, write_schemas
from tests.site.small_student import Outline, around, is_sound, pages, projected, records

HOME = "/students/7Q4K"
MET = "2026-09-24"
VISIT = kind(
    "visit",
    "students/{student}/visits/{id}.yml",
    {
        "place": field(title="Place"),
        "serves": field(title="Serves", **{"x-link": "plan#/targets"}),
        "need": field(title="Need", **{"x-link": "plan#/needs"}),
        "met": field(title="Met", **{"x-link": "meeting"}),
        "goal": field(title="Goal", **{"x-link": "profile#/goals"}),
        "contact": field(title="Status", **{"x-link": "student#/status"}),
    },
    title="Home visit",
    **{"x-called": "Visit to {place}"},
)
MILL = {"place": "the mill", "serves": "fluency", "need": "reading", "met": MET, "goal": "read", "contact": "k"}


@pytest.fixture(scope="module")
def kinds(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Kind]:
    folder: Path = write_schemas(tmp_path_factory.mktemp("schemas"), {"visit": VISIT})
    return SchemaRegistry.load(schemas(), folder).kinds


def made(kinds: Mapping[str, Kind], visits: Mapping[str, Any], **changed: Any) -> StudentPages:
    held = {**records(), **{f"visits/{name}": data for name, data in visits.items()}, **changed}
    here = replace(around(), kinds=kinds, links=Links((), kinds))
    return pages(projected({name: data for name, data in held.items() if data is not None}), here, where=place_linked)


def linked(found: StudentPages, page: str) -> str:
    """What a page has under “Mentioned in”; "" for nothing."""
    content = str(found.fragments[f"{HOME}/{page}"].content)
    is_sound(content)
    return content.partition('<section class="sb-section" aria-labelledby="linked-')[2].partition("</section>")[0]


def said(html: str) -> list[str]:
    lines = (Outline(line.partition("</li>")[0]).text for line in html.split("<li>")[1:])
    return [" ".join(line.replace("\N{NO-BREAK SPACE}", " ").split()) for line in lines]


def test_an_entry_of_the_plan_says_what_links_to_it_and_leads_there(kinds: Mapping[str, Kind]) -> None:
    found = linked(made(kinds, {"a": MILL, "b": {"place": "the sea", "serves": "fluency"}}), "plan/")
    assert said(found) == ["Reading: Visit to the mill", "“reads a page aloud”: Visit to the mill; Visit to the sea"]
    assert f'<a href="{HOME}/plan/#target-fluency">“reads a page aloud”</a>' in found
    assert f'<a href="{HOME}/plan/#need-reading">Reading</a>' in found
    assert f'<a href="{HOME}/more/visit/#record-2">Visit to the mill</a>' in found


def test_a_record_of_the_campus_s_own_kind_is_on_the_page_of_its_kind(kinds: Mapping[str, Kind]) -> None:
    here = replace(around(), kinds=kinds, links=Links((), kinds))
    reading = reading_of(projected({**records(), "visits/mill": MILL}), here, where=place_linked)
    assert place_of("visits/mill", reading) == f"{HOME}/more/visit/#record-1"
    assert place_of("visits/weir", reading) == ""


def test_no_print_from_the_browser_has_it(kinds: Mapping[str, Kind]) -> None:
    """A sheet goes from hand to hand: the section goes with its heading, by the rule for print in the style sheet."""
    found = linked(made(kinds, {"a": MILL}), "plan/")
    assert found.index('<div class="sb-screen-only">') < found.index("<li>")
    style = (site_templates() / "styles" / "sendbook.css").read_text(encoding="utf-8")
    hidden = style.partition("@media print {")[2].partition("{ display: none !important; }")[0]
    assert ".sb-screen-only" in hidden
    assert ".sb-section:has(> .sb-screen-only)" in hidden


@pytest.mark.parametrize(
    ("page", "line"),
    [
        ("meetings/", "Review with the family, 24 September 2026: Visit to the mill"),
        ("", "Read a whole book: Visit to the mill"),
        ("record/", "A status: Visit to the mill"),
    ],
)
def test_so_does_each_kind_that_has_pages_of_its_own(kinds: Mapping[str, Kind], page: str, line: str) -> None:
    profile = {**records()["profile"], "goals": [{"id": "read", "text": "Read a whole book."}]}
    found = made(kinds, {"a": MILL}, profile=profile)
    assert said(linked(found, page)) == [line]
    assert linked(made(kinds, {"a": {"place": "the mill"}}, profile=profile), page) == ""


def test_what_a_reader_does_not_see_of_a_link_is_not_said(kinds: Mapping[str, Kind]) -> None:
    """Neither a link that is kept from them, nor the record, nor the name of a record of which they see the link."""
    assert linked(made(kinds, {}), "plan/") == ""
    assert linked(made(kinds, {"a": {"place": "the mill"}}), "plan/") == ""
    without_name = linked(made(kinds, {"panic-attack": {"serves": "fluency"}}), "plan/")
    assert said(without_name) == ["“reads a page aloud”: Home visit"]
    assert "panic" not in without_name


def test_what_is_typed_is_text(kinds: Mapping[str, Kind]) -> None:
    assert "Visit to &lt;b&gt;x" in linked(made(kinds, {"a": {"place": "<b>x", "serves": "fluency"}}), "plan/")


def test_five_lines_are_shown_and_the_rest_is_folded(kinds: Mapping[str, Kind]) -> None:
    def plan(number: int) -> dict[str, Any]:
        needs = [{**records()["plan"]["needs"][0], "id": f"n{one}", "name": f"Need {one}"} for one in range(number)]
        return {**records()["plan"], "needs": needs}

    visits = {f"v{one}": {"place": f"place {one}", "need": f"n{one}"} for one in range(6)}
    assert "<details" not in linked(made(kinds, visits, plan=plan(5)), "plan/")
    more = linked(made(kinds, visits, plan=plan(6)), "plan/")
    assert "<summary>Show 1 more</summary>" in more
    assert [said(part) for part in more.split("<details")][1] == ["Need 5: Visit to place 5"]


def test_a_draft_says_what_links_to_what_is_new_in_it(kinds: Mapping[str, Kind]) -> None:
    needs = [{**records()["plan"]["needs"][0], "id": "new", "name": "New need"}]
    draft = {**records()["plan"], "state": "draft", "needs": needs}
    found = made(kinds, {"a": {"place": "the mill", "need": "new"}}, **{"drafts/plan": draft})
    assert said(linked(found, "draft/")) == ["New need: Visit to the mill"]
    assert linked(found, "plan/") == ""


def test_no_paper_says_what_links_to_it(kinds: Mapping[str, Kind]) -> None:
    """A copy of the plan goes from hand to hand: nobody is to read there that there are visits."""
    printed = [repr(one) for path, one in made(kinds, {"a": MILL}).documents.items() if "/more/" not in path]
    assert printed
    assert [one for one in printed if "the mill" in one] == []


def test_an_entry_without_a_heading_is_read_where_its_record_is() -> None:
    reading = reading_of(projected(records()), around())
    page = place_of("plan", reading)
    assert place_of_entry("plan", ("targets", 0), reading) == f"{page}#target-{records()['plan']['targets'][0]['id']}"
    assert place_of_entry("plan", (), reading) == place_of_entry("plan", ("targets",), reading) == page
    assert place_of_entry("plan", ("cycles", 0), reading) == page
    assert place_of_entry("no-record", ("targets", 0), reading) == place_of_entry("no-record", (), reading) == ""
