"""Makes the page that says whom to ask: the campus's colleagues, with how each is reached.

It is the same for all who see the same of their colleagues, so it is made once for them: a colleague's new telephone
number is one page, and not one for each reader.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
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


def directory(around: Surroundings, on: date, beside: str, templates: Renders) -> Fragment:
    """Returns who to ask: the people named for a duty first, then all other staff by surname; nobody who left.

    ``beside`` is the name of readers who are called as a colleague is, "" for everybody else.
    """
    here = [person for person in around.staff.values() if not person.left_on or person.left_on >= on.isoformat()]
    first = [(title, around.contact(duty)) for duty, title in _DUTIES]
    named = [(title, person) for title, person in first if person in here]
    known = {person.id for _, person in named}
    others = [_told_apart(person, here, beside) for person in here if person.id not in known]
    office = around.campus.get("office", {})
    values = {
        "named": named,
        "others": others,
        "office": [(label, office[key]) for key, label in _OFFICE if key in office],
    }
    headings = [Heading(id="first", text="Ask first"), Heading(id="all", text="Everyone else, by surname")]
    page = own_fragment("Who to ask", templates.render("own/people.html", values), headings, "")
    return replace(page, search=None, label=Label(kind="Campus"))  # colleagues are on no other page


def _told_apart(person: Colleague, here: Sequence[Colleague], beside: str) -> Colleague:
    """By the full name, where a colleague or the reader goes by the same one."""
    same = person.name == beside or any(other.name == person.name and other.id != person.id for other in here)
    return replace(person, name=person.full_name) if same else person
