"""Jobs are done in their order and each once, in this process where they are few, and spread where there are many."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from sendbook.site.build import workers as pool_of_workers
from sendbook.site.build.workers import FEW, do_all

HERE, SPREAD = "here", "spread"


class Here:
    """Does each job in this process; keeps nothing of a student's past."""

    pasts = None

    def do(self, _job: int) -> str:
        return HERE


@pytest.fixture
def spreading(monkeypatch: pytest.MonkeyPatch) -> None:
    """Says of each job that it was spread, and starts no process."""

    def spread(_pool: object, jobs: list[int]) -> Iterator[str]:
        yield from [SPREAD] * len(jobs)

    monkeypatch.setattr(pool_of_workers, "_spread", spread)
    monkeypatch.setattr(pool_of_workers, "_out_of_reach_of_the_keyboard", lambda: None)


@pytest.mark.usefixtures("spreading")
@pytest.mark.parametrize(
    ("count", "workers", "where"),
    [(FEW - 1, 2, HERE), (FEW, 2, SPREAD), (FEW, 1, HERE), (FEW - 1, 1, HERE)],
)
def test_only_many_jobs_on_several_processors_are_spread(count: int, workers: int, where: str) -> None:
    done: list[Any] = list(do_all(range(count), Here(), None, workers))  # type: ignore[arg-type]
    assert done == [where] * count


@pytest.mark.parametrize("count", [0, 1, 8, 9, 70])
def test_what_is_spread_comes_back_in_order_and_whole(count: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pool_of_workers, "_do_batch", lambda jobs: [f"done {job}" for job in jobs])
    with ThreadPoolExecutor(2) as pool:
        done: list[Any] = list(pool_of_workers._spread(pool, range(count)))  # type: ignore[arg-type]
    assert done == [f"done {job}" for job in range(count)]


def test_a_batch_is_done_by_the_one_of_its_process_in_order_and_each_job_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Noting:
        def do(self, job: int) -> str:
            return f"done {job}"

    monkeypatch.setattr(pool_of_workers, "_worker", [Noting()])
    batch: Any = [3, 1, 2]
    done: list[Any] = pool_of_workers._do_batch(batch)
    assert done == ["done 3", "done 1", "done 2"]
    assert pool_of_workers._do_batch([]) == []
