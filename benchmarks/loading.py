"""Loading and checking 1,000 students' files, beside libyaml's bare parse of the same bytes."""

from __future__ import annotations

from pathlib import Path
from statistics import median

from yaml.cyaml import CParser

from benchmarks.campus import ON, folder_of
from benchmarks.result import Row, ratio, rounds_of, seconds
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.checks.runner import check_campus, where_in


def rows(root: Path, scratch: Path) -> list[Row]:
    """Cold against the floor, and warm against cold."""
    sources = [path.read_bytes() for path in sorted((root / "records").rglob("*.yml"))]
    folder = folder_of(root)
    taken = rounds_of(3, floor=lambda: [CParser(source).raw_parse() for source in sources], cold=lambda: _shape(folder))
    floor, cold = (median(taken[name]) for name in ("floor", "cold"))
    times = ratio(taken["cold"], taken["floor"])
    ruled = seconds(lambda: check_campus(folder.load().campus, where_in(folder), ON))
    with ParseCache(scratch / "loading.db") as cache:
        loaded = folder.load(cache=cache)
        cache.mark_valid(loaded.sources.values(), folder.registry.digest)
        cache.remember((entry, loaded.sources[entry.path]) for entry in folder.scan().entries)
        both = rounds_of(3, warm=lambda: _warm(folder, cache), cold=lambda: _shape(folder))
    warm = ratio(both["warm"], both["cold"])
    files = len(sources)
    return [
        Row(
            work=f"load and check, cold, {files:,} files / libyaml's bare parse of them",
            measured=f"{times:.1f} ×",
            bar="at most 25 ×",
            holds=times <= 25,
            told=f"{cold:.1f} s; the parse alone {floor:.2f} s; with links and every rule {ruled:.1f} s",
        ),
        Row(
            work="the same, warm / cold",
            measured=f"{warm:.2f}",
            bar="at most 0.1",
            holds=warm <= 0.1,
            told=f"{median(both['warm']):.2f} s",
        ),
    ]


def _shape(folder: CampusFolder) -> None:
    for record in folder.load().campus.records.values():
        if not folder.registry.kinds[record.kind].is_valid(record.data):
            raise SystemExit(f"{record.path} is not valid; nothing to measure.")


def _warm(folder: CampusFolder, cache: ParseCache) -> None:
    loaded = folder.load(cache=cache)
    digests = set(loaded.sources.values())
    if cache.valid_among(digests, folder.registry.digest) != digests:
        raise SystemExit("The cache does not know the files; nothing to measure.")
