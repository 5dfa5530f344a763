"""What a schema says of a whole kind: how one of its records is called, which day it is of, how its id is made, what
each of its parts is in words, where it comes in lists, and for how long it is kept.

Read and checked when the schemas load. What a campus's copy of a shipped schema leaves out is as the shipped one has
it, so that a copy of some years ago reads as well as a new one; any other kind has a default. How a value is said is
the caller's: it knows whom its reader may know by name.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sendbook.campus.inlining import Schema
from sendbook.campus.nodes import Node
from sendbook.campus.retention import CLASSES
from sendbook.campus.words import number, quantity, sentence, short_day

_A_MAPPING = (dict, Mapping)  # the plain case first: asking an abstract class costs ten times as much
_HOLDS_MORE = (list, *_A_MAPPING)

#: Says the value of a field; "" where the reader may not know it, so that the record gets a shorter name.
Say = Callable[[Node, Any], str]

#: The states that plans have, and most kinds with states.
DRAFT, AGREED = "draft", "agreed"
#: Kinds that name no place come after all that do.
LAST = 1000.0
_FIELDS = re.compile(r"\{([^{}]*)\}")
_ID = re.compile(r"(?!-)(?:[a-z0-9-]|\{(?:day|year|random|name)\})+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Traits:
    """What holds for all records of a kind.

    ``called`` are the ways to call one record, the fullest first, with fields in braces. ``day`` leads to the field
    with its day, ``reason`` is the field that says why the record is as it is; both are empty where there is none.
    ``id_of`` is what {id} in its path is made of, ``plural`` what several records are called, "" for as one is;
    ``parts`` are the parts in words, ``retain`` is a class of
    `retention`.

    ``withheld`` says of a part why it is not shown to others than those it is granted to, and ``together`` what several
    parts are called where all of them are seen. ``settled`` are the states in which a record is no draft: a share opens
    records in these.
    """

    called: tuple[str, ...] = ()
    day: tuple[str, ...] = ()
    reason: str = ""
    id_of: str = ""
    plural: str = ""
    parts: Mapping[str, str] = field(default_factory=dict)
    withheld: Mapping[str, str] = field(default_factory=dict)
    together: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: float = LAST
    retain: str = ""
    settled: tuple[str, ...] = ()

    def name_of(self, root: Node, data: Mapping[str, Any], say: Say) -> str:
        """The fullest name of which this data holds every field; "" where it holds none.

        A field that is missing, or kept from the reader, takes the whole name with it: what is left of “Visit by ,
        3 May” would show that something is hidden.
        """
        return next(filter(None, (filled(template, root, data, say) for template in self.called)), "")

    def day_of(self, data: Mapping[str, Any]) -> str:
        """The day a record is of, as it is written; "" where the data doesn't hold it."""
        found = _at(data, self.day) if self.day else None
        return found if isinstance(found, str) else ""


def filled(template: str, root: Node, data: Mapping[str, Any], say: Say) -> str:
    """``Visit of {date}`` with the words for its fields; ``{name|type}`` takes the first that is there.

    "" where one of them isn't there.
    """
    words = {asked: _first_of(asked, root, data, say) for asked in _FIELDS.findall(template)}
    return sentence(_FIELDS.sub(lambda found: words[found[1]], template)) if all(words.values()) else ""


def value_in_words(node: Node, value: Any) -> str:
    """A value in words, where nobody's name is known: a link says nothing."""
    if node.link is not None or isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, int | float):
        return quantity(value, node.unit) if node.unit else number(value)
    if node.schema.get("format") == "date":
        return short_day(str(value))
    return node.said(value) if "enum" in node.schema else " ".join(str(value).split())


def _first_of(asked: str, root: Node, data: Mapping[str, Any], say: Say) -> str:
    for path in asked.split("|"):
        steps = tuple(path.split("/"))
        node, value = below(root, steps), _at(data, steps)
        if node is not None and value is not None and (isinstance(value, str) or not isinstance(value, _HOLDS_MORE)):
            words = say(node, value)
            if words:
                return words
    return ""


def paths_in(template: str) -> Iterator[str]:
    """Yields the way to each field that a template has in braces."""
    yield from (path for asked in _FIELDS.findall(template) for path in asked.split("|"))


def can_name(root: Node, path: str) -> bool:
    """Returns whether a template can have the field at a path in braces: it holds something that a name can say."""
    node = below(root, tuple(path.split("/")))
    if node is None or not node.is_leaf or node.type == "boolean":
        return False
    return node.link is None or bool(node.link.kind)


def _at(data: Any, steps: tuple[str, ...]) -> Any:
    for step in steps:
        data = data.get(step) if isinstance(data, _A_MAPPING) else None
    return data


def below(root: Node, steps: tuple[str, ...]) -> Node | None:
    """Returns the field that some steps lead to, through groups alone."""
    node: Node | None = root
    for step in steps:
        node = node.properties.get(step) if node is not None else None
    return node


def with_headings_of(shipped: Mapping[str, Any], schema: Schema) -> Schema:
    """A schema whose fields have the headings, and the mark of the reason, that their shipped namesakes have."""
    taken = {name: shipped[name] for name in ("x-heading", "x-why") if name in shipped and name not in schema}
    theirs = shipped.get("properties", {})
    fields = {
        name: with_headings_of(theirs[name], field) if name in theirs and isinstance(field, dict) else field
        for name, field in schema.get("properties", {}).items()
    }
    return {**schema, **taken, **({"properties": fields} if fields else {})}


def traits_of(
    schema: Schema, root: Node, parts: Collection[str], paths: Collection[str], shipped: Traits
) -> tuple[Traits, list[str]]:
    """What a kind's inlined schema says of it as a whole, and everything that is wrong with that.

    ``shipped`` is what the shipped kind of its name says, for what it leaves out.
    """
    reading = _Reading(schema, root, shipped)
    day = reading.day()
    traits = Traits(
        called=reading.called(day, of_student=any("{student}" in path for path in paths)),
        day=day,
        reason=next((name for name, node in root.properties.items() if node.says_why), ""),
        id_of=reading.id_of(paths),
        plural=reading.plural(paths),
        parts=reading.parts(parts),
        withheld=reading.withheld(parts),
        together=reading.together(parts),
        order=reading.order(),
        retain=reading.retain(),
        settled=reading.settled(),
    )
    return traits, reading.faults


class _Reading:
    """Reads one annotation after the other, and collects what is wrong."""

    def __init__(self, schema: Schema, root: Node, shipped: Traits) -> None:
        self._schema = schema
        self._root = root
        self._shipped = shipped
        self.faults: list[str] = []

    def called(self, day: tuple[str, ...], *, of_student: bool) -> tuple[str, ...]:
        given = self._schema.get("x-called")
        if given is None:
            return tuple(self._by_default(day, of_student=of_student))
        templates = [given] if isinstance(given, str) else given
        if not isinstance(templates, list) or not templates or not all(_is_text(one) for one in templates):
            self._fault("x-called is not a name, or a list of names, in words")
            return ()
        for template in templates:
            self._check_name(template)
        return tuple(templates)

    def _by_default(self, day: tuple[str, ...], *, of_student: bool) -> Iterator[str]:
        """As it is shipped, as far as it has the fields; by its day; for what belongs to no student, by its name."""
        yield from (one for one in self._shipped.called if all(map(self._can_name, paths_in(one))))
        title = self._schema.get("title", "")
        if day:
            yield f"{title} of {{{'/'.join(day)}}}"
        name = self._root.properties.get("name")
        if not of_student and name is not None and name.type == "string" and name.link is None:
            yield f"{title}: {{name}}"

    def _check_name(self, template: str) -> None:
        if re.search(r"[{}]", _FIELDS.sub("", template)):
            self._fault(f"x-called “{template}” has a brace that is alone")
        for path in paths_in(template):
            if path == "id":
                self._fault("x-called names “id”, which is for links and not for people")
            elif not self._can_name(path):
                self._fault(
                    f"x-called names “{path}”, which is no field with a text, a number, a day or a link to a record"
                )
            elif self._may_be_private(path):
                self._fault(f"x-called names “{path}”, which may not be for the family: a name can't be marked so")

    def _can_name(self, path: str) -> bool:
        return can_name(self._root, path)

    def _may_be_private(self, path: str) -> bool:
        steps = path.split("/")
        around = (below(self._root, tuple(steps[:number])) for number in range(1, len(steps)))
        return any(one is not None and one.owner is not None and one.owner.family_if is not None for one in around)

    def day(self) -> tuple[str, ...]:
        given = self._schema.get("x-day")
        if given is None:
            likely = (self._shipped.day, ("date",))
            return next((steps for steps in likely if steps and _is_day(below(self._root, steps))), ())
        steps = tuple(given[1:].split("/")) if isinstance(given, str) and given.startswith("/") else ()
        if not steps or not _is_day(below(self._root, steps)):
            self._fault("x-day does not lead to a date: write it like “/date”, through groups and no list")
            return ()
        return steps

    def id_of(self, paths: Collection[str]) -> str:
        given = self._schema.get("x-id")
        several = any("{id}" in path for path in paths)
        if given is None:
            of_student = any("{student}" in path for path in paths)
            return self._shipped.id_of or ("{day}" if of_student else "{name}") if several else ""
        if not several:
            self._fault("has an x-id, but its x-path has no {id}")
        elif not isinstance(given, str) or not _ID.fullmatch(given):
            self._fault("x-id is not made of {day}, {year}, {random}, {name}, small letters, digits and dashes")
        elif "{" not in given:
            self._fault("x-id is the same for every record: it needs {day}, {year}, {random} or {name}")
        else:
            return given
        return ""

    def plural(self, paths: Collection[str]) -> str:
        given = self._schema.get("x-plural", self._shipped.plural)
        if not isinstance(given, str) or ("x-plural" in self._schema and not given.strip()):
            self._fault("x-plural is not a title in words")
        elif "x-plural" in self._schema and not any("{id}" in path for path in paths):
            self._fault("has an x-plural, but its x-path has no {id}")
        else:
            return given
        return ""

    def parts(self, known: Collection[str]) -> Mapping[str, str]:
        given, shipped = self._schema.get("x-parts", {}), self._shipped.parts
        if not isinstance(given, Mapping) or not all(_is_text(words) for words in given.values()):
            self._fault("x-parts does not say each part in words")
            return {}
        # In a copy of a shipped schema a part may have come, or lost its last field: who sees what is asked elsewhere.
        for part in sorted(set(known) - given.keys()) if given and not shipped else ():
            self._fault(f"x-parts lacks the part “{part}”")
        for part in sorted(given.keys() - set(known) - shipped.keys()):
            self._fault(f"x-parts names the part “{part}”, which no field has")
        if len(set(given.values())) < len(given):
            self._fault("x-parts says two parts in the same words")
        return {
            **_parts_by_default(self._schema.get("title", ""), known),
            **_only(known, shipped),
            **_only(known, given),
        }

    def withheld(self, known: Collection[str]) -> Mapping[str, str]:
        given, shipped = self._schema.get("x-withheld", {}), self._shipped.withheld
        if not isinstance(given, Mapping) or not all(map(_is_text, given.values())):
            self._fault("x-withheld does not say of parts, in words, why they are not for others")
            return {}
        for part in sorted(given.keys() - set(known) - shipped.keys()):
            self._fault(f"x-withheld names the part “{part}”, which no field has")
        return {**_only(known, shipped), **_only(known, given)}

    def together(self, known: Collection[str]) -> Mapping[str, tuple[str, ...]]:
        shipped = self._shipped.together
        given = self._schema.get("x-together", {words: list(parts) for words, parts in shipped.items()})
        if not isinstance(given, Mapping) or not all(map(_is_list_of_texts, given.values())):
            self._fault("x-together does not say in words what some parts are together")
            return {}
        for words, parts in given.items():
            # In a copy of a shipped schema a part may have lost its last field.
            unknown = [part for part in parts if part not in known and part not in shipped.get(words, ())]
            if unknown:
                self._fault(f"x-together “{words}” names the part “{unknown[0]}”, which no field has")
            elif len(set(parts)) < 2:
                self._fault(f"x-together “{words}” is not of several parts")
        return {words: tuple(parts) for words, parts in given.items() if set(parts) <= set(known)}

    def order(self) -> float:
        given = self._schema.get("x-order", self._shipped.order)
        if isinstance(given, bool) or not isinstance(given, int | float) or not abs(given) <= LAST:
            self._fault(f"x-order is not a number up to {LAST:g}")
            return LAST
        return float(given)

    def settled(self) -> tuple[str, ...]:
        """What the schema says, or the shipped one as far as there are such states; else “agreed”, if there is that."""
        state = self._root.properties.get("state")
        states = [] if state is None else state.schema.get("enum", [])
        given = self._schema.get("x-settled")
        if given is None:
            taken = tuple(one for one in self._shipped.settled if one in states)
            return taken or tuple(one for one in states if one == AGREED)
        if not _is_list_of_texts(given) or not given:
            self._fault("x-settled is not a list of the states in which a record is no draft")
            return ()
        for one in given:
            if one not in states:
                self._fault(f"x-settled names “{one}”, which is no state of this kind")
            elif one == DRAFT:
                self._fault("x-settled names “draft”: what is shared by name is never a draft")
        return tuple(given)

    def retain(self) -> str:
        given = self._schema.get("x-retain", self._shipped.retain)
        if not isinstance(given, str) or (given and given not in CLASSES):
            self._fault(f"x-retain is none of {', '.join(CLASSES)}")
            return ""
        return given

    def _fault(self, what: str) -> None:
        self.faults.append(f"/ {what}")


def _parts_by_default(title: str, parts: Collection[str]) -> Mapping[str, str]:
    """By the kind's title, with the part's own name where it has several: another kind may have one of that name."""
    if len(parts) == 1:
        return dict.fromkeys(parts, title)
    return {part: f"{part.replace('_', ' ')} ({title})" for part in parts}


def _only(parts: Collection[str], words: Mapping[str, str]) -> Mapping[str, str]:
    return {part: words[part] for part in parts if part in words}


def _is_text(value: object) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _is_list_of_texts(value: object) -> bool:
    return isinstance(value, list) and all(map(_is_text, value))


def _is_day(node: Node | None) -> bool:
    return node is not None and node.is_leaf and node.schema.get("format") == "date"
