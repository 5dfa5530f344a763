"""The plain page that takes the place of a student's pages while they are being corrected.

It says nothing of what is wrong, of the student, or of what the pages held: it is the same for everybody, under every
path that a student can have.
"""

from __future__ import annotations

from sendbook.bundle.fragment import Fragment
from sendbook.site.student_pages import PAGES
from sendbook.site.templates import Renders

#: What the bundle calls the projection of those who may see a student, and have to wait for the pages.
BEING_CORRECTED = "being-corrected"
TITLE = "These pages are being corrected"


def correction_pages(student: str, templates: Renders) -> dict[str, Fragment]:
    """The page under every path of a student."""
    content = templates.render("pages/being_corrected.html", {"title": TITLE})
    page = Fragment(title=TITLE, nav="", contents="", content=str(content), search="")
    home = home_of(student)
    return {one.path.format(home=home): page for one in PAGES}


def home_of(student: str) -> str:
    """Where a student's pages begin."""
    return f"/students/{student}/"
