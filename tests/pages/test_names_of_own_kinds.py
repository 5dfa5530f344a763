"""How records of a campus's own kind are called, sorted and folded on their page, and in what changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import narrate
from sendbook.kinds.all_kinds import TELLERS
from sendbook.pages.own_student_kinds import documents_of_own_kinds, pages_of_own_kinds
from sendbook.pages.reading import Reading, StudentRecord, reading_of
from sendbook.pages.sections import render_section, sections_of
from tests.campus.small_schemas import field, group, kind, write_schemas
from tests.site.small_student import Outline, around, projected, templates

DAY = {"format": "date"}
FIELDS = {
    "seen_on": field(title="Seen on", **DAY),
    "written_on": field(title="Written on", **DAY),
    "by": field(title="By", **{"x-link": "person"}),
    "advice": field(
        title="Advice",
        type="array",
        items=group({"id": field(), "text": field(title="What to do")}, **{"x-say": "“{text}”"}),
        **{"x-key": "id", "x-heading": {"student": "What helps me"}},
    ),
    "first": field(title="First of all", **{"x-link": "#/advice"}),
    "scores": field(title="Scores", **{"x-fold": True}),
    "reason": field(title="Reason", **{"x-why": True}),
}
SAID = {
    "x-called": ["Report by {by}, {seen_on}", "Report of {seen_on}"],
    "x-day": "/seen_on",
    "x-id": "{random}",
    "x-order": 25,
}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Kind:
    schema = kind("report", "students/{student}/reports/{id}.yml", FIELDS, **SAID)
    folder = write_schemas(tmp_path_factory.mktemp("schemas"), {"report": schema})
    return SchemaRegistry.load(folder).kinds["report"]


def reading(kind_: Kind, records: Mapping[str, Mapping[str, Any]], manner: str = "staff") -> Reading:
    here = replace(around(), kinds={**around().kinds, kind_.name: kind_})
    made = reading_of(projected(manner=manner), here, family={"p-mum1": "Mrs Small"})
    others = (StudentRecord(kind=kind_.name, path=f"reports/{name}", data=data) for name, data in records.items())
    return replace(made, records={"student": made.records["student"], kind_.name: tuple(others)})


def sections(one: Reading) -> list[tuple[str, str]]:
    """The titles of the sections on the page, each with the text below it."""
    (page,) = pages_of_own_kinds(one, ["student"])
    made = sections_of(page, one)
    return [(it.title.replace("\N{NO-BREAK SPACE}", " "), str(render_section(it, one, templates()))) for it in made]


def titles(one: Reading) -> list[str]:
    return [title for title, _ in sections(one)]


def test_each_record_has_the_fullest_name_that_its_readers_may_know(report: Kind) -> None:
    full = {"by": "p-sen1", "seen_on": "2026-11-05", "scores": "1"}
    family = {"by": "p-mum1", "seen_on": "2026-11-04", "scores": "1"}
    stranger = {"by": "p-0000", "seen_on": "2026-11-03", "scores": "1"}
    records = {"k3f9": full, "a1b2": family, "z9y8": stranger, "q7q7": {"scores": "1"}}
    assert titles(reading(report, records)) == [
        "Report by Mrs Senco, 5 November 2026",
        "Report by Mrs Small, 4 November 2026",
        "Report of 3 November 2026",
        "Report",
    ]


def test_the_day_of_the_schema_puts_the_newest_first_whatever_files_are_called(report: Kind) -> None:
    records = {
        "2026-12-01": {"seen_on": "2026-03-01", "scores": "1"},
        "2026-01-01": {"seen_on": "2026-10-01", "scores": "1"},
        "2026-06-01": {"scores": "1", "written_on": "2026-11-11"},
    }
    assert titles(reading(report, records)) == ["Report of 1 October 2026", "Report of 1 March 2026", "Report"]


def test_what_a_file_is_called_is_nowhere_on_the_page_of_who_does_not_see_its_day(report: Kind) -> None:
    page = reading(report, {"2026-11-05": {"scores": "1"}, "2026-03-01": {"seen_on": "2026-03-01", "scores": "2"}})
    (made,) = pages_of_own_kinds(page, ["student"])
    assert [(one.name, one.title.staff) for one in made.sections] == [
        ("record-2", "Report of 1\N{NO-BREAK SPACE}March\N{NO-BREAK SPACE}2026"),
        ("record-1", "Report"),
    ]
    assert not [content for _, content in sections(page) if "2026-11-05" in content or "5 November" in content]


def test_a_draft_says_so_in_its_name(report: Kind) -> None:
    assert titles(reading(report, {"k3f9": {"state": "draft", "scores": "1"}})) == ["Report (draft)"]


def test_folded_fields_are_under_details_and_a_link_says_what_the_schema_calls_the_entry(report: Kind) -> None:
    data = {
        "seen_on": "2026-11-05",
        "scores": "85 of 100",
        "advice": [{"id": "sit", "text": "Sit near the front"}],
        "first": "sit",
    }
    ((_, content),) = sections(reading(report, {"k3f9": data}))
    shown, _, folded = content.partition("<summary>Details</summary>")
    assert "85 of 100" in folded
    assert "85 of 100" not in shown
    assert "“Sit near the front”" in " ".join(Outline(shown).text.split())
    assert "sit<" not in content


def test_without_folded_fields_there_are_no_details(report: Kind) -> None:
    ((_, content),) = sections(reading(report, {"k3f9": {"seen_on": "2026-11-05"}}))
    assert "<details" not in content


def test_a_heading_speaks_to_the_reader(report: Kind) -> None:
    data = {"advice": [{"id": "sit", "text": "Sit near the front"}]}
    ((_, to_staff),) = sections(reading(report, {"k3f9": data}))
    ((_, to_student),) = sections(reading(report, {"k3f9": data}, manner="student"))
    assert (">Advice<" in to_staff, ">What helps me<" in to_staff) == (True, False)
    assert (">Advice<" in to_student, ">What helps me<" in to_student) == (False, True)


def test_what_changed_calls_a_record_by_its_name_and_begins_with_its_reason(report: Kind) -> None:
    def side(**data: Any) -> dict[str, Record]:
        place = "students/7Q4K/reports/k3f9"
        said = {"seen_on": "2026-11-05", "by": "p-sen1", **data}
        return {place: Record(id=place, kind="report", student="7Q4K", path="", digest=str(data), data=said)}

    before, after = side(scores="Low"), side(scores="High", reason="she was seen again")
    kinds = {"report": report}
    events = compare(before, after, kinds)
    known = Names(voice="family", linked={"person": {"p-sen1": "Mrs Senco"}})
    (named,), (unnamed,) = (
        narrate(events, before, after, kinds, names, tellers=TELLERS) for names in (known, Names(voice="family"))
    )
    assert named.title.replace("\N{NO-BREAK SPACE}", " ") == "Report by Mrs Senco, 5 November 2026"
    assert unnamed.title.replace("\N{NO-BREAK SPACE}", " ") == "Report of 5 November 2026"
    assert next((one.heading, [line.text for line in one.sentences]) for one in named.passages) == (
        "Why",
        ["She was seen again."],
    )


def test_a_colleague_who_speaks_as_family_is_not_named_from_the_directory(tmp_path: Path) -> None:
    """As in what changed: that a colleague is a parent here is for those alone who know it from the family's list."""
    words = group(
        {"id": field(), "from": field(title="From", **{"x-link": "person"}), "text": field(title="Words")},
        **{"x-owner": {"by": "from"}, "x-say": "“{text}” by {from|text}"},
    )
    fields = {
        "words": field(title="Words", type="array", items=words, **{"x-key": "id"}),
        "first": field(title="First", **{"x-link": "#/words"}),
        "by": field(title="Written by", **{"x-link": "person"}),
    }
    folder = write_schemas(tmp_path, {"visit": kind("visit", "students/{student}/visits/{id}.yml", fields)})
    said = {"id": "one", "from": "p-sen1", "text": "He is tired"}
    visit = SchemaRegistry.load(folder).kinds["visit"]
    ((_, content),) = sections(reading(visit, {"k3f9": {"words": [said], "first": "one"}}))
    text = " ".join(Outline(content).text.split())
    assert "Mrs Senco" not in text
    assert "A member of the family" in text
    assert "“He is tired” by He is tired" in text
    ((_, of_a_colleague),) = sections(reading(visit, {"k3f9": {"words": [said], "by": "p-sen1"}}))
    assert "Mrs Senco" in of_a_colleague


@pytest.mark.parametrize(
    ("drafts", "documents"),
    [
        ([], {"swim_log": ""}),
        (["students/{student}/drafts/swim_log.yml"], {"swim_log": "", "draft-swim-log": "drafts/swim_log"}),
        (["students/{student}/drafts/logs/{id}.yml"], {"swim_log": "", "draft-swim-log": "drafts/swim-log"}),
    ],
    ids=["none", "one draft", "a draft each"],
)
def test_drafts_are_printed_of_a_kind_that_has_a_place_for_them(
    drafts: list[str], documents: dict[str, str], tmp_path: Path
) -> None:
    state = field(title="State", enum=["draft", "agreed"])
    schema = kind(
        "swim_log", ["students/{student}/swim_log.yml", *drafts], {"state": state, **FIELDS}, required=["state"]
    )
    made = SchemaRegistry.load(write_schemas(tmp_path, {"swim_log": schema})).kinds["swim_log"]
    found = documents_of_own_kinds([made])
    assert {name: one.record for name, one in found.items()} == {
        name.replace("_", "-"): record for name, record in documents.items()
    }
    assert [one.title for one in found.values()] == ["Swim_Log", "Draft swim_Log"][: len(documents)]
