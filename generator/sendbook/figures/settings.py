"""The thresholds figures are released under: the campus's own, or the house's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

#: What a hidden number must at least stay open by: the distance between the least and the most it can be.
OPEN_BY = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureSettings:
    """``smallest_count`` is the smallest number shown; ``smallest_group`` the fewest a rate is shown of.

    ``steady_within`` is by how many students an onlooker may think a figure moved at most from one release to the
    next; ``public_rounded_to`` is what counts are rounded to in public text, ``money_rounded_to`` what sums are
    rounded to everywhere. ``approved_by`` are the duties that may approve.
    """

    smallest_count: int = 6
    smallest_group: int = 10
    steady_within: int = 2
    public_rounded_to: int = 5
    money_rounded_to: int = 20_000
    approved_by: tuple[str, ...] = ("senco", "principal")

    @classmethod
    def of(cls, campus: Mapping[str, Any]) -> FigureSettings:
        """From the data of ``records/campus.yml``, already checked."""
        own = dict(campus.get("figures", {}))
        if "approved_by" in own:
            own["approved_by"] = tuple(own["approved_by"])
        return cls(**own)
