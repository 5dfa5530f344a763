"""Makes the page that says whom to ask: the campus's colleagues, with how each is reached.

It is the same for all who are shown the same (`Listed`), so it is made once for them: a colleague's new telephone
number is one page, and not one for each reader.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date

from sendbook.bundle.fragment import Fragment, Label
from sendbook.pages.contents import Heading
from sendbook.pages.surroundings import Colleague, Surroundings
from sendbook.pages.templates import Renders
from sendbook.site.readers.own_fragment import own_fragment

PATH = "/people/"

_DUTIES = (
    ("senco", "Anything about support, plans and needs"),
    ("dsl", "A worry about a child's safety"),
    ("principal", "The campus as a whole"),
    ("exams_officer", "Tests and exams"),
    ("dpo", "What we hold about you, and who can see it"),
    ("regional_senco", "Support across the region"),
)
_OFFICE = (("phone", "Telephone"), ("email", "E-mail"), ("address", "Address"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """All that the page shows: who is ``named`` for which duty, all ``others``, and how the ``office`` is reached."""

    named: tuple[tuple[str, Colleague], ...]
    others: tuple[Colleague, ...]
    office: tuple[tuple[str, str], ...]


def listed(around: Surroundings, on: date, beside: str) -> Listed:
    """Returns who to ask: the people named for a duty first, then all other staff by surname; nobody who left.

    ``beside`` is the name of readers who are called as a colleague is, "" for everybody else. Who goes by the name of a
    colleague or of the reader is listed by the full name.
    """
    here = {one.id: one for one in around.staff.values() if not one.left_on or one.left_on >= on.isoformat()}
    first = [(title, around.contact(duty)) for duty, title in _DUTIES]
    named = tuple((title, person) for title, person in first if person is not None and person.id in here)
    known = {person.id for _, person in named}
    bearers = Counter([beside, *(person.name for person in here.values())])
    others = (person for person in here.values() if person.id not in known)
    office = around.campus.get("office", {})
    return Listed(
        named=named,
        others=tuple(replace(one, name=one.full_name) if bearers[one.name] > 1 else one for one in others),
        office=tuple((label, office[key]) for key, label in _OFFICE if key in office),
    )


def directory(shown: Listed, templates: Renders) -> Fragment:
    """Makes the page of those whom it shows."""
    values = {"named": shown.named, "others": shown.others, "office": shown.office}
    headings = [Heading(id="first", text="Ask first")]
    headings += [Heading(id="all", text="Everyone else, by surname")] if shown.others else []
    page = own_fragment("Who to ask", templates.render("own/people.html", values), headings, "")
    return replace(page, search=None, label=Label(kind="Campus"))  # colleagues are on no other page
