"""The cold build of 1,000 students, everything checked: what it takes next to libyaml's parse, and how much memory."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from statistics import mean, median

from benchmarks import libyaml, turns
from benchmarks.campus import ON
from benchmarks.result import Row, ratio, seconds

_TIMES = 85


def rows(root: Path, scratch: Path) -> list[Row]:
    """Two cold builds, each a fresh process with the workers it starts, and the events of all files beside each."""
    sources = libyaml.sources_of(root)
    peak: list[int] = []
    floor, work, waited = [], [], []
    for number in range(2):
        # What the parse takes shows how busy the machine is just then.
        floor.append(median(_processor(lambda: libyaml.parse_events(sources)) for _ in range(3)))
        used: dict[int, float] = {}
        waited.append(seconds(lambda number=number, used=used: _build(root, scratch / f"state-{number}", peak, used)))
        work.append(sum(used.values()))
    times = ratio(work, floor)
    builds = " and ".join(f"{one:.1f}" for one in waited)
    return [
        Row(
            work=f"cold build, everything checked, {len(sources):,} files / libyaml's events of them",
            measured=f"{times:.0f} ×",
            bar=f"at most {_TIMES} ×",
            holds=times <= _TIMES,
            told=f"{mean(work):.1f} s of processors, {builds} s on the clock; the events {mean(floor):.2f} s",
        ),
        Row(
            work="memory of the cold build, all its processes together",
            measured=f"{max(peak) / 1024:.0f} MB",
            bar="under 300 MB",
            holds=max(peak) < 300 * 1024,
            told="resident, what processes share counted once (Pss)",
        ),
        *turns.rows(root, scratch, mean(waited)),
    ]


def _processor(work: Callable[[], object]) -> float:
    """Processor seconds of one run in this process."""
    begin = time.process_time()
    work()
    return time.process_time() - begin


def _build(root: Path, state: Path, peak: list[int] | None = None, used: dict[int, float] | None = None) -> None:
    """Builds in a process of its own; notes what it and its workers hold in memory, and their processor seconds."""
    command = [
        sys.executable,
        "-m",
        "sendbook",
        "build",
        "--campus",
        str(root),
        "--state",
        str(state),
        "--as-of",
        str(ON),
    ]
    # As everywhere where nobody has told Python not to keep what it compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
    if peak is not None:
        watcher = threading.Thread(target=_watch, args=(process, peak, used if used is not None else {}))
        watcher.start()
        watcher.join()
    if process.wait() != 0:
        raise SystemExit("The build failed; nothing to measure.")


def _watch(process: subprocess.Popen[bytes], peak: list[int], used: dict[int, float]) -> None:
    # Workers belong to a server of their own, which nobody waits for: what they used is read while they are there.
    while process.poll() is None:
        family = _family(process.pid)
        peak.append(sum(map(_kilobytes, family)))
        used.update((pid, taken) for pid in family if (taken := _processor_seconds(pid)))
        time.sleep(0.1)


def _processor_seconds(pid: int) -> float:
    try:
        stat = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(stat[11]) + int(stat[12])) / os.sysconf("SC_CLK_TCK")


def _family(pid: int) -> list[int]:
    """The process and all below it."""
    found = [pid]
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        try:
            for child in task.read_text().split():
                found += _family(int(child))
        except OSError:
            continue
    return found


def _kilobytes(pid: int) -> int:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0
