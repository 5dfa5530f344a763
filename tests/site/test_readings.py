"""Before a meeting the family and the student are given a copy of a draft that they are shown nowhere else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sendbook.access.views import scopes
from sendbook.access.who import words_of
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.site.build.page_source import persons_by_projection
from sendbook.site.build.readings import reading_for, reading_of_draft_for
from sendbook.site.build.shared_campus import SharedCampus, persons_in
from tests.checks_kit import tiny_campus
from tests.conftest import ON


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Campus:
    """The tiny campus under the example's access rules, with a plan that is being drafted and a student's account."""
    root = tiny_campus(tmp_path_factory.mktemp("drafted"))
    shutil.copyfile(example() / "records/access.yml", root / "records/access.yml")
    student = root / "records/students/2TST"
    (student / "drafts").mkdir()
    plan = (student / "plan.yml").read_text(encoding="utf-8")
    draft = re.sub(r"(?m)^summary: .*$", "summary: What is drafted.", plan.replace("state: agreed", "state: draft"))
    (student / "drafts/plan.yml").write_text(draft, encoding="utf-8")
    with (student / "student.yml").open("a", encoding="utf-8") as header:
        header.write("sign_in:\n  email: eli@students.example\naccount_decision:\n  on: 2026-09-09\n  by: p-1aaa\n")
    with (root / "records/campus.yml").open("a", encoding="utf-8") as place:
        place.write("student_accounts:\n  youngest: 11\n")
    return CampusFolder(root, registry).load().campus


def manner_of_copy(tiny: Campus, reader: str, draft: str = "drafts/plan") -> str | None:
    """In whose manner a reader is given a copy of a draft; None for no copy."""
    common = SharedCampus(tiny.shared, ON, Path("nowhere"))
    own = Campus(tiny.of_student("2TST"), tiny.registry)
    assert reading_for(common, own, "2TST", reader) is not None, "they see something of the student"
    copy = reading_of_draft_for(common, own, "2TST", draft, reader)
    return copy.manner if copy is not None else None


@pytest.mark.parametrize(("reader", "manner"), [("p-4ddd", "family"), ("2TST", "student"), ("p-1aaa", None)])
def test_a_copy_of_a_draft_is_for_the_family_and_the_student_alone(
    tiny: Campus, reader: str, manner: str | None
) -> None:
    assert manner_of_copy(tiny, reader) == manner


@pytest.mark.parametrize("reader", ["p-4ddd", "2TST"])
def test_the_copy_says_of_this_student_what_is_drafted_and_not_what_is_in_force(tiny: Campus, reader: str) -> None:
    common = SharedCampus(tiny.shared, ON, Path("nowhere"))
    own = Campus(tiny.of_student("2TST"), tiny.registry)
    copy = reading_of_draft_for(common, own, "2TST", "drafts/plan", reader)
    before = reading_for(common, own, "2TST", reader)
    assert copy is not None
    assert before is not None
    assert copy.id == before.id == "2TST"
    assert copy.draft("plan")["summary"] == "What is drafted."
    assert before.one("plan")["summary"] == own.records["students/2TST/plan"].data["summary"] != "What is drafted."
    assert before.draft("plan") == {}


def test_where_nothing_is_being_drafted_there_is_no_copy(tiny: Campus) -> None:
    assert manner_of_copy(tiny, "p-4ddd", "drafts/profile") is None


def test_somebody_who_sees_nothing_of_the_student_is_given_no_copy(tiny: Campus) -> None:
    own = Campus(tiny.of_student("2TST"), tiny.registry)
    common = SharedCampus(tiny.shared, ON, Path("nowhere"))
    assert reading_of_draft_for(common, own, "2TST", "drafts/plan", "p-9zzz") is None


def test_each_projection_has_the_people_it_speaks_of_and_nobody_that_only_another_one_does(tiny: Campus) -> None:
    """What projections share is looked through once for all of them."""
    own = Campus(tiny.of_student("2TST"), tiny.registry)
    _, projections = scopes(own, "2TST", ON, basis=SharedCampus(tiny.shared, ON, Path("nowhere")).basis)
    alone = {
        name: sorted({person for record in projected.records.values() for person in persons_in(record.data)})
        for name, projected in projections.items()
    }
    assert persons_by_projection(projections) == alone
    assert len(set(map(tuple, alone.values()))) > 1


def test_what_readers_see_of_people_is_the_same_however_many_were_asked_about_before(
    tiny: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    people = [record.id.rpartition("/")[2] for record in tiny.of_kind("person")]
    asked = [(reader, person) for reader in people for person in people]

    def common() -> SharedCampus:
        return SharedCampus(tiny.shared, ON, Path("nowhere"))

    def seen(common: SharedCampus, reader: str, person: str) -> object:
        around = common.around(reader)
        return common.family_name(around, person), common.family_contact(around, person)

    alone = [seen(common(), *pair) for pair in asked]
    monkeypatch.setattr("sendbook.site.build.shared_campus._SEEN_AT_MOST", 2)
    kept = common()
    assert [seen(kept, *pair) for pair in (*asked, *asked)] == [*alone, *alone]
    assert len(set(map(str, alone))) > 1


def test_parts_are_said_in_the_same_words_however_many_were_said_before(
    tiny: Campus, monkeypatch: pytest.MonkeyPatch
) -> None:
    common = SharedCampus(tiny.shared, ON, Path("nowhere"))
    sets = [frozenset({(kind.name, part)}) for kind in common.basis.kinds.values() for part in sorted(kind.parts)]
    monkeypatch.setattr("sendbook.site.build.shared_campus._SAID_AT_MOST", 2)
    assert [common.in_words(parts) for parts in (*sets, *sets)] == [words_of(p, common.basis.kinds) for p in sets] * 2
