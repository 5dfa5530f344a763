"""``sendbook textconv``: a record in readable lines, for ``git diff``."""

from __future__ import annotations

import sys
from pathlib import Path

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.strict_yaml import parse
from sendbook.errors import SendbookError
from sendbook.history.lines import kind_of, lines_of


def textconv(root: Path, file: Path) -> int:
    """Writes the lines; a file that is no sound record is written as it is, because git stops where this fails."""
    source = _read(file)
    data = parse(source, file.name).data
    kind = kind_of(_registry(root), file.name, data) if data is not None else None
    if kind is None or data is None:
        sys.stdout.buffer.write(source)
    else:
        sys.stdout.buffer.write("".join(f"{line}\n" for line in lines_of(kind, data)).encode())
    sys.stdout.flush()
    return 0


def _read(file: Path) -> bytes:
    """The file's bytes. Raises SendbookError where none is there: its sentence says which was meant, also in a log."""
    if file.is_dir():
        raise SendbookError(f"The FILE that textconv was given is a folder: {file}. Name one record's file in it.")
    try:
        return file.read_bytes()
    except FileNotFoundError as error:
        where = "" if file.is_absolute() else f", looked for in {Path.cwd()}"
        raise SendbookError(f"The FILE that textconv was given does not exist: {file}{where}.") from error


def _registry(root: Path) -> SchemaRegistry:
    own = root / "schemas"
    return SchemaRegistry.load(*dict.fromkeys([schemas().resolve(), *([own.resolve()] if own.is_dir() else [])]))
