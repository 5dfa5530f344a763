"""Measures the rows named, or all, says how far it is, and prints what it found as a Markdown table.

A row whose tool is missing is left out and says so before anything is measured. What was measured before an
interruption, or before a row that failed, is printed all the same.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.progress import Progress, minutes
from benchmarks.result import Row, machine, table
from benchmarks.tools import missing

#: Students in the campus that the README's figures are of.
USUAL = 1000
#: The comparison changes a hundred plans of a quarter of the campus.
_FEWEST_COMPARED = 400
KEPT = Path(".sendbook/benchmarks.md")

#: The quick ones first: there is something to read within a few minutes.
WORK = {
    "weight": "a page is weighed",
    "gate": "pages are asked of the gate, next to a bare server",
    "documents": "plans are printed, next to WeasyPrint",
    "loading": "files are loaded and checked",
    "pages": "pages are rendered, next to MkDocs and Hugo",
    "comparison": "two versions are compared",
    "versions": "a plan with a long history is saved and published",
    "saves": "each sort of save is published, next to libyaml's bare parse of all files",
    "building": "the site is built, whole and after a change (the longest)",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which rows to measure, and on how many students."""

    rows: tuple[str, ...]
    students: int


def main(arguments: list[str]) -> int:
    """Measures; answers 0 if every row that could be measured was, 1 if one failed, 130 if it was stopped."""
    asked = _asked(arguments)
    print(f"{machine()}\n{len(asked.rows)} rows, {asked.students:,} students.", file=sys.stderr)
    without = missing(asked.rows)
    for name, reason in without.items():
        print(f"Left out: {name}. {reason}", file=sys.stderr)
    found: list[Row] = [_unmeasured(name, reason) for name, reason in without.items()]
    wanted = [name for name in asked.rows if name not in without]
    progress = Progress(total=len(wanted))
    code = 0
    try:
        with tempfile.TemporaryDirectory(prefix="sendbook-benchmarks-") as folder:
            for name in wanted:
                rows, failed = _measured(name, asked, Path(folder), progress)
                found += rows
                code = 1 if failed else code
                _keep(found)
    except KeyboardInterrupt:
        left = wanted[progress.done :]
        print(f"\nStopped. Not measured: {', '.join(left)}.", file=sys.stderr)
        code = 130
    print(table(found))
    print(f"{minutes(progress.elapsed())}; the table is in {KEPT} as well.", file=sys.stderr)
    _keep(found)
    return code


def _asked(arguments: list[str]) -> Asked:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("rows", nargs="*", metavar="ROW", help=f"Of {', '.join(WORK)}; all if left out.")
    parser.add_argument("--students", type=int, default=USUAL, help="Fewer take less time, and prove less.")
    said = parser.parse_args(arguments)
    unknown = [name for name in said.rows if name not in WORK]
    if unknown:
        parser.error(f"There is no row {', '.join(unknown)}. Rows: {', '.join(WORK)}.")
    return Asked(rows=tuple(said.rows or WORK), students=said.students)


def _measured(name: str, asked: Asked, root: Path, progress: Progress) -> tuple[list[Row], bool]:
    """The rows of one name, and whether it failed: a row that can't be measured doesn't take the others with it."""
    with progress.row(name, WORK[name]):
        try:
            rows = _rows(name, asked.students, root)
        except (Exception, SystemExit) as error:
            return [_unmeasured(name, f"It failed: {error}")], True
    if asked.students != USUAL:
        rows = [replace(row, work=row.work.replace(f"{USUAL:,}", f"{asked.students:,}")) for row in rows]
    return rows, False


def _rows(name: str, students: int, root: Path) -> list[Row]:
    from benchmarks import building, comparison, documents, loading, pages, saves, versions, weight

    if name == "comparison" and students < _FEWEST_COMPARED:
        return [_unmeasured(name, f"It takes at least {_FEWEST_COMPARED} students.")]
    scratch = root / name
    scratch.mkdir(mode=0o700)
    campus = _campus(root, students) if name in ("loading", "saves", "building", "pages", "comparison") else root
    work: Mapping[str, Callable[[], list[Row]]] = {
        "loading": lambda: loading.rows(campus, scratch),
        "building": lambda: building.rows(campus, scratch),
        "pages": lambda: pages.rows(campus, scratch),
        "comparison": lambda: comparison.rows(campus, scratch, many=students, few=students // 4),
        "versions": lambda: versions.rows(scratch),
        "saves": lambda: saves.rows(campus, scratch, students // 4),
        "documents": documents.rows,
        "weight": lambda: weight.rows(scratch),
        "gate": _gate,
    }
    return work[name]()


def _campus(root: Path, students: int) -> Path:
    """The synthetic campus, made for the first row that asks for it."""
    from benchmarks.campus import synthetic

    campus = root / "campus"
    return campus if campus.is_dir() else synthetic(campus, students)


def _gate() -> list[Row]:
    """The gate's own script prints what it measures as it goes; its last lines are the row."""
    script = Path(__file__).parent / "gate.py"
    done = subprocess.run([sys.executable, str(script)], check=False, capture_output=True, text=True)
    if done.returncode != 0:
        raise SystemExit((done.stderr or done.stdout or "no answer").strip().splitlines()[-1])
    ratios = [line for line in done.stdout.splitlines() if ": ratio " in line]
    told = "; ".join(line.strip() for line in done.stdout.splitlines() if line.startswith("  "))
    least = min(float(line.partition(": ratio ")[2].split()[0]) for line in ratios)
    return [
        Row(
            work="gate with sign-in and audit / the same server with neither",
            measured=", ".join(line.partition(" (")[0] for line in ratios),
            bar="at least 0.38",
            holds=least >= 0.38,
            told=told,
        )
    ]


def _unmeasured(name: str, reason: str) -> Row:
    return Row(work=name, measured="not measured", bar="", holds=None, told=reason)


def _keep(rows: list[Row]) -> None:
    """Saves what there is so far, for people who look while it runs or after the machine went off."""
    KEPT.parent.mkdir(exist_ok=True)
    KEPT.write_text(f"{time.strftime('%Y-%m-%d %H:%M')}, {machine()}\n\n{table(rows)}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
