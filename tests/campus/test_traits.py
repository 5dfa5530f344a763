"""What a schema says of a whole kind (names, days, ids, parts in words): shipped kinds and a campus's own alike."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus import shipped
from sendbook.campus.inlining import OUR_ANNOTATIONS
from sendbook.campus.nodes import Node
from sendbook.campus.retention import CLASSES
from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.traits import LAST
from sendbook.errors import SchemaError
from tests.campus.small_schemas import Schema, field, group, kind, write_schemas

SHIPPED = SchemaRegistry.load(shipped.schemas())
KINDS = sorted(SHIPPED.kinds.values(), key=lambda one: one.name)
#: Kinds of which no record is of one day: they hold for a time, and are changed.
OF_NO_DAY = {
    *("access", "access_tests", "accessibility_plan", "campus", "intervention", "person", "plan", "profile"),
    *("student", "waivers", "withdrawn"),
}
DAY = {"format": "date"}
VISIT = {
    "on": field(**DAY),
    "who": field(**{"x-link": "person"}),
    "place": field(**{"x-part": "places"}),
    "minutes": field(type="integer", **{"x-unit": "minutes"}),
    "type": field(enum=["at_home", "in_school"]),
    "visit": field(**group({"on": field(**DAY), "notes": field(type="array", items=field())})),
    "help": field(type="array", items=field(), **{"x-heading": {"family": "Help given"}}),
    "done": field(type="boolean"),
}


def kind_of(folder: Path, **more: Any) -> Kind:
    """A kind of a student's visits, with more said of it as a whole."""
    path = more.pop("x-path", "students/{student}/visits/{id}.yml")
    schema = kind("visit", path, VISIT, **more)
    return SchemaRegistry.load(write_schemas(folder, {"visit": schema})).kinds["visit"]


@pytest.mark.parametrize("one", KINDS, ids=lambda one: one.name)
def test_every_shipped_kind_says_all_that_a_reader_is_told_of_it(one: Kind) -> None:
    """A kind that is added without it would be called by its title, and its parts by their codes."""
    said = one.schema
    assert {"x-called", "x-parts", "x-retain"} <= said.keys()
    assert said["x-parts"].keys() == one.parts
    assert ("x-day" in said) is (one.name not in OF_NO_DAY)
    assert ("x-id" in said) is any("{id}" in path for path in one.paths)
    assert ("x-order" in said) is one.of_student


def test_no_two_parts_of_a_student_s_records_are_called_the_same() -> None:
    words = [one.part_in_words(part) for one in KINDS if one.of_student for part in one.parts]
    assert len(set(words)) == len(words)


def test_every_class_for_keeping_records_is_said_in_words() -> None:
    assert all(" " in words for words in CLASSES.values())
    assert {one.traits.retain for one in KINDS} <= CLASSES.keys()


def test_each_word_and_each_class_is_in_the_page_for_kinds_of_one_s_own() -> None:
    page = Path(__file__).parents[2] / "docs" / "own-kinds.md"
    if not page.is_file():
        pytest.skip("the documentation is not beside the tests")
    text = page.read_text(encoding="utf-8")
    assert [one for one in (*sorted(OUR_ANNOTATIONS - {"x-front-matter"}), *CLASSES) if f"`{one}`" not in text] == []


def test_a_record_is_called_by_its_fields_in_words(tmp_path: Path) -> None:
    visit = kind_of(tmp_path, **{"x-called": "{type} on {on}, {minutes}"})
    assert visit.name_of({"type": "at_home", "on": "2026-11-05", "minutes": 20}) == (
        "At home on 5\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026, 20 minutes"
    )


def test_a_name_with_a_gap_is_not_said_but_the_next_one_that_has_none(tmp_path: Path) -> None:
    """What a reader may not see is missing from the data: neither it nor its absence shows."""
    visit = kind_of(tmp_path, **{"x-called": ["Visit to {place}, {on}", "Visit of {on|visit/on}"]})
    assert visit.name_of({"place": "Hull", "on": "2026-11-05"}).startswith("Visit to Hull, 5")
    assert visit.name_of({"on": "2026-11-05"}).startswith("Visit of 5")
    assert visit.name_of({"place": "Hull", "visit": {"on": "2026-11-06"}}).startswith("Visit of 6")
    assert visit.name_of({"place": "Hull"}) == visit.name_of({}) == "Visit"
    assert visit.name_of({"place": {"odd": 1}, "on": ["2026-11-05"]}) == "Visit"


def test_nobody_is_named_by_an_id(tmp_path: Path) -> None:
    visit = kind_of(tmp_path, **{"x-called": "Visit by {who}"})
    assert visit.name_of({"who": "p-3f8q"}) == "Visit"

    def say(node: Node, value: Any) -> str:
        return {"p-3f8q": "Ms Levy"}.get(value, "") if node.link is not None else str(value)

    assert visit.name_of({"who": "p-3f8q"}, say) == "Visit by Ms Levy"
    assert visit.name_of({"who": "p-0000"}, say) == "Visit"


def test_a_kind_that_says_nothing_has_a_name_a_day_an_id_and_parts_all_the_same(tmp_path: Path) -> None:
    visit = kind_of(tmp_path)
    assert (visit.traits.called, visit.traits.day, visit.traits.id_of) == ((), (), "{day}")
    assert (visit.traits.order, visit.traits.retain) == (LAST, "")
    assert visit.traits.parts == {"open": "open (Visit)", "places": "places (Visit)"}
    assert visit.name_of({"on": "2026-11-05"}) == "Visit"


def test_a_field_called_date_is_the_day_and_a_name_names_what_is_about_no_student(tmp_path: Path) -> None:
    fields = {"date": field(**DAY), "name": field()}
    schemas = {
        "trip": kind("trip", "trips/{id}.yml", {"name": field()}),
        "talk": kind("talk", "students/{student}/talks/{id}.yml", fields),
    }
    kinds = SchemaRegistry.load(write_schemas(tmp_path, schemas)).kinds
    assert kinds["talk"].traits.day_of({"date": "2026-11-05"}) == "2026-11-05"
    assert kinds["talk"].traits.day_of({"date": 3}) == ""
    assert kinds["talk"].name_of({"date": "2026-11-05", "name": "A"}).startswith("Talk of 5")
    assert kinds["trip"].name_of({"name": "Whitby"}) == "Trip: Whitby"
    assert kinds["trip"].traits.id_of == "{name}"
    assert kinds["trip"].traits.parts == {"open": "Trip"}


UNUSABLE: dict[str, tuple[Schema, str]] = {
    "no words": ({"x-called": [""]}, "x-called is not a name"),
    "no such field": ({"x-called": "Visit by {whom}"}, "x-called names “whom”, which is no field"),
    "a list in a name": ({"x-called": "{visit/notes}"}, "x-called names “visit/notes”, which is no field"),
    "yes or no in a name": ({"x-called": "{done}"}, "x-called names “done”, which is no field"),
    "a brace": ({"x-called": "Visit {on"}, "a brace that is alone"),
    "a day without a slash": ({"x-day": "on"}, "x-day does not lead to a date"),
    "a day that is none": ({"x-day": "/place"}, "x-day does not lead to a date"),
    "an odd id": ({"x-id": "{hour}"}, "x-id is not made of"),
    "the same id": ({"x-id": "visit"}, "x-id is the same for every record"),
    "no place for an id": ({"x-id": "{day}", "x-path": "students/{student}/visit.yml"}, "its x-path has no {id}"),
    "no words for several": ({"x-plural": " "}, "x-plural is not a title in words"),
    "several of one": ({"x-plural": "Visits", "x-path": "students/{student}/visit.yml"}, "has an x-plural, but its"),
    "a part too few": ({"x-parts": {"open": "visits"}}, "x-parts lacks the part “places”"),
    "a part too many": ({"x-parts": {"open": "a", "places": "b", "old": "c"}}, "names the part “old”"),
    "one word for two": ({"x-parts": {"open": "visits", "places": "visits"}}, "two parts in the same words"),
    "no words for a part": ({"x-parts": {"open": "", "places": "b"}}, "x-parts does not say each part in words"),
    "a part that would open all": ({"x-part": "all"}, "has a part called “all”"),
    "a kind that would open all": ({"x-kind": "all"}, "has a kind called “all”"),
    "a reason of no part": ({"x-withheld": {"old": "Why."}}, "x-withheld names the part “old”"),
    "no reason": ({"x-withheld": {"open": ""}}, "x-withheld does not say of parts, in words"),
    "together with no part": ({"x-together": {"all": ["open", "old"]}}, "“all” names the part “old”"),
    "together alone": ({"x-together": {"all": ["open", "open"]}}, "“all” is not of several parts"),
    "together in no words": ({"x-together": {"all": "open"}}, "x-together does not say in words"),
    "no number": ({"x-order": "first"}, "x-order is not a number"),
    "a number that is none": ({"x-order": float("nan")}, "x-order is not a number up to 1000"),
    "a number beyond all": ({"x-order": 10**400}, "x-order is not a number up to 1000"),
    "settled in no state": ({"x-settled": ["done"]}, "x-settled names “done”, which is no state of this kind"),
    "settled in no list": ({"x-settled": "done"}, "x-settled is not a list of the states"),
    "settled never": ({"x-settled": []}, "x-settled is not a list of the states"),
    "no class": ({"x-retain": "for ever"}, "x-retain is none of send_file"),
}


@pytest.mark.parametrize("what", UNUSABLE)
def test_what_can_not_be_so_is_refused_when_the_schemas_load(tmp_path: Path, what: str) -> None:
    more, reason = UNUSABLE[what]
    with pytest.raises(SchemaError) as refused:
        kind_of(tmp_path, **more)
    assert reason in str(refused.value)


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"a": field(**{"x-heading": "Help"})}, "/a has an x-heading that is not in words"),
        ({"a": field(**{"x-heading": {"parents": "Help"}})}, "/a has an x-heading for others than family, staff"),
        ({"a": field(**{"x-fold": "yes"})}, "/a has an x-fold that is neither true nor false"),
        ({"a": field(type="integer", **{"x-why": True})}, "/a has an x-why, which is for a text of the record itself"),
        ({"a": field(**{"x-why": True}), "b": field(**{"x-why": True})}, "/ has more than one field with x-why"),
        ({"id": field()}, "x-called names “id”, which is for links"),
        ({"l": field(**{"x-link": "#/a"})}, "x-called names “l”, which is no field"),
    ],
)
def test_a_wrong_word_about_a_field_is_refused(tmp_path: Path, fields: Schema, reason: str) -> None:
    name = next(iter(fields))
    more = {"x-called": f"{{{name}}}"} if "x-called" in reason else {}
    with pytest.raises(SchemaError) as refused:
        SchemaRegistry.load(write_schemas(tmp_path, {"note": kind("note", "note.yml", fields, **more)}))
    assert reason in str(refused.value)


def test_no_state_is_called_as_what_stands_for_all_is(tmp_path: Path) -> None:
    made = kind("note", "students/{student}/note.yml", {"state": field(enum=["draft", "all"])})
    with pytest.raises(SchemaError, match="has a state called “all”"):
        SchemaRegistry.load(write_schemas(tmp_path, {"note": made}))


def test_a_name_holds_no_words_that_may_not_be_for_the_family(tmp_path: Path) -> None:
    """A heading carries no mark, and is printed: what is marked elsewhere would stand there bare."""
    owner = {"by": "@student", "also": ["teaches"], "family_if": "share"}
    words = group({"text": field(), "share": field(type="boolean")}, title="W", description="W.", **{"x-owner": owner})
    made = kind("note", "students/{student}/note.yml", {"words": words}, **{"x-called": "{words/text}"})
    with pytest.raises(SchemaError, match="names “words/text”, which may not be for the family"):
        SchemaRegistry.load(write_schemas(tmp_path, {"note": made}))


def test_all_faults_of_a_file_are_told_at_once(tmp_path: Path) -> None:
    with pytest.raises(SchemaError) as refused:
        kind_of(tmp_path, **{"x-called": "{whom}", "x-day": "on", "x-order": True})
    assert all(word in str(refused.value) for word in ("x-called", "x-day", "x-order"))


def test_several_records_have_a_title_of_their_own_where_the_schema_says_one(tmp_path: Path) -> None:
    visit = kind_of(tmp_path / "a", title="Home visit", **{"x-plural": "Home visits"})
    assert [visit.titled(number) for number in (0, 1, 2)] == ["Home visit", "Home visit", "Home visits"]
    assert kind_of(tmp_path / "b", title="Home visit").titled(2) == "Home visit"


def test_parts_say_why_they_are_withheld_and_what_they_are_together(tmp_path: Path) -> None:
    said = {"x-withheld": {"places": "Only who drives there needs it."}, "x-together": {"all": ["open", "places"]}}
    traits = kind_of(tmp_path, **said).traits
    assert traits.withheld == {"places": "Only who drives there needs it."}
    assert traits.together == {"all": ("open", "places")}


def test_a_heading_is_said_to_whom_it_is_for_and_the_title_to_all_others(tmp_path: Path) -> None:
    node = kind_of(tmp_path).root.properties["help"]
    assert [node.heading(voice) for voice in ("staff", "family", "student")] == ["Field", "Help given", "Field"]


def test_a_copy_made_before_schemas_said_as_much_reads_as_well_as_a_new_one(tmp_path: Path) -> None:
    """Only what it says itself is its own; what names a field that it took out is left out too."""
    copy = json.loads((shipped.schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    for name in [
        name for name in copy if name in ("x-called", "x-order", "x-parts", "x-withheld", "x-together", "x-retain")
    ]:
        del copy[name]
    for one in copy["properties"].values():
        one.pop("x-heading", None)
        one.pop("x-why", None)
    copy["properties"]["bus"] = field(**{"x-part": "travel"})
    meeting = kind("meeting", "students/{student}/meetings/{id}.yml", {"date": field(**DAY)})
    own = write_schemas(tmp_path, {"plan": copy, "meeting": meeting})
    ours, now = (SchemaRegistry.load(shipped.schemas(), *more).kinds for more in ((), (own,)))
    before, after = ours["plan"].traits, now["plan"].traits
    assert after.parts == {**before.parts, "travel": "travel (Provision plan)"}
    assert (after.called, after.order, after.retain) == (before.called, before.order, before.retain)
    assert (after.withheld, after.together) == (before.withheld, before.together)
    assert (after.reason, now["plan"].root.properties["targets"].heading("student")) == ("reason", "My targets")
    assert now["meeting"].name_of({"date": "2026-11-05"}).startswith("Meeting of 5")
    assert now["meeting"].traits.parts == {"open": "Meeting"}


def test_a_copy_may_gain_and_lose_parts_without_a_word_for_them(tmp_path: Path) -> None:
    """What that opens is for the checks of access to say, which need schemas that load."""
    copy = json.loads((shipped.schemas() / "plan.schema.json").read_text(encoding="utf-8"))
    del copy["properties"]["senco_notes"], copy["properties"]["cycles"]
    copy["required"].remove("cycles")
    copy["properties"]["bus"] = field(**{"x-part": "travel"})
    parts = SchemaRegistry.load(shipped.schemas(), write_schemas(tmp_path, {"plan": copy})).kinds["plan"].traits.parts
    assert parts["travel"] == "travel (Provision plan)"
    assert "senco_notes" not in parts


def test_pages_are_made_again_when_what_a_copy_takes_over_is_another(tmp_path: Path) -> None:
    """The digest is in the key of each page; a copy of a shipped schema doesn't say by itself what it takes over."""

    def digest(called: str) -> str:
        kind_of(tmp_path / called, **{"x-called": f"{called} of {{on}}"})
        return SchemaRegistry.load(tmp_path / called, tmp_path / "copy").digest

    kind_of(tmp_path / "copy")
    assert digest("Visit") != digest("Call")
