"""Says what may be answered to a question: codes in words, units, days, and whom or what there is to choose from.

A form's words, for a person who sees no file: `campus.wanted` has those for somebody who writes one. They come from
the schema, and from what its ``x-form`` adds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sendbook.campus import plausible
from sendbook.campus.asked import FAMILY, ME, NOTHING, STAFF, TEAM, TODAY, Form
from sendbook.campus.link import TO_PERSON, TO_STUDENT, Link
from sendbook.campus.link_fields import list_at
from sendbook.campus.nodes import Node
from sendbook.campus.wanted import to_write
from sendbook.campus.ways import EACH, Way
from sendbook.campus.words import number, sentence

if TYPE_CHECKING:
    from sendbook.campus.schemas import Kind

#: Whom to choose: one, and several.
_PEOPLE = {
    STAFF: ("a member of staff", "members of staff"),
    FAMILY: ("a member of the student's family", "members of the student's family"),
    TEAM: ("one of the adults who work with the student", "of the adults who work with the student"),
    "": ("a person", "people"),
}
_UNITS = {"£": "an amount in pounds", "%": "a percentage"}
_LONG_TEXT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What an answer is said with: the kind, all kinds by name, and the number of each question by its way."""

    kind: Kind
    kinds: Mapping[str, Kind]
    numbers: Mapping[Way, str]


def answer(asking: Asking, node: Node, way: Way, *, several: bool) -> str:
    """Returns what to answer to a field's question, in short sentences; "" for what has questions of its own.

    ``several`` says that there may be more than one answer.
    """
    if not node.is_leaf:
        return ""
    form = asking.kind.forms.get(way, NOTHING)
    said = _said(asking, way) or _to_answer(asking, node, way, form, several=several)
    return " ".join(
        filter(None, (_full_stop(said), _filled_in(asking, way, form), _believable(asking, way), _by_default(node)))
    )


def _said(asking: Asking, way: Way) -> str:
    """Returns what the schema says to answer: next to a value, or to the list that it is in."""
    said = asking.kind.forms.get(way, NOTHING).answer
    return _said(asking, way[:-1]) if not said and way[-1] in EACH else said


def how_many(node: Node) -> str:
    """Returns how many answers or entries a list takes, as a sentence; "" where the schema sets no limit."""
    least, most = node.schema.get("minItems", 0), node.schema.get("maxItems")
    if least > 1:
        return f"{least} to {most}." if most else f"{least} or more."
    return f"No more than {most}." if most else ""


def lower(title: str) -> str:
    """Returns a title as it is within a sentence: “Need” as “need”, “EHC plan” as it is."""
    return title[:1].lower() + title[1:] if title[1:2].islower() or title[1:2] == " " else title


def _to_answer(asking: Asking, node: Node, way: Way, form: Form, *, several: bool) -> str:
    if node.link is not None:
        return f"Choose {_from(asking, node.link, form, several=several)}"
    if "enum" in node.schema:
        codes = "; ".join(node.said(code) for code in node.schema["enum"])
        return f"Choose all that apply: {codes}" if several else f"Choose one: {codes}"
    return _value(asking, node, way, form, several=several)


def _value(asking: Asking, node: Node, way: Way, form: Form, *, several: bool) -> str:
    schema = node.schema
    written = str(schema.get("x-written", ""))
    if node.type == "string" and "format" not in schema and (not written or written.startswith("text")):
        return _text(schema, one_line=bool(written), several=several)
    if node.type == "boolean":
        said = "Yes or no"
    elif schema.get("format") == "date":
        said = "A date, such as 23 November 2026"
    elif node.type in ("integer", "number"):
        said = _number(asking, node, way, form)
    else:
        said = sentence(to_write(schema))
    return f"{said}; as many as there are" if several else said


def _text(schema: Mapping[str, Any], *, one_line: bool, several: bool) -> str:
    most = schema.get("maxLength", _LONG_TEXT)
    if most < _LONG_TEXT:
        return f"Up to {most} letters{' each, and as many as you need' if several else ''}"
    if several:
        return "As many as you need, each on a new line"
    return "On one line" if one_line else "As many lines as you need"


def _number(asking: Asking, node: Node, way: Way, form: Form) -> str:
    name = "a whole number" if node.type == "integer" else "a number"
    if node.unit is not None:
        name = _UNITS.get(node.unit, f"{name} of {node.unit}")
    if form.unit_of:
        name = f"{name} in the unit of {_unit(asking, way, form.unit_of)}"
    lowest, highest = node.schema.get("minimum") or 0, node.schema.get("maximum")
    if lowest > 0 and highest is not None:
        return sentence(f"{name} from {number(lowest)} to {number(highest)}")
    if lowest > 0:
        return sentence(f"{name}, {number(lowest)} or more")
    return sentence(f"{name}, at most {number(highest)}" if highest is not None else name)


def _unit(asking: Asking, way: Way, name: str) -> str:
    """Returns what says the unit: the answer to another question, in the nearest group around that has it."""
    ways = [(*way[:end], name) for end in range(len(way) - 1, -1, -1)]
    found = next((one for one in ways if one in asking.numbers), None)
    return f"your answer to question {asking.numbers[found]}" if found is not None else "what is measured"


def _from(asking: Asking, link: Link, form: Form, *, several: bool) -> str:
    """Returns what there is to choose from, as the end of “Choose …”."""
    count = "one or more" if several else "one"
    if link == TO_PERSON:
        return f"one or more {_PEOPLE[form.pick][1]}" if several else _PEOPLE[form.pick][0]
    if link == TO_STUDENT:
        return "one or more students" if several else "a student"
    kind = asking.kinds.get(link.kind, asking.kind)
    if not link.steps:
        return f"{count} of the records called “{kind.title}”"
    there = asking.numbers.get(link.steps) if not link.kind else None
    if there:
        return f"{count} of your answers to question {there}"
    entries = list_at(kind.root, link.steps)
    title = entries.title if entries is not None else link.steps[-1].replace("_", " ")
    return f"{count} of {_whose(asking, kind)} {lower(title)}"


def _whose(asking: Asking, kind: Kind) -> str:
    if kind is asking.kind:
        return "the"
    return "the student's" if kind.of_student else "the school's"


def _filled_in(asking: Asking, way: Way, form: Form) -> str:
    if form.default == TODAY:
        return "Today is filled in: change it if it was another day."
    if form.default == ME:
        return "Your name is filled in: change it if it was somebody else."
    entry = asking.kind.forms.get(way[:-1], NOTHING)
    if entry.author == way[-1]:
        return "Your name is filled in if the words are yours."
    return ""


def _by_default(node: Node) -> str:
    default = node.schema.get("default")
    if isinstance(default, bool) or not isinstance(default, int | float):
        return ""
    return f"If you leave this out, it is {number(default)}."


def _believable(asking: Asking, way: Way) -> str:
    return _full_stop(sentence(", ".join(_limit(asking, one) for one in asking.kind.limits if one.field.way == way)))


def _limit(asking: Asking, limit: plausible.Limit) -> str:
    if limit.against is None:
        return plausible.in_words(limit)
    there = asking.numbers.get(limit.against.way)
    named = f"in question {there}" if there else f"called “{limit.against.node.title}”"
    if limit.word == plausible.AT_MOST:
        return f"not higher than the number {named}"
    return f"not {'after' if limit.word == plausible.NOT_AFTER else 'before'} the date {named}"


def _full_stop(said: str) -> str:
    return said if not said or said.endswith((".", "?", "!")) else f"{said}."
