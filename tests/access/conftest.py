"""What the tests of access share: a campus to change, and one to ask."""

from __future__ import annotations

import pytest

from sendbook.access.basis import Basis
from sendbook.campus.records import Campus
from tests.access.small_campus import Data, data, small_campus


@pytest.fixture
def records() -> Data:
    """The small campus as data, free to be changed."""
    return data()


@pytest.fixture(scope="session")
def campus() -> Campus:
    return small_campus()


@pytest.fixture(scope="session")
def basis(campus: Campus) -> Basis:
    return Basis.of(campus)
