"""The example campus as records."""

from __future__ import annotations

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.conftest import Site


@pytest.fixture(scope="session", name="campus")
def whole_campus(example_site: Site, registry: SchemaRegistry) -> Campus:
    """The example campus."""
    return CampusFolder(example_site.root, registry).load().campus
