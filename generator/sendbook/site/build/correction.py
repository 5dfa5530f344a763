"""The plain page that takes the place of a student's pages while they are being corrected.

It says nothing of what is wrong, of the student, or of what the pages held: it is the same for everybody, under every
path that a student can have. Pages of the campus's own kinds are among these paths for readers whom the access rules
grant something of the kind, whether or not this student has such a record; to all others the kind itself is unknown.
"""

from __future__ import annotations

from collections.abc import Iterable

from sendbook.bundle.fragment import Fragment
from sendbook.kinds.page_order import PAGES
from sendbook.pages.own_student_kinds import path_of_kind
from sendbook.pages.templates import Renders

#: What the bundle calls the projection of those who may see a student, and have to wait for the pages.
BEING_CORRECTED = "being-corrected"
TITLE = "These pages are being corrected"
_WITH = "+"


def correction_of(kinds: Iterable[str]) -> str:
    """Returns the projection of those who have to wait, and may see records of these kinds of the campus's own."""
    return _WITH.join((BEING_CORRECTED, *sorted(kinds)))


def is_correction(projection: str) -> bool:
    """Whether a projection is the plain page."""
    return projection.partition(_WITH)[0] == BEING_CORRECTED


def correction_pages(student: str, projection: str, templates: Renders) -> dict[str, Fragment]:
    """Returns the page under every path of a student that this projection has."""
    page = the_page(templates)
    home = home_of(student)
    _, *kinds = projection.split(_WITH)
    own = (path_of_kind(kind, draft=draft) for kind in kinds for draft in (False, True))
    paths = (*(one.path for one in PAGES), *own)
    return {path.format(home=home): page for path in paths}


def the_page(templates: Renders) -> Fragment:
    """Returns the page itself: the same for every student and every reader."""
    content = templates.render("pages/being_corrected.html", {"title": TITLE})
    return Fragment(title=TITLE, nav="", contents="", content=str(content), search="")


def home_of(student: str) -> str:
    """Returns where a student's pages begin."""
    return f"/students/{student}/"
