"""Which pages are looked at for which reader: decided by what the readers can reach, never by which test ran before."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence


def chosen(reached: Sequence[Mapping[str, Hashable]], at_most: int) -> list[str]:
    """The paths to look at for the last of these readers, in the order they were reached.

    ``reached`` are what readers can reach, by path, each page with something that is the same where its words are; the
    readers come in an order that is always the same. A page that an earlier one reaches in the same words is looked
    at there. Of more than ``at_most`` evenly spaced ones are taken.
    """
    *earlier, own = reached
    seen = {words for pages in earlier for words in pages.values()}
    fresh: dict[Hashable, str] = {}
    for path, words in own.items():
        if words not in seen:
            fresh.setdefault(words, path)
    paths = list(fresh.values())
    return paths[:: -(-len(paths) // at_most) or 1]
