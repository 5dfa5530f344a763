"""One kind of record as data: everything the rooms above and below are handed of it, besides its schema."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sendbook.history.telling import Teller


@dataclass(frozen=True, slots=True, kw_only=True)
class KindOfRecord:
    """What a shipped kind has beyond its schema.

    ``name`` is the kind's name, as its schema has it. ``tellers`` put the changes of a list of the kind into words, by
    the list's field; "" is for the record's other fields. Without one, changes are told from the schema.
    """

    name: str
    tellers: Mapping[str, Teller] = field(default_factory=dict)
