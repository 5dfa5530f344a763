"""Holds what a build works with from its first step to its last: the folder as scanned, the caches and the bundle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder, Scan
from sendbook.campus.foundation import STUDENT
from sendbook.campus.records import Campus
from sendbook.checks.finding_cache import FindingCache
from sendbook.checks.names import Names
from sendbook.history.versions import History
from sendbook.places import Places
from sendbook.site.build.kept import Kept
from sendbook.site.build.kept_basis import kept_basis
from sendbook.site.build.kept_names import kept_names
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import Around, SharedCampus, Surrounded, templates_stamp
from sendbook.site.build.student_jobs import WorkerInputs


@dataclass(frozen=True, slots=True, kw_only=True)
class BuildInputs:
    """Names what a build reads, where it writes, and what was asked of it.

    ``wanted`` limits the site to some readers, ``workers`` the processes; ``progress`` is called with how many students
    are done, and of how many. ``history`` is None where there is none to tell of. ``kept`` is what earlier publications
    of this process worked out.
    """

    folder: CampusFolder
    scan: Scan
    on: date
    places: Places
    cache: ParseCache
    finding_cache: FindingCache
    bundle: Bundle
    history: History | None
    kept: Kept = field(default_factory=Kept, repr=False)
    wanted: frozenset[str] | None = None
    workers: int | None = None
    progress: Callable[[int, int], None] = field(default=lambda _done, _all: None)

    def shared_campus(self, in_use: RecordsInUse) -> SharedCampus:
        """Returns what all students' pages have in common, as these records say it."""
        records = tuple((record.id, record.digest) for record in in_use.records)
        rests_on = (records, self.on, self.folder.registry.digest, templates_stamp(self.folder.root))
        return self.kept.value("shared campus", rests_on, lambda: self._shared_campus(in_use))

    def _shared_campus(self, in_use: RecordsInUse) -> SharedCampus:
        shared = in_use.campus(self.folder.registry)
        made = SharedCampus(shared, self.on, self.folder.root, kept_basis(self.kept, shared, self.on))
        # A new number of somebody's parent surrounds no page, so what does is not made again for it.
        around: dict[Surrounded, Around] = {}
        made.take_over(self.kept.value("surroundings", made.surroundings_rest_on, lambda: around))
        return made

    def names(self, shared: Campus) -> Names:
        """Returns what everybody is called; students by what their own files hold."""
        return kept_names(self.kept, self.folder, shared, self.scan, self.cache)

    def for_workers(self, in_use: RecordsInUse) -> WorkerInputs:
        """Returns what a worker process needs to make everything for itself."""
        return WorkerInputs(
            root=self.folder.root,
            schema_folders=self.folder.registry.folders,
            shared=self.scan.unit(SHARED),
            students=frozenset(self.scan.students),
            cache=self.cache.path,
            on=self.on,
            wanted=self.wanted,
            history=self.places.build if self.history is not None else None,
            headers=tuple(entry for entry in self.scan.entries if entry.kind == STUDENT),
            in_use=None if in_use.is_plain else in_use,
        )
