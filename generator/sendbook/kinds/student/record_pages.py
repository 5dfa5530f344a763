"""The student's first page, their record, and who can see them; and the box that comes first on other pages too."""

from __future__ import annotations

from sendbook.campus.foundation import STUDENT
from sendbook.kinds.student.access_sections import NAMED, RULES, YOURS
from sendbook.kinds.student.emergency import IN_AN_EMERGENCY
from sendbook.kinds.student.overview_sections import PEOPLE
from sendbook.kinds.student.record_sections import RECORD_SECTIONS
from sendbook.pages.linked_from import linked_from_section
from sendbook.pages.placing import name_and_placing
from sendbook.pages.sections import AFTER_ALL_KINDS, PageKind, Voice

PAGES = (
    PageKind(
        name="overview",
        path="{home}",
        title=Voice(staff="{full}"),
        link=Voice(staff="Overview", family="About {name}", student="About me"),
        order=10,
        first=True,
        lead=name_and_placing,
    ),
    PageKind(
        name="record",
        path="{home}record/",
        title=Voice(staff="{name}'s record", student="My record"),
        link=Voice(staff="Record", student="My record"),
        order=60,
    ),
    PageKind(
        name="who-can-see",
        path="{home}who-can-see/",
        title=Voice(staff="Who can see {name}'s pages", student="Who can see my pages"),
        link=Voice(staff="Who can see this"),
        order=AFTER_ALL_KINDS,
    ),
)
SECTIONS = {
    "overview": {10: IN_AN_EMERGENCY, 90: PEOPLE},
    "plan": {10: IN_AN_EMERGENCY},
    "record": {**dict(enumerate(RECORD_SECTIONS)), 100: linked_from_section(STUDENT)},
    "who-can-see": {10: YOURS, 20: NAMED, 30: RULES},
}
