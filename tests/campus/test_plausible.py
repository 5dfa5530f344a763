"""``x-plausible``: what it says becomes limits, and what it can't say is refused when schemas load."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.plausible import Span, limits_of
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.ways import value_next_to, values_at
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas


def visits(path: str = "students/{student}/visits.yml", **plausible: Any) -> Schema:
    """A kind with a date and two counts in each entry of a list; each named field is given an ``x-plausible``."""
    entry = {
        "on": field(format="date"),
        "ended_on": field(format="date"),
        "planned": field(type="integer"),
        "given": field(type="integer"),
        "note": field(),
    }
    for name, said in plausible.items():
        entry[name]["x-plausible"] = said
    return kind(
        "visits",
        path,
        {
            "first": field(format="date"),
            "visits": field(type="array", items=group(entry)),
            "others": field(type="array", items=group({"on": field(format="date")})),
        },
    )


def loaded(folder: Path, schema: Schema) -> Kind:
    return SchemaRegistry.load(write_schemas(folder, {"visits": schema})).kinds["visits"]


def test_each_word_is_a_limit_of_its_field(tmp_path: Path) -> None:
    made = loaded(
        tmp_path, visits(on={"not_after": "today", "not_before": "/first"}, given={"at_most": "/visits/-/planned"})
    )
    said = [(limit.field.way, limit.word, limit.against.way if limit.against else None) for limit in made.limits]
    assert said == [
        (("visits", "-", "on"), "not_after", None),
        (("visits", "-", "on"), "not_before", ("first",)),
        (("visits", "-", "given"), "at_most", ("visits", "-", "planned")),
    ]


def test_a_value_is_held_against_the_same_entry_of_its_list() -> None:
    data = {"visits": [{"planned": 1, "given": 2}, {"given": 4}, {"planned": 5, "given": 6}], "odd": 3}
    found = list(values_at(data, ("visits", "-", "given")))
    assert [one.value for one in found] == [2, 4, 6]
    assert [value_next_to(data, one, ("visits", "-", "planned")) for one in found] == [1, None, 5]
    assert list(values_at({"visits": "none"}, ("visits", "-", "given"))) == []


@pytest.mark.parametrize(
    ("written", "last"),
    [
        ("1 day", date(2026, 12, 1)),
        ("2 weeks", date(2026, 12, 14)),
        ("3 months", date(2027, 2, 28)),
        ("1 year", date(2027, 11, 30)),
    ],
)
def test_a_length_of_time_ends_on_a_day(written: str, last: date) -> None:
    number, unit = written.split()
    assert Span(written=written, number=int(number), unit=unit.removesuffix("s")).after(date(2026, 11, 30)) == last


@pytest.mark.parametrize(
    ("name", "said", "fault"),
    [
        ("on", {"not_later": "today"}, "says “not_later”; the words are not_after, not_before, at_most_ahead, at_most"),
        ("on", {}, "that is not written like"),
        ("on", "today", "that is not written like"),
        ("note", {"not_after": "today"}, "says “not_after” of something that is not a date"),
        ("on", {"at_most": "/visits/-/planned"}, "says “at_most” of something that is not a number"),
        (
            "on",
            {"not_after": "/visits/-/until"},
            "points to “/visits/-/until” for “not_after”, which leads to no field",
        ),
        ("on", {"not_after": "tomorrow"}, "points to “tomorrow” for “not_after”, which leads to no field"),
        ("on", {"not_after": 3}, "points to “3” for “not_after”, which leads to no field"),
        ("on", {"not_after": "/visits/-/note"}, "points to “/visits/-/note” for “not_after”, which is no other date"),
        ("on", {"not_after": "/visits/-/on"}, "points to “/visits/-/on” for “not_after”, which is no other date"),
        ("on", {"not_after": "/others/-/on"}, "points to “/others/-/on”, which is in a list that this field is not in"),
        ("on", {"at_most_ahead": "soon"}, "needs a number and days, weeks, months or years"),
        ("on", {"at_most_ahead": 3}, "needs a number and days, weeks, months or years"),
    ],
)
def test_what_can_not_be_checked_is_refused(name: str, said: Any, fault: str, tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as refused:
        loaded(tmp_path, visits(**{name: said}))
    assert f"/visits/-/{name} has an x-plausible " in str(refused.value)
    assert fault in str(refused.value)


def test_all_faults_of_a_file_are_named_together(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as refused:
        loaded(tmp_path, visits(on={"soon": 1}, note={"at_most": "/first"}))
    assert "/visits/-/on has" in str(refused.value)
    assert "/visits/-/note has" in str(refused.value)


def test_only_a_student_s_records_know_a_birth(tmp_path: Path) -> None:
    (limit,) = loaded(tmp_path / "student", visits(on={"not_before": "birth"})).limits
    assert limit.birth
    with pytest.raises(SchemaError, match="says “birth” in a kind that belongs to no student"):
        loaded(tmp_path / "campus", visits("visits.yml", on={"not_before": "birth"}))


def test_a_page_of_the_handbook_has_rules_of_its_own_for_its_days(tmp_path: Path) -> None:
    page = {**visits(on={"not_after": "today"}), "x-front-matter": True}
    del page["x-path"]
    with pytest.raises(SchemaError, match="has an x-plausible, which is asked of records alone"):
        SchemaRegistry.load(write_schemas(tmp_path, {"page": page}))


def test_free_names_are_each_held_against_their_own_entry(tmp_path: Path) -> None:
    counts = {"type": "object", **group({"planned": field(type="integer"), "given": field(type="integer")})}
    counts["properties"]["given"]["x-plausible"] = {"at_most": "/terms/*/planned"}
    made = loaded(
        tmp_path, kind("visits", "visits.yml", {"terms": {**field(type="object"), "additionalProperties": counts}})
    )
    (limit,) = limits_of(made.root, of_student=False)[0]
    data = {"terms": {"autumn": {"planned": 3, "given": 4}, "spring": {"given": 9}}}
    found = list(values_at(data, limit.field.way))
    assert limit.against is not None
    assert [(one.value, value_next_to(data, one, limit.against.way)) for one in found] == [(4, 3), (9, None)]
