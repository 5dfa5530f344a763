"""Which places of a record are in a projection of it, as pointers into the record and never into the projection.

Where entries of a list were taken out, those that stay move up; a finding must still name the place in the file.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sendbook.access.projection import A_MAPPING


def visible_leaves(whole: Any, shown: Any, pointer: str = "") -> Iterator[str]:
    """The pointers of a record's values that are in what is shown of it."""
    if isinstance(whole, str):  # most values are texts
        yield pointer
    elif isinstance(whole, A_MAPPING) and whole and isinstance(shown, A_MAPPING):
        for name, inner in whole.items():
            if name in shown:
                step = str(name).replace("~", "~0").replace("/", "~1")
                yield from visible_leaves(inner, shown[name], f"{pointer}/{step}")
    elif isinstance(whole, list) and whole and isinstance(shown, list):
        waiting = iter(shown)
        entry = next(waiting, None)
        for number, inner in enumerate(whole):
            if entry is not None and _is_cut_from(inner, entry):
                yield from visible_leaves(inner, entry, f"{pointer}/{number}")
                entry = next(waiting, None)
    else:
        yield pointer


def _is_cut_from(whole: Any, shown: Any) -> bool:
    """Whether what is shown is the whole with nothing changed and, it may be, something taken out."""
    if whole is shown:
        return True
    if isinstance(whole, str):
        return bool(whole == shown)
    if isinstance(whole, A_MAPPING) and isinstance(shown, A_MAPPING):
        return all(name in whole and _is_cut_from(whole[name], inner) for name, inner in shown.items())
    if isinstance(whole, list) and isinstance(shown, list):
        waiting = iter(whole)
        return all(any(_is_cut_from(one, inner) for one in waiting) for inner in shown)
    return bool(whole == shown)
