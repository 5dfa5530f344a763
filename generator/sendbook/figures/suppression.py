"""Which counts may be shown: small ones are hidden, and with them what would give them away.

House convention (a default of ours, not law): a count under six is hidden, nought included, and so is one that leaves
fewer than six out ("full" cells), because both say something of each child; a rate is hidden where it is of fewer than
ten; no table crosses two attributes. Then whatever lets an onlooker work a hidden number out to within three is
hidden too: parts and wholes of the same release, sums known from elsewhere (the roll), and earlier releases, from
which a figure moves by few. What was released once can't be taken back, so a new release gives way.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

from sendbook.figures.region import Region, Sum
from sendbook.figures.settings import OPEN_BY, FigureSettings


class Hidden(StrEnum):
    """What is said in place of a number: that it is small, that it is all or all but a few, or nothing."""

    SMALL = "small"
    ALMOST_ALL = "almost_all"
    WITHHELD = "withheld"


Shown = int | Hidden


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """A cell that is the sum of others: students with SEND, of those with support and those with plans."""

    cell: str
    parts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Release:
    """The counts of one release as anyone sees them. ``most`` is what each can be at most: the roll it is part of."""

    cells: Mapping[str, Shown]
    wholes: tuple[Whole, ...]
    most: Mapping[str, int]
    smallest_count: int

    def most_of(self, cell: str) -> int:
        """What anyone knows a count to be at most: of two students in a year no more than two have SEND."""
        return self.most.get(cell, max(self.most.values(), default=0))


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """The true counts of a release to be, with what each is part of (for full cells) and adds up to."""

    cells: Mapping[str, int] = field(repr=False)
    wholes: tuple[Whole, ...]
    most: Mapping[str, int]


def is_small(number: int, settings: FigureSettings) -> bool:
    """SN-4: any count under the smallest that is shown; nought says of each child that they are not among them."""
    return number < settings.smallest_count


def is_almost_all(number: int, whole: int, settings: FigureSettings) -> bool:
    """SN-4, turned round: the few who are left out could be recognised, and nobody left out tells it of each child."""
    return whole - number < settings.smallest_count


def hide(counts: Counts, earlier: Sequence[Release], settings: FigureSettings) -> Mapping[str, Shown]:
    """The counts as they may be released after the ``earlier`` releases, the oldest first.

    Says "fewer than six" where it can, and only "withheld" where those words would give too much away; of the two ways
    the one that hides fewer. Raises ValueError if nothing that may be hidden would make it safe.
    """
    plain = _hide(counts, earlier, settings, Hidden.SMALL)
    silent = _hide(counts, earlier, settings, Hidden.WITHHELD)
    found = [one for one in (plain, silent) if one is not None]
    if not found:
        raise ValueError("no way of hiding makes these counts safe")
    return min(found, key=lambda one: sum(isinstance(shown, Hidden) for shown in one.values()))


def _hide(
    counts: Counts, earlier: Sequence[Release], settings: FigureSettings, word: Hidden
) -> Mapping[str, Shown] | None:
    cells: dict[str, Shown] = {name: _alone(name, counts, settings, word) for name in counts.cells}
    before = narrow(earlier, settings)
    while True:
        releases = [*earlier, _release(cells, counts, settings)]
        given_away = [place for place in narrow(releases, settings) if place not in before]
        if not given_away:
            return cells
        name = _next_to_hide(cells, counts, [cell for _, cell in given_away])
        if name is None:
            return None
        cells[name] = Hidden.WITHHELD


def _release(cells: Mapping[str, Shown], counts: Counts, settings: FigureSettings) -> Release:
    return Release(cells=dict(cells), wholes=counts.wholes, most=counts.most, smallest_count=settings.smallest_count)


def _alone(name: str, counts: Counts, settings: FigureSettings, word: Hidden) -> Shown:
    """A count for what it says by itself."""
    number = counts.cells[name]
    if is_small(number, settings):
        return word
    if name in counts.most and is_almost_all(number, counts.most[name], settings):
        return Hidden.WITHHELD
    return number


def _next_to_hide(cells: Mapping[str, Shown], counts: Counts, given_away: Sequence[str]) -> str | None:
    """The count that costs least: a part rather than a whole, a small one, one that is in the same sum."""
    near = {
        cell
        for whole in counts.wholes
        for cell in (whole.cell, *whole.parts)
        if {whole.cell, *whole.parts} & set(given_away)
    }
    totals = {whole.cell for whole in counts.wholes}
    shown = [name for name, value in cells.items() if not isinstance(value, Hidden)]
    return min(shown, key=lambda name: (name not in near, name in totals, counts.cells[name], name), default=None)


Place = tuple[int, str]


def narrow(releases: Sequence[Release], settings: FigureSettings) -> frozenset[Place]:
    """The hidden counts (release, cell) that somebody who has read every release knows to within less than three."""
    hidden = [
        (number, name)
        for number, release in enumerate(releases)
        for name, shown in release.cells.items()
        if isinstance(shown, Hidden)
    ]
    if not hidden:
        return frozenset()
    region = _region(releases, hidden, settings)
    return frozenset(
        (number, name)
        for unknown, (number, name) in enumerate(hidden)
        if not region.is_open(unknown, min(OPEN_BY, releases[number].most_of(name)) - 1e-6)
    )


def _region(releases: Sequence[Release], hidden: Sequence[Place], settings: FigureSettings) -> Region:
    """All that is known, as sums of the hidden counts."""
    unknown = {place: number for number, place in enumerate(hidden)}
    bounds = [_bounds(releases[number], name) for number, name in hidden]
    within = [
        known
        for number, release in enumerate(releases)
        for whole in release.wholes
        for known in _balance(release, number, whole, unknown)
    ]
    steady = list(_steady(releases, unknown, bounds, settings))
    region = Region(bounds, [*within, *steady])
    # Who thinks that figures hardly moved, and can see that some did, does not know by how much any of them did.
    return Region(bounds, within) if region.is_empty else region


def _bounds(release: Release, name: str) -> tuple[float, float]:
    """What a hidden count can be by itself. Next to a count said to be small, one only withheld is known not to be."""
    most = float(release.most_of(name))
    few = release.smallest_count - 1.0
    if release.cells[name] is Hidden.SMALL:
        return 0.0, min(few, most)
    says_small = Hidden.SMALL in release.cells.values()
    return (min(few + 1, most) if says_small else 0.0), most


def _balance(release: Release, number: int, whole: Whole, unknown: Mapping[Place, int]) -> Iterator[Sum]:
    """The parts make the whole: what is shown on either side leaves a sum of what is hidden."""
    left = 0.0
    weights: dict[int, float] = {}
    for name, weight in ((whole.cell, -1.0), *((part, 1.0) for part in whole.parts)):
        shown = release.cells[name]
        if isinstance(shown, Hidden):
            weights[unknown[number, name]] = weight
        else:
            left -= weight * shown
    if weights:
        yield Sum(weights=weights, low=left, high=left)


def _steady(
    releases: Sequence[Release],
    unknown: Mapping[Place, int],
    bounds: Sequence[tuple[float, float]],
    settings: FigureSettings,
) -> Iterator[Sum]:
    """From one release to the next a figure moves by few students; unless it can be seen that it moved by more."""
    few = settings.steady_within
    for number, (one, other) in enumerate(pairwise(releases)):
        for name in one.cells.keys() & other.cells.keys():
            before, after = _known(one, number, name, unknown, bounds), _known(other, number + 1, name, unknown, bounds)
            if before[0] - after[1] > few or after[0] - before[1] > few:
                continue
            weights: dict[int, float] = {}
            moved = 0.0
            for place, sign, span in (((number, name), -1.0, before), ((number + 1, name), 1.0, after)):
                if place in unknown:
                    weights[unknown[place]] = sign
                else:
                    moved += sign * span[0]
            if weights:
                yield Sum(weights=weights, low=-few - moved, high=few - moved)


def _known(
    release: Release,
    number: int,
    name: str,
    unknown: Mapping[Place, int],
    bounds: Sequence[tuple[float, float]],
) -> tuple[float, float]:
    place = (number, name)
    if place in unknown:
        return bounds[unknown[place]]
    shown = release.cells[name]
    return float(shown), float(shown)
