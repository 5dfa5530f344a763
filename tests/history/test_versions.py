"""The versions of a student's records are those of git, read once, continued, and never more than that."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.strict_yaml import parse
from sendbook.errors import HistoryError
from sendbook.history import repository as repository_module
from sendbook.history.index import FILE, VersionIndex
from sendbook.history.repository import Repository
from sendbook.history.versions import History, Moment
from tests.history.kit import HEADER, PLAN, Repo


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    return Repo.begun(tmp_path / "campus")


def moments(repo: Repo, registry: SchemaRegistry, state: Path) -> tuple[Moment, ...]:
    with opened(repo, registry, state) as history:
        return history.moments("2TST")


def opened(repo: Repo, registry: SchemaRegistry, state: Path) -> History:
    history = History.open(repo.root, registry, state)
    assert history is not None
    return history


def minutes(moment: Moment) -> Any:
    return moment.records["students/2TST/plan"].data["provision"][0]["minutes"]


def test_every_commit_that_touched_the_student_is_a_moment(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    repo.changed("2026-10-02", "name: Paired", "name: Old paired", "records/interventions/paired-reading.yml")
    repo.changed("2026-10-05", "minutes: 30", "minutes: 25")
    found = moments(repo, registry, tmp_path / "state")
    assert [(moment.day, minutes(moment)) for moment in found] == [
        ("2026-09-09", 20),
        ("2026-10-01", 30),
        ("2026-10-05", 25),
    ]
    assert set(found[0].records) == {
        "students/2TST/plan",
        "students/2TST/profile",
        "students/2TST/student",
        "students/2TST/meetings/2026-09-09",
    }


def test_a_record_that_was_taken_away_is_gone_from_then_on(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    (repo.root / PLAN).unlink()
    repo.commit("2026-10-01")
    assert ["students/2TST/plan" in moment.records for moment in moments(repo, registry, tmp_path / "state")] == [
        True,
        False,
    ]


def test_an_index_continued_is_the_index_read_anew(repo: Repo, registry: SchemaRegistry, tmp_path: Path) -> None:
    continued = []
    for number in range(1, 5):
        repo.changed(f"2026-10-0{number}", f"minutes: {19 + number}", f"minutes: {20 + number}")
        with opened(repo, registry, tmp_path / "one") as history:
            continued.append((history.marks(), history.index.of_student("2TST")))
    with opened(repo, registry, tmp_path / "other") as anew:
        assert continued[-1] == (anew.marks(), anew.index.of_student("2TST"))
    assert len({str(marks) for marks, _ in continued}) == 4


def test_with_nothing_committed_since_git_is_asked_where_it_stands_and_nothing_else(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = moments(repo, registry, tmp_path / "state")
    asked: list[str] = []
    run = repository_module._run
    monkeypatch.setattr(
        repository_module, "_run", lambda root, arguments: asked.append(arguments[0]) or run(root, arguments)
    )
    with opened(repo, registry, tmp_path / "state") as history:
        monkeypatch.setattr(Repository, "blob", lambda *_: pytest.fail("a known version was read again"))
        assert history.moments("2TST") == before
    assert asked == ["rev-parse"]


def test_a_rewritten_history_is_read_anew_and_what_it_took_out_is_forgotten(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.changed("2026-10-01", "slowly and carefully", "like Wilfrid Quartermaine")
    moments(repo, registry, tmp_path / "state")
    assert b"Quartermaine" in everything_in(tmp_path / "state")
    repo.change("like Wilfrid Quartermaine", "well")
    repo.commit("2026-10-01", "--amend")
    found = moments(repo, registry, tmp_path / "state")
    assert [moment.records["students/2TST/plan"].data["summary"] for moment in found] == [
        "Eli reads slowly and carefully. We are working on pace.",
        "Eli reads well. We are working on pace.",
    ]
    assert b"Quartermaine" not in everything_in(tmp_path / "state")


def everything_in(folder: Path) -> bytes:
    return b"".join(path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file())


def test_the_line_of_history_is_the_campus_as_it_stood_whatever_was_merged(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    repo.changed("2026-10-02", "minutes: 30", "minutes: 35")
    repo.git("checkout", "--quiet", "main")
    repo.changed("2026-10-03", "known_as: Eli", "known_as: Elias", HEADER)
    moments(repo, registry, tmp_path / "state")
    repo.git("merge", "--quiet", "--no-ff", "-m", "Take it", "proposal", day="2026-10-08")
    found = moments(repo, registry, tmp_path / "state")
    assert [(moment.day, minutes(moment)) for moment in found] == [
        ("2026-09-09", 20),
        ("2026-10-03", 20),
        ("2026-10-08", 35),
    ]


def test_a_branch_that_took_main_in_and_became_it_is_read_anew(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    repo.git("checkout", "--quiet", "main")
    repo.changed("2026-10-03", "known_as: Eli", "known_as: Elias", HEADER)
    moments(repo, registry, tmp_path / "one")
    repo.git("checkout", "--quiet", "proposal")
    repo.git("merge", "--quiet", "-m", "Catch up", "main", day="2026-10-04")
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--ff-only", "proposal")
    continued = moments(repo, registry, tmp_path / "one")
    assert continued == moments(repo, registry, tmp_path / "other")
    assert [moment.day for moment in continued] == ["2026-09-09", "2026-10-01", "2026-10-04"]


@pytest.mark.parametrize(
    "broken",
    [
        "state: agreed\nsummary: [",
        "state: agreed\nsummary:\n  - a list\n",
        "<<<<<<< HEAD\nstate: draft\n",
        "\0",
        "state: in_preparation\nsummary: Eli reads.\n",
        "state: agreed\nin_force_from: 2026-02-30\n",
        "state: agreed\nlead: Mrs Okafor\n",
        "state: agreed\nprovision:\n  - {id: reading, minutes: 25, layer: lunar}\n",
    ],
    ids=["no-yaml", "other-form", "conflict", "binary", "word", "day", "id", "word-in-a-list"],
)
def test_a_record_that_could_not_be_read_then_stands_as_before_and_is_told(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path, broken: str
) -> None:
    good = (repo.root / PLAN).read_text(encoding="utf-8")
    repo.write(PLAN, broken)
    repo.commit("2026-10-01")
    repo.write(PLAN, good.replace("minutes: 20", "minutes: 30"))
    repo.commit("2026-10-02")
    found = moments(repo, registry, tmp_path / "state")
    assert [(minutes(moment), set(moment.unreadable)) for moment in found] == [
        (20, set()),
        (20, {"students/2TST/plan"}),
        (30, set()),
    ]


def test_one_text_in_two_files_can_be_read_in_one_place_and_not_in_the_other(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """To a plan help is a list, and a profile knows nothing of it."""
    for path in (PLAN, PLAN.replace("plan.yml", "profile.yml")):
        repo.write(path, "state: agreed\nprovision: an hour a week\n")
    repo.commit("2026-10-01")
    for _ in ("read", "remembered"):
        last = moments(repo, registry, tmp_path / "state")[-1]
        assert last.unreadable == {"students/2TST/plan"}
        assert last.records["students/2TST/profile"].data["provision"] == "an hour a week"


def test_what_todays_schema_no_longer_asks_for_or_knows_is_no_fault_of_the_past(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """It lacks what is asked for, breaks a limit and a condition between fields, and holds fields of another year."""
    agreed_without_its_days = "state: agreed\n"
    too_long = f"summary: {'word ' * 5000}\n"
    fields = "whim: of another year\nprovision:\n  - {id: reading, minutes: 100000, whim: 2026-02-30}\n"
    repo.write(PLAN, agreed_without_its_days + too_long + fields)
    plan = parse((repo.root / PLAN).read_bytes(), PLAN).data
    assert not registry.kinds["plan"].is_valid(plan)
    repo.commit("2026-10-01")
    last = moments(repo, registry, tmp_path / "state")[-1]
    assert not last.unreadable
    assert last.records["students/2TST/plan"].data == plan


def test_a_campus_may_be_a_folder_of_its_repository(registry: SchemaRegistry, tmp_path: Path) -> None:
    repo = Repo.begun(tmp_path / "all", inside="schools/west")
    (repo.top / "records" / "students" / "2TST").mkdir(parents=True)
    (repo.top / PLAN).write_text("state: agreed\n")
    repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    assert [minutes(moment) for moment in moments(repo, registry, tmp_path / "state")] == [20, 30]


def test_a_link_in_the_place_of_a_record_is_not_followed(repo: Repo, registry: SchemaRegistry, tmp_path: Path) -> None:
    (repo.root / PLAN).unlink()
    (repo.root / PLAN).symlink_to("profile.yml")
    repo.commit("2026-10-01")
    assert "students/2TST/plan" not in moments(repo, registry, tmp_path / "state")[-1].records


def test_without_a_repository_or_a_commit_there_is_no_history(registry: SchemaRegistry, tmp_path: Path) -> None:
    (tmp_path / "plain").mkdir()
    assert History.open(tmp_path / "plain", registry, tmp_path / "state") is None
    unborn = Repo(tmp_path / "unborn", tmp_path / "unborn")
    unborn.top.mkdir()
    unborn.git("init", "--quiet")
    assert History.open(unborn.root, registry, tmp_path / "state") is None


def test_a_history_cut_short_is_not_told_as_if_it_were_whole(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.top}", str(tmp_path / "clone"))
    with pytest.raises(HistoryError, match="git fetch --unshallow"):
        History.open(tmp_path / "clone", registry, tmp_path / "state")


def test_without_git_it_says_so(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(HistoryError, match="git is not installed"):
        History.open(repo.root, registry, tmp_path / "state")


def test_a_damaged_index_is_made_anew(repo: Repo, registry: SchemaRegistry, tmp_path: Path) -> None:
    before = moments(repo, registry, tmp_path / "state")
    (tmp_path / "state" / FILE).write_bytes(b"no database" * 1000)
    assert moments(repo, registry, tmp_path / "state") == before


def test_the_index_is_private_and_the_repository_untouched(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    before = {path: path.read_bytes() for path in sorted(repo.top.rglob("*")) if path.is_file()}
    moments(repo, registry, tmp_path / "state")
    assert {path: path.read_bytes() for path in sorted(repo.top.rglob("*")) if path.is_file()} == before
    assert stat.S_IMODE((tmp_path / "state" / FILE).stat().st_mode) == 0o600
    assert stat.S_IMODE((tmp_path / "state").stat().st_mode) == 0o700


def test_nothing_a_repository_or_the_environment_sets_is_run_or_followed(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\ncat\n")
    trap.chmod(0o755)
    for name in ("core.pager", "gpg.program", "core.fsmonitor", "diff.external", "core.sshCommand"):
        repo.git("config", name, str(trap))
    for name, value in (("log.showSignature", "true"), ("diff.renames", "copies"), ("color.ui", "always")):
        repo.git("config", name, value)
    (repo.top / ".git" / "hooks" / "post-index-change").write_bytes(trap.read_bytes())
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_EXTERNAL_DIFF", str(trap))
    monkeypatch.setenv("GIT_PAGER", str(trap))
    assert len(moments(repo, registry, tmp_path / "state")) == 1
    assert not (tmp_path / "sprung").exists()


@pytest.mark.parametrize(
    "revision", ["--output=leak", "-p", "nothing-such", "HEAD~99", "HEAD:records", "", "a b", "\n"]
)
def test_a_revision_is_never_an_option_and_an_unknown_one_is_told(repo: Repo, revision: str) -> None:
    found = Repository.find(repo.root)
    assert found is not None
    before = sorted(repo.top.iterdir())
    with pytest.raises(HistoryError, match="names no commit here"):
        found.commit(revision)
    assert sorted(repo.top.iterdir()) == before


def test_a_day_means_the_campus_as_it_stood_when_that_day_ended(repo: Repo) -> None:
    first = repo.git("rev-parse", "HEAD")
    second = repo.changed("2026-10-01", "minutes: 20", "minutes: 30")
    found = Repository.find(repo.root)
    assert found is not None
    assert [found.commit(day) for day in ("2026-09-09", "2026-09-30", "2026-10-01", "2026-12-24")] == [
        first,
        first,
        second,
        second,
    ]
    with pytest.raises(HistoryError, match="begins on 2026-09-09"):
        found.commit("2026-09-08")


def test_two_who_come_at_once_do_not_read_it_twice(repo: Repo, registry: SchemaRegistry, tmp_path: Path) -> None:
    found = Repository.find(repo.root)
    assert found is not None
    with VersionIndex(tmp_path / "state", found) as one, VersionIndex(tmp_path / "state", found) as other:
        assert one.of_student("2TST") == other.of_student("2TST")
        one._connection.execute("UPDATE state SET value = '' WHERE name = 'head'")
        other._connection.execute("UPDATE state SET value = ? WHERE name = 'head'", (found.head,))
        one._continue()
        assert len(one.of_student("2TST")) == 4
