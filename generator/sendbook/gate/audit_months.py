"""The list of the access log's months, kept outside the log: the first and the last row of each.

The log itself can't tell that its newest rows, or whole months, were taken away, or that an older copy was put in its
place. This list can: it is a file next to the log's folder, rewritten once the log's rows are on the disk, and
sealed with the log's key. Where both were replaced by older copies, only a row noted elsewhere tells of it
(``sendbook access-log head``).
"""

import hmac
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from sendbook.gate.audit_chain import START, Head

#: Its name, in the folder that holds the log's.
FILE = "access-log.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """The row a month follows, its last row known, and the day it was deleted on purpose ("" while it is there)."""

    begins: Head
    ends: Head
    dropped: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Months:
    """All months of a log, by name (2026-11), the oldest first."""

    known: Mapping[str, Month] = field(default_factory=dict)

    @property
    def there(self) -> dict[str, Month]:
        """The months that were not deleted on purpose."""
        return {name: month for name, month in self.known.items() if not month.dropped}

    @property
    def head(self) -> Head:
        """The newest row known."""
        return list(self.known.values())[-1].ends if self.known else Head(0, START)

    def reaching(self, name: str, ends: Head) -> "Months":
        """The same with a month's newest row; a new month follows the one before."""
        before = self.known.get(name)
        month = replace(before, ends=ends) if before is not None else Month(begins=self.head, ends=ends)
        return Months(known={**self.known, name: month})

    def begun(self, name: str, begins: Head) -> "Months":
        """The same with a month that begins now."""
        if name in self.known:
            return self
        return Months(known={**self.known, name: Month(begins=begins, ends=begins)})

    def without(self, up_to: str, day: str) -> "Months":
        """The same where all months up to one were deleted on purpose on a day."""
        return Months(
            known={
                name: replace(month, dropped=month.dropped or day) if name <= up_to else month
                for name, month in self.known.items()
            }
        )

    def write(self, path: Path, key: bytes) -> None:
        """Puts the list on the disk, whole or not at all."""
        months = {name: _plain(month) for name, month in self.known.items()}
        text = json.dumps({"months": months, "seal": _seal(months, key)}, indent=1) + "\n"
        fresh = path.with_name(f".{path.name}.new")
        with os.fdopen(os.open(fresh, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600), "w") as handle:
            handle.write(text)
            handle.flush()
            os.fsync(handle.fileno())
        fresh.replace(path)


def read(path: Path, key: bytes) -> Months | None:
    """The list as it was written; None if it was changed, or sealed with another key. FileNotFoundError if missing."""
    try:
        said = json.loads(path.read_bytes())
        months = said["months"]
        sealed = hmac.compare_digest(str(said["seal"]).encode(), _seal(months, key).encode())
        return Months(known={name: _month(month) for name, month in sorted(months.items())}) if sealed else None
    except FileNotFoundError:
        raise
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _plain(month: Month) -> dict[str, str]:
    return {"begins": str(month.begins), "ends": str(month.ends), "dropped": month.dropped}


def _month(said: Mapping[str, Any]) -> Month:
    return Month(begins=Head.read(said["begins"]), ends=Head.read(said["ends"]), dropped=str(said["dropped"]))


def _seal(months: Any, key: bytes) -> str:
    text = json.dumps(months, sort_keys=True)
    return hmac.digest(key, b"months\0" + text.encode(), "sha256").hex()
