"""Two campuses that differ only in what one reader may not see.

What is hidden is asked of schema and policy, leaf by leaf (`oracle`), not of the projections that the site
is made of. Every changed campus is a valid one: a change that the checks would refuse is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import partial
from typing import Any

from sendbook.access.basis import Basis
from sendbook.campus.leaves import Leaf
from sendbook.campus.links import Links
from sendbook.campus.nodes import Node
from sendbook.campus.records import Campus, Record
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.frozen import sealed
from sendbook.checks.runner import Checker
from sendbook.kinds.rule_book import RULE_BOOK
from tests.conftest import ON
from tests.noninterference.oracle import Seen, hidden, visible


def with_hidden_changed(campus: Campus, identity: str) -> tuple[Campus, int]:
    """The campus with every hidden leaf changed that can be, and how many those are."""
    changed, bare, found = 0, _without_sentences(campus), hidden(campus, identity)
    baseline = _Baseline(bare, identity, campus.get(_SENTENCES))
    for records in _together(bare, found):
        edits = [edit for one in records for edit in _edits(one, found[one.id], bare)]
        bare, count = _as_many_as_go(bare, edits, baseline)
        changed += count
    return _in_the_order_of(campus, bare, _other_sentences(campus, found.get(_SENTENCES, ()))), changed


def with_hidden_removed(campus: Campus, identity: str) -> tuple[Campus, int]:
    """The campus without the hidden records and fields it can do without."""
    bare = _without_sentences(campus)
    baseline = _Baseline(bare, identity, campus.get(_SENTENCES))
    found = hidden(bare, identity)
    gone = {name for name in found if _can_go(bare, name, found[name])}
    bare = Campus([one for one in bare.records.values() if one.id not in gone], bare.registry)
    removed = len(gone)
    for records in _together(bare, found):
        edits = [edit for one in records for edit in _removals(one, found[one.id], bare)]
        bare, count = _as_many_as_go(bare, edits, baseline)
        removed += count
    return _in_the_order_of(campus, bare, campus.get(_SENTENCES)), removed


def _can_go(campus: Campus, name: str, leaves: Sequence[Leaf]) -> bool:
    """Whether a record is hidden whole, and of a kind that no other record asks for."""
    record = campus.records[name]
    total = sum(1 for _ in campus.registry.kinds[record.kind].leaves(record.data))
    return len(leaves) == total and record.kind in ("meeting", "profile")


def _removals(record: Record, leaves: Sequence[Leaf], campus: Campus) -> Iterator[Edit]:
    """Each removal that the schema allows of a field in which something is hidden, or of an item that is somebody's or
    about somebody.
    """
    kind = campus.registry.kinds[record.kind]
    yield from (edit for edit in _possible(record, leaves) if kind.is_valid(_edited(record, [edit]).data))


def _possible(record: Record, leaves: Sequence[Leaf]) -> Iterator[Edit]:
    for field in dict.fromkeys(leaf.pointer.split("/")[1] for leaf in leaves):
        yield Edit(record.id, f"/{field}", partial(_drop, field))
    for item in dict.fromkeys(tuple(leaf.pointer.split("/")[1:3]) for leaf in leaves if leaf.owners or leaf.abouts):
        if len(item) == 2 and item[1].isdigit():
            yield Edit(record.id, "/" + "/".join(item), partial(_drop_item, *item))


def _together(campus: Campus, found: Mapping[str, Sequence[Leaf]]) -> Iterator[list[Record]]:
    """The records in which something is hidden: those of one student together, and the shared ones of one kind.

    Checking a campus takes about as long for one changed record as for all of them.
    """
    groups: dict[tuple[str | None, str], list[Record]] = {}
    for record in (campus.records[name] for name in found if name in campus.records):
        groups.setdefault((record.student, "" if record.student else record.kind), []).append(record)
    yield from groups.values()


# What is said about who sees what is proved of the changed campus by the build; on the way there it is asked only where
# something changes that access rests on. To prove it of each of the hundreds of campuses would take longer than all
# else.
_SENTENCES = "access-tests"


def _without_sentences(campus: Campus) -> Campus:
    return Campus([one for one in campus.records.values() if one.id != _SENTENCES], campus.registry)


def _other_sentences(campus: Campus, leaves: Iterable[Leaf]) -> Record | None:
    """The sentences about access, in other words where those are hidden."""
    record = campus.get(_SENTENCES)
    if record is None:
        return None
    data = deepcopy(dict(record.data))
    for edit in _edits(record, leaves, campus):
        edit.change(data)
    return replace(record, data=data)


def _in_the_order_of(campus: Campus, changed: Campus, sentences: Record | None) -> Campus:
    """The changed records and the sentences, in the order in which the campus has them."""
    every = {**changed.records, **({_SENTENCES: sentences} if sentences is not None else {})}
    return Campus([every[name] for name in campus.records if name in every], campus.registry)


@dataclass(frozen=True, slots=True)
class Edit:
    """A change of a record's data, and the place that it changes."""

    record: str
    place: str
    change: Callable[[dict[str, Any]], None]

    def is_at(self, finding: Finding, campus: Campus) -> bool:
        """Whether a finding is about the place, what lies in it, or what holds it."""
        ours, theirs = f"{self.place}/", f"{finding.pointer}/"
        same = finding.path == campus.records[self.record].path
        return same and (ours.startswith(theirs) or theirs.startswith(ours))


# What changes in shared records of these kinds can make a sentence about access wrong; so can any change of a student.
_DECIDE = frozenset({"access", "campus", "person"})

#: So few edits of shared records that one of them is not to be had: to look for which, with every student to be checked
#: each time, would cost more than it proves. Of a student's own records each is looked for.
_FEW_SHARED, _FEW_OWN = 8, 1


def _as_many_as_go(campus: Campus, edits: list[Edit], baseline: _Baseline) -> tuple[Campus, int]:
    """The campus with as many of the edits as leave it valid and leave what the reader sees as it is.

    The edits are of records of one student, or of shared ones. Where the checks name the places that are wrong, the
    edits there are tried apart; else one half after the other.
    """
    if not edits:
        return campus, 0
    made = [_edited(campus.records[name], one) for name, one in _by_record(edits).items()]
    after = campus.with_records(made)
    wrong = baseline.errors(after, made)
    if wrong == [] and baseline.holds_in(after, campus, made[0].student):
        return after, len(edits)
    if len(edits) <= (_FEW_SHARED if made[0].student is None else _FEW_OWN):
        return campus, 0
    bad = [edit for edit in edits if any(edit.is_at(one, campus) for one in wrong)]
    good = [edit for edit in edits if edit not in bad]
    if not good or not bad:
        good, bad = edits[: len(edits) // 2], edits[len(edits) // 2 :]
    campus, first = _as_many_as_go(campus, good, baseline)
    campus, second = _as_many_as_go(campus, bad, baseline)
    return campus, first + second


def _by_record(edits: Iterable[Edit]) -> dict[str, list[Edit]]:
    groups: dict[str, list[Edit]] = {}
    for edit in edits:
        groups.setdefault(edit.record, []).append(edit)
    return groups


def _edited(record: Record, edits: Iterable[Edit]) -> Record:
    data = deepcopy(dict(record.data))
    for edit in edits:
        edit.change(data)
    # As if other numbers had been computed and approved.
    return replace(record, data=sealed(data) if record.kind == "figures" else data)


class _Baseline:
    """What the reader saw before anything was changed: it stays so through every change that is kept.

    A student's record bears on that student, on the entries of shared records that are about them, and on the names of
    their family, whom those who live with them may know; with the shared records as they are, that is all to compare.
    """

    def __init__(self, campus: Campus, identity: str, sentences: Record | None) -> None:
        self._identity = identity
        self._sentences = sentences
        self._all = visible(campus, identity)
        self._of: dict[str, list[Seen]] = {}
        self._lately: tuple[Campus, Checker] | None = None

    def holds_in(self, after: Campus, before: Campus, student: str | None) -> bool:
        if student is None:
            return visible(after, self._identity, basis=self._checker(after).basis) == self._all
        if student not in self._of:
            self._of[student] = self._about(before, student)
        return self._about(after, student) == self._of[student]

    def _about(self, campus: Campus, student: str) -> list[Seen]:
        about = [one for one in campus.of_kind("intervention") if student in str(one.data)]
        judged = [*campus.of_student(student), *about, *_family_of(campus, student)]
        return visible(campus, self._identity, judged, self._checker(campus).basis)

    def errors(self, campus: Campus, records: Sequence[Record]) -> list[Finding]:
        """The errors for which the checks refuse the campus because of these records."""
        misshapen = [one for one in records if not campus.registry.kinds[one.kind].is_valid(one.data)]
        if misshapen:
            return [_misshapen(one) for one in misshapen]
        if self._sentences is not None and (records[0].student is not None or records[0].kind in _DECIDE):
            campus = campus.with_records([self._sentences])
        ours = {one.path for one in records}
        found = []
        for one in _findings(self._checker(campus), campus, records):
            if one.severity == "error":
                found.append(one)
                if one.path not in ours:
                    break  # nothing that is found after it says which of the changes made it so
        return found

    def _checker(self, campus: Campus) -> Checker:
        """The checks of a campus; those asked for last are kept, as long as its shared records stay the same."""
        if self._lately is None or not _share_all(self._lately[0], campus):
            shared, basis = campus.shared, Basis.of(campus.shared)
            made = Checker(
                shared=shared,
                links=Links.of(campus),
                where=_nowhere,
                on=ON,
                basis=basis,
                rules=RULE_BOOK,
            )
            self._lately = campus, made
        return self._lately[1]


def _share_all(one: Campus, other: Campus) -> bool:
    """Whether two campuses have the same students, and the very same records of no student."""
    ours, others = ([each for each in campus.records.values() if each.student is None] for campus in (one, other))
    same = len(ours) == len(others) and all(first is second for first, second in zip(ours, others, strict=True))
    return same and one.students == other.students


def _family_of(campus: Campus, student: str) -> list[Record]:
    """The records of all who are on record as family of a student."""
    header = campus.get(f"students/{student}/student")
    persons = dict.fromkeys(item["person"] for item in header.data.get("family", ())) if header is not None else ()
    return [record for person in persons if (record := campus.get(f"people/{person}")) is not None]


def _drop(field: str, data: dict[str, Any]) -> None:
    data.pop(field, None)


def _drop_item(field: str, place: str, data: dict[str, Any]) -> None:
    if int(place) < len(data.get(field, ())):
        data[field] = [*data[field][: int(place)], *data[field][int(place) + 1 :]]


def with_hidden_student_added(campus: Campus, identity: str) -> Campus | None:
    """The campus with a copy of a student of whom the reader sees nothing, under a new id and name."""
    seen = {one.record.split("/")[1] for one in visible(campus, identity) if one.record.startswith("students/")}
    unseen = [student for student in campus.students if student not in seen]
    if not unseen:
        return None
    old, new = unseen[0], "0AAA"
    fresh = []
    for record in campus.of_student(old):
        data = deepcopy(dict(record.data))
        if record.kind == "student":
            data["id"] = new
            data["name"] = {"full": "Aaron Addedlater", "known_as": "Aaron"}
            data.pop("sign_in", None)
        path = record.path.replace(old, new)
        fresh.append(replace(record, id=record.id.replace(old, new), path=path, student=new, data=data))
    after = campus.with_records(fresh)
    return after if visible(campus, identity) == visible(after, identity) else None


def _edits(record: Record, leaves: Iterable[Leaf], campus: Campus) -> Iterator[Edit]:
    """A change of each leaf that its schema allows, as far as there is one."""
    kind = campus.registry.kinds[record.kind]
    trial = deepcopy(dict(record.data))
    for leaf in leaves:
        if _decides_what_is_an_error(record, leaf):
            continue
        for value in _others(leaf):
            _set(trial, leaf.pointer, value)
            fits = kind.is_valid(trial)
            _set(trial, leaf.pointer, leaf.value)
            if fits:
                yield Edit(record.id, leaf.pointer, partial(_set, pointer=leaf.pointer, value=value))
                break


def _decides_what_is_an_error(record: Record, leaf: Leaf) -> bool:
    """Whether a leaf says what is checked, or what an error is let through for: a world that fails has no site."""
    said_only = {"access_tests": "sentence", "waivers": "reason"}.get(record.kind)
    return said_only is not None and leaf.pointer.rpartition("/")[2] != said_only


def _set(data: dict[str, Any], pointer: str, value: Any) -> None:
    *way, last = pointer.split("/")[1:]
    found: Any = data
    for step in way:
        found = found[int(step)] if isinstance(found, list) else found[step]
    found[int(last) if isinstance(found, list) else last] = value


def _others(leaf: Leaf) -> Iterator[Any]:
    """Other values a leaf might have; links, identities and empty groups are left as they are."""
    node, value = leaf.node, leaf.value
    if node is None or node.link or _is_identity(leaf):
        return
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int | float):
        yield from (value + 1, value - 1, value + 0.5, value - 0.5)
    elif isinstance(value, str):
        yield from _other_texts(node, value)


def _other_texts(node: Node, value: str) -> Iterator[str]:
    known = node.schema.get("enum")
    if known:
        yield from (one for one in known if one != value)
    elif node.schema.get("format") == "date":
        for days in (-1, 1):
            yield (date.fromisoformat(value) + timedelta(days=days)).isoformat()
    elif node.schema.get("format") == "email":
        yield "changed." + value
    else:
        yield f"Changed and longer: {value[::-1]}"  # its last word is none that stands on a public page
        yield value[:-1] + ("1" if value[-1] != "1" else "2")


def _is_identity(leaf: Leaf) -> bool:
    return leaf.pointer.rpartition("/")[2] in ("id", "on", "key")


def _findings(checker: Checker, campus: Campus, records: Sequence[Record]) -> Iterator[Finding]:
    """What the checks find because of records of one student, or of shared ones of one kind."""
    student, kind = records[0].student, records[0].kind
    if student is None:
        yield from checker.of_shared() if kind == "figures" else checker.of_records(Campus(records, campus.registry))
    # The campus's measures can make a student's record wrong, and what decides access a sentence about it.
    students = tuple(campus.students) if kind in ("campus", "access", "person") else (student,)
    for one in filter(None, students):
        yield from checker.of_student(Campus(campus.of_student(one), campus.registry), one)


def _misshapen(record: Record) -> Finding:
    return Finding(code="shape", severity=Severity.ERROR, path=record.path, message="Its shape is wrong.", remedy="")


def _nowhere(_record: Record) -> Mapping[str, Any]:
    return {}


def only(campus: Campus, students: Iterable[str]) -> Campus:
    """The campus with some of its students; groups and exceptions are left without the others."""
    kept = frozenset(students)
    records = [one for one in campus.records.values() if one.student is None or one.student in kept]
    return Campus([replace(one, data=_of_those(deepcopy(dict(one.data)), kept)) for one in records], campus.registry)


def _of_those(value: Any, kept: frozenset[str]) -> Any:
    """The same without entries that name a student who is not kept."""
    if isinstance(value, dict):
        return {key: _of_those(inner, kept) for key, inner in value.items()}
    if isinstance(value, list):
        return [
            _of_those(one, kept) for one in value if not isinstance(one, dict) or one.get("student", "") in {"", *kept}
        ]
    return value
