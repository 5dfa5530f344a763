"""Of a student whose record has an error: what is hidden stays hidden, and nobody is shown more than before.

Asked of the decision itself on campuses drawn at random, and, byte by byte, of the sites that a build leaves behind.
"""

from __future__ import annotations

import shutil
from copy import deepcopy
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sendbook.access.basis import Basis
from sendbook.access.decide import Judge
from sendbook.access.held import Held, Today, held_scopes, reading_of
from sendbook.access.people import People
from sendbook.access.student_file import StudentFile
from sendbook.access.views import view
from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.salvage import Salvaged
from sendbook.site.build.build import Options, build
from tests.access.small_campus import REGISTRY, Data, campus_of, data
from tests.access.worlds import asked_on, places, worlds
from tests.conftest import ON, Site
from tests.noninterference.oracle import hidden
from tests.noninterference.sites import differences, write
from tests.noninterference.worlds import with_hidden_changed

STUDENT = "7Q4K"
HEADER, PLAN = f"students/{STUDENT}/student", f"students/{STUDENT}/plan"
SLOW_TO_DRAW = [HealthCheck.too_slow, HealthCheck.data_too_large]
few = settings(max_examples=8, derandomize=True, deadline=None, suppress_health_check=SLOW_TO_DRAW)
many = settings(max_examples=150, deadline=None, suppress_health_check=SLOW_TO_DRAW)


@st.composite
def versions(draw: st.DrawFn) -> tuple[Data, Data]:
    """A campus when the student's pages were made, and today: the student's records are others, nothing else."""
    before, other = draw(worlds()), draw(worlds())
    now = {**deepcopy(before), HEADER: other[HEADER]}
    plan, meeting = now[PLAN], now[f"students/{STUDENT}/meetings/2026-10-12"]
    plan["state"] = draw(st.sampled_from(["agreed", "agreed", "draft"]))
    plan["student_voice"][0]["share_with_family"] = draw(st.booleans())
    plan["family_voice"][0]["from"] = draw(st.sampled_from(["p-mth1", "p-fth1"]))
    meeting["held_for"] = draw(st.sampled_from(["p-mth1", "p-fth1"]))
    return before, now


def held(before: Data, now: Data, on: date, *, wrong: str) -> dict[str, Held]:
    """Everybody who may see the student while one record has an error; the other records are as they stand today."""
    then, today = campus_of(before), campus_of(now)
    basis = Basis.of(today)
    records = then.of_student(STUDENT)
    file = StudentFile.of(then, STUDENT, basis)
    assert file is not None
    stood = {one: file.standing(one, on) for one in file.relations.by_reader}
    headers = (today.records[HEADER],)
    if wrong == HEADER:
        found = Salvaged(data={**now[HEADER], "odd": 1}, whole=True)
        newer = reading_of(STUDENT, today.records[HEADER].path, REGISTRY.kinds["student"], found, then.records[HEADER])
        assert newer is not None
        headers = (then.records[HEADER], newer)
    held_today = Today(
        student=STUDENT,
        registry=REGISTRY,
        headers=headers,
        readable=today.of_student(STUDENT),
        there=frozenset(one.id for one in today.of_student(STUDENT)),
    )
    # Who was shown nothing had no page to go on reading.
    known = {one: stands for one, stands in stood.items() if stands is not None and file.projected(stands).records}
    return {one.reader: one for one in held_scopes(held_today, records, known, on, basis)}


def assert_no_wider(before: Data, now: Data, on: date, wrong: str) -> None:
    """Who goes on reading saw it all before; what of it is still there they may see today, decided leaf by leaf."""
    then, today = campus_of(before), campus_of(now)
    basis = Basis.of(today)
    judge, people = Judge(today, basis), People.from_campus(today)
    for reader, one in held(before, now, on, wrong=wrong).items():
        found = people.get(reader)
        if not one.may_read:
            continue
        assert found is not None
        shown = {record.id: set(places(record.data)) for record in view(then, found, on).campus.of_student(STUDENT)}
        assert shown
        for record in today.of_student(STUDENT):
            # The numbers and orders of entries may have changed: an entry is the one that is called the same.
            named = dict(zip(_pointers(record.data), places(record.data), strict=True))
            for leaf in REGISTRY.kinds[record.kind].leaves(record.data):
                if named.get(leaf.pointer) in shown.get(record.id, ()):
                    assert judge.decide_leaf(found, leaf, record, on).allowed, (reader, record.id, leaf.pointer)


def _pointers(value: Any, at: str = "") -> list[str]:
    """The places of `places`, by number."""
    if isinstance(value, dict):
        return [one for name, inner in value.items() for one in _pointers(inner, f"{at}/{name}")]
    if isinstance(value, list):
        return [one for number, inner in enumerate(value) for one in _pointers(inner, f"{at}/{number}")]
    return [at]


def assert_hidden_says_nothing(before: Data, now: Data, on: date, wrong: str) -> None:
    """Texts of the plan that neither version shows a reader change, then and today: what the reader gets does not."""
    one = held(before, now, on, wrong=wrong)
    for reader in one:
        then, today = (_with_hidden_texts(records, reader, on) for records in (before, now))
        assert held(then, today, on, wrong=wrong).get(reader) == one[reader], reader


def _with_hidden_texts(records: Data, reader: str, on: date) -> Data:
    campus = campus_of(records)
    found = People.from_campus(campus).get(reader)
    seen = view(campus, found, on).campus.get(PLAN) if found is not None else None
    shown = set(_pointers(seen.data)) if seen is not None else set()
    changed = deepcopy(records)
    for name in ("summary", "senco_notes"):
        if f"/{name}" not in shown:
            changed[PLAN][name] = f"Changed {name}"
    if seen is None or "provision" not in seen.data or "costs" not in seen.data["provision"][0]:
        changed[PLAN]["provision"][0]["costs"]["resources_gbp"] = 4711
    return changed


@few
@given(versions(), asked_on, st.sampled_from([HEADER, PLAN]))
def test_while_a_record_has_an_error_nobody_reads_more_than_before_or_than_today(
    drawn: tuple[Data, Data], on: date, wrong: str
) -> None:
    assert_no_wider(*drawn, on, wrong)


@pytest.mark.slow
@many
@given(versions(), asked_on, st.sampled_from([HEADER, PLAN]))
def test_while_a_record_has_an_error_nobody_reads_more_on_many_campuses(
    drawn: tuple[Data, Data], on: date, wrong: str
) -> None:
    assert_no_wider(*drawn, on, wrong)


@few
@given(versions(), asked_on, st.sampled_from([HEADER, PLAN]))
def test_what_a_reader_gets_of_a_held_student_does_not_rest_on_what_is_hidden(
    drawn: tuple[Data, Data], on: date, wrong: str
) -> None:
    assert_hidden_says_nothing(*drawn, on, wrong)


@pytest.mark.slow
@many
@given(versions(), asked_on, st.sampled_from([HEADER, PLAN]))
def test_what_a_reader_gets_does_not_rest_on_what_is_hidden_on_many_campuses(
    drawn: tuple[Data, Data], on: date, wrong: str
) -> None:
    assert_hidden_says_nothing(*drawn, on, wrong)


def test_who_had_no_last_good_pages_goes_on_reading_none() -> None:
    """Where nothing is remembered of the records, nothing says that what was shown would be shown today."""
    today = campus_of(data())
    basis = Basis.of(today)
    file = StudentFile.of(today, STUDENT, basis)
    assert file is not None
    known = {one: stands for one in file.relations.by_reader if (stands := file.standing(one, ON)) is not None}
    records = today.of_student(STUDENT)
    there = frozenset(one.id for one in records)
    now = Today(student=STUDENT, registry=REGISTRY, headers=(today.records[HEADER],), readable=records, there=there)
    assert any(one.may_read for one in held_scopes(now, records, known, ON, basis))
    assert not any(one.may_read for one in held_scopes(now, (), known, ON, basis))


def test_the_property_is_about_readers_who_go_on_reading() -> None:
    """Most readers do where nothing changed, and a word that is shared no more ends it for all but the SENDCo."""
    on, before = date(2026, 11, 23), data()
    assert sum(one.may_read for one in held(before, before, on, wrong=PLAN).values()) >= 8
    now = deepcopy(before)
    now[PLAN]["student_voice"][0]["share_with_family"] = False
    found = held(before, now, on, wrong=PLAN)
    assert {one for one in ("p-mth1", "p-fth1", "p-tch1", "p-5en0") if found[one].may_read} == {"p-5en0"}


# --- The sites -------------------------------------------------------------------------------------------------------

#: A student held, and readers of theirs and of others: the mother, a teacher, a support assistant, another's mother.
HELD = "7NVF"
READERS = {"mother": "p-1ge7", "teacher": "p-kp3j", "support assistant": "p-r0zr", "exams officer": "p-h75a"}
FAULTS = {"no field of a plan": "odd: 1\n", "no sound YAML": "odd: ['\n"}


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("sort", READERS)
def test_hidden_values_of_a_held_student_change_no_byte_of_anybody_s_site(
    sort: str, fault: str, campus: Campus, example_site: Site, tmp_path: Path
) -> None:
    """They change with the save that breaks the record, as well as before it."""
    reader = READERS[sort]
    other, changed = with_hidden_changed(campus, reader)
    assert changed > 100
    assert any(f"students/{HELD}/" in record for record in hidden(campus, reader))
    one = held_site(campus, campus, reader, fault, example_site, tmp_path / "one")
    assert differences(one, held_site(other, other, reader, fault, example_site, tmp_path / "always other")) == []
    assert differences(one, held_site(campus, other, reader, fault, example_site, tmp_path / "other now")) == []


def held_site(sound: Campus, now: Campus, reader: str, fault: str, example: Site, folder: Path) -> dict[str, bytes]:
    """A reader's site: built of a sound campus, then of another in which one plan has an error."""
    root, state = folder / "campus", folder / "state"
    state.mkdir(mode=0o700, parents=True)
    for place in ("engine", "keys"):
        shutil.copytree(example.state / "build" / place, state / "build" / place)
    options = Options(wanted=frozenset({reader}), workers=1)
    write(sound, root, example)
    assert build(CampusFolder(root, sound.registry), ON, state, options).is_whole
    write(now, root, example)
    plan = root / f"records/students/{HELD}/plan.yml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text(text + FAULTS[fault], encoding="utf-8")
    assert build(CampusFolder(root, sound.registry), ON, state, options).held
    with Bundle.reading(state / "site/bundle.db") as bundle:
        return dict(files(bundle, reader, ON))
