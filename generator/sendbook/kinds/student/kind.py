"""What is special about the kind `student`, put together."""

from __future__ import annotations

from sendbook.campus.foundation import STUDENT
from sendbook.kinds.kind_of_record import Dates, KindOfRecord
from sendbook.kinds.student.overview_sections import last_day_here
from sendbook.kinds.student.record_pages import PAGES, SECTIONS
from sendbook.kinds.student.rules.book import RULES
from sendbook.kinds.student.student_facts import facts_of_student

STUDENT_KIND = KindOfRecord(
    name=STUDENT,
    rules=RULES,
    pages=PAGES,
    sections=SECTIONS,
    facts=facts_of_student,
    dates=Dates(of=last_day_here, parts=()),
)
