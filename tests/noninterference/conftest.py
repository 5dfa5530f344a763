"""The example campus as records."""

from __future__ import annotations

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.conftest import Site
from tests.noninterference.worlds import only

BY_HAND = ("3QNM", "60D4", "7NVF", "8XA8", "AQ8E", "AT4M", "CMX2", "E5GJ", "HK9B", "QG0D", "QGA3", "REE9")


@pytest.fixture(scope="session", name="campus")
def whole_campus(example_site: Site, registry: SchemaRegistry) -> Campus:
    """The example campus with the students written by hand, among whom every odd case stands."""
    return only(CampusFolder(example_site.root, registry).load().campus, BY_HAND)
