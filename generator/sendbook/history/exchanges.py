"""Finds links in a list of which one went and another came, while both are called the same.

That happens where a reader sees neither of the two things. It is told as one change: what came and what went, each by
itself, would say twice that there is something which the reader doesn't see.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from sendbook.campus.nodes import Node
from sendbook.history.events import Added, Changed, Left, Path
from sendbook.history.telling import Group


def exchanged(groups: Iterable[tuple[str, Group]]) -> list[tuple[str, Group]]:
    """Returns the same groups, where two such links of one list are one that changed."""
    found = list(groups)
    for section, came in [one for one in found if one[1].came and _is_link(one[1])]:
        gone = (one for one in found if one[0] == section and one[1].went and _is_link(one[1]))
        went = next((one for one in gone if one[1].label == came.label), None)
        if went is not None:
            event, before = came.waiting[()], went[1].before
            one = Changed(record=event.record, kind=event.kind, path=event.path, before=before, after=came.after)
            place = next(number for number, other in enumerate(found) if other[1] is came)
            found[place] = section, replace(came, before=before, waiting={(): one})
            found.remove(went)
    for _, group in found:
        _exchange_below(group)
    return found


def _is_link(group: Group) -> bool:
    return len(group.path) == 2 and group.node is not None and group.node.is_leaf and group.node.link is not None


def _exchange_below(group: Group) -> None:
    """The same for the lists of links within an entry, or within a group of fields."""
    for path, came in list(group.waiting.items()):
        node = _link_at(group, path)
        if node is None or not isinstance(came, Added):
            continue
        said = group.speech.value(node, came.value)
        for other, went in _gone_from(group, path[:-1]):
            if group.speech.value(node, went.value) == said:
                one = Changed(record=came.record, kind=came.kind, path=came.path, before=went.value, after=came.value)
                group.take(*other)
                group.waiting[path] = one
                break


def _gone_from(group: Group, path: Path) -> Iterator[tuple[Path, Left]]:
    for other, went in list(group.waiting.items()):
        if isinstance(went, Left) and other and other[:-1] == path:
            yield other, went


def _link_at(group: Group, path: Path) -> Node | None:
    """The entries of the list of links that a place lies in; None for any other place."""
    node = group.node
    for step in path[:-1]:
        node = (node.items if node.items is not None else node.child(step)) if node is not None else None
    entries = node.items if node is not None and path else None
    return entries if entries is not None and entries.is_leaf and entries.link is not None else None
