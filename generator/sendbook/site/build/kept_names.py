"""Keeps what everybody is called from one publication to the next: to read all students' own records takes a while."""

from __future__ import annotations

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus
from sendbook.checks.names import Names, named_students
from sendbook.site.build.kept import Kept


def kept_names(kept: Kept, folder: CampusFolder, shared: Campus, scan: Scan, cache: ParseCache) -> Names:
    """Returns the names of a campus: made again when somebody's record is another.

    The students' own records among them are read when they are first asked for, and again when one of them changed.
    """
    headers = [entry for entry in scan.entries if entry.kind == STUDENT]
    files = cache.recall(headers)
    # A file that was saved a moment ago is read again, whatever its stamp says.
    students = (files, folder.registry.digest) if len(files) == len(headers) else None
    people = tuple((record.id, record.digest) for record in shared.of_kind(PERSON))

    def read() -> Campus:
        return kept.value(
            "students' own records",
            students,
            lambda: Campus(named_students(folder, headers, cache), folder.registry),
        )

    def made() -> Names:
        return Names(folder=folder, shared=shared, entries=tuple(headers), cache=cache, read=read, known=kept.people)

    return kept.value("names", (people, students) if students is not None else None, made)
