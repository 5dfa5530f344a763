"""What a page weighs on the wire, as the gate sends it: deflated, with what the browser fetches beside it."""

from __future__ import annotations

import re
import zlib
from pathlib import Path

from benchmarks.campus import ON, folder_of
from benchmarks.result import Row
from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.shipped import example
from sendbook.site.build.build import build

_FETCHED = re.compile(r'(?:href|src)="(/assets/[^"]+)"')


def rows(scratch: Path) -> list[Row]:
    """The heaviest student page of the example campus, for the SENDCo, who sees most, and for a parent."""
    state = scratch / "weight"
    state.mkdir(mode=0o700)
    if not build(folder_of(example()), ON, state).published:
        raise SystemExit("The example campus has errors; nothing to measure.")
    with Bundle.reading(state / "site/bundle.db") as bundle:
        sites = {name: dict(files(bundle, reader, ON)) for name, reader in (("SENDCo", "p-gba7"), ("parent", "p-1ge7"))}
    return [row for name, site in sites.items() for row in _of_reader(name, site)]


def _of_reader(name: str, site: dict[str, bytes]) -> list[Row]:
    pages = {path: body for path, body in site.items() if path.startswith("/students/") and path.endswith("/")}
    heaviest = max(pages, key=lambda path: _sent(pages[path]))
    page = _sent(pages[heaviest])
    assets = {path for path in _FETCHED.findall(pages[heaviest].decode()) if path in site}
    first = page + sum(_sent(site[path], 9) for path in assets)
    return [
        Row(
            work=f"heaviest student page, {name}, HTML as sent",
            measured=f"{page / 1000:.1f} kB",
            bar="up to 15 kB",
            holds=page <= 15_000,
            told=f"{len(pages[heaviest]) / 1000:.0f} kB before compression; a repeat visit is this and no more",
        ),
        Row(
            work=f"first visit, {name}: page, styles, scripts, typeface",
            measured=f"{first / 1000:.0f} kB",
            bar="up to 145 kB",
            holds=first <= 145_000,
            told=f"{len(assets)} files beside the page; a search fetches its results and nothing else",
        ),
    ]


def _sent(body: bytes, level: int = 3) -> int:
    """As the bundle keeps it: styles and scripts at zlib's level 9, all else at 3."""
    return len(zlib.compress(body, level))
