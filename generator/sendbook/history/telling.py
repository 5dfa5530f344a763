"""The events of one record, sorted into its headings and entries, for those who put them into words.

A teller takes the events it has words for; what is left is told in plain ones made from the schema, so that
no change goes untold.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from sendbook.campus.link import TO_PERSON
from sendbook.campus.nodes import Node
from sendbook.campus.words import in_words, lowered, sentence
from sendbook.history.comparison import keyed
from sendbook.history.events import Added, Changed, Event, Left, Moved, Path
from sendbook.history.names import Names
from sendbook.history.phrases import ALONE, Around, Speech, ended, is_words, phrase_of, title_of

_NOTHING: Mapping[str, Any] = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Events about one thing: an entry of a list, a field, or the record itself, as it is on both sides.

    ``path`` leads to it; the paths of events that wait to be told count from there. ``before`` or ``after`` is None
    where the thing is not there.
    """

    path: Path
    node: Node | None
    speech: Speech
    before: Any
    after: Any
    waiting: dict[Path, Event] = field(repr=False)

    @property
    def names(self) -> Names:
        return self.speech.names

    @property
    def item(self) -> Mapping[str, Any]:
        """Returns the thing as it is now, or as it was."""
        found = self.after if self.after is not None else self.before
        return found if isinstance(found, Mapping) else _NOTHING

    @property
    def label(self) -> str:
        """Returns what it is called; by its old name where that has changed, so that people know it."""
        named = self.before if self.before is not None else self.after
        return self.speech.label(self.node, named)

    @property
    def came(self) -> bool:
        """Whether all of it is new."""
        return isinstance(self.waiting.get(()), Added)

    @property
    def went(self) -> bool:
        """Whether all of it is gone."""
        return isinstance(self.waiting.get(()), Left)

    def child(self, *steps: str) -> Node | None:
        """Returns the schema's node of a field below."""
        node = self.node
        for step in steps:
            node = node.child(step) if node is not None else None
        return node

    def take(self, *steps: str) -> Event | None:
        """Takes the event at a place, which is then in a sentence."""
        return self.waiting.pop(steps, None)

    def take_below(self, *steps: str) -> list[Event]:
        """Takes the events at a place and below it, which are then in sentences."""
        found = [path for path in self.waiting if path[: len(steps)] == steps]
        return [self.waiting.pop(path) for path in found]

    def said(self, name: str, item: Mapping[str, Any] | None = None) -> str:
        """Returns the words for one of its fields."""
        of = self.item if item is None else item
        return self.speech.value(self.child(name), of[name], of) if name in of else ""

    def words(self, code: object, *steps: str) -> str:
        """Returns the words for a code of a field below."""
        node = self.child(*steps)
        return node.said(code) if node is not None else in_words(code)


#: Takes the events of a group that it has words for, and puts them into sentences.
Teller = Callable[[Group], Iterator[str]]
#: Tellers by the kind of record and the field of it that they speak of; "" is the record itself.
Tellers = Mapping[tuple[str, str], Teller]


def groups(
    events: Iterable[Event],
    root: Node | None,
    before: Mapping[str, Any],
    after: Mapping[str, Any],
    names: Names,
    around: Around = ALONE,
) -> Iterator[tuple[str, Group]]:
    """Yields the groups of one record's events by the field they are in; "" is for fields that are no lists.

    ``around`` are the other records of the same student.
    """
    speech = Speech(names=names, root=root, before=before, after=after, around=around)
    found: dict[tuple[str, Path], dict[Path, Event]] = {}
    for event in events:
        for one in _entry_by_entry(event, root):
            section, path = _place(one, root)
            found.setdefault((section, path), {})[one.path[len(path) :]] = one
    for (section, path), waiting in found.items():
        node, old, new = _at(root, before, after, path)
        yield section, Group(path=path, node=node, speech=speech, before=old, after=new, waiting=waiting)


def _entry_by_entry(event: Event, root: Node | None) -> Iterator[Event]:
    """A list that came or went as a whole is told by its entries."""
    node = root.child(event.path[0]) if root is not None and len(event.path) == 1 else None
    if node is None or not isinstance(event, (Added, Left)) or not isinstance(event.value, list):
        yield event
        return
    for name, item in keyed(node, event.value).items():
        yield replace(event, path=(*event.path, name), value=item)


def _place(event: Event, root: Node | None) -> tuple[str, Path]:
    """The heading's field, and the path of the entry an event is about."""
    if not event.path:
        return "", ()
    node = root.child(event.path[0]) if root is not None else None
    if node is None or node.items is None:
        return "", ()
    return event.path[0], event.path[:2] if len(event.path) > 1 else event.path[:1]


def _at(root: Node | None, before: Any, after: Any, path: Path) -> tuple[Node | None, Any, Any]:
    node = root
    for step in path:
        before, after = _step(node, before, step), _step(node, after, step)
        if node is not None:
            node = node.items if node.items is not None else node.child(step)
    return node, before, after


def _step(node: Node | None, value: Any, step: str) -> Any:
    if isinstance(value, list):
        return keyed(node, value).get(step)
    return value.get(step) if isinstance(value, Mapping) else None


def plainly(group: Group) -> Iterator[str]:
    """Yields what is left of a group, in words made from the schema."""
    for path, event in list(group.waiting.items()):
        del group.waiting[path]
        yield from map(ended, _plain(group, path, event))


def _plain(group: Group, path: Path, event: Event) -> Iterator[str]:
    if not path and group.path:
        yield from _whole(group, event)
        return
    if not path:
        yield from _whole_record(group, event)
        return
    node, names, around = _below(group, path)
    subject = _subject(group, names)
    value = _Told(group.speech, node, around)
    in_list = (len(path) > 1 and _is_list(group, path[:-1])) or isinstance(getattr(event, "value", None), list)
    saying = node.say if node is not None and node.say is not None and "{value}" in node.say else ""
    match event:
        case Added() | Changed() if saying:
            now = value.of(event.value if isinstance(event, Added) else event.after)
            was = value.of(event.before) if isinstance(event, Changed) else now
            told, before = saying.replace("{value}", now), f" (it was {was})" if was != now else ""
            yield f"{group.label}: {told}{before}" if group.path else f"{told}{before}"
        case Changed() if path[0] in group.speech.named_by(group.node, group.before) and not _is_value(node):
            if node is not None and node.link is not None:
                # Another person or thing is there now; none of the two has a new name.
                yield f"Now {value.of(event.after)} (it was {value.of(event.before)})"
                return
            verb = "was reworded:" if group.label.startswith("“") else "was renamed"
            yield f"{group.label} {verb} {value.of(event.after)}"
        case Added() if in_list:
            yield f"{subject} now also {_includes(names)} {value.of(event.value)}"
        case Left() if in_list:
            yield f"{subject} no longer {_includes(names)} {value.of(event.value)}"
        case Added():
            yield f"{subject} is now {value.of(event.value)}"
        case Left():
            yield f"{subject} was removed; it was {value.of(event.value)}"
        case Changed():
            yield f"{subject} {group.speech.change(node, event.before, event.after, around)}"
        case Moved():
            yield f"{subject}: the order changed"


def _whole(group: Group, event: Event) -> Iterator[str]:
    """An entry, or a list of plain values, as a whole."""
    match event:
        case Added():
            yield _new(group, event.value, group.node)
        case Left():
            yield f"Removed: {group.speech.label(group.node, event.value)}"
        case Changed():
            told = group.speech.change(group.node, event.before, event.after)
            yield f"{group.label} {told}" if group.node is None or group.node.link is None else told
        case Moved():
            yield _reordered(group, event)


def _reordered(group: Group, event: Moved) -> str:
    if event.before[:1] == event.after[:1]:
        return "The order changed"
    entries = keyed(group.node, group.after if isinstance(group.after, list) else [])
    label = group.speech.label(group.node.items if group.node is not None else None, entries.get(event.after[0]))
    return f"The order changed: {label} now comes first"


def _new(group: Group, item: Any, node: Node | None) -> str:
    label = group.speech.label(node, item)
    if not isinstance(item, Mapping) or node is None:
        return f"New: {label}"
    facts = [
        f"{lowered(title_of(child, name))} {group.speech.value(child, item[name], item)}"
        for name, child in node.properties.items()
        if name in item and _is_fact(child) and group.speech.value(child, item[name], item) != label
    ]
    prose = [
        ended(str(item[name]))
        for name, child in node.properties.items()
        if isinstance(item.get(name), str) and is_prose(child) and ended(str(item[name])).strip(".") not in label
    ]
    told = f"New: {label} ({'; '.join(facts)})" if facts else f"New: {label}"
    return " ".join([ended(told), *prose]) if prose else told


def is_prose(node: Node) -> bool:
    """Whether a field holds free text rather than a date, a code or a link."""
    return node.type == "string" and node.link is None and "enum" not in node.schema and "pattern" not in node.schema


def _is_fact(node: Node) -> bool:
    return node.schema.get("format") == "date" or node.link == TO_PERSON


def _whole_record(group: Group, event: Event) -> Iterator[str]:
    title = lowered(group.node.title) if group.node is not None else "record"
    if isinstance(event, Left):
        yield f"{sentence(title)} removed"
    else:
        yield f"{sentence(title)} added"


def _includes(names: list[str]) -> str:
    """The verb after a list's name: “targets include”, “technology I use includes”."""
    return "include" if names and names[-1].endswith("s") else "includes"


@dataclass(frozen=True, slots=True)
class _Told:
    speech: Speech
    node: Node | None
    around: Mapping[str, Any]

    def of(self, value: Any) -> str:
        return self.speech.value(self.node, value, self.around)


def _below(group: Group, path: Path) -> tuple[Node | None, list[str], Mapping[str, Any]]:
    """The node at the end of a path below a group, what the steps are called, and the mapping it stands in."""
    node, before, after = group.node, group.before, group.after
    around: Mapping[str, Any] = _NOTHING
    names: list[str] = []
    for step in path:
        inside = after if isinstance(after, Mapping) else before
        around = {**around, **inside} if isinstance(inside, Mapping) else around
        of_list = isinstance(before, list) or isinstance(after, list)
        before, after = _step(node, before, step), _step(node, after, step)
        if node is not None:
            node = node.items if of_list else node.child(step)
        if not of_list and node is not None and node.say and node.is_leaf and "{" not in node.say:
            names = [node.say]  # says enough without what it stands in
        elif not of_list:
            names.append(phrase_of(node, step))
        elif isinstance(after if after is not None else before, Mapping) and step != path[-1]:
            names.append(group.speech.label(node, after if after is not None else before))
    return node, names, around


def _subject(group: Group, names: list[str]) -> str:
    if not group.path:
        return ", ".join(names)
    return f"{group.label}: {', '.join(names)}" if names else group.label


def _is_list(group: Group, path: Path) -> bool:
    before, after, node = group.before, group.after, group.node
    for step in path:
        before, after = _step(node, before, step), _step(node, after, step)
        if node is not None:
            node = node.items if node.items is not None else node.child(step)
    return isinstance(before, list) or isinstance(after, list)


def _is_value(node: Node | None) -> bool:
    """Whether a field holds a date, a number or a choice: where that is another, nothing got a new name."""
    return node is not None and node.link is None and not is_words(node)
