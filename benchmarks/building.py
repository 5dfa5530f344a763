"""The build of 1,000 students: cold, one field changed, and what memory it takes. Each build is a fresh process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median
from typing import Any
from unittest.mock import patch

from yaml.cyaml import CParser

from benchmarks.campus import ON, folder_of, synthetic
from benchmarks.result import Row, median_of, ratio, rounds_of, seconds
from sendbook.campus.cache import ParseCache
from sendbook.site import unit
from sendbook.site.student_pages import StudentPages
from sendbook.site.turns import Setting, Turn, Turns
from sendbook.site.world import World

_STUDENTS = 100


def rows(root: Path, scratch: Path) -> list[Row]:
    """Cold, nothing changed, and one field changed: one that stands on the student's own pages, and one on all lists."""
    state = scratch / "state"
    peak: list[int] = []
    cold = [seconds(lambda: _build(root, state, peak))]
    dates, names = [], []
    for number in range(5):
        _change_date(root, number)
        dates.append(seconds(lambda: _build(root, state)))
        _change_name(root, number)
        names.append(seconds(lambda: _build(root, state)))
    same = median(seconds(lambda: _build(root, state)) for _ in range(3))
    # Once more at the end, so that a machine that was busier at one time than at another is seen.
    cold.append(seconds(lambda: _build(root, scratch / "again", peak)))
    whole = mean(cold)
    builds = " and ".join(f"{one:.1f}" for one in cold)
    return [
        _changed("one date of a plan", dates, whole, f"nothing changed {same:.2f} s; cold {builds} s"),
        _changed("one student's name, on the lists of all who see them", names, whole, ""),
        Row(
            work="memory of the cold build, all its processes together",
            measured=f"{max(peak) / 1024:.0f} MB",
            bar="under 300 MB",
            holds=max(peak) < 300 * 1024,
            told="resident, what processes share counted once (Pss)",
        ),
        *_by_student(root, scratch, whole),
    ]


def _changed(what: str, taken: list[float], cold: float, told: str) -> Row:
    one = median(taken)
    return Row(
        work=f"changed: {what}; 1,000 students, fresh process / cold build",
        measured=f"{100 * one / cold:.1f} %",
        bar="under 3 %",
        holds=one / cold < 0.03,
        told="; ".join(filter(None, (f"{one:.2f} s", told))),
    )


def _by_student(root: Path, scratch: Path, cold: float) -> list[Row]:
    """What a student costs among 1,000 and among 250, in one process; and how much of it is their pages."""
    floor = _floor(root)
    many = _Taking(root, scratch / "many")
    few = _Taking(synthetic(scratch / "few", 250), scratch / "fewer")
    taken = rounds_of(3, many=many.take, few=few.take)
    more = ratio(taken["many"], taken["few"])
    share = many.rendering / sum(taken["many"])
    each = 1000 * median(taken["many"]) / _STUDENTS
    return [
        Row(
            work="a student's turn (read, check, project, render) among 1,000 / among 250",
            measured=f"{more:.2f} ×",
            bar="at most 1.25 ×",
            holds=more <= 1.25,
            told=f"{each:.0f} ms a student on one core, for a dozen projections",
        ),
        Row(
            work="rendering pages / all of a student's turn, cold",
            measured=f"{100 * share:.0f} %",
            bar="no more than half",
            holds=share <= 0.5,
            told=f"cold build {cold:.1f} s; libyaml's bare parse of the same files {floor:.2f} s",
        ),
    ]


def _floor(root: Path) -> float:
    sources = [path.read_bytes() for path in sorted((root / "records").rglob("*.yml"))]
    return median_of(3, lambda: [CParser(source).raw_parse() for source in sources])


class _Taking:
    """Turns of some students of a campus, each round with an empty cache, and the seconds that rendering took of them."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.folder = folder_of(root)
        self.scan = self.folder.scan()
        self.scratch = scratch
        self.shared = self.folder.load(self.scan.unit("shared")).campus
        self.world = World(self.shared, ON, root)
        for person in self.world.basis.people:
            self.world.around(person.id)
        self.students = self.scan.students[:: len(self.scan.students) // _STUDENTS][:_STUDENTS]
        self.rendering = 0.0
        self.round = 0

    def take(self) -> None:
        """One round."""
        self.round += 1
        with ParseCache(self.scratch / f"{self.round}.db") as cache:
            setting = Setting(
                root=self.folder.root,
                schema_folders=self.folder.registry.folders,
                shared=self.scan.unit("shared"),
                students=frozenset(self.scan.students),
                cache=cache.path,
                on=ON,
            )
            turns = Turns(setting, self.folder, self.world, cache)
            with patch.object(unit, "pages_of_reading", self._timed(unit.pages_of_reading)):
                for student in self.students:
                    turns.take(Turn(student=student, entries=self.scan.unit(student)))

    def _timed(self, work: Callable[..., StudentPages]) -> Callable[..., StudentPages]:
        def timed(*given: Any) -> StudentPages:
            begin = time.perf_counter()
            made = work(*given)
            self.rendering += time.perf_counter() - begin
            return made

        return timed


def _build(root: Path, state: Path, peak: list[int] | None = None) -> None:
    command = [
        sys.executable,
        "-m",
        "sendbook",
        "build",
        "--campus",
        str(root),
        "--state",
        str(state),
        "--as-of",
        str(ON),
    ]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if peak is not None:
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        watcher.join()
    if process.wait() != 0:
        raise SystemExit("The build failed; nothing to measure.")


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        peak.append(sum(_kilobytes(pid) for pid in _family(process.pid)))
        time.sleep(0.1)


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _family(int(child))
        except OSError:
            continue
    return found


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0


def _change_date(root: Path, number: int) -> None:
    """A date that stands on the pages of the plan, and on no list."""
    plan = sorted((root / "records/students").glob("*/plan.yml"))[500]
    _rewrite(plan, re.sub(r"^agreed_on: .*\n", "", plan.read_text(encoding="utf-8"), flags=re.MULTILINE), number)
    text = plan.read_text(encoding="utf-8")
    _rewrite(plan, re.sub("^lead: ", f"agreed_on: 2026-09-{10 + number}\nlead: ", text, flags=re.MULTILINE), number)


def _change_name(root: Path, number: int) -> None:
    header = sorted((root / "records/students").glob("*/student.yml"))[500]
    text = header.read_text(encoding="utf-8")
    _rewrite(header, re.sub(r"known_as: .*", f"known_as: Robin {chr(65 + number)}", text, count=1), number)


def _rewrite(path: Path, text: str, number: int) -> None:
    """Written a while ago, by its stamp, as it is when a person saves a file and a build comes after."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time.time_ns() - 60_000_000_000 + number,) * 2)
