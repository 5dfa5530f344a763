"""The changes of a provision plan as a SENDCo says them: targets by their wording, help by name and minutes a week."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus.code_words import said
from sendbook.campus.words import how_often, listed, number, quantity, share, short_day, span
from sendbook.history.events import Added, Changed, Left
from sendbook.history.phrases import dose, ended, lowered, quoted, stripped, texts, told_dose
from sendbook.history.progress_words import amount, goal, told_progress
from sendbook.history.telling import Group

_EFFECTS: Mapping[str, str] = {
    "high": "had a clear effect",
    "some": "had some effect",
    "none": "had no effect",
    "too_early": "has an effect that can't be judged yet",
}
_ENDED: Mapping[str, str] = {
    "exceeded": "more than reached",
    "met": "reached",
    "partly_met": "partly reached",
    "not_met": "not reached",
    "not_assessed": "not assessed",
}


def told_plan(group: Group) -> Iterator[str]:
    """The plan's own fields: agreed, in force, led by whom; or all of it, where it is new or gone."""
    if group.came:
        group.take()
        yield ended(
            f"There is a plan now: {_extent(group.item, plain=group.names.voice != 'staff')}{_dates(group.item)}"
        )
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


_LINES = ("line of provision", "lines of provision")


def _dates(plan: Mapping[str, Any]) -> str:
    told = ""
    if "in_force_from" in plan:
        told += f", in force from {short_day(str(plan['in_force_from']))}"
    if "review_due" in plan:
        told += f", to be reviewed by {short_day(str(plan['review_due']))}"
    return told


def _state(group: Group, state: Added | Left | Changed | Any) -> Iterator[str]:
    now = state.after if isinstance(state, Changed) else getattr(state, "value", None)
    if now != "agreed" or isinstance(state, Left):
        yield "The plan is a draft again."
        return
    told = "The plan is agreed"
    if isinstance(group.item.get("agreed_on"), str) and group.take("agreed_on"):
        told += f" since {short_day(group.item['agreed_on'])}"
    if isinstance(group.item.get("in_force_from"), str) and group.take("in_force_from"):
        told += f" and in force from {short_day(group.item['in_force_from'])}"
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
        yield " ".join(texts(f"The target {wording} is no longer in the plan", told))
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
        yield ended(f"The target {old} now reads {new}")


def _ended_target(group: Group, wording: str) -> Iterator[str]:
    event = group.take("result")
    if isinstance(event, Added) and isinstance(event.value, Mapping):
        result = event.value
        on = f" on {short_day(str(result['on']))}" if "on" in result else ""
        yield " ".join(texts(f"The target {wording} ended{on}: {_result(group, result)}", *_then(result)))
    elif isinstance(event, Left):
        yield ended(f"The target {wording} is worked on again; its result was taken back")


def _result(group: Group, result: Mapping[str, Any]) -> str:
    told = _ENDED.get(str(result.get("outcome")), lowered(said(result.get("outcome", ""))))
    if "value" in result:
        told += f", at {amount(group, result['value'])}"
    return f"{told} (the goal was {goal(group)})" if "goal" in group.item else told


def _then(result: Mapping[str, Any]) -> Iterator[str]:
    if "note" in result:
        yield str(result["note"])
    if "next" in result:
        yield said(result["next"])


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
        told = _effect("It", effect) if isinstance(effect, Mapping) else ()
        yield " ".join(texts(f"{group.label}{dosed} is no longer in the plan", *told, _specified(line)))
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
    direction = "rises" if new > old else "falls" if new < old else "stays"
    if min(before["sessions_per_week"], after["sessions_per_week"]) < 1:
        told = f"{group.label} {direction} from {told_dose(before)} to {told_dose(after)}"
    elif new == old:
        told = f"{group.label} stays at {number(new)} minutes a week, in {_sessions(after)}, before {_sessions(before)}"
    else:
        change = f"from {number(old)} to {number(new)} minutes a week"
        told = f"{group.label} {direction} {change} ({_sessions(after)}, before {_briefly(before)})"
    yield " ".join(texts(told, _specified(after) if new < old else None))


def _sessions(line: Mapping[str, Any]) -> str:
    return how_often(line["sessions_per_week"], line["minutes"]).removesuffix(" a week")


def _briefly(line: Mapping[str, Any]) -> str:
    if line["sessions_per_week"] == 1:
        return _sessions(line)
    return f"{number(line['sessions_per_week'])} of {number(line['minutes'])}"


def _specified(line: Mapping[str, Any]) -> str | None:
    """What makes a change of it more than the school's own affair."""
    return f"It is specified in Section F of the EHC plan: {line['section_f']}" if "section_f" in line else None


def _delivery(group: Group) -> Iterator[str]:
    if not group.take_below("delivery"):
        return
    count = group.item.get("delivery")
    if not isinstance(count, Mapping):
        yield ended(f"{group.label}: the count of sessions was taken out")
        return
    given, planned = count.get("given", 0), count.get("planned", 0)
    percent = share(given, planned)
    told = f"{group.label}: {given} of {planned} planned sessions had taken place"
    told += f" by {short_day(str(count['as_of']))}" if "as_of" in count else ""
    told += f" ({percent}%)" if percent is not None else ""
    missed = f"Missed because: {count['missed_because']}" if "missed_because" in count else None
    yield " ".join(texts(told, missed))


def _effect_stated(group: Group) -> Iterator[str]:
    if not group.take_below("impact"):
        return
    effect = group.item.get("impact")
    told = _effect(group.label, effect) if isinstance(effect, Mapping) else [f"{group.label}: its effect was taken out"]
    yield " ".join(texts(*told))


def _effect(subject: str, effect: Mapping[str, Any]) -> list[str]:
    told = [f"{subject} {_EFFECTS.get(str(effect.get('rating')), 'has an effect')}"]
    if "note" in effect:
        told.append(str(effect["note"]))
    if "decision" in effect:
        told.append(f"Decision: {lowered(said(effect['decision']))}")
    return told


def _measured(group: Group, name: str, when: str) -> Iterator[str]:
    event = group.take(name)
    if event is None:
        return
    found = group.item.get(name)
    if not isinstance(event, Added) or not isinstance(found, Mapping):
        yield ended(f"{group.label}: the measurement {when} was taken out")
        return
    unit = group.names.units.get(str(found.get("measure", "")))
    value = quantity(found.get("value", 0), unit) if unit else number(found.get("value", 0))
    on = f" on {short_day(str(found['on']))}" if "on" in found else ""
    yield ended(f"{group.label}, {when}: {value}{on}")


def told_strategy(group: Group) -> Iterator[str]:
    """What teachers do, by subject."""
    subject, text = str(group.item.get("subject", "")), str(group.item.get("text", ""))
    if group.came or group.went:
        begins = "New in" if group.came else "Taken out in"
        group.take()
        yield ended(f"{begins} {lowered(subject) if subject == 'All lessons' else subject}: {quoted(text)}")
        return
    event = group.take("text")
    if isinstance(event, Changed):
        yield ended(f"{subject}: {quoted(str(event.before))} now reads {quoted(str(event.after))}")


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
        told += f": {lowered(said(review['impact']))}" if "impact" in review else ""
        decision = f"Decision: {lowered(said(review['decision']))}" if "decision" in review else None
        yield " ".join(texts(told, review.get("summary"), decision))
    done = group.take("do")
    if isinstance(done, Added) and isinstance(done.value, Mapping):
        yield ended(f"{group.label}, how it went: {quoted(str(done.value.get('summary', '')))}")
