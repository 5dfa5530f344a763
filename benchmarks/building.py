"""The build of 1,000 students: cold, one field changed, and what memory it takes. Each build is a fresh process."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path
from statistics import mean, median

from benchmarks import turns
from benchmarks.campus import ON
from benchmarks.result import Row, seconds


def rows(root: Path, scratch: Path) -> list[Row]:
    """Cold, nothing changed, and one field changed: one of the student's own pages, and one of everybody's lists."""
    state = scratch / "state"
    peak: list[int] = []
    cold = [seconds(lambda: _build(root, state, peak))]
    dates, names = [], []
    for number in range(5):
        _change_date(root, number)
        dates.append(seconds(lambda: _build(root, state)))
        _change_name(root, number)
        names.append(seconds(lambda: _build(root, state)))
    same = median(seconds(lambda: _build(root, state)) for _ in range(3))
    # Once more at the end, so that a machine that was busier at one time than at another is seen.
    cold.append(seconds(lambda: _build(root, scratch / "again", peak)))
    whole = mean(cold)
    builds = " and ".join(f"{one:.1f}" for one in cold)
    return [
        _changed("one date of a plan", dates, whole, f"nothing changed {same:.2f} s; cold {builds} s"),
        _changed("one student's name, on the lists of all who see them", names, whole, ""),
        Row(
            work="memory of the cold build, all its processes together",
            measured=f"{max(peak) / 1024:.0f} MB",
            bar="under 300 MB",
            holds=max(peak) < 300 * 1024,
            told="resident, what processes share counted once (Pss)",
        ),
        *turns.rows(root, scratch, whole),
    ]


def _changed(what: str, taken: list[float], cold: float, told: str) -> Row:
    one = median(taken)
    return Row(
        work=f"changed: {what}; 1,000 students, fresh process / cold build",
        measured=f"{100 * one / cold:.1f} %",
        bar="under 3 %",
        holds=one / cold < 0.03,
        told="; ".join(filter(None, (f"{one:.2f} s", told))),
    )


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
    # As everywhere where nobody has told Python not to keep what it compiled.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, env=environment)
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


def _change_date(root: Path, number: int) -> None:
    """A date that stands on the pages of the plan, and on no list."""
    plans = sorted((root / "records/students").glob("*/plan.yml"))
    plan = plans[len(plans) // 2]
    _rewrite(plan, re.sub(r"^agreed_on: .*\n", "", plan.read_text(encoding="utf-8"), flags=re.MULTILINE), number)
    text = plan.read_text(encoding="utf-8")
    _rewrite(plan, re.sub("^lead: ", f"agreed_on: 2026-09-{10 + number}\nlead: ", text, flags=re.MULTILINE), number)


def _change_name(root: Path, number: int) -> None:
    headers = sorted((root / "records/students").glob("*/student.yml"))
    header = headers[len(headers) // 2]
    text = header.read_text(encoding="utf-8")
    _rewrite(header, re.sub(r"known_as: .*", f"known_as: Robin {chr(65 + number)}", text, count=1), number)


def _rewrite(path: Path, text: str, number: int) -> None:
    """Written a while ago, by its stamp, as it is when a person saves a file and a build comes after."""
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time.time_ns() - 60_000_000_000 + number,) * 2)
