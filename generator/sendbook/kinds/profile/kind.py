"""What is special about the kind `profile`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import Dates, KindOfRecord
from sendbook.kinds.profile import PROFILE
from sendbook.kinds.profile.print_profile import PAPERS, days_of_profile
from sendbook.kinds.profile.profile_facts import facts_of_profile
from sendbook.kinds.profile.profile_records import dates_of_profile
from sendbook.kinds.profile.profile_sections import ABOUT, EXAMS, HELP, LESSONS
from sendbook.kinds.profile.profile_sections import PROFILE as PROFILE_PART
from sendbook.kinds.profile.rules import RULES
from sendbook.pages.linked_from import linked_from_section

PROFILE_KIND = KindOfRecord(
    name=PROFILE,
    rules=RULES,
    sections={"overview": {20: HELP, 30: LESSONS, 40: ABOUT, 70: EXAMS, 110: linked_from_section(PROFILE)}},
    papers=PAPERS,
    read_at=lambda _: "",
    ends_with_support=True,
    days=days_of_profile,
    facts=facts_of_profile,
    dates=Dates(of=dates_of_profile, parts=(PROFILE_PART,)),
)
