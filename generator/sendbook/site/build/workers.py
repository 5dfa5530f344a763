"""Does the jobs of many students: here while there are few, in worker processes where it pays.

Workers are started by a fork server, never by forking this process, which may hold threads. Each makes what all
students' pages have in common once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import TYPE_CHECKING

from sendbook.site.build.collecting import collect_seldom
from sendbook.site.build.student_jobs import Done, StudentJob, StudentJobs, WorkerInputs

if TYPE_CHECKING:
    from concurrent.futures import Executor

#: Below this many students a pool costs more than it brings.
FEW = 150
_BATCH = 8
_AHEAD = 4


def do_all(
    jobs: Sequence[StudentJob], here: StudentJobs, inputs: WorkerInputs, workers: int | None = None
) -> Iterator[Done]:
    """Does all jobs, in their order; spread over processes where there are many."""
    workers = workers if workers is not None else (os.cpu_count() or 1)
    if len(jobs) < FEW or workers < 2:
        yield from map(here.do, jobs)
        return
    if here.pasts is not None:
        here.pasts.forget()  # of students who are done elsewhere it would be what it was before
    # Most builds have a job or two, and get by without.
    from concurrent.futures import ProcessPoolExecutor
    from multiprocessing import get_context

    _out_of_reach_of_the_keyboard()
    pool = ProcessPoolExecutor(workers, mp_context=get_context("forkserver"), initializer=_begin, initargs=(inputs,))
    with pool:
        try:
            yield from _spread(pool, jobs)
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)  # who stops us by hand doesn't wait for what is queued
            raise


def _out_of_reach_of_the_keyboard() -> None:
    """Starts the process that worker processes come from so that Ctrl-C reaches this process alone.

    A terminal sends it to all of them, and each worker would say where it was. What is blocked while it starts stays
    blocked in it; the tracker, which would lift that, is started before.
    """
    import signal
    from multiprocessing import forkserver, resource_tracker

    resource_tracker.ensure_running()
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _spread(pool: Executor, jobs: Sequence[StudentJob]) -> Iterator[Done]:
    """Keeps only a few batches under way, so that rendered pages don't pile up while the bundle is being written."""
    waiting = iter([jobs[start : start + _BATCH] for start in range(0, len(jobs), _BATCH)])
    under_way = deque(pool.submit(_do_batch, batch) for batch in islice(waiting, _AHEAD))
    while under_way:
        done = under_way.popleft().result()
        for batch in islice(waiting, 1):
            under_way.append(pool.submit(_do_batch, batch))
        yield from done


_worker: list[StudentJobs] = []


def _begin(inputs: WorkerInputs) -> None:
    collect_seldom()
    _worker[:] = [StudentJobs.alone(inputs)]


def _do_batch(jobs: Iterable[StudentJob]) -> list[Done]:
    do: Callable[[StudentJob], Done] = _worker[0].do
    return [do(job) for job in jobs]
