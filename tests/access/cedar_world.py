"""A campus told to Cedar: entities and requests, worked out from plain data on one day.

Written apart from the package, the long way round, so that a mistake in one is not a mistake in both.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.campus.records import Record

Entity = dict[str, Any]
Groups = dict[str, set[str]]
GROUPS = [
    "teachers",
    "tutors",
    "key_adults",
    "assistants",
    "parents",
    "kin",
    "restricted",
    "revoked",
    "covers_senco",
    "covers_exams_officer",
    "self",
]


def uid(kind: str, name: str) -> dict[str, str]:
    return {"type": kind, "id": name}


class CedarWorld:
    """Entities for every reader and every (record, part)."""

    def __init__(self, records: Mapping[str, Record], parts: Mapping[str, Iterable[str]], today: date) -> None:
        self.records, self.parts, self.today = records, parts, today.isoformat()
        self.people = {i.split("/")[1]: r.data for i, r in records.items() if r.kind == "person"}
        self.students = {r.student: r.data for r in records.values() if r.kind == "student" and r.student}
        self.access = records["access"].data
        self.campus = records["campus"].data
        self.readers = [*self.people, *(s for s, data in self.students.items() if "sign_in" in data)]
        self.member_of: dict[str, set[tuple[str, str]]] = defaultdict(set)
        self.groups = {student: self._around(student, data) for student, data in self.students.items()}
        self._join_common_groups()

    def entities(self) -> Iterator[Entity]:
        for student, groups in self.groups.items():
            for group, members in groups.items():
                for member in members:
                    self.member_of[member].add(("Group", f"{student}/{group}"))
            attributes: dict[str, Any] = {name: {"__entity": uid("Group", f"{student}/{name}")} for name in GROUPS}
            attributes["young_person_decides"] = self._young_person_decides(self.students[student])
            attributes["exam_years"] = self._in_years_of("exams_officer", student)
            attributes["careers_years"] = self._in_years_of("careers_lead", student)
            yield {"uid": uid("Student", student), "attrs": attributes, "parents": []}
        resources = [
            self._resource(record, part) for record in self.records.values() for part in self.parts[record.kind]
        ]
        for reader in self.readers:
            parents = [uid(*group) for group in sorted(self.member_of[reader])]
            yield {"uid": uid("User", reader), "attrs": {}, "parents": parents}
        yield from resources

    def _resource(self, record: Record, part: str) -> Entity:
        what, name = f"{record.kind}/{part}", f"{record.id}#{part}"
        attributes: dict[str, Any] = {
            "what": what,
            "agreed": record.kind not in ("plan", "profile", "meeting", "figures")
            or record.data.get("state") in ("agreed", "approved"),
            "talked_through": record.data.get("state") == "student_too",
            "of_staff": record.kind == "person" and "staff" in record.data,
            "of_family": record.kind == "person" and "family" in record.data,
        }
        if record.student:
            attributes["student"] = {"__entity": uid("Student", record.student)}
            named = self._named(record.student, record.kind, part)
            if "held_for" in record.data:
                named &= self._named(record.student, record.kind, "meetings_apart")
            attributes |= self._group(name, "named_for", named)
            attributes |= self._group(name, "shared_with", self._shared(record.student, record.kind, part))
            if "held_for" in record.data:
                attributes |= self._group(name, "held_apart", self._household(record.student, record.data["held_for"]))
        if record.kind == "person":
            person = record.id.split("/")[1]
            attributes["person"] = {"__entity": uid("User", person)}
            attributes |= self._group(name, "apart", self._apart(person))
            attributes |= self._group(name, "housemates", self._housemates(person))
        return {"uid": uid("Part", name), "attrs": attributes, "parents": []}

    def _group(self, resource: str, name: str, members: set[str]) -> dict[str, Any]:
        for member in members:
            self.member_of[member].add(("Group", f"{resource}/{name}"))
        return {name: {"__entity": uid("Group", f"{resource}/{name}")}}

    def _join_common_groups(self) -> None:
        gone = {p for p, data in self.people.items() if self._left(data) and "family" not in data}
        exceptions = [*self.access.get("shares", ()), *self.access.get("covers", ())]
        named = {exception["person"] for exception in exceptions if self._runs(exception)}
        agency = {p for p, data in self.people.items() if "family" not in data and "staff" not in data}
        gone |= agency - named
        gone |= {student for student, data in self.students.items() if not self._has_account(data)}
        for revocation in self.access.get("revocations", ()):
            if "student" not in revocation and revocation["from"] <= self.today:
                self.member_of[revocation["person"]].add(("Group", "revoked"))
        for reader in self.readers:
            if reader not in gone:
                self.member_of[reader].add(("Group", "signed_in"))
            for role in self._duties(reader):
                self.member_of[reader] |= {("Role", role), ("Group", "staff")}

    def _around(self, student: str, data: Mapping[str, Any]) -> Groups:
        around: Groups = {name: set() for name in GROUPS}
        campus = self.records["campus"].data
        here = data["on_roll"].get("until", "9999") >= self.today
        mine = {m["group"] for m in data.get("teaching_groups", ()) if self._runs(m) and here}
        for group in campus.get("teaching_groups", ()):
            for entry in group.get("teachers", ()):
                if group["id"] in mine and self._runs(entry) and "teacher" in self._duties(entry["person"]):
                    around["teachers"].add(entry["person"])
        for group in campus.get("tutor_groups", ()):
            for entry in group.get("tutors", ()):
                if (
                    group["id"] == data.get("tutor_group")
                    and here
                    and self._runs(entry)
                    and self._duties(entry["person"])
                ):
                    around["tutors"].add(entry["person"])
        for adult in data.get("team", ()):
            duties = self._duties(adult["person"])
            if here and self._runs(adult) and adult["as"] == "key_adult" and duties:
                around["key_adults"].add(adult["person"])
            if here and self._runs(adult) and adult["as"] == "support_assistant" and "support_assistant" in duties:
                around["assistants"].add(adult["person"])
        for item in data.get("family", ()):
            around["kin"].add(item["person"])
            if self._is_restricted(item):
                around["restricted"].add(item["person"])
            if self._is_valid(item) and item["responsibility"] and item["access"] == "full":
                around["parents"].add(item["person"])
        for cover in self.access.get("covers", ()):
            group = f"covers_{cover['role']}"
            if cover["student"] == student and group in GROUPS and self._runs(cover):
                around[group].add(cover["person"])
        for revocation in self.access.get("revocations", ()):
            if revocation.get("student") == student and revocation["from"] <= self.today:
                around["revoked"].add(revocation["person"])
        if self._has_account(data):
            around["self"].add(student)
        return around

    def _has_account(self, student: Mapping[str, Any]) -> bool:
        decision = student.get("account_decision")
        youngest = self.campus.get("student_accounts", {}).get("youngest")
        if "sign_in" not in student or decision is None or youngest is None:
            return False
        year, rest = self.today.split("-", 1)
        old_enough = student["born"] <= f"{int(year) - youngest:04}-{rest}"
        decided = decision["on"] <= self.today < decision.get("withdrawn_on", "9999")
        family = {item["person"] for item in student.get("family", ())}
        decided = decided and decision["by"] not in family and self._worked(decision["by"], decision["on"])
        return bool(old_enough and decided and student["on_roll"].get("until", "9999") >= self.today)

    def _worked(self, person: str, day: str) -> bool:
        staff = self.people.get(person, {}).get("staff", {})
        runs = any(duty["from"] <= day <= duty.get("until", "9999") for duty in staff.get("duties", ()))
        return bool(runs and day <= staff.get("left_on", "9999"))

    def _in_years_of(self, role: str, student: str) -> bool:
        years = [
            y
            for entry in self.campus.get("duty_year_groups", ())
            if entry["role"] == role
            for y in entry["year_groups"]
        ]
        return self.students[student]["year_group"] in years

    def _runs(self, item: Mapping[str, Any]) -> bool:
        return bool(item["from"] <= self.today <= item.get("until", "9999"))

    def _left(self, person: Mapping[str, Any]) -> bool:
        return bool("staff" in person and person["staff"].get("left_on", "9999") < self.today)

    def _duties(self, person: str) -> set[str]:
        data = self.people.get(person, {})
        if "staff" not in data or self._left(data):
            return set()
        return {duty["role"] for duty in data["staff"]["duties"] if self._runs(duty)}

    def _is_valid(self, item: Mapping[str, Any]) -> bool:
        confirmed = item.get("confirmed", {}).get("on", "9999") <= self.today
        return confirmed and self._runs(item) and item["relation"] != "sibling" and item["access"] != "none"

    def _is_restricted(self, item: Mapping[str, Any]) -> bool:
        orders = [o for o in item.get("court_orders", ()) if o["effect"] in ("no_contact", "no_information")]
        return any(map(self._runs, orders)) or (item["access"] == "none" and self._runs(item))

    def _named(self, student: str, kind: str, part: str) -> set[str]:
        return {
            item["person"]
            for item in self.students[student].get("family", ())
            if self._is_valid(item)
            and self._is_named(kind, part, item.get("parts", ()))
            and (item["access"] == "named_parts" or not item["responsibility"])
        }

    def _shared(self, student: str, kind: str, part: str) -> set[str]:
        return {
            share["person"]
            for share in self.access.get("shares", ())
            if share["student"] == student
            and share["kind"] == kind
            and self._is_named(kind, part, [f"{kind}.{named}" for named in share["parts"]])
            and self._runs(share)
        }

    def _is_named(self, kind: str, part: str, named: Iterable[str]) -> bool:
        """Anybody who is named for medical details also learns what to do in an emergency. A name without its kind
        means nothing where two kinds of a student's records have such a part.
        """
        of_students = {record.kind for record in self.records.values() if record.student}
        alone = sum(part in self.parts[one] for one in of_students) == 1
        asked = {f"{kind}.{part}", *([part] if alone else [])}
        if (kind, part) == ("student", "emergency"):
            asked |= {"medical", "student.medical"}
        return not asked.isdisjoint(named)

    def _household(self, student: str, person: str) -> set[str]:
        family = self.students[student].get("family", ())
        homes = {item["household"] for item in family if item["person"] == person}
        return {person} | {i["person"] for i in family if self._is_valid(i) and {i["household"]} == homes}

    def _apart(self, person: str) -> set[str]:
        found = set()
        for data in self.students.values():
            homes: dict[str, set[str]] = defaultdict(set)
            for item in data.get("family", ()):
                homes[item["person"]].add(item["household"])
            if person in homes:
                found |= {o for o, home in homes.items() if o != person and len(home | homes[person]) > 1}
        return found

    def _housemates(self, person: str) -> set[str]:
        """Who may know a person by name from home: both checked, one household, and something to see there."""
        found = set()
        for student, data in self.students.items():
            family = data.get("family", ())
            homes = {item["household"] for item in family if item["person"] == person}
            known = any(
                item["person"] == person
                and item["from"] <= self.today
                and item.get("confirmed", {}).get("on", "9999") <= self.today
                for item in family
            )
            for item in family if known and not self._young_person_decides(data) else ():
                reader = item["person"]
                sees = (item["access"] == "full" and item["responsibility"]) or item.get("parts")
                shut_out = self.groups[student]["restricted"] | self.groups[student]["revoked"]
                if reader != person and self._is_valid(item) and sees and reader not in shut_out:
                    mine = {i["household"] for i in family if i["person"] == reader and self._is_valid(i)}
                    found |= {reader} if homes <= mine else set()
        return found

    def _young_person_decides(self, data: Mapping[str, Any]) -> bool:
        year, rest = self.today.split("-", 1)
        adult = data["born"] <= f"{int(year) - 18}-{rest}"
        begun = sorted((p["from"], p["decides"]) for p in data.get("rights", ()) if p["from"] <= self.today)
        if not adult and (not begun or begun[-1][1] != "student"):
            return False
        return not any(
            consent["to"] == "parents_see"
            and consent["given_by"] == "student"
            and consent["given_on"] <= self.today < consent.get("withdrawn_on", "9999")
            for consent in data.get("consents", ())
        )
