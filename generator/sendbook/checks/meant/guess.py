"""What a person probably meant by a value that a field doesn't take."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

_QUOTES = "\"'\u2018\u2019\u201a\u201b“”„‟«»\u00a0 \t"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guess:
    """A value to offer, and what else to say.

    ``sure`` says that only the form differs: “28/09/2026” is one day. Without a ``value`` there is only
    the ``note``: why none can be offered.
    """

    value: Any = None
    sure: bool = True
    note: str = ""


def bare(text: str) -> str:
    """Text without the quotation marks, straight or curly, and the spaces round it."""
    return re.sub(r"\s+", " ", text.strip(_QUOTES)).strip()
