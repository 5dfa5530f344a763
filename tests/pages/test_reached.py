"""Numbers and addresses that can be touched; what is neither stays text."""

from __future__ import annotations

import pytest

from sendbook.pages.reached import linked


@pytest.mark.parametrize(
    ("written", "leads"),
    [
        ("01632 960114", "tel:01632960114"),
        ("+44 (0)1632 960114", "tel:+441632960114"),
        ("(01632) 960-114", "tel:01632960114"),
        ("01632 960114 ext. 22", "tel:01632960114"),
        ("senco@larkfield.example", "mailto:senco@larkfield.example"),
    ],
)
def test_a_number_rings_and_an_address_writes(written: str, leads: str) -> None:
    assert linked(written) == f'<a href="{leads}">{written}</a>'


@pytest.mark.parametrize(
    "written", ["40 Orchard Rise, Wexcombe", "Ask at the gate", "", "999", "a@b@c", "x@y?subject=z"]
)
def test_anything_else_is_no_link(written: str) -> None:
    assert linked(written) == written


def test_markup_in_a_number_is_text() -> None:
    assert linked('01632 960114 ext "><b>') == '<a href="tel:01632960114">01632 960114 ext &#34;&gt;&lt;b&gt;</a>'
    assert linked('"><b>@x.example') == '<a href="mailto:&#34;&gt;&lt;b&gt;@x.example">&#34;&gt;&lt;b&gt;@x.example</a>'
