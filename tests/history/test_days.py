"""A wrong clock hides nothing: a commit counts from a day that is not before its parents' nor after today."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.changes import check_changes
from sendbook.history.days import Correction, parsed
from sendbook.history.repository import Repository
from sendbook.history.versions import History
from sendbook.kinds.rule_book import RULE_BOOK
from tests.cli.kit import DAY, run
from tests.history.kit import PLAN, Repo

ON = date(2026, 11, 23)
FEWER = ("sessions_per_week: 3", "sessions_per_week: 2")


def days_in(repo: Repo, on: date | None = ON) -> list[str]:
    """The days of the first parents, the oldest first."""
    found = Repository.find(repo.root, on)
    assert found is not None
    line = found.git("rev-list", "--first-parent", "--reverse", "HEAD").decode().split()
    return [found.days.counted[commit] for commit in line]


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    begun = Repo.begun(tmp_path / "campus", day="2026-09-09")
    begun.changed("2026-11-12", "summary: Eli reads", "summary: Eli now reads")
    return begun


def test_a_clock_that_went_back_counts_from_the_day_before_it(repo: Repo) -> None:
    repo.changed("2026-10-12", *FEWER)
    assert days_in(repo) == ["2026-09-09", "2026-11-12", "2026-11-12"]


@pytest.mark.parametrize("ahead", ["2026-11-24", "2027-05-01", "2099-01-01"])
def test_a_newest_clock_that_is_ahead_counts_as_today(ahead: str, repo: Repo) -> None:
    repo.changed(ahead, *FEWER)
    assert days_in(repo) == ["2026-09-09", "2026-11-12", "2026-11-23"]


def test_a_clock_ahead_in_the_middle_counts_from_the_next_that_can_be_right(repo: Repo) -> None:
    """Else everything since would seem to have changed today."""
    repo.changed("2027-05-01", *FEWER)
    repo.changed("2026-11-16", "minutes: 20", "minutes: 30")
    repo.changed("2026-11-18", "minutes: 30", "minutes: 25")
    assert days_in(repo) == ["2026-09-09", "2026-11-12", "2026-11-16", "2026-11-16", "2026-11-18"]


@pytest.mark.parametrize("right", ["2026-11-12", "2026-11-13", "2026-11-23"])
def test_a_right_clock_is_left_alone_on_its_last_days(right: str, repo: Repo) -> None:
    repo.changed(right, *FEWER)
    found = Repository.find(repo.root, ON)
    assert found is not None
    assert days_in(repo)[-1] == right
    assert found.corrections("HEAD~2", None) == ()


def test_a_merge_is_no_earlier_than_either_side(repo: Repo) -> None:
    repo.git("checkout", "--quiet", "-b", "side")
    repo.changed("2026-11-20", *FEWER)
    repo.git("checkout", "--quiet", "main")
    repo.git("merge", "--quiet", "--no-ff", "--no-edit", "side", day="2026-11-14")
    assert days_in(repo) == ["2026-09-09", "2026-11-12", "2026-11-20"]


def test_it_is_the_day_of_recording_that_counts_not_that_of_writing(repo: Repo) -> None:
    """A commit that was moved (rebased) keeps its author's day, and is part of the history from the other."""
    repo.change(*FEWER)
    repo.commit("2026-11-16", "--date=2026-01-05T12:00:00+00:00")
    assert days_in(repo)[-1] == "2026-11-16"


def test_it_is_the_day_where_it_was_recorded(repo: Repo) -> None:
    """Half past eleven in the evening in California is the next morning here, and was the 16th to who recorded it."""
    repo.change(*FEWER)
    repo.commit("2026-11-16T23:30:00-08:00")
    repo.change("minutes: 20", "minutes: 30")
    repo.commit("2026-11-17T08:00:00+00:00")
    assert days_in(repo)[-2:] == ["2026-11-16", "2026-11-17"]


@pytest.mark.parametrize("clock", ["2026-10-12", "2027-05-01"])
def test_diff_and_check_since_a_day_miss_nothing_and_say_which_clock_was_wrong(clock: str, repo: Repo) -> None:
    repo.changed(clock, *FEWER)
    counted = "2026-11-12" if clock < "2026-11-12" else "2026-11-23"
    told = run("diff", "2026-11-10", "--campus", repo.root, *DAY)
    assert "Nothing has changed" not in told.out
    assert f"A version dated {clock} by a wrong clock counts as one of {counted}." in " ".join(told.err.split())
    checked = run("check", "--campus", repo.root, "--since", "2026-11-10", *DAY)
    assert "CHG-02" in checked.out
    assert "wrong-clock" in checked.out


def test_a_target_taken_out_under_a_wrong_clock_is_found(repo: Repo, registry: SchemaRegistry) -> None:
    text = (repo.root / PLAN).read_text(encoding="utf-8")
    before, _, rest = text.partition("\ntargets:\n")
    repo.write(PLAN, f"{before}\ntargets: []\nprovision:{rest.partition('provision:')[2]}")
    repo.commit("2026-10-15")
    found = check_changes(CampusFolder(repo.root, registry), "2026-11-15", ON, RULE_BOOK)
    assert [finding.code for finding in found] == []
    found = check_changes(CampusFolder(repo.root, registry), "2026-11-10", ON, RULE_BOOK)
    assert {"CHG-01", "wrong-clock"} <= {finding.code for finding in found}


def test_the_history_of_a_student_is_told_by_the_days_that_count_with_the_clocks_that_were_wrong(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    repo.changed("2026-10-12", *FEWER)
    repo.changed("2027-05-01", "minutes: 20", "minutes: 30")
    history = History.open(repo.root, registry, tmp_path / "state", ON)
    assert history is not None
    with history:
        assert [one.day for one in history.moments("2TST")] == ["2026-09-09", "2026-11-12", "2026-11-12", "2026-11-23"]
        assert history.wrong_clocks("2TST") == {"2026-11-12": ("2026-10-12",), "2026-11-23": ("2027-05-01",)}


def test_a_history_with_right_clocks_has_none_that_were_wrong(
    repo: Repo, registry: SchemaRegistry, tmp_path: Path
) -> None:
    history = History.open(repo.root, registry, tmp_path / "state", ON)
    assert history is not None
    with history:
        assert history.wrong_clocks("2TST") == {}


clocks = st.dates(date(2026, 1, 1), date(2027, 12, 31))


@given(st.lists(st.tuples(clocks, st.sets(st.integers(1, 4), max_size=3)), min_size=1, max_size=12), clocks)
def test_whatever_clocks_say_days_never_go_back_nor_past_today(drawn: list[tuple[date, set[int]]], today: date) -> None:
    parents = [sorted({n - back for back in ({1} | more) if n - back >= 0}) for n, (_, more) in enumerate(drawn)]
    lines = [
        " ".join([f"c{n}", clock.isoformat(), *(f"c{parent}" for parent in parents[n])])
        for n, (clock, _) in enumerate(drawn)
    ]
    days = parsed("\n".join(lines).encode(), today.isoformat())
    for n, (clock, _) in enumerate(drawn):
        day = days.counted[f"c{n}"]
        assert day <= today.isoformat()
        assert all(days.counted[f"c{parent}"] <= day for parent in parents[n])
        if clock <= today and all(days.counted[f"c{parent}"] <= clock.isoformat() for parent in parents[n]):
            assert day == clock.isoformat()


def test_corrections_are_each_told_once_in_the_order_of_their_days() -> None:
    today = ON + timedelta(days=0)
    days = parsed(b"a 2026-11-20\nb 2026-10-01 a\nc 2026-10-01 b\nd 2026-09-01 c\n", today.isoformat())
    assert days.corrections("abcd") == (
        Correction(clock="2026-09-01", day="2026-11-20"),
        Correction(clock="2026-10-01", day="2026-11-20"),
    )
