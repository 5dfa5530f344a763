"""A template of a campus's own can neither run away, nor fill the machine, nor make HTML of a record's words."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

import pytest
from jinja2 import TemplateSyntaxError

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.errors import TemplateError
from sendbook.pages.sandbox import FILTERS, LONGEST, LimitError, Sandbox
from sendbook.pages.templates import Templates
from sendbook.site.build.inspection import inspect
from sendbook.site.build.rehearsal import template_problems
from tests.checks_kit import tiny_campus
from tests.conftest import ON


class Person(NamedTuple):
    """Something of ours that is a row of values, with names of their own."""

    name: str
    title: str


HANDED = {
    "hostile": {"onclick=alert(1)": "x", "a": "<b>"},
    "words": ["<i>", "b"],
    "many": ["x"] * 1000,
    "name": "<script>",
    "person": Person("Ada", "SENDCo"),
}


def templates(tmp_path: Path, source: str) -> Templates:
    own = tmp_path / "site_templates" / "pages"
    own.mkdir(parents=True, exist_ok=True)
    (own / "mine.html").write_text(source, encoding="utf-8")
    return Templates(site_templates(), own.parent)


def rendered(tmp_path: Path, source: str) -> str:
    return str(templates(tmp_path, source).render("pages/mine.html", HANDED))


@pytest.mark.parametrize(
    "source",
    [
        "{{ hostile|xmlattr }}",
        "{{ 'a' * 10**10 }}",
        "{{ 10**10 * 'a' }}",
        "{{ [0] * 10**10 }}",
        "{{ 9**(9**9) }}",
        "{{ 10**5000 * 10**5000 }}",
        "{{ 'a'|center(10**10) }}",
        "{{ 'a'.center(10000000000) }}",
        "{{ 'a'.ljust(10000000000) }}",
        "{{ 'a'.zfill(10000000000) }}",
        "{{ 'a\t'.expandtabs(10000000000) }}",
        "{{ '%10000000000d' % 1 }}",
        "{{ '%10000000000d'|format(1) }}",
        "{{ '{:10000000000}'.format(1) }}",
        "{{ (['a']|map(attribute='center')|list)[0](10000000000) }}",
        "{{ 'aaaa'.replace('', 'a' * 1000) }}",
        "{{ 'a'|indent(10000000000) }}",
        "{{ 'a'|replace('', 'b') }}",
        "{{ [1]|batch(10000000000, 'x')|list }}",
        "{{ 1.5|round(1000000000, 'ceil') }}",
        "{{ (1).to_bytes(10000000000) }}",
        "{{ range(10**9)|list }}",
        "{{ lipsum(1000000) }}",
        "{{ many|join('x' * 1000) }}",
        "{% set s = 'a' * 100000 %}{{ s ~ s ~ s }}",
        "{% set s = 'a' * 150000 %}{{ s + s }}",
        "{% for a in many %}{% for b in many %}{% for c in many %}{% endfor %}{% endfor %}{% endfor %}",
        "{% for a in many %}{% for b in many %}{{ many|sort|length }}{% endfor %}{% endfor %}",
        "{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% for a in many recursive %}{{ loop(many) }}{% endfor %}",
        "{% for a in many %}{{ 'a' * 100000 }}{% endfor %}",
        "{% include 'pages/mine.html' %}",
        "{{ " + "(" * 300 + "1" + ")" * 300 + " }}",
        "{% if 1 %}" * 200 + "{% endif %}" * 200,
        "x" * (1 << 19),
        "{{ name|safe }}",
        "{{ name|tojson }}",
        "{{ name|urlize }}",
        "{{ ''.__class__ }}",
        "{{ self.__init__ }}",
        "{{ 1 // 0 }}",
    ],
)
def test_what_runs_away_or_grows_without_end_is_one_clear_sentence(tmp_path: Path, source: str) -> None:
    with pytest.raises(TemplateError) as told:
        rendered(tmp_path, source)
    assert "pages/mine.html" in str(told.value)
    assert len(str(told.value)) < 300


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("{{ words|join(' & ') }}", "&lt;i&gt; &amp; b"),
        ("{{ words|map('upper')|join }}", "&lt;I&gt;B"),
        ("{{ 'a' * 3 }}{{ 2 ** 10 }}{{ 7 % 4 }}{{ name ~ 1 }}", "aaa10243&lt;script&gt;1"),
        ("{% for a in words %}{{ loop.index }}{{ a }}{% if not loop.last %},{% endif %}{% endfor %}", "1&lt;i&gt;,2b"),
        ("{% for key, value in hostile|dictsort %}{{ value }}{% endfor %}", "&lt;b&gt;x"),
        ("{% for key, value in hostile.items() %}{{ value }};{% endfor %}", "x;&lt;b&gt;;"),
        ("{% for a in many %}{% for b in words %}{% endfor %}{% endfor %}{{ many|length }}", "1000"),
        ("{{ person.name }}, {{ person.title }}", "Ada, SENDCo"),
        ("{{ name.upper() }}{{ name.strip('<') }}", "&lt;SCRIPT&gt;script&gt;"),
        ("{% for a in [1, [2]] recursive %}{{ loop(a) if a is iterable else a }}{% endfor %}", "12"),
    ],
)
def test_what_a_template_needs_works_and_stays_escaped(tmp_path: Path, source: str, shown: str) -> None:
    assert rendered(tmp_path, source) == shown


#: What each filter that a template may use makes of something.
FILTERED = {
    "abs": ("-2|abs", "2"), "capitalize": ("'ab'|capitalize", "Ab"), "count": ("'ab'|count", "2"),
    "d": ("none_such|d('x')", "x"), "default": ("none_such|default('x')", "x"),
    "dictsort": ("{'b': 1, 'a': 2}|dictsort|join(',', 0)", "a,b"), "e": ("'<'|e", "&lt;"),
    "escape": ("'<'|escape", "&lt;"), "first": ("[1, 2]|first", "1"), "float": ("'1'|float", "1.0"),
    "forceescape": ("'<'|forceescape", "&lt;"), "groupby": ("[person]|groupby('name')|map('first')|join", "Ada"),
    "int": ("'7'|int", "7"), "items": ("{'a': 2}|items|map('last')|join", "2"), "join": ("[1, 2]|join('-')", "1-2"),
    "last": ("[1, 2]|last", "2"), "length": ("[1, 2]|length", "2"), "list": ("('ab'|list)[1]", "b"),
    "lower": ("'AB'|lower", "ab"), "map": ("['a']|map('upper')|join", "A"), "max": ("[1, 2]|max", "2"),
    "min": ("[1, 2]|min", "1"), "reject": ("[1, 2]|reject('odd')|join", "2"),
    "rejectattr": ("[person]|rejectattr('name')|list|length", "0"), "reverse": ("'ab'|reverse", "ba"),
    "select": ("[1, 2]|select('odd')|join", "1"), "selectattr": ("[person]|selectattr('name')|list|length", "1"),
    "sort": ("[2, 1]|sort|join", "12"), "string": ("1|string", "1"), "sum": ("[1, 2]|sum", "3"),
    "title": ("'ab cd'|title", "Ab Cd"), "trim": ("' a '|trim", "a"),
    "truncate": ("'one two three'|truncate(9, false, '.', 0)", "one two."), "unique": ("[1, 1]|unique|join", "1"),
    "upper": ("'ab'|upper", "AB"), "urlencode": ("'a b'|urlencode", "a%20b"), "wordcount": ("'a b'|wordcount", "2"),
}  # fmt: skip


def test_each_filter_a_template_may_use_does_what_it_is_called(tmp_path: Path) -> None:
    assert set(FILTERED) == FILTERS
    source = "\n".join(f"{{{{ {text} }}}}" for text, _ in FILTERED.values())
    assert dict(zip(FILTERED, rendered(tmp_path, source).splitlines(), strict=True)) == {
        name: shown for name, (_, shown) in FILTERED.items()
    }


def test_each_rendering_is_counted_by_itself(tmp_path: Path) -> None:
    made = templates(tmp_path, "{% for a in many %}{% for b in many[:90] %}{% endfor %}{% endfor %}done")
    assert {str(made.render("pages/mine.html", HANDED)) for _ in range(4)} == {"done"}


def test_check_names_a_template_that_can_not_be_used_before_a_build_stops_at_it(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    root = tiny_campus(tmp_path / "campus")
    (one,) = template_problems(templates(root, "{{ hostile|xmlattr }}"))
    assert (one.code, one.path) == ("template", "site_templates/pages/mine.html")
    assert "template" in {finding.code for finding in inspect(CampusFolder(root, registry), ON)}


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{{ 3 * 'ab' }}", "ababab"),
        ("{{ 'ab' * 3 }}", "ababab"),
        ("{{ 'ab' * 0 }}{{ 'ab' * -1 }}-", "-"),
        ("{{ [1] * 2 }}", "[1, 1]"),
        ("{{ 3 * 4 }}", "12"),
    ],
)
def test_small_products_are_made_in_either_order(tmp_path: Path, source: str, said: str) -> None:
    assert rendered(tmp_path, source) == said


@pytest.mark.parametrize(("left", "right"), [("ab", LONGEST // 2 + 1), (LONGEST // 2 + 1, "ab"), ("a", LONGEST + 1)])
def test_a_text_that_would_be_too_long_is_refused_before_it_is_made(left: Any, right: Any) -> None:
    sandbox = Sandbox()
    sandbox.begin()
    with pytest.raises(LimitError):
        sandbox._check_product(left, right)
    sandbox._check_product("ab", LONGEST // 2)
    sandbox._check_product("ab", -LONGEST)


@pytest.mark.parametrize(
    ("at_most", "more"),
    [
        ("{{ 'a' * 200000 }}", "{{ 'a' * 200001 }}"),
        ("{{ ([0] * 200000)|length }}", "{{ ([0] * 200001)|length }}"),
        ("{% set s = 'a' * 99999 %}{{ s ~ s ~ 'bc' }}", "{% set s = 'a' * 99999 %}{{ s ~ s ~ 'bcd' }}"),
        ("{% set s = 'a' * 99999 %}{{ s + s + 'bc' }}", "{% set s = 'a' * 99999 %}{{ s + s + 'bcd' }}"),
        ("{{ ['a' * 99998, 'b' * 99998]|join('--') }}", "{{ ['a' * 99998, 'b' * 99999]|join('--') }}"),
    ],
    ids=["many times over", "entries", "with others", "added", "joined"],
)
def test_a_text_or_a_list_has_two_hundred_thousand_letters_or_entries_at_most(
    tmp_path: Path, at_most: str, more: str
) -> None:
    assert rendered(tmp_path, at_most)
    with pytest.raises(TemplateError):
        rendered(tmp_path, more)


def test_what_can_not_be_read_is_told_with_the_template_s_name_and_line() -> None:
    with pytest.raises(TemplateSyntaxError) as failed:
        Sandbox()._parse("\n{% if %}", "pages/mine.html", "/campus/mine.html")
    assert (failed.value.name, failed.value.filename, failed.value.lineno) == (
        "pages/mine.html",
        "/campus/mine.html",
        2,
    )
