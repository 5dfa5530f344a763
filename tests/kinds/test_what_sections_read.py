"""A section says which parts it shows something of: what is left out of any other part changes nothing in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from sendbook.campus.nodes import Node
from sendbook.kinds.page_order import PAGES
from sendbook.pages.reading import Reading, reading_of
from sendbook.pages.sections import Section
from tests.site.small_student import KINDS, around, projected, records

Part = tuple[str, str]
Records = Mapping[str, Mapping[str, Any]]
SECTIONS = {f"{page.name}/{section.name}": section for page in PAGES for section in page.sections if not page.draft_of}
SHOWN = ("student", "profile", "plan", "meeting")
#: By these a reading knows what people are called, wherever it speaks of them.
CALLED: frozenset[Part] = frozenset({("student", "name"), ("student", "family")})
#: It lists the parts that are granted by their names, and shows nothing of any.
LISTS_PARTS = "who-can-see/yours"
PARTS: frozenset[Part] = frozenset((kind, part) for kind in SHOWN for part in KINDS[kind].parts)


def rich() -> dict[str, dict[str, Any]]:
    """The small student's records with something in as many parts as the pages show."""
    data = records()
    data["student"] |= {
        "account_decision": {"on": "2026-09-07", "by": "p-sen1", "reason": "He asked."},
        "home_local_authority": "Leeds",
        "candidate_number": "4711",
        "consents": [{"id": "a", "to": "photograph", "given_by": "parent", "given_on": "2025-09-03"}],
        "looked_after": "looked_after",
        "sex": "M",
    }
    data["profile"] |= {"healthcare_plan": True, "goals": [{"id": "g", "text": "To read."}]}
    data["meetings/2026-09-24"] |= {
        "minutes": 45,
        "staff_present": [{"person": "p-tut1"}],
        "others_present": [{"role": "Social worker"}],
        "discussed": [{"id": "d", "topic": "Reading", "text": "It goes well."}],
        "agreed": [{"id": "a", "text": "More time."}],
        "student_voice": [{"id": "v", "on": "2026-09-24", "text": "I want more.", "share_with_family": True}],
        "family_voice": [{"id": "f", "from": "p-mum1", "on": "2026-09-24", "text": "He is proud."}],
    }
    return data


def kind_of(name: str) -> str:
    return "meeting" if name.startswith("meetings/") else name


def cut(node: Node, value: Any, part: str, within: str = "") -> Any:
    """A value without what is in a part; None if nothing is left of it."""
    within = node.part or within
    if node.properties and isinstance(value, Mapping):
        kept = {name: cut(node.properties[name], inner, part, within) for name, inner in value.items()}
        return {name: inner for name, inner in kept.items() if inner is not None} or None
    if node.items is not None and isinstance(value, list):
        kept_items = (cut(node.items, inner, part, within) for inner in value)
        return [inner for inner in kept_items if inner is not None] or None
    return None if within == part else value


def reading_without(part: Part | None) -> Reading:
    """What is read by those who see all parts, or all but one."""
    data: dict[str, Any] = {}
    for name, record in rich().items():
        kind = kind_of(name)
        shown = cut(KINDS[kind].root, record, part[1]) if part and part[0] == kind else record
        data |= {name: shown} if shown is not None else {}
    return reading_of(
        projected(data, parts=PARTS - {part} if part else PARTS), around(), family={"p-mum1": "Ms Mother"}
    )


@pytest.mark.parametrize("part", sorted(PARTS - CALLED), ids="-".join)
def test_what_a_section_shows_of_a_part_it_says_that_it_reads(part: Part) -> None:
    whole, less = reading_without(None), reading_without(part)

    def reads(section: Section) -> bool:
        if part in section.needs:
            return True
        try:
            return bool(section.show(whole) != section.show(less))
        except KeyError:  # what the schema asks for is a part of its own here: those who lack it lack the section
            return True

    unsaid = {place for place, section in SECTIONS.items() if reads(section) and part not in section.reads}
    assert unsaid == {LISTS_PARTS}
