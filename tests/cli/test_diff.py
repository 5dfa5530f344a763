"""``sendbook diff``: what changed, in sentences, as the person named sees it today."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.cli.kit import DAY, run
from tests.conftest import copy_example
from tests.history.kit import HEADER, PLAN, Repo

FALLS = "Paired reading: now 2 sessions of 20 minutes a week, was 3."
FEWER = ("sessions_per_week: 3", "sessions_per_week: 2")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo.begun(tmp_path / "campus")


def test_without_a_revision_the_files_are_compared_with_the_last_commit(repo: Repo) -> None:
    repo.changed("2026-10-01", "behaviour: Reads a new page aloud", "behaviour: Reads a page aloud")
    assert run("diff", "--campus", repo.root, *DAY).out == "Nothing has changed.\n"
    repo.change(*FEWER)
    told = run("diff", "--campus", repo.root, *DAY)
    assert told.out == f"2TST (Eli)\n\n  Provision plan\n    Provision\n      • {FALLS}\n"
    assert told.code == 0


def test_each_student_each_record_and_each_part_of_it_has_one_heading(repo: Repo) -> None:
    repo.change(*FEWER)
    repo.change("\ntargets:", "\nsenco_notes: Ask about glasses.\ntargets:")
    repo.change("Having time to finish.", "Having all the time.", "records/students/2TST/profile.yml")
    repo.change("name: Paired", "name: Old paired", "records/interventions/paired-reading.yml")
    lines = run("diff", "--campus", repo.root, *DAY).out.splitlines()
    assert [line.strip() for line in lines if line and "•" not in line] == [
        "Intervention: Old paired reading",
        "2TST (Eli)",
        "Provision plan",
        "Provision",
        "One-page profile",
        "What matters to me",
    ]
    own = lines.index("  Provision plan")
    assert lines[own + 1] == "    • The SENDCo's own note is now “Ask about glasses.”"
    assert lines[own + 2] == "    Provision"


def test_a_draft_that_became_the_plan_is_told_of_the_plan_and_not_as_gone(repo: Repo) -> None:
    plan = (repo.root / PLAN).read_text(encoding="utf-8")
    draft = repo.root / "records/students/2TST/drafts/plan.yml"
    repo.write("records/students/2TST/drafts/plan.yml", plan.replace("state: agreed", "state: draft"))
    repo.commit("2026-10-01")
    draft.unlink()
    gone = run("diff", "--campus", repo.root, *DAY).out
    assert "draft" in gone
    assert "Provision plan removed." in gone
    repo.change(*FEWER)
    told = run("diff", "--campus", repo.root, *DAY).out
    assert "draft" not in told
    assert FALLS in told


def test_two_days_are_compared_as_the_campus_then_stood(repo: Repo) -> None:
    repo.changed("2026-10-01", *FEWER)
    repo.changed("2026-10-05", "review_due: 2026-12-10\nagreed_on", "review_due: 2026-12-17\nagreed_on")
    both = run("diff", "2026-09-30..2026-10-05", "--campus", repo.root, *DAY).out
    first = run("diff", "2026-09-30..HEAD~1", "--campus", repo.root, *DAY).out
    assert FALLS in both
    assert "The review moved from 10 December 2026 to 17 December 2026, 1 week later." in both
    assert FALLS in first
    assert "The review" not in first


def test_a_new_file_and_one_that_is_gone_are_told(repo: Repo) -> None:
    (repo.root / PLAN).unlink()
    repo.write("records/students/2TST/meetings/2026-11-02.yml", "state: draft\ndate: 2026-11-02\ntype: informal\n")
    told = run("diff", "--campus", repo.root, *DAY).out
    assert "Provision plan removed." in told
    assert "Informal meeting on 2 November 2026." in told


WITHDRAWN = """withdrawn:
  - id: summary
    record: students/2TST/plan
    pointer: /summary
    on: 2026-11-02
    reason: It was about somebody else.
"""


@pytest.mark.parametrize("output", ["text", "markdown", "json"])
def test_what_is_withdrawn_is_in_no_comparison_whether_it_went_or_came(repo: Repo, output: str) -> None:
    ask = ("diff", "2026-09-09", "--campus", repo.root, "--format", output, *DAY)
    repo.change("\nsummary: ", "\nsummary: Quartermaine. ")
    repo.change(*FEWER)
    assert "Quartermaine" in run(*ask).out
    repo.write("records/withdrawn.yml", WITHDRAWN)
    for _ in range(2):
        told = run(*ask)
        assert "Quartermaine" not in told.out + told.err
        assert "Eli reads slowly" not in told.out + told.err
        assert "now 2 sessions of 20 minutes a week" in told.out
        assert told.err == f"{PLAN}: what was withdrawn is left out (records/withdrawn.yml).\n"
        repo.commit("2026-11-02")


def test_that_something_was_withdrawn_is_not_told_to_whom_it_is_told_as(repo: Repo) -> None:
    repo.change("\nsummary: ", "\nsummary: Quartermaine. ")
    repo.write("records/withdrawn.yml", WITHDRAWN)
    told = run("diff", "--campus", repo.root, "--for", "p-4ddd", *DAY)
    assert (told.out, told.err) == ("Nothing has changed.\n", "")


@pytest.mark.parametrize("broken", ["withdrawn: [", "withdrawn: 3\n", WITHDRAWN.replace("record:", "recrod:")])
def test_while_it_can_not_be_known_what_is_withdrawn_nothing_is_compared(repo: Repo, broken: str) -> None:
    repo.change(*FEWER)
    repo.write("records/withdrawn.yml", broken)
    assert "what is withdrawn is not known" in run("diff", "--campus", repo.root, *DAY).sentence


def test_only_one_students_changes_are_told_if_one_is_named(repo: Repo) -> None:
    repo.change(*FEWER)
    repo.change("name: Paired", "name: Old paired", "records/interventions/paired-reading.yml")
    assert "Intervention" in run("diff", "--campus", repo.root, *DAY).out
    assert "Intervention" not in run("diff", "--campus", repo.root, "--student", "2tst", *DAY).out
    assert "There is no student “7Q4K”" in run("diff", "--campus", repo.root, "--student", "7q4k", *DAY).sentence
    assert "not a student's id" in run("diff", "--campus", repo.root, "--student", "../x", *DAY).sentence


def test_a_student_who_has_left_is_known_where_they_left(repo: Repo) -> None:
    shutil.rmtree(repo.root / "records/students/2TST")
    told = run("diff", "--campus", repo.root, "--student", "2TST", *DAY)
    assert "Provision plan removed." in told.out
    assert told.code == 0


@pytest.mark.slow
def test_a_person_is_told_of_what_they_may_see_and_of_nothing_else(tmp_path: Path) -> None:
    top = tmp_path / "campus"
    repo = Repo(top, copy_example(top))
    repo.git("init", "--quiet")
    repo.commit("2026-09-09")
    plan = "records/students/7NVF/plan.yml"
    repo.change("\nsenco_notes: >-\n", "\nsenco_notes: >-\n  Quartermaine.\n", plan)
    repo.change("\nsummary: >-\n", "\nsummary: >-\n  Anew.\n", plan)
    ask = ("diff", "--campus", repo.root, "--format")
    for output in ("text", "markdown", "json"):
        assert "Quartermaine" in run(*ask, output, *DAY).out
        told = run(*ask, output, "--for", "p-1ge7", *DAY).out
        assert "Anew" in told
        assert "Quartermaine" not in told
    for person, sees in (("p-gba7", True), ("p-r4jh", False), ("3QNM", False)):
        told = run(*ask, "text", "--for", person, *DAY).out
        assert ("Anew" in told, "Quartermaine" in told) == (sees, sees), person


def test_what_was_taken_back_and_removed_later_is_not_told_of_versions_before(repo: Repo) -> None:
    """And to staff the words carry their mark, as on the page."""
    words = "student_voice:\n  - id: worry\n    on: 2026-09-01\n    text: Of a past worry.\n    share_with_family: {}\n"
    plan = (repo.root / PLAN).read_text(encoding="utf-8")
    for day, share in (("2026-10-01", "true"), ("2026-10-02", "false")):
        repo.write(PLAN, plan.replace("student_voice:\n", words.format(share)))
        repo.commit(day)
    repo.write(PLAN, plan)
    repo.commit("2026-10-03")
    ask = ("diff", "2026-09-09..2026-10-01", "--campus", repo.root, *DAY)
    assert "Of a past worry" not in run(*ask, "--for", "p-4ddd").out
    assert "Not for the family: " in run(*ask).out


def test_json_holds_the_facts_by_place_and_the_sentences(repo: Repo) -> None:
    repo.change(*FEWER)
    (row,) = json.loads(run("diff", "--campus", repo.root, "--format", "json", *DAY).out)
    assert row == {
        "student": "2TST",
        "record": "students/2TST/plan",
        "kind": "plan",
        "events": [{"change": "changed", "place": "/provision/reading/sessions_per_week", "before": 3, "after": 2}],
        "passages": [{"heading": "Provision", "sentences": [FALLS]}],
    }


def test_in_markdown_what_stands_in_the_records_is_text(repo: Repo) -> None:
    repo.change("Reads with an adult before registration.", "<b>Loud</b> *now* [see](http://x.example)#1")
    told = run("diff", "--campus", repo.root, "--format", "markdown", *DAY).out
    assert told.startswith("## 2TST (Eli)\n\n### Provision plan\n\n#### Provision\n\n- ")
    assert r"\<b\>Loud\</b\> \*now\* \[see\](http://x.example)\#1" in told


def test_a_conflict_in_a_record_is_a_finding_and_the_rest_is_compared(repo: Repo) -> None:
    repo.change("year_group:", "<<<<<<< HEAD\nyear_group:", HEADER)
    repo.change(*FEWER)
    told = run("diff", "--campus", repo.root, *DAY)
    assert FALLS in told.out
    assert "5:1  error  merge-conflict" in told.err
    assert "git could not join them" in told.err
    assert told.code == 1


def test_a_merge_that_stopped_halfway_is_told_and_the_rest_is_compared(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.changed("2026-10-01", "sessions_per_week: 3", "sessions_per_week: 4")
    repo.git("checkout", "--quiet", "main")
    repo.changed("2026-10-02", *FEWER)
    with pytest.raises(subprocess.CalledProcessError):
        repo.git("merge", "proposal", day="2026-10-03")
    repo.change("known_as: Eli", "known_as: Elias", HEADER)
    told = run("diff", "--campus", repo.root, *DAY)
    assert "known as now reads" in told.out
    assert f"{PLAN}\n  " in told.err
    assert "merge-conflict" in told.err
    assert told.code == 1


def test_a_record_that_could_not_be_read_then_is_named_and_left_out(repo: Repo) -> None:
    good = (repo.root / PLAN).read_text(encoding="utf-8")
    repo.write(PLAN, "summary: [")
    repo.commit("2026-10-01")
    repo.write(PLAN, good)
    told = run("diff", "--campus", repo.root, *DAY)
    assert told.out == "Nothing else has changed.\n"
    assert told.err == f"{PLAN} could not be read as it was then, so it is left out.\n"


@pytest.mark.parametrize(
    ("file", "old", "new"),
    [
        (PLAN, "\ntargets:", "\ntargets: 3\nothers:"),
        (PLAN, "state: agreed", "state: [agreed]"),
        (PLAN, "state: agreed", "state: approved"),
        (HEADER, "\nname:", "\nname: 3\nothers:"),
        ("records/people/p-1aaa.yml", "\nname:", "\nname: 3\nothers:"),
        ("records/campus.yml", "\nmeasures:", "\nmeasures: 3\nothers:"),
    ],
)
def test_a_record_of_another_form_is_a_finding_and_the_rest_is_compared(
    repo: Repo, file: str, old: str, new: str
) -> None:
    repo.change("Having time to finish.", "Having all the time it takes.", "records/students/2TST/profile.yml")
    repo.change(old, new, file)
    told = run("diff", "--campus", repo.root, *DAY)
    assert "Having all the time it takes" in told.out
    assert "approved" not in told.out
    assert f"{file}\n" in told.err
    assert "Traceback" not in told.err
    assert told.code == 1


def test_what_is_wrong_is_told_without_its_words_where_it_may_end_in_a_log(repo: Repo) -> None:
    """What is told goes to one place, and what went wrong to another: often the log of whatever ran it."""
    repo.change("state: agreed", "state: quixotic", PLAN)
    told = run("diff", "--campus", repo.root, *DAY)
    assert PLAN in told.err
    assert "quixotic" not in told.err


def test_a_word_that_no_schema_knows_today_is_not_told_as_a_change(repo: Repo) -> None:
    good = (repo.root / PLAN).read_text(encoding="utf-8")
    repo.changed("2026-10-01", "state: agreed", "state: in_preparation")
    repo.write(PLAN, good)
    for asked in ("2026-10-01", "2026-09-09..2026-10-01"):
        told = run("diff", asked, "--campus", repo.root, *DAY)
        assert told.out == "Nothing else has changed.\n"
        assert told.err == f"{PLAN} could not be read as it was then, so it is left out.\n"


def test_a_field_that_no_schema_knows_today_is_told_to_who_sees_all_of_it(repo: Repo) -> None:
    good = (repo.root / PLAN).read_text(encoding="utf-8")
    repo.write(PLAN, good.replace("state: agreed\n", "whim: Quartermaine\nstate: agreed\n", 1))
    repo.commit("2026-10-01")
    repo.write(PLAN, good)
    told = run("diff", "--campus", repo.root, *DAY)
    assert "Quartermaine" in told.out
    assert told.err == ""
    assert run("diff", "--campus", repo.root, "--for", "p-4ddd", *DAY).out == "Nothing has changed.\n"


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("nothing-such", "names no commit here"),
        ("HEAD~1..nothing-such", "names no commit here"),
        ("A...B", "has three dots"),
        ("2020-01-01", "begins on 2026-09-09"),
        ("2026-13-45", "is not a real date"),
        ("2026-02-30..HEAD", "is not a real date"),
    ],
)
def test_what_names_no_version_is_told_in_one_sentence(repo: Repo, revision: str, said: str) -> None:
    repo.commit("2026-10-01")
    assert said in run("diff", revision, "--campus", repo.root, *DAY).sentence


@pytest.mark.parametrize("asked", ["2030-01-01", "2026-11-24", "2026-09-09..2026-11-24", "2026-11-24..2026-09-09"])
def test_a_day_that_is_yet_to_come_is_told_and_not_answered_with_nothing(repo: Repo, asked: str) -> None:
    repo.changed("2026-10-01", *FEWER)
    assert "lies ahead: the day here is 2026-11-23." in run("diff", asked, "--campus", repo.root, *DAY).sentence
    assert run("diff", asked, "--campus", repo.root, "--as-of", "2030-01-01").code == 0
    if ".." not in asked:
        assert "lies ahead" in run("check", "--since", asked, "--campus", repo.root, *DAY).sentence


def test_the_day_itself_may_be_named(repo: Repo) -> None:
    repo.change(*FEWER)
    assert FALLS in run("diff", "2026-11-23", "--campus", repo.root, *DAY).out


def test_a_revision_that_looks_like_an_option_of_git_reaches_it_as_none(repo: Repo, tmp_path: Path) -> None:
    told = run("diff", "--campus", repo.root, *DAY, "--", f"--output={tmp_path / 'leak'}")
    assert "names no commit here" in told.sentence
    assert not (tmp_path / "leak").exists()


def test_a_campus_in_no_repository_says_how_to_begin_one(tmp_path: Path) -> None:
    root = Repo.begun(tmp_path / "campus").root
    (root / ".git").rename(tmp_path / "elsewhere")
    assert "git init" in run("diff", "--campus", root, *DAY).sentence


def test_before_the_first_commit_it_says_to_commit(tmp_path: Path) -> None:
    repo = Repo.begun(tmp_path / "campus")
    repo.git("update-ref", "-d", "HEAD")
    assert "Commit first" in run("diff", "--campus", repo.root, *DAY).sentence


def test_while_records_have_errors_nobody_elses_sight_is_guessed(repo: Repo) -> None:
    repo.change("grants:", "grant:", "records/access.yml")
    assert "Run sendbook check first" in run("diff", "--campus", repo.root, "--for", "p-3ccc", *DAY).sentence


def test_an_unknown_format_is_told(repo: Repo) -> None:
    assert "Formats: text, markdown, json" in run("diff", "--campus", repo.root, "--format", "xml", *DAY).sentence


def test_whose_record_it_is_stands_in_the_heading_on_the_own_screen(repo: Repo) -> None:
    """By name and id; two colleagues who changed are two headings that can be told apart."""
    repo.change("job_title: SENDCo", "job_title: Deputy head", "records/people/p-1aaa.yml")
    told = run("diff", "--campus", repo.root, *DAY).out
    assert "Person: Ms Senco (p-1aaa)" in told
