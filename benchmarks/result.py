"""A measured row: what was compared with what, the ratio, the bar, and whether it holds."""

from __future__ import annotations

import platform
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of the table; ``holds`` is None where the design asks only that a figure be told."""

    work: str
    measured: str
    bar: str
    holds: bool | None
    told: str = ""


def seconds(work: Callable[[], object]) -> float:
    """Wall time of one run."""
    begin = time.perf_counter()
    work()
    return time.perf_counter() - begin


def rounds_of(rounds: int, **works: Callable[[], object]) -> dict[str, list[float]]:
    """Wall times by name, the works taking turns, so that a busy minute slows all sides of a ratio alike."""
    taken: dict[str, list[float]] = {name: [] for name in works}
    for _ in range(rounds):
        for name, work in works.items():
            taken[name].append(seconds(work))
    return taken


def ratio(over: list[float], under: list[float]) -> float:
    """The median of the ratios of each round."""
    return median(one / other for one, other in zip(over, under, strict=True))


def median_of(rounds: int, work: Callable[[], object]) -> float:
    """Median wall time of some runs."""
    return median(seconds(work) for _ in range(rounds))


def table(rows: list[Row]) -> str:
    """The rows as a Markdown table."""
    words = {True: "yes", False: "**no**", None: "told"}
    lines = ["| work | measured | bar | holds | absolute figures |", "| --- | --- | --- | --- | --- |"]
    lines += [f"| {row.work} | {row.measured} | {row.bar} | {words[row.holds]} | {row.told} |" for row in rows]
    return "\n".join(lines)


def machine() -> str:
    """What it was measured on."""
    cpu = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.processor(),
    )
    load = Path("/proc/loadavg").read_text().split()[0]
    return f"{cpu}, {_cores()} cores, Python {platform.python_version()}, load at the start {load}"


def _cores() -> int:
    import os

    return os.cpu_count() or 1
