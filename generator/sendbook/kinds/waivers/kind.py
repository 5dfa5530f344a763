"""What is special about the kind `waivers`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.waivers import WAIVERS
from sendbook.kinds.waivers.waiver_rules import BOOK

WAIVERS_KIND = KindOfRecord(name=WAIVERS, rules=BOOK)
