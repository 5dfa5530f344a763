"""What a build writes of one student: whose own pages are made again, what is forgotten, and who is held with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from sendbook.bundle import Bundle
from sendbook.bundle.publication import ScopeRow
from sendbook.site.build import put_students
from sendbook.site.build.changed_students import FILES
from sendbook.site.build.correction import BEING_CORRECTED
from sendbook.site.build.held import NO_ACCOUNT, Account, Rows
from sendbook.site.build.last_good import LAST_GOOD
from sendbook.site.build.put_students import StudentPages
from sendbook.site.build.read_texts import TEXTS, packed_texts
from sendbook.site.build.remembered import facts_key
from sendbook.site.build.student_build import StudentBuild
from sendbook.site.build.student_words import CALLED, LETTERS, WORDS
from sendbook.site.readers.waiting import WAITING

STUDENT, MOTHER, TEACHER = "7Q4K", "p-mth1", "p-tch1"
SUMMER, AUTUMN = date(2027, 7, 20), date(2027, 12, 17)
ANYTHING: Any = None


def row(reader: str, projection: str, until: date | None = None) -> ScopeRow:
    return reader, projection, until, "for a reason"


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Bundle]:
    """The last build: the mother and the teacher are given a student's pages, each other ones."""
    with Bundle.create(tmp_path / "bundle.db") as made:
        with made.publish() as change:
            change.set_scopes(STUDENT, [row(MOTHER, "home"), row(TEACHER, "school", SUMMER)])
            for projection in ("home", "school"):
                change.remember(STUDENT, facts_key(projection), f"seen at {projection}".encode())
            change.remember(STUDENT, "files", b"made of these")
        yield made


def pages_of(bundle: Bundle, change: Any = ANYTHING, sites: Any = ANYTHING, wanted: Any = None) -> StudentPages:
    """What is written with; what no test here asks for is left out."""
    nothing: Any = SimpleNamespace(unit=lambda _student: (), load=lambda *_: SimpleNamespace(campus=ANYTHING))
    given: Any = SimpleNamespace(bundle=bundle, scan=nothing, folder=nothing, cache=ANYTHING, wanted=wanted)
    return StudentPages(
        given=given,
        in_use=SimpleNamespace(nobody_gains=False),  # type: ignore[arg-type]
        common=SimpleNamespace(templates=SimpleNamespace(render=lambda *_: "Being corrected")),  # type: ignore[arg-type]
        basis=ANYTHING,
        here=ANYTHING,
        change=change,
        sites=sites,
        faults=SimpleNamespace(of_student=lambda *_: None),  # type: ignore[arg-type]
    )


@pytest.mark.parametrize(
    ("scopes", "facts", "concerned"),
    [
        ([row(MOTHER, "home"), row(TEACHER, "school", SUMMER)], {}, set()),
        ([row(MOTHER, "home"), row(TEACHER, "school", AUTUMN)], {}, {TEACHER}),
        ([row(MOTHER, "home"), row(TEACHER, "school")], {}, {TEACHER}),
        ([row(MOTHER, "home anew"), row(TEACHER, "school", SUMMER)], {"home anew": b"seen at home"}, set()),
        ([row(MOTHER, "home anew"), row(TEACHER, "school", SUMMER)], {"home anew": b"seen otherwise"}, {MOTHER}),
        ([row(MOTHER, "home")], {}, {TEACHER}),
        ([row(MOTHER, "home"), row(TEACHER, "school", SUMMER), row("p-new1", "school")], {}, {"p-new1"}),
    ],
    ids=[
        "the same",
        "a later day",
        "no last day",
        "other pages, alike in lists",
        "other facts",
        "one gone",
        "one come",
    ],
)
def test_own_pages_are_made_again_for_whom_they_say_something_else_or_say_it_for_longer(
    bundle: Bundle, scopes: list[ScopeRow], facts: dict[str, bytes], concerned: set[str]
) -> None:
    built = StudentBuild(student=STUDENT, scopes=tuple(scopes), facts=facts)
    assert pages_of(bundle)._concerned(built) == concerned


def test_facts_of_pages_that_nobody_is_given_any_more_are_forgotten_and_nothing_else_is(bundle: Bundle) -> None:
    with bundle.publish() as change:
        pages_of(bundle, change)._drop_other_facts(STUDENT, [row(MOTHER, "home")])
    assert set(bundle.remembered_keys(STUDENT)) == {facts_key("home"), "files"}


@pytest.mark.parametrize(("wanted", "readers"), [(None, {MOTHER, TEACHER}), (frozenset({MOTHER}), {MOTHER})])
def test_a_site_for_some_readers_is_for_no_others_while_a_student_is_held(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, wanted: frozenset[str] | None, readers: set[str]
) -> None:
    rows = (row(MOTHER, BEING_CORRECTED), row(TEACHER, BEING_CORRECTED))
    monkeypatch.setattr(put_students, "rows_while_held", lambda *_: Rows(scopes=rows, waiting=b""))
    monkeypatch.setattr(put_students, "account_while_held", lambda *_: NO_ACCOUNT)
    touched: set[str] = set()
    sites = SimpleNamespace(touch=touched.update, set_student=lambda *_, **__: None)
    with bundle.publish() as change:
        pages_of(bundle, change, sites, wanted).hold(STUDENT, ())
    assert set(bundle.scopes_of(STUDENT)) == readers
    assert touched == {MOTHER, TEACHER}, "who had the pages has other lists now"


@pytest.mark.parametrize("account", [Account(name="Eli", address="stands for it", until=SUMMER), NO_ACCOUNT])
def test_a_student_who_is_held_keeps_an_account_on_which_all_readings_agree_and_is_given_no_new_one(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, account: Account
) -> None:
    """Where they don't agree the account goes at once: it may have been withdrawn."""
    monkeypatch.setattr(put_students, "rows_while_held", lambda *_: Rows(scopes=(), waiting=b""))
    monkeypatch.setattr(put_students, "account_while_held", lambda *_: account)
    said: list[object] = []
    sites = SimpleNamespace(touch=lambda _: None, set_student=lambda *given, new: said.append((given, new)))
    with bundle.publish() as change:
        pages_of(bundle, change, sites).hold(STUDENT, ())
    assert said == [((STUDENT, account.name, account.address, account.until), False)]


@pytest.mark.parametrize("wanted", [None, frozenset({MOTHER})], ids=["the whole site", "for some readers"])
@pytest.mark.parametrize("capped", [None, frozenset[str]()], ids=["nobody gains", "all is sound"])
def test_what_the_next_build_asks_of_a_student_is_remembered_with_their_pages(
    bundle: Bundle, wanted: frozenset[str] | None, capped: frozenset[str] | None
) -> None:
    """The words of their texts above all: a name that is new tomorrow is looked for in these."""
    built = StudentBuild(
        student=STUDENT,
        scopes=(row(MOTHER, "home", SUMMER),),
        facts={"home": b"seen at home"},
        texts=frozenset({"a text"}),
        asked=b"asked",
        reaches=frozenset({"p-2bbb", "p-1aaa"}),
        related=frozenset({"relation:teaches", "relation:family"}),
        last_good=b"all it was made of",
        words=b" helps reading \n",
        letters=b"packed letters",
        called=b"digest of the name",
    )
    done: Any = SimpleNamespace(built=built, pages={}, sources={})
    sites = SimpleNamespace(touch=lambda _: None, set_student=lambda *_, **__: None)
    with bundle.publish() as change:
        change.remember(STUDENT, WAITING, b"for a correction")
    with bundle.publish() as change:
        given = replace(
            pages_of(bundle, change, sites, wanted),
            basis=SimpleNamespace(of=lambda *_: b"made of those"),  # type: ignore[arg-type]
            in_use=SimpleNamespace(nobody_gains=capped is None, capped=capped),  # type: ignore[arg-type]
        )
        assert given.put(done) == 0
    kept = {key: bundle.remembered(STUDENT, key) for key in bundle.remembered_keys(STUDENT)}
    assert kept == {
        facts_key("home"): b"seen at home",
        "asked": b"asked",
        "reaches": b"p-1aaa p-2bbb",
        "related": b'["relation:family", "relation:teaches"]',
        WORDS: b" helps reading \n",
        LETTERS: b"packed letters",
        CALLED: b"digest of the name",
        FILES: b"made of those",
        **({TEXTS: packed_texts(frozenset({"a text"}))} if wanted is None else {}),
        **({LAST_GOOD: b"all it was made of"} if capped is not None else {}),
    }
    assert bundle.scopes_of(STUDENT) == {MOTHER: ("home", SUMMER)}
