"""``sendbook links``: before something is taken out, each place that still names it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.kit import Told, run, small_campus


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    return small_campus(tmp_path / "campus")


def links(campus: Path, record: str) -> Told:
    return run("links", record, "--campus", campus)


def test_each_place_that_names_a_person_is_told_with_its_line(campus: Path) -> None:
    plan = campus / "records/students/2TST/plan.yml"
    lead = 1 + plan.read_text(encoding="utf-8").splitlines().index("lead: p-3ccc")
    told = links(campus, "p-3ccc")
    assert told.code == 0
    assert f"records/students/2TST/plan.yml:{lead}: Lead (p-3ccc)" in told.out.splitlines()
    assert told.out == links(campus, "records/people/p-3ccc.yml").out.replace("records/people/p-3ccc.yml", "p-3ccc")


def test_an_entry_of_a_record_counts_as_the_record_and_its_own_links_do_not(campus: Path) -> None:
    told = links(campus, "interventions/paired-reading")
    assert [line.partition(":")[0] for line in told.out.splitlines()[:-1]] == ["records/students/2TST/plan.yml"]
    assert told.out.splitlines()[-1] == "One link leads to interventions/paired-reading."


def test_of_a_student_what_others_say_is_told_and_not_what_their_own_records_do(campus: Path) -> None:
    assert links(campus, "2tst").out == "No link leads to 2tst.\n"
    access = campus / "records/access.yml"
    more = "covers:\n  - id: one\n    student: 2TST\n    person: p-3ccc\n    from: 2026-09-10\n    reason: Cover.\n"
    access.write_text(access.read_text(encoding="utf-8") + more, encoding="utf-8")
    first, last = links(campus, "2TST").out.splitlines()
    assert first.startswith("records/access.yml:")
    assert first.endswith("(2TST)")
    assert last == "One link leads to 2TST."


def test_a_file_that_can_not_be_read_is_not_passed_over_in_silence(campus: Path) -> None:
    (campus / "records/students/2TST/plan.yml").write_text("lead: [", encoding="utf-8")
    assert links(campus, "p-3ccc").out.endswith("Run sendbook check.\n")


def test_what_is_not_there_is_told(campus: Path) -> None:
    assert "There is no record “p-9zzz”." in links(campus, "p-9zzz").sentence
