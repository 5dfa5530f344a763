"""Changes of plans: nothing that was agreed leaves, or becomes less, without a word."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

from sendbook.checks.change import RecordChange, by_id
from sendbook.checks.finding import PageSpot, Severity
from sendbook.checks.rule_book import ChangeRules
from sendbook.checks.rules.rule import Spot, rule
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.meeting.meeting_records import is_planned

_REVIEW = "SEND Code of Practice 2015, 6.44 to 6.56"
# What a review found is acted on within about half a term; one that lies further back was about something else.
_ACTED_ON_WITHIN = timedelta(weeks=6)
_REVIEW_MEETINGS = frozenset({"parent_review", "annual_review", "team_around_the_child"})
_BY_INTENT = frozenset({"adapt", "stop"})


@rule(
    "CHG-01",
    "A target leaves with a result or a reason",
    source=_REVIEW,
    severity=Severity.ERROR,
    parts=(("plan", "targets"), ("plan", "plan")),
)
def target_leaves_with_a_word(change: RecordChange) -> Iterator[Spot] | Iterator[PageSpot]:
    """An agreed target that is in the plan no longer had a result, or the plan says why it was changed."""
    for identity in sorted(change.ever("targets") - by_id(change.now, "targets").keys()):
        plan, target = change.last_seen("targets", identity)
        if "result" in target or _says_why(plan, change):
            continue
        message = "A target that was agreed is no longer in the plan, and there is no result or reason."
        remedy = "Put it back and add “result:”, or say under “reason:” of the plan why it was taken out."
        yield _at(change, "/targets", message, remedy, f"{identity}")


@rule(
    "CHG-02",
    "Provision is reduced after a review",
    source=_REVIEW,
    parts=(("plan", "provision"), ("plan", "cycles"), ("meeting", "meetings")),
)
def provision_reduced_after_review(change: RecordChange) -> Iterator[Spot] | Iterator[PageSpot]:
    """Fewer minutes a week, fewer weeks, or none: a review, a review meeting, or the provision's effect comes first.

    It asks for attention and stops nothing: if somebody falls ill, the record has to say what the student gets.
    """
    now = by_id(change.now, "provision")
    places = {str(line.get("id")): index for index, line in enumerate(change.now.get("provision", ()))}
    for identity, before in change.entries("provision").items():
        after = now.get(identity)
        how = _reduced(before, after, change)
        if not how or _judged(before, after, change, identity) or _has_review(change):
            continue
        message = f"{how}, and no review is recorded in between."
        # That a student has an EHC plan is for the user's own screen, not for a log.
        owed = f"{identity}, specified in Section F of the EHC plan" if "section_f" in before else identity
        remedy = "Record the review (in the cycle, as a meeting, or under “impact:” of this line), or put it back."
        pointer = f"/provision/{places[identity]}" if identity in places else "/provision"
        yield _at(change, pointer, message, remedy, owed)


def _has_review(change: RecordChange) -> bool:
    """Whether a cycle was reviewed, or a review meeting held, since the plan came into force and not long ago."""
    begin = max(change.since - _ACTED_ON_WITHIN, _day(change.before.data.get("in_force_from")) or date.min)
    return any(begin <= day <= change.on for day in _reviews(change))


def _reviews(change: RecordChange) -> Iterator[date]:
    reviews = [cycle.get("review", {}).get("on") for cycle in change.now.get("cycles", ())]
    meetings = (one.data for one in change.records if one.kind == MEETING and not is_planned(one.data))
    for text in (*reviews, *(meeting.get("date") for meeting in meetings if meeting.get("type") in _REVIEW_MEETINGS)):
        day = _day(text)
        if day is not None:
            yield day


def _day(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _says_why(last: Mapping[str, Any], change: RecordChange) -> bool:
    """Whether the plan says anew why it is as it is: then, or at any time since."""
    reasons = {record.data.get("reason") for record in change.between} | {change.now.get("reason"), last.get("reason")}
    return bool(reasons - {change.before.data.get("reason"), None})


def _reduced(before: Mapping[str, Any], after: Mapping[str, Any] | None, change: RecordChange) -> str:
    """What became less, as the beginning of a sentence; nothing if nothing did, or it had ended anyway."""
    if _ended(before, change.since):
        return ""
    if after is None:
        last = change.last_seen("provision", str(before["id"]))[1]
        as_planned = _ended(last, change.on) and "end" in before and not _ends_sooner(before, last)
        return "" if as_planned else "Provision that was agreed has been removed"
    was, now = _minutes_a_week(before), _minutes_a_week(after)
    if was is not None and now is not None and now < was:
        return "Provision that was agreed is now fewer minutes a week"
    if _ends_sooner(before, after):
        return "Provision that was agreed now ends sooner"
    return "Provision that was agreed has ended" if "end" not in before and _ended(after, change.on) else ""


def _judged(before: Mapping[str, Any], after: Mapping[str, Any] | None, change: RecordChange, identity: str) -> bool:
    """Whether the effect was judged, and it was decided to change the provision or to stop it."""
    last = after if after is not None else change.last_seen("provision", identity)[1]
    return any(one.get("impact", {}).get("decision") in _BY_INTENT for one in (before, last))


def _minutes_a_week(line: Mapping[str, Any]) -> float | None:
    sessions, minutes = line.get("sessions_per_week"), line.get("minutes")
    return sessions * minutes if sessions is not None and minutes is not None else None


def _ends_sooner(before: Mapping[str, Any], after: Mapping[str, Any]) -> bool:
    """An end that was moved forward; the first one to be set, if it lies ahead, may have been meant all along."""
    return "end" in before and "end" in after and str(after["end"]) < str(before["end"])


def _ended(line: Mapping[str, Any], on: date) -> bool:
    return "end" in line and str(line["end"]) <= on.isoformat()


def _at(change: RecordChange, pointer: str, message: str, remedy: str, found: str) -> Spot | PageSpot:
    if change.after is None:
        return PageSpot(path=change.before.path, message=message, remedy=remedy, pointer=pointer, found=found)
    return Spot(change.after, pointer, message, remedy, found)


RULES = ChangeRules(
    rules=(target_leaves_with_a_word, provision_reduced_after_review), lists=frozenset({"targets", "provision"})
)
