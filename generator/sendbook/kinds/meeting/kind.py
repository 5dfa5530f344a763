"""What is special about the kind `meeting`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_records import met_on
from sendbook.kinds.meeting.words import TELLERS

MEETING_KIND = KindOfRecord(
    name=MEETING,
    tellers=TELLERS,
    met_on=met_on,
)
