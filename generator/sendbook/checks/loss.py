"""What is gone that was agreed, each a case for the rules about it (see ``rules/loss_rules.py``)."""

from __future__ import annotations

from dataclasses import dataclass

from sendbook.access.withdrawn import Place
from sendbook.campus.records import Record


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordLoss:
    """A record that counted, and what has become of it.

    ``before`` is its last version that counted; None where no schema knows its kind any more. ``after`` is the record
    as it is, None where the file is gone. ``entries`` are those that are gone from it, and ``moved_to`` is where the
    same record is now.
    """

    path: str
    before: Record | None
    after: Record | None
    entries: tuple[Place, ...] = ()
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FolderLoss:
    """A student's folder that is gone, with whether the last day on roll was over and where the records are now."""

    path: str
    had_left: bool
    moved_to: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PageLoss:
    """An approved page of the handbook that is gone, or that no longer says when it was approved."""

    path: str
    is_there: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class MergeLoss:
    """A file of which a merge kept one side and dropped what the other had changed."""

    path: str
    record: Record | None
    places: tuple[Place, ...] = ()


Loss = RecordLoss | FolderLoss | PageLoss | MergeLoss
