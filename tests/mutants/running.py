"""Tries faults in copies of the checkout, several at once: the files that people work in are never touched."""

from __future__ import annotations

import json
import os
import queue
import shutil
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.mutants.faults import Fault
from tests.mutants.mapped import Mapped

#: What a copy does without: what git, tools and runs leave behind at the top of a checkout.
_NOT_COPIED = {
    ".git",
    ".venv",
    ".sendbook",
    ".hypothesis",
    ".mypy_cache",
    ".ruff_cache",
    ".pytest_cache",
    "dist",
    "build",
}
#: How many test files may be asked about a fault.
_TESTS = 40
#: Run by its file, so that the copy is all that is imported from.
_BENCH = Path(__file__).with_name("bench.py")


@dataclass(frozen=True, slots=True, kw_only=True)
class Planted:
    """A fault and the module (in the checkout) it is planted in."""

    module: Path
    fault: Fault


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What came of a fault: the test file that noticed it, and how; nothing if none of those tried did."""

    planted: Planted
    test: str
    outcome: str
    tried: int

    @property
    def caught(self) -> bool:
        return bool(self.test)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """How faults are tried: on which checkout, with how many at once, with how many seconds of tests each."""

    mapped: Mapped
    folder: Path
    jobs: int
    seconds: float

    def verdicts(self, planted: Sequence[Planted], told: Callable[[Verdict], None]) -> list[Verdict]:
        """Tries all faults, those of a module one after the other, and tells of each verdict as it comes.

        Raises ``RuntimeError`` where a module's tests fail without a fault: nothing could be said of its faults then.
        """
        waiting: queue.SimpleQueue[Path] = queue.SimpleQueue()
        of_module: dict[Path, list[Planted]] = {}
        for one in planted:
            of_module.setdefault(one.module, []).append(one)
        for module in of_module:
            waiting.put(module)
        run = _Run(trial=self, waiting=waiting, of_module=of_module, told=told, took={}, found=[], wrong=[])
        workers = [threading.Thread(target=run.work, args=(number,)) for number in range(self.jobs)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        if run.wrong:
            raise RuntimeError(f"the tests of {run.wrong[0]} fail without a fault, or can't be run")
        return run.found


@dataclass(frozen=True, slots=True, kw_only=True)
class _Run:
    """What the threads of a trial share."""

    trial: Trial
    waiting: queue.SimpleQueue[Path]
    of_module: Mapping[Path, Sequence[Planted]]
    told: Callable[[Verdict], None]
    took: dict[str, float]
    found: list[Verdict]
    wrong: list[Path]

    def work(self, number: int) -> None:
        """Tries modules in a copy of its own until none is left."""
        copy = self.trial.folder / str(number)
        root = self.trial.mapped.root
        # At the top only: our own room ``site`` has a folder ``build``.
        shutil.copytree(root, copy, ignore=lambda folder, _: _NOT_COPIED if Path(folder) == root else set())
        while not self.wrong:
            try:
                module = self.waiting.get_nowait()
            except queue.Empty:
                break
            self._try(module, copy)

    def _try(self, module: Path, copy: Path) -> None:
        planted, mapped = self.of_module[module], self.trial.mapped
        source = (copy / module).read_bytes()
        examples = mapped.examples_of(module)
        files = [mapped.tests_of(module, one.fault.line)[:_TESTS] for one in planted]
        tests = [[*examples, *map(str, each)] for each in files]
        job = {
            "module": str(module),
            "same": mapped.untouched_by(module, {test for each in files for test in each}),
            "faults": [
                {"source": one.fault.put_into(source).decode(), "tests": each}
                for one, each in zip(planted, tests, strict=True)
            ],
            "took": dict(self.took),
            "seconds": self.trial.seconds,
        }
        with subprocess.Popen(
            [sys.executable, "-P", _BENCH],
            cwd=copy,
            env=_environment(copy, mapped),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as bench:
            assert bench.stdin is not None
            assert bench.stdout is not None
            bench.stdin.write(json.dumps(job) + "\n")
            bench.stdin.close()
            for line in bench.stdout:
                self._take(json.loads(line), planted)
        if bench.returncode or (any(tests) and not any(self.took.get(test) for each in tests for test in each)):
            self.wrong.append(module)

    def _take(self, said: dict[str, object], planted: Sequence[Planted]) -> None:
        if "took" in said:
            self.took.update(said["took"])  # type: ignore[call-overload]
            return
        verdict = Verdict(
            planted=planted[int(str(said["number"]))],
            test=str(said["test"]),
            outcome=str(said["outcome"]),
            tried=int(str(said["tried"])),
        )
        self.found.append(verdict)
        self.told(verdict)


def _environment(copy: Path, mapped: Mapped) -> dict[str, str]:
    """The package and the tests of the copy, whatever is installed; what the tests remember stays in the copy."""
    places = [str((copy / mapped.package).parent), str(copy)]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places), "TMPDIR": str(copy.parent), "PYTHONHASHSEED": "0"}
