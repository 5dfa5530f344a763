"""The changes of a provision plan as a SENDCo says them: targets by their wording, help by name and minutes a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.words import how_often, listed, lowered, number, quantity, share, short_day, span
from sendbook.history.events import Added, Changed, Left
from sendbook.history.phrases import ended, quoted, stripped, texts
from sendbook.history.telling import Group, Teller
from sendbook.kinds.plan.progress_words import amount, goal, told_progress
from sendbook.kinds.voice_words import told_family_view, told_student_view

_EFFECTS: Mapping[str, str] = {
    "high": "made a clear difference",
    "some": "made some difference",
    "none": "made no difference",
    "too_early": "can't be judged yet",
}
# What a cycle's review says by codes.
_JUDGED = ("impact", "decision")


def told_plan(group: Group) -> Iterator[str]:
    """The plan's own fields: agreed, in force, led by whom; or all of it, where it is new or gone."""
    if group.came:
        group.take()
        yield ended(f"New plan: {_extent(group.item, plain=group.names.voice != 'staff')}{_dates(group.item)}")
        return
    state = group.take("state")
    if state is not None:
        yield from _state(group, state)


def _extent(plan: Mapping[str, Any], *, plain: bool) -> str:
    things = (
        ("targets", "target", "targets"),
        ("provision", *(("kind of help", "kinds of help") if plain else _LINES)),
    )
    counted = [
        f"{len(plan[name])} {one if len(plan[name]) == 1 else many}" for name, one, many in things if plan.get(name)
    ]
    return listed(counted) or "its dates"


_LINES = ("type of provision", "types of provision")


def _dates(plan: Mapping[str, Any]) -> str:
    told = ""
    if "in_force_from" in plan:
        told += f", starting {short_day(str(plan['in_force_from']))}"
    if "review_due" in plan:
        told += f", to be reviewed by {short_day(str(plan['review_due']))}"
    return told


def _state(group: Group, state: Added | Left | Changed | Any) -> Iterator[str]:
    now = state.after if isinstance(state, Changed) else getattr(state, "value", None)
    if now != "agreed" or isinstance(state, Left):
        yield "The plan has gone back to draft."
        return
    told = "The plan was agreed"
    if isinstance(group.item.get("agreed_on"), str) and group.take("agreed_on"):
        told += f" on {short_day(group.item['agreed_on'])}"
    if isinstance(group.item.get("in_force_from"), str) and group.take("in_force_from"):
        told += f" and starts on {short_day(group.item['in_force_from'])}"
    yield ended(told)


def told_target(group: Group) -> Iterator[str]:
    """A target: new, gone, ended, moved on."""
    wording = quoted(stripped(str((group.before or group.item).get("behaviour") or group.item.get("id", ""))))
    if group.came:
        group.take()
        yield from _new_target(group)
        return
    if group.went:
        group.take()
        result = group.item.get("result")
        told = _result(group, result) if isinstance(result, Mapping) else "It had no result"
        yield " ".join(texts(f"The target {wording} has been taken out of the plan", told))
        return
    yield from _reworded_target(group)
    yield from _ended_target(group, wording)
    yield from told_progress(group, wording)


def _new_target(group: Group) -> Iterator[str]:
    target = group.item
    told = f"New target: {quoted(stripped(str(target.get('behaviour', ''))))}"
    start = target.get("baseline", {}).get("value")
    if start is not None:
        told += f", from {amount(group, start)}"
    if "goal" in target:
        told += f" to {goal(group)}"
    if "by_date" in target:
        told += f" by {short_day(str(target['by_date']))}"
    why = f"Why it matters: {target['why']}" if "why" in target else None
    yield " ".join(texts(told, target.get("context"), why))


def _reworded_target(group: Group) -> Iterator[str]:
    event = group.take("behaviour")
    if isinstance(event, Changed):
        old, new = quoted(stripped(str(event.before))), quoted(stripped(str(event.after)))
        yield ended(f"The target {old} was reworded: {new}")


def _ended_target(group: Group, wording: str) -> Iterator[str]:
    event = group.take("result")
    if isinstance(event, Added) and isinstance(event.value, Mapping):
        result = event.value
        on = f" on {short_day(str(result['on']))}" if "on" in result else ""
        yield " ".join(texts(f"The target {wording} ended{on}: {_result(group, result)}", *_then(group, result)))
    elif isinstance(event, Left):
        yield ended(f"The target {wording} has been reopened; its result was withdrawn")


def _result(group: Group, result: Mapping[str, Any]) -> str:
    told = lowered(group.words(result.get("outcome", ""), "result", "outcome"))
    if "value" in result:
        told += f", at {amount(group, result['value'])}"
    return f"{told} (the goal was {goal(group)})" if "goal" in group.item else told


def _then(group: Group, result: Mapping[str, Any]) -> Iterator[str]:
    if "note" in result:
        yield str(result["note"])
    if "next" in result:
        yield group.words(result["next"], "result", "next")


def told_provision(group: Group) -> Iterator[str]:
    """A line of provision: new, gone, more or less of it, by whom, and what it did."""
    line = group.item
    if group.came:
        group.take()
        yield from _new_line(group)
        return
    if group.went:
        group.take()
        dosed = f" ({told_dose(line)})" if told_dose(line) else ""
        effect = line.get("impact")
        told = _effect(group, "It", effect) if isinstance(effect, Mapping) else ()
        yield " ".join(texts(f"{group.label}{dosed} has been taken out of the plan", *told, _specified(line)))
        return
    yield from _dose(group)
    yield from _delivery(group)
    yield from _effect_stated(group)
    for name, when in (("entry", "at the start"), ("exit", "at the end")):
        yield from _measured(group, name, when)


def _new_line(group: Group) -> Iterator[str]:
    line = group.item
    when = span(line.get("start"), line.get("end"))
    facts = [told_dose(line), when, f"with {group.said('delivered_by')}" if "delivered_by" in line else ""]
    told = ", ".join([f"New: {group.label}", *filter(None, facts)])
    yield " ".join(texts(told, line.get("what"), _specified(line)))


def _dose(group: Group) -> Iterator[str]:
    before, after = group.before, group.after
    changed = [name for name in ("sessions_per_week", "minutes") if (name,) in group.waiting]
    old, new = (dose(side) if isinstance(side, Mapping) else None for side in (before, after))
    if not changed or not old or not new:
        return
    for name in changed:
        group.take(name)
    told = f"{group.label}: now {told_dose(after)}, was {_was(before, after)}{_in_all(changed, old, new)}"
    yield " ".join(texts(told, _specified(after) if new < old else None))


def dose(line: Mapping[str, Any]) -> float | None:
    """Minutes a week of a provision line; None where it does not say."""
    sessions, minutes = line.get("sessions_per_week"), line.get("minutes")
    if not isinstance(sessions, (int, float)) or not isinstance(minutes, (int, float)):
        return None
    return float(sessions * minutes)


def told_dose(line: Mapping[str, Any]) -> str:
    """``2 sessions of 20 minutes a week``; nothing where the line does not say."""
    return how_often(line["sessions_per_week"], line["minutes"]) if dose(line) else ""


def _was(before: Mapping[str, Any], after: Mapping[str, Any]) -> str:
    """How much of it there was, without what is the same now: “10” of ten sessions where there are eight as long."""
    often = min(before["sessions_per_week"], after["sessions_per_week"]) > 1
    if often and before["minutes"] == after["minutes"]:
        return number(before["sessions_per_week"])
    if often and before["sessions_per_week"] == after["sessions_per_week"]:
        return f"{quantity(before['minutes'], 'minutes')} each"
    return told_dose(before)


def _in_all(changed: list[str], old: float, new: float) -> str:
    """The minutes a week where both number and length of sessions changed, so that nobody has to work them out."""
    if len(changed) < 2:
        return ""
    return (
        f" (still {quantity(new, 'minutes a week')})"
        if new == old
        else f" (in all {quantity(new, 'minutes a week')}, was {number(old)})"
    )


def _specified(line: Mapping[str, Any]) -> str | None:
    """What makes a change of it more than the school's own affair."""
    return f"It is specified in Section F of the EHC plan: {line['section_f']}" if "section_f" in line else None


def _delivery(group: Group) -> Iterator[str]:
    if not group.take_below("delivery"):
        return
    count = group.item.get("delivery")
    if not isinstance(count, Mapping):
        yield ended(f"{group.label}: the count of sessions was removed")
        return
    given, planned = count.get("given", 0), count.get("planned", 0)
    percent = share(given, planned)
    told = f"{group.label}: {given} of {planned} planned sessions took place"
    told += f" by {short_day(str(count['as_of']))}" if "as_of" in count else ""
    told += f" ({percent}%)" if percent is not None else ""
    missed = f"Missed because: {count['missed_because']}" if "missed_because" in count else None
    yield " ".join(texts(told, missed))


def _effect_stated(group: Group) -> Iterator[str]:
    if not group.take_below("impact"):
        return
    effect = group.item.get("impact")
    gone = [f"{group.label}: its impact was removed"]
    yield " ".join(texts(*(_effect(group, group.label, effect) if isinstance(effect, Mapping) else gone)))


def _effect(group: Group, subject: str, effect: Mapping[str, Any]) -> list[str]:
    told = [f"{subject} {_EFFECTS.get(str(effect.get('rating')), 'made a difference')}"]
    if "note" in effect:
        told.append(str(effect["note"]))
    if "decision" in effect:
        told.append(f"Decision: {lowered(group.words(effect['decision'], 'impact', 'decision'))}")
    return told


def _measured(group: Group, name: str, when: str) -> Iterator[str]:
    event = group.take(name)
    if event is None:
        return
    found = group.item.get(name)
    if not isinstance(event, Added) or not isinstance(found, Mapping):
        yield ended(f"{group.label}: the measurement {when} was removed")
        return
    unit = group.names.units.get(str(found.get("measure", "")))
    value = quantity(found.get("value", 0), unit) if unit else number(found.get("value", 0))
    on = f" on {short_day(str(found['on']))}" if "on" in found else ""
    yield ended(f"{group.label}, {when}: {value}{on}")


def told_strategy(group: Group) -> Iterator[str]:
    """What teachers do, by subject."""
    subject, text = str(group.item.get("subject", "")), str(group.item.get("text", ""))
    if group.came or group.went:
        begins = "New in" if group.came else "Removed from"
        group.take()
        yield ended(f"{begins} {lowered(subject) if subject == 'All lessons' else subject}: {quoted(text)}")
        return
    event = group.take("text")
    if isinstance(event, Changed):
        yield ended(f"{subject}: now {quoted(str(event.after))}, was {quoted(str(event.before))}")


def told_cycle(group: Group) -> Iterator[str]:
    """A cycle of assess, plan, do, review: begun, and reviewed."""
    cycle = group.item
    if group.came:
        group.take()
        due = f", to be reviewed by {short_day(str(cycle['review_due']))}" if "review_due" in cycle else ""
        parts = (cycle.get(name, {}).get("summary") for name in ("assess", "plan"))
        yield " ".join(texts(f"New: {group.label}{due}", *parts))
        return
    event = group.take("review")
    if isinstance(event, Added) and isinstance(event.value, Mapping):
        review = event.value
        by = group.speech.value(group.child("review", "led_by"), review["led_by"]) if "led_by" in review else ""
        told = f"{group.label} was reviewed on {short_day(str(review.get('on', '')))}"
        told += f", led by {by}" if by else ""
        words = {name: lowered(group.words(review[name], "review", name)) for name in _JUDGED if name in review}
        told += f": {words['impact']}" if "impact" in words else ""
        decision = f"Decision: {words['decision']}" if "decision" in words else None
        yield " ".join(texts(told, review.get("summary"), decision))
    done = group.take("do")
    if isinstance(done, Added) and isinstance(done.value, Mapping):
        yield ended(f"{group.label}, how it went: {quoted(str(done.value.get('summary', '')))}")


TELLERS: Mapping[str, Teller] = {
    "": told_plan,
    "targets": told_target,
    "provision": told_provision,
    "strategies": told_strategy,
    "cycles": told_cycle,
    "family_voice": told_family_view,
    "student_voice": told_student_view,
}
