"""What pages ask of their surroundings is noted, place by place, and is known again when one of them is another."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sendbook.campus.links import Links
from sendbook.campus.records import Record
from sendbook.pages.asked import Answers, Asked, NotedData, noting
from sendbook.pages.charts import Drawings
from sendbook.pages.surroundings import Surroundings, surroundings_of
from sendbook.site.build.student_build import _names
from tests.site.small_student import CAMPUS, KINDS, PEOPLE, RECORDS, around

Ask = Callable[[Surroundings], object]
LIBRARY_RECORDS = tuple(
    Record(id=f"interventions/{one}", kind="intervention", student=None, path="", digest=one, data=data)
    for one, data in {**RECORDS["intervention"], "another": next(iter(RECORDS["intervention"].values()))}.items()
)


def other(change: Callable[[dict[str, Any], list[Any]], None]) -> Surroundings:
    """The surroundings with something changed in the campus's record, or in people's."""
    campus, people = deepcopy(CAMPUS), deepcopy(PEOPLE)
    change(campus, people)
    return surroundings_of(campus, people, records=RECORDS)


def senco(people: list[Any]) -> dict[str, Any]:
    return next(one for one in people if one["id"] == "p-sen1")


def new_number(_campus: dict[str, Any], people: list[Any]) -> None:
    senco(people)["staff"]["phone"] = "01632 960111"


def new_name(_campus: dict[str, Any], people: list[Any]) -> None:
    senco(people)["name"]["known_as"] = "Ms Other"


def new_campus_name(campus: dict[str, Any], _people: list[Any]) -> None:
    campus["name"] = "Other School"


def new_teacher(campus: dict[str, Any], _people: list[Any]) -> None:
    campus["teaching_groups"][0]["teachers"][0]["person"] = "p-oth1"


@pytest.mark.parametrize(
    ("ask", "bites", "spares"),
    [
        (lambda seen: "p-tea1" in seen.leaders, new_teacher, new_number),
        (lambda seen: sorted(seen.leaders), new_teacher, new_number),
        (lambda seen: seen.name("p-sen1"), new_name, new_number),
        (lambda seen: seen.staff["p-sen1"].phone, new_number, new_name),
        (lambda seen: seen.contact("senco").phone, new_number, new_campus_name),
        (lambda seen: seen.campus.get("name"), new_campus_name, new_number),
        (lambda seen: "Ms Other" in seen.staff_names, new_name, new_number),
        (lambda seen: [one.name for one in seen.staff.values()], new_number, new_campus_name),
    ],
)
def test_what_was_asked_for_counts_and_its_neighbours_do_not(ask: Ask, bites: Any, spares: Any) -> None:
    asked, here = Asked(), around()
    assert ask(noting(here, asked)) == ask(here)
    before = Answers(here).digest(asked.places)
    assert Answers(other(bites)).digest(asked.places) != before
    assert Answers(other(spares)).digest(asked.places) == before


def test_what_was_not_there_is_noted_too() -> None:
    asked, here = Asked(), around()
    assert noting(here, asked).campus.get("office", {}).get("fax") is None
    with_fax = replace(here, campus={**here.campus, "office": {**here.campus.get("office", {}), "fax": "1"}})
    assert Answers(with_fax).digest(asked.places) != Answers(here).digest(asked.places)


@pytest.mark.parametrize(
    "ask",
    [
        lambda links: list(links.of_kind("intervention")),
        lambda links: len(links.of_kind("intervention")),
        lambda links: bool(links.of_kind("intervention")),
        lambda links: [target.record.id for target in links.of_kind("intervention").values()],
    ],
    ids=["which", "how many", "any", "each"],
)
def test_to_go_through_the_campus_s_own_records_is_noted(ask: Callable[[Any], object]) -> None:
    asked, here = Asked(), replace(around(), links=Links(LIBRARY_RECORDS, KINDS))
    without = replace(here, links=Links((), KINDS))
    assert ask(noting(here, asked).links) == ask(here.links)
    assert Answers(here).digest(asked.places) != Answers(without).digest(asked.places)


def test_of_what_a_link_leads_to_the_fields_that_were_asked_for_count() -> None:
    first, second = (record.id.rpartition("/")[2] for record in LIBRARY_RECORDS[:2])

    def library(changed: str = "") -> Surroundings:
        named = [
            replace(one, data={**one.data, "name": "Other"}) if one.id.endswith(f"/{changed}") else one
            for one in LIBRARY_RECORDS
        ]
        return replace(around(), links=Links(named, KINDS))

    asked, here = Asked(), library()
    targets = noting(here, asked).links.of_kind("intervention")
    assert targets is not None
    assert targets[first].data["name"] == RECORDS["intervention"][first]["name"]
    before = Answers(here).digest(asked.places)
    assert Answers(library(first)).digest(asked.places) != before
    assert Answers(library(second)).digest(asked.places) == before


DOSE = LIBRARY_RECORDS[0].data["dose"]


@pytest.mark.parametrize(
    ("read", "bites", "spares"),
    [
        (lambda data: data["name"], {"name": "Other"}, {"summary": "Other"}),
        (lambda data: data["dose"]["weeks"], {"dose": {**DOSE, "weeks": 10}}, {"dose": {**DOSE, "minutes": 25}}),
        (lambda data: data.get("nothing"), {"nothing": "There now"}, {"summary": "Other"}),
        (sorted, {"nothing": "There now"}, {}),
    ],
    ids=["a field", "a field within", "what is not there", "all fields"],
)
def test_of_the_whole_record_behind_a_link_what_was_read_counts(
    read: Callable[[Any], object], bites: dict[str, Any], spares: dict[str, Any]
) -> None:
    """A page that says what a record of the campus is called is made again when that is another."""
    first, second = (record.id for record in LIBRARY_RECORDS[:2])

    def library(changed: str = "", gone: str = "", **data: Any) -> Surroundings:
        there = (one for one in LIBRARY_RECORDS if one.id != gone)
        records = [replace(one, data={**one.data, **data}) if one.id == changed else one for one in there]
        return replace(around(), links=Links(records, KINDS))

    asked, here = Asked(), library()
    targets = noting(here, asked).links.of_kind("intervention")
    assert targets is not None
    read(targets[first.rpartition("/")[2]].record.data)
    before = Answers(here).digest(asked.places)
    assert Answers(library(first, **bites)).digest(asked.places) != before
    assert Answers(library(first, **spares)).digest(asked.places) == before
    assert Answers(library(second, **bites)).digest(asked.places) == before
    assert Answers(library(gone=first)).digest(asked.places) != before
    assert {place[1] for place in asked.places if place[0] == "shared record"} == {first}


def test_what_leads_into_a_student_s_records_is_noted() -> None:
    asked, here = Asked(), replace(around(), links=Links(LIBRARY_RECORDS, KINDS))
    assert noting(here, asked).links.into("7Q4K") == ()
    assert ("into", "7Q4K") in asked.places


def test_a_drawing_that_was_made_for_another_page_brings_what_it_asked() -> None:
    drawings, entry, first, second = Drawings(), {"id": "a"}, Asked(), Asked()
    for asked in (first, second):
        seen = noting(around(), asked)
        drawings.noting(asked).once(entry, "name", lambda seen=seen: seen.name("p-sen1"))
    assert first.places == second.places != set()


trees = st.recursive(
    st.none() | st.integers() | st.text(max_size=3) | st.lists(st.integers(), max_size=2),
    lambda inner: st.dictionaries(st.sampled_from("abc"), inner, max_size=3),
    max_leaves=8,
)
data = st.dictionaries(st.sampled_from("abc"), trees, max_size=3)
questions = st.lists(
    st.tuples(st.lists(st.sampled_from("abc"), max_size=3), st.sampled_from(["get", "in", "all", "any", "len"])),
    max_size=4,
)


def answered(tree: Any, ways: list[tuple[list[str], str]]) -> list[object]:
    """What somebody finds who looks into the data in some ways."""
    return [_answer(tree, steps, sort) for steps, sort in ways]


def _answer(tree: Any, steps: list[str], sort: str) -> object:
    for step in steps:
        if not hasattr(tree, "get"):
            return "no"
        tree = tree.get(step)
    if not hasattr(tree, "get"):
        return repr(tree)
    return {
        "get": lambda: repr(tree.get("a")) if not hasattr(tree.get("a"), "get") else "mapping",
        "in": lambda: "a" in tree,
        "all": lambda: sorted(tree),
        "any": lambda: bool(tree),
        "len": lambda: len(tree),
    }[sort]()


@given(before=data, after=data, ways=questions)
@example(before={"a": None}, after={}, ways=[([], "in")])
def test_whoever_gets_another_answer_had_asked_a_place_that_is_another(
    before: dict[str, Any], after: dict[str, Any], ways: list[tuple[list[str], str]]
) -> None:
    asked = Asked()
    said = answered(NotedData(before, ("campus",), asked), ways)
    assert said == answered(before, ways)
    here, there = (Answers(replace(around(), campus=one)) for one in (before, after))
    if here.digest(asked.places) == there.digest(asked.places):
        assert answered(after, ways) == said


def test_who_has_led_a_group_at_any_time_counts_as_one_who_leads() -> None:
    """Whether it is today is asked of the groups themselves: from one day to the next it may be another."""
    campus = deepcopy(CAMPUS)
    campus["tutor_groups"][0]["tutors"] = [{"person": "p-old1", "from": "2020-09-01", "until": "2021-07-01"}]
    del campus["teaching_groups"][0]["teachers"]
    assert surroundings_of(campus, PEOPLE).leaders == {"p-old1"}


def test_a_set_of_pages_is_named_by_what_it_asked_and_was_answered() -> None:
    asked, here = Asked(), around()
    assert noting(here, asked).name("p-sen1")

    def named(surroundings: Surroundings, base: str = "base") -> str:
        source: Any = SimpleNamespace(around=SimpleNamespace(answers=Answers(surroundings)))
        return _names(base, {"around": source}, asked.places)["around"]

    before = named(here)
    assert named(around()) == before
    assert named(other(new_number)) == before, "nobody asked for the number"
    assert named(other(new_name)) != before
    assert named(here, "another") != before
