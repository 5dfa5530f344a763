"""The digest of our own code changes with everything that can change a page or a finding."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

import sendbook
from sendbook.campus.code import ROOMS, digest_in, modules_in
from tests.imports import imports_of, reached_from

PACKAGE = Path(sendbook.__file__).parent
#: What makes pages and findings: a build, a check, and what each of them starts by name in a process of its own.
MAKERS = (
    "sendbook.site.build.build",
    "sendbook.site.build.inspection",
    "sendbook.site.build.workers",
    "sendbook.handbook.engine",
    "sendbook.site.mkdocs_macros",
    "sendbook.handbook.heading_toc",
    "sendbook.documents.press",
    "sendbook.checks.whole",
)


def test_the_digest_reads_every_module_that_can_change_a_page_or_a_finding() -> None:
    """A changed wording in a room that were left out would not be published after an upgrade."""
    imports = imports_of(PACKAGE)
    read = set(modules_in(PACKAGE))
    missing = {name for name in reached_from(MAKERS, imports) if imports[name].path not in read}
    assert missing == set()


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return shutil.copytree(PACKAGE, tmp_path_factory.mktemp("code") / "sendbook", ignore=_all_but_modules)


def _all_but_modules(folder: str, names: list[str]) -> set[str]:
    return {name for name in names if name == "shipped" or not (name.endswith(".py") or (Path(folder) / name).is_dir())}


@pytest.mark.parametrize("room", [*ROOMS, "."])
def test_one_byte_more_in_a_module_makes_another_digest(copy: Path, room: str) -> None:
    module = sorted((copy / room).glob("*.py"))[-1]
    before, text = digest_in(copy), module.read_bytes()
    module.write_bytes(text + b"\n")
    assert digest_in(copy) != before
    module.write_bytes(text)
    assert digest_in(copy) == before


def test_text_that_moves_from_one_module_to_the_next_makes_another_digest(tmp_path: Path) -> None:
    digests = set()
    for one, other in ((b"a = 1\nb = 2\n", b""), (b"a = 1\n", b"b = 2\n"), (b"", b"a = 1\nb = 2\n")):
        (tmp_path / "one.py").write_bytes(one)
        (tmp_path / "two.py").write_bytes(other)
        digests.add(digest_in(tmp_path))
    assert len(digests) == 3
