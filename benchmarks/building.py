"""The build of 1,000 students: cold, one field changed, and what memory it takes. Each build is a fresh process."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import median

from benchmarks.campus import ON
from benchmarks.result import Row, seconds


def rows(root: Path, scratch: Path) -> list[Row]:
    """Cold, unchanged, and one field changed."""
    state = scratch / "state"
    peak: list[int] = []
    cold = seconds(lambda: _build(root, state, peak))
    changed = []
    for number in range(5):
        _change_one_field(root, number)
        changed.append(seconds(lambda: _build(root, state)))
    same = seconds(lambda: _build(root, state))
    one = median(changed)
    return [
        Row(
            work="one field changed, 1,000 students, fresh process / cold build",
            measured=f"{100 * one / cold:.1f} %",
            bar="under 3 %",
            holds=one / cold < 0.03,
            told=f"{one:.2f} s; nothing changed {same:.2f} s; cold {cold:.1f} s",
        ),
        Row(
            work="memory of the cold build, all its processes together",
            measured=f"{max(peak) / 1024:.0f} MB",
            bar="under 300 MB",
            holds=max(peak) < 300 * 1024,
            told="resident, shared pages counted once in each process (Pss where the kernel tells it)",
        ),
    ]


def _build(root: Path, state: Path, peak: list[int] | None = None) -> None:
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
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    if peak is not None:
        watcher = threading.Thread(target=_watch, args=(process, peak))
        watcher.start()
        watcher.join()
    if process.wait() != 0:
        raise SystemExit("The build failed; nothing to measure.")


def _watch(process: subprocess.Popen[bytes], peak: list[int]) -> None:
    while process.poll() is None:
        peak.append(sum(_kilobytes(pid) for pid in _family(process.pid)))
        time.sleep(0.1)


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


def _change_one_field(root: Path, number: int) -> None:
    plan = sorted((root / "records/students").glob("*/plan.yml"))[500]
    text = plan.read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if not line.startswith("agreed_on: ")]
    place = next(index for index, line in enumerate(lines) if line.startswith("lead: "))
    lines.insert(place, f"agreed_on: 2026-09-{10 + number}")
    plan.write_text("\n".join(lines) + "\n", encoding="utf-8")
    os.utime(plan, ns=(time.time_ns() - 60_000_000_000 + number,) * 2)
