"""What is refused on a page, and what asks for attention."""

import re
import shutil
from datetime import date
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus import shipped
from sendbook.campus.passages import passages_of
from sendbook.handbook.allowed_html import _ATTRIBUTES
from sendbook.handbook.edition import EDITIONS
from sendbook.handbook.folder import read
from sendbook.handbook.handbook_problems import WARNINGS, handbook_problems, page_problems
from sendbook.handbook.macros import expand
from sendbook.handbook.rendering import rendered
from sendbook.site.mkdocs_macros import values_of
from tests.site.handbooks import EVERY, SCHEMA, VALUES, page, write

ON = date(2026, 11, 23)


def codes(body: str, **front: object) -> list[str]:
    """The codes of what is wrong with a page of this body."""
    return [item.code for item in page_problems(page(body, **front), EVERY, ON)]


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("<script>alert(1)</script>", "html"),
        ("<SCRIPT\nsrc=x>", "html"),
        ("text <iframe src=x>", "html"),
        ("<svg/onload=alert(1)>", "html"),
        ('<abbr title="x" onclick="y">', "html"),
        ("<br onclick=x>", "html"),
        (r"\`<script>\`", "html"),
        ("```a b c\n<script>\n```", "html"),
        ("<br\nonclick=alert(1)>", "html"),
        ('a <kbd\nstyle="x">key</kbd>', "html"),
        ("<?php echo 1 ?>", "html"),
        ("<![CDATA[ x ]]>", "html"),
        ("<!DOCTYPE html>", "html"),
        ("<div markdown>**x**</div>", "html"),
        ("</div>Out of its place", "html"),
        ('<meta http-equiv=refresh content="0;url=x">', "html"),
        ('<svg><a xlink:href="x"/></svg>', "html"),
        ("<math><mi>x</mi></math>", "html"),
        ("<javascript:alert(1)>", "html"),
        ('<a\nhref="javascript:alert(1)">x</a>', "html"),
        ('<abbr\ntitle="x"\nonclick="y">a</abbr>', "html"),
        ('!!! sb-notice "Title"\n\n    Text.', "attributes"),
        ("A word that \u202eis turned\u202c round", "hidden-letter"),
        ("A word \u2066shut off\u2069", "hidden-letter"),
        ("x\n\n[x][y]\n\n[y]: javascript:alert(1)", "link-scheme"),
        ("[y]\n\n[y]: <data:text/html,x>", "link-scheme"),
        ("[x](JaVa&#115;cript:alert(1))", "link-scheme"),
        ("[x](java%73cript:alert(1))", "link-scheme"),
        ("[x](&#x20;javascript:alert(1))", "link-scheme"),
        ("[x](vbscript:x)", "link-scheme"),
        ("[x](javascript:alert(1))", "link-scheme"),
        ("[x](<JavaScript:alert(1)>)", "link-scheme"),
        ("[x][y]\n\n[y]: data:text/html,x", "link-scheme"),
        ("[x](/students/)", "link-absolute"),
        ("![A map](https://maps.example/x.png)", "other-host"),
        ("![A map](//maps.example/x.png)", "other-host"),
        ("![A map][map]", "image-name"),
        ("![](map.png)", "image-text"),
        ("``` mermaid\ngraph\n```", "mermaid"),
        ('--8<-- "../records/campus.yml"', "snippet"),
        ("```\n--8<-- x\n```", "snippet"),
        ("## Two\n#### Four", "heading-skips"),
        ("### Three first", "heading-skips"),
        ("# One\n# Two", "heading-title"),
        ("{{ config }}", "macro"),
        ("<!-- note to self -->", "comment"),
        ("Text\n{: onclick=alert(1) }", "attributes"),
        ("[x](https://a.example){: style=color:red }", "attributes"),
        ("*text*{ .loud }", "attributes"),
        ("## Heading { #place onclick=alert(1) }", "attributes"),
        ("## Heading {.loud} { #place }", "attributes"),
        ('## Heading { data-answers="<b>" }', "attributes"),
        ("``` {.python onclick=x}\ntext\n```", "attributes"),
    ],
)
def test_what_has_no_place_on_a_page_is_named(body: str, code: str) -> None:
    """Each with the line it stands on."""
    found = codes(body)
    assert code in found
    assert all(item.line for item in page_problems(page(body), EVERY, ON))


@pytest.mark.parametrize(
    "body",
    [
        "# Title\n\nText with `<script>` in code, 3 < 5 and a <b in words.",
        "```html\n<script>x</script>\n```",
        'H<sub>2</sub>O<br>\n<abbr title="Education, health and care">EHC</abbr>',
        "<https://www.gov.uk/>, [a law](https://www.legislation.gov.uk/), [mail](mailto:x@y.example)",
        "## Two\n### Three\n## Two again",
        '| a | b |\n| --- | ---: |\n| 1 | {{ person("senco").name }} |',
        "Section -8- and 5<8",
        '## How we find out { #find-out data-answers="SENIR-2 SENIR-3a" }\n### More {: #more }',
        r"A set is written \{1, 2}, or `{1, 2}`.",
    ],
)
def test_plain_markdown_passes(body: str) -> None:
    """Words, lists, tables, code and links out."""
    assert [code for code in codes(body) if code != "html" or "<b in" not in body] == []


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ({"review_by": "2026-11-22"}, "review-lapsed"),
        ({"review_by": "2026-11-23"}, None),
        ({"review_by": None}, "review-missing"),
        ({"owner": "head"}, "owner-unknown"),
    ],
)
def test_a_page_has_a_keeper_and_a_day_for_its_review(front: dict[str, object], code: str | None) -> None:
    """A lapsed review asks for attention and stops nothing; a keeper nobody knows is an error."""
    assert codes("# Roles", **front) == ([code] if code else [])
    assert {"review-lapsed", "review-missing"} <= WARNINGS
    assert "owner-unknown" not in WARNINGS


@pytest.mark.parametrize(
    ("body", "line", "column"),
    [
        ("First.\n\nThen <br\nonclick=alert(1)> here.", 3, 6),
        ("```\n<br\nonclick=x>\n```\n\n<br\nonclick=x>", 6, 1),
        ("Text.\n\n[x](java%73cript:alert(1))", 3, 5),
        ("<br\nid=a>\n\n<br\nid=a>", 1, 1),
    ],
)
def test_what_is_refused_as_html_is_told_where_it_stands(body: str, line: int, column: int) -> None:
    found = next(page_problems(page(body), EVERY, ON))
    assert (found.line, found.column) == (11 + line, column)


@given(st.text(max_size=80))
def test_whatever_is_typed_what_passes_holds_nothing_but_what_is_listed(typed: str) -> None:
    """Read as a browser reads it: no element, attribute or scheme but those on the list."""
    body = f"Text {typed}\n\n{typed}\n"
    if codes(body):
        return
    reader = _Browser()
    reader.feed(rendered(expand(body, VALUES)[0]))
    assert reader.elements <= _ATTRIBUTES.keys()
    assert not {name for name in reader.attributes if name.startswith("on") or name == "style"}


class _Browser(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes.update(name for name, _ in attrs)


def test_a_drawing_with_a_script_is_refused(tmp_path: Path) -> None:
    """Opened by its address it would be a page of its own."""
    write(tmp_path, "02-roles.md")
    (tmp_path / "handbook" / "map.svg").write_bytes(b'<svg xmlns="http://www.w3.org/2000/svg" onload="y"/>')
    found = handbook_problems(tmp_path, schema=SCHEMA, values=EVERY, on=ON)
    assert [(item.path, item.code) for item in found] == [("handbook/map.svg", "html")]


def test_the_handbook_we_ship_has_no_problem() -> None:
    """With the values of the example campus, on the day its records are for."""
    root = shipped.example()
    values = dict.fromkeys(EDITIONS, values_of(root))
    assert handbook_problems(root, schema=SCHEMA, values=values, on=ON) == ()


def test_what_the_report_says_the_senco_is_qualified_as_stands_in_the_record_and_nowhere_else(tmp_path: Path) -> None:
    """Somebody else takes over: the page says it of them, and nothing is left of the person who was there before."""
    root = tmp_path / "campus"
    shutil.copytree(shipped.example() / "records", root / "records")
    record = root / "records" / "people" / "p-gba7.yml"
    text = record.read_text(encoding="utf-8")
    record.write_text(re.sub("qualified_as: .*", "qualified_as: a drummer (until June)", text), encoding="utf-8")
    page = next(one for one in read(shipped.example(), SCHEMA).pages if one.document == "send_information_report")
    (passage,) = (one for one in passages_of(page.body) if "SENIR-4" in one.answers)
    lines = page.body.split("\n")[passage.line - 1 :]
    written = "\n".join(lines[: lines.index(next(line for line in lines[1:] if line.startswith("## ")))])
    assert not re.search("award|qualified (?!_)|degree", written.replace("qualified_as", ""), re.IGNORECASE)
    said, problems = expand(written, values_of(root))
    assert problems == ()
    assert "Mrs Okonjo is a drummer (until June)" in unescape(said)
