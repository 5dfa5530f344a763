"""Addresses torn when they were pasted are found, in links and in words; whole ones of any kind are left alone."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from sendbook.handbook.handbook_problems import WARNINGS, page_problems
from sendbook.handbook.pasted_addresses import IN_LINK, IN_WORDS, torn_addresses
from tests.site.handbooks import EVERY, page

TORN_LINKS = [
    "[x](http:// https://a.example)",
    "[x](https://https://a.example)",
    "[x](https:// a.example)",
    "[x](http://http//a.example)",
    "[x](https:/a.example)",
    "[x](https:a.example)",
    "[x](http//a.example)",
    "[x](https;//a.example)",
    "[x](ttps://a.example)",
    "[x](https:///a.example)",
    "[x](https://)",
    "[x](www.a.example)",
    "[x](https://wwwa.example/x)",
    "[x](https://www a.example)",
    "[x](https://www,a.example)",
    "[x](https://a.example/two words)",
    "[x](https://a..example)",
    "[x](https://council)",
    "[x](https://www.council)",
    "[x](https://a,example)",
    "[x](https://.a.example)",
    "[x](https://a.example.)",
    "[x](https://a.example/x,)",
    "[x](https://a.example/])",
    "[x](<https://a.example>>)",
    '[x](https://a.example/")',
    "[x]()",
    "[x]( )",
    "[x](#)",
    "[x](<>)",
    "![A map]()",
    "[x](mailto:)",
    "[x](mailto: a@b.example)",
    "[x](mailto:office)",
    "[x](mailto:a@)",
    "[x](mailto:a@b)",
    "[x](mailto:mailto:a@b.example)",
    "[x](mailto://a@b.example)",
    "[x](a@b.example)",
    "[x](tel:)",
    "[x](tel:01632 960000)",
    "[x](see https://a.example)",
    '[x](https://{{ campus("local_offer").url }})',
    "[x]: https:// a.example",
    "[x][y]\n\n[y]: <https://https://a.example>",
]
TORN_WORDS = [
    "See http:// https://a.example for more.",
    "See https://https://a.example.",
    "See http:/a.example for more.",
    "See http//a.example for more.",
    "See https: //a.example for more.",
    "See www a.example for more.",
    "See www. a.example for more.",
    "See wwwcouncil.gov.uk for more.",
    "See www,council.gov.uk for more.",
    "Write to senco @school.example now.",
    "Write to senco@ school.example now.",
    "Write to mailto: now.",
    "See [the list] (https://a.example).",
    "See (the list)[https://a.example].",
    "See [the list](https://a.example",
    "See [https://a.example] for more.",
    "See <https://a.example for more.",
]
WHOLE = [
    "[x](https://a.example)",
    "[x](https://www.a.example/send?x=1#y)",
    "[x](http://a.example/a_(b))",
    '[x](https://a.example/ "A title")',
    "[x](https://a.example/?u=https://b.example)",
    "[x](https://web.archive.example/web/2020/https://b.example/)",
    "[x](02-roles.md)",
    "[x](02-roles.md#heads)",
    "[x](#heads)",
    "[x](mailto:a@b.example)",
    "[x](mailto:a@b.example?subject=A%20place)",
    "[x](mailto:a@b.example,c@b.example)",
    '[x](mailto:{{ person("senco").email }})',
    '[x]({{ campus("local_offer").url }})',
    "[x](tel:+441632960000)",
    "[x](tel:999)",
    "[x](<https://a.example/x>)",
    "![A map](map.png)",
    "See <https://a.example> and <mailto:a@b.example>.",
    "See https://www.a.example/send, or www.a.example.",
    "See www.gov.uk/send-help.",
    "Write to a@b.example.",
    "Text [with brackets] and (more).",
    '[x][y]\n\n[y]: https://a.example "A title"',
    "`http:// https://a.example`",
    "Follow us @school now.",
    "The www is a web.",
    "[a](https://a.example) and [b](https://b.example/)",
    "[x](https://m\N{LATIN SMALL LETTER U WITH DIAERESIS}nchen.example/)",
    "[x](https://www2.a.example/)",
    "[x](https://a.example:8080/)",
    "A note[^1] (https://a.example).",
    'See [the plan](accessibility-plan.md "The plan").',
    "- [ ] a box (https://a.example)",
    '[x]({{ campus("advice_service").url }}) (call us)',
]


def found(text: str) -> list[str]:
    return [torn.code for torn in torn_addresses(text)]


@pytest.mark.parametrize("text", TORN_LINKS)
def test_a_link_that_nobody_can_follow_is_one_finding(text: str) -> None:
    assert found(text) == [IN_LINK]


@pytest.mark.parametrize("text", TORN_WORDS)
def test_an_address_in_words_that_looks_torn_is_one_finding(text: str) -> None:
    assert found(text) == [IN_WORDS]


@pytest.mark.parametrize("text", WHOLE)
def test_a_whole_address_is_left_alone(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("text", ["[x](https://https://a.example)", "[x]()", "[x](a@b.example)", "[x](www.a.example)"])
def test_a_page_says_it_once_at_its_place(text: str) -> None:
    """Neither that the handbook has no such file, nor how a link may begin, is said as well."""
    problems = page_problems(page(f"# Roles\n\nSee {text}."), EVERY, date(2026, 11, 23))
    assert [(one.code, one.line, one.column) for one in problems] == [(IN_LINK, 14, 5)]


@pytest.mark.parametrize("text", [*TORN_LINKS, *TORN_WORDS, "[x](ana.nunez@home.example)"])
def test_no_address_of_a_page_is_in_a_sentence_that_goes_into_a_log(text: str) -> None:
    for torn in torn_addresses(text.replace("a@", "ana.nunez@").replace("//a.", "//nunez.")):
        assert "nunez" not in torn.message + torn.remedy


def test_an_address_in_words_stops_nothing() -> None:
    assert IN_WORDS in WARNINGS
    assert IN_LINK not in WARNINGS


def test_code_shows_how_something_is_written() -> None:
    assert found("```\n[x](http:// https://a.example)\n```") == []


@pytest.mark.parametrize(
    "text", ["[a]: b" + " " * 50_000 + "c", "mailto:" * 7_000, "[" * 400 + "]" + " " * 50_000 + "x"]
)
def test_no_line_however_odd_takes_long(text: str) -> None:
    """As a table that was pasted from a spreadsheet; what grows with the square of its length would take minutes."""
    begun = process_time()
    found(text)
    assert process_time() - begun < 5
