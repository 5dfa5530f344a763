"""A registry of small schemas, and a campus folder to put files into."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import Kind, SchemaRegistry
from tests.campus.small_schemas import write_schemas


@pytest.fixture(scope="session")
def registry(tmp_path_factory: pytest.TempPathFactory) -> SchemaRegistry:
    return SchemaRegistry.load(write_schemas(tmp_path_factory.mktemp("schemas")))


@pytest.fixture(scope="session")
def plan_kind(registry: SchemaRegistry) -> Kind:
    return registry.kinds["plan"]


@pytest.fixture
def put(tmp_path: Path) -> Callable[[str, str | bytes], Path]:
    """Writes a file into the campus folder, below ``records/``."""

    def write(path: str, text: str | bytes = "state: draft\n") -> Path:
        file = tmp_path / "campus" / "records" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(text.encode() if isinstance(text, str) else text)
        return file

    write("campus.yml", "name: Larkfield\n")
    return write


@pytest.fixture
def folder(tmp_path: Path, registry: SchemaRegistry, put: Callable[..., Path]) -> CampusFolder:
    return CampusFolder(tmp_path / "campus", registry)
