"""Publishing what was saved, in one process that goes on, as somebody does who saves again and again.

Every row of a warm process goes through `publish`, so that what such a process is stands in one place.
"""

from __future__ import annotations

import os
import time
from datetime import date
from functools import lru_cache
from pathlib import Path

from benchmarks.campus import ON, folder_of
from sendbook.site.build.build import Publisher

#: So many campuses are measured in turn, each with a publisher that goes on: those with few, more and many versions.
_IN_TURN = 3


@lru_cache(maxsize=_IN_TURN)
def _publisher(root: Path, state: Path) -> Publisher:
    """The publisher of a campus that is measured now; that of one measured long before is let go."""
    return Publisher(folder_of(root), state)


def publish(root: Path, state: Path, on: date = ON) -> None:
    """Publishes what was saved; a campus that has errors is nothing to measure."""
    made = _publisher(root, state).publish(on)
    if not made.is_whole:
        codes = sorted({f"{one.code} in {one.path}" for one in made.findings if one.severity == "error"})
        raise SystemExit(f"The campus has errors, so there is nothing to measure: {', '.join(codes)}.")


def save(path: Path, text: str, number: int = 0) -> None:
    """Saves a file a while ago, by its stamp, as it is when a person saves and a build comes after."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time.time_ns() - 60_000_000_000 + number,) * 2)
