"""Reads the campus's own schemas and templates, at a commit or as they are now.

They are no records, yet they decide who sees what: a comparison of two versions tells of them as well.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path
from tempfile import TemporaryDirectory

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import SchemaError
from sendbook.history.repository import Repository

SCHEMAS = "schemas"
TEMPLATES = "site_templates"
_SCHEMA = ".schema.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnFiles:
    """Holds the schemas (None if they can't be read) and the digests of the templates by path in the campus."""

    registry: SchemaRegistry | None
    templates: Mapping[str, bytes] = field(repr=False)

    def templates_that_differ(self, other: OwnFiles) -> tuple[str, ...]:
        """Returns the paths of templates that differ, or are on one side only."""
        paths = self.templates.keys() | other.templates.keys()
        return tuple(sorted(path for path in paths if self.templates.get(path) != other.templates.get(path)))


def own_files_at(folder: CampusFolder, repository: Repository, commit: str | None) -> OwnFiles:
    """Returns the schemas and templates as a commit left them, or (None) as they are in the work tree."""
    if commit is None:
        files = {path: (folder.root / path).read_bytes() for path in _files_in(folder.root)}
        return OwnFiles(registry=folder.registry, templates=_templates(files))
    files = {
        path: content
        for path, blob in repository.files_at(commit, SCHEMAS, TEMPLATES)
        if (content := repository.blob(blob)) is not None
    }
    return OwnFiles(registry=_registry(folder, files), templates=_templates(files))


def _registry(folder: CampusFolder, files: Mapping[str, bytes]) -> SchemaRegistry | None:
    """The registry with these files in place of the campus's own schemas of today."""
    own = (folder.root / SCHEMAS).resolve()
    with TemporaryDirectory(prefix="sendbook-schemas-") as name:
        then = Path(name)
        for path, content in files.items():
            kept, _, file = path.partition("/")
            if kept == SCHEMAS and "/" not in file and file.endswith(_SCHEMA):
                (then / file).write_bytes(content)
        try:
            return SchemaRegistry.load(*(one for one in folder.registry.folders if one.resolve() != own), then)
        except SchemaError:
            return None


def _templates(files: Mapping[str, bytes]) -> dict[str, bytes]:
    return {
        path: blake2b(content, digest_size=20).digest()
        for path, content in files.items()
        if path.startswith(f"{TEMPLATES}/")
    }


def _files_in(root: Path) -> Iterator[str]:
    for path in sorted((root / TEMPLATES).rglob("*")):
        if path.is_file() and not path.is_symlink():
            yield path.relative_to(root).as_posix()
