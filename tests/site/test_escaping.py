"""Text of a record is text: no markup, no template and no quote of it ever becomes part of a page's HTML."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.shipped import site_templates
from sendbook.errors import TemplateError
from sendbook.kinds.intervention.library_pages import library_pages_of
from sendbook.pages.reading import WhoSees
from sendbook.pages.template_faults import Fault
from sendbook.pages.templates import FOLDERS, Templates, escaped
from sendbook.pages.texts import prose
from sendbook.site.readers.own_pages import OwnReader
from tests.site.own_pages_kit import own
from tests.site.small_student import LIBRARY, Outline, around, facts, pages, projected, records, templates

NASTY = "<script>alert(1)</script>{{ 7*7 }}{% raw %}\"'&@@sendbook:nav@@"
#: Fields whose values the schemas restrict to codes, dates, ids or numbers.
_RESTRICTED = {
    "id", "state", "lead", "person", "who", "from", "until", "on", "by", "start", "end", "date", "type", "code",
    "year_group", "tutor_group", "group", "area", "needs", "outcome", "measure", "owner", "comparator", "targets",
    "intervention", "setting", "delivered_by", "rate", "funding", "source", "term", "led_by", "household", "access",
    "relation", "decides", "as_of", "done_on", "by_date", "review_due", "review_by", "in_force_from", "next_meeting",
    "born", "email", "next",
}  # fmt: skip


def _spoilt(value: Any, key: str = "") -> Any:
    if isinstance(value, Mapping):
        return {name: _spoilt(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [_spoilt(inner, key if not isinstance(inner, Mapping) else "") for inner in value]
    return NASTY if isinstance(value, str) and key not in _RESTRICTED else value


def _spoilt_records() -> dict[str, Any]:
    data = {name: _spoilt(record) for name, record in records().items()}
    data["meetings/2026-09-24"]["family_present"][0]["as"] = NASTY
    data["student"]["team"][0]["as"] = "support_assistant"
    return data


def _is_only_text(html: str) -> None:
    page = Outline(html)
    assert "script" not in page.tags
    assert "alert(1)" not in html.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "")
    assert not page.broken
    assert "49" not in page.text


def test_markup_and_templates_in_any_field_are_shown_as_text() -> None:
    seen = (WhoSees(who=NASTY, because=NASTY, parts=(NASTY,)),)
    made = pages(projected(_spoilt_records()), family={"p-mum1": NASTY}, seen_by=seen)
    shown = 0
    for fragment in made.fragments.values():
        for html in (fragment.content, fragment.nav, fragment.contents, f"<p>{fragment.title}</p>"):
            _is_only_text(html)
            shown += html.count("&lt;script&gt;")
    assert shown > 60


def test_markup_in_a_record_is_text_on_home_pages_and_lists() -> None:
    for manner, reader in (
        ("staff", OwnReader(id="p-sen1", name=NASTY, roles=("senco", "exams_officer"), is_staff=True)),
        ("staff", OwnReader(id="p-ass1", name=NASTY, roles=("support_assistant",), is_staff=True)),
        ("family", OwnReader(id="p-mum1", name=NASTY, is_family=True)),
        ("student", OwnReader(id="7Q4K", name=NASTY, student="7Q4K")),
    ):
        for fragment in own(reader, [facts(projected(_spoilt_records(), manner=manner))]).values():
            _is_only_text(fragment.content + fragment.nav + fragment.contents)


def test_markup_in_the_library_is_text() -> None:
    entry = _spoilt(LIBRARY[0])
    for fragment in library_pages_of([entry], {"7Q4K": NASTY}, around(), templates()).values():
        _is_only_text(fragment.content)


def test_blank_lines_part_paragraphs_and_lines_stay_lines() -> None:
    assert prose("One <b>\ntwo\n\n  \nthree") == "<p>One &lt;b&gt;<br>two</p><p>three</p>"


def test_text_that_needs_no_escaping_is_left_as_it_is_and_all_other_is_escaped() -> None:
    assert escaped("plain") == "plain"
    assert escaped("a<b") == "a&lt;b"
    assert escaped(7) == "7"
    assert escaped(prose("x")) == "<p>x</p>"


@pytest.mark.parametrize(
    ("letter", "written"), [("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("'", "&#39;"), ('"', "&#34;")]
)
@pytest.mark.parametrize("around", ["{}", "a{}", "{}a"])
def test_a_text_with_a_letter_that_means_something_in_html_is_escaped(letter: str, written: str, around: str) -> None:
    """A quote alone would end the value of an attribute."""
    assert escaped(around.format(letter)) == around.format(written)


def _own_template(tmp_path: Path, text: str) -> Templates:
    (tmp_path / "sections").mkdir()
    (tmp_path / "sections" / "prose.html").write_text(text)
    return Templates(site_templates(), tmp_path)


def test_a_campus_template_goes_before_the_shipped_one(tmp_path: Path) -> None:
    assert _own_template(tmp_path, "<p>Ours: {{ text }}</p>").render("sections/prose.html", {"text": "a"}) == (
        "<p>Ours: a</p>"
    )


#: What our own template makes of a text.
_NOTE = '<div class="sb-note">{}</div>'


def _shown_with_ours(templates: Templates, text: str) -> tuple[str, Fault]:
    """What ours makes of the text in place of the campus's own, and what is wrong with that."""
    shown, fault = templates.made("sections/prose.html", {"text": text})
    (one,) = {*templates.faults, *([fault] if fault is not None else [])}
    return str(shown).strip(), one


@pytest.mark.parametrize(
    "text",
    [
        "{{ text.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{% autoescape false %}{{ text }}{% endautoescape %}",
        "{{ text | safe }}",
        "{{ missing }}",
        "{% if %}",
        "{% include 'sections/nothing.html' %}",
    ],
)
def test_a_campus_template_can_neither_reach_out_nor_switch_escaping_off(tmp_path: Path, text: str) -> None:
    shown, fault = _shown_with_ours(_own_template(tmp_path, text), "<b>")
    assert (shown, fault.name) == (_NOTE.format("<p>&lt;b&gt;</p>"), "sections/prose.html")


def test_a_link_among_a_campus_s_templates_is_told_and_not_followed(tmp_path: Path) -> None:
    (tmp_path / "secret.html").write_text("Somebody's password")
    (tmp_path / "own" / "sections").mkdir(parents=True)
    (tmp_path / "own" / "sections" / "prose.html").symlink_to(tmp_path / "secret.html")
    (tmp_path / "own" / "pages").symlink_to(tmp_path)
    templates = Templates(site_templates(), tmp_path / "own")
    assert [one.name for one in templates.faults] == ["pages", "sections/prose.html"]
    assert all("link to another place" in one.said for one in templates.faults)
    assert templates.render("sections/prose.html", {"text": "a"}) == _NOTE.format("<p>a</p>")
    (tmp_path / "linked").symlink_to(tmp_path / "own")
    assert [one.name for one in Templates(site_templates(), tmp_path / "linked").faults] == [""]


@pytest.mark.parametrize("name", ["notes/leaked.html", "leaked.html", "./leaked.html"])
def test_a_campus_template_includes_nothing_but_templates(tmp_path: Path, name: str) -> None:
    """Not a link that stands beside the templates' folders, where links are not looked for: fonts may be some."""
    (tmp_path / "outside.html").write_text("Somebody's password")
    own = tmp_path / "site_templates"
    (own / name).parent.mkdir(parents=True, exist_ok=True)
    (own / name).symlink_to(tmp_path / "outside.html")
    shown, fault = _shown_with_ours(_own_template(own, f"{{% include '{name}' %}}"), "a")
    assert (shown, fault.said) == (_NOTE.format("<p>a</p>"), "it asks for a template that isn't there.")


def test_a_template_error_tells_nothing_of_a_record(tmp_path: Path) -> None:
    shown, fault = _shown_with_ours(_own_template(tmp_path, "{{ text + 1 }}"), "Aaron Small")
    assert shown == _NOTE.format("<p>Aaron Small</p>")
    assert "Aaron" not in str(fault)


def test_no_shipped_template_marks_anything_as_safe_or_holds_a_style_or_a_script() -> None:
    for folder in FOLDERS:
        for path in (site_templates() / folder).rglob("*.html"):
            text = path.read_text(encoding="utf-8")
            assert not re.search(r"\|\s*safe|autoescape|<script|<style|\sstyle=|\son\w+=", text), path


def test_a_template_of_ours_that_fails_is_not_said_to_be_one_of_the_campus_s_own(tmp_path: Path) -> None:
    """Only where the campus has a template of that name can its fault be the reason."""
    own = tmp_path / "own"
    (own / "own").mkdir(parents=True)
    (own / "own/people.html").write_text("{% nonsense %}", encoding="utf-8")
    templates = Templates(site_templates(), own)
    assert [fault.name for fault in templates.faults] == ["own/people.html"]
    with pytest.raises(TemplateError) as failed:
        templates.render("own/records.html", {})
    assert "own/records.html" in str(failed.value)
    assert "people" not in str(failed.value)
    with pytest.raises(TemplateError, match=r"own/people\.html"):
        templates.render("own/people.html", {})


@pytest.fixture
def ours(tmp_path: Path) -> Templates:
    """Templates of ours, one of which calls a component in each way."""
    (tmp_path / "pages").mkdir()
    called = "{% macro said(a, b='-') %}[{{ a }}{{ b }}]{% endmacro %}"
    calls = (
        "{{ said(1) }}{{ said(1, 2) }}{{ said(a=1, b=3) }}{{ said(1, b=4) }}{{ said(*[5, 6]) }}{{ said(**{'a': 7}) }}"
    )
    (tmp_path / "pages/calls.html").write_text(called + calls, encoding="utf-8")
    (tmp_path / "pages/safe.html").write_text("{{ text | safe }}", encoding="utf-8")
    return Templates(tmp_path)


def test_a_component_is_handed_all_that_it_is_called_with(ours: Templates) -> None:
    assert ours.render("pages/calls.html", {}) == "[1-][12][13][14][56][7-]"


def test_no_template_of_ours_passes_a_text_for_html_either(ours: Templates) -> None:
    with pytest.raises(TemplateError, match="safe"):
        ours.render("pages/safe.html", {"text": "<b>"})
