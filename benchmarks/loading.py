"""Loading and checking 1,000 students' files, beside libyaml's bare parse of the same bytes."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from benchmarks import libyaml
from benchmarks.campus import ON, folder_of
from benchmarks.result import Row, ratio, rounds_of, seconds
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK


def rows(root: Path, scratch: Path) -> list[Row]:
    """Cold against the floor, and a second check of everything against the first."""
    sources = libyaml.sources_of(root)
    folder = folder_of(root)
    taken = rounds_of(3, floor=lambda: libyaml.parse(sources), cold=lambda: _shape(folder))
    floor, cold = (median(taken[name]) for name in ("floor", "cold"))
    times = ratio(taken["cold"], taken["floor"])
    first, second = zip(*(_twice(folder, scratch / f"check-{number}.db") for number in range(3)), strict=True)
    warm = ratio(list(second), list(first))
    return [
        Row(
            work=f"load and check, cold, {len(sources):,} files / libyaml's bare parse of them",
            measured=f"{times:.1f} ×",
            bar="at most 12 ×",
            holds=times <= 12,
            told=f"{cold:.1f} s; the parse alone {floor:.2f} s; with every rule and a cache {median(first):.1f} s",
        ),
        Row(
            work="the same with links and every rule, warm / cold",
            measured=f"{warm:.3f}",
            bar="at most 0.03",
            holds=warm <= 0.03,
            told=f"{median(second):.2f} s",
        ),
    ]


def _twice(folder: CampusFolder, path: Path) -> tuple[float, float]:
    """Seconds of a first and a second check of everything."""
    with ParseCache(path) as cache:
        first, second = (seconds(lambda: inspect_records(folder, ON, cache, rules=RULE_BOOK)) for _ in range(2))
    return first, second


def _shape(folder: CampusFolder) -> None:
    for record in folder.load().campus.records.values():
        if not folder.registry.kinds[record.kind].is_valid(record.data):
            raise SystemExit(f"{record.path} is not valid; nothing to measure.")
