"""What one student costs in a build: whether it depends on how many others there are, and how much of it is pages."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any
from unittest.mock import patch

from benchmarks import libyaml
from benchmarks.campus import ON, folder_of, synthetic
from benchmarks.result import Row, median_of, ratio, rounds_of
from sendbook.campus.cache import ParseCache
from sendbook.kinds.student_pages import StudentPages
from sendbook.site.build import student_build
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_jobs import StudentJob, StudentJobs, WorkerInputs

_STUDENTS = 100
_FEW = 250


def rows(root: Path, scratch: Path, cold: float) -> list[Row]:
    """What a student costs among 1,000 and among 250, in one process; and how much of it is their pages.

    Nothing in a smaller campus, which has no more students than are compared.
    """
    if len(list((root / "records/students").iterdir())) <= _FEW:
        return []
    floor = _floor(root)
    many = _Taking(root, scratch / "many")
    few = _Taking(synthetic(scratch / "few", _FEW), scratch / "fewer")
    taken = rounds_of(3, many=many.do, few=few.do)
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
    sources = libyaml.sources_of(root)
    return median_of(3, lambda: libyaml.parse(sources))


class _Taking:
    """Turns of some students of a campus, each round with an empty cache, and the seconds that rendering took."""

    def __init__(self, root: Path, scratch: Path) -> None:
        self.folder = folder_of(root)
        self.scan = self.folder.scan()
        self.scratch = scratch
        self.shared = self.folder.load(self.scan.unit("shared")).campus
        self.common = SharedCampus(self.shared, ON, root)
        for person in self.common.basis.people:
            self.common.around(person.id)
        self.students = self.scan.students[:: len(self.scan.students) // _STUDENTS][:_STUDENTS]
        self.rendering = 0.0
        self.round = 0

    def do(self) -> None:
        """One round."""
        self.round += 1
        with ParseCache(self.scratch / f"{self.round}.db") as cache:
            inputs = WorkerInputs(
                root=self.folder.root,
                schema_folders=self.folder.registry.folders,
                shared=self.scan.unit("shared"),
                students=frozenset(self.scan.students),
                cache=cache.path,
                on=ON,
            )
            taker = StudentJobs(inputs, self.folder, self.common, cache, None)
            with patch.object(student_build, "pages_of_reading", self._timed(student_build.pages_of_reading)):
                for student in self.students:
                    taker.do(StudentJob(student=student, entries=self.scan.unit(student)))

    def _timed(self, work: Callable[..., StudentPages]) -> Callable[..., StudentPages]:
        def timed(*given: Any) -> StudentPages:
            begin = time.perf_counter()
            made = work(*given)
            self.rendering += time.perf_counter() - begin
            return made

        return timed
