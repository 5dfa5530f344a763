"""What the gate and the press may still open: what Python and sendbook need to run, and what is theirs.

Both start before they are confined, import what they need afterwards, and start no program.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import sendbook
from sendbook.places import Places
from sendbook.processes.landlock import Allowed

#: Where a system keeps what programs are made of. Those that are not there are passed over.
_SYSTEM = (
    *("/usr", "/lib", "/lib32", "/lib64", "/nix/store", "/gnu/store"),
    *("/etc/ld.so.cache", "/etc/localtime", "/etc/ssl/openssl.cnf"),
)
_DEVICES = ("/dev/urandom", "/dev/zero")
_NOWHERE = Path("/dev/null")


def for_gate(places: Places, templates: Path, hidden: Iterable[Path]) -> Allowed:
    """A gate writes in its own folder, reads the site and its pages, and sees nothing of the campus."""
    return Allowed(reads=(*to_run(hidden), templates, places.site), writes=(places.gate, _NOWHERE))


def for_press(reads: Iterable[Path], nothing: Path, hidden: Iterable[Path]) -> Allowed:
    """A press reads fonts and templates, and writes nothing at all."""
    return Allowed(reads=(*to_run(hidden), *reads, nothing), writes=(_NOWHERE,))


def to_run(hidden: Iterable[Path]) -> tuple[Path, ...]:
    """What Python and the packages are read from; none of it leads to what is hidden."""
    package = Path(sendbook.__file__).parent
    libraries = os.environ.get("LD_LIBRARY_PATH", "").split(":")
    python = (sys.prefix, sys.base_prefix, sys.exec_prefix, sys.base_exec_prefix, *sys.path, *libraries)
    places = (package, *map(Path, (*python, *_SYSTEM, *_DEVICES)))
    kept = [path.resolve() for path in hidden]
    linked = [one for place in sys.path for one in links_in(Path(place)) if not any(map(one.is_relative_to, kept))]
    found = (part for place in (*places, *linked) if place.is_absolute() for part in around(place.resolve(), kept))
    return tuple(dict.fromkeys(found))


def links_in(folder: Path) -> Iterator[Path]:
    """Where packages really are, if those who install them only link to them."""
    if folder.is_absolute() and folder.is_dir():
        yield from (Path(entry.path).resolve() for entry in os.scandir(folder) if entry.is_symlink())


def around(place: Path, hidden: list[Path]) -> Iterator[Path]:
    """A place, or where something hidden lies in it, all in it that does not lead there."""
    inside = [one for one in hidden if one.is_relative_to(place)]
    if not inside:
        yield place
        return
    if place in inside:
        return
    try:
        entries = [Path(entry.path) for entry in os.scandir(place) if not entry.is_symlink()]
    except OSError:
        return
    for entry in entries:
        yield from around(entry, inside)
