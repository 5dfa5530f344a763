"""In whose texts somebody may be named or reached, whom the last build did not know by that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.access.how_reached import reached
from sendbook.bundle import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.texts.everybody import Everybody
from sendbook.checks.texts.forms import Someone
from sendbook.places import Places
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.newly_known import NewlyKnown, remember_contacts
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_words import CALLED, WORDS, called_in
from tests.checks_kit import tiny_campus
from tests.conftest import ON

STUDENT, MOTHER = "2TST", "p-4ddd"
SUMMARY = "We are working on pace."
NEW_STUDENT = Someone(id="9ZZZ", full="Zebedee Yarrow", known_as="Zebedee", student=True)
NEW_NUMBER = Someone(id=MOTHER, full="", known_as="", phones=("07700 900123",))


@pytest.fixture
def inputs(tmp_path: Path, registry: SchemaRegistry) -> Iterator[BuildInputs]:
    """What a build of the tiny campus works with; its student's plan names somebody and gives a number."""
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    plan = folder.root / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8").replace(SUMMARY, "Zebedee Yarrow helps. Ring 07700 900123.")
    plan.write_text(text, encoding="utf-8")
    with ParseCache(tmp_path / "cache.db") as cache, Bundle.create(tmp_path / "bundle.db") as bundle:
        yield given(folder, cache, bundle)


def given(folder: CampusFolder, cache: ParseCache, bundle: Bundle) -> BuildInputs:
    scan = folder.scan()
    found = FindingCache(cache, folder.load(scan.unit(SHARED), cache), scan, ON, "")
    places = Places(folder.root.parent)
    return BuildInputs(
        folder=folder, scan=scan, on=ON, places=places, cache=cache, finding_cache=found, bundle=bundle, history=None
    )


def common_of(inputs: BuildInputs) -> SharedCampus:
    return SharedCampus(inputs.folder.load(inputs.scan.unit(SHARED)).campus, ON, inputs.folder.root)


def known(inputs: BuildInputs, *sought: Someone, words: str | None) -> NewlyKnown:
    """Those who are sought, with what the last build remembered of the student's words."""
    kept = {} if words is None else {STUDENT: words.encode()}
    return NewlyKnown(given=inputs, common=common_of(inputs), sought=Everybody.of(sought), words=kept)


@pytest.mark.parametrize(
    ("one", "words"),
    [
        (NEW_STUDENT, " helps ring yarrow zebedee \n07700900123"),
        (NEW_STUDENT, None),
        (NEW_NUMBER, " helps ring yarrow zebedee \n07700900123"),
        (NEW_NUMBER, None),
    ],
    ids=["name", "name, nothing remembered", "number", "number, nothing remembered"],
)
def test_a_student_in_whose_words_somebody_may_be_found_is_read_and_is_a_job_if_they_are(
    inputs: BuildInputs, one: Someone, words: str | None
) -> None:
    assert known(inputs, one, words=words).may_be_with(STUDENT)
    elsewhere = replace(one, full="Xanthippe Quill", known_as="", phones=("07700 900999",))
    assert not known(inputs, elsewhere, words=None).may_be_with(STUDENT)


@pytest.mark.parametrize(
    ("one", "words"),
    [(NEW_STUDENT, " helps ring \n07700900123"), (NEW_NUMBER, " yarrow zebedee \n07700900999")],
    ids=["name", "number"],
)
def test_a_student_whose_words_hold_nobody_who_is_sought_is_not_read(
    inputs: BuildInputs, monkeypatch: pytest.MonkeyPatch, one: Someone, words: str
) -> None:
    found = known(inputs, one, words=words)
    monkeypatch.setattr(CampusFolder, "load", lambda *_: pytest.fail("a record was read"))
    assert not found.may_be_with(STUDENT)
    assert not known_of_nobody(found).may_be_with(STUDENT)


def known_of_nobody(found: NewlyKnown) -> NewlyKnown:
    return replace(found, sought=Everybody.of([]), words={})


def test_a_student_s_own_name_in_their_own_texts_makes_no_job(inputs: BuildInputs) -> None:
    own = replace(NEW_STUDENT, id=STUDENT)
    assert not known(inputs, own, words=" yarrow zebedee \n").may_be_with(STUDENT)
    assert known(inputs, own, NEW_NUMBER, words=" yarrow zebedee \n07700900123").may_be_with(STUDENT)


def test_who_is_called_and_reached_as_in_the_last_build_is_not_looked_for(inputs: BuildInputs) -> None:
    """Looked for are a parent with a new number, without their name, and a student with another name."""
    mother = inputs.folder.root / f"records/people/{MOTHER}.yml"
    mother.write_text(mother.read_text(encoding="utf-8") + "  phone: 07700 900123\n", encoding="utf-8")
    inputs = given(inputs.folder, inputs.cache, inputs.bundle)
    common = common_of(inputs)
    ways = reached(common.shared)
    own = inputs.folder.load(inputs.scan.unit(STUDENT)).campus
    with inputs.bundle.publish() as change:
        remember_contacts(change, ways)
        change.remember(STUDENT, CALLED, called_in(own, STUDENT))
        change.remember(STUDENT, WORDS, b" helps \n")
    same = NewlyKnown.since_last_build(inputs, common, ways, [STUDENT])
    assert (dict(same.sought.by_id), dict(same.words)) == ({}, {})
    with inputs.bundle.publish() as change:
        remember_contacts(change, {**ways, MOTHER: "another"})
        change.remember(STUDENT, CALLED, b"another")
    other = NewlyKnown.since_last_build(inputs, common, ways, [STUDENT])
    assert {(one.id, one.full, one.phones) for one in other.sought.by_id.values()} == {
        (MOTHER, "", ("07700 900123",)),
        (STUDENT, "Eli Student", ()),
    }
    assert other.words == {STUDENT: b" helps \n"}
    assert set(NewlyKnown.since_last_build(inputs, common, ways, []).sought.by_id) == {MOTHER}
    assert set(NewlyKnown.since_last_build(inputs, common, {}, []).sought.by_id) == set()
