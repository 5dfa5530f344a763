"""In whose texts somebody may be named or reached, whom the last build did not know by that."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
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
from sendbook.checks.texts.reaching import Reached
from sendbook.checks.texts.sightings import Looker, StudentTexts
from sendbook.places import Places
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.newly_known import NewlyKnown, remember_contacts
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_words import (
    CALLED,
    LETTERS,
    WORDS,
    all_mentioned,
    called_in,
    packed_letters,
    packed_words,
    unpacked_letters,
)
from tests.checks_kit import tiny_campus
from tests.conftest import ON
from tests.site.rests_on_kit import settled

STUDENT, MOTHER = "2TST", "p-4ddd"
SUMMARY = "We are working on pace."
SAID = "Zebedee Yarrow helps. Ring 07700 900123."
NEW_STUDENT = Someone(id="9ZZZ", full="Zebedee Yarrow", known_as="Zebedee", student=True)
NEW_NUMBER = Someone(id=MOTHER, full="", known_as="", phones=("07700 900123",))


@pytest.fixture
def inputs(tmp_path: Path, registry: SchemaRegistry) -> Iterator[BuildInputs]:
    """What a build of the tiny campus works with; its student's plan names somebody and gives a number."""
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    plan = folder.root / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8").replace(SUMMARY, SAID)
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


def published(inputs: BuildInputs, text: str, told: str = "") -> BuildInputs:
    """Has the student's plan say this, and the last build remember it with what it told of earlier versions."""
    plan = inputs.folder.root / f"records/students/{STUDENT}/plan.yml"
    old = plan.read_text(encoding="utf-8")
    assert old.count(SAID) == 1
    plan.write_text(old.replace(SAID, text.replace("\n", "\n  ")), encoding="utf-8")
    settled(inputs.folder.root)
    inputs = given(inputs.folder, inputs.cache, inputs.bundle)
    own = inputs.folder.load(inputs.scan.unit(STUDENT), inputs.cache).campus
    texts = StudentTexts(own, STUDENT, ON, common_of(inputs).basis)
    sentences = [told] if told else []
    with inputs.bundle.publish() as change:
        change.remember(STUDENT, WORDS, packed_words(all_mentioned(texts, sentences)))
        change.remember(STUDENT, LETTERS, packed_letters(texts, sentences))
    return inputs


def found_by_a_check(inputs: BuildInputs, text: str, one: Someone) -> bool:
    """Whether a check that knows nothing finds somebody in a text that the student's mother reads."""
    own, common = inputs.folder.load(inputs.scan.unit(STUDENT)).campus, common_of(inputs)
    looker = Looker(common.shared, own, STUDENT, ON, common.basis, others=Everybody.of([one]))
    plan = own.records[f"students/{STUDENT}/plan"]
    return bool(looker.in_past([Reached(record=plan, pointer="/summary", text=text, readers=frozenset({MOTHER}))]))


def known_since(inputs: BuildInputs, *sought: Someone) -> NewlyKnown:
    """Those who are sought, with all that the last build remembered."""
    return known_with(inputs, sought, inputs.bundle.remembered_of_all(WORDS))


def known(inputs: BuildInputs, *sought: Someone, words: str | None) -> NewlyKnown:
    """Those who are sought, with what the last build remembered of the student's words."""
    kept = {} if words is None else {STUDENT: words.encode()}
    return known_with(inputs, sought, kept)


def known_with(inputs: BuildInputs, sought: Iterable[Someone], words: Mapping[str, bytes]) -> NewlyKnown:
    common = common_of(inputs)
    names = inputs.names(common.shared)
    return NewlyKnown(given=inputs, common=common, sought=Everybody.of(sought), names=names, words=words)


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


@pytest.mark.parametrize(
    "text",
    [
        "Zebedee Yarrow helps.",
        "He sits with ZEBEDEE.",
        "He sits with Zeb\u00ad\u00adedee and Yarrow's friend.",
        "Ask Z e b e d e e   Y a r r o w.",
        "Ask Zeb3dee Yarrow.",
        "Ask Z\u0435b\u0435d\u0435\u0435 Yarrow.",
        "Ask \u202eworraY eedebeZ\u202c about it.",
        "Ask Zebedee Yar-\nrow about it.",
        "Ask Yarrow, Zebedee.",
        "Ask zebedee.yarrow@school.example.",
        "Ask Z. Yarrow.",
    ],
)
def test_a_name_that_begins_to_be_said_in_another_s_text_makes_a_job_however_it_is_written(
    inputs: BuildInputs, text: str
) -> None:
    inputs = published(inputs, text)
    assert found_by_a_check(inputs, text, NEW_STUDENT)
    assert known_since(inputs, NEW_STUDENT).may_be_with(STUDENT)
    called_otherwise = replace(NEW_STUDENT, full="Xanthippe Quill", known_as="Xanthippe")
    assert not known_since(inputs, called_otherwise).may_be_with(STUDENT)


@pytest.mark.parametrize(
    ("text", "one"),
    [
        ("Ring 0 7 7 0 0 - 900 one two three.", NEW_NUMBER),
        (
            "It is at zebedee dot y (at) post dot example.",
            Someone(id="p-9zzz", full="", known_as="", emails=("zebedee.y@post.example",)),
        ),
        (
            "They live in Acacia Avenue, number 12.",
            Someone(id="p-9zzz", full="", known_as="", addresses=("12 Acacia Avenue, Wexcombe ZZ9 1TD",)),
        ),
        (
            "It is ZZ9 ITD.",
            Someone(id="p-9zzz", full="", known_as="", addresses=("12 Acacia Avenue, Wexcombe ZZ9 1TD",)),
        ),
    ],
    ids=["number", "e-mail address", "house", "postcode"],
)
def test_a_home_that_begins_to_be_told_in_another_s_text_makes_a_job_however_it_is_written(
    inputs: BuildInputs, text: str, one: Someone
) -> None:
    inputs, elsewhere = published(inputs, text), replace(one, id="p-9yyy")
    assert found_by_a_check(inputs, text, elsewhere)
    assert known_since(inputs, elsewhere).may_be_with(STUDENT)
    others = Someone(id="p-9yyy", full="", known_as="", phones=("01632 960999",), addresses=("9 Elm Row, ZZ8 2AB",))
    assert not known_since(inputs, others).may_be_with(STUDENT)


def test_a_sentence_about_an_earlier_version_is_looked_through_as_well(inputs: BuildInputs) -> None:
    inputs = published(inputs, SUMMARY, told="“Zebedee Yarrow helps” was taken out.")
    found = known_since(inputs, NEW_STUDENT)
    (letters,) = inputs.bundle.remembered_of_all(LETTERS).values()
    assert found._may_be_found_in(unpacked_letters(letters), STUDENT)


@pytest.mark.parametrize("text", ["Eli reads.", "Ask Eli Student.", "Ask Mr Okafor, or ELI.", "Zeb, Ed, Eli row far."])
def test_a_neighbour_whose_texts_say_only_names_that_all_may_read_is_no_job_and_is_not_read(
    inputs: BuildInputs, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """Another student is called Eli now, as the student is: the texts say it on every page."""
    inputs = published(inputs, text)
    namesake = Someone(id="9ZZZ", full="Eli Yarrow", known_as="Eli", student=True)
    assert not found_by_a_check(inputs, text, namesake)
    found = known_since(inputs, namesake)
    assert found.names.header_of(STUDENT)
    monkeypatch.setattr(CampusFolder, "load", lambda *_: pytest.fail("a record was read"))
    assert not found.may_be_with(STUDENT)


def test_a_neighbour_in_whose_texts_a_namesake_s_surname_stands_is_a_job(inputs: BuildInputs) -> None:
    inputs = published(inputs, "Eli sits with Eli Yarrow.")
    assert known_since(inputs, Someone(id="9ZZZ", full="Eli Yarrow", known_as="Eli", student=True)).may_be_with(STUDENT)


def test_who_is_family_to_a_student_no_more_makes_the_student_one_to_be_looked_for(inputs: BuildInputs) -> None:
    """The family may read the name no more, though it is the same."""
    common = common_of(inputs)
    own = inputs.folder.load(inputs.scan.unit(STUDENT)).campus
    with inputs.bundle.publish() as change:
        change.remember(STUDENT, CALLED, called_in(own, STUDENT))
    header = inputs.folder.root / f"records/students/{STUDENT}/student.yml"
    text = header.read_text(encoding="utf-8")
    header.write_text(text[: text.index("family:")] + text[text.index("rights:") :], encoding="utf-8")
    inputs = given(inputs.folder, inputs.cache, inputs.bundle)
    assert set(NewlyKnown.since_last_build(inputs, common, {}, [STUDENT]).sought.by_id) == {STUDENT}


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
