"""While a record has an error a reader goes on reading the very pages they had, and only while these may be read."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.access.held import Held
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.correction import BEING_CORRECTED
from sendbook.site.build.held import Hold, _row
from sendbook.site.build.last_good import LastGood

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
