"""What is told to one reader is told again only to those who see the same of all that its names are made of."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.history.lookback import Step
from sendbook.site.build.changes import _reached

VISIT = "students/7NVF/visit"


def _kind(*led_to: str) -> Any:
    return SimpleNamespace(links=[SimpleNamespace(link=SimpleNamespace(kind=one)) for one in led_to])


KINDS = {"visit": _kind("target"), "target": _kind("need"), "need": _kind("visit"), "note": _kind()}


def _said(**digests: str) -> list[str]:
    """What an account of the visit rests on, where the other records have these digests."""
    records: Any = {
        f"students/7NVF/{name}": SimpleNamespace(id=f"students/7NVF/{name}", kind=name, digest=digest)
        for name, digest in digests.items()
    }
    step = Step(day="2026-11-23", before={}, after=records, events=())
    return list(_reached(VISIT, "visit", step, KINDS))  # type: ignore[arg-type]


@pytest.mark.parametrize("other", [{"target": "less"}, {"need": "less"}])
def test_a_reader_who_sees_less_of_what_a_name_is_made_of_is_told_apart(other: dict[str, str]) -> None:
    seen = {"visit": "v", "target": "t", "need": "n"}
    assert _said(**seen) != _said(**{**seen, **other})


def test_what_no_name_is_made_of_parts_nobody() -> None:
    assert _said(visit="v", note="a") == _said(visit="v", note="b")
