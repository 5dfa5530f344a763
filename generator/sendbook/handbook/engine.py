"""Builds one edition of the handbook with MkDocs and Material, in a child process that knows nothing else.

The child gets a generated configuration, an environment of four names and a folder outside every repository.
It never sees a record, the campus's own mkdocs.yml or the other editions. Its output is kept by the digest of
all that went in, because a build costs as much as publishing a changed plan thirty times.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

from sendbook.errors import EngineError
from sendbook.handbook import edition as editions
from sendbook.handbook import harvest, workspace
from sendbook.handbook.built import Edition, HandbookPage
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.macros import MacroValues
from sendbook.handbook.workspace import EngineSettings
from sendbook.seals import Seals

__all__ = ["Edition", "EngineSettings", "HandbookPage", "build_edition"]

_PACKAGES = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "pygments", "pymdown-extensions")
_SEAL = 16  # bytes before the kept files
_FORM = "3"  # raise when the cache's files change their form, or headings are given other places
_TELLING = re.compile(r"^\s*(?:ERROR|WARNING|Error:|Config value|[\w.]*Error\b)[\s:-]*(.+)$", re.MULTILINE)


def build_edition(
    pages: Sequence[SourcePage],
    edition: str,
    *,
    values: MacroValues,
    settings: EngineSettings,
    cache: Path,
    files: Mapping[str, bytes] | None = None,
) -> Edition:
    """One edition of the handbook.

    ``pages`` are all pages of the handbook and ``files`` its pictures and papers by path relative to the
    handbook folder; what belongs to other editions is left out here. ``cache`` is a folder of ours in the
    campus's state.
    """
    texts = workspace.ready(pages, edition, values)
    shown = editions.select(pages, edition)
    config = workspace.configuration(shown, edition, settings)
    used = workspace.referred_to(texts, files or {})
    digest = _digest(texts, used, config, settings)
    kept = cache / f"{edition}-{digest}.zip"
    site = _kept(kept)
    if site is None:
        site = _built(texts, used, config, settings)
        _keep(kept, site, edition)
    return harvest.edition_of(site, shown, edition, settings.handbook_title)


def _built(
    texts: Mapping[str, str],
    files: Mapping[str, bytes],
    config: Mapping[str, object],
    settings: EngineSettings,
) -> dict[str, bytes]:
    with tempfile.TemporaryDirectory(prefix="sendbook-engine-") as name:
        folder = Path(name)
        workspace.fill(folder, texts=texts, files=files, config=config, settings=settings)
        _run(folder, settings.timeout)
        return dict(_read_site(folder / "site"))


def _run(folder: Path, timeout: float) -> None:
    # -I: neither the folder nor any PYTHON… variable may put code of a page's making on the path.
    # Not --quiet: it hides warnings from --strict as well, and a broken link would pass.
    command = [
        sys.executable,
        "-I",
        "-m",
        "mkdocs",
        "build",
        "--strict",
        "--config-file",
        "mkdocs.yml",
    ]
    try:
        done = subprocess.run(
            command,
            cwd=folder,
            env=_environment(folder),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            timeout=timeout,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise EngineError(f"MkDocs did not finish the handbook within {timeout:.0f} seconds.") from None
    except OSError as error:
        raise EngineError(f"MkDocs can't be started: {error.strerror}.") from error
    if done.returncode != 0:
        raise EngineError(f"MkDocs could not build the handbook: {_sentence(done.stderr + done.stdout)}")


def _environment(folder: Path) -> dict[str, str]:
    return {
        "PATH": os.defpath,
        "HOME": str(folder),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "NO_MKDOCS_2_WARNING": "1",
        "SOURCE_DATE_EPOCH": "0",  # the same pages give the same bytes on any day
    }


def _sentence(output: bytes) -> str:
    """The one line of MkDocs' output that says what is wrong."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", output.decode(errors="replace"))
    told = _TELLING.findall(text)
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return (told or lines[-1:] or ["it gave no reason."])[0].strip()


def _read_site(site: Path) -> Iterable[tuple[str, bytes]]:
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if path.is_file() and not path.is_symlink() and harvest.wanted(name):
            yield name, path.read_bytes()


def _digest(
    texts: Mapping[str, str],
    files: Mapping[str, bytes],
    config: Mapping[str, object],
    settings: EngineSettings,
) -> str:
    """Of everything the output follows from: pages, files, theme, configuration and the versions at work."""
    digest = hashlib.sha256(_FORM.encode())
    theme = {
        path.relative_to(settings.theme).as_posix(): path.read_bytes()
        for path in settings.theme.rglob("*")
        if path.is_file()
    }
    styles = {style.name: style.read_bytes() for style in settings.styles}
    from importlib.metadata import version  # loads the parser of e-mails, and most builds make no handbook

    versions = {package: version(package) for package in _PACKAGES}
    facts = json.dumps([versions, config], sort_keys=True).encode()
    parts = {name: text.encode() for name, text in texts.items()}
    for group in (parts, files, theme, styles, {"facts": facts}):
        for name, content in sorted(group.items()):
            for piece in (name.encode(), content):
                digest.update(len(piece).to_bytes(8, "big") + piece)
        digest.update(b"/")
    return digest.hexdigest()[:32]


def _kept(path: Path) -> dict[str, bytes] | None:
    try:
        source = path.read_bytes()
        seal, packed = source[:_SEAL], source[_SEAL:]
        if not _seals(path).hold(seal, "edition", path.name, packed):
            return None  # another hand wrote it, or the key is another
        with zipfile.ZipFile(BytesIO(packed)) as kept:
            return {name: kept.read(name) for name in kept.namelist()}
    except FileNotFoundError:
        return None
    except (zipfile.BadZipFile, OSError):
        return None  # a cache that can't be read is a cache miss; it is rewritten


def _seals(path: Path) -> Seals:
    """The seals of kept editions: what is kept is published as it is, so nothing another hand wrote may be."""
    return Seals.beside(path.parent, "engine")


def _keep(path: Path, site: Mapping[str, bytes], edition: str) -> None:
    """Keep this output and no older one: what was taken out of the handbook must not live on in a cache."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=".engine-")
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as kept:
        for file, content in site.items():
            kept.writestr(file, content)
    with os.fdopen(descriptor, "wb") as opened:
        opened.write(_seals(path).of("edition", path.name, packed.getvalue()) + packed.getvalue())
    Path(name).replace(path)
    for old in path.parent.glob(f"{edition}-*.zip"):
        if old != path:
            old.unlink(missing_ok=True)
