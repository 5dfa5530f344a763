"""Runs test files against one module's faults, in a process that is warm. It is a program that ``running.py`` starts.

What a fault can't change is imported once: pytest, and the modules that import the faulty one in no way. Each test
file then runs in a process of its own that branches off here, reads the faulty module, and ends with the first failure.
It runs once without a fault first: a file that fails then, or has no quick test, proves nothing and is left out.
"""

from __future__ import annotations

import contextlib
import importlib
import json
import math
import os
import resource
import shlex
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

#: A test file may take so many times what it took without a fault, and so many seconds more.
_TIMES, _MORE = 3, 10
#: Seconds are the processor's: on a busy machine no test is slow. One that only waits gets so many times as long.
_PATIENCE = 8
#: A fault that fills the memory is stopped.
_MEMORY = 6 * 2**30
#: A test file that takes longer than this without a fault is for other runs.
_AT_MOST = 120.0
#: So many of the likeliest test files are tried before all others if they take at most so many seconds.
_LIKELIEST, _QUICK = 12, 5.0
#: Quick tests (unless others are asked for), one process, nothing remembered; what is warm was imported without
#: pytest's own assertions, and may be.
_ARGUMENTS = ["-q", "-x", "-p", "no:cacheprovider", "-p", "no:xdist", "-m", "not slow and not browser"]
_ARGUMENTS += ["-W", "ignore:Module already imported"]
_PARENT = os.getppid()
_FAILED, _ENDLESS = "failed", "never ended"


class Bench:
    """The module's file, and what each test file took without a fault (in seconds; 0 if it proves nothing)."""

    def __init__(self, module: Path, took: dict[str, float]) -> None:
        self.module, self.took = module, took
        self._sound, self._stat = module.read_bytes(), module.stat()
        self._writes = 0
        self._longer: dict[str, float] = {}

    def caught_by(self, fault: bytes, tests: Iterable[str], seconds: float) -> tuple[str, str, int]:
        """Returns the test file that noticed the fault, and how, or nothing; and how many files were tried.

        The quick ones of the likeliest are tried first: one that makes a whole site would take the time of all of
        them. Then files are tried as long as what they take without a fault fits into the seconds; if none did, the
        likeliest is tried all the same.
        """
        tests = tuple(tests)
        quick = [test for test in tests[:_LIKELIEST] if 0 < self._clean(test, _QUICK) <= _QUICK]
        tried, left = 0, seconds
        for test in (*quick, *(test for test in tests if test not in quick)):
            clean = self._clean(test, left if tried else _AT_MOST)
            if not clean or (tried and clean > left):
                continue
            tried, left = tried + 1, left - clean
            with self._written(fault):
                outcome, _ = _ran(test, clean * _TIMES + _MORE)
            if outcome:
                return test, outcome, tried
            if left <= 0:
                break
        return "", "", tried

    def _clean(self, test: str, limit: float) -> float:
        """Returns what a test file takes without a fault: so many seconds, none if it proves nothing, or too many."""
        if test not in self.took:
            if self._longer.get(test, 0.0) >= limit:
                return math.inf
            outcome, seconds = _ran(test, limit, proving=True)
            if outcome == _ENDLESS and limit < _AT_MOST:
                self._longer[test] = limit
                return math.inf
            self.took[test] = 0.0 if outcome else seconds
        return self.took[test]

    @contextlib.contextmanager
    def _written(self, source: bytes) -> Iterator[None]:
        """Has the module's file hold a text, with a time of its own: by that Python tells texts of one size apart."""
        self._writes += 1
        self.module.write_bytes(source)
        os.utime(self.module, (0, self._writes))
        try:
            yield
        finally:
            self.module.write_bytes(self._sound)
            os.utime(self.module, ns=(self._stat.st_atime_ns, self._stat.st_mtime_ns))


def _ran(test: str, limit: float, *, proving: bool = False) -> tuple[str, float]:
    """Returns how a test file failed, or nothing, and what it took; when ``proving``, to have no test fails too."""
    if os.getppid() != _PARENT:
        sys.exit("stopped: nobody is waiting for the verdicts")
    folder = tempfile.mkdtemp(prefix="mutant-")
    child = os.fork()
    if child == 0:
        _run_tests(test, folder, limit)
    try:
        code, seconds = _waited(child, limit * _PATIENCE)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(child, signal.SIGKILL)
        shutil.rmtree(folder, ignore_errors=True)
    if code in (None, -signal.SIGXCPU):
        return _ENDLESS, seconds
    nothing_to_run = 5
    return "" if code == 0 or (code == nothing_to_run and not proving) else _FAILED, seconds


def _run_tests(test: str, folder: str, limit: float) -> None:
    """Runs a test file and ends the process with pytest's code."""
    os.setsid()
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit) + 1))
    nowhere = os.open(os.devnull, os.O_RDWR)
    for number in (0, 1, 2):
        os.dup2(nowhere, number)
    code = 70
    try:
        pytest = importlib.import_module("pytest")
        code = int(pytest.main([*_ARGUMENTS, f"--basetemp={folder}/base", *shlex.split(test)]))
    finally:
        os._exit(code)


def _waited(child: int, limit: float) -> tuple[int | None, float]:
    """Waits for a process; returns its code, or None once the limit is passed, and the seconds of the processor."""
    until = time.monotonic() + limit
    while time.monotonic() < until:
        done, status, used = os.wait4(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), used.ru_utime + used.ru_stime
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    _, _, used = os.wait4(child, 0)
    return None, used.ru_utime + used.ru_stime


def _warm(modules: Iterable[str]) -> None:
    for name in ("pytest", "hypothesis", "_pytest.assertion.rewrite", *modules):
        with contextlib.suppress(ImportError):
            importlib.import_module(name)


def main() -> None:
    """Reads the job as one line of JSON, and answers each fault with a line; what test files took comes last."""
    job: dict[str, Any] = json.loads(sys.stdin.readline())
    os.environ["CI"] = "true"  # the same examples each time
    _warm(job["same"])
    bench = Bench(Path(job["module"]), job["took"])
    for number, fault in enumerate(job["faults"]):
        test, outcome, tried = bench.caught_by(fault["source"].encode(), fault["tests"], job["seconds"])
        print(json.dumps({"number": number, "test": test, "outcome": outcome, "tried": tried}), flush=True)
    print(json.dumps({"took": bench.took}), flush=True)


if __name__ == "__main__":
    main()
