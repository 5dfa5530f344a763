"""The first page of the public edition: what a visitor finds who isn't signed in, in words for parents.

It is made from what the handbook's macros may say (the campus's own facts and the contacts it publishes) and from the
list of public pages. It is handed no record, so it can name nobody else.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import escape

from sendbook.bundle.fragment import Fragment
from sendbook.handbook.macros import STAFF_FIELDS, MacroValues
from sendbook.pages.contents import Heading, contents_list
from sendbook.pages.templates import Renders

HOME = "/"
PUBLIC_TEMPLATE = "own/public.html"
#: The documents the law or policy asks for, as pages name them, in the order a parent looks for them.
REPORTS: Mapping[str, str] = {
    "send_information_report": "Read how we notice needs, what help there is, and how you are involved.",
    "accessibility_plan": "See how we are opening lessons, buildings and information to disabled students.",
}
_ASK = (
    ("senco", "Anything about support, plans and needs"),
    ("dsl", "A worry about a child's safety"),
    ("principal", "The campus as a whole"),
    ("dpo", "What we hold about you or your child, and who can see it"),
)
_OUTSIDE = {
    "advice_service": "Free advice for families, independent of school",
    "local_offer": "What there is for families in our area",
}
_OFFICE = (("phone", "Telephone"), ("email", "E-mail"), ("address", "Address"))


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicPage:
    """A page of the public edition, as a link to it; ``document`` says which document it is, if it is one."""

    title: str
    url: str
    summary: str
    document: str = ""


def public_home(
    values: MacroValues,
    pages: Sequence[PublicPage],
    templates: Renders,
    *,
    papers: Mapping[str, str] | None = None,
    sign_in: bool = True,
) -> Fragment:
    """The page as a fragment of the public shell.

    ``papers`` are the PDFs by the address of the page they print; ``sign_in`` is left out where there is nothing to
    sign in to.
    """
    reports = [page for document in REPORTS for page in pages if page.document == document]
    office = values.people.get("senco_office", {})
    name = values.campus.get("name", "our campus")
    shown = {
        "name": name,
        "reports": [
            {"title": page.title, "url": page.url, "about": REPORTS[page.document], "pdf": (papers or {}).get(page.url)}
            for page in reports
        ],
        "handbook": [page for page in pages if page.document not in REPORTS],
        "people": list(_people(values)),
        "office": [(label, office[key]) for key, label in _OFFICE if key in office],
        "outside": [
            {field: values.places[place].get(field, "") for field in ("name", "phone", "email", "url", "hours")}
            | {"is": what}
            for place, what in _OUTSIDE.items()
            if place in values.places
        ],
        "sign_in": sign_in,
    }
    headings = [
        *([Heading(id="reports", text="Our reports")] if reports else []),
        Heading(id="ask", text="Who to ask"),
        *([Heading(id="handbook", text="How we work")] if shown["handbook"] else []),
    ]
    return Fragment(
        title=str(escape(f"SEND at {name}")),
        contents=contents_list(headings),
        content=str(templates.render(PUBLIC_TEMPLATE, shown)),
        search="",  # it only repeats what is on the pages themselves
    )


def _people(values: MacroValues) -> Iterable[tuple[str, Mapping[str, str]]]:
    """Whom to ask for what; somebody with two duties is here once."""
    told: set[str] = set()
    for duty, what in _ASK:
        person = values.people.get(duty)
        if person and person.get("name") and (key := person.get("full_name", person["name"])) not in told:
            told.add(key)
            yield what, {field: person.get(field, "") for field in STAFF_FIELDS}
