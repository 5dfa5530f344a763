"""Lists every page about the campus: the site's own, those of kinds of record, and those of kinds the campus added."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from sendbook.pages.campus_page import CampusPage
from sendbook.pages.own_campus_kinds import pages_of_campus_kinds
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.campus.compliance import Compliance
from sendbook.site.campus.compliance_page import compliance_campus_page
from sendbook.site.campus.who_can_see_page import who_can_see_page
from sendbook.site.readers.own_pages import CAMPUS_PAGES


def campus_pages(common: SharedCampus, compliance: Callable[[], Compliance]) -> tuple[CampusPage[Any], ...]:
    """Returns them in the order of the drawer; ``compliance`` gives what the compliance page rests on."""
    return (
        *CAMPUS_PAGES,
        compliance_campus_page(compliance),
        who_can_see_page(lambda: common.roles),
        *pages_of_campus_kinds(common.own_campus_kinds),
    )
