"""A commit has documents looked through again only where one of their facts may be of another day since."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.site.build import document_findings
from sendbook.site.build.build import Options, Publisher
from tests.conftest import ON
from tests.history.kit import PLAN, Repo
from tests.site.test_publisher import publisher_of

ALONE = Options(workers=1)
CAMPUS = "records/campus.yml"
OFFER = ("council.example/send", "council.example/send-2026", CAMPUS)


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """The tiny campus, committed on 9 September; its report was approved on the 24th."""
    return Repo.begun(tmp_path / "campus")


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


@pytest.fixture
def looked(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Gets an entry whenever documents are looked through."""
    times: list[int] = []
    honest = document_findings.check_documents

    def counted(*arguments: Any, **more: Any) -> Any:
        times.append(1)
        return honest(*arguments, **more)

    monkeypatch.setattr(document_findings, "check_documents", counted)
    return times


def late_facts(publisher: Publisher) -> list[str]:
    return [one.code for one in publisher.publish(ON, ALONE).findings if one.code.startswith("SENIR-F")]


def test_a_student_s_version_has_no_document_looked_through(repo: Repo, state: Path, looked: list[int]) -> None:
    with publisher_of(repo.root, state) as publisher:
        publisher.publish(ON, ALONE)
        looked.clear()
        repo.changed("2026-10-05", "minutes: ", "minutes: 1", PLAN)
        publisher.publish(ON, ALONE)
        repo.commit("2026-10-06")
        publisher.publish(ON, ALONE)
    assert looked == []
    with publisher_of(repo.root, state) as publisher:  # another process knows it too
        publisher.publish(ON, ALONE)
    assert looked == []


def test_a_version_of_a_file_with_a_fact_is_noticed(repo: Repo, state: Path) -> None:
    with publisher_of(repo.root, state) as publisher:
        assert late_facts(publisher) == []
        repo.changed("2026-10-05", *OFFER)
        assert late_facts(publisher) == ["SENIR-F6"]
        # The same change is told to have been made lately: another history, and the same files.
        repo.git("reset", "--quiet", "--soft", "HEAD~1")
        repo.commit("2026-11-20")
        assert late_facts(publisher) == []


def test_a_fact_committed_with_a_clock_that_was_ahead_is_asked_about_at_each_commit(
    repo: Repo, state: Path, looked: list[int]
) -> None:
    with publisher_of(repo.root, state) as publisher:
        repo.changed("2027-10-05", *OFFER)
        assert late_facts(publisher) == []
        looked.clear()
        repo.changed("2026-10-06", "minutes: ", "minutes: 1", PLAN)  # so it was no later than that day
        assert late_facts(publisher) == ["SENIR-F6"]
        assert looked == [1]
