"""The page that says whom to ask: who is on it, in which words, and how those of one name are told apart."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from sendbook.pages.surroundings import Surroundings, surroundings_of
from sendbook.site.readers.directory import directory, listed
from tests.conftest import ON
from tests.site.small_student import CAMPUS, PEOPLE, RECORDS, Outline, around, templates


def asked(around: Surroundings, beside: str = "") -> str:
    return directory(listed(around, ON, beside), templates()).content


def with_last(**staff: Any) -> Surroundings:
    """The campus with other words in the record of the last of its colleagues."""
    last = {**PEOPLE[-1], "staff": {**PEOPLE[-1]["staff"], **staff}}
    return surroundings_of(CAMPUS, [*PEOPLE[:-1], last], records=RECORDS)


def test_who_has_left_is_nobody_to_ask() -> None:
    """Pages of earlier years still name them."""
    here = with_last(left_on="2026-11-22")
    assert "Ms Assistant" not in asked(here)
    assert "Ms Assistant" in asked(around())
    assert here.name("p-ass1") == "Ms Assistant"


def test_on_their_last_day_a_colleague_can_be_asked() -> None:
    assert "Ms Assistant" in asked(with_last(left_on=ON.isoformat()))


def test_whoever_is_named_for_a_duty_is_there_once_and_first() -> None:
    content = asked(around())
    assert content.count("Mrs Senco") == 1
    assert content.index("Mrs Senco") < content.index("Everyone else") < content.index("Ms Assistant")


def test_colleagues_of_one_name_and_who_is_called_as_the_reader_are_listed_in_full() -> None:
    extra = [
        {"id": f"p-x{number}", "name": {"full": full, "known_as": known}, "staff": {"job_title": "Teacher"}}
        for number, (full, known) in enumerate((("Ann Lee", "Ms Lee"), ("Bo Lee", "Ms Lee"), ("Cy Mum", "Ms Mum")))
    ]
    here = surroundings_of(CAMPUS, [*PEOPLE, *extra])
    text = Outline(asked(here, beside="Ms Mum")).text
    assert all(full in text for full in ("Ann Lee", "Bo Lee", "Cy Mum"))
    assert "Mr Teacher" in text
    assert "Cy Mum" not in Outline(asked(here)).text


def test_colleagues_are_searched_for_here_and_on_no_other_page() -> None:
    assert directory(listed(around(), ON, ""), templates()).search is None


def test_the_list_of_contents_leads_to_each_heading_of_the_page() -> None:
    made = directory(listed(around(), ON, ""), templates())
    led_to = re.findall(r'href="#([^"]*)">([^<]*)', made.contents)
    assert led_to == re.findall(r'<h2 id="([^"]*)">([^<]*)', made.content)
    assert [title for _, title in led_to] == ["Ask first", "Everyone else, by surname"]


def test_where_everybody_is_named_for_a_duty_nobody_else_is_listed() -> None:
    made = directory(replace(listed(around(), ON, ""), others=()), templates())
    assert re.findall(r'<h2 id="([^"]*)"', made.content) == ["first"]
    assert "#all" not in made.contents
