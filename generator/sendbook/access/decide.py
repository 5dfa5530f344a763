"""One question, one answer, and the rule that made it.

Default deny; a forbid beats every grant; each decision names the grant or the built-in rule, and says why in a
sentence fit to be read out. The mass path in ``views`` computes the same by sets; a property test
holds the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sendbook.access.bars import RANK, TELLING
from sendbook.access.basis import Basis
from sendbook.access.conditions import conditions_on_the_way, has_conditions, students_named
from sendbook.access.households import BECAUSE, RULE, at_home_with
from sendbook.access.parts import ALL, Parts
from sendbook.access.people import Reader
from sendbook.access.permits import allowing, claim_of, granted, state_of
from sendbook.access.policy import Grant
from sendbook.access.relations import Relation
from sendbook.access.shared import NAME_PART, grants_on, opened_parts, person_of, shared_sight, whos_of
from sendbook.access.sight import NO_SIGHT, Sight, sight_of
from sendbook.access.student_file import StudentFile
from sendbook.access.views import apart_from
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import Kind, Leaf

NOTHING_GRANTS = "The access rules don't allow this."


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """Whether, by which rule, and why."""

    allowed: bool
    rule: str
    because: str

    def told(self, *, sees_family: bool) -> Decision:
        """The decision as it may be told: that a restriction exists is itself hidden."""
        if self.allowed or sees_family or self.rule not in TELLING:
            return self
        return DEFAULT


DEFAULT = Decision(allowed=False, rule="not-granted", because=NOTHING_GRANTS)
UNKNOWN_FIELD = Decision(
    allowed=False, rule="unknown-field", because="The schema no longer has this field, so only the SENDCo sees it."
)

SAYS = {
    "revoked": "Access was taken away.",
    "left": "They no longer work on this campus.",
    "ended": "What gave access has ended.",
    "not-yet": "What gives access has not started yet.",
    "not-granted": NOTHING_GRANTS,
    "sibling": "Brothers and sisters have no access.",
    "no-account": "The student has no account of their own on this day: none was agreed, or they are too young.",
    "other-year-group": "This role only covers the year groups set for it in campus.yml.",
    "not-confirmed": "We haven't yet confirmed how they are related to the student.",
    "restricted": "The record says this person sees nothing.",
    "no-responsibility": "Without parental responsibility, somebody only sees the parts named for them.",
    "named-parts": "This person only sees the parts named in the record.",
    "not-agreed-state": "Only agreed records are shown; this one is not agreed.",
    "other-household": "What belongs to one household is not shown to another.",
    "about-another-student": "This is about a student, and the reader can't see this part of their record.",
    "owned": "These are someone's own words, not shared with this reader.",
}


class Judge:
    """Decides many questions on one campus; reads each student's records once."""

    def __init__(self, campus: Campus, basis: Basis | None = None) -> None:
        self.campus = campus
        self.basis = basis or Basis.of(campus)
        self._files: dict[str, StudentFile | None] = {}
        self._homes: dict[tuple[str, date], frozenset[str]] = {}

    def file(self, student: str | None) -> StudentFile | None:
        student = student or ""
        if student not in self._files:
            self._files[student] = StudentFile.of(self.campus, student, self.basis)
        return self._files[student]

    def decide(self, reader: Reader, action: str, part: str | None, record: Record, on: date) -> Decision:
        """May this reader do this with this part of this record on this day?

        A part the schema does not know is judged as what only holders of all parts may see. What a record's root
        says of its owner (a meeting held with one household separately) counts; items inside are `decide_leaf`'s.
        """
        return self._decided(reader, action, part, record, on, "")

    def decide_leaf(self, reader: Reader, leaf: Leaf, record: Record, on: date) -> Decision:
        """May this reader read this value? The part's decision, and every condition on the way to the value."""
        fits = leaf.node is not None and (leaf.node.is_leaf or isinstance(leaf.value, Mapping | list))
        return self._decided(reader, "read", leaf.part if fits else None, record, on, leaf.pointer)

    def _decided(
        self, reader: Reader, action: str, part: str | None, record: Record, on: date, pointer: str
    ) -> Decision:
        kind = self.basis.kinds.get(record.kind)
        if kind is None:
            return DEFAULT
        asked = part if part is not None and part in kind.parts else ALL
        if kind.of_student:
            decision = self._of_student(reader, action, asked, record, kind, on)
        else:
            decision = self._of_shared(reader, action, asked, record, kind, on)
        if not decision.allowed:
            return decision
        apart = self._apart(reader, action, record, kind, pointer, on)
        if apart is not None:
            return apart
        return self._through_gates(decision, reader, record, kind, pointer, on)

    def _apart(
        self, reader: Reader, action: str, record: Record, kind: Kind, pointer: str, on: date
    ) -> Decision | None:
        """What keeps a reader from somebody's own words on the way: a part that is asked for besides."""
        for condition, item in conditions_on_the_way(kind.root, record.data, pointer):
            part = condition.asks_part(item)
            if part is not None:
                of = self._of_student if kind.of_student else self._of_shared
                decision = of(reader, action, part, record, kind, on)
                if not decision.allowed:
                    return decision
        return None

    def _of_student(self, reader: Reader, action: str, asked: str, record: Record, kind: Kind, on: date) -> Decision:
        file = self.file(record.student)
        if file is None:
            return DEFAULT
        hindered: dict[str, str] = {}
        for relation in file.relations.by_reader.get(reader.id, ()):
            for grant in allowing(claim_of(relation), action, self.basis):
                if asked not in granted(grant, claim_of(relation)._replace(parts=None), kind):
                    continue
                rule, because = _hindrance(relation, grant, asked, record, kind, on, reader, file)
                if not rule:
                    return Decision(allowed=True, rule=grant.id, because=relation.because)
                hindered.setdefault(rule, because)
        for bar in file.relations.bars.get(reader.id, ()):
            if bar.rule == "revoked" and bar.span.holds(on):
                hindered[bar.rule] = bar.because
        return _denied(hindered, asked)

    def _of_shared(self, reader: Reader, action: str, asked: str, record: Record, kind: Kind, on: date) -> Decision:
        whos = whos_of(reader, on, self.basis)
        if not whos:
            gone = "no-account" if reader.student else "ended" if reader.invited is not None else "left"
            rule = gone if reader.gone_on(on) else "revoked"
            return Decision(allowed=False, rule=rule, because=SAYS[rule])
        of_person = kind.name == "person"
        apart = apart_from(self.campus, reader.id) if of_person else frozenset()
        at_home = self._at_home(reader, on) if of_person else frozenset()
        hindered: dict[str, str] = {}
        for grant in grants_on(record, kind, whos, reader.id, action, self.basis):
            if asked not in grant.parts_of(kind):
                continue
            if asked in opened_parts(grant, record, kind, reader.id, apart, at_home):
                return Decision(allowed=True, rule=grant.id, because=grant.reason)
            hindered["other-household"] = SAYS["other-household"]
        if of_person and asked == NAME_PART and action == "read" and person_of(record) in at_home:
            return Decision(allowed=True, rule=RULE, because=BECAUSE)
        return _denied(hindered, asked)

    def _at_home(self, reader: Reader, on: date) -> frozenset[str]:
        if (reader.id, on) not in self._homes:
            self._homes[reader.id, on] = at_home_with(self.campus, reader.id, on, self.basis)
        return self._homes[reader.id, on]

    def _through_gates(
        self, decision: Decision, reader: Reader, record: Record, kind: Kind, pointer: str, on: date
    ) -> Decision:
        if not has_conditions(kind, self.basis):
            return decision
        sight = self._sight(reader, record, kind, on)
        for condition, item in conditions_on_the_way(kind.root, record.data, pointer):
            rule = sight.blocked_by(condition, item)
            if rule:
                rule = "other-household" if rule == "owned" and sight.family else rule
                return Decision(allowed=False, rule=rule, because=SAYS[rule])
        return decision

    def _sight(self, reader: Reader, record: Record, kind: Kind, on: date) -> Sight:
        if kind.of_student:
            file = self.file(record.student)
            stands = file.standing(reader.id, on) if file else None
            return sight_of(stands, record.student or "") if stands else NO_SIGHT
        named = students_named(kind, record.data, self.basis)
        about = {student: self._parts_seen(reader, student, on) for student in named}
        return shared_sight(reader, whos_of(reader, on, self.basis), about, self.basis)

    def _parts_seen(self, reader: Reader, student: str, on: date) -> Parts:
        file = self.file(student)
        stands = file.standing(reader.id, on) if file else None
        if file is None or stands is None or not file.projected(stands).records:
            return frozenset()
        return stands.permits.pairs()


def _hindrance(
    relation: Relation,
    grant: Grant,
    asked: str,
    record: Record,
    kind: Kind,
    on: date,
    reader: Reader,
    file: StudentFile,
) -> tuple[str, str]:
    """What keeps a relation from giving what a grant would, as (rule, sentence); ("", "") if nothing does."""
    bars = [bar for bar in file.relations.bars.get(reader.id, ()) if relation.sort in bar.sorts and bar.span.holds(on)]
    if bars:
        strictest = min(bars, key=lambda bar: RANK.index(bar.rule))
        return strictest.rule, strictest.because
    rule = relation.blocked
    if not rule and not relation.span.holds(on):
        rule = _out_of_time(relation, reader, on)
    if not rule and asked not in granted(grant, claim_of(relation), kind):
        rule = relation.limit or "not-granted"
    if not rule and not grant.covers_state(kind, state_of(kind, record.data)):
        rule = "not-agreed-state"
    return rule, SAYS.get(rule, "")


def _out_of_time(relation: Relation, reader: Reader, on: date) -> str:
    if relation.sort == "self":
        return "no-account"
    if relation.since is not None and on < relation.since:
        return "not-confirmed" if relation.since == date.max else "not-yet"
    return "left" if relation.sort == "work" and not reader.employed.holds(on) else "ended"


def _denied(hindered: dict[str, str], asked: str) -> Decision:
    """The strictest of what stood in the way; if nothing did, nothing grants it."""
    if hindered:
        rule = min(hindered, key=RANK.index)
        return Decision(allowed=False, rule=rule, because=hindered[rule])
    return UNKNOWN_FIELD if asked == ALL else DEFAULT
