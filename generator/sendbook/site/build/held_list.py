"""What a build held back, for the people who can correct it: said when it ends, and on the SENDCo's home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from sendbook.checks.finding import Finding, Severity
from sendbook.checks.log_paths import in_log
from sendbook.pages.template_faults import Fault
from sendbook.site.build.records_in_use import RecordsInUse

#: Under this name the bundle remembers what is held back.
HELD = "held"
#: Where the folders of students are.
STUDENTS = "records/students/"
#: What is held back where a template fails.
OWN_TEMPLATE = "your own template (ours is used wherever it fails)"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldThing:
    """Names something that is held back.

    ``path`` is the file or folder to correct. ``student`` is set where it is one student's pages: only those who see
    that student at work read it. ``what`` says what is held back, and ``why`` is the first thing to correct.
    """

    path: str
    what: str
    why: str
    student: str = ""

    @property
    def name(self) -> str:
        """Returns what is held back, in one line without anything of a record, for the SENDCo's own terminal."""
        return f"{self.what}, because of {self.path}"

    @property
    def name_in_log(self) -> str:
        """Returns the same where the line may end in a log: a file may be called after the person it is about."""
        return f"{self.what}, because of {in_log(self.path)}"

    def plain(self) -> dict[str, str]:
        """As the bundle remembers it."""
        return {"path": self.path, "what": self.what, "why": self.why, "student": self.student}


def things_held(
    students: Mapping[str, Iterable[Finding]],
    findings: Iterable[Finding],
    in_use: RecordsInUse,
    pages: Iterable[str],
    templates: Iterable[tuple[str, Fault]] = (),
) -> tuple[HeldThing, ...]:
    """Returns all that a build held back, by path: students, shared records, pages of the handbook.

    ``templates`` are the campus's own that fail, with the student on whose pages they do.
    """
    first: dict[str, str] = {}
    for one in findings:
        if one.severity is Severity.ERROR:
            first.setdefault(one.path, one.message)
    found = []
    for student, errors in students.items():
        by_path = dict.fromkeys(one.path for one in errors)
        found += [
            HeldThing(path=path, what=f"the pages of student {student}", why=first.get(path, ""), student=student)
            for path in by_path
        ]
    shared = {*in_use.left_out, *(f"records/{one}.yml" for one in in_use.standing_in)}
    found += [HeldThing(path=path, what=_what(path), why=first.get(path, "")) for path in sorted(shared)]
    known = {one.path for one in found}
    found += [HeldThing(path=path, what=_what(path), why=first.get(path, "")) for path in sorted(set(pages) - known)]
    for student, fault in dict.fromkeys(templates):
        why = fault.problem().message
        found.append(HeldThing(path=fault.path, what=OWN_TEMPLATE, why=why, student=student))
    return tuple(sorted(found, key=lambda one: one.path))


def once_each(things: Iterable[HeldThing]) -> tuple[HeldThing, ...]:
    """Returns the things to show somebody who sees all of them: a template that fails on many students' pages once."""
    things = tuple(things)
    many = Counter((one.path, one.why) for one in things if one.what == OWN_TEMPLATE)
    plain = (replace(one, student="") if many[one.path, one.why] > 1 else one for one in things)
    return tuple(dict.fromkeys(plain))


def _what(path: str) -> str:
    if path.startswith("handbook"):
        return "the newer version of a handbook page" if path.endswith(".md") else "a file of the handbook"
    if path in ("records/access.yml", "records/campus.yml", "records/withdrawn.yml", "records/access-tests.yml"):
        return "everything that would give somebody more access"
    return "the newer version of a record"


def errors_by_student(findings: Iterable[Finding]) -> dict[str, list[Finding]]:
    """Returns the errors about files of a student that no student job finds, such as a file that is no record."""
    found: dict[str, list[Finding]] = {}
    for one in findings:
        if one.severity is Severity.ERROR and one.path.startswith(STUDENTS):
            found.setdefault(one.path.removeprefix(STUDENTS).partition("/")[0], []).append(one)
    return found
