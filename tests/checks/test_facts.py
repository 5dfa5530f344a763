"""When the facts of the report change, git knows the day; where it can't know, nobody is accused."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding
from sendbook.history.repository import stamp_of
from sendbook.site.build.inspection import inspect
from tests.history.kit import Repo

ON = date(2026, 11, 23)
CAMPUS = "records/campus.yml"
REPORT = "handbook/send-information-report.md"
SENCO = "records/people/p-1aaa.yml"
OFFER = ("council.example/send", "council.example/send-2026", CAMPUS)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The tiny campus, committed on 9 September; its report was approved on the 24th."""
    return Repo.begun(tmp_path / "repo")


def found(root: Path, registry: SchemaRegistry, on: date = ON, cache: ParseCache | None = None) -> list[Finding]:
    return [one for one in inspect(CampusFolder(root, registry), on, cache) if one.code.startswith("SENIR-F")]


@pytest.mark.parametrize(
    ("old", "new", "path", "what"),
    [
        (*OFFER, "the Local Offer"),
        ("01632 960700", "01632 960701", CAMPUS, "the advice service"),
        ("senco@tiny.example", "send@tiny.example", SENCO, "the SENCo"),
        ("full: Ada Senco", "full: Ada Bea Senco", SENCO, "the SENCo"),
        ("principal: p-2bbb", "principal: p-3ccc", CAMPUS, "the principal"),
    ],
)
def test_a_fact_the_report_gives_that_changed_long_ago_is_told(
    repo: Repo, registry: SchemaRegistry, old: str, new: str, path: str, what: str
) -> None:
    repo.changed("2026-10-05", old, new, path)
    (one,) = found(repo.root, registry)
    assert (one.code, one.path) == ("SENIR-F6", REPORT)
    assert f"over 30 days ago in what the report says of {what}, and" in one.message
    assert "(it was on 2026-10-05)" in one.remedy
    assert new not in f"{one.message} {one.remedy}"


def test_the_days_are_counted_from_the_change_and_are_the_campuss_own(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-10-24", *OFFER)
    assert found(repo.root, registry) == []
    assert found(repo.root, registry, date(2026, 11, 24))
    repo.change("tutor_groups:", "house_rules:\n  days_to_update_a_document: 10\ntutor_groups:", CAMPUS)
    assert found(repo.root, registry)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("approved_on: 2026-09-24", "approved_on: 2026-09-24\nchanged_on: 2026-10-05"),
        ("approved_on: 2026-09-24", "approved_on: 2026-10-15"),
    ],
)
def test_a_report_dated_after_the_change_is_in_order(repo: Repo, registry: SchemaRegistry, old: str, new: str) -> None:
    repo.changed("2026-10-05", *OFFER)
    repo.change(old, new, REPORT)
    assert found(repo.root, registry) == []


def test_a_page_read_through_since_is_still_dated_before_the_change(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-10-05", *OFFER)
    repo.change("last_reviewed: 2026-09-14", "last_reviewed: 2026-11-01", REPORT)
    assert [one.code for one in found(repo.root, registry)] == ["SENIR-F6"]


def test_what_is_undone_uncommitted_or_older_than_the_approval_is_no_news(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-09-20", *OFFER)
    assert found(repo.root, registry) == [], "the approval came after it"
    repo.changed("2026-10-05", "send-2026", "send-2027", CAMPUS)
    repo.changed("2026-10-06", "send-2027", "send-2026", CAMPUS)
    assert found(repo.root, registry) == []
    repo.change("send-2026", "send-2028", CAMPUS)
    assert found(repo.root, registry) == [], "it changes today"


def test_what_the_report_does_not_give_is_no_fact_of_it(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-10-05", "    end: 2027-03-25", "    end: 2027-03-26", CAMPUS)
    repo.changed("2026-10-06", "job_title: SENDCo", "job_title: Deputy", SENCO)
    repo.changed("2026-10-07", "full: Cal Teacher", "full: Cal Other", "records/people/p-3ccc.yml")
    assert found(repo.root, registry) == []


def test_without_a_repository_nothing_is_said(repo: Repo, registry: SchemaRegistry) -> None:
    repo.changed("2026-10-05", *OFFER)
    assert found(repo.root, registry)
    shutil.rmtree(repo.top / ".git")
    assert found(repo.root, registry) == []
    repo.git("init", "--quiet", "--initial-branch=main")
    assert found(repo.root, registry) == [], "nothing was ever committed"


def test_a_copy_without_the_older_commits_accuses_nobody_and_knows_once_they_are_fetched(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """In a shallow clone the oldest commit there seems to have made every file; kept findings must not outlive it."""
    repo.changed("2026-10-05", *OFFER)
    repo.commit("2026-10-06")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.top}", str(tmp_path / "copy"))
    for path in (one for name in ("records", "handbook") for one in (tmp_path / "copy" / name).rglob("*.*")):
        os.utime(path, (1_700_000_000, 1_700_000_000))  # files written long ago, whose stamp is trusted
    with ParseCache(tmp_path / "cache.db") as cache:
        assert found(tmp_path / "copy", registry, cache=cache) == []
        assert found(tmp_path / "copy", registry, cache=cache) == []
        Repo(tmp_path / "copy", tmp_path / "copy").git("fetch", "--quiet", "--unshallow")
        assert [one.code for one in found(tmp_path / "copy", registry, cache=cache)] == ["SENIR-F6"]


@pytest.mark.parametrize("setting", ["true", "false"])
def test_a_new_commit_is_seen_whether_or_not_the_repository_writes_down_where_it_was(repo: Repo, setting: str) -> None:
    repo.git("config", "core.logAllRefUpdates", setting)
    stamps = [stamp_of(repo.root)]
    repo.commit("2026-10-06")
    stamps.append(stamp_of(repo.root))
    repo.git("pack-refs", "--all")
    repo.git("worktree", "add", "--quiet", "-b", "other", str(repo.top.parent / "beside"))
    beside = Repo(repo.top.parent / "beside", repo.top.parent / "beside")
    stamps.append(stamp_of(beside.root))
    beside.commit("2026-10-07")
    stamps.append(stamp_of(beside.root))
    assert len(set(stamps)) == len(stamps)


def test_a_version_that_could_not_be_read_changed_nothing(repo: Repo, registry: SchemaRegistry) -> None:
    good = (repo.root / CAMPUS).read_text(encoding="utf-8")
    repo.write(CAMPUS, "<<<<<<< ours\n" + good)
    repo.commit("2026-10-05")
    repo.write(CAMPUS, good)
    repo.commit("2026-10-06")
    assert found(repo.root, registry) == []


def test_a_campus_in_a_folder_of_its_repository_has_its_days_too(tmp_path: Path, registry: SchemaRegistry) -> None:
    repo = Repo.begun(tmp_path / "repo", inside="schools/hill")
    repo.changed("2026-10-05", *OFFER)
    assert [one.code for one in found(repo.root, registry)] == ["SENIR-F6"]


def test_a_new_senco_is_told_once(repo: Repo, registry: SchemaRegistry) -> None:
    """Another rule asks for a fresh look then; the day of the words is the same news."""
    repo.change("      from: 2020-09-01", "      from: 2026-10-01", SENCO)
    repo.changed("2026-10-05", "senco@tiny.example", "send@tiny.example", SENCO)
    assert [one.code for one in found(repo.root, registry)] == ["SENIR-F5"]
