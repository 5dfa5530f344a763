"""What the access rules say anew, to a publisher that goes on: their words decide nothing, and what they open does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from sendbook.checks.lettering import CODE as LETTERS
from sendbook.checks.texts import unsaid
from sendbook.site.build.build import Options, Publisher
from sendbook.site.build.student_jobs import StudentJobs
from tests.conftest import ON
from tests.site.rests_on_kit import publisher_of, read, settled, write
from tests.site.test_publisher import campus as sound_campus
from tests.site.test_publisher import everything, fresh, state

__all__ = ["sound_campus", "state"]

WORDS = "They plan lessons by it."
_READ_BY_ALL = {
    "id": "rules-for-all",
    "everyone": "signed_in",
    "kind": "access",
    "parts": ["policy"],
    "action": "read",
    "reason": "Who can see what is no secret.",
}


@pytest.fixture
def campus(sound_campus: Path) -> Path:
    """A small campus, where all who sign in read the access rules."""
    path = sound_campus / "records/access.yml"
    rules = read(path)
    rules["grants"].append(_READ_BY_ALL)
    write(path, rules)
    settled(sound_campus)
    return sound_campus


def reworded(root: Path, say: Callable[[dict[str, Any]], Any]) -> None:
    """Has the grant to the SENDCo changed."""
    path = root / "records/access.yml"
    rules = read(path)
    say(next(one for one in rules["grants"] if one.get("role") == "senco"))
    write(path, rules)


def jobs_of(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The students who are looked at in one more publication."""
    done: set[str] = set()
    do = StudentJobs.do
    with monkeypatch.context() as patch:
        patch.setattr(StudentJobs, "do", lambda jobs, job: done.add(job.student) or do(jobs, job))
        assert publisher.publish(ON, Options(workers=1)).is_whole
    return done


def test_a_reworded_reason_is_on_the_page_that_says_who_can_see_what_and_in_no_job(
    campus: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, Options(workers=1))
        before = everything(state)
        reworded(campus, lambda grant: grant.update(reason=WORDS))
        assert jobs_of(publisher, monkeypatch) == set()
        assert everything(state) != before
        assert everything(state) == fresh(campus, tmp_path / "fresh")


def test_with_the_same_words_another_decision_makes_jobs(
    campus: Path, state: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, Options(workers=1))
        reworded(campus, lambda grant: grant["parts"].append("costs"))
        assert jobs_of(publisher, monkeypatch)
        assert everything(state) == fresh(campus, tmp_path / "fresh")


def test_a_reason_that_names_a_student_is_found_among_those_that_name_nobody(campus: Path, state: Path) -> None:
    """All families read why, so the words that are new are looked through, whatever they decide."""
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, Options(workers=1))
        reworded(campus, lambda grant: grant.update(reason="She plans for Eli Student by it."))
        found = publisher.publish(ON, Options(workers=1)).findings
        assert {one.path for one in found if one.code == "TXT-02"} == {"records/access.yml"}
        assert found == publisher.publish(ON, Options(workers=1)).findings
        reworded(campus, lambda grant: grant.update(reason=WORDS))
        assert publisher.publish(ON, Options(workers=1)).is_whole


def test_words_that_were_looked_through_are_not_looked_through_again(
    campus: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[str] = []
    ask = unsaid.mentioned
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, Options(workers=1))
        reworded(campus, lambda grant: grant.update(reason=WORDS))
        monkeypatch.setattr(unsaid, "mentioned", lambda text: looked.append(text) or ask(text))
        publisher.publish(ON, Options(workers=1))
    assert looked == [WORDS]


def test_a_text_that_cannot_be_printed_is_found_in_a_record_that_was_right(campus: Path, state: Path) -> None:
    """Each shared record is looked through once as it is, and again as it is another."""
    found: list[set[str]] = []
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON, Options(workers=1))
        for words in ("They plan their lessons\ue000 by it.", WORDS, "They plan their lessons\ue000 by it."):
            reworded(campus, lambda grant, words=words: grant.update(reason=words))
            told = publisher.publish(ON, Options(workers=1)).findings
            found.append({one.path for one in told if one.code == LETTERS})
    assert found == [{"records/access.yml"}, set(), {"records/access.yml"}]
