"""``sendbook figures``: a term's figures, computed and made safe, then approved and frozen.

Computing prints nothing that is hidden: what the terminal shows is what the record says.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from rich.console import Console

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.writer import dump, rewrite
from sendbook.checks.finding import Severity
from sendbook.checks.reporters import as_text
from sendbook.checks.whole import inspect_records
from sendbook.cli.options import open_campus
from sendbook.errors import FiguresRefused
from sendbook.figures import release
from sendbook.figures.saying import in_a_table, in_full
from sendbook.kinds.all_kinds import SHARES
from sendbook.kinds.rule_book import RULE_BOOK


def compute(root: Path, name: str, on: date, console: Console) -> int:
    """Counts a term's figures and writes them as computed; a record of that term not yet approved is replaced."""
    folder = open_campus(root)
    campus = _sound(folder, on, console)
    if campus is None:
        return 1
    data = release.compute(campus, release.term_named(name, campus), on, SHARES)
    path = folder.root / "records" / "figures" / f"{data['id']}.yml"
    path.parent.mkdir(exist_ok=True)
    _write(path, dump(data, folder.registry.kinds[release.KIND]))
    console.print(shown(data))
    console.print(
        f"\nWritten to {path.relative_to(folder.root)}, not yet approved: nobody is shown these figures.\n"
        f"Next: read them, then sendbook figures approve {data['id']} --by PERSON."
    )
    return 0


def approve(root: Path, name: str, person: str, on: date, console: Console) -> int:
    """Sets a computed record approved, and freezes it."""
    folder = open_campus(root)
    campus = _sound(folder, on, console)
    if campus is None:
        return 1
    record = _record(campus, name)
    data = release.approve(campus, record, person, on)
    path = folder.root / record.path
    _write(path, rewrite(path.read_bytes(), data, folder.registry.kinds[release.KIND]))
    console.print(
        f"The figures of {data['id']} are approved and frozen. They are shown from the next build on, to those who may "
        "see figures; the handbook says the public ones with figure(…)."
    )
    return 0


def shown(data: Mapping[str, Any]) -> str:
    """A release as its readers see it."""
    lines = [f"{data['id']}, counted on {in_full(data['counted_on'])}"]
    for figure in release.figures_of(data):
        rows = figure.get("cells")
        lines.append(f"  {figure['title']}" + ("" if rows else f": {in_a_table(figure, data['smallest_count'])}"))
        for row in rows or ():
            said = in_a_table({**row, "unit": figure["unit"]}, data["smallest_count"])
            lines.append(f"      {row['title']}: {said}")
    return "\n".join(lines)


def _sound(folder: CampusFolder, on: date, console: Console) -> Campus | None:
    """The campus, if nothing in its records is wrong: what is counted from broken records is wrong too."""
    errors = [
        finding
        for finding in inspect_records(folder, on, rules=RULE_BOOK).findings
        if finding.severity is Severity.ERROR
    ]
    if not errors:
        return folder.load().campus
    console.print(as_text(errors, values=console.is_terminal))
    console.print("\nNothing was counted or approved: correct the errors first.")
    return None


def _record(campus: Campus, name: str) -> Record:
    record = campus.get(f"figures/{release.record_name(name)}") or campus.get(f"figures/{name}")
    if record is None:
        raise FiguresRefused(
            f"There are no figures of “{name}” yet. Compute them first: sendbook figures compute {name}."
        )
    return record


def _write(path: Path, content: bytes) -> None:
    """In one step: a record is never there by half."""
    fresh = path.with_name(f".{path.name}.new")  # a name that no reader of records looks at
    fresh.write_bytes(content)
    fresh.replace(path)
