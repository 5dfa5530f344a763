"""The tiny campus of ``tests/examples/valid`` with one thing changed."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path
from typing import Any

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.fast_yaml import read_yaml

EXAMPLES = Path(__file__).parent / "examples"
#: A father in another household, for the tiny campus's student: it goes where “rights:” begins.
FATHER = """
  - id: father
    person: p-5eee
    relation: father
    household: b
    responsibility: true
    access: full
    confirmed:
      on: 2025-09-04
      by: p-1aaa
    from: 2025-09-04
rights:"""


def tiny_campus(folder: Path) -> Path:
    """A copy of the tiny campus; everything in it is good."""
    shutil.copytree(EXAMPLES / "valid", folder, dirs_exist_ok=True)
    return folder


def found_in_records(root: Path, registry: SchemaRegistry, on: date) -> list[Finding]:
    """Returns what is found in the records alone: looking through the handbook as well takes four times as long."""
    return list(inspect_records(CampusFolder(root, registry), on, rules=RULE_BOOK).findings)


def case(path: Path) -> dict[str, Any]:
    """A bad example's description."""
    return dict(read_yaml(path.read_text(encoding="utf-8")))


def spoil(campus: Path, change: dict[str, Any]) -> None:
    """Makes the one change a bad example describes."""
    target = campus / change["file"]
    target.parent.mkdir(parents=True, exist_ok=True)
    if "remove" in change:
        target.unlink()
    elif "shipped" in change:  # a copy of a shipped schema, with one thing changed
        text = (schemas() / change["shipped"]).read_text(encoding="utf-8")
        assert text.count(change["replace"]) == 1, "the example must change one place"
        target.write_text(text.replace(change["replace"], change["with"]), encoding="utf-8")
    elif "copy" in change:
        shutil.copyfile(campus / change["copy"], target)
    elif "symlink" in change:
        target.symlink_to(change["symlink"])
    elif "size" in change:
        with target.open("ab") as file:
            file.truncate(change["size"])
    elif "brackets" in change:
        target.write_bytes(b"name: " + b"[" * change["brackets"])
    elif "content" in change:
        target.write_text(change["content"], encoding="utf-8")
    else:
        before = target.read_bytes()
        new = bytes.fromhex(change["bytes"]) if "bytes" in change else change["with"].encode()
        assert before.count(change["replace"].encode()) == 1, "the example must change one place"
        target.write_bytes(before.replace(change["replace"].encode(), new))
