"""Turns a kind's schema into the questions of a form, in order: as a person would be asked, on paper or on a screen.

Each field's question is what its ``x-form`` asks, or else its title; what the program makes itself is not asked, and is
named at the end. How a question looks is left to what shows it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from string import ascii_lowercase
from typing import TYPE_CHECKING

from sendbook.campus.answers import Asking, answer, how_many
from sendbook.campus.asked import EACH_ENTRY, EACH_NAME, NOTHING, Form
from sendbook.campus.nodes import Node
from sendbook.campus.wanted import needed
from sendbook.campus.ways import EACH, Way

if TYPE_CHECKING:
    from sendbook.campus.schemas import Kind

_ONE_OF_THESE = "Which of these is it?"
_ANSWER_ONE = "Answer one of these questions."


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One question, with its number on paper such as ``7.2``.

    ``answer`` says what may be answered. A group of questions, and a list of entries, has them ``inside``; ``several``
    says that there may be more than one answer or entry, each with the same questions. ``optional`` may be left out,
    ``alternatives`` holds questions of which one is answered.
    """

    number: str
    way: Way
    ask: str
    hint: str = ""
    answer: str = ""
    optional: bool = False
    several: bool = False
    alternatives: bool = False
    inside: tuple[Question, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A field that is filled in by the program: what it and the group around it are called, and what it is made of."""

    way: Way
    title: str
    within: str
    made: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """All questions of a kind, and what is made besides."""

    questions: tuple[Question, ...]
    made: tuple[Made, ...]


def paper_of(kind: Kind, kinds: Mapping[str, Kind]) -> Paper:
    """Returns a kind's form; ``kinds`` are all kinds by name, for what it links to."""
    numbers: dict[Way, str] = {}
    _number(kind, kind.root, (), "", numbers)
    asking = Asking(kind=kind, kinds=kinds, numbers=numbers)
    questions = () if _form(kind, ()).made else tuple(_inside(asking, kind.root, (), ""))
    return Paper(questions=questions, made=tuple(_made(kind, kind.root, ())))


def _number(kind: Kind, group: Node, way: Way, before: str, numbers: dict[Way, str]) -> None:
    """Numbers the questions of a group, so that one can name another: “the date in question 3”."""
    for number, names in _numbered(kind, group, way, before):
        for own, name in _lettered(number, names):
            head = _head(kind, _Field(node=group.properties[name], way=(*way, name)))
            body = _body(kind, head)
            numbers[head.way] = numbers[body.way] = own
            _number(kind, body.node, body.way, f"{own}.", numbers)


def _numbered(kind: Kind, group: Node, way: Way, before: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    for count, names in enumerate(_asked_together(kind, group, way), start=1):
        yield f"{before}{count}", names


def _lettered(number: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yields each of several alternatives with a number of its own: ``7.1a``, ``7.1b``."""
    letters = ascii_lowercase if len(names) > 1 else ("",)
    yield from ((f"{number}{letter}", name) for letter, name in zip(letters, names, strict=False))


def _asked_together(kind: Kind, group: Node, way: Way) -> Iterator[tuple[str, ...]]:
    """Yields the fields of a group that are asked, in order: each by itself, or those of which one is answered."""
    asked = [name for name in group.properties if _form(kind, (*way, name)).is_asked]
    either = tuple(name for name in asked if name in _form(kind, way).either)
    for name in asked:
        if name not in either:
            yield (name,)
        elif name == either[0]:
            yield either


@dataclass(frozen=True, slots=True, kw_only=True)
class _Field:
    """A field on the way to an answer; ``optional`` if it, or a group around it that has no other, may be left out."""

    node: Node
    way: Way
    optional: bool = False


def _only_field(kind: Kind, group: _Field) -> _Field | None:
    """Returns the only thing that a group asks: a group of questions with one in it is no more than that one."""
    asked = list(_asked_together(kind, group.node, group.way))
    if len(asked) != 1 or len(asked[0]) != 1:
        return None
    name = asked[0][0]
    optional = group.optional or name not in _needed(kind, group.node, group.way)
    return _Field(node=group.node.properties[name], way=(*group.way, name), optional=optional)


def _head(kind: Kind, field: _Field) -> _Field:
    """Returns the field whose words the question has."""
    only = _only_field(kind, field)
    return field if only is None else _head(kind, only)


def _body(kind: Kind, head: _Field) -> _Field:
    """Returns what is answered: for a list one of its entries, or the only value in it."""
    entry = _each(head)
    if entry is head:
        return head
    only = _only_field(kind, entry)
    return only if only is not None and only.node.is_leaf else entry


def _each(field: _Field) -> _Field:
    """Returns the entries of a list, or the values of a group of free names; for anything else, the field itself."""
    for step, each in ((EACH_ENTRY, field.node.items), (EACH_NAME, field.node.values)):
        if each is not None and not field.node.properties:
            return _each(_Field(node=each, way=(*field.way, step)))
    return field


def _inside(asking: Asking, group: Node, way: Way, before: str) -> Iterator[Question]:
    for number, names in _numbered(asking.kind, group, way, before):
        questions = tuple(_question(asking, group, (*way, name)) for name in names)
        if len(questions) == 1:
            yield questions[0]
        else:
            alternatives = tuple(replace(one, optional=False) for one in questions)
            # An entry has no question of its own, a group of fields has: it is the one over the whole group.
            ask = _form(asking.kind, way).ask if way[-1:] == (EACH_ENTRY,) else ""
            yield Question(
                number=number,
                way=way,
                ask=ask or _ONE_OF_THESE,
                hint=_ANSWER_ONE,
                alternatives=True,
                inside=alternatives,
            )


def _question(asking: Asking, group: Node, way: Way) -> Question:
    name = way[-1]
    may_be_left_out = name not in _needed(asking.kind, group, way[:-1])
    head = _head(asking.kind, _Field(node=group.properties[name], way=way, optional=may_be_left_out))
    body = _body(asking.kind, head)
    number = asking.numbers[head.way]
    has_words_of_its_own = body is not head and body.way[-1] not in EACH
    hints = [_hint(asking.kind, head), how_many(head.node), _hint(asking.kind, body) if has_words_of_its_own else ""]
    return Question(
        number=number,
        way=head.way,
        ask=_form(asking.kind, head.way).ask or head.node.title,
        hint=" ".join(filter(None, hints)),
        answer=answer(asking, body.node, body.way, several=body is not head),
        optional=head.optional,
        several=body is not head,
        inside=tuple(_inside(asking, body.node, body.way, f"{number}.")),
    )


def _needed(kind: Kind, group: Node, way: Way) -> tuple[str, ...]:
    """Returns the fields that must be answered; what a form doesn't ask is never there to make others needless."""
    return needed(group.schema, [name for name in group.properties if _form(kind, (*way, name)).is_asked])


def _hint(kind: Kind, field: _Field) -> str:
    """Returns the help under a question: without an ``ask``, the description is meant for the title that is asked."""
    form = _form(kind, field.way)
    return form.hint or ("" if form.ask else field.node.description)


def _form(kind: Kind, way: Way) -> Form:
    return kind.forms.get(way, NOTHING)


def _made(kind: Kind, node: Node, way: Way, within: str = "") -> Iterator[Made]:
    made = _form(kind, way).made
    if made:
        yield Made(way=way, title=node.title, within=within, made=made)
        return
    for name, inner in node.properties.items():
        yield from _made(kind, inner, (*way, name), node.title if way else "")
    for step, each in ((EACH_ENTRY, node.items), (EACH_NAME, node.values)):
        if each is not None:
            yield from _made(kind, each, (*way, step), within)
