"""Nothing that was agreed is gone without a word, whatever took it: a file, a folder, an edit, a schema or a merge."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.agreed import counts, entries
from sendbook.checks.changes import check_changes
from sendbook.kinds.rule_book import RULE_BOOK
from tests.cli.kit import DAY, run
from tests.history.kit import HEADER, PLAN, Repo

ON = date(2026, 11, 23)
STUDENT = "records/students/2TST"
PROFILE = f"{STUDENT}/profile.yml"
MEETING = f"{STUDENT}/meetings/2026-09-09.yml"
READING = "records/interventions/paired-reading.yml"
STEPS = "records/accessibility-plan.yml"
REPORT = "handbook/send-information-report.md"
SECOND = MEETING.replace("2026-09-09", "2026-11-10")
NOTES = (
    "id: 2026-11-10\nstate: agreed\ndate: 2026-11-10\ntype: parent_review\nled_by: p-3ccc\n"
    "shared_with_family_on: 2026-11-12\n"
)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo.begun(tmp_path)


def found(repo: Repo, registry: SchemaRegistry, since: str = "HEAD") -> list[tuple[str, str]]:
    findings = check_changes(CampusFolder(repo.root, registry), since, ON, RULE_BOOK)
    assert all(finding.message.endswith(".") and finding.remedy.endswith(".") for finding in findings)
    return [(finding.code, finding.path) for finding in findings]


@pytest.mark.sample(5)
@pytest.mark.parametrize("path", [PLAN, PROFILE, MEETING, HEADER, READING, STEPS])
@pytest.mark.parametrize("committed", [False, True])
def test_a_record_that_counted_and_is_gone_is_found(
    path: str, committed: bool, repo: Repo, registry: SchemaRegistry
) -> None:
    begin = repo.git("rev-parse", "HEAD")
    repo.git("rm", "-r", "--quiet", path)
    if committed:
        repo.commit("2026-11-20")
    assert found(repo, registry, begin) == [("CHG-03", path)]


def test_all_records_of_a_kind_are_each_found(repo: Repo, registry: SchemaRegistry) -> None:
    repo.write(SECOND, NOTES)
    repo.commit("2026-11-12")
    repo.git("rm", "-r", "--quiet", f"{STUDENT}/meetings")
    assert found(repo, registry) == [("CHG-03", MEETING), ("CHG-03", SECOND)]


def test_a_record_whose_kind_no_schema_describes_any_more_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    lost = f"{STUDENT}/risk-assessment.yml"
    repo.write(lost, "id: a\n")
    repo.commit("2026-11-12")
    repo.git("rm", "--quiet", lost)
    assert found(repo, registry) == [("CHG-03", lost)]


def test_a_record_agreed_since_and_gone_by_now_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    begin = repo.git("rev-parse", "HEAD")
    repo.write(SECOND, NOTES)
    repo.commit("2026-11-12")
    repo.git("rm", "--quiet", SECOND)
    repo.commit("2026-11-20")
    assert found(repo, registry, begin) == [("CHG-03", SECOND)]


def test_a_record_that_was_moved_is_found_with_where_it_is(repo: Repo, registry: SchemaRegistry) -> None:
    moved = MEETING.replace("2026-09-09", "2026-09-10")
    repo.git("mv", MEETING, moved)
    (finding,) = check_changes(CampusFolder(repo.root, registry), "HEAD", ON, RULE_BOOK)
    assert (finding.code, finding.path, finding.found) == ("CHG-03", MEETING, moved)


def test_a_draft_that_is_gone_counts_for_nothing(repo: Repo, registry: SchemaRegistry) -> None:
    repo.write(SECOND, NOTES.replace("agreed", "draft"))
    repo.commit("2026-11-12")
    repo.git("rm", "--quiet", SECOND)
    assert found(repo, registry) == []


def test_a_students_folder_that_is_gone_is_found_once(repo: Repo, registry: SchemaRegistry) -> None:
    repo.git("rm", "-r", "--quiet", STUDENT)
    assert found(repo, registry) == [("CHG-04", STUDENT)]


def test_a_folder_whose_files_were_deleted_by_hand_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    shutil.rmtree(repo.root / STUDENT)
    assert found(repo, registry) == [("CHG-04", STUDENT)]


def test_a_students_folder_under_another_id_is_found_with_where_it_is(repo: Repo, registry: SchemaRegistry) -> None:
    repo.git("mv", STUDENT, "records/students/9QQQ")
    repo.change("id: 2TST", "id: 9QQQ", "records/students/9QQQ/student.yml")
    (finding,) = check_changes(CampusFolder(repo.root, registry), "HEAD", ON, RULE_BOOK)
    assert (finding.code, finding.path, finding.found) == ("CHG-04", STUDENT, "records/students/9QQQ")


@pytest.mark.parametrize(("last_day", "code"), [("2026-11-23", "CHG-04"), ("2026-11-22", "CHG-09")])
def test_the_folder_of_who_has_left_asks_for_attention_from_the_day_after_the_last(
    last_day: str, code: str, repo: Repo, registry: SchemaRegistry
) -> None:
    begin = repo.git("rev-parse", "HEAD")
    repo.changed(
        "2026-11-20", "on_roll:\n  from: 2025-09-04\n", f"on_roll:\n  from: 2025-09-04\n  until: {last_day}\n", HEADER
    )
    assert found(repo, registry, begin) == []
    repo.git("rm", "-r", "--quiet", STUDENT)
    assert found(repo, registry, begin) == [(code, STUDENT)]


WITHDRAWN = (
    "withdrawn:\n  - id: erased\n    record: students/2TST/{}\n    on: 2026-11-20\n    reason: Filed by mistake.\n"
)


@pytest.mark.parametrize(("gone", "named"), [(STUDENT, "student"), (PLAN, "plan"), (MEETING, "meetings/2026-09-09")])
def test_what_was_withdrawn_with_a_reason_may_be_gone(
    gone: str, named: str, repo: Repo, registry: SchemaRegistry
) -> None:
    repo.git("rm", "-r", "--quiet", gone)
    repo.write("records/withdrawn.yml", WITHDRAWN.format(named))
    assert found(repo, registry) == []


def test_a_withdrawal_that_is_gone_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    repo.write("records/withdrawn.yml", WITHDRAWN.format("plan"))
    repo.commit("2026-11-20")
    repo.git("rm", "--quiet", "records/withdrawn.yml")
    assert found(repo, registry) == [("CHG-03", "records/withdrawn.yml")]


@pytest.mark.parametrize("path", [PLAN, PROFILE, MEETING])
def test_what_was_agreed_and_is_an_empty_draft_is_found(path: str, repo: Repo, registry: SchemaRegistry) -> None:
    text = (repo.root / path).read_text(encoding="utf-8")
    empty = {
        PLAN: text.replace("state: agreed", "state: draft"),
        PROFILE: "state: draft\n",
        MEETING: text.replace("state: agreed", "state: draft"),
    }[path]
    repo.write(path, empty)
    assert found(repo, registry) == [("CHG-05", path)]


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (PLAN, "    progress:\n      - value: 68\n        on: 2026-10-21\n", "    progress:\n"),
        (PROFILE, "matters:\n  - id: time\n    text: Having time to finish.\n", ""),
        (HEADER, "rights:\n  - id: parents\n", "rights:\n  - id: carers\n"),
        (HEADER, "family:\n  - id: mother\n", "family:\n  - id: mum\n"),
        (STEPS, "AP-2024-27-A-01", "AP-2024-27-A-09"),
        (STEPS, "related:\n  - id: report\n", "related:\n  - id: information\n"),
    ],
)
def test_an_entry_that_is_gone_is_found(path: str, old: str, new: str, repo: Repo, registry: SchemaRegistry) -> None:
    repo.change(old, new, path)
    assert found(repo, registry) == [("CHG-06", path)]


PERSON = "records/people/p-3ccc.yml"
SHARE = (
    "shares:\n  - id: therapist\n    student: 2TST\n    person: p-3ccc\n    kind: plan\n    parts: [plan]\n"
    "    from: 2026-09-01\n"
    "    until: 2026-12-18\n    basis: public_task\n    reason: Works with the student.\n    approved_by: p-2bbb\n"
)


def _without_first(repo: Repo, path: str, field: str) -> None:
    """Takes the first entry out of a list of a record, or the field if it is no list."""
    data = yaml.safe_load((repo.root / path).read_text(encoding="utf-8"))
    if isinstance(data[field], list):
        data[field] = data[field][1:]
    else:
        del data[field]
    repo.write(path, yaml.safe_dump(data, sort_keys=False))


@pytest.mark.parametrize("path", [PERSON, "records/access.yml"])
@pytest.mark.parametrize("way", ["deleted", "renamed"])
def test_a_person_or_the_policy_that_is_gone_is_found(
    path: str, way: str, repo: Repo, registry: SchemaRegistry
) -> None:
    if way == "deleted":
        repo.git("rm", "--quiet", path)
    else:
        repo.git("mv", path, path.replace("p-3ccc", "p-9zzz").replace("access", "access-old"))
    assert ("CHG-03", path) in found(repo, registry)


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    ("path", "field"),
    [
        (PERSON, "staff"),
        ("records/access.yml", "grants"),
        ("records/access.yml", "shares"),
        ("records/campus.yml", "teaching_groups"),
        ("records/campus.yml", "tutor_groups"),
        ("records/campus.yml", "contacts"),
    ],
)
def test_what_is_gone_of_people_groups_and_access_is_found_unless_it_is_meant(
    path: str, field: str, repo: Repo, registry: SchemaRegistry
) -> None:
    if field == "shares":
        repo.write(path, (repo.root / path).read_text(encoding="utf-8") + SHARE)
        repo.commit("2026-09-10")
    _without_first(repo, path, field)
    assert found(repo, registry) == [("CHG-06", path)]
    told = run("check", "--campus", repo.root, "--since", "HEAD", "--format", "github", *DAY)
    assert "CHG-06" in told.out
    record = path.removeprefix("records/").removesuffix(".yml")
    waiver = (
        f"waivers:\n  - id: meant\n    rule: CHG-06\n    record: {record}\n    reason: It ended years ago.\n"
        "    owner: p-1aaa\n    until: {}\n"
    )
    repo.write("records/waivers.yml", waiver.format("2026-11-23"))
    assert "CHG-06" not in run("check", "--campus", repo.root, "--since", "HEAD", *DAY).out
    repo.write("records/waivers.yml", waiver.format("2026-11-22"))
    assert "CHG-06" in run("check", "--campus", repo.root, "--since", "HEAD", *DAY).out, "its last day is over"


def test_one_of_the_named_contacts_that_is_gone_is_found_and_another_in_the_same_place_is_not(
    repo: Repo, registry: SchemaRegistry
) -> None:
    path = "records/campus.yml"
    text = (repo.root / path).read_text(encoding="utf-8")
    named = text.replace("  principal: p-2bbb\n", "  principal: p-2bbb\n  dsl: p-1aaa\n")
    repo.write(path, named)
    repo.commit("2026-09-10")
    repo.write(path, named.replace("dsl: p-1aaa", "dsl: p-2bbb"))
    assert found(repo, registry) == []
    repo.write(path, text)
    assert found(repo, registry) == [("CHG-06", path)]


def test_what_ends_with_a_date_stays_and_is_silent(repo: Repo, registry: SchemaRegistry) -> None:
    path = repo.root / "records" / "access.yml"
    repo.write("records/access.yml", path.read_text(encoding="utf-8") + SHARE)
    repo.commit("2026-09-10")
    repo.change("until: 2026-12-18", "until: 2026-11-20", "records/access.yml")
    assert found(repo, registry) == []


def test_an_entry_added_since_and_gone_by_now_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    begin = repo.git("rev-parse", "HEAD")
    more = "matters:\n  - id: quiet\n    text: Quiet.\n"
    repo.changed("2026-11-10", "matters:\n", more, PROFILE)
    repo.changed("2026-11-12", more, "matters:\n", PROFILE)
    assert found(repo, registry, begin) == [("CHG-06", PROFILE)]


def test_entries_may_go_where_all_have_agreed_anew(repo: Repo, registry: SchemaRegistry) -> None:
    repo.change("state: agreed\n", "state: agreed\nagreed_on: 2026-11-20\n", PROFILE)
    repo.change("matters:\n  - id: time\n    text: Having time to finish.\n", "", PROFILE)
    assert found(repo, registry) == []


def test_steps_of_the_last_cycle_may_go_with_a_new_one(repo: Repo, registry: SchemaRegistry) -> None:
    repo.change("  end: 2027-03-31", "  end: 2030-03-31", STEPS)
    repo.change("AP-2024-27-A-01", "AP-2027-30-A-01", STEPS)
    assert found(repo, registry) == []


def test_an_approved_page_that_is_gone_or_says_so_no_more_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    repo.git("rm", "--quiet", REPORT)
    assert found(repo, registry) == [("CHG-07", REPORT)]
    repo.git("reset", "--quiet", "--hard")
    text = (repo.root / REPORT).read_text(encoding="utf-8")
    repo.write(REPORT, "\n".join(line for line in text.split("\n") if not line.startswith("approved_on")))
    assert found(repo, registry) == [("CHG-07", REPORT)]


def test_a_page_that_was_only_renamed_is_there(repo: Repo, registry: SchemaRegistry) -> None:
    repo.git("mv", REPORT, "handbook/13-report.md")
    assert found(repo, registry) == []


def side(repo: Repo, *, path: str = SECOND, text: str = NOTES) -> str:
    """A branch that adds a record, or writes one anew, beside a main line that goes on; answers where they part."""
    begin = repo.git("rev-parse", "HEAD")
    repo.git("checkout", "--quiet", "-b", "side")
    repo.write(path, text)
    repo.commit("2026-11-10")
    repo.git("checkout", "--quiet", "main")
    repo.changed("2026-11-11", "summary: Eli reads", "summary: Eli now reads")
    return begin


def merge(repo: Repo, *how: str) -> None:
    repo.git("merge", "--quiet", "--no-edit", "--no-ff", *how, "side", day="2026-11-12")


@pytest.mark.parametrize("since", ["begin", "main", "side"])
def test_a_merge_that_kept_one_side_is_found_from_wherever_it_is_looked_at(
    since: str, repo: Repo, registry: SchemaRegistry
) -> None:
    begin = side(repo)
    before = {"begin": begin, "main": repo.git("rev-parse", "main"), "side": repo.git("rev-parse", "side")}[since]
    merge(repo, "-s", "ours")
    codes = {code for code, path in found(repo, registry, before) if path == SECOND}
    assert codes == ({"CHG-03"} if since == "side" else {"CHG-08"})


def test_a_merge_that_dropped_a_changed_field_is_found_where_it_is(repo: Repo, registry: SchemaRegistry) -> None:
    plan = (repo.root / PLAN).read_text(encoding="utf-8")
    begin = side(repo, path=PLAN, text=plan.replace("sessions_per_week: 3", "sessions_per_week: 5"))
    merge(repo, "-s", "ours")
    (finding,) = check_changes(CampusFolder(repo.root, registry), begin, ON, RULE_BOOK)
    assert (finding.code, finding.path, finding.line) == ("CHG-08", PLAN, 40)
    assert finding.found == "provision/reading/sessions_per_week"


def test_a_merge_waiting_to_be_committed_is_found_too(repo: Repo, registry: SchemaRegistry) -> None:
    begin = side(repo)
    merge(repo, "--no-commit", "-s", "ours")
    assert found(repo, registry, begin) == [("CHG-08", SECOND)]


def test_a_merge_that_dropped_a_page_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    page = (repo.root / REPORT).read_text(encoding="utf-8")
    begin = side(repo, path=REPORT, text=page + "\nMore.\n")
    merge(repo, "-s", "ours")
    assert found(repo, registry, begin) == [("CHG-08", REPORT)]


def test_a_merge_of_both_sides_is_silent_and_so_is_one_that_was_mended(repo: Repo, registry: SchemaRegistry) -> None:
    begin = side(repo)
    merge(repo)
    assert found(repo, registry, begin) == []
    repo.git("reset", "--quiet", "--hard", "HEAD~1")
    merge(repo, "-s", "ours")
    repo.write(SECOND, NOTES)
    assert found(repo, registry, begin) == []


def test_what_one_side_took_out_with_a_reason_stays_out_after_the_merge(repo: Repo, registry: SchemaRegistry) -> None:
    begin = side(repo)
    repo.change("state: agreed\n", "state: agreed\nagreed_on: 2026-11-11\n", PROFILE)
    repo.changed("2026-11-11", "matters:\n  - id: time\n    text: Having time to finish.\n", "", PROFILE)
    merge(repo)
    assert found(repo, registry, begin) == []


def test_check_since_fails_where_something_agreed_is_gone(repo: Repo) -> None:
    repo.git("rm", "-r", "--quiet", STUDENT)
    told = run("check", "--campus", repo.root, "--since", "HEAD", *DAY)
    assert told.code == 1
    assert "All records of a student who is on roll have been removed." in told.out


def test_each_loss_rule_has_a_test_and_stands_in_the_documentation() -> None:
    here = Path(__file__).read_text(encoding="utf-8")
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    for rules in RULE_BOOK.losses.values():
        for rule in rules:
            assert rule.id in here
            assert not text or f"| {rule.id} | {rule.title} | {rule.severity} | {rule.citation} |" in text


names = st.lists(st.sampled_from("abcdef"), unique=True)


@given(names, names, names)
def test_every_entry_of_every_list_with_keys_is_known(
    registry: SchemaRegistry, needs: list[str], targets: list[str], on: list[str]
) -> None:
    data = {
        "state": "agreed",
        "needs": [{"id": name} for name in needs],
        "targets": [{"id": name, "progress": [{"on": day, "value": 1} for day in on]} for name in targets],
    }
    plan = Record(id="students/2TST/plan", kind="plan", student="2TST", path=PLAN, digest="", data=data)
    assert counts(plan)
    assert entries(plan, registry.kinds["plan"].root) == {
        *(("needs", name) for name in needs),
        *(("targets", name) for name in targets),
        *(("targets", name, "progress", day) for name in targets for day in on),
    }
