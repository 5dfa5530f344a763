"""Keeps what everybody is called from one publication to the next: to read all students' own records takes a while."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, FileStamp, Scan
from sendbook.campus.foundation import PERSON, STUDENT
from sendbook.campus.records import Campus, Record
from sendbook.checks.names import Names, named_students
from sendbook.site.build.kept import Kept

#: Each student's own record as names are looked for in it, if it can be read, by its file as it was then: what the file
#: held when the digest was taken need not be what it holds when the record is read.
_Headers = dict[tuple[FileStamp, str], Record | None]


def kept_names(kept: Kept, folder: CampusFolder, shared: Campus, scan: Scan, cache: ParseCache) -> Names:
    """Returns the names of a campus: made again when somebody's record is another.

    The students' own records among them are read when they are first asked for, and again those that changed.
    """
    headers = [entry for entry in scan.entries if entry.kind == STUDENT]
    files = _files(folder, headers, cache)
    students = (headers, files, folder.registry.digest) if len(files) == len(headers) else None
    people = tuple((record.id, record.digest) for record in shared.of_kind(PERSON))

    def read() -> Campus:
        return kept.value("students' own records", students, read_anew)

    def read_anew() -> Campus:
        known: _Headers = kept.value("each student's own record", folder.registry.digest, dict)
        records = _renewed(known, folder, headers, files, cache)
        return Campus(records, folder.registry)

    def made() -> Names:
        return Names(folder=folder, shared=shared, entries=tuple(headers), cache=cache, read=read, known=kept.people)

    return kept.value("names", (people, students) if students is not None else None, made)


def _files(folder: CampusFolder, headers: Sequence[FileStamp], cache: ParseCache) -> Mapping[str, str]:
    """The digest of each file, by path. One that was saved a moment ago is read again, whatever its stamp says."""
    files = cache.recall(headers)
    lately = [entry for entry in headers if entry.path not in files]
    # Of all of them in a process that knows nothing yet: then they are read when they are asked for.
    return {**files, **folder.load(lately, cache).sources} if files and lately else files


def _renewed(
    known: _Headers, folder: CampusFolder, headers: Sequence[FileStamp], files: Mapping[str, str], cache: ParseCache
) -> list[Record]:
    """The records; those whose files are as they were when last read are ``known``, and not read again."""
    now = [(one, files.get(one.path, "")) for one in headers]
    read = {
        record.path: record for record in named_students(folder, [one[0] for one in now if one not in known], cache)
    }
    records = {one: known[one] if one in known else read.get(one[0].path) for one in now}
    known.clear()
    known.update({one: record for one, record in records.items() if one[1]})
    return [record for record in records.values() if record is not None]
