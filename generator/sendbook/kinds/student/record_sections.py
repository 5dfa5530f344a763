"""Sections of the student record: one for each part of it, in the order a SENDCo looks for things."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.words import listed, number, sentence, short_day, span
from sendbook.campus.year_groups import year
from sendbook.kinds.student.emergency import EMERGENCY, MEDICAL, show_emergency, who_to_ask
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

Facts = Iterator[tuple[str, str]]
#: The type of a need that has a name, and no type of its own in the national list.
_OTHER = "OTH"
#: A class as a timetable calls it: “7 English”.
_CLASS = re.compile(r"\A(\d{1,2}) (?=[A-Za-z])")


def _said(reading: Reading, field: str, code: object) -> str:
    """A code of the student's record in the words of its field."""
    return reading.around.said(f"student/{field}", code)


def _facts(say: Callable[[Reading], Facts]) -> Callable[[Reading], dict[str, Any] | None]:
    """A presenter of label and text pairs."""

    def show(reading: Reading) -> dict[str, Any] | None:
        facts = list(say(reading))
        return {"said": facts} if facts else None

    return show


def _name(reading: Reading) -> Facts:
    student = reading.one(STUDENT)
    name = student.get("name", {})
    said_already = set(str(name.get("full", "")).casefold().split())
    for key, label in (("full", "Full name"), ("known_as", "Known as"), ("pronouns", "Pronouns")):
        if key in name and not (key == "known_as" and set(name[key].casefold().split()) <= said_already):
            yield label, name[key]
    if "id" in student:
        yield "Student ID", student["id"]
    if "year_group" in student:
        yield "Year group", year(student["year_group"])
    if "tutor_group" in student:
        yield from _named("Tutor group", [student["tutor_group"]], reading.around.tutor_groups)
    running = [item["group"] for item in student.get("teaching_groups", ()) if reading.around.running(item)]
    yield from _named("Classes", running, reading.around.teaching_groups)


def _named(label: str, ids: Iterable[str], groups: Mapping[str, Mapping[str, Any]]) -> Facts:
    """The groups by name; an id says nothing to a reader who may not know the campus's groups."""
    names = [_CLASS.sub(r"Year \1 ", str(groups[one]["name"])) for one in ids if "name" in groups.get(one, ())]
    if names:
        yield label, listed(names)


def show_status(reading: Reading) -> dict[str, Any] | None:
    history = sorted(reading.one(STUDENT).get("status", ()), key=lambda item: str(item["from"]), reverse=True)
    rows = [(_said(reading, "status/code", item["code"]), _since(item, reading)) for item in history]
    return {"caption": "SEN status so far", "columns": ("Status", "When"), "rows": rows} if rows else None


def _since(item: Mapping[str, Any], reading: Reading) -> str:
    """When a status began and ended; one that somebody came with began before we can know."""
    if item["from"] == reading.one(STUDENT).get("on_roll", {}).get("from") and "until" not in item:
        return f"Since joining us on {short_day(item['from'])}"
    return sentence(span(item["from"], item.get("until")))


def _needs(reading: Reading) -> Facts:
    for need in sorted(reading.one(STUDENT).get("needs", ()), key=lambda item: int(item["rank"])):
        kind = _said(reading, "needs/type", need["type"])
        named = str(need.get("condition", kind))
        condition = "" if named.casefold() == kind.casefold() else f": {named}" if "(" in named else f" ({named})"
        since = f", recorded {short_day(need['since'])}" if "since" in need else ""
        if condition and need["type"] == _OTHER:
            kind, condition = sentence(named), " (in the national list of types: other)"
        label = "Main type of need" if need["rank"] == 1 else "Second type of need"
        yield label, f"{kind}{condition}{since}"
    seen = reading.one(STUDENT).get("identified")
    if seen:
        yield "First noticed", f"{short_day(seen['on'])}. {seen.get('how', '')}".strip()


def _background(reading: Reading) -> Facts:
    student, joined = reading.one(STUDENT), reading.one(STUDENT).get("on_roll", {})
    for key, label in (("from", "Joined"), ("until", "Left")):
        if key in joined:
            yield label, short_day(joined[key])
    if "previous_school" in joined:
        yield "Came from", joined["previous_school"]
    if "born" in student:
        yield "Date of birth", short_day(student["born"])
    for key, label in (("sex", "Sex"), ("ethnicity", "Ethnicity")):
        if key in student:
            yield label, _said(reading, key, student[key])
    for key, label in (("home_language", "Home language"), ("home_local_authority", "Home local authority")):
        if key in student:
            yield label, student[key]
    if "eal" in student:
        note = f". {student['eal']['note']}" if "note" in student["eal"] else ""
        level = _said(reading, "eal/proficiency", student["eal"]["proficiency"])
        yield "English as an additional language", f"{level}{note}"


def show_medical(reading: Reading) -> dict[str, Any] | None:
    medical = reading.one(STUDENT).get("medical")
    emergency = reading.once(show_emergency)
    if not medical and not emergency:
        return None
    facts = [("Healthcare plan", "There is one" if medical["care_plan"] else "There is none")] if medical else []
    if medical and medical["care_plan"]:
        facts.append(("Who to ask", who_to_ask(reading)))
    return {"said": facts, "emergency": emergency}


def _exams(reading: Reading) -> Facts:
    if "candidate_number" in reading.one(STUDENT):
        yield "Candidate number", reading.one(STUDENT)["candidate_number"]


def show_attendance(reading: Reading) -> dict[str, Any] | None:
    rows = [
        (reading.around.term(item["term"]), f"{number(item['percent'])}%", item.get("note", ""))
        for item in reversed(reading.one(STUDENT).get("attendance", ()))
    ]
    return {"caption": "Attendance by term", "columns": ("Term", "Attendance", "Note"), "rows": rows} if rows else None


def show_team(reading: Reading) -> dict[str, Any] | None:
    rows = [
        (reading.around.name(item["person"]), _said(reading, "team/as", item["as"]), item.get("note", ""), _dated(item))
        for item in reading.one(STUDENT).get("team", ())
    ]
    columns = ("Adult", "Role", "Times and tasks", "Since")
    return {"caption": "Who helps, and when", "columns": columns, "rows": rows} if rows else None


def _dated(item: Mapping[str, Any]) -> str:
    return sentence(span(item["from"], item.get("until")))


def show_family(reading: Reading) -> dict[str, Any] | None:
    family = reading.one(STUDENT).get("family", ())
    several = len({item["household"] for item in family}) > 1
    cards = [_relation(item, reading, several=several) for item in family]
    care = reading.one(STUDENT).get("looked_after")
    if not cards and care is None:
        return None
    return {"cards": cards, "care": _said(reading, "looked_after", care) if care is not None else None}


def _relation(item: Mapping[str, Any], reading: Reading, *, several: bool) -> dict[str, Any]:
    """A member of the family; a household is named only where there are several to tell apart."""
    name = reading.family.get(item["person"])
    word = _said(reading, "family/relation", item["relation"])
    facts = [
        *([("Lives in", _said(reading, "family/household", item["household"]))] if several else []),
        ("Parental responsibility", "Yes" if item["responsibility"] else "No"),
        ("Can see", _said(reading, "family/access", item["access"])),
    ]
    if "confirmed" in item:
        done = item["confirmed"]
        how = f": {done['how']}" if "how" in done else ""
        facts.append(("Confirmed", f"{short_day(done['on'])} by {reading.around.name(done['by'])}{how}"))
    else:
        facts.append(("Confirmed", "Not yet. Until then this person sees nothing."))
    facts += [(f"Court order: {order['order']}", _order(order, reading)) for order in item.get("court_orders", ())]
    return {
        "name": f"{name} ({word.lower()})" if name else word,
        "first": item.get("first_contact", False),
        "facts": facts,
        # Apart from the rest: a family's number and address are on the screen, and on no sheet that may be left lying.
        "reached": list(_contact(reading.contacts.get(item["person"], {}), reading)),
    }


def _contact(contact: Mapping[str, Any], reading: Reading) -> Facts:
    """How somebody is reached, in the words and the order of the schema."""
    group = reading.around.kinds[PERSON].root.properties["family"] if contact else None
    for name, node in group.properties.items() if group is not None else ():
        value = contact.get(name)
        if isinstance(value, bool):
            yield node.title, "Yes" if value else "No"
        elif value is not None:
            yield node.title, node.said(value) if "enum" in node.schema else str(value)


def _order(order: Mapping[str, Any], reading: Reading) -> str:
    note = f". {order['note']}" if "note" in order else ""
    effect = _said(reading, "family/court_orders/effect", order["effect"])
    return f"{effect}, {span(order['from'], order.get('until'))}{note}"


def _rights(reading: Reading) -> Facts:
    for item in sorted(reading.one(STUDENT).get("rights", ()), key=lambda one: str(one["from"]), reverse=True):
        reason = f". {item['reason']}" if "reason" in item else ""
        since = "Since birth" if item["from"] == reading.one(STUDENT).get("born") else f"From {short_day(item['from'])}"
        yield since, f"{_who_decides(item['decides'], reading)}{reason}"


def _who_decides(code: str, reading: Reading) -> str:
    """Parents by name as far as the reader may know them: a child may live with a grandmother."""
    if code != "parent":
        return _said(reading, "rights/decides", code)
    named = [
        f"{reading.family[item['person']]} ({reading.relation(item['person'])})"
        for item in reading.one(STUDENT).get("family", ())
        if item["responsibility"] and item["person"] in reading.family
    ]
    return listed(named) if named else "Parents or carers with parental responsibility"


def show_consents(reading: Reading) -> dict[str, Any] | None:
    rows = [
        (
            _said(reading, "consents/to", item["to"]),
            _said(reading, "consents/given_by", item["given_by"]),
            short_day(item["given_on"]),
            _withdrawn(item),
        )
        for item in reading.one(STUDENT).get("consents", ())
    ]
    columns = ("What", "Agreed by", "On", "Still in place")
    return {"caption": "What has been agreed to", "columns": columns, "rows": rows} if rows else None


def _withdrawn(item: Mapping[str, Any]) -> str:
    return f"No, withdrawn on {short_day(item['withdrawn_on'])}" if "withdrawn_on" in item else "Yes"


def _account(reading: Reading) -> Facts:
    if "sign_in" in reading.one(STUDENT):
        yield "Signs in as", reading.one(STUDENT)["sign_in"]["email"]


def _account_decision(reading: Reading) -> Facts:
    decision = reading.one(STUDENT).get("account_decision")
    if decision:
        yield "Decided on", f"{short_day(decision['on'])} by {reading.around.name(decision['by'])}"
        yield "Because", decision["reason"]
        if "withdrawn_on" in decision:
            yield "Withdrawn", short_day(decision["withdrawn_on"])


def _section(name: str, title: str, show: Callable[[Reading], Any], part: str, template: str) -> Section:
    return Section(name=name, title=Voice(staff=title), template=template, show=show, needs=(("student", part),))


def _of_facts(name: str, title: str, say: Callable[[Reading], Facts], part: str) -> Section:
    return _section(name, title, _facts(say), part, "sections/facts.html")


def show_notes(reading: Reading) -> dict[str, Any] | None:
    return {"text": reading.one(STUDENT)["senco_notes"]} if reading.one(STUDENT).get("senco_notes") else None


RECORD_SECTIONS: tuple[Section, ...] = (
    Section(
        name="school",
        title=Voice(staff="In school"),
        template="sections/facts.html",
        show=_facts(_name),
        needs=(("student", "name"),),
        also=(("student", "placing"),),
    ),
    _section("status", "SEN status", show_status, "status", "sections/table.html"),
    _of_facts("types", "Types of need", _needs, "register"),
    _section("adults", "Adults around {name}", show_team, "team", "sections/table.html"),
    Section(
        name="medical",
        title=Voice(staff="Medical"),
        template="sections/medical.html",
        show=show_medical,
        needs=(MEDICAL,),
        also=(EMERGENCY,),
    ),
    _section("attendance", "Attendance", show_attendance, "attendance", "sections/table.html"),
    _of_facts("exams", "Exams", _exams, "exams"),
    replace(_of_facts("background", "Background", _background, "background"), also=(("student", "authority"),)),
    _section("family", "Family", show_family, "family", "sections/family.html"),
    _of_facts("rights", "Who decides", _rights, "rights"),
    _section("consents", "Consents", show_consents, "rights", "sections/table.html"),
    _of_facts("account", "Sign-in", _account, "account"),
    _of_facts("account-decision", "Why {name} has an account", _account_decision, "account_decision"),
    _section("notes", "SENDCo's notes", show_notes, "senco_notes", "sections/prose.html"),
)
