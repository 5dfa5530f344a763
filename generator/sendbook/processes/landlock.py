"""Landlock, by its three system calls: the process gives up, for good, whatever it was not named.

Linux holds it from then on, for this process and for all that it starts. It takes rights from one thread and from
those that come of it, so it is asked for before there is another. A kernel that is older knows fewer rights; what it
doesn't know it does not keep anybody from (`RIGHTS_SINCE`).
"""

from __future__ import annotations

import ctypes
import os
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from sendbook.errors import ServeError

_CREATE, _ADD_RULE, _RESTRICT = 444, 445, 446  # alike on every architecture
_VERSION = 1
_BENEATH = 1
_NO_NEW_PRIVILEGES = 38

_EXECUTE, _WRITE_FILE, _READ_FILE, _READ_DIR = 1 << 0, 1 << 1, 1 << 2, 1 << 3
_REMOVE_DIR, _REMOVE_FILE, _MAKE_DIR, _MAKE_REG = 1 << 4, 1 << 5, 1 << 7, 1 << 8
_TRUNCATE = 1 << 14
#: How many of the rights to files each version knows, counted from the first: execute, …, refer, truncate, devices.
RIGHTS_SINCE = {1: 13, 2: 14, 3: 15, 4: 15, 5: 16}
#: From this version on a file can't be cut to nothing by somebody who may not write to it.
WHOLE = 3
_NETWORK_SINCE, _SCOPES_SINCE = 4, 6
_BIND_AND_CONNECT = 0b11
_ABSTRACT_SOCKETS_AND_SIGNALS = 0b11

_READ = _READ_FILE | _READ_DIR
_WRITE = _READ | _WRITE_FILE | _REMOVE_DIR | _REMOVE_FILE | _MAKE_DIR | _MAKE_REG | _TRUNCATE
_OF_FILES = _EXECUTE | _WRITE_FILE | _READ_FILE | _TRUNCATE


@dataclass(frozen=True, slots=True, kw_only=True)
class Allowed:
    """Names what a process may still do: read below these places, and read and write below those.

    A device is a place like any other. Programs it may start none, and no address may it call or listen at.
    """

    reads: tuple[Path, ...]
    writes: tuple[Path, ...] = ()


def version() -> int:
    """Which Landlock the kernel has, asked of itself; 0 where it has none."""
    if sys.platform != "linux":
        return 0
    return max(0, int(_libc().syscall(_CREATE, None, ctypes.c_size_t(0), ctypes.c_uint32(_VERSION))))


def confine(allowed: Allowed) -> None:
    """Keeps this process, from now on, to what is named. Does nothing where the kernel has no Landlock.

    Raises `ServeError` in a process with more than one thread, or if the kernel refuses what it said it had.
    """
    known = version()
    if not known:
        return
    if threading.active_count() > 1:
        raise ServeError("A process can be confined only before it has threads.")
    rules = _Rules(known)
    try:
        rules.add(allowed.reads, _READ)
        rules.add(allowed.writes, _WRITE)
        rules.restrict()
    finally:
        rules.close()


class _Attributes(ctypes.Structure):
    _fields_ = (("files", ctypes.c_uint64), ("network", ctypes.c_uint64), ("scopes", ctypes.c_uint64))


class _PathBeneath(ctypes.Structure):
    _pack_ = 1
    _fields_ = (("allowed", ctypes.c_uint64), ("parent", ctypes.c_int32))


class _Rules:
    """A set of rules while it is put together."""

    def __init__(self, known: int) -> None:
        self._handled = (1 << RIGHTS_SINCE[min(known, max(RIGHTS_SINCE))]) - 1
        attributes = _Attributes(files=self._handled)
        if known >= _NETWORK_SINCE:
            attributes.network = _BIND_AND_CONNECT
        if known >= _SCOPES_SINCE:
            attributes.scopes = _ABSTRACT_SOCKETS_AND_SIGNALS
        # An older kernel is told of as many fields as it knows.
        size = 8 if known < _NETWORK_SINCE else 16 if known < _SCOPES_SINCE else 24
        self._set = _called(_CREATE, ctypes.byref(attributes), ctypes.c_size_t(size), ctypes.c_uint32(0))

    def add(self, places: Iterable[Path], rights: int) -> None:
        """Allows something below places; what is not there needs no rule."""
        for place in places:
            try:
                opened = os.open(place, getattr(os, "O_PATH", 0) | os.O_CLOEXEC)
            except (FileNotFoundError, NotADirectoryError, PermissionError):
                continue  # what this user can't reach it can't open either
            try:
                fitting = rights if place.is_dir() else rights & _OF_FILES
                rule = _PathBeneath(allowed=fitting & self._handled, parent=opened)
                _called(_ADD_RULE, self._set, _BENEATH, ctypes.byref(rule), ctypes.c_uint32(0))
            finally:
                os.close(opened)

    def restrict(self) -> None:
        """Takes effect; there is no way back."""
        if _libc().prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0):
            raise _refused()
        _called(_RESTRICT, self._set, ctypes.c_uint32(0))

    def close(self) -> None:
        """Lets the set go; what it restricts stays restricted."""
        os.close(self._set)


def _called(number: int, *arguments: object) -> int:
    answer = int(_libc().syscall(number, *arguments))
    if answer < 0:
        raise _refused()
    return answer


def _refused() -> ServeError:
    return ServeError(f"The kernel has Landlock, and refuses to use it: {os.strerror(ctypes.get_errno())}.")


def _libc() -> ctypes.CDLL:
    return ctypes.CDLL(None, use_errno=True)
