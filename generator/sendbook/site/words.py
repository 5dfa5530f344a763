"""The words of `campus.words`, at the place where they stood before documents and histories needed them too."""

from sendbook.campus.words import (
    chart_day,
    day,
    how_often,
    listed,
    number,
    one_of,
    pounds,
    quantity,
    sentence,
    share,
    short_day,
    span,
)

__all__ = [
    "chart_day",
    "day",
    "how_often",
    "listed",
    "number",
    "one_of",
    "pounds",
    "quantity",
    "sentence",
    "share",
    "short_day",
    "span",
]
