"""Every kind of page, once for each manner of reader (staff, family, student), on a phone and on a desk.

The console is silent, nothing is asked of another host, axe finds nothing, nothing is wider than the screen, there is
one heading of the first rank, and the title says where one is.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.conftest import press, sign_in
from tests.browser.looking import DESK, PHONE, visit
from tests.browser.people import School, Somebody

if TYPE_CHECKING:
    from playwright.sync_api import BrowserContext

As = Callable[..., "BrowserContext"]

COMMON = {
    "home": ("/", "Home"),
    "people": ("/people/", "Who to ask"),
    "search": ("/search", "Search"),
    "rules": ("/who-can-see/", "Who can see what"),
}
#: What anybody who is signed in reads; families and students find the library under plainer words.
TO_READ = {
    "library": ("/interventions/", "Provision library"),
    "library-entry": ("/interventions/paired-reading/", "Paired reading"),
    "handbook": ("/handbook/", "Welcome to the SEND Handbook"),
    "handbook-page": ("/handbook/09-parents/", "Working with parents"),
}
LISTS = {
    "students": ("/students/", "Students"),
    "register": ("/register/", "SEN register"),
    "groups": ("/groups/", "Class sheets"),
    "class-sheet": ("/groups/{group}/", "{group_name}"),
    "figures": ("/figures/", "Figures, Autumn term 2026"),
    "compliance": ("/compliance/", "Compliance"),
    "accessibility-plan": ("/records/accessibility-plan/", "Accessibility plan"),
}
STUDENT = {
    "overview": ("", "{full}"),
    "plan": ("plan/", "{name}'s plan"),
    "progress": ("progress/", "{name}'s progress"),
    "meetings": ("meetings/", "Meetings about {name}"),
    "record": ("record/", "{name}'s record"),
    "history": ("history/", "What changed for {name}"),
    "who-can-see": ("who-can-see/", "Who can see {name}'s pages"),
}
OF_THEIR_OWN = {
    "overview": ("", "{full}"),
    "plan": ("plan/", "My plan"),
    "progress": ("progress/", "My progress"),
    "meetings": ("meetings/", "My meetings"),
    "record": ("record/", "My record"),
    "history": ("history/", "What changed for me"),
    "who-can-see": ("who-can-see/", "Who can see my pages"),
}
DRAFT = {"draft": ("draft/", "{name}'s next plan")}
BY_MANNER = {
    "senco": (COMMON | TO_READ | LISTS, STUDENT | DRAFT),
    "parent": (COMMON | TO_READ | {"library": ("/interventions/", "Kinds of extra help")}, STUDENT),
    "student": (COMMON, OF_THEIR_OWN),
}


@dataclass(frozen=True, slots=True)
class Place:
    """A kind of page for a kind of reader; `of` says whether its path begins at a student's."""

    kind: str
    page: str
    path: str
    title: str
    of_student: bool

    def __str__(self) -> str:
        return f"{self.kind}-{self.page}"


PLACES = [
    Place(kind, page, path, title, bool(of_student))
    for kind, tables in BY_MANNER.items()
    for of_student, table in enumerate(tables)
    for page, (path, title) in table.items()
]


def _each_kind_of_page_once(place: Place) -> Any:
    """The pages that look alike to several manners of reader are reviewed among the slow runs."""
    again = place.kind == "parent" and place.page in COMMON | TO_READ
    again = again or (place.kind == "parent" and place.page in ("progress", "record", "history", "who-can-see"))
    again = again or (place.kind == "student" and place.page != "plan")
    return pytest.param(place, id=str(place), marks=[pytest.mark.slow] if again else [])


@pytest.mark.sample(8)
@pytest.mark.parametrize("place", [_each_kind_of_page_once(place) for place in PLACES])
@pytest.mark.parametrize("size", [PHONE, pytest.param(DESK, marks=pytest.mark.slow)], ids=["phone", "desk"])
def test_a_page_is_sound_on_a_phone_and_on_a_desk(
    size: tuple[int, int], place: Place, as_reader: As, address: str, people: dict[str, Somebody], school: School
) -> None:
    student = people[place.kind].student or school.student_with_draft()
    words = _words(school, student)
    path = f"/students/{student}/{place.path}" if place.of_student else place.path.format(**words)
    seen = visit(as_reader(place.kind), address, path)
    seen.look(place.title.format(**words), [size])
    seen.leave()


@pytest.mark.sample(1)
@pytest.mark.parametrize("kind", ["senco", "parent"])
def test_search_results_are_sound_and_lead_on(kind: str, as_reader: As, address: str) -> None:
    """Through the form on the page; the words stand in no address."""
    seen = visit(as_reader(kind), address, "/search")
    seen.tab.fill("#words", "reading")
    press(seen.tab, "#sb-content button[type=submit]")
    seen.look("Search results")
    assert seen.tab.url.startswith(f"{address}/search/found/")
    assert "reading" not in seen.tab.url
    assert seen.tab.locator("#sb-content .sb-hits a").count() > 0
    seen.leave()


@pytest.mark.sample(1)
@pytest.mark.parametrize("kind", ["senco", "parent"])
def test_the_page_for_nothing_is_sound_and_leads_home(kind: str, as_reader: As, address: str) -> None:
    """Absent and not-yours look the same."""
    seen = visit(as_reader(kind), address, "/students/0A0A/", status=404)
    seen.look("Page not found")
    assert seen.tab.locator("#sb-content a[href='/']").is_visible()
    seen.leave()


def test_a_wrong_password_is_told_at_the_form(contexts: As, address: str, people: dict[str, Somebody]) -> None:
    """The message is linked to the field, and the address is kept."""
    seen = visit(contexts(), address, "/sign-in")
    seen.look("Sign in")
    seen.status = 403
    sign_in(seen.tab, address, people["dpo"], "not the password")
    seen.look("Error: sign in")
    assert seen.tab.input_value("#email") == people["dpo"].email
    assert seen.tab.input_value("#password") == ""
    seen.leave()


def test_the_page_after_signing_out_is_sound(contexts: As, address: str) -> None:
    """It says what to do on a shared computer, and the way back in."""
    seen = visit(contexts(), address, "/signed-out")
    seen.look("Signed out")
    assert seen.tab.locator("#sb-content a[href='/sign-in']").is_visible()
    seen.leave()


def test_the_public_handbook_is_sound(contexts: As, address: str) -> None:
    """Nobody is signed in, and nothing private is linked."""
    seen = visit(contexts(), address, "/handbook/")
    seen.look("Welcome to the SEND Handbook")
    assert seen.tab.locator("a[href^='/students/']").count() == 0
    assert seen.tab.locator(".sb-account a").inner_text() == "Sign in"
    seen.leave()


@pytest.mark.slow
def test_the_steps_of_the_accessibility_plan_fit_a_phone(contexts: As, address: str) -> None:
    """Four columns side by side don't: each step is a card there, and every column's name stands in it."""
    seen = visit(contexts(), address, "/handbook/accessibility-plan/")
    seen.look("Accessibility plan")
    seen.tab.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    steps = seen.tab.locator("table.sb-stack tbody tr")
    assert steps.count() > 3
    assert steps.first.locator("td[data-label]").count() == 3
    assert steps.first.evaluate("row => getComputedStyle(row).display") == "flex"
    seen.leave()


#: Links that are all there is in their paragraph, cell or value; WCAG 2.2, 2.5.8 asks no height of those in a sentence.
_LOW = """() => [...document.querySelectorAll(".md-content a")]
    .filter(one => one.innerText.trim() === one.parentElement.innerText.trim())
    .map(one => [one.getBoundingClientRect(), one.innerText])
    .filter(([box]) => box.width > 1 && box.height > 0 && box.height < 24)
    .map(([box, words]) => `${words}: ${box.height}`)"""


@pytest.mark.sample(1)
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_a_link_by_itself_is_24_pixels_high(size: tuple[int, int], as_reader: As, address: str) -> None:
    tab = as_reader("senco").new_page()
    tab.set_viewport_size({"width": size[0], "height": size[1]})
    for page in ("/", "/students/8XA8/", "/students/8XA8/plan/", "/students/3QNM/meetings/"):
        tab.goto(f"{address}{page}")
        assert tab.evaluate(_LOW) == [], page
    tab.close()


def _words(school: School, student: str) -> dict[str, str]:
    header, place = school.campus.get(f"students/{student}/student"), school.campus.get("campus")
    assert header
    assert place
    group = school.largest_class()
    named = {one["id"]: one["name"] for one in place.data["teaching_groups"]}
    name = header.data["name"]
    return {"name": name["known_as"], "full": name["full"], "group": group, "group_name": named[group]}
