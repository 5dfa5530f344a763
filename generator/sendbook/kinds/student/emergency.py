"""What to do in an emergency, as each reader may know it: one box for pages, class sheets, cards and papers, and one
answer to who to ask about a healthcare plan.

Who to call are person ids in the student's record. A colleague is named as the directory has it. A member of the family
is named, and their number given, only to a reader who may see that name and that number; to everybody else the school
office is the way to reach them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any

from sendbook.campus.foundation import STUDENT
from sendbook.campus.typed_text import pieces
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

EMERGENCY = ("student", "emergency")
MEDICAL = ("student", "medical")

_FAMILY = Voice(staff="{name}'s family", family="Another member of the family", student="My family")
OFFICE = "through the school office"


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """Somebody to call: who, what they are to the student or the school, and their number.

    A ``private`` number belongs to a family, who can be reached through the school office too: ``office`` is its
    number. Wherever paper goes from hand to hand only the office is given, for a box that names somebody and gives no
    number helps nobody. ``at_home`` is said of a relative to their own household, which needs no number on screen.
    """

    who: str
    what: str = ""
    phone: str = ""
    private: bool = False
    office: str = ""
    at_home: bool = False

    @property
    def without_private_number(self) -> Called:
        """The same as it may be handed on."""
        return replace(self, phone="", at_home=False) if self.private else self

    @property
    def in_a_line(self) -> str:
        """As text in one line, as it may be handed on."""
        said = f"{self.who} ({self.what})" if self.what else self.who
        if not self.private:
            return f"{said}, {_whole(self.phone)}" if self.phone else said
        return f"{said}, {OFFICE} on {_whole(self.office)}" if self.office else f"{said}, {OFFICE}"


def _whole(phone: str) -> str:
    """A number that doesn't break over two lines: a torn one is misread."""
    return phone.replace(" ", "\N{NO-BREAK SPACE}")


def show_emergency(reading: Reading) -> dict[str, Any] | None:
    """What the box says; None for a student without an emergency text."""
    found = reading.one(STUDENT).get("emergency")
    if not found:
        return None
    return {
        "watch_for": found.get("watch_for", ""),
        "do": list(found.get("do", ())),
        "medicine": found.get("medicine", ""),
        "call": called(found, reading),
    }


def emergency_facts(reading: Reading) -> dict[str, Any] | None:
    """The same as plain data, for class sheets and cards, which are printed and pinned up: without private numbers."""
    shown = show_emergency(reading)
    return {**shown, "call": [asdict(one.without_private_number) for one in shown["call"]]} if shown else None


def printed_emergency(reading: Reading) -> dict[str, Any] | None:
    """The same for paper, each person to call in one line; without private numbers.

    ``pieces`` are the texts once more, as paragraphs and lists: on paper too a list is to be heard as one.
    """
    shown = show_emergency(reading)
    if shown is None:
        return None
    read = {
        "watch_for": pieces(shown["watch_for"]),
        "do": [pieces(step) for step in shown["do"]],
        "medicine": pieces(shown["medicine"]),
    }
    return {**shown, "call": [one.in_a_line for one in shown["call"]], "pieces": read}


def called(emergency: Mapping[str, Any], reading: Reading) -> list[Called]:
    """Who to call, in order, each once; nobody who has left. If that leaves no one, the SENDCo or the office."""
    found = list(dict.fromkeys(_called(emergency.get("call", ()), reading)))
    return found or [_first_to_ask(reading)]


def who_to_ask(reading: Reading) -> str:
    """The one answer to who knows about a student's healthcare plan: the first colleague to call in an emergency.

    A reader who may not see who is called, and one of a student without an emergency text, is sent to the SENDCo.
    """
    return next(
        _colleagues(reading.one(STUDENT).get("emergency", {}).get("call", ()), reading), _first_to_ask(reading)
    ).in_a_line


def _called(people: Any, reading: Reading) -> Iterator[Called]:
    around = reading.around
    for person in people:
        if person in around.staff and person not in around.left:
            yield from _colleagues([person], reading)
        elif person in reading.family:
            yield _relative(person, reading)
        elif person not in around.staff:
            yield Called(who=_FAMILY.to(reading), private=True, office=_office_phone(reading))


def _relative(person: str, reading: Reading) -> Called:
    """A member of the family whom the reader may know by name. Staff without a number ring the office."""
    phone = reading.phones.get(person, "")
    return Called(
        who=reading.family[person],
        what=reading.relation(person),
        phone=phone,
        private=True,
        office=_office_phone(reading),
        at_home=not phone and reading.manner != "staff",
    )


def _colleagues(people: Any, reading: Reading) -> Iterator[Called]:
    for person in people:
        found = reading.around.staff.get(person)
        if found is not None and person not in reading.around.left:
            yield Called(who=found.name, what=found.job, phone=found.phone or "")


def _first_to_ask(reading: Reading) -> Called:
    senco = reading.around.contact("senco")
    if senco is not None:
        return Called(who=senco.name, what=senco.job, phone=senco.phone or "")
    return Called(who="The school office", phone=_office_phone(reading))


def _office_phone(reading: Reading) -> str:
    return str(reading.around.campus.get("office", {}).get("phone", ""))


IN_AN_EMERGENCY = Section(
    name="emergency",
    title=Voice(staff="In an emergency"),
    template="sections/emergency.html",
    show=show_emergency,
    needs=(EMERGENCY,),
    boxed=True,
    printed=printed_emergency,
)
