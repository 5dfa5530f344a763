"""The pieces of a home page: which a reader has, and what each is handed.

A reader with two hats has the pieces of both: a teacher's classes stand after her own child. Every piece is made
from the reader's own facts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from sendbook.campus.foundation import CAMPUS, STUDENT
from sendbook.campus.roll import on_roll
from sendbook.campus.words import listed, long_day, quantity, short_day
from sendbook.campus.year_groups import year
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.plan import PLAN
from sendbook.kinds.profile import PROFILE
from sendbook.pages.campus_page import CampusPage, Owed
from sendbook.pages.surroundings import Colleague
from sendbook.site.build.correction import home_of
from sendbook.site.readers.campus_owed import owed_on_campus
from sendbook.site.readers.due import DueLine, Rules, meetings_ahead, reviews_until, week_of
from sendbook.site.readers.reader_relations import Desk, Facts

#: Lines of a list shown before the rest is folded away.
SHOWN = 12


class Block(NamedTuple):
    """A piece of a home page; ``headings`` are those inside it, for the contents list."""

    name: str
    title: str
    template: str
    values: Mapping[str, Any]
    headings: tuple[tuple[str, str], ...] = ()


def blocks_of(desk: Desk, pages: Sequence[CampusPage[Any]], last_of_term: str) -> tuple[Block, ...]:
    """The pieces of this reader's home page, in order; ``pages`` are those about the campus that are theirs."""
    roles = set(desk.reader.roles)
    # What the campus owes is the business of those who work there: the home pages of all families do without.
    at_work = bool(roles or desk.mine or desk.taught_groups or desk.reader.id in desk.around.staff)
    owed = tuple(owed_on_campus(desk, pages)) if at_work else ()
    found: list[Block] = list(_held_blocks(desk))
    first = len(found)
    if desk.myself:
        found.append(_left_block(desk, desk.myself) or _self_block(desk, desk.myself))
    found += [_left_block(desk, child) or _child_block(desk, child) for child in desk.children]
    if desk.children:
        found.append(Block("ask", "Who to ask", "own/ask.html", {"people": _contacts(desk, ("senco", "principal"))}))
    if "senco" in roles:
        found += _week_blocks(desk, owed)
    elif roles & {"principal", "regional_senco"}:
        found += _leader_blocks(desk, last_of_term)
    daily = [_assistant_block(desk)] if desk.assisted else []
    classes = list(_teacher_blocks(desk, owed)) if desk.mine or desk.taught_groups else []
    found += [*classes, *daily] if desk.taught_groups else [*daily, *classes]
    if "exams_officer" in roles:
        found.append(_exams_block(desk))
    if "careers_lead" in roles:
        found.append(_careers_block(desk))
    others = [] if len(found) > first else list(_otherwise(desk))
    if not classes and "senco" not in roles:
        found += _campus_jobs(desk, owed)
    return (*found, *_campus_blocks(desk, pages), *others)


def _held_blocks(desk: Desk) -> Iterator[Block]:
    """What the reader is to put right, and whose pages they have to wait for: first, because what follows lacks it."""
    if desk.reader.held:
        names = {one["id"]: (one["name"], one["path"]) for one in desk.at_work}
        rows = [(one, *names.get(one.student, (one.student, home_of(one.student)))) for one in desk.reader.held]
        yield Block("held", "Held back until you correct it", "own/held.html", {"rows": rows})
    if desk.reader.corrected:
        called = {group["id"]: group["name"] for group in desk.groups}
        links = [
            (one.student, home_of(one.student), listed([called[group] for group in one.classes if group in called]))
            for one in desk.reader.corrected
        ]
        yield Block("corrected", "Pages being corrected", "own/corrected.html", {"links": links})


def _campus_blocks(desk: Desk, pages: Sequence[CampusPage[Any]]) -> Iterator[Block]:
    """What campus pages say on a home page, to those whose duty leads them there."""
    for block in (page.home for page in pages if page.home is not None):
        values = block.show(desk) if block.roles & set(desk.reader.roles) else None
        if values is not None:
            yield Block(block.name, block.title, block.template, values)


#: Who a student can tell, other than their key adult, by what it is about.
_STUDENTS_ASK = {"About your help, your plan or your lessons": "senco", "If you don't feel safe": "dsl"}
#: Whom a student can ring outside school, unless the campus names somebody else: free, at any hour, in all of the UK.
HELPLINE = "Childline on 0800 1111, free, day or night"


def _self_block(desk: Desk, me: Facts) -> Block:
    adults = [adult["name"] for adult in me[STUDENT]["team"] if adult["as"] == "key_adult"]
    return Block(
        "me",
        "What I am working on",
        "own/me.html",
        {
            "path": me["path"],
            "targets": me[PLAN]["targets"],
            "help": me[PROFILE]["help"],
            "next": long_day(me[MEETING]["next_meeting"]) if _ahead(desk, me) else None,
            "adults": adults,
            "changed": _changed(me),
            "people": [
                (what, person)
                for what, duty in _STUDENTS_ASK.items()
                for person in _contacts(desk, (duty,))
                if person.name not in adults
            ],
            "helpline": desk.around.campus.get("helpline", HELPLINE),
        },
    )


def _child_block(desk: Desk, child: Facts) -> Block:
    review = _review_due(child)
    own = [item["what"] for item in child[MEETING]["actions"] if item["family"] and item["who"] == desk.reader.id]
    return Block(
        f"child-{child['id'].lower()}",
        child["name"],
        "own/child.html",
        {
            "path": child["path"],
            "name": child["name"],
            "targets": child[PLAN]["targets"],
            "sees_plan": child[PLAN]["sees_plan"],
            "sees_meetings": child[MEETING]["sees_meetings"],
            "at_home": [item["family_action"] for item in child[PLAN]["targets"] if item["family_action"]],
            "promised": own,
            "help": child[PROFILE]["help"],
            "changed": _changed(child),
            "next": long_day(child[MEETING]["next_meeting"]) if _ahead(desk, child) else None,
            "review": short_day(review) if review else None,
            "reviewed": _review_meeting(desk, child),
        },
    )


def _review_meeting(desk: Desk, child: Facts) -> str:
    """Whether the family's next meeting is the one about the plan: two dates on a page are two questions."""
    due = _review_due(child)
    if not due or not child[MEETING]["sees_meetings"]:
        return ""
    if not _ahead(desk, child):
        return "We review it together with you."
    if child[MEETING]["next_meeting"] <= due:
        return "We plan to review it with you at the next meeting."
    return "The next meeting is after that. Tell us if you would like to meet sooner."


def _left_block(desk: Desk, one: Facts) -> Block | None:
    """What is said of a student who has left: nothing is due any more, and their pages can still be read."""
    days = on_roll(one[STUDENT])
    if days.until is None or not days.has_left(desk.on):
        return None
    name = "me" if one["manner"] == "student" else f"child-{one['id'].lower()}"
    values = {
        "path": one["path"],
        "name": one["name"],
        "own": one["manner"] == "student",
        "last_day": long_day(days.until.isoformat()),
        "people": _contacts(desk, ("senco",)),
    }
    return Block(name, "My pages" if values["own"] else one["name"], "own/left.html", values)


def _changed(facts: Facts) -> dict[str, str] | None:
    """What changed since the last meeting, for those who have such a page to read."""
    found = facts["changed"]
    return {"met": short_day(found["met"]), "last": short_day(found["last"])} if found else None


def _ahead(desk: Desk, facts: Facts) -> bool:
    return bool(facts[MEETING]["next_meeting"]) and facts[MEETING]["next_meeting"] >= desk.on.isoformat()


def _contacts(desk: Desk, duties: tuple[str, ...]) -> list[Colleague]:
    named = (desk.around.contact(duty) for duty in duties)
    return [person for person in dict.fromkeys(named) if person is not None]


def _week_blocks(desk: Desk, owed: Sequence[Owed]) -> Iterator[Block]:
    rules = _rules(desk)
    week = week_of(desk.at_work, desk.on, rules, owed)
    meetings = meetings_ahead(desk.at_work, desk.on)
    soon = tuple(sorted((*week.soon, *meetings)))
    yield _list(desk, "late", "Late", week.late, "Nothing is late. Well done.", "Was due")
    yield _list(desk, "soon", "Due in the next two weeks", soon, "Nothing is due in the next two weeks.", "Due")
    if week.drafts:
        yield _list(desk, "drafts", "Drafts waiting to be agreed", week.drafts, "", "")
    lists = (
        ("thin", f"Fewer than {rules.lowest_delivery}% of sessions delivered", week.thin, "Counted up to"),
        ("stale", f"Targets not measured for {quantity(rules.evidence_weeks, 'weeks')}", week.stale, "Last measured"),
        ("owed", "Families due a meeting", week.owed, ""),
        ("actions", "Other actions still open", week.later_actions, "By"),
    )
    for name, title, items, column in lists:
        if items:
            yield _list(desk, name, title, items, "", column)


def _rules(desk: Desk) -> Rules:
    return Rules.of(desk.around.campus, desk.around.kinds[CAMPUS].defaults)


def _leader_blocks(desk: Desk, last_of_term: str) -> Iterator[Block]:
    week = week_of(desk.at_work, desk.on, _rules(desk))
    reviews = reviews_until(desk.at_work, desk.on, last_of_term)
    yield _list(desk, "late", "Late", week.late, "Nothing is late.", "Was due")
    yield _list(desk, "reviews", "Plans to review this term", reviews, "No more plans to review this term.", "By")
    held = [one for one in desk.at_work if one[STUDENT]["status"] and one[STUDENT]["status"]["code"] == "E"]
    yield Block(
        "ehc",
        "Students with an EHC plan",
        "own/names.html",
        {"rows": [_named(one) for one in held], "nothing": _NO_EHC},
    )


_NO_EHC = "No student you can see has an EHC plan."


def _named(one: Facts) -> tuple[str, str, str]:
    review = _review_due(one)
    reviewed = f"plan reviewed by {short_day(review)}" if review else ""
    return one["path"], one["full_name"], " · ".join(filter(None, (_year(one), reviewed)))


def _review_due(one: Facts) -> str | None:
    """The day by which the plan is reviewed, as far as the reader sees it."""
    plan = one[PLAN]["current"]
    return plan["review_due"] if plan else None


def _year(one: Facts) -> str:
    code = one[STUDENT]["year"]
    return year(code) if code else ""


def _list(desk: Desk, name: str, title: str, items: Sequence[DueLine], nothing: str, column: str) -> Block:
    """A list of things to do; more than a screenful is folded away."""
    rows = [
        (item.name, item.path, item.what, short_day(item.on) if item.on else "", _owner(desk, item.owner))
        for item in items
    ]
    values = {
        "caption": title,
        "column": column,
        "rows": rows[:SHOWN],
        "more": rows[SHOWN:],
        "nothing": nothing,
        "owners": any(row[4] for row in rows),
    }
    return Block(name, f"{title} ({len(items)})" if items else title, "own/list.html", values)


def _owner(desk: Desk, person: str) -> str:
    if not person:
        return ""
    return "you" if person == desk.reader.id else desk.around.name(person)


def _campus_jobs(desk: Desk, owed: Sequence[Owed]) -> Iterator[Block]:
    """What somebody without students of their own owes the campus, if anything is late or due soon."""
    mine = [one for one in owed if one.owed_by == desk.reader.id]
    week = week_of((), desk.on, _rules(desk), mine) if mine and desk.is_staff else None
    if week is not None and (week.late or week.soon):
        yield _list(desk, "due", "My jobs", (*week.late, *week.soon), "", "Due")


def _teacher_blocks(desk: Desk, owed: Sequence[Owed]) -> Iterator[Block]:
    groups = [
        (group["id"], group["name"], len(desk.in_group(group["id"])), len(desk.missing_in(group["id"])))
        for group in desk.taught_groups
    ]
    if groups:
        shown = [item for item in groups if item[2] or item[3]]
        yield Block("classes", "My classes", "own/classes.html", {"groups": shown})
    week = week_of(desk.at_work, desk.on, _rules(desk), owed)
    stale = [item._replace(what=f"{item.what} (last measured {short_day(item.on)})", on="") for item in week.stale]
    owned = dict.fromkeys(item for item in (*week.late, *week.soon, *stale) if item.owner == desk.reader.id)
    if "senco" not in desk.reader.roles:
        nothing = "Nothing is due from you in the next two weeks."
        yield _list(desk, "due", "My jobs", tuple(owned), nothing, "Due")
    others = [one for one in desk.mine if one not in desk.assisted]
    if others:
        yield Block("students", "My students", "own/cards.html", {"students": [_placed(one, desk) for one in others]})


def _placed(one: Facts, desk: Desk) -> Facts:
    """With the year, and the classes in which this reader teaches them: that is how a teacher looks for a student."""
    classes = [str(group["name"]) for group in desk.taught_groups if one in desk.in_group(group["id"])]
    return {
        "path": one["path"],
        "full_name": one["full_name"],
        "emergency": one[STUDENT]["emergency"],
        "help": one[PROFILE]["help"],
        "where": " · ".join(filter(None, (_year(one), *classes))),
    }


def _assistant_block(desk: Desk) -> Block:
    me = desk.reader.id
    cards = [
        {
            "path": one["path"],
            "name": one["full_name"],
            "emergency": one[STUDENT]["emergency"],
            "help": one[PROFILE]["help"],
            "notes": [adult["note"] for adult in one[STUDENT]["team"] if adult["person"] == me and adult["note"]],
            "lines": desk.lines_given(one),
        }
        for one in desk.assisted
    ]
    return Block("today", "Students I support", "own/today.html", {"cards": cards})


def _exams_block(desk: Desk) -> Block:
    rows = [(one["path"], one["full_name"], _year(one), one[PROFILE]["exams"]) for one in desk.at_work]
    return Block(
        "exams", "How students work in tests and exams", "own/exams.html", {"rows": [row for row in rows if row[3]]}
    )


def _careers_block(desk: Desk) -> Block:
    older = [one for one in desk.at_work if one[STUDENT]["year"].isdigit() and int(one[STUDENT]["year"]) >= 9]
    nothing = "You can't see any students from Year 9 up."
    return Block(
        "older",
        "Students from Year 9 up",
        "own/names.html",
        {"rows": [_named(one) for one in older], "nothing": nothing},
    )


_FIND = {
    "committee_member": "Members of the committee don't see students' pages. Figures for the committee's papers "
    "are released once a term, counted so that no child can be recognised.",
    "finance_officer": "You don't see students' pages. The SENDCo works out what provision costs and "
    "sends you the figures you need.",
    "dpo": "You don't see students' pages, and your work doesn't need them: each student has a page that says "
    "who can see what and why, and the SENDCo can show you any of them.",
}


def _otherwise(desk: Desk) -> Iterator[Block]:
    """What a reader with nothing to do here today will find."""
    if desk.at_work:
        rows = [_named(one) for one in desk.at_work]
        yield Block("open", "Students you can see", "own/names.html", {"rows": rows, "nothing": ""})
        return
    said = next(
        (_FIND[role] for role in desk.reader.roles if role in _FIND), "There are no students you can see today."
    )
    yield Block(
        "find", "What you will find here", "own/find.html", {"said": said, "people": _contacts(desk, ("senco",))}
    )
