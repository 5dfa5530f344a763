"""What is special about the kind `report`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.report import REPORT
from sendbook.kinds.report.report_rules import BOOK
from sendbook.kinds.report.report_sections import SECTIONS
from sendbook.kinds.report.words import TELLERS

REPORT_KIND = KindOfRecord(
    name=REPORT,
    sections=SECTIONS,
    page_from_schema=True,
    rules=BOOK,
    tellers=TELLERS,
)
