"""The shell: cut at its marks, filled with a page's pieces; and the lists that go into it."""

import pytest

from sendbook.errors import EngineError
from sendbook.handbook.shell import cut, fill, marks_of
from sendbook.pages.contents import Heading, contents_list, headings_of, text_of
from sendbook.pages.drawer import NavLink, nav_section

HTML = "<title>@@sendbook:title@@</title>@@sendbook:content@@<p>@@sendbook:title@@</p>"


def test_a_shell_is_cut_at_its_marks_and_filled_again() -> None:
    """A mark may stand more than once; whatever a page holds is put in as it is."""
    shell = cut(HTML, {"title": 2, "content": 1})
    assert shell.marks == ("title", "content", "title")
    assert fill(shell, title="A", content="@@sendbook:title@@") == "<title>A</title>@@sendbook:title@@<p>A</p>"


@pytest.mark.parametrize("expected", [{"title": 1, "content": 1}, {"title": 2}, {"title": 2, "content": 1, "csrf": 1}])
def test_a_mark_lost_or_new_stops_the_build(expected: dict[str, int]) -> None:
    """A shell without its sign-out form would look like a shell."""
    with pytest.raises(EngineError, match="no longer has the marks"):
        cut(HTML, expected)


def test_every_mark_must_be_filled_and_no_other() -> None:
    """A page with a hole in it is never sent."""
    shell = cut(HTML, {"title": 2, "content": 1})
    with pytest.raises(EngineError, match="marks for content, title"):
        fill(shell, title="A")
    with pytest.raises(EngineError, match="was handed content, nav, title"):
        fill(shell, title="A", content="", nav="")


def test_nobody_is_signed_in_to_the_public_edition() -> None:
    """So it has no account and no token."""
    assert marks_of("public").keys() == {"title", "nav", "contents", "content"}
    assert marks_of("family") == marks_of("staff")
    assert {"account", "csrf"} <= marks_of("staff").keys()


def test_headings_and_words_are_read_out_of_a_page() -> None:
    """Text as it reads, with no markup and no entities."""
    html = '<h1 id="a">A</h1><h2 id="b">B &amp; <em>C</em></h2><p>One<br>two</p><h3>none</h3><h4 id="d">D</h4>'
    assert headings_of(html) == (Heading(id="b", text="B & C", level=2),)
    assert text_of(html) == "A B & C One two none D"


def test_a_contents_list_escapes_and_needs_two_places_to_go() -> None:
    """One heading is no list."""
    one = Heading(id="a", text="<b>")
    assert contents_list([one, Heading(id="x", text="X", level=3)]) == ""
    listed = contents_list([one, Heading(id='"', text="B")])
    assert "&lt;b&gt;" in listed
    assert 'href="#&#34;"' in listed
    assert listed.count("<a ") == 2


def test_the_page_being_read_is_marked_in_its_links() -> None:
    """For ear as for eye, and only there."""
    links = [NavLink(title="Plan & more", url="/a/"), NavLink(title="B", url="/b/")]
    html = nav_section("Amara <O>", links, current="/b/", kind="student")
    assert html.count('aria-current="page"') == 1
    assert '<a href="/b/" aria-current="page">B</a>' in html
    assert "Plan &amp; more" in html
    assert "Amara &lt;O&gt;" in html
