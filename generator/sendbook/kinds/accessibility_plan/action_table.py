"""The accessibility plan's actions as a page shows them: one table a strand, made of a projection.

All text is escaped, so that a bar, a brace or a tag in a record is shown as written. Who sees to an action is told by
post; by name only where the readers of the edition may know it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from sendbook.campus.called import called
from sendbook.campus.heading_places import is_place
from sendbook.campus.schemas import Kind
from sendbook.kinds.accessibility_plan import ACCESSIBILITY_PLAN
from sendbook.pages.escaped_markdown import escape
from sendbook.pages.macro import PLAIN, Macro, MacroSources, Texts

Data = Mapping[str, Any]

STRANDS = ("curriculum", "environment", "information")
_HEAD = ("What we will do", "How we'll know", "Who's responsible, and by when", "Progress")


def action_tables(plan: Data, kind: Kind, people: Mapping[str, Data], contacts: Mapping[str, str]) -> dict[str, str]:
    """A Markdown table for each strand.

    ``kind`` is the plan's, which knows the words for its codes. ``people`` are the staff sections that may be shown, by
    id, with their names; ``contacts`` are the campus's named contacts, which stand in for an owner the readers may not
    know: the person who holds that very post is named.
    """
    actions = [action for action in plan.get("actions", ()) if isinstance(action, Mapping)]
    posts = {_post(people[one]): _name(people[one]) for one in contacts.values() if one in people}
    return {
        strand: _table([action for action in actions if action.get("strand") == strand], kind, people, posts)
        for strand in STRANDS
    }


def step_anchor(action: Data) -> str:
    """The anchor of a step of the plan in these tables."""
    return f"step-{str(action.get('id', '')).lower()}"


def _table(actions: list[Data], kind: Kind, people: Mapping[str, Data], posts: Mapping[str, str]) -> str:
    if not actions:
        return "Nothing is planned here yet."
    rows = [_HEAD, ("---",) * len(_HEAD), *(tuple(_cells(action, kind, people, posts)) for action in actions)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _cells(action: Data, kind: Kind, people: Mapping[str, Data], posts: Mapping[str, str]) -> Iterator[str]:
    why = action.get("barrier")
    place = f"{{: #{step_anchor(action)} }}" if is_place(str(action.get("id", ""))) else ""
    yield f"**{_text(action, 'action')}**{place}" + (f"<br>{_words('Why: ' + str(why))}" if why else "")
    success = action.get("success") or {}
    told = [("", "measure"), ("At the start: ", "baseline"), ("Target: ", "target")]
    yield "<br>".join(_words(f"{label}{success[key]}") for label, key in told if key in success) or "&#8211;"
    role = str(action.get("owner_role") or "")
    owner = people.get(str(action.get("owner") or ""))
    name = _name(owner) if owner is not None else posts.get(role.casefold(), "")
    due = _day(action.get("due"))
    yield (
        "<br>".join([*(_words(words) for words in (role, name) if words), *([f"By {due}"] if due else [])]) or "&#8211;"
    )
    yield _standing(action, kind)


def _standing(action: Data, kind: Kind) -> str:
    status = str(action.get("status") or "")
    words = kind.said("actions/status", status)
    if status == "done" and (on := _day(action.get("done_on"))):
        return f"{_words(words + ',')} {on}"
    if status == "dropped" and action.get("dropped_reason"):
        return _words(f"{words}: {action['dropped_reason']}")
    return _words(words)


def _text(data: Data, key: str) -> str:
    return _words(str(data.get(key) or ""))


def _words(text: str) -> str:
    """Escaped; in a row of a table even a line's end would break out."""
    return escape(" ".join(text.split()))


def _day(written: object) -> str:
    try:
        day = date.fromisoformat(str(written))
    except ValueError:
        return ""
    return f"{day.day}&#160;{day:%B}&#160;{day.year}"  # a date that breaks over two lines is read twice


def _name(person: Data) -> str:
    name = called(person)
    return name.known_as or name.full


def _post(person: Data) -> str:
    return str((person.get("staff") or {}).get("job_title") or "").casefold()


def _says(sources: MacroSources) -> Texts:
    """The tables of the plan as the readers of an edition may see it; nothing where they see none."""
    plan = next(iter(sources.records.of_kind(ACCESSIBILITY_PLAN)), None)
    if plan is None:
        return {}
    tables = action_tables(plan.data, sources.kinds[ACCESSIBILITY_PLAN], sources.staff, sources.contacts)
    return {strand: {PLAIN: table} for strand, table in tables.items()}


ACTIONS = Macro(
    name="accessibility_actions",
    says=_says,
    block=True,
    called="strand of the plan",
    none_yet="There is no accessibility plan: begin records/accessibility-plan.yml, or take this out.",
)
