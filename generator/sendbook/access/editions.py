"""The campus as an edition of the handbook may show it: to the public, to families, to staff.

An edition is read by many, so it holds only what every one of its readers may see: the family edition what anyone
signed in may (students read it too), the staff edition what anyone at work here may.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendbook.access.basis import Basis
from sendbook.access.shared import PUBLIC, Whos, shared_alike
from sendbook.campus.records import Campus

READERS: Mapping[str, Whos] = {
    "public": frozenset({PUBLIC}),
    "family": frozenset({PUBLIC, "everyone:signed_in"}),
    "staff": frozenset({PUBLIC, "everyone:signed_in", "everyone:staff"}),
}


def edition_view(campus: Campus, edition: str, *, basis: Basis | None = None) -> Campus:
    """The shared records, cut down to what every reader of an edition may see; no student's among them."""
    basis = basis or Basis.of(campus)
    return Campus(shared_alike(campus.shared, READERS[edition], basis), campus.registry)
