"""Losses: nothing that was agreed is gone without a word, whatever took it: a file, a folder, an edit or a merge."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.access.withdrawn import Place
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.loss import FolderLoss, MergeLoss, PageLoss, RecordLoss
from sendbook.checks.rules.rule import HOUSE_RULE, OF_WHAT_IS_AGREED, Rule, Spot, rule

_WITHDRAWN = "If you meant to, name it in records/withdrawn.yml with the reason."
_MEANT = "If you meant to, name it in records/withdrawn.yml, or this rule in records/waivers.yml, with the reason."


@rule("CHG-03", "An agreed record stays", source=HOUSE_RULE, severity=Severity.ERROR, parts=OF_WHAT_IS_AGREED)
def record_is_still_there(loss: RecordLoss) -> Iterator[PageSpot]:
    """The file of a record that was agreed, or that counted without being agreed, is where it was."""
    if loss.after is not None:
        return
    if loss.moved_to:
        message = "A record that was agreed has been moved; the same record is now in another place."
        remedy = "Move it back with git mv: its history and all links to it use its path."
    else:
        message = "A record that was agreed has been removed."
        remedy = f"Put it back: git restore --source=<the earlier version> {loss.path}. {_WITHDRAWN}"
    yield PageSpot(path=loss.path, message=message, remedy=remedy, found=loss.moved_to)


@rule("CHG-04", "A student's folder stays", source=HOUSE_RULE, severity=Severity.ERROR, parts=OF_WHAT_IS_AGREED)
def folder_is_still_there(loss: FolderLoss) -> Iterator[PageSpot]:
    """The records of a student who is on roll are under the id they had."""
    if loss.had_left:
        return
    if loss.moved_to:
        message = "A student's records have been moved; the same records are now under another id."
        remedy = "Move the folder back with git mv: a student's id never changes."
    else:
        message = "All records of a student who is on roll have been removed."
        remedy = (
            f"Put them back: git restore --source=<the earlier version> {loss.path}. "
            "A student who leaves gets a last day, "
            "“until:” under “on_roll:”, and the folder stays. If it was erased, name students/ID/student "
            "in records/withdrawn.yml with the reason."
        )
    yield PageSpot(path=loss.path, message=message, remedy=remedy, found=loss.moved_to)


@rule("CHG-05", "What is agreed stays agreed", source=HOUSE_RULE, severity=Severity.ERROR, parts=OF_WHAT_IS_AGREED)
def state_is_not_taken_back(loss: RecordLoss) -> Iterator[Spot]:
    """A record that was agreed has not become a draft again: the site would show nothing in its place."""
    if loss.after is None or loss.before is None or not _is_unsettled(loss):
        return
    message = "This was agreed and has gone back to draft, so what was agreed is no longer shown."
    remedy = "Put back what was agreed. Write a new version of a plan as draft-plan.yml until all have agreed it."
    yield Spot(loss.after, "/state", message, remedy)


@rule("CHG-06", "Entries of what was agreed stay", source=HOUSE_RULE, parts=OF_WHAT_IS_AGREED)
def entries_are_still_there(loss: RecordLoss) -> Iterator[Spot]:
    """An entry of a list, or a whole section, is ended or given a result, and stays; or it is agreed anew without it.

    That is so for people, groups, grants, shares and covers too: an end has a date, and the entry stays.
    """
    if loss.after is None or _is_unsettled(loss):
        return
    lists: dict[Place, list[str]] = {}
    for place in loss.entries:
        lists.setdefault(place[:-1], []).append(place[-1])
    for where, names in lists.items():
        message = (
            "Something that was agreed here has been removed: an entry was taken out."
            if len(names) == 1
            else ("Something that was agreed here has been removed: entries were taken out.")
        )
        remedy = (
            "Put it back, and end it with a date or a result; or say in the record why it changed (“reason:”, or the "
            f"day it was agreed again). {_MEANT}"
        )
        yield Spot(loss.after, _pointer(loss.after.data, where), message, remedy, f"{', '.join(names)}")


@rule("CHG-07", "An approved page stays", source=HOUSE_RULE, parts=OF_WHAT_IS_AGREED)
def page_is_still_there(loss: PageLoss) -> Iterator[PageSpot]:
    """A page of the handbook that was approved is there, and still says when it was."""
    if loss.is_there:
        message = "This page was approved, but it no longer says so."
        remedy = "Put “approved_on:” back at its top, or have the page approved again."
    else:
        message = "A page of the handbook that was approved has been removed."
        remedy = f"Put it back: git restore --source=<the earlier version> {loss.path}. Say so where it was approved."
    yield PageSpot(path=loss.path, message=message, remedy=remedy)


@rule(
    "CHG-08", "A merge keeps what both sides did", source=HOUSE_RULE, severity=Severity.ERROR, parts=OF_WHAT_IS_AGREED
)
def merge_keeps_both_sides(loss: MergeLoss) -> Iterator[Spot] | Iterator[PageSpot]:
    """What one side of a merge had written or agreed, and the other had not touched, is in what came of it."""
    message = "A merge kept one side of this file and lost what the other side had changed."
    remedy = "Look at both sides (git log --merges, git show -m), and put back what was lost."
    found = ", ".join("/".join(place) for place in loss.places)
    if loss.record is None:
        yield PageSpot(path=loss.path, message=message, remedy=remedy, found=found)
    else:
        where = _pointer(loss.record.data, loss.places[0][:-1]) if loss.places else ""
        yield Spot(loss.record, where, message, remedy, found)


@rule("CHG-09", "Records of a student who left stay while they must", source=HOUSE_RULE, parts=OF_WHAT_IS_AGREED)
def leavers_records_are_kept(loss: FolderLoss) -> Iterator[PageSpot]:
    """The folder of a student who has left goes only when the school's retention schedule says so."""
    if loss.had_left:
        message = "All records of a student who has left have been removed."
        remedy = "Check that your retention schedule allows it by now. If you meant to, there is nothing to do."
        yield PageSpot(path=loss.path, message=message, remedy=remedy)


def _is_unsettled(loss: RecordLoss) -> bool:
    """Whether the record has a state that does not count yet; it did before."""
    after = loss.after.data if loss.after is not None else {}
    return str(after.get("state", "")) in ("draft", "computed")


def _pointer(data: Mapping[str, Any], where: Place) -> str:
    """The JSON pointer of a place, as far as it is there; entries of lists are counted."""
    value: Any = data
    steps: list[str] = []
    for step in where:
        if isinstance(value, list):
            index = next((n for n, one in enumerate(value) if isinstance(one, Mapping) and step in one.values()), None)
            if index is None:
                break
            value = value[index]
            steps.append(str(index))
        elif isinstance(value, Mapping) and step in value:
            value = value[step]
            steps.append(step)
        else:
            break
    return "".join(f"/{step}" for step in steps)


RECORD_RULES: tuple[Rule[RecordLoss], ...] = (record_is_still_there, state_is_not_taken_back, entries_are_still_there)
FOLDER_RULES: tuple[Rule[FolderLoss], ...] = (folder_is_still_there, leavers_records_are_kept)
PAGE_RULES: tuple[Rule[PageLoss], ...] = (page_is_still_there,)
MERGE_RULES: tuple[Rule[MergeLoss], ...] = (merge_keeps_both_sides,)
