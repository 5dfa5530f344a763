"""Both sides of a comparison as one person sees them by today's policy, people and relations, whatever the commits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sendbook.access.basis import Basis
from sendbook.access.households import at_home_with
from sendbook.access.people import Reader
from sendbook.access.shared import person_of, shared_records
from sendbook.access.sight import standing
from sendbook.access.student_file import StudentFile
from sendbook.access.views import View, apart_from, view
from sendbook.campus.records import Campus, Record
from sendbook.history.between import Sides
from sendbook.history.names import Names, Voice

Records = Mapping[str, Record]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reduced:
    """Holds both sides as a person sees them, and how the person is spoken to about them."""

    before: Records
    after: Records
    voice: Voice


class Reduction:
    """Shows any comparison as one person sees it. ``campus`` is the whole campus as it is today."""

    def __init__(self, campus: Campus, reader: Reader, on: date) -> None:
        self.campus, self.reader, self.on = campus, reader, on
        self.basis = Basis.of(campus)
        self.seen: View = view(campus, reader, on, basis=self.basis)

    def names(self, student: str | None, voice: Voice) -> Names:
        """Returns what the person's own projection of today calls people and things."""
        header = self.seen.campus.get(f"students/{student}/student")
        name = header.data.get("name", {}).get("known_as") if header is not None else None
        shared = self.seen.campus.shared
        at_home = at_home_with(self.campus, self.reader.id, self.on, self.basis)
        known = (shared.get(f"people/{person}") for person in (self.reader.id, *sorted(at_home)))
        family = {person_of(one): one.data["name"]["known_as"] for one in known if one and "name" in one.data}
        return Names.of(shared, voice=voice, known_as=name or "the student", family=family)

    def of_student(self, sides: Sides, student: str, past: Iterable[Records] = ()) -> Reduced:
        """Returns a student's records, both sides.

        ``past`` are all states that were committed, the oldest first. What is on a side and gone today is judged by
        what it said last, and that may have been after either side: without them it would be open again.
        """
        today = StudentFile.of(self.campus, student, self.basis)
        if today is None:  # without a record of today nobody is tied to the student
            return Reduced(before={}, after={}, voice="staff")
        states = (sides.before, sides.after, *past)
        today = today.knowing(state.values() for state in states)
        files = [today.looking_back(side.values()) for side in (sides.before, sides.after)]
        authors = today.authors.union(*(file.authors for file in files))
        stands = standing(today.relations, self.reader.id, authors, self.on, self.basis)
        if stands is None:
            return Reduced(before={}, after={}, voice="staff")
        before, after = (file.projected(stands).records for file in files)
        return Reduced(before=before, after=after, voice=stands.manner)

    def of_shared(self, sides: Sides) -> Reduced:
        """Records that belong to no student, both sides."""
        apart = apart_from(self.campus, self.reader.id)
        at_home = at_home_with(self.campus, self.reader.id, self.on, self.basis)
        before, after = (
            {
                record.id: record
                for record in shared_records(
                    Campus(side.values(), self.campus.registry),
                    self.reader,
                    self.on,
                    self.seen.parts,
                    apart,
                    self.basis,
                    at_home,
                )
            }
            for side in (sides.before, sides.after)
        )
        voice: Voice = "staff" if self.reader.is_staff else "family"
        return Reduced(before=before, after=after, voice=voice)
