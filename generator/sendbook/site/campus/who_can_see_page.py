"""The page that says who can see what of any student: by duty and relation, with the reason of each grant.

It is made of the policy and of nobody's records, once for all who are spoken to alike. Here alone the reasons of grants
are on a page, so one that is reworded changes no student's. Who has any student's pages has it, and nobody else.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

from markupsafe import Markup

from sendbook.access.policy import RECORD_ID
from sendbook.access.who import SELF_WORDS, RoleEntry
from sendbook.bundle.fragment import Fragment, Label
from sendbook.campus.words import sentence, unbroken
from sendbook.kinds.student.access_sections import WHO_CAN_SEE_PATH, WHO_CAN_SEE_TITLE
from sendbook.pages.campus_page import CampusPage, CampusReading, Making, Pages, Showing
from sendbook.pages.contents import Heading, contents_list

_LEAD: Final = (
    "Who can see what in a student's record, and why. These rules are the same for every student in the school"
)
_LEADS: Final = {
    "staff": f"{_LEAD}.",
    "family": f"{_LEAD}: they are not about your child alone.",
    "student": f"{_LEAD}: they are not about you alone.",
}
_YOURS: Final = {
    "staff": "What you yourself can see of a student is on their page “Who can see this”.",
    "family": "What you yourself can see is among your child's pages, under “Who can see this”.",
    "student": "What you yourself can see is among your own pages, under “Who can see this”.",
}


def who_can_see_page(entries: Callable[[], Sequence[RoleEntry]]) -> CampusPage[CampusReading]:
    """Returns the page as data; ``entries`` gives who sees what by duty and relation, when it is first asked for."""
    return CampusPage(
        kind=RECORD_ID,
        path=WHO_CAN_SEE_PATH,
        title=WHO_CAN_SEE_TITLE,
        shared=True,
        renewed=True,
        show=lambda reading: _shown(reading.manner, entries()) if reading.sees_students else None,
    )


def _shown(manner: str, entries: Sequence[RoleEntry]) -> Showing:
    told = [_told(entry, manner) for entry in sorted(entries, key=_is_duty)]
    return Showing(pages=partial(_pages, manner, told), made_of=[manner, told])


def _is_duty(entry: RoleEntry) -> bool:
    """Whether a duty sees it, for every student: those who know the student come first."""
    return not entry.id.startswith("relation:")


def _told(entry: RoleEntry, manner: str) -> dict[str, object]:
    """An entry in the words of those who read it: the student reads “My teachers”, not “Teachers of the student”."""
    return {
        "id": entry.id.replace(":", "-"),
        "who": SELF_WORDS.get(entry.who, entry.who) if manner == "student" else entry.who,
        "rows": [(sentence("; ".join(one.what)), unbroken(one.why)) for one in entry.opens],
    }


def _pages(manner: str, told: Sequence[dict[str, object]], making: Making) -> Pages:
    values = {"title": WHO_CAN_SEE_TITLE, "lead": _LEADS[manner], "yours": _YOURS[manner], "entries": told}
    page = Fragment(
        title=str(Markup.escape(WHO_CAN_SEE_TITLE)),
        contents=contents_list([Heading(id=str(one["id"]), text=str(one["who"])) for one in told]),
        content=str(making.templates.render("own/who_can_see.html", values)),
        label=Label(kind="Campus"),
    )
    return {WHO_CAN_SEE_PATH: page}
