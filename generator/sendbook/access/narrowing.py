"""Lets the last sound version of a record stand in for one that can't be used, without anybody gaining by it.

What the newer version takes away counts as far as it can be read; what it gives does not. So each function answers
something that is no wider than the last sound version, and no wider than what can be read of the newer one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sendbook.campus.salvage import Salvaged

Data = Mapping[str, Any]

_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
# What an entry is about: where one of these is another than before, it is another entry.
_THE_SAME = ("who", "role", "relation", "everyone", "person", "student", "kind", "action", "of")


def narrowed(kind: str, before: Data, now: Salvaged, *, sound_on: str = "") -> Data:
    """The last sound data of a shared record (``before``, sound until ``sound_on``), less what ``now`` takes away."""
    return _HOW.get(kind, _as_stated)(before, now, sound_on)


def within(kind: str, before: Data | None, now: Data, *, sound_on: str = "") -> Data | None:
    """A sound record as it may count while nobody may gain: what it adds to ``before`` is left out.

    None for a person who was not known before.
    """
    if kind == "person":
        return None if before is None else _person_within(now, before, Salvaged(data=dict(now), whole=True), sound_on)
    if before is None:
        return {} if kind == "access" else now
    if kind == "access":
        return _policy(before, Salvaged(data=dict(now), whole=True), sound_on)
    if kind == "campus":
        known = set(_mapping(before.get("contacts")).values())
        contacts = {name: one for name, one in _mapping(now.get("contacts")).items() if one in known}
        return {**now, "contacts": contacts} if "contacts" in now else now
    return now


def _policy(before: Data, now: Salvaged, sound_on: str) -> Data:
    """Grants, covers and shares that both versions hold, and every revocation of either."""
    kept = {name: list(_in_both(before.get(name, ()), now, name, sound_on)) for name in ("grants", "covers", "shares")}
    added = [_revocation(one) for one in _items(now.data.get("revocations")) if isinstance(one.get("person"), str)]
    return {**before, **kept, "revocations": [*before.get("revocations", ()), *added]}


def _revocation(item: Data) -> Data:
    whole = {"id": "readable", "reason": "", **item}
    return whole if isinstance(whole.get("student", ""), str) else {**whole, "student": None}


def _in_both(before: Iterable[Data], now: Salvaged, name: str, sound_on: str) -> Iterable[Data]:
    """The entries of a list as far as the newer version still has them; one that can't be found is gone only if the
    newer list could be read whole.
    """
    readable = {one["id"]: one for one in _items(now.data.get(name)) if isinstance(one.get("id"), str)}
    surely_gone = _is_surely_whole(name, now)
    for item in before:
        newer = readable.get(item["id"])
        if _is_to_come(item, sound_on) or (newer is None and surely_gone):
            continue
        left = item if newer is None else _less(item, newer)
        if left is not None:
            yield left


def _less(item: Data, newer: Data) -> Data | None:
    """One entry, with the narrower of both in each field that says how far it reaches; None for another entry."""
    if any(name in newer and newer[name] != item.get(name) for name in _THE_SAME):
        return None
    left = dict(item)
    for name in ("parts", "states"):
        listed = newer.get(name)
        if isinstance(listed, list):
            left[name] = [one for one in item[name] if one in listed] if name in item else listed
    if left.get("parts") == []:
        return None
    left |= _days(item, newer)
    return left


def _days(item: Data, newer: Data) -> dict[str, str]:
    """The later first day and the earlier last day of two."""
    found = {}
    for name, choose in (("from", max), ("until", min)):
        days = [str(one[name]) for one in (item, newer) if _is_day(one.get(name))]
        if days:
            found[name] = choose(days)
    return found


def _person(before: Data, now: Salvaged, sound_on: str) -> Data:
    return _person_within(before, before, now, sound_on)


def _person_within(base: Data, before: Data, now: Salvaged, sound_on: str) -> Data:
    """A person with the duties that both versions give them, until the earlier of the days they leave."""
    left = {
        name: value
        for name, value in base.items()
        if name not in ("staff", "family", "sign_in") or (name in before and not now.says_without(name))
    }
    if "staff" in left:
        newer = _mapping(now.data.get("staff"))
        could_read = Salvaged(data=dict(newer), whole="staff" in now.data and "staff" not in now.partial)
        duties = list(_in_both(before["staff"].get("duties", ()), could_read, "duties", sound_on))
        ends = [str(one["left_on"]) for one in (before["staff"], newer) if _is_day(one.get("left_on"))]
        left["staff"] = {**left["staff"], "duties": duties, **({"left_on": min(ends)} if ends else {})}
        if not duties:
            del left["staff"]["duties"]
    return left


def _campus(before: Data, now: Salvaged, _sound_on: str) -> Data:
    """The campus with the contacts, the groups' adults and the year groups of duties that both versions name."""
    left = dict(before)
    newer = now.data.get("contacts")
    if now.says_without("contacts") or isinstance(newer, Mapping):
        named = set(_mapping(newer).values())
        left["contacts"] = {name: one for name, one in _mapping(before.get("contacts")).items() if one in named}
    for groups, people in (("teaching_groups", "teachers"), ("tutor_groups", "tutors")):
        if groups in before:
            left[groups] = [_group(group, people, now, groups) for group in before[groups]]
    return {**left, **_reach(left, now)}


def _reach(left: Data, now: Salvaged) -> Data:
    """The year groups of duties that both versions name, and the higher of the ages from which students have accounts.

    A field that is in neither is left out: then a duty reaches nobody, and no student has an account.
    """
    found: dict[str, Any] = {}
    if "duty_year_groups" in left:
        readable = {one.get("role"): one.get("year_groups") for one in _items(now.data.get("duty_year_groups"))}
        surely_gone = _is_surely_whole("duty_year_groups", now)
        found["duty_year_groups"] = [
            {**one, "year_groups": _in_both_lists(one["year_groups"], readable.get(one["role"]))}
            for one in left["duty_year_groups"]
            if one["role"] in readable or not surely_gone
        ]
    if "student_accounts" in left:
        newer = _mapping(now.data.get("student_accounts")).get("youngest")
        ages = [age for age in (_mapping(left["student_accounts"]).get("youngest"), newer) if type(age) is int]
        taken_out = now.says_without("student_accounts") or not ages
        found["student_accounts"] = {} if taken_out else {"youngest": max(ages)}
    return found


def _in_both_lists(before: list[Any], newer: object) -> list[Any]:
    return [one for one in before if one in newer] if isinstance(newer, list) else before


def _is_surely_whole(name: str, now: Salvaged) -> bool:
    """Whether an entry that can't be found in a list was taken out of it."""
    return now.says_without(name) or (name in now.data and name not in now.partial)


def _group(group: Data, people: str, now: Salvaged, groups: str) -> Data:
    readable = {one["id"]: one for one in _items(now.data.get(groups)) if isinstance(one.get("id"), str)}
    newer = readable.get(group["id"])
    if newer is None:
        return {**group, people: []} if _is_surely_whole(groups, now) and people in group else group
    if not isinstance(newer.get(people), list):
        return group
    there: dict[str, list[Data]] = {}
    for one in _items(newer[people]):
        there.setdefault(str(one.get("person")), []).append(one)
    kept = [
        {**post, **_days(post, there[post["person"]][0])} if len(there[post["person"]]) == 1 else post
        for post in group.get(people, ())
        if post["person"] in there
    ]
    return {**group, people: kept}


def _withdrawn(before: Data, now: Salvaged, _sound_on: str) -> Data:
    """All that either version withdraws from the past."""
    added = [one for one in _items(now.data.get("withdrawn")) if isinstance(one.get("record"), str)]
    return {**before, "withdrawn": [*before.get("withdrawn", ()), *(one for one in added)]}


def _as_stated(before: Data, now: Salvaged, _sound_on: str) -> Data:
    """Any other record; what is no longer agreed or approved is not shown as if it were."""
    state = now.data.get("state")
    return {**before, "state": state} if "state" in before and isinstance(state, str) else before


_HOW: Mapping[str, Callable[[Data, Salvaged, str], Data]] = {
    "access": _policy,
    "person": _person,
    "campus": _campus,
    "withdrawn": _withdrawn,
}


def _is_to_come(item: Data, sound_on: str) -> bool:
    """Whether an entry had not begun when the record was last sound: beginning would be a gain."""
    return bool(sound_on) and str(item.get("from") or "") > sound_on


def _items(value: object) -> list[Data]:
    return [one for one in value if isinstance(one, Mapping)] if isinstance(value, list) else []


def _mapping(value: object) -> Data:
    return value if isinstance(value, Mapping) else {}


def _is_day(value: object) -> bool:
    return isinstance(value, str) and _DAY.fullmatch(value) is not None
