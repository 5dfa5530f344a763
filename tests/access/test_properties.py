"""What must hold on every campus, whatever its relations, dates and policy."""

from __future__ import annotations

from copy import deepcopy
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.decide import Judge
from sendbook.access.people import People
from sendbook.access.permits import state_of
from sendbook.access.projection import project
from sendbook.access.sight import sight_of
from sendbook.access.student_file import StudentFile
from sendbook.access.views import View, scopes, view
from sendbook.campus.records import Campus
from tests.access.small_campus import STEPFATHER, Data, campus_of
from tests.access.worlds import PEOPLE, STUDENTS, asked_on, places, worlds

many = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
READERS = [*PEOPLE, *STUDENTS]
Seen = dict[str, dict[str, Any]]


def _views(campus: Campus, on: date) -> dict[str, View]:
    basis = Basis.of(campus)
    people = People.from_campus(campus)
    return {reader: view(campus, people[reader], on, basis=basis) for reader in READERS}


def _seen(campus: Campus, on: date) -> dict[str, Seen]:
    """Every reader's visible values by record and place."""
    return {
        reader: {record.id: places(record.data) for record in found.campus.records.values()}
        for reader, found in _views(campus, on).items()
    }


def _is_within(narrow: Seen, wide: Seen) -> bool:
    return all(record in wide and values.items() <= wide[record].items() for record, values in narrow.items())


@many
@given(worlds(), asked_on)
def test_the_mass_path_the_view_and_the_decision_agree_on_every_leaf(records: Data, on: date) -> None:
    campus = campus_of(records)
    judge = Judge(campus)
    for reader, found in _views(campus, on).items():
        for record in campus.records.values():
            shown = found.campus.get(record.id)
            visible = set(places(shown.data)) if shown else set()
            leaves = list(judge.basis.kinds[record.kind].leaves(record.data))
            named = places(record.data)
            full = [leaf for leaf in leaves if not isinstance(leaf.value, dict | list)]
            assert len(full) == len(named)
            for leaf, place in zip(full, named, strict=True):
                decision = judge.decide_leaf(found.reader, leaf, record, on)
                assert decision.allowed == (place in visible), (reader, record.id, place, decision)
                assert decision.rule
                assert decision.because


@many
@given(worlds(), asked_on)
def test_a_view_is_what_the_scopes_say(records: Data, on: date) -> None:
    campus = campus_of(records)
    basis = Basis.of(campus.shared)
    by_reader: dict[str, dict[str, Any]] = {}
    for student in campus.students:
        found, projections = scopes(Campus(campus.of_student(student), campus.registry), student, on, basis=basis)
        assert {scope.projection for scope in found} == set(projections)
        for scope in found:
            by_reader.setdefault(scope.reader, {}).update(projections[scope.projection].records)
    for reader, found_view in _views(campus, on).items():
        students = {i: r for i, r in found_view.campus.records.items() if r.student is not None}
        assert students == by_reader.get(reader, {})


@many
@given(worlds(), asked_on)
def test_a_view_holds_nothing_that_the_records_do_not(records: Data, on: date) -> None:
    campus = campus_of(records)
    everything = {record.id: places(record.data) for record in campus.records.values()}
    for seen in _seen(campus, on).values():
        assert _is_within(seen, everything)


@many
@given(worlds(), asked_on, st.sampled_from(PEOPLE), st.sampled_from(STUDENTS), st.integers(0, 2))
def test_a_forbid_never_widens(records: Data, on: date, person: str, student: str, sort: int) -> None:
    before = _seen(campus_of(records), on)
    forbidden = deepcopy(records)
    family = forbidden[f"students/{student}/student"].setdefault("family", [])
    if sort == 0:
        forbidden["access"]["revocations"].append({"id": "new", "person": person, "from": "2026-01-01", "reason": "R"})
    elif sort == 1:
        for item in family:
            order = {"id": "new", "order": "O", "effect": "no_contact", "from": "2026-01-01"}
            item.setdefault("court_orders", []).append(order)
    else:
        forbidden[f"students/{student}/student"]["rights"] = [{"id": "r", "decides": "student", "from": "2020-01-01"}]
        forbidden[f"students/{student}/student"].pop("consents", None)
    after = _seen(campus_of(forbidden), on)
    changed = {f"students/{student}/student", "access"}
    for reader, seen in after.items():
        compared = {record: values for record, values in seen.items() if record not in changed}
        assert _is_within(compared, before[reader]), reader


@many
@given(worlds(), asked_on)
def test_projecting_a_projection_changes_nothing(records: Data, on: date) -> None:
    campus = campus_of(records)
    basis = Basis.of(campus)
    for student in campus.students:
        file = StudentFile.of(campus, student, basis)
        assert file is not None
        for reader in READERS:
            stands = file.standing(reader, on)
            if stands is None:
                continue
            for record in file.projected(stands).records.values():
                kind = basis.kinds[record.kind]
                parts = stands.permits.parts(kind.name, state_of(kind, campus.records[record.id].data))
                again = project(record, kind, parts=parts, sight=sight_of(stands, student), basis=basis)
                assert again == record


@many
@given(worlds(), asked_on, st.integers(0, 400))
def test_nothing_a_reader_gets_changes_when_something_hidden_does(records: Data, on: date, choice: int) -> None:
    before, campus = {}, campus_of(records)
    for student in campus.students:
        before[student] = {scope.reader: scope for scope in scopes(campus, student, on)[0]}
    hidden = _free_texts(records)
    record_id, container, name = hidden[choice % len(hidden)]
    alike = [p for p, v in places(records[record_id]).items() if v == container[name]]
    assume(len(alike) == 1)  # or it could not be told which of them was changed
    place = alike[0]
    seers = {reader for reader, seen in _seen(campus, on).items() if place in seen.get(record_id, {})}
    container[name] = f"{container[name]} and something else"
    student = record_id.split("/")[1]
    for scope in scopes(campus_of(records), student, on)[0]:
        if scope.reader in READERS and scope.reader not in seers:
            assert scope == before[student][scope.reader]


@many
@given(worlds(), asked_on)
def test_words_added_by_another_household_leave_no_trace(records: Data, on: date) -> None:
    before = {scope.reader: scope for scope in scopes(campus_of(records), "7Q4K", on)[0]}
    added = {"id": "new", "from": STEPFATHER, "on": "2026-11-01", "text": "Added"}
    records["students/7Q4K/plan"]["family_voice"].append(added)
    campus = campus_of(records)
    seen = _seen(campus, on)
    for scope in scopes(campus, "7Q4K", on)[0]:
        if scope.reader in READERS and "/family_voice/new/text" not in seen[scope.reader].get("students/7Q4K/plan", {}):
            assert scope == before[scope.reader]


@many
@given(worlds(), asked_on, st.integers(1, 120))
def test_until_its_last_day_a_scope_never_shows_less(records: Data, on: date, later: int) -> None:
    campus = campus_of(records)
    day = on + timedelta(days=later)
    now, then = _seen(campus, on), _seen(campus, day)
    for student in campus.students:
        for scope in scopes(campus, student, on)[0]:
            if scope.reader not in READERS or (scope.until is not None and day > scope.until):
                continue
            mine = {i: v for i, v in now[scope.reader].items() if i.startswith(f"students/{student}/")}
            assert _is_within(mine, then[scope.reader]), (scope, day)


def _free_texts(records: Data) -> list[tuple[str, dict[str, Any], str]]:
    """Every text in plans, profiles and meetings that access does not rest on."""
    rests = {"id", "state", "from", "person", "held_for", "share_with_family", "student"}
    found = []

    def walk(record: str, value: Any) -> None:
        for name, inner in value.items() if isinstance(value, dict) else enumerate(value):
            if isinstance(inner, dict | list):
                walk(record, inner)
            elif isinstance(inner, str) and name not in rests and isinstance(value, dict):
                found.append((record, value, name))

    for record, value in sorted(records.items()):
        if record.startswith("students/") and not record.endswith("/student"):
            walk(record, value)
    return found
