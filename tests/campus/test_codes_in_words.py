"""Every code of every list of choices has words, and they are its own field's: the schema alone gives them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pytest

import sendbook
from sendbook.campus.nodes import Node
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.wanted import choices
from sendbook.campus.words import in_words
from sendbook.campus.year_groups import YEAR_ORDER, YEARS, year
from tests.campus.small_schemas import COMMON, field, group, kind, write_schemas

REGISTRY = SchemaRegistry.load(schemas())
# What looks like a word and is an abbreviation: nobody reads “Dsl”.
_ABBREVIATIONS = frozenset({"dpo", "dsl", "eal", "ehc", "ehcp", "isi", "lac", "lsa", "sen", "senco", "send", "ta"})
_SAYS_ITSELF = re.compile(r"[a-z]{2,}(?:_[a-z]+)*|\d+")


def with_codes(node: Node, place: str) -> Iterator[tuple[str, Node]]:
    """A field and all inside it that take a code of a list, with their places."""
    if "enum" in node.schema:
        yield place, node
    for inner in (*node.properties.values(), *filter(None, (node.items, node.values))):
        yield from with_codes(inner, f"{place}/{inner.name}" if inner is not node.items else place)


FIELDS: Mapping[str, Node] = {
    place: node
    for one in (*REGISTRY.kinds.values(), *REGISTRY.front_matter.values())
    for place, node in with_codes(one.root, one.name)
}


@pytest.mark.parametrize("place", FIELDS)
def test_each_code_has_words_or_says_itself(place: str) -> None:
    node = FIELDS[place]
    for code in map(str, node.schema["enum"]):
        if code not in node.words:
            assert _SAYS_ITSELF.fullmatch(code), f"“{code}” needs x-words"
            assert not _ABBREVIATIONS & set(code.split("_")), f"“{code}” needs x-words"


@pytest.mark.parametrize("place", FIELDS)
def test_no_two_codes_of_a_field_have_the_same_words_and_none_has_words_for_nothing(place: str) -> None:
    node = FIELDS[place]
    assert len({node.said(code) for code in node.schema["enum"]}) == len(node.schema["enum"])
    assert not [code for code, words in node.words.items() if words == in_words(code)]


def test_one_code_means_what_its_field_says() -> None:
    """“None” is no access, and no difference; E an EHC plan, and fluent English."""
    student, plan = REGISTRY.kinds["student"], REGISTRY.kinds["plan"]
    assert student.said("family/access", "none") == "Nothing"
    assert plan.said("provision/impact/rating", "none") == "No difference"
    assert student.said("status/code", "E") == "EHC plan"
    assert student.said("eal/proficiency", "E") == "Fluent"
    assert student.said("rights/decides", "parent") == "Parents"
    assert student.said("family/relation", "parent") == "Parent"
    assert plan.said("provision/wave", 2) == "Targeted"


def test_a_code_without_words_and_a_field_nobody_knows_are_still_readable() -> None:
    plan = REGISTRY.kinds["plan"]
    assert plan.said("provision/type", "hydro_pool_time") == "Hydro pool time"
    assert plan.said("no/such/field", "hydro_pool_time") == "Hydro pool time"


def test_year_groups_are_called_the_same_with_a_field_and_without() -> None:
    node = FIELDS["student/year_group"]
    assert node.schema["enum"] == list(YEAR_ORDER)
    assert node.words == YEARS
    assert (year("R"), year("9")) == ("Reception", "Year 9")


def test_what_the_site_says_by_its_field_is_a_field_with_choices() -> None:
    """A place that leads nowhere would be said as if it had no words."""
    modules = sorted(Path(sendbook.__file__).parent.rglob("*.py"))
    asked = {place for path in modules for place in places_in(path.read_text(encoding="utf-8"))}
    assert len(asked) > 25
    assert asked <= FIELDS.keys()


def places_in(source: str) -> Iterator[str]:
    """The places that a module of the site asks for words, those of its one kind or list without their beginning."""
    yield from re.findall(r"(?:around|self)\.said\(\s*\"([a-z_/]+/[a-z_]+)\"", source)
    for begin in re.findall(r"said\(f\"([a-z_/]+)/\{field\}\"", source):
        yield from (f"{begin}/{field}" for field in re.findall(r"_said\(\w+, [\"']([a-z_/]+)[\"']", source))


def test_words_beside_a_reference_and_on_entries_of_a_list(tmp_path: Path) -> None:
    """A definition brings its words along; what stands beside the reference replaces them."""
    mood = {"enum": ["up", "so_so"], "x-words": {"up": "Well"}}
    common = {**COMMON, "$defs": {**COMMON["$defs"], "mood": mood}}
    refers = {"title": "Mood", "description": "How.", "$ref": "common.schema.json#/$defs/mood"}
    note = kind(
        "note",
        "note.yml",
        {
            "now": refers,
            "then": {**refers, "x-words": {"up": "Happy"}},
            "days": field(type="array", items=group({"mood": refers})),
        },
    )
    loaded = SchemaRegistry.load(write_schemas(tmp_path, {"common": common, "note": note})).kinds["note"]
    assert [loaded.said(place, "up") for place in ("now", "then", "days/mood")] == ["Well", "Happy", "Well"]
    assert loaded.said("now", "so_so") == "So so"
    assert choices(loaded.root.properties["then"].schema) == ["up (Happy)", "so_so"]
