"""What is special about the kind `meeting`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import Dates, KindOfRecord
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_facts import facts_of_meetings
from sendbook.kinds.meeting.meeting_pages import PAGES, SECTIONS, read_at
from sendbook.kinds.meeting.meeting_records import days_of_meeting, met_on
from sendbook.kinds.meeting.meeting_sections import MEETINGS, dates_of_meetings
from sendbook.kinds.meeting.rules.book import RULES
from sendbook.kinds.meeting.words import TELLERS

MEETING_KIND = KindOfRecord(
    name=MEETING,
    rules=RULES,
    tellers=TELLERS,
    met_on=met_on,
    pages=PAGES,
    sections=SECTIONS,
    read_at=read_at,
    days=days_of_meeting,
    facts=facts_of_meetings,
    dates=Dates(of=dates_of_meetings, parts=(MEETINGS,)),
)
