"""What to do in an emergency: written where it is needed, and calling people who can be called."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from sendbook.access.bars import FORBIDDING_ORDERS
from sendbook.access.policy import Policy
from sendbook.campus.records import Record
from sendbook.checks.case import Case, Data, date_of, holds
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.kinds.profile import PROFILE

_CONDITIONS = "Supporting pupils at school with medical conditions (DfE, 2015)"

_WITH_THE_STUDENT = frozenset(f"relation:{one}" for one in ("teaches", "assists", "tutor", "key_adult", "covers"))


@rule("MED-01", "A student with a healthcare plan has an emergency text", source=_CONDITIONS,
      parts=(("student", "medical"), ("student", "emergency"), ("profile", "profile")), after_support=True)  # fmt: skip
def emergency_is_written(case: Case) -> Iterator[Spot]:
    """Where record or profile says that there is a healthcare plan, the record says what to do in an emergency."""
    if case.header is None or case.has_left or "emergency" in case.header.data:
        return
    profile = case.one(PROFILE)
    remedy = "Write “emergency:” in student.yml: what to watch for, what to do, who to call and where the medicine is."
    if case.header.data.get("medical", {}).get("care_plan"):
        message = "There is a healthcare plan, but nothing says what to do in an emergency."
        yield Spot(case.header, "/medical/care_plan", message, remedy)
    elif profile is not None and profile.data.get("healthcare_plan"):
        message = "The profile mentions a healthcare plan, but nothing in the record says what to do in an emergency."
        yield Spot(profile, "/healthcare_plan", message, remedy)


@rule("MED-02", "The people to call in an emergency can be called", source=HOUSE_RULE,
      parts=(("student", "emergency"), ("student", "family")))  # fmt: skip
def call_is_current(case: Case) -> Iterator[Spot]:
    """Everyone who is to be called works here, or is of this family: confirmed, not ended, and free to have contact."""
    if case.header is None or case.has_left:
        return
    for index, person in enumerate(case.header.data.get("emergency", {}).get("call", ())):
        message = _what_is_wrong(person, case, case.header)
        if message:
            remedy = "Name somebody else, or correct what the records say about this person."
            yield Spot(case.header, f"/emergency/call/{index}", message, remedy)


def _what_is_wrong(person: str, case: Case, header: Record) -> str:
    staff = case.person(person).get("staff")
    relations = [item for item in header.data.get("family", ()) if item["person"] == person]
    if any(_kept_away(item, case.on) for item in relations):
        return "This person is to be called in an emergency, but the record bars them from the student."
    if staff is not None and not _has_left(staff, case.on):
        return ""
    if any(_is_current(item, case.on) for item in relations):
        return ""
    if staff is not None and not relations:
        return "This person is to be called in an emergency, but no longer works here."
    if any("confirmed" not in item for item in relations):
        return "This person is to be called in an emergency, but the relation to the student is not confirmed."
    if relations:
        return "This person is to be called in an emergency, but is not related to the student today."
    return "This person is to be called in an emergency, but they neither work here nor belong to the student's family."


def _kept_away(item: Data, on: date) -> bool:
    """Whether somebody may see nothing of the student, or a court has said that they are to stay away."""
    orders = [order for order in item.get("court_orders", ()) if order["effect"] in FORBIDDING_ORDERS]
    return (item["access"] == "none" and holds(item, on)) or any(holds(order, on) for order in orders)


def _has_left(staff: Data, on: date) -> bool:
    return "left_on" in staff and date_of(staff["left_on"]) < on


def _is_current(item: Data, on: date) -> bool:
    return holds(item, on) and "confirmed" in item and date_of(item["confirmed"]["on"]) <= on


@rule("MED-03", "The access rules show what to do in an emergency to everybody who needs it", source=HOUSE_RULE,
      parts=(("access", "policy"),))  # fmt: skip
def emergency_is_granted(case: Case) -> Iterator[Spot]:
    """Everyone who may see medical details, and all who teach or assist a student, may see the emergency text."""
    access = case.campus.get("access")
    parts: dict[str, set[str]] = {}
    first: dict[str, int] = {}
    for index, grant in enumerate(Policy.from_record(access.data).grants if access else ()):
        opened = grant.parts_of(case.basis.kinds["student"])
        if grant.action == "read" and opened:
            parts.setdefault(grant.who, set()).update(opened)
            first.setdefault(grant.who, index)
    for who, seen in parts.items():
        concerned = "medical" in seen or who in _WITH_THE_STUDENT
        if access is not None and concerned and "emergency" not in seen:
            called = who.replace(":", " ").replace("_", " ")
            message = f"The access rules don't show what to do in an emergency to {called}."
            yield Spot(access, f"/grants/{first[who]}", message, "Add a grant of the part “emergency” for them.")


RULES: tuple[Rule[Case], ...] = (emergency_is_written, call_is_current)
SHARED_RULES: tuple[Rule[Case], ...] = (emergency_is_granted,)
