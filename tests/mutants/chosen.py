"""Chooses which faults to plant: the same ones for the same seed, and as many of each sort as there are.

A fault's turn comes from what it is, not from how many there are: a change of the code moves the faults of what was
changed, and leaves all others where they were.
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from pathlib import Path

from tests.mutants.faults import Fault, faults_of, is_sound
from tests.mutants.running import Planted

#: Faults that change nothing a person could notice, each with the reason.
EQUIVALENT = Path(__file__).with_name("equivalent.toml")


def modules_in(package: Path, names: Iterable[str]) -> list[Path]:
    """Returns the modules of rooms or of parts of rooms (``kinds/plan``); a room that isn't there has none."""
    found: dict[Path, None] = {}
    for name in names:
        place = package / name
        inside = [place] if place.is_file() else sorted(place.rglob("*.py"))
        found |= dict.fromkeys(path for path in inside if path.stat().st_size)
    return list(found)


def chosen(root: Path, modules: Iterable[Path], count: int, seed: int) -> list[Planted]:
    """Draws faults, one of each sort in turn: the many changes of words would crowd out the others."""
    by_sort: dict[str, list[Planted]] = {}
    sources = {path.relative_to(root): path.read_bytes() for path in modules}
    for module, source in sources.items():
        for fault in faults_of(source):
            by_sort.setdefault(fault.sort, []).append(Planted(module=module, fault=fault))
    waived = _equivalent()
    for sort, each in by_sort.items():
        by_sort[sort] = [one for one in _shuffled(each, seed) if _named(one) not in waived]
    drawn = list(_in_turn(by_sort, sources, count))
    order = {module: place for place, module in enumerate(sources)}
    return sorted(drawn, key=lambda one: (order[one.module], one.fault.begin, one.fault.after))


def _shuffled(each: Iterable[Planted], seed: int) -> list[Planted]:
    """Returns faults in an order in which each has its place by itself; of those that read alike, each has a number."""
    alike: Counter[tuple[str, str, str]] = Counter()
    places: list[tuple[bytes, Planted]] = []
    for one in each:
        name = _named(one)
        alike[name] += 1
        said = "\0".join((str(seed), *name, str(alike[name])))
        places.append((blake2b(said.encode(), digest_size=16).digest(), one))
    return [one for _, one in sorted(places, key=lambda placed: placed[0])]


def on_lines(root: Path, package: Path, lines: Iterable[str]) -> list[Planted]:
    """Returns every fault on lines (``kinds/plan/words.py:88``), but for those that nobody could notice."""
    waived = _equivalent()
    found: list[Planted] = []
    for line in dict.fromkeys(lines):
        name, _, number = line.rpartition(":")
        source = (package / name).read_bytes()
        module = (package / name).relative_to(root)
        faults = (fault for fault in faults_of(source) if fault.line == int(number) and is_sound(fault, source))
        found += [one for fault in faults if _named(one := Planted(module=module, fault=fault)) not in waived]
    return found


def _in_turn(by_sort: dict[str, list[Planted]], sources: dict[Path, bytes], count: int) -> Iterator[Planted]:
    left = {sort: iter(each) for sort, each in sorted(by_sort.items())}
    while left and count:
        for sort in list(left):
            drawn = next((one for one in left[sort] if is_sound(one.fault, sources[one.module])), None)
            if drawn is None:
                del left[sort]
            elif count:
                count -= 1
                yield drawn


def _equivalent() -> set[tuple[str, str, str]]:
    """The faults that are set aside, by module, text and what would stand there."""
    listed = tomllib.loads(EQUIVALENT.read_text(encoding="utf-8")).get("fault", [])
    return {(one["module"], one["before"], one["after"]) for one in listed}


def _named(planted: Planted) -> tuple[str, str, str]:
    return planted.module.as_posix(), planted.fault.before, planted.fault.after


def as_said(planted: Planted) -> str:
    """Says where a fault is and what it changes, in one line or two."""
    fault: Fault = planted.fault
    before, after = (" ".join(text.split()) for text in (fault.before, fault.after))
    return f"{planted.module}:{fault.line}: {fault.sort}\n    {before}\n    {after}"
