"""What a field counts as where a record leaves it out: the ``default`` of the schemas, said there and nowhere else.

A default is checked when the schemas load. A campus's copy of a shipped schema has the shipped defaults of all that it
says nothing of, also of fields that have come since it was made.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.campus import verdict
from sendbook.campus.nodes import Node

#: Defaults by the place of their field: ``house_rules/most_live_targets``, as for `Node.at`.
Defaults = Mapping[str, Any]

_HOUSE_RULES = "house_rules"


def defaults_of(root: Node, shipped: Defaults) -> tuple[Defaults, list[str]]:
    """Returns every default that a kind's fields have, and what is wrong with them; ``shipped`` are those of the kind
    that this one replaces.
    """
    own = dict(_among(root, ""))
    faults = [
        f"/{place} has a default that the field itself does not take"
        for place, (node, default) in own.items()
        if not verdict.compiled(node.schema)(default)
    ]
    return {**shipped, **{place: default for place, (_, default) in own.items()}}, faults


def house_rules(defaults: Defaults, campus: Mapping[str, Any]) -> Mapping[str, Any]:
    """Returns the limits that a campus has chosen for itself, and the default of each that it has not."""
    begins = f"{_HOUSE_RULES}/"
    ours = {place.removeprefix(begins): value for place, value in defaults.items() if place.startswith(begins)}
    chosen = campus.get(_HOUSE_RULES)
    return {**ours, **(chosen if isinstance(chosen, Mapping) else {})}


def _among(node: Node, place: str) -> Iterator[tuple[str, tuple[Node, Any]]]:
    if "default" in node.schema:
        yield place, (node, node.schema["default"])
    for name, inner in node.properties.items():
        yield from _among(inner, f"{place}/{name}".lstrip("/"))
    for each in (node.items, node.values):
        if each is not None:
            yield from _among(each, place)
