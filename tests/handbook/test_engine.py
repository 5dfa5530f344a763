"""The engine: an edition holds its own pages and nothing else, the theme nothing we don't know."""

import base64
import hashlib
import json
import re
import shutil
import sys
from html import unescape
from pathlib import Path

import pytest

from sendbook.errors import EngineError
from sendbook.handbook import engine, workspace
from sendbook.handbook.built import Edition
from sendbook.handbook.engine import build_edition
from sendbook.handbook.harvest import _with_fonts
from sendbook.handbook.shell import fill
from tests.site.handbooks import VALUES, page, settings

ROLES = """# Roles

Ask {{ person("senco").name }} & co. or [write](mailto:{{ person("senco").email }}).
See [costs](03-costs.md) and the ![map](map.png).

## Who to ask

| If | Ask | Days |
| --- | --- | ---: |
| it hurts | `the nurse` | 5 |

<!-- edition: staff -->

## For staff only

Whispered. ![rota](rota.png)

<!-- end edition -->

### More

The end.
"""
PAGES = [
    page(ROLES),
    page("# Costs\n\nBack to [roles](02-roles.md#who-to-ask).", "03-costs.md", section=3, title="Costs & more"),
    page("# Index\n\nWelcome.", "index.md", section=0, title="Welcome", editions=["public", "family", "staff"]),
]
FILES = {"map.png": b"a map", "rota.png": b"a rota", "unused.png": b"unused"}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache for the module: each edition is built once."""
    return tmp_path_factory.mktemp("engine")


def build(edition: str, cache: Path) -> Edition:
    """One edition of the small handbook."""
    return build_edition(PAGES, edition, values=VALUES, settings=settings(), cache=cache, files=FILES)


@pytest.fixture(scope="module")
def staff(cache: Path) -> Edition:
    """The staff edition."""
    return build("staff", cache)


@pytest.fixture(scope="module")
def family(cache: Path) -> Edition:
    """The family edition."""
    return build("family", cache)


def test_a_page_is_a_fragment_with_its_contents_list(staff: Edition) -> None:
    """Title, lead, content and facts, without anything of the theme around it."""
    roles = staff.pages["/handbook/02-roles/"]
    assert roles.title == "Roles"
    assert roles.content.startswith('<h1 id="roles">Roles</h1>\n<p class="sb-lead">Who does what.</p>')
    assert "Ask Mrs Okonjo & co." in roles.text
    assert 'href="mailto:senco@larkfield.example"' in unescape(roles.content)
    assert "1 September 2026" in roles.content
    assert "<html" not in roles.content
    assert [item.id for item in roles.headings] == ["who-to-ask", "for-staff-only", "more"]
    assert 'href="#who-to-ask"' in roles.contents
    assert 'aria-current="page">Roles' in roles.nav


def test_links_and_pictures_are_absolute(staff: Edition) -> None:
    """A fragment means the same wherever it is put."""
    assert 'href="/handbook/03-costs/"' in staff.pages["/handbook/02-roles/"].content
    assert 'src="/handbook/map.png"' in staff.pages["/handbook/02-roles/"].content
    assert 'href="/handbook/02-roles/#who-to-ask"' in staff.pages["/handbook/03-costs/"].content


def test_tables_stand_in_a_box_and_carry_no_style(staff: Edition) -> None:
    """The content security policy would drop a style attribute without a word."""
    content = staff.pages["/handbook/02-roles/"].content
    assert 'class="sb-table-box" role="group" tabindex="0" aria-label="Table: If, Ask, Days"' in content
    assert '<th scope="col" align="right">Days</th>' in content
    assert "style=" not in content


def test_nothing_of_another_edition_is_anywhere_in_an_edition(staff: Edition, family: Edition) -> None:
    """Not a page, a block, a picture, a search entry or a line of the drawer."""
    assert staff.pages["/handbook/02-roles/"].text.count("Whispered") == 1
    assert staff.files["/handbook/rota.png"] == (b"a rota", "image/png")
    assert "Whispered" not in repr(family)
    assert family.files.keys() == {"/handbook/map.png"}


def test_the_public_edition_has_its_page_and_no_way_to_sign_out(cache: Path) -> None:
    """Nor any trace of the other pages."""
    public = build("public", cache)
    assert public.pages.keys() == {"/handbook/"}
    html = fill(public.shell, title="T", nav="", contents="", content="C")
    assert "sign-out" not in html.replace('class="sb-sign-out"', "")
    assert 'href="/sign-in"' in html
    assert 'href="/search"' in html
    assert "csrf_token" not in html
    assert "Roles" not in html
    assert "noindex" not in html


def test_the_shell_has_a_sign_out_form_a_skip_link_and_the_way_home_first(staff: Edition) -> None:
    """On a phone the drawer is the only navigation: the campus, then the student, then the handbook."""
    ways = '<li><a href="/">Home</a></li>'
    whole = {"title": "T", "campus": ways, "nav": "<b>student</b>", "contents": "L", "content": "C"}
    html = fill(staff.shell, account="N", csrf="tok", **whole)
    form = re.search(r'<form method="post" action="/sign-out">.*?</form>', html, re.DOTALL)
    assert form is not None
    assert 'name="csrf_token" value="tok"' in form.group()
    assert "Sign out</button>" in form.group()
    assert html.index('href="#sb-content"') < html.index("<header")
    stand = ('href="/">Home', "<b>student</b>", "SEND Handbook</summary>")
    order = [html.index(text) for text in stand]
    assert order == sorted(order)
    assert 'id="sb-content"' in html
    assert "generator" not in html
    assert "Material for MkDocs" not in html


def test_nothing_comes_from_another_host(staff: Edition) -> None:
    """Not a font, a script, a style or a picture."""
    html = fill(staff.shell, title="", nav="", contents="", content="", account="", csrf="", campus="")
    assert re.findall(r'(?:src|href)="(?:https?:)?//', html) == []
    css = b"".join(content for content, kind in staff.assets.values() if kind.startswith("text/css"))
    assert re.findall(rb'@import|url\("?(?!"?(?:data:|sendbook-sans-))', css) == []


def test_the_hashes_cover_every_inline_script(staff: Edition) -> None:
    """Three of them, the same for every page; the fourth block is data."""
    html = fill(staff.shell, title="", nav="", contents="", content="", account="", csrf="", campus="")
    inline = [
        text for attributes, text in re.findall(r"<script([^>]*)>(.*?)</script>", html, re.DOTALL) if not attributes
    ]
    wanted = [f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'" for text in inline]
    assert list(staff.script_hashes) == wanted
    assert len(wanted) == 3


def test_every_page_says_that_it_is_in_british_english(staff: Edition, family: Edition) -> None:
    """A screen reader takes its voice from it, and reads dates and spelling right."""
    whole = {"title": "", "nav": "", "contents": "", "content": ""}
    for edition in (staff, family):
        html = fill(edition.shell, **whole, account="", csrf="", campus="")
        assert '<html lang="en-GB"' in html
        assert "Skip to content" in html


def test_assets_are_named_by_their_content_and_all_that_the_shell_names(staff: Edition, family: Edition) -> None:
    """So that they may be kept for ever; no source maps, no languages nobody searches in."""
    html = fill(staff.shell, title="", nav="", contents="", content="", account="", csrf="", campus="")
    named = set(re.findall(r"/assets/[\w./-]+", html))
    assert {path for path in staff.assets if not path.endswith(".txt")} == named
    for path, (content, _) in staff.assets.items():
        assert hashlib.sha256(content).hexdigest()[:12] in path
        assert b"sourceMappingURL" not in content
    assert staff.assets == family.assets
    assert len(staff.assets) == 12
    assert not [path for path in staff.assets if "worker" in path or "lunr" in path]
    config = json.loads(html.partition('id="__config" type="application/json">')[2].partition("<")[0])
    assert config["base"] == "/"
    assert "search" not in config


def test_the_style_sheet_finds_the_fonts_and_their_licence_next_to_itself(staff: Edition) -> None:
    """Below any address: a folder of pages may be put anywhere."""
    (css,) = (content.decode() for path, (content, _) in staff.assets.items() if "/sendbook." in path and "css" in path)
    named = re.findall(r"sendbook-sans-(?:regular|bold)\.[0-9a-f]{12}\.woff2|OFL\.[0-9a-f]{12}\.txt", css)
    kinds = [staff.assets[f"/assets/{name}"][1] for name in sorted(set(named))]
    assert kinds == ["text/plain; charset=utf-8", "font/woff2", "font/woff2"]
    assert "../fonts" not in css


@pytest.mark.parametrize("said", ["url('../fonts/none.woff2')", "/* ../fonts/none.txt */"])
def test_a_font_that_the_theme_does_not_have_stops_the_build(said: str) -> None:
    with pytest.raises(EngineError, match="refers to /assets/fonts/none"):
        _with_fonts({}, said.encode())


def test_the_second_build_comes_from_the_cache_and_old_output_is_forgotten(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was taken out of the handbook must not live on in a cache."""
    first = build("public", tmp_path)
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    assert build("public", tmp_path) == first
    monkeypatch.undo()
    (kept,) = tmp_path.iterdir()
    assert kept.stat().st_mode & 0o077 == 0
    changed = [*PAGES[:2], page("# Index\n\nChanged.", "index.md", section=0, editions=["public"])]
    build_edition(changed, "public", values=VALUES, settings=settings(), cache=tmp_path)
    assert [path == kept for path in tmp_path.iterdir()] == [False]


def test_a_damaged_cache_is_built_anew(tmp_path: Path) -> None:
    """A cache is never needed."""
    first = build("public", tmp_path)
    (kept,) = tmp_path.iterdir()
    kept.write_bytes(b"not a zip")
    assert build("public", tmp_path) == first


def test_the_same_pages_give_the_same_bytes(tmp_path: Path, staff: Edition) -> None:
    """Or every build would change every page's version."""
    assert build("staff", tmp_path) == staff


def test_the_child_sees_four_names_of_its_environment_and_nothing_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No secret of the parent, and no repository above its folder."""
    monkeypatch.setenv("SENDBOOK_SECRET", "x")
    names = engine._environment(tmp_path).keys()
    assert names == {"PATH", "HOME", "LANG", "TZ", "NO_MKDOCS_2_WARNING", "SOURCE_DATE_EPOCH"}


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("{{ config }}", r"handbook/02-roles.md, line 12: On a handbook page only our macros"),
        ("<!-- edition: staff -->", r"handbook/02-roles.md, line 12: This block"),
        ("[gone](99-gone.md)", r"99-gone.md"),
        ("[there](#nowhere)", r"nowhere"),
        ("<script>x</script>", r"02-roles.md holds what no page"),
        ("![x](https://other.example/x.png)", r"02-roles.md holds what no page may be made of: https://other"),
    ],
)
def test_a_page_that_was_never_checked_does_not_get_through(tmp_path: Path, body: str, said: str) -> None:
    """One clear sentence, and nothing kept of it."""
    with pytest.raises(EngineError, match=said):
        build_edition([page(body)], "staff", values=VALUES, settings=settings(), cache=tmp_path)


@pytest.mark.sample(2)
@pytest.mark.parametrize(
    ("template", "old", "new", "said"),
    [
        ("partials/header.html", "@@sendbook:csrf@@", "", "'csrf' stands 1 times"),
        ("shell.html", "@@sendbook:content@@", "", "'content' stands 0 times"),
        ("shell.html", "{% block tabs %}", "{% block tabs %}<script>x</script>", "4 inline scripts"),
        ("partials/drawer.html", "partials/javascripts/palette.html", "partials/logo.html", "2 inline scripts"),
        ("shell.html", "{% block tabs %}", '{% block tabs %}<img src="https://x.example/">', "not its own"),
        ("shell.html", "{% block tabs %}", '{% block tabs %}<img src="/assets/none.png">', "did not write"),
        ("main.html", "<!--@@sendbook-page:end-->", "", "lost the marks"),
        ("main.html", "{{ content", "{{ nothing.at.all", "undefined"),
    ],
)
def test_a_theme_that_changed_under_us_stops_the_build(
    tmp_path: Path, template: str, old: str, new: str, said: str
) -> None:
    """A mark lost, a script more, another host: none of them is guessed around."""
    theme = tmp_path / "templates" / "theme"
    shutil.copytree(settings().theme, theme)
    source = (theme / template).read_text()
    assert old in source
    (theme / template).write_text(source.replace(old, new))
    with pytest.raises(EngineError, match=said):
        build_edition(PAGES, "staff", values=VALUES, settings=settings(theme), cache=tmp_path, files=FILES)


def test_an_engine_that_hangs_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And says after how long."""
    slow = tmp_path / "python"
    slow.write_text("#!/bin/sh\nexec cat /dev/zero > /dev/null\n")
    slow.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(slow))
    with pytest.raises(EngineError, match=r"within 1 seconds"):
        engine._run(tmp_path, 1)
    monkeypatch.setattr(sys, "executable", "/nonexistent")
    with pytest.raises(EngineError, match="can't be started"):
        engine._run(tmp_path, 1)


def test_front_matter_can_not_give_the_engine_settings() -> None:
    """Only the title, the summary and the facts go in, as JSON."""
    (text,) = workspace.ready([page("# R", summary='A "quoted": {sum}.')], "staff", VALUES).values()
    front = json.loads(text.split("---\n")[1])
    assert front.keys() == {"title", "summary", "facts"}
