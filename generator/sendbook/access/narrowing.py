"""Lets the last sound version of a record stand in for one that can't be used, without anybody gaining by it.

What the newer version takes away counts as far as it can be read; what it gives does not. So each function answers
something that is no wider than the last sound version, and no wider than what can be read of the newer one.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any

from sendbook.access.narrower import (
    Data,
    by_name,
    in_both,
    is_day,
    is_surely_gone,
    is_to_come,
    items,
    mapping,
    narrower_days,
)
from sendbook.access.people import address_of
from sendbook.campus.salvage import Salvaged

# For somebody whose last working day was written, but can't be read.
_LONG_AGO = "1900-01-01"
# In these states a record is shown to others than those who write it, whatever its kind says besides.
_SHOWN = frozenset({"agreed", "approved"})


def narrowed(kind: str, before: Data, now: Salvaged, *, sound_on: str = "", settled: Collection[str] = ()) -> Data:
    """The last sound data of a shared record (``before``, sound until ``sound_on``), less what ``now`` takes away.

    ``settled`` are the states in which a record of this kind is no draft.
    """
    how = _HOW.get(kind)
    return how(before, now, sound_on) if how is not None else _as_stated(before, now, _SHOWN.union(settled))


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
        known = set(mapping(before.get("contacts")).values())
        contacts = {name: one for name, one in mapping(now.get("contacts")).items() if one in known}
        return {**now, "contacts": contacts} if "contacts" in now else now
    return now


def _policy(before: Data, now: Salvaged, sound_on: str) -> Data:
    """Grants, covers and shares that both versions hold, and every revocation of either."""
    kept = {name: list(in_both(before.get(name, ()), now, name, sound_on)) for name in ("grants", "covers", "shares")}
    added = [_revocation(one) for one in items(now.data.get("revocations")) if isinstance(one.get("person"), str)]
    return {**before, **kept, "revocations": [*before.get("revocations", ()), *added]}


def _revocation(item: Data) -> Data:
    whole = {"id": "readable", "reason": "", **item}
    return whole if isinstance(whole.get("student", ""), str) else {**whole, "student": None}


def _person(before: Data, now: Salvaged, sound_on: str) -> Data:
    return _person_within(before, before, now, sound_on)


def _person_within(base: Data, before: Data, now: Salvaged, sound_on: str) -> Data:
    """A person with the duties and the address that both versions give them, until the earlier of the days they leave.

    An address that is another now, or can't be read, is neither the old one nor the new one: the old one may be
    somebody else's by now, and the new one nobody has checked.
    """
    left = {
        name: value
        for name, value in base.items()
        if name not in ("staff", "family", "sign_in") or (name in before and not _takes_out(now, name))
    }
    if "sign_in" in left and now.reads and not address_of(base) == address_of(before) == address_of(now.data):
        del left["sign_in"]
    if "staff" in left:
        left["staff"] = _at_work(left["staff"], before["staff"], now, sound_on)
    if "family" in left and isinstance(newer := now.data.get("family"), Mapping):
        left["family"] = {name: value for name, value in left["family"].items() if newer.get(name) == value}
    return left


def _takes_out(now: Salvaged, name: str) -> bool:
    """Whether a group of fields is gone, or is something else now."""
    spoiled = name in now.data and name not in now.partial and not isinstance(now.data[name], Mapping)
    return now.says_without(name) or spoiled


def _at_work(base: Data, before: Data, now: Salvaged, sound_on: str) -> Data:
    newer = mapping(now.data.get("staff"))
    could_read = Salvaged(data=dict(newer), whole="staff" in now.data and "staff" not in now.partial)
    duties = list(in_both(before.get("duties", ()), could_read, "duties", sound_on))
    ends = [one["left_on"] for one in (before, newer) if one.get("left_on") is not None]
    left = {**base, "duties": duties}
    if ends:
        left["left_on"] = min(ends) if all(map(is_day, ends)) else _LONG_AGO
    if not duties:
        del left["duties"]
    return left


def _campus(before: Data, now: Salvaged, sound_on: str) -> Data:
    """The campus with the contacts, the groups' adults and the year groups of duties that both versions name."""
    left = dict(before)
    if is_surely_gone("contacts", now):
        named = list(mapping(now.data.get("contacts")).values())
        left["contacts"] = {name: one for name, one in mapping(before.get("contacts")).items() if one in named}
    for groups, people in (("teaching_groups", "teachers"), ("tutor_groups", "tutors")):
        if groups in before:
            left[groups] = [_group(group, people, now, groups, sound_on) for group in before[groups]]
    return {**left, **_reach(left, now)}


def _group(group: Data, people: str, now: Salvaged, groups: str, sound_on: str) -> Data:
    """A group with the adults that both versions name, on the days that both say."""
    if people not in group:
        return group
    left = [post for post in group[people] if not is_to_come(post, sound_on)]
    found = by_name(now.data.get(groups), "id").get(group["id"], [])
    if not found and is_surely_gone(groups, now):
        left = []
    for newer in found:
        left = list(_posts(left, newer.get(people)))
    return {**group, people: left}


def _posts(before: list[Data], listed: object) -> Iterator[Data]:
    there = by_name(listed, "person")
    for post in before:
        for newer in there.get(post["person"], ()):
            days = narrower_days(post, newer)
            if days is not None:
                yield {**post, **days}


def _reach(left: Data, now: Salvaged) -> Data:
    """The year groups of duties that both versions name, and the higher of the ages from which students have accounts.

    A field that is in neither is left out: then a duty reaches nobody, and no student has an account.
    """
    found: dict[str, Any] = {}
    if "duty_year_groups" in left:
        readable = by_name(now.data.get("duty_year_groups"), "role")
        gone = is_surely_gone("duty_year_groups", now)
        found["duty_year_groups"] = [
            {**one, "year_groups": _years(one["year_groups"], readable.get(one["role"], []))}
            for one in left["duty_year_groups"]
            if one["role"] in readable or not gone
        ]
    if "student_accounts" in left:
        found["student_accounts"] = _youngest(left["student_accounts"], now)
    return found


def _years(before: list[Any], newer: list[Data]) -> list[Any]:
    listed = [one["year_groups"] if isinstance(one.get("year_groups"), list) else [] for one in newer]
    return [year for year in before if all(year in years for years in listed)]


def _youngest(before: Data, now: Salvaged) -> Data:
    if not is_surely_gone("student_accounts", now):
        return before
    said = [mapping(one).get("youngest") for one in (before, now.data.get("student_accounts"))]
    ages = [age for age in said if type(age) is int]
    return {"youngest": max(ages)} if len(ages) == len(said) else {}


def _withdrawn(before: Data, now: Salvaged, _sound_on: str) -> Data:
    """All that either version withdraws from the past."""
    added = [one for one in items(now.data.get("withdrawn")) if isinstance(one.get("record"), str)]
    return {**before, "withdrawn": [*before.get("withdrawn", ()), *(one for one in added)]}


def _as_stated(before: Data, now: Salvaged, shown: Collection[str]) -> Data:
    """Any other record; what is no longer agreed or approved is not shown as if it were, and what was not isn't yet."""
    state = now.data.get("state")
    return {**before, "state": str(state)} if before.get("state") in shown and state is not None else before


_HOW: Mapping[str, Callable[[Data, Salvaged, str], Data]] = {
    "access": _policy,
    "person": _person,
    "campus": _campus,
    "withdrawn": _withdrawn,
}
