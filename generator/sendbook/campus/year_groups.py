"""Year groups as people say them, and in the order in which children grow.

For code that has a year group and no field of a record: what a field's codes mean is said by its schema (``x-words``).
"""

from __future__ import annotations

from collections.abc import Mapping

YEARS: Mapping[str, str] = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"}
YEAR_ORDER = ("N1", "N2", "R", *(str(year) for year in range(1, 15)))


def year(code: str) -> str:
    """``Year 9``, ``Reception``."""
    return YEARS.get(code) or f"Year {code}"


def year_position(code: str) -> int:
    """For sorting year groups; unknown ones last."""
    return YEAR_ORDER.index(code) if code in YEAR_ORDER else len(YEAR_ORDER)
