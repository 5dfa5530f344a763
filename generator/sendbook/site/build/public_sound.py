"""The public edition as far as it can be put before everybody: what `publish` writes while a page of it has an error.

An error of a page, or of the accessibility plan, holds back that page or plan and nothing else, by the same rule as in
a build (`sound_handbook`): what was published of it last is there instead, or a page that says it is being corrected.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from sendbook.bundle.store import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, is_leak
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.checks.waivers import waived_in
from sendbook.errors import BundleError
from sendbook.handbook import folder as handbook
from sendbook.handbook.folder import Handbook
from sendbook.handbook.sound_handbook import FOLDER, LastPages, in_folder, sound_handbook
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH, plan_is_wrong
from sendbook.places import Places
from sendbook.site.build.handbook_checks import named_in_their_address
from sendbook.site.build.handbook_findings import handbook_findings
from sendbook.site.build.last_good import LastShared


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicMaterial:
    """Holds what the public edition is made of: the records, the pages, and the paths of what is held back."""

    campus: Campus
    handbook: Handbook = field(repr=False)
    held: frozenset[str] = frozenset()


def holds_back_itself_alone(finding: Finding) -> bool:
    """Whether the public edition can go on without what an error is in, with something else in its place."""
    return finding.path.startswith(FOLDER) or finding.path == PLAN_PATH


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundPublic:
    """Makes the public edition's material from a campus on a day; ``findings`` are those about the campus as it is."""

    folder: CampusFolder
    campus: Campus
    findings: tuple[Finding, ...]
    on: date
    bundle: Bundle | None
    identifiers: Identifiers = field(repr=False)

    def material(self, leaking: frozenset[str] = frozenset(), twice: frozenset[str] = frozenset()) -> PublicMaterial:
        """Returns the records and pages that may be used; paths are below the campus folder.

        ``leaking`` are files in which a leak was found, ``twice`` those whose last version had one too.
        """
        read = handbook.read(self.folder.root, handbook.front_matter_schema(schemas()))
        wrong = plan_is_wrong(self.findings)
        campus = self._with_last_plan() if wrong or PLAN_PATH in leaking else self.campus

        def ask(book: Handbook) -> Iterable[Finding]:
            found = handbook_findings(self.folder, campus.shared, self.on, sound=True, found=book)
            return waived_in(campus.shared, found, self.on)

        sound = sound_handbook(
            read,
            [*self.findings, *ask(read)] if wrong else self.findings,
            LastPages(self.bundle),
            ask,
            leaking=in_folder(leaking),
            twice=in_folder(twice),
            left_out=named_in_their_address(read, self.identifiers) if leaking else frozenset(),
        )
        held = {f"{FOLDER}{path}" for path in sound.held} | ({PLAN_PATH} if campus is not self.campus else set())
        return PublicMaterial(campus=campus, handbook=sound.handbook, held=frozenset(held))

    def _with_last_plan(self) -> Campus:
        """The campus with the accessibility plan published last; without one if none is known, or it names somebody."""
        last = LastShared(self.bundle).get(PLAN_RECORD) if self.bundle is not None else None
        names = any(is_leak(one) for one in self.findings if one.path == PLAN_PATH)
        others = [one for one in self.campus.records.values() if one.id != PLAN_RECORD]
        kept = [last[0]] if last is not None and not names else []
        return Campus([*others, *kept], self.campus.registry)


@contextmanager
def last_published(state: Path) -> Iterator[Bundle | None]:
    """Returns what the last build left, to take the last good pages from; None where nothing of it can be believed."""
    try:
        bundle = Bundle.reading(Places(state).bundle)
    except BundleError:
        yield None
        return
    with bundle:
        yield bundle if bundle.prove() else None
