"""What a build held back, for the people who can correct it: said when it ends, and on the SENDCo's home page."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from types import MappingProxyType

from sendbook.campus.words import short_day
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
#: What may be on the site in the place of what is held back.
LAST_VERSION = "the last version without an error"
_AT_WORK = "staff"


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldThing:
    """Names something that is held back.

    ``path`` is the file or folder to correct. ``student`` is set where it is one student's pages: only those who see
    that student at work read it. ``what`` says what is held back, and ``why`` is the first thing to correct. ``since``
    is the day on which a build held it first, ``meanwhile`` what is on the site in its place; "" where nothing can be
    said.
    """

    path: str
    what: str
    why: str
    student: str = ""
    since: str = ""
    meanwhile: str = ""

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
        return asdict(self)

    @property
    def since_in_words(self) -> str:
        """Returns the day as people write it; "" where there is none."""
        return short_day(self.since)

    @property
    def key(self) -> tuple[str, str]:
        """Returns what stays the same in each build while this is held, whichever error holds it."""
        return self.student or self.path, self.what


def things_held(
    students: Mapping[str, Iterable[Finding]],
    findings: Iterable[Finding],
    in_use: RecordsInUse,
    pages: Iterable[str],
    templates: Iterable[tuple[str, Fault]] = (),
    meanwhile: Mapping[str, str] = MappingProxyType({}),
) -> tuple[HeldThing, ...]:
    """Returns all that a build held back, by path: students, shared records, pages of the handbook.

    ``templates`` are the campus's own that fail, with the student on whose pages they do; ``meanwhile`` is what readers
    are given of each student.
    """
    first: dict[str, str] = {}
    for one in findings:
        if one.severity is Severity.ERROR:
            first.setdefault(one.path, one.message)
    found = []
    for student, errors in students.items():
        by_path = dict.fromkeys(one.path for one in errors)
        found += [
            HeldThing(
                path=path,
                what=f"the pages of student {student}",
                why=first.get(path, ""),
                student=student,
                meanwhile=meanwhile.get(student, ""),
            )
            for path in by_path
        ]
    shared = {*in_use.left_out, *(f"records/{one}.yml" for one in in_use.standing_in)}
    found += [
        HeldThing(path=path, what=_what(path), why=first.get(path, ""), meanwhile=_of_shared(path, in_use))
        for path in sorted(shared)
    ]
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


def since_when(things: Iterable[HeldThing], before: Iterable[HeldThing], on: str) -> tuple[HeldThing, ...]:
    """Returns the things with the day since which each is held: that of the last build, if it was held then."""
    days = {one.key: one.since for one in before if one.since}
    return tuple(
        one if one.what == OWN_TEMPLATE else replace(one, since=min(days.get(one.key, on), on)) for one in things
    )


def of_student(keep: Iterable[str], wait: Iterable[str]) -> str:
    """Says what is read of a student who is held; given the manners in which people see the student, of those who keep
    the last pages and of those who wait.
    """
    kept, waits = set(keep), set(wait)
    if not waits:
        return LAST_VERSION
    if not kept:
        return "a page that says it is being corrected"
    if _AT_WORK not in waits and kept == {_AT_WORK}:
        return f"{LAST_VERSION} for staff. The family and the student read that it is being corrected"
    return f"{LAST_VERSION}. Those who may not read that any more read that it is being corrected"


def _of_shared(path: str, in_use: RecordsInUse) -> str:
    record = path.removeprefix("records/").removesuffix(".yml")
    if record in in_use.silenced:
        return f"{LAST_VERSION}, without the text that must not be read"
    return LAST_VERSION if record in in_use.standing_in else "nothing of this record"


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
