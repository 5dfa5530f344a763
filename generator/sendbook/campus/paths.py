"""Which kind of record a path is for: the ``x-path`` patterns of schemas, with {student} and {id} as captured segments.

Paths are where names of children leak first (commit messages, logs, backups), so a path that seems to hold
one gets its own problem.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from sendbook.campus.problems import Problem
from sendbook.campus.unseen import called

# Four characters of Crockford's base32, with a digit and a letter, so that none can be taken for a word or a
# number.
STUDENT_ID = r"(?=[A-Z]*[0-9])(?=[0-9]*[A-Z])[0-9A-HJKMNP-TV-Z]{4}"
RECORD_ID = r"[a-z0-9][a-z0-9-]*"
_SEGMENTS = {"{student}": rf"(?P<student>{STUDENT_ID})", "{id}": rf"(?P<id>{RECORD_ID})"}
_STUDENTS, _RECORDS = "students", "records"
_SUCH_AS = "write one such as trips/{id}.yml, or students/{student}/reading-log.yml for a student's"
_PLAIN = re.compile(r"[a-z0-9][a-z0-9_-]*")
_STUDENT = re.compile(STUDENT_ID)
# A student's folder whose name was meant as an id: with a digit it can be nobody's name.
_ALMOST_A_STUDENT = re.compile(r"records/students/((?=[A-Za-z]*[0-9])[0-9A-Za-z]{3,5})/")
_UNUSED = str.maketrans("ILOU", "110V")


@dataclass(frozen=True, slots=True, kw_only=True)
class PathPattern:
    """One ``x-path``: its text, and the expression that finds it."""

    text: str
    expression: re.Pattern[str]

    @property
    def of_student(self) -> bool:
        """Whether such a path belongs to one student."""
        return "{student}" in self.text

    @property
    def depth(self) -> int:
        """How many folders and names it has."""
        return self.text.count("/") + 1

    def may_be_of(self, folders: int, name: str) -> bool:
        """Whether a path so many folders deep can match; ``name`` is the file's, "" for one no pattern asks for."""
        asked = self.text.rpartition("/")[2]
        return self.depth == folders + 1 and (asked == name or "{" in asked)

    def match(self, path: str) -> dict[str, str] | None:
        """What {student} and {id} stand for in a path below ``records/``; None if it is another's."""
        found = self.expression.fullmatch(path)
        return found.groupdict() if found else None


@lru_cache(maxsize=1024)  # each record's own path is asked of the patterns of its kind
def compile_path(text: str) -> PathPattern:
    """The pattern of an ``x-path``; raises ValueError with a reason if it can't be one."""
    if fault := _fault_of(text):
        raise ValueError(f"the path “{text}” {fault}")
    segments = text.removesuffix(".yml").split("/")
    expression = "/".join(_SEGMENTS.get(segment, re.escape(segment)) for segment in segments)
    return PathPattern(text=text, expression=re.compile(expression + r"\.yml"))


def _fault_of(text: str) -> str:
    """Says what is wrong with the text of an ``x-path``, and what to write; "" for a sound one."""
    if not text.endswith(".yml"):
        return f"does not end in .yml: {_SUCH_AS}"
    segments = text.removesuffix(".yml").split("/")
    if not segments[0] or segments[0] in (".", "..", _RECORDS):
        return f"does not begin below records/: {_SUCH_AS}"
    for segment in segments:
        if segment not in _SEGMENTS and _PLAIN.fullmatch(segment) is None:
            return f"has “{segment}” between its slashes, which is no plain name, {{student}} or {{id}}: {_SUCH_AS}"
    if any(segments.count(name) > 1 for name in _SEGMENTS):
        return f"names the same thing twice: {_SUCH_AS}"
    if ("{student}" in segments or segments[0] == _STUDENTS) and segments[:2] != [_STUDENTS, "{student}"]:
        return f"is not in one student's folder: begin it with {_STUDENTS}/{{student}}/"
    # Without a name of its own any file of the folder around it would be such a record.
    if segments[0] == "{id}" or (segments[0] == _STUDENTS and segments[2:3] in ([], ["{id}"])):
        return f"has no name of its own, by which its records are told from others: {_SUCH_AS}"
    return ""


def printable(name: str) -> str:
    """A file's name as it may be written into a finding: what no screen shows is a question mark."""
    return name if name.isprintable() else "".join(letter if letter.isprintable() else "?" for letter in name)


def _no_student_id(path: str, name: str) -> Problem:
    meant = name.upper().translate(_UNUSED)
    return Problem(
        "unknown-place",
        path,
        None,
        None,
        "The student's folder is not called by an id, so the file would not be read.",
        "Rename it to four capital letters and digits, at least one of each, such as 7Q4K; I, L, O and U are not used.",
        hint=f"Did you mean “{meant}”?" if _STUDENT.fullmatch(meant) else "",
    )


def misplaced(path: str) -> Problem:
    """The problem of a file in ``records/`` that fits no pattern; ``path`` is relative to the campus folder."""
    almost = _ALMOST_A_STUDENT.match(path)
    if almost and _STUDENT.fullmatch(almost[1]) is None:
        return _no_student_id(path, almost[1])
    if any(_may_be_a_name(segment) for segment in path.split("/")[1:]):
        return Problem(
            "name-in-path",
            path,
            None,
            None,
            "This name of a file or folder may be somebody's name: it has capital letters, spaces or accents.",
            "Rename it to the student's or person's id (such as 7Q4K or p-3f8q): paths end up in histories and logs.",
        )
    return Problem(
        "unknown-place",
        path,
        None,
        None,
        "No kind of record is kept in this place, so the file would not be read.",
        "Compare its path with `sendbook schema`, then move it, or take it out of records/.",
    )


def unseen_name(path: str, name: str) -> Problem:
    """The problem of a file in ``records/`` whose ``name`` holds what no screen shows; ``path`` is printable."""
    one = next((letter for letter in name if not letter.isprintable()), "")
    message = f"There is an invisible character in this name of a file or folder ({called(one)})."
    return Problem("unknown-place", path, None, None, message, "Rename it, and type the whole name again.")


def _may_be_a_name(segment: str) -> bool:
    """Ids and plain file names are lower case ASCII; a student's id is the one thing in capitals."""
    stem = segment.partition(".")[0]
    if _STUDENT.fullmatch(stem):
        return False
    return stem != stem.lower() or " " in stem or "'" in stem or not stem.isascii()
