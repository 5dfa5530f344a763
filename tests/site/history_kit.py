"""A campus kept in git that tests commit to, and one student's pages as a build makes them."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from sendbook.access.views import Cap
from sendbook.bundle import Fragment
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.history.versions import History
from sendbook.site.build.remembered import unpacked
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.build.student_build import StudentBuild, build_student
from tests.conftest import ON

STUDENT = "7NVF"
#: The history is read some days after the example's newest commit, so that tests can commit after it.
TODAY = ON + timedelta(days=7)


def _bytes_of(page: object) -> str:
    """All that is sent of a page; of a document the data it is made from."""
    if isinstance(page, Fragment):
        return "".join((page.title, page.nav, page.contents, page.content))
    return repr(page)


@dataclass(frozen=True)
class Told:
    """One student's pages as the build makes them."""

    built: StudentBuild

    def key(self, reader: str) -> str:
        return next(row[1] for row in self.built.scopes if row[0] == reader)

    def pages(self, reader: str) -> dict[str, str]:
        return {path: _bytes_of(one) for path, one in self.built.pages[self.key(reader)].items()}

    def history(self, reader: str) -> str:
        return self.pages(reader)[f"/students/{self.built.student}/history/"]

    def facts(self, reader: str) -> dict[str, object]:
        return unpacked(self.built.facts[self.key(reader)]).facts


@dataclass(frozen=True)
class KeptCampus:
    """A copy of the example with its history, to commit to and look at."""

    root: Path
    registry: SchemaRegistry

    def git(self, *arguments: str, day: str = "2026-11-23", author: str = "m.okonjo@larkfield.example") -> str:
        when = f"{day}T12:00:00+00:00"
        dates = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when, "HOME": str(self.root)}
        who = ("-c", "user.name=Xanthippe Quill", "-c", f"user.email={author}", "-c", "commit.gpgsign=false")
        command = ["git", *who, *arguments]
        done = subprocess.run(
            command, cwd=self.root, env={**os.environ, **dates}, capture_output=True, text=True, check=True
        )
        return done.stdout

    def change(self, record: str, before: str, after: str) -> None:
        path = self.root / "records" / f"{record}.yml"
        text = path.read_text(encoding="utf-8")
        assert text.count(before) == 1, (record, before)
        path.write_text(text.replace(before, after), encoding="utf-8")

    def commit(self, day: str = "2026-11-23", **options: str) -> None:
        self.git("commit", "-qam", "Zymurgy of the day", day=day, **options)

    def told(self, student: str = STUDENT, cap: Cap | None = None) -> Told:
        folder = CampusFolder(self.root, self.registry)
        scan = folder.scan()
        common = SharedCampus(folder.load(scan.unit(SHARED)).campus, ON, self.root)
        own = folder.load(scan.unit(student)).campus
        history = History.open(self.root, self.registry, self.root / ".sendbook", TODAY)
        assert history is not None
        with history:
            return Told(build_student(common, own, student, history=history, cap=cap))


def days(page: str) -> list[str]:
    """The days a history page tells of, in its order."""
    return re.findall(r'id="on-(\d{4}-\d\d-\d\d)"', page)
