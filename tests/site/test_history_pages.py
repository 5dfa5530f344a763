"""What changed, and when: each reader's page tells what changed for them, and nothing of anything else."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from sendbook.access import student_file
from sendbook.access.remembered import no_wider
from sendbook.access.sight import Standing
from sendbook.bundle import Fragment
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Findings, Severity
from sendbook.history.lookback import Step
from sendbook.site.build.build import build
from sendbook.site.build.campus_history import campus_history
from sendbook.site.build.changes import parted
from tests.cli.kit import small_campus
from tests.conftest import ON
from tests.site.history_kit import STUDENT, TODAY, KeptCampus, Told, days
from tests.site.small_student import is_sound

MOTHER, FATHER, SENCO, TEACHER = "p-1ge7", "p-b7gq", "p-gba7", "p-kp3j"
PLAN = "students/7NVF/plan"
STAFF_MAY_NOT_SEE = "November result of the task-time target still to be entered"


@pytest.fixture(scope="module")
def made(example_repository: Path, tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> KeptCampus:
    root = tmp_path_factory.mktemp("history") / "campus"
    shutil.copytree(example_repository, root)
    return KeptCampus(root, registry)


@pytest.fixture(scope="module")
def told(made: KeptCampus) -> Told:
    return made.told()


@pytest.fixture
def campus(made: KeptCampus, tmp_path: Path) -> KeptCampus:
    shutil.copytree(made.root, tmp_path / "campus")
    return KeptCampus(tmp_path / "campus", made.registry)


def text(page: str) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)).replace("\N{NO-BREAK SPACE}", " ")


@pytest.mark.slow
def test_what_changed_names_the_other_mother_of_one_household_and_no_colleague_as_family(made: KeptCampus) -> None:
    told = made.told("HK9B")
    pages = {reader: text(told.history(reader)) for reader in ("p-1db7", "p-7g17")}
    assert "Catrin Penhaligon said on 19 October 2026" in pages["p-7g17"]
    assert "said on 20 October 2026" in pages["p-1db7"]
    for page in pages.values():
        assert "omeone said" not in page
        assert "A family member said" not in page


def test_a_mother_reads_what_changed_since_they_met_then_the_single_days_newest_first(told: Told) -> None:
    page = told.history(MOTHER)
    assert "Since we last met" in page
    assert "We met on 24 September 2026." in text(page)
    assert "Homework club: now 3 sessions of 45 minutes a week, was 2" in text(page)
    found = days(page)
    since, before = [day for day in found if day > "2026-09-24"], [day for day in found if day <= "2026-09-24"]
    assert found == [*since, *before]
    assert since == sorted(since, reverse=True)
    assert before == sorted(before, reverse=True)
    assert {"2026-11-20", "2026-10-12", "2026-09-24"} <= set(found)
    is_sound(page)


@pytest.mark.slow
def test_a_change_under_a_clock_that_went_back_is_told_on_the_day_it_can_have_been_recorded(campus: KeptCampus) -> None:
    for day, minutes in (("2026-11-25", 44), ("2026-10-25", 43), ("2026-11-26", 42)):
        campus.change(PLAN, f"minutes: {minutes + 1}", f"minutes: {minutes}")
        campus.commit(day)
    told = campus.told()
    page = told.history(SENCO)
    assert days(page)[:2] == ["2026-11-26", "2026-11-25"]
    of_the_day = text(page.partition('id="on-2026-11-25"')[2].partition('id="on-2026-11-2')[0])
    assert "now 3 sessions of 43 minutes a week, was 45 minutes each" in of_the_day
    said = "A computer's clock was wrong: it said Sunday 25 October 2026."
    assert said in of_the_day
    assert text(page).count("clock was wrong") == 1
    for reader in (MOTHER, FATHER, TEACHER, STUDENT):
        assert "clock" not in text(told.history(reader))


@pytest.mark.slow
def test_a_change_under_a_clock_ahead_of_today_is_told_today(campus: KeptCampus) -> None:
    campus.change(PLAN, "minutes: 45", "minutes: 40")
    campus.commit("2027-05-01")
    page = campus.told().history(SENCO)
    assert days(page)[0] == TODAY.isoformat()
    assert "it said Saturday 1 May 2027" in text(page)


@pytest.mark.parametrize(
    ("days", "then", "since"),
    [
        ("20 25 26 27", 1, "26 27"),
        ("20 26 25 27", 2, "27"),  # a clock that ran ahead
        ("20 26 27 25", 3, ""),
        ("24 20 26 27", 1, "26 27"),
        ("26 27", None, "26 27"),
        ("20 25", 1, ""),
    ],
)
def test_what_came_since_a_meeting_is_what_was_recorded_after_it_also_where_clocks_disagree(
    days: str, then: int | None, since: str
) -> None:
    steps = [Step(day=f"2026-11-{day}", before={}, after={}, events=()) for day in days.split()]
    before, after = parted(steps, "2026-11-25")
    assert before is (None if then is None else steps[then])
    assert [step.day for step in after] == [f"2026-11-{day}" for day in since.split()]
    assert parted(steps, None) == (None, steps)


@pytest.mark.slow
def test_a_change_under_a_clock_that_said_the_day_of_the_meeting_came_after_it(campus: KeptCampus) -> None:
    """The record shows which came first, whatever the clock of the second said."""
    for day, minutes in (("2026-11-25", 44), ("2026-09-24", 43), ("2026-11-26", 42)):
        campus.change(PLAN, f"minutes: {minutes + 1}", f"minutes: {minutes}")
        campus.commit(day)
    page = campus.told().history(MOTHER)
    assert days(page)[:2] == ["2026-11-26", "2026-11-25"]
    assert text(page).count("Homework club: now 3 sessions of 43 minutes a week, was 45 minutes each") == 1


def test_what_is_different_since_the_meeting_is_told_once_and_not_day_by_day(told: Told) -> None:
    together = text(told.history(MOTHER).partition("Day by day")[0])
    assert together.count("Feelings check-in:") == 1
    assert "45 of 49 planned sessions" in together
    assert "37 of 39 planned sessions" not in together
    assert "37 of 39 planned sessions" in text(told.history(MOTHER))


@pytest.mark.parametrize("reader", [MOTHER, FATHER, TEACHER, STUDENT])
def test_a_day_on_which_only_what_a_reader_may_not_see_changed_is_not_there(reader: str, told: Told) -> None:
    assert "2026-11-16" in days(told.history(SENCO))
    assert STAFF_MAY_NOT_SEE in told.history(SENCO)
    assert "2026-11-16" not in days(told.history(reader))
    assert STAFF_MAY_NOT_SEE not in "".join(told.pages(reader).values())


@pytest.mark.parametrize("reader", [MOTHER, TEACHER, STUDENT])
def test_drafts_are_never_listed_for_those_who_see_agreed_plans_only(reader: str, told: Told) -> None:
    assert {"2026-09-04", "2026-09-18"} <= set(days(told.history(SENCO)))
    assert "Next plan (draft)" in told.history(SENCO)
    page = told.history(reader)
    assert not {"2026-09-04", "2026-09-18"} & set(days(page))
    assert "draft" not in page.lower()
    assert "New plan: " in text(page)


def test_one_household_does_not_read_what_the_other_undertook(told: Told) -> None:
    assert "Buy a sand timer for his desk" in text(told.history(FATHER))
    assert "Buy a sand timer for his desk" not in text(told.history(MOTHER))


def test_who_recorded_a_change_is_named_to_the_senco_alone(told: Told) -> None:
    assert "Recorded by Mr Whitfield" in text(told.history(SENCO))
    for reader, *_ in told.built.scopes:
        if reader != SENCO:
            assert "Recorded by" not in told.history(reader), reader


def test_nothing_of_git_is_in_any_byte_of_anybodys_pages(made: KeptCampus, told: Told) -> None:
    commits = made.git("log", "--format=%H").split()
    messages = [line for line in made.git("log", "--format=%s").splitlines() if "7NVF" in line or "Years" in line]
    blobs = re.findall(r"\b[0-9a-f]{40}\b", made.git("ls-tree", "-r", "HEAD", "records/students/7NVF"))
    for reader, *_ in told.built.scopes:
        everything = "".join(told.pages(reader).values())
        assert not [one for one in (*commits, *blobs) if one[:9] in everything], reader
        assert not [one for one in messages if one in text(everything)], reader


def test_a_hidden_change_moves_no_byte_and_no_name_of_pages_of_those_it_is_hidden_from(campus: KeptCampus) -> None:
    before = campus.told()
    campus.change(PLAN, "the mentor was away in the week of", "the mentor was on a course in the week of")
    campus.commit()
    after = campus.told()
    unchanged = {reader for reader, *_ in after.built.scopes if after.key(reader) == before.key(reader)}
    assert {MOTHER, FATHER, TEACHER, STUDENT} <= unchanged
    assert all(after.pages(reader) == before.pages(reader) for reader in unchanged)
    assert SENCO not in unchanged
    assert days(after.history(SENCO))[0] == "2026-11-23"


def test_a_change_that_was_hidden_in_the_past_is_hidden_in_every_version(campus: KeptCampus) -> None:
    """The same history with another text in a hidden field of every version: the mother's bytes stay."""
    before = campus.told()
    other = campus.root / "records/students/7NVF/student.yml"
    original = other.read_text(encoding="utf-8")
    notes = "Both parents are easy to work with, separately."
    for number, day in enumerate(("2026-11-25", "2026-11-26", "2026-11-23")):
        other.write_text(original.replace(notes, f"Version {number} of a note."), encoding="utf-8")
        campus.commit(day)
    after = campus.told()
    for reader in (MOTHER, TEACHER, STUDENT):
        assert after.key(reader) == before.key(reader)
        assert after.pages(reader) == before.pages(reader)


KEY_ADULT = "p-yg04"
SHARED_WORDS = "The timer is good cos"
UNSHARED = ("share_with_family: true", "share_with_family: false")


def test_what_a_student_no_longer_shares_is_in_no_version_the_family_reads(campus: KeptCampus, told: Told) -> None:
    assert any(SHARED_WORDS in page for page in told.pages(MOTHER).values())
    campus.change(PLAN, *UNSHARED)
    campus.commit("2026-11-26")
    later = campus.told()
    for reader in (MOTHER, FATHER, STUDENT):  # somebody who looks over the student's shoulder at home reads no more
        assert not [path for path, page in later.pages(reader).items() if SHARED_WORDS in page]
        assert "2026-11-26" not in days(later.history(reader))
    assert any(SHARED_WORDS in page for page in later.pages(KEY_ADULT).values())


def test_versions_gated_by_what_they_said_of_themselves_then_would_be_found(
    campus: KeptCampus, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The leak planted: what the test before this one asks for is then not so."""
    campus.change(PLAN, *UNSHARED)
    campus.commit("2026-11-26")
    monkeypatch.setattr(student_file, "with_conditions_of_today", lambda _kind, past, _today, _basis: past)
    assert "2026-11-26" in days(campus.told().history(MOTHER))


def test_a_meeting_that_turned_out_to_be_one_households_own_is_in_no_version_of_the_others(campus: KeptCampus) -> None:
    """It was recorded for both, then mended: the other household must not go on reading it in what was."""
    mother, father = "p-z1jb", "p-8wfy"
    meeting = campus.root / "records/students/8XA8/meetings/2026-10-06.yml"
    mended = meeting.read_text(encoding="utf-8")
    meeting.write_text(mended.replace(f"held_for: {mother}\n", ""), encoding="utf-8")
    campus.commit("2026-11-25")
    assert "6 October" in text(campus.told("8XA8").history(father))
    meeting.write_text(mended, encoding="utf-8")
    campus.commit("2026-11-23")
    after = campus.told("8XA8")
    assert not {"2026-11-25", "2026-11-23"} & set(days(after.history(father)))
    assert "6 October" not in text(after.history(father))
    assert "6 October" in text(after.history(mother))


def test_a_version_that_cannot_be_read_is_told_to_the_senco_alone(campus: KeptCampus) -> None:
    before = campus.told()
    plan = campus.root / "records/students/7NVF/plan.yml"
    sound = plan.read_bytes()
    plan.write_bytes(b"state: agreed\nstate: draft\n: {\n")
    campus.commit("2026-11-26")
    plan.write_bytes(sound)
    campus.commit("2026-11-23")
    after = campus.told()
    assert "can't be shown" in text(after.history(SENCO)).replace("&#39;", "'")
    assert days(after.history(SENCO))[0] == "2026-11-26"
    for reader in (MOTHER, FATHER, TEACHER, STUDENT):
        assert after.key(reader) == before.key(reader)
        assert after.pages(reader) == before.pages(reader)


def test_an_author_who_is_nobody_on_campus_is_not_named(campus: KeptCampus) -> None:
    campus.change(PLAN, "the mentor was away", "the mentor was ill")
    campus.commit(author="somebody@elsewhere.example")
    page = campus.told().history(SENCO)
    assert days(page)[0] == "2026-11-23"
    assert not [word for word in ("Xanthippe", "elsewhere.example", "Zymurgy") if word in page]
    assert page.count("Recorded by") < len(days(page))


def test_the_student_reads_it_in_the_first_person(told: Told) -> None:
    page = told.history(STUDENT)
    assert "What changed for me" in page
    assert "Since my last meeting" in page
    assert "The help I get" in page


def test_the_home_page_is_told_when_they_last_met_and_what_came_since(told: Told) -> None:
    assert told.facts(MOTHER)["changed"] == {"met": "2026-09-24", "days": 8, "last": "2026-11-20"}


def test_a_page_of_words_that_are_no_longer_so_is_not_searched(told: Told) -> None:
    pages = told.built.pages[told.key(MOTHER)].items()
    assert [path for path, one in pages if isinstance(one, Fragment) and one.search == ""] == [
        "/students/7NVF/history/"
    ]


def test_without_a_repository_there_is_no_such_page_and_no_word_about_it(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    findings = Findings()
    with campus_history(CampusFolder(tmp_path, registry), tmp_path / "state", findings, ON) as history:
        assert history is None
    assert [*findings] == []


def test_where_older_versions_are_missing_the_site_is_built_and_says_what_to_do(
    made: KeptCampus, tmp_path: Path, registry: SchemaRegistry
) -> None:
    made.git("clone", "-q", "--depth", "1", f"file://{made.root}", str(tmp_path / "shallow"))
    findings = Findings()
    with campus_history(CampusFolder(tmp_path / "shallow", registry), tmp_path / "state", findings, ON) as history:
        assert history is None
    (found,) = findings
    assert found.severity is Severity.WARNING
    assert "git fetch --unshallow" in found.message


@pytest.fixture
def small(tmp_path: Path, registry: SchemaRegistry) -> KeptCampus:
    campus = KeptCampus(small_campus(tmp_path / "small"), registry)
    campus.git("init", "-q")
    return campus


@pytest.mark.slow
def test_a_commit_takes_only_the_turn_of_its_student_and_building_again_none(
    small: KeptCampus, tmp_path: Path, registry: SchemaRegistry
) -> None:
    folder = CampusFolder(small.root, registry)
    first = build(folder, ON, tmp_path / "state")
    assert first.published
    small.git("add", "records", "handbook")
    small.commit()
    after_commit = build(folder, ON, tmp_path / "state")
    assert after_commit.rendered > 0
    again = build(folder, ON, tmp_path / "state")
    assert (again.published, again.rendered, again.readers) == (True, 0, 0)


def test_what_is_withdrawn_is_in_no_version_for_anybody(campus: KeptCampus) -> None:
    """A sentence put right on 12 November goes on standing in the past until it is withdrawn."""
    wrong = "Each room has its pouch."
    before = campus.told()
    assert any(wrong in before.history(reader) for reader in (MOTHER, SENCO, TEACHER))
    (campus.root / "records/withdrawn.yml").write_text(
        "withdrawn:\n  - id: pouches\n    record: students/7NVF/plan\n    pointer: /cycles/autumn/do/summary\n"
        "    on: 2026-11-20\n    by: p-gba7\n    reason: It was not so.\n",
        encoding="utf-8",
    )
    after = campus.told()
    for reader, *_ in after.built.scopes:
        assert wrong not in "".join(after.pages(reader).values()), reader
    assert "Timers are in use in five of eight subjects" in after.pages(MOTHER)["/students/7NVF/plan/"]
    assert "Homework club: now 3 sessions of 45 minutes a week, was 2" in text(after.history(MOTHER))


def test_who_is_held_to_what_they_had_is_told_no_more_of_the_past(made: KeptCampus, told: Told) -> None:
    """While access rules can't be read nobody gains anything, of today or of what was; others are told as before."""
    found: dict[str, Standing] = {}

    def noted(reader: str, stands: Standing) -> Standing:
        found[reader] = stands
        return stands

    made.told(cap=noted)
    capped = made.told(cap=lambda reader, stands: no_wider(stands, found[TEACHER if reader == SENCO else reader]))
    assert STAFF_MAY_NOT_SEE in told.history(SENCO)
    assert all(STAFF_MAY_NOT_SEE not in page for page in capped.pages(SENCO).values())
    assert capped.history(SENCO) == told.history(TEACHER)
    assert capped.history(MOTHER) == told.history(MOTHER)
    assert SENCO not in [row[0] for row in made.told(cap=lambda *_: None).built.scopes]
