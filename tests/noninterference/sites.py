"""A reader's whole site of a campus, as bytes by path: built by the build itself, taken by the export itself."""

from __future__ import annotations

import shutil
from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.campus.writer import dump
from sendbook.gate import not_found_fragment
from sendbook.site.build import Options, build
from tests.conftest import ON, Site


def site_of(campus: Campus, reader: str, example: Site, folder: Path) -> dict[str, bytes]:
    """Every path the reader can fetch, with its bytes."""
    root, state = folder / "campus", folder / "state"
    write(campus, root, example)
    state.mkdir(mode=0o700)
    shutil.copytree(example.state / "engine", state / "engine")  # the handbook's editions, by digest of what they hold
    report = build(CampusFolder(root, campus.registry), ON, state, Options(wanted=frozenset({reader}), workers=1))
    assert report.published, [finding for finding in report.findings if finding.severity == "error"]
    with Bundle.reading(state / "bundle.db") as bundle:
        return dict(files(bundle, reader, ON, also={"/404": not_found_fragment(site_templates() / "gate")}))


def write(campus: Campus, root: Path, example: Site) -> None:
    """The campus as a folder of files."""
    for record in campus.records.values():
        path = root / record.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dump(record.data, campus.registry.kinds[record.kind]))
    shutil.copytree(example.root / "handbook", root / "handbook")
    shutil.copyfile(example.root / "mkdocs.yml", root / "mkdocs.yml")


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths that only one of two sites has, or whose bytes differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
