"""What pages that are made once for several readers are made with: the campus, and the publication they go into."""

from __future__ import annotations

from dataclasses import dataclass

from sendbook.bundle.publication import Publication
from sendbook.bundle.store import Bundle
from sendbook.site.build.faults_kept import FaultsKept
from sendbook.site.build.shared_campus import SharedCampus


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeForMany:
    """Holds what all readers have in common, the bundle before and the change to it, and where faults are noted."""

    common: SharedCampus
    bundle: Bundle
    change: Publication
    faults: FaultsKept
