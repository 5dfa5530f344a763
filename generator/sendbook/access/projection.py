"""Records with everything a reader may not see removed, without a trace.

What to remove follows from (kind, parts) and is compiled once into a mask; whatever a mask leaves whole is
shared with the record, not copied. Items are let through one by one by their conditions. What would be
left empty is not there at all, so that hidden and absent look the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

from sendbook.access.basis import Basis
from sendbook.access.conditions import Condition, condition_of
from sendbook.access.parts import ALL
from sendbook.access.sight import Sight
from sendbook.campus.digests import Digests, digest_of
from sendbook.campus.nodes import Node
from sendbook.campus.records import Record
from sendbook.campus.schemas import Kind


class _Missing:
    """Stands for a value that is not there; None is a value."""


MISSING: Final = _Missing()
A_MAPPING = (dict, Mapping)  # the plain case first: asking an abstract class costs ten times as much


@dataclass(frozen=True, slots=True, kw_only=True)
class Mask:
    """What to do with a value: keep or drop it whole, or look at its properties or items."""

    whole: bool | None = None
    properties: Mapping[str, Mask] | None = None
    values: Mask | None = None
    items: Mask | None = None
    condition: Condition | None = None
    unknown: bool = False


KEEP: Final = Mask(whole=True)
DROP: Final = Mask(whole=False)


def project(
    record: Record,
    kind: Kind,
    *,
    parts: frozenset[str],
    sight: Sight,
    basis: Basis,
    clean: Any = None,
    digests: Digests | None = None,
) -> Record | None:
    """The record as far as these parts and this sight reach; None if nothing of it is visible.

    The digest of the result is that of the data shown, never of the file, or it would tell that
    something hidden has changed. ``clean`` is what ``known`` made of the data, where the caller has it; ``digests``
    know what other projections of the same data share with this one.
    """
    if ALL in parts:
        data: Any = record.data
    else:
        data = known(record, kind) if clean is None else clean
    shown = masked(mask_of(kind, parts, basis), data, sight)
    if not isinstance(shown, Mapping):
        return None
    return Record(
        id=record.id,
        kind=record.kind,
        student=record.student,
        path=record.path,
        digest=digests.digest_of(shown) if digests is not None else digest_of(shown),
        data=shown,
    )


def mask_of(kind: Kind, parts: frozenset[str], basis: Basis) -> Mask:
    """The mask for a kind and a set of parts, compiled once."""
    key = ("mask", kind.name, parts)
    found = basis.memo.get(key)
    if not isinstance(found, Mask):
        found = basis.memo[key] = _compiled(kind.root, "", parts, on_root=True)
    return found


def masked(mask: Mask, value: Any, sight: Sight) -> Any:
    """A value behind its mask, or MISSING. Whatever is shown whole is the very object handed in."""
    if mask.whole is not None:
        return value if mask.whole else MISSING
    if mask.condition is not None and sight.blocked_by(mask.condition, value):
        return MISSING
    if mask.items is not None and isinstance(value, list):
        return _masked_list(mask.items, value, sight)
    if mask.properties is not None and isinstance(value, A_MAPPING):
        return _masked_object(mask, mask.properties, value, sight)
    return value if mask.unknown or _is_whole_behind_gate(mask) else MISSING


def known(record: Record, kind: Kind) -> Any:
    """A record's data without what today's schema does not know, which only holders of all parts see."""
    return _known(kind.root, record.data)


def known_of(record: Record, kind: Kind, fields: frozenset[str]) -> Any:
    """The same of some fields of the record alone."""
    return _known(kind.root, {name: value for name, value in record.data.items() if name in fields})


def _known(node: Node, value: Any) -> Any:
    if node.properties or node.values is not None:
        if not isinstance(value, A_MAPPING):
            return MISSING
        shown = {
            name: below
            for name, inner in value.items()
            if (child := node.child(name)) is not None and (below := _known(child, inner)) is not MISSING
        }
        return value if _same(shown, value) else shown
    if node.items is not None:
        if not isinstance(value, list):
            return MISSING
        items = [below for item in value if (below := _known(node.items, item)) is not MISSING]
        return value if _same_items(items, value) else items
    return value if isinstance(value, str) or not isinstance(value, (*A_MAPPING, list)) else MISSING


def _compiled(node: Node, part: str, parts: frozenset[str], *, on_root: bool = False) -> Mask:
    part = node.part or part
    everything = ALL in parts
    condition = condition_of(node, on_root=on_root, parts=None if everything else parts)
    if node.properties or node.values is not None:
        below = {name: _compiled(child, part, parts) for name, child in node.properties.items()}
        values = _compiled(node.values, part, parts) if node.values is not None else None
        mask = Mask(properties=below, values=values, condition=condition, unknown=everything)
        return _folded(mask, [*below.values(), *([values] if values is not None else [])])
    if node.items is not None:
        item = _compiled(node.items, part, parts)
        return _folded(Mask(items=item, condition=condition, unknown=everything), [item])
    seen = everything or part in parts
    if condition is not None and seen:
        return Mask(condition=condition, unknown=everything)
    return KEEP if seen else DROP


def _folded(mask: Mask, below: list[Mask]) -> Mask:
    """A mask whose every branch does the same is that one thing; a condition has to stay."""
    if all(inner is DROP for inner in below):
        return DROP
    if mask.condition is None and all(inner is KEEP for inner in below):
        return KEEP
    return mask


def _is_whole_behind_gate(mask: Mask) -> bool:
    return mask.condition is not None and mask.items is None and mask.properties is None


def _masked_list(item_mask: Mask, value: list[Any], sight: Sight) -> Any:
    kept = [shown for item in value if (shown := masked(item_mask, item, sight)) is not MISSING]
    if not kept:
        return MISSING
    return value if _same_items(kept, value) else kept


def _masked_object(mask: Mask, properties: Mapping[str, Mask], value: Mapping[str, Any], sight: Sight) -> Any:
    otherwise = mask.values or (KEEP if mask.unknown else DROP)
    kept = {
        name: shown
        for name, inner in value.items()
        if (shown := masked(properties.get(name, otherwise), inner, sight)) is not MISSING
    }
    if not kept:
        return MISSING
    return value if _same(kept, value) else kept


def _same(shown: Mapping[str, Any], value: Mapping[str, Any]) -> bool:
    return len(shown) == len(value) and all(inner is value[name] for name, inner in shown.items())


def _same_items(shown: list[Any], value: list[Any]) -> bool:
    return len(shown) == len(value) and all(one is other for one, other in zip(shown, value, strict=True))
