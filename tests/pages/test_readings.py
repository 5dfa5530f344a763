"""A reading is what its readers see: two of the same records are the same, whatever was worked out from them."""

from __future__ import annotations

from typing import Any

from sendbook.pages.charts import Drawings
from sendbook.pages.reading import Reading, reading_of
from tests.kinds.saying import plan
from tests.site.small_student import around, projected


def reading(path: str = "", **more: Any) -> Reading:
    """The small student's reading, in which every link leads to a path, with drawings of its own."""
    return reading_of(projected(**more), around(), where=lambda _reading, _target: path, drawn=Drawings())


def test_readings_of_the_same_records_are_the_same_wherever_links_lead_and_whatever_was_worked_out() -> None:
    one, other = reading("/plan/"), reading("/profile/")
    assert other.once(lambda read: read.known_as) == "Aaron"
    assert other.drawn.once(other.one("plan"), "goal", lambda: "drawn") == "drawn"
    assert (one.place(None), other.place(None)) == ("/plan/", "/profile/")  # type: ignore[arg-type]
    assert one == other
    assert repr(one) == repr(other), "what was worked out has no place in a message either"


def test_readings_of_other_records_or_for_others_are_others() -> None:
    assert reading() != reading(data=plan(summary="Another summary."))
    assert reading() != reading(manner="family")
    assert reading() != reading(parts=[("plan", "plan")])
