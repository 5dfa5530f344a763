"""What is special about the kind `meeting`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.meeting import MEETING

MEETING_KIND = KindOfRecord(name=MEETING)
