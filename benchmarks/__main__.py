"""Runs the rows named, or all, and prints them as a Markdown table."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks import building, comparison, documents, loading, pages, weight
from benchmarks.campus import synthetic
from benchmarks.result import Row, machine, table

ROWS = ("loading", "pages", "building", "comparison", "documents", "weight", "gate")


def main(names: list[str]) -> None:
    """Measures; the gate's own script prints its lines itself."""
    wanted = names or list(ROWS)
    unknown = set(wanted) - set(ROWS)
    if unknown:
        sys.exit(f"There is no row {', '.join(sorted(unknown))}. Rows: {', '.join(ROWS)}.")
    rows: list[Row] = []
    print(machine(), file=sys.stderr)
    with tempfile.TemporaryDirectory(prefix="sendbook-benchmarks-") as folder:
        root = Path(folder)
        if set(wanted) & {"loading", "pages", "building", "comparison"}:
            campus = synthetic(root / "thousand", 1000)
        if "loading" in wanted:
            rows += loading.rows(campus, _scratch(root, "loading"))
        if "building" in wanted:
            rows += building.rows(campus, _scratch(root, "building"))
        if "pages" in wanted:
            rows += pages.rows(campus, _scratch(root, "pages"))
        if "comparison" in wanted:
            rows += comparison.rows(campus, _scratch(root, "comparison"))
        if "documents" in wanted:
            rows += documents.rows()
        if "weight" in wanted:
            rows += weight.rows(_scratch(root, "weight"))
    print(table(rows))
    if "gate" in wanted:
        subprocess.run([sys.executable, str(Path(__file__).parent / "gate.py")], check=True)


def _scratch(root: Path, name: str) -> Path:
    """A folder for one row's own files."""
    folder = root / name
    folder.mkdir(mode=0o700)
    return folder


if __name__ == "__main__":
    main(sys.argv[1:])
