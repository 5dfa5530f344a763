"""A reader's whole site of a campus, as bytes by path: built by the build itself, taken by the export itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.bundle.export import files
from sendbook.bundle.fragment import Press
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.shipped import site_templates
from sendbook.campus.writer import dump
from sendbook.gate import not_found_fragment
from sendbook.site.build.build import Options, build
from tests.conftest import ON, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Then:
    """A campus as it was kept on a day, and what git says of who did so."""

    day: str
    campus: Campus
    author: str = "Somebody At Work"
    message: str = "Kept"


def site_of(
    campus: Campus, reader: str, example: Site, folder: Path, *, past: Sequence[Then] = (), press: Press = bytes
) -> dict[str, bytes]:
    """Every path the reader can fetch, with its bytes; the campus is a git repository if it has a ``past``.

    A document is a function of its print data, so it is the data that is compared unless another ``press`` is given.
    """
    root, state = folder / "campus", folder / "state"
    for then in past:
        _keep(then, root, example)
    write(campus, root, example)
    state.mkdir(mode=0o700)
    for place in ("engine", "keys"):  # the handbook's editions, by digest of what they hold, and what proves them ours
        shutil.copytree(example.state / "build" / place, state / "build" / place)
    report = build(CampusFolder(root, campus.registry), ON, state, Options(wanted=frozenset({reader}), workers=1))
    assert report.is_whole, {finding.code for finding in report.findings if finding.severity == "error"}
    with Bundle.reading(state / "site/bundle.db") as bundle:
        return dict(
            files(bundle, reader, ON, press=press, also={"/404": not_found_fragment(site_templates() / "gate")})
        )


def write(campus: Campus, root: Path, example: Site) -> None:
    """The campus as a folder of files; what a campus before it left there goes."""
    for place in ("records", "handbook"):
        shutil.rmtree(root / place, ignore_errors=True)
    for record in campus.records.values():
        path = root / record.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(dump(record.data, campus.registry.kinds[record.kind]))
    shutil.copytree(example.root / "handbook", root / "handbook")
    shutil.copyfile(example.root / "mkdocs.yml", root / "mkdocs.yml")


def _keep(then: Then, root: Path, example: Site) -> None:
    write(then.campus, root, example)
    if not (root / ".git").exists():
        _git(root, then, "init", "--quiet")
    _git(root, then, "add", "--all")
    _git(root, then, "commit", "--quiet", "--allow-empty", "--message", then.message)


def _git(root: Path, then: Then, *arguments: str) -> None:
    when = f"{then.day}T12:00:00+00:00"
    email = f"{then.author.replace(' ', '.')}@work.example"
    said = {"NAME": then.author, "EMAIL": email, "DATE": when}
    who = {f"GIT_{role}_{key}": value for role in ("AUTHOR", "COMMITTER") for key, value in said.items()}
    environment = {"PATH": os.environ["PATH"], "HOME": str(root), "GIT_CONFIG_NOSYSTEM": "1", **who}
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


def differences(one: dict[str, bytes], other: dict[str, bytes]) -> list[str]:
    """Paths that only one of two sites has, or whose bytes differ."""
    return sorted(path for path in one.keys() | other.keys() if one.get(path) != other.get(path))
