"""The small site, fresh for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from tests.bundle.sites import small_site


@pytest.fixture
def bundle(tmp_path: Path) -> Iterator[Bundle]:
    """The small site."""
    with small_site(tmp_path) as made:
        yield made
