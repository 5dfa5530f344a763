"""Checks whom entries are about (``x-about``): the part that opens them is one that a kind of students' records has.

A schema alone can't tell, as the part is one of another kind. So this is asked once all kinds are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sendbook.campus.nodes import About, Node

PartsByKind = Mapping[str, frozenset[str]]


def wrong_abouts(root: Node, of_students: PartsByKind) -> list[tuple[str, str]]:
    """List what is wrong with the annotations below a kind's root: the kind each names, and its fault with its place.

    ``of_students`` are the parts of each kind of students' records.
    """
    found = ((where, about.kind, _fault(about, of_students)) for where, about in _below(root, ""))
    return [(kind, f"{where or '/'} has an x-about that names {wrong}") for where, kind, wrong in found if wrong]


def _fault(about: About, of_students: PartsByKind) -> str:
    if about.kind not in of_students:
        return f"the kind “{about.kind}”, which is no kind of students' records"
    if about.part not in of_students[about.kind]:
        return f"the part “{about.part}”, which the kind “{about.kind}” does not have"
    return ""


def _below(node: Node, where: str) -> Iterator[tuple[str, About]]:
    if node.about is not None:
        yield where, node.about
    for name, inner in node.properties.items():
        yield from _below(inner, f"{where}/{name}")
    for step, one in (("-", node.items), ("*", node.values)):
        if one is not None:
            yield from _below(one, f"{where}/{step}")
