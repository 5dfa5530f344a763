"""Named macros: what a handbook page may hold between braces, and that values stay text."""

from datetime import date
from html import unescape

import markdown
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.figures.saying import said_in_public
from sendbook.figures.settings import FigureSettings
from sendbook.handbook.macros import MacroValues, expand, parse
from sendbook.kinds.figures.figure_macro import FIGURE
from sendbook.pages.escaped_markdown import escape
from sendbook.pages.macro import SaidByMacro
from tests.site.handbooks import VALUES

CAMPUS = {
    "name": "Larkfield Campus",
    "contacts": {"senco": "p-aaa1", "dsl": "p-none"},
    "office": {"phone": "01632 960100"},
    "terms": [
        {"id": "spring-2026", "start": "2026-01-06", "end": "2026-03-27"},
        {"id": "spring-2027", "start": "2027-01-06", "end": "2027-03-25"},
        {"id": "autumn-2026", "start": "2026-09-03", "end": "2026-12-17"},
    ],
}
PEOPLE = {
    "p-aaa1": {
        "name": {"full": "Miriam Okonjo", "known_as": "Mrs Okonjo"},
        "staff": {"email": "m@larkfield.example", "job_title": "SENDCo"},
        "family": {"phone": "07700 900123"},
    },
    "p-aaa2": {"name": {"full": "A Parent"}, "staff": {"email": "not@listed.example"}},
}


def shown(text: str) -> str:
    """What a reader sees of a paragraph holding this text."""
    html = markdown.markdown(text)
    return html.removeprefix("<p>").removesuffix("</p>")


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{{ person("senco") }}', "Mrs Okonjo"),
        ('{{person("senco").name}}', "Mrs Okonjo"),
        ("{{ person('senco').job_title }}", "SENDCo"),
        ('{{ term("spring") }}', "6 January to 25 March 2027"),
        ('{{ campus("name") }}', "Larkfield Campus"),
    ],
)
def test_a_named_macro_becomes_its_text(written: str, said: str) -> None:
    """One call with one constant, and at most one attribute."""
    assert expand(f"Ask {written}.", VALUES) == (f"Ask {said}.", ())


@pytest.mark.parametrize(
    "written",
    [
        "{{ config }}",
        "{{ person }}",
        '{{ person("senco")|upper }}',
        '{{ person("senco").name.upper() }}',
        '{{ person("senco").email.domain }}',
        '{{ person("senco")["email"] }}',
        '{{ person("sen" ~ "co") }}',
        "{{ person(name) }}",
        '{{ person(key="senco") }}',
        '{{ person(*["senco"]) }}',
        '{{ person("senco", "dsl") }}',
        "{{ person(1) }}",
        '{{ now("x") }}',
        "{{ ''.__class__.__mro__ }}",
        '{{ cycler.__init__.__globals__.os.popen("id") }}',
        '{{- person("senco") }}',
        '{{ person("senco") -}}',
        '{{ "text" }}',
        "{{ }}",
        "{{ not closed",
        "{% if x %}",
        "{% raw %}",
        "{# a comment #}",
        "%}",
    ],
)
def test_anything_else_between_braces_is_a_problem_where_it_stands(written: str) -> None:
    """The text stays as written, so nothing of it was ever run."""
    text, problems = expand(f"One\nTwo {written}", VALUES, path="handbook/02-roles.md", first_line=12)
    assert written in text
    assert [(item.code, item.path, item.line, item.column) for item in problems[:1]] == [
        ("macro", "handbook/02-roles.md", 13, 5)
    ]
    assert problems[0].remedy


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ('{{ person("head") }}', "Known names: senco."),
        ('{{ person("senco").salary }}', "Known of senco: email, job_title, name."),
        ('{{ term("winter") }}', "Known names: spring."),
        ('{{ campus("name").upper }}', "Known names: name."),
    ],
)
def test_an_unknown_name_is_told_with_the_known_ones(written: str, remedy: str) -> None:
    """So that a slip is mended without looking anything up."""
    (problem,) = expand(written, VALUES)[1]
    assert (problem.code, problem.hint) == ("macro-unknown", remedy)


def test_parts_of_the_campus_record_are_named_with_those_that_are_texts() -> None:
    values = MacroValues.from_campus({"name": "Larkfield", "office": {"phone": "01632"}, "roll": {"7": 3}}, {})
    (problem,) = expand('{{ campus("ofice") }}', values)[1]
    assert (problem.message, problem.found) == ("There is no such entry in the campus record.", 'campus("ofice")')
    assert problem.hint == "Known names: name. With a field behind a dot: office."


RELEASES = [
    {
        "smallest_count": 6,
        "counted_on": "2026-07-10",
        "public": [
            {"id": "send", "unit": "students", "value": 31},
            {"id": "gone", "unit": "students", "value": 11},
        ],
    },
    {
        "smallest_count": 6,
        "counted_on": "2026-11-23",
        "public": [
            {"id": "send", "unit": "students", "on": "2026-11-23", "value": 27},
            {"id": "few", "unit": "students", "hidden": "small"},
            {"id": "kept", "unit": "students", "hidden": "withheld"},
            {"id": "share", "unit": "percent", "value": 19.2},
            {"id": "secret-share", "unit": "percent", "hidden": "small"},
            {"id": "rows", "unit": "students", "cells": []},
        ],
        "figures": [{"id": "met", "unit": "percent", "value": 59}],
    },
]
HOUSE = FigureSettings()
SAID = SaidByMacro(macro=FIGURE, texts=said_in_public(RELEASES, HOUSE))
FIGURES = MacroValues(campus={"name": "Larkfield"}, of_kinds={"figure": SAID})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ('{{ figure("send") }}', "about 25"),
        ('{{ figure("send").date }}', "23 November 2026"),
        ('{{ figure("gone") }}', "about 10"),
        ('{{ figure("gone").date }}', "10 July 2026"),
        ('{{ figure("few") }}', "fewer than six"),
        ('{{ figure("kept") }}', "an unpublished number of"),
        ('{{ figure("share") }}', "19%"),
        ('{{ figure("secret-share") }}', "a percentage we don't publish"),
    ],
)
def test_a_figure_is_said_from_the_latest_release_that_has_it_rounded(written: str, said: str) -> None:
    text, problems = expand(written, FIGURES)
    assert (unescape(text), problems) == (said, ())


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        ('{{ figure("sen") }}', "Released for everyone: few, gone, kept, secret-share, send, share."),
        ('{{ figure("met") }}', "used on a handbook page"),
        ('{{ figure("rows") }}', "used on a handbook page"),
        ('{{ figure("send").exact }}', "Known of send: date, value."),
    ],
)
def test_a_figure_that_is_not_for_everyone_is_a_finding_and_never_a_number(written: str, remedy: str) -> None:
    text, (problem,) = expand(written, FIGURES)
    assert text == written
    assert problem.code == "macro-unknown"
    assert remedy in f"{problem.remedy} {problem.hint}"


def test_no_figure_has_been_released_yet() -> None:
    """A figure is never computed from a page; until one is released there is none."""
    (problem,) = expand('{{ figure("students on SEN support") }}', VALUES)[1]
    assert problem.code == "macro-unknown"
    assert "No figure has been released" in problem.remedy


@given(st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), min_size=1))
def test_a_value_shows_as_text_whatever_it_holds(value: str) -> None:
    """A name with Markdown or HTML in it is shown, never obeyed."""
    values = MacroValues(campus={"name": value})
    text, problems = expand('a{{ campus("name") }}b', values)
    assert not problems
    assert not set(text) & set("<>*_`[]{}|\\!~\n")
    html = shown(text)
    assert "<" not in html
    assert unescape(html).split() == f"a{value}b".split()


def test_a_value_can_not_begin_a_block_of_its_own() -> None:
    """At the start of a line a dash, a hash or a number would begin a list or a heading."""
    for value in ("- one", "# one", "1. one", "> one", "<!-- edition: staff -->", "{{ 7 * 7 }}"):
        assert markdown.markdown(escape(value)).startswith("<p>")
        assert expand(escape(value), VALUES)[1] == ()


def test_values_come_from_contacts_and_their_staff_section_only() -> None:
    """A listed person's family section, and a person not listed, are never in a handbook."""
    values = MacroValues.from_campus(CAMPUS, PEOPLE)
    assert values.people["senco"] == {
        "name": "Mrs Okonjo",
        "full_name": "Miriam Okonjo",
        "email": "m@larkfield.example",
        "job_title": "SENDCo",
    }
    assert values.people.keys() == {"senco", "senco_office"}
    assert "07700" not in repr(values)
    assert "not@listed" not in repr(values)


def test_a_season_means_the_term_of_this_school_year() -> None:
    """In November 2026 the spring term is next January's; in May 2026 it was last January's."""
    november = MacroValues.from_campus(CAMPUS, PEOPLE, on=date(2026, 11, 23))
    may = MacroValues.from_campus(CAMPUS, PEOPLE, on=date(2026, 5, 4))
    assert november.terms["spring"] == "6 January to 25 March 2027"
    assert may.terms["spring"] == "6 January to 27 March 2026"
    assert MacroValues.from_campus(CAMPUS, PEOPLE).terms["spring"] == november.terms["spring"]
    assert november.terms["spring-2026"] == "6 January to 27 March 2026"


def test_a_place_of_the_campus_says_its_facts_and_its_address_can_be_a_link() -> None:
    """An address is put as it is only if it is nothing but an address."""
    place = {"local_offer": {"name": "The *Offer*", "url": "https://offer.marlshire.example/send_here/a-b"}}
    values = MacroValues.from_campus({**CAMPUS, **place}, PEOPLE)
    text, problems = expand('[{{ campus("local_offer").name }}]({{ campus("local_offer").url }})', values)
    assert problems == ()
    assert shown(text) == '<a href="https://offer.marlshire.example/send_here/a-b">The &#42;Offer&#42;</a>'
    for address in ("javascript:alert(1)", "https://x.example/)<b>", "https://x.example/{{ 1 }}"):
        bad = MacroValues(campus={"name": "X"}, places={"local_offer": {"url": address}})
        assert address not in expand('{{ campus("local_offer").url }}', bad)[0]
    (problem,) = expand('{{ campus("local_offer").phone }}', values)[1]
    assert problem.hint == "Known of local_offer: name, url."


def test_only_a_parse_tree_is_made() -> None:
    """What is not one of our calls is not even taken apart further."""
    assert parse('{{ person("senco").email }}') is not None
    assert parse("{{ person.__class__ }}") is None
