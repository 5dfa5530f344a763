"""While a record has an error a reader goes on reading the very pages they had, and only while these may be read."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.access.held import Held
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.correction import BEING_CORRECTED, correction_of, correction_pages
from sendbook.site.build.held import Hold, _row
from sendbook.site.build.last_good import LastGood
from tests.site.small_student import templates

READER, PAGES = "p-3f8q", "the last good pages"


def given(
    registry: SchemaRegistry,
    *,
    last: str | None = PAGES,
    published: str | None = PAGES,
    manner: str = "family",
    may_read: bool = True,
    leaks: bool = False,
    rules_unchanged: bool = True,
) -> str:
    """What a reader of a held student is given; ``last`` are the pages made of the last good records for them."""
    stands: Any = None  # how they stood is what `may_read` comes of
    hold = Hold(
        student="7Q4K",
        entries=(),
        own=Campus((), registry),
        wrong=frozenset(),
        last=LastGood(rules="r", related=frozenset(), records=(), readers={READER: (stands, last)} if last else {}),
        published={READER: (published, None)} if published else {},
        leaks=leaks,
    )
    one: Any = Held(
        reader=READER,
        because="",
        until=None,
        manner=manner,
        may_read=may_read,
        kinds=frozenset(),  # type: ignore[arg-type]
    )
    return _row(one, hold, frozenset(), unchanged=rules_unchanged)[1]


def test_whose_pages_are_the_last_good_ones_goes_on_reading_them(registry: SchemaRegistry) -> None:
    assert given(registry) == PAGES
    assert given(registry, manner="staff", leaks=True) == PAGES, "what must not be read at home may be at school"


@pytest.mark.parametrize(
    "changed",
    [
        {"may_read": False},
        {"rules_unchanged": False},
        {"leaks": True},
        {"leaks": True, "manner": "student"},
        {"published": "pages of a later day"},
        {"published": None},
        {"last": None},
    ],
    ids=str,
)
def test_anybody_else_waits_until_the_record_is_corrected(registry: SchemaRegistry, changed: dict[str, Any]) -> None:
    assert given(registry, **changed) == BEING_CORRECTED


def test_without_a_last_good_version_everybody_waits(registry: SchemaRegistry) -> None:
    hold = Hold(student="7Q4K", entries=(), own=Campus((), registry), wrong=frozenset(), last=None,
                published={READER: (PAGES, None)})  # fmt: skip
    one = Held(reader=READER, because="", until=None, manner="family", may_read=True, kinds=frozenset())
    assert _row(one, hold, frozenset(), unchanged=True)[1] == BEING_CORRECTED


def test_who_waits_finds_the_plain_page_at_each_address_they_may_know() -> None:
    """Also those of records of a kind of the campus's own, in use and being drafted, of which something is granted."""
    with_visits = correction_pages("7Q4K", correction_of({"visit"}), templates())
    plain = correction_pages("7Q4K", correction_of(()), templates())
    assert {"/students/7Q4K/", "/students/7Q4K/plan/"} <= plain.keys()
    assert with_visits.keys() - plain.keys() == {
        "/students/7Q4K/more/visit/",
        "/students/7Q4K/more/visit/drafts/",
    }
    assert len({page.content for page in with_visits.values()}) == 1
