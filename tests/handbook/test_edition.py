"""Editions: which pages and which blocks of a page each edition has."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.handbook.edition import EDITIONS, block_problems, cut_blocks, link_problems, select
from tests.site.handbooks import page

BLOCK = "For all\n<!-- edition: staff -->\nFor staff\n<!-- end edition -->\nFor all again"


def test_a_block_is_in_its_own_edition_only_and_lines_keep_their_numbers() -> None:
    """The removed lines leave empty ones behind."""
    assert cut_blocks(BLOCK, "staff") == "For all\n\nFor staff\n\nFor all again"
    assert cut_blocks(BLOCK, "family") == "For all\n\n\n\nFor all again"


def test_a_block_after_a_fence_that_is_never_closed_stays_hidden() -> None:
    """A marker counts inside code too, or a slip above it would open it to everybody."""
    assert "For staff" not in cut_blocks(f"```\nexample\n{BLOCK}", "public")


def test_pages_come_in_the_order_of_their_sections_and_only_where_listed() -> None:
    """A page is in no edition it does not list, staff included."""
    pages = [page("", "10-b.md", section=10), page("", "02-a.md"), page("", "01-c.md", section=1, editions=["public"])]
    assert [item.path for item in select(pages, "staff")] == ["02-a.md", "10-b.md"]
    assert [item.path for item in select(pages, "public")] == ["01-c.md"]
    with pytest.raises(ValueError, match="unknown edition"):
        select(pages, "everyone")


@pytest.mark.parametrize(
    ("body", "line", "said"),
    [
        ("<!-- edition: staff -->\n<!-- edition: family -->\n<!-- end edition -->", 13, "starts inside"),
        ("text\n<!-- edition: staff -->\ntext", 13, "never ended"),
        ("text\n<!-- end edition -->", 13, "never started"),
        ("<!-- edition: governors -->\n<!-- end edition -->", 12, "no edition called"),
        ("<!-- edition: public -->\n<!-- end edition -->", 12, "which the page is not in"),
        ("text <!-- edition: staff --> secret <!-- end edition -->", 12, "hidden comment"),
        ("<!-- Edition: staff -->", 12, "hidden comment"),
        ("<!--\nedition: staff\n-->", 12, "hidden comment"),
    ],
)
def test_a_marker_that_is_not_right_is_a_problem(body: str, line: int, said: str) -> None:
    """Each of these could show a block to those it is not for."""
    problems = list(block_problems(page(body)))
    assert problems
    assert (problems[0].line, said in problems[0].message) == (line, True)


@given(st.lists(st.sampled_from(["x", "secret", "<!-- edition: staff -->", "<!-- end edition -->", "```"])))
def test_what_stands_in_a_sound_block_never_reaches_another_edition(parts: list[str]) -> None:
    """For every arrangement of markers without a problem."""
    body = "\n".join(parts)
    if list(block_problems(page(body))):
        return
    inside = False
    open_lines = 0
    for part in parts:
        inside = part == "<!-- edition: staff -->" or (inside and part != "<!-- end edition -->")
        open_lines += part == "secret" and not inside
    assert cut_blocks(body, "family").count("secret") == open_lines


def test_a_link_to_a_page_of_another_edition_is_a_problem_unless_its_block_is_too() -> None:
    """Families would be led nowhere; inside a staff block nobody else sees the link."""
    staff = page("# Costs", "03-costs.md", section=3, editions=["staff"])
    open_link = page("See [costs](03-costs.md).")
    (problem,) = link_problems([open_link, staff])
    assert (problem.code, problem.path, problem.line) == ("link-edition", "handbook/02-roles.md", 12)
    assert "family edition" in problem.message
    hidden = page("<!-- edition: staff -->\nSee [costs](03-costs.md).\n<!-- end edition -->")
    assert list(link_problems([hidden, staff])) == []


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ("[gone](99-gone.md)", "link-nowhere"),
        ("![A map](map.png)", "link-nowhere"),
        ("[up](../records/campus.yml)", "link-nowhere"),
        ("[there](#nowhere)", "link-anchor"),
        ("[there](02-roles.md#nowhere)", "link-anchor"),
        ("# Who to ask\n[there](#who-to-ask)", None),
        ("[out](https://www.gov.uk/x.md)", None),
        ("`[code](99-gone.md)`", None),
        ("```\n[code](99-gone.md)\n```", None),
    ],
)
def test_a_link_leads_somewhere_or_is_told(body: str, code: str | None) -> None:
    """Pages, pictures and headings alike; code only shows how something is written."""
    assert [item.code for item in link_problems([page(body)])] == ([code] if code else [])


def test_a_page_has_one_address_in_every_edition() -> None:
    """The index is the folder's own page."""
    assert page("").url == "/handbook/02-roles/"
    assert page("", "index.md").url == "/handbook/"
    assert page("", "forms/index.md").url == "/handbook/forms/"
    assert EDITIONS == ("public", "family", "staff")
