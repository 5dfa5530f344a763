"""``sendbook revoke``: bites in the site that is being served, and stands in access.yml as a small change."""

from __future__ import annotations

import difflib
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from tests.bundle.sites import subjects_of
from tests.cli.kit import DAY, Told, run
from tests.conftest import ON, Site


@pytest.fixture
def teacher_and_student(own_site: Site) -> tuple[str, str]:
    """A member of staff with several students, and one of these."""
    with Bundle.reading(own_site.bundle) as bundle:
        seen = {reader: students(bundle, reader) for reader in bundle.readers() if reader.startswith("p-")}
    reader = max(seen, key=lambda one: (len(seen[one]), one))
    return reader, seen[reader][0]


def students(bundle: Bundle, reader: str) -> list[str]:
    return sorted(subject for subject in subjects_of(bundle, reader) if len(subject) == 4)


def scope(site: Site, reader: str) -> list[str]:
    with Bundle.reading(site.bundle) as bundle:
        return students(bundle, reader)


def revoke(site: Site, *arguments: str) -> Told:
    return run("revoke", *arguments, "--campus", site.root, "--state", site.state, *DAY)


def test_one_student_is_taken_away_at_once_and_the_others_stay(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    before = scope(own_site, reader)
    told = revoke(own_site, reader, student)
    assert told.code == 0, told
    assert f"has lost access to student {student}, from the next click on" in told.out
    assert scope(own_site, reader) == [one for one in before if one != student]


def test_a_person_can_be_shut_out_altogether(own_site, teacher_and_student) -> None:
    reader, _ = teacher_and_student
    assert "everything" in revoke(own_site, reader).out
    with Bundle.reading(own_site.bundle) as bundle:
        assert reader not in bundle.readers()


def test_access_is_taken_away_whatever_is_wrong_with_a_schema(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    (own_site.root / "schemas").mkdir(exist_ok=True)
    (own_site.root / "schemas/visit.schema.json").write_text("{", encoding="utf-8")
    assert revoke(own_site, reader, student).code == 0
    assert student not in scope(own_site, reader)
    closed = run("account", reader, "--disable", "--campus", own_site.root, "--state", own_site.state)
    assert closed.code == 0, closed
    assert f"person: {reader}" in (own_site.root / "records/access.yml").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_next_build_does_not_give_it_back(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    revoke(own_site, reader, student)
    told = run("build", "--campus", own_site.root, "--state", own_site.state, *DAY)
    assert told.code == 0, told.out
    assert student not in scope(own_site, reader)


@pytest.mark.slow
def test_access_yml_gains_the_entry_and_keeps_its_comments(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    path = own_site.root / "records" / "access.yml"
    before = "# Agreed with the governors.\n" + path.read_text(encoding="utf-8").replace(
        "    action: read\n", "    # Read, and no more.\n    action: read\n", 1
    )
    path.write_text(before, encoding="utf-8")
    revoke(own_site, reader, student, "--reason", "A complaint is being looked into.")
    after = path.read_text(encoding="utf-8")
    changes = [line for line in difflib.ndiff(before.splitlines(), after.splitlines()) if line[0] in "+-"]
    added = [line[2:] for line in changes]
    assert not [line for line in changes if line[0] == "-"]
    assert f"    person: {reader}" in added
    assert f"    student: {student}" in added or f'    student: "{student}"' in added
    assert f"    from: {ON}" in added
    assert "    reason: A complaint is being looked into." in added
    assert len(added) <= 6
    assert run("check", "--campus", own_site.root, *DAY).code == 0


def test_twice_is_once(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    revoke(own_site, reader, student)
    text = (own_site.root / "records" / "access.yml").read_bytes()
    assert "said so already" in revoke(own_site, reader, student).out
    assert (own_site.root / "records" / "access.yml").read_bytes() == text


def test_it_bites_even_while_access_yml_is_broken_and_says_what_is_left_to_do(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    (own_site.root / "records" / "access.yml").write_text("grants: [", encoding="utf-8")
    told = revoke(own_site, reader, student)
    assert "sendbook check" in told.sentence
    assert student not in scope(own_site, reader)


@pytest.mark.slow
def test_it_can_be_taken_back(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    path = own_site.root / "records" / "access.yml"
    text, before = path.read_bytes(), scope(own_site, reader)
    revoke(own_site, reader, student)
    told = revoke(own_site, reader, student, "--undo")
    assert told.code == 0, told
    assert path.read_bytes() == text
    assert run("build", "--campus", own_site.root, "--state", own_site.state, *DAY).code == 0
    assert scope(own_site, reader) == before


def test_taking_back_one_leaves_the_other(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    revoke(own_site, reader, student)
    told = revoke(own_site, reader, "--undo")
    assert "holds no such revocation" in told.out
    assert student in (own_site.root / "records" / "access.yml").read_text(encoding="utf-8")


def test_without_a_site_it_is_written_down_all_the_same(own_site, teacher_and_student, tmp_path: Path) -> None:
    reader, student = teacher_and_student
    told = run("revoke", reader, student, "--campus", own_site.root, "--state", tmp_path / "elsewhere", *DAY)
    assert told.code == 0
    assert not (tmp_path / "elsewhere" / "site" / "bundle.db").exists()


def test_nobody_and_no_student_are_refused_before_anything_is_written(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    text = (own_site.root / "records" / "access.yml").read_bytes()
    assert "nobody" in revoke(own_site, "p-0000").sentence
    assert "no student" in revoke(own_site, reader, "0X0X").sentence
    assert "sendbook account" in revoke(own_site, student).sentence
    assert (own_site.root / "records" / "access.yml").read_bytes() == text


@pytest.mark.parametrize("text", ["id: [", "name: 3\n"])
def test_it_bites_even_while_the_person_s_own_record_is_broken(own_site, teacher_and_student, text: str) -> None:
    reader, student = teacher_and_student
    (own_site.root / "records" / "people" / f"{reader}.yml").write_text(text, encoding="utf-8")
    (own_site.root / "records" / "students" / student / "student.yml").write_text(text, encoding="utf-8")
    told = revoke(own_site, reader, student)
    assert told.code == 0, told
    assert told.out.startswith(f"{reader} has lost access to student {student}")
    assert student not in scope(own_site, reader)


def test_a_policy_of_the_wrong_shape_is_not_written_over(own_site, teacher_and_student) -> None:
    reader, student = teacher_and_student
    path = own_site.root / "records" / "access.yml"
    path.write_text(path.read_text(encoding="utf-8") + "\nrevocations:\n  - 3\n", encoding="utf-8")
    text = path.read_bytes()
    assert "sendbook check" in revoke(own_site, reader, student).sentence
    assert path.read_bytes() == text
    assert student not in scope(own_site, reader)
