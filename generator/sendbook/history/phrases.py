"""Values and their differences in words: numbers with unit and direction, dates with how much later, names for ids."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from difflib import SequenceMatcher
from typing import Any

from sendbook.campus.link import TO_PERSON, TO_STUDENT, Link
from sendbook.campus.link_fields import sort_of_thing
from sendbook.campus.links import Links, Target, entries_at
from sendbook.campus.nodes import Node
from sendbook.campus.words import listed, lowered, number, pounds, quantity, sentence, short_day
from sendbook.history.names import Names

_SHORT = 110
_COUNTED = 20 * 7
_FIELDS = re.compile(r"\{([a-z_|]+)\}")
_SENTENCES = re.compile(r"(?<=[.!?…])\s+")
_NAMED_IN = (
    *("name", "title", "behaviour", "statement", "text", "what", "subject", "topic", "person", "role"),
    *("group", "term", "code", "type", "decides", "to", "on", "date"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Around:
    """Holds the records of the same student as one reader sees them, the later side first: what links lead into."""

    student: str = ""
    sides: tuple[Links, ...] = ()

    def target(self, link: Link, identity: str) -> Target | None:
        """Returns what a link into another record of the student leads to, by the later side where both have it."""
        sides = [side for side in self.sides if self.student and link.kind in side.kinds]
        asked = (side.of_kind(link.kind, link.steps, self.student) or {} for side in sides)
        return next((found[identity] for found in asked if identity in found), None)


ALONE = Around()


@dataclass(frozen=True, slots=True, kw_only=True)
class Speech:
    """Says how one record is spoken of: its names, its two sides for links into itself, and what is ``around`` it.

    Of something ``linked`` further links within the student's records say no more than their sort: they might lead
    round.
    """

    names: Names
    root: Node | None
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    around: Around = ALONE
    linked: bool = False

    def value(self, node: Node | None, value: Any, around: Mapping[str, Any] | None = None) -> str:
        """Returns a value in words; ``around`` is the entry it stands in, which may say its measure."""
        if isinstance(value, Mapping):
            return "; ".join(self._field(node, name, value) for name in value if name != "id")
        if isinstance(value, list):
            return listed([self.value(node.items if node else None, one, around) for one in value])
        if isinstance(value, bool):
            return "yes" if value else "no"
        if node is not None and str(value) in node.words:
            return lowered(node.said(value))
        if value is None:
            return "nothing"
        if isinstance(value, (int, float)):
            return self._number(node, value, around)
        return self._text(node, str(value))

    def _field(self, node: Node | None, name: str, item: Mapping[str, Any]) -> str:
        child = node.child(name) if node is not None else None
        return f"{lowered(title_of(child, name))} {self.value(child, item[name], item)}"

    def label(self, node: Node | None, item: Any) -> str:
        """Returns what an entry is called: by its schema's ``x-say``, or by the field that comes closest to a name."""
        if not isinstance(item, Mapping):
            return self.value(node, item)
        if node is not None and node.say:
            return self.filled(node.say, node, item)
        return self._by_a_field(node, item) or f"“{item.get('id', 'entry')}”"

    def _by_a_field(self, node: Node | None, item: Mapping[str, Any]) -> str:
        found = next((name for name in _NAMED_IN if isinstance(item.get(name), str)), None)
        return self.value(node.child(found) if node else None, item[found]) if found is not None else ""

    def named_by(self, node: Node | None, item: Any) -> frozenset[str]:
        """Returns the fields of an entry that its name is made of."""
        if not isinstance(item, Mapping):
            return frozenset()
        if node is not None and node.say:
            return frozenset(name for found in re.findall(_FIELDS, node.say) for name in found.split("|"))
        return frozenset([name for name in _NAMED_IN if isinstance(item.get(name), str)][:1])

    def filled(self, template: str, node: Node, item: Mapping[str, Any]) -> str:
        """Fills ``“{behaviour}”`` with the entry's own words; ``{name|intervention}`` takes the first that is there."""

        def words(found: re.Match[str]) -> str:
            for name in found[1].split("|"):
                if name in item:
                    child = node.child(name)
                    if child is not None and is_words(child) and isinstance(item[name], str):
                        return stripped(item[name])
                    return self.value(child, item[name], item)
            return self._missing(node)

        return re.sub(_FIELDS, words, template)

    def _missing(self, node: Node) -> str:
        return node.title.lower() or "an entry"

    def _number(self, node: Node | None, value: float, around: Mapping[str, Any] | None) -> str:
        unit = node.unit if node is not None else None
        if unit is None and around is not None and isinstance(around.get("measure"), str):
            unit = self.names.units.get(around["measure"])
        if unit == "£":
            return pounds(value)
        return quantity(value, unit) if unit else number(value)

    def _text(self, node: Node | None, value: str) -> str:
        if node is None:
            return quoted(value)
        if node.of_family:
            return self.names.relative(value)
        if node.link is not None:
            return self._linked(node.link, value)
        if is_date(node):
            return short_day(value)
        if "enum" in node.schema:
            return lowered(node.said(value))
        return quoted(value)

    def _linked(self, link: Link, identity: str) -> str:
        """What a link leads to, by name; what the reader sees nothing of, by its sort and never by its id."""
        return self._named(link, identity) or self.names.name(link, identity) or self._sort_of(link)

    def _named(self, link: Link, identity: str) -> str:
        if self.linked or link == TO_STUDENT:
            return ""
        if link.kind:
            found = self.around.target(link, identity)
            if found is None or not found.pointer:
                return found.name(self.names.known) if found is not None else ""
            return self._entry(found.node, found.data)
        for side in (self.after, self.before):
            for one in entries_at(self.root, side, link.steps) or () if self.root is not None else ():
                if one.id == identity:
                    return self._entry(one.node, one.data)
        return ""

    def _entry(self, node: Node, data: Mapping[str, Any]) -> str:
        speech = replace(self, linked=True)
        return speech.filled(node.say, node, data) if node.say else speech._by_a_field(node, data)  # noqa: SLF001

    def _sort_of(self, link: Link) -> str:
        kinds = self.around.sides[0].kinds if self.around.sides else {}
        return sort_of_thing(link, kinds, None if self.linked else self.root)

    def _another(self, link: Link) -> str:
        """One more thing that a link may lead to, where its name tells it from none: ``another target``."""
        return f"another {self._sort_of(link).partition(' ')[2]}" if link != TO_PERSON else "someone else"

    def change(self, node: Node | None, before: Any, after: Any, around: Mapping[str, Any] | None = None) -> str:
        """Returns how a value became another, as the end of a sentence: “is now 4 (it was 3)”, “moved from … to …”."""
        old, new = self.value(node, before, around), self.value(node, after, around)
        if node is not None and node.link is not None and old == new:
            return f"changed to {self._another(node.link)}"
        if _are_numbers(before, after):
            return f"is now {new} (it was {shortened(old, new)})"
        if node is not None and is_date(node):
            # What the schema has a phrase for is planned, and moves; any other date is a fact that was corrected.
            return f"moved from {old} to {new}{later(before, after)}" if node.say else f"is now {new} (it was {old})"
        if node is not None and is_words(node) and isinstance(before, str) and isinstance(after, str):
            return reworded(before, after)
        return f"changed from {old} to {new}"


def reworded(before: str, after: str) -> str:
    """Returns how a text changed: whole if it is short, else by the sentences that came and went."""
    if max(len(before), len(after)) <= _SHORT:
        return f"now reads {quoted(after)}; it was {quoted(before)}"
    came, went = [], []
    old, new = _SENTENCES.split(before.strip()), _SENTENCES.split(after.strip())
    for what, i, j, k, m in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if what != "equal":
            went += old[i:j]
            came += new[k:m]
    if len(came) == len(new):
        return f"was rewritten: {quoted(after)}"
    told = [f"{says} {quoted(' '.join(part))}" for says, part in (("added", came), ("removed", went)) if part]
    return f"was edited: {' and '.join(told)}"


def later(before: object, after: object) -> str:
    """Returns ``, 2 weeks later``; nothing where either is no date, or they lie so far apart that nobody counts."""
    try:
        days = (date.fromisoformat(str(after)) - date.fromisoformat(str(before))).days
    except ValueError:
        return ""
    if abs(days) > _COUNTED:
        return ""
    count, unit = (abs(days) // 7, "week") if days % 7 == 0 else (abs(days), "day")
    return f", {count} {unit}{'' if count == 1 else 's'} {'later' if days > 0 else 'earlier'}"


def shortened(old: str, new: str) -> str:
    """Returns the first of two quantities without the unit that both have: “60” of “60 minutes” and “40 minutes”."""
    head, _, unit = old.partition(" ")
    other, _, same = new.partition(" ")
    return head if unit and unit == same and head != other else old


def title_of(node: Node | None, name: str) -> str:
    """Returns what a field is called."""
    return node.title if node is not None and node.title else sentence(name.replace("_", " "))


def phrase_of(node: Node | None, name: str) -> str:
    """Returns what a field is called within a sentence: its ``x-say``, or its title."""
    return node.say if node is not None and node.say and "{" not in node.say else lowered(title_of(node, name))


def stripped(text: str) -> str:
    """Returns a text on one line, without the full stop at its end."""
    return " ".join(text.split()).removesuffix(".")


def quoted(text: str) -> str:
    """Returns a text in quotation marks, on one line."""
    return f"“{' '.join(text.split())}”"


def ended(text: str) -> str:
    """As a sentence: with a capital letter and one full stop, unless it ends in a mark already."""
    text = " ".join(text.split()) if "\n" in text else text.strip()
    return sentence(text if text.endswith((".", "!", "?", ".”", "!”", "?”", "…")) else f"{text}.")


def is_date(node: Node) -> bool:
    """Whether a field holds a day."""
    return node.schema.get("format") == "date"


def is_words(node: Node) -> bool:
    """Whether a field holds words of somebody's own: no date, link or choice."""
    return node.type == "string" and node.link is None and not is_date(node) and "enum" not in node.schema


def _are_numbers(*values: Any) -> bool:
    return all(isinstance(value, (int, float)) and not isinstance(value, bool) for value in values)


def texts(*parts: str | None) -> Iterator[str]:
    """Yields the parts that are there, each as a sentence."""
    return (ended(part) for part in parts if part)
