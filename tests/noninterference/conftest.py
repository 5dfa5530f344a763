"""The example campus as records, and the campuses that differ from it in what a reader may not see."""

from __future__ import annotations

import pickle
from collections.abc import Callable
from hashlib import blake2b

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from tests.conftest import Site
from tests.noninterference.worlds import only, with_hidden_changed, with_hidden_removed
from tests.once import locked

BY_HAND = ("3QNM", "60D4", "7NVF", "8XA8", "AQ8E", "AT4M", "CMX2", "E5GJ", "HK9B", "QG0D", "QGA3", "REE9")

Find = Callable[[Campus, str], tuple[Campus, int]]


@pytest.fixture(scope="session", name="campus")
def whole_campus(example_site: Site, registry: SchemaRegistry) -> Campus:
    """The example campus with the students written by hand, among whom every odd case stands."""
    return only(CampusFolder(example_site.root, registry).load().campus, BY_HAND)


@pytest.fixture(scope="session")
def few(example_site: Site, registry: SchemaRegistry) -> Campus:
    """Two of its students: enough for a leak to show."""
    return only(CampusFolder(example_site.root, registry).load().campus, ("3QNM", "7NVF"))


@pytest.fixture(scope="session")
def hidden_changed(example_site: Site) -> Find:
    """`with_hidden_changed`, found once a run for all worker processes."""
    return _once_a_run(with_hidden_changed, example_site)


@pytest.fixture(scope="session")
def hidden_removed(example_site: Site) -> Find:
    """`with_hidden_removed`, found once a run for all worker processes."""
    return _once_a_run(with_hidden_removed, example_site)


def _once_a_run(find: Find, example: Site) -> Find:
    """Keeps what is found next to the example's site, by all that it is found for: looking takes many seconds."""

    def found(campus: Campus, reader: str) -> tuple[Campus, int]:
        of = repr([(one.id, one.data) for one in campus.records.values()])
        name = blake2b(f"{find.__name__} {reader} {of}".encode(), digest_size=12).hexdigest()
        kept = example.root.with_name(f"world-{name}")
        with locked(kept.with_suffix(".lock")):
            if not kept.exists():
                other, count = find(campus, reader)
                kept.write_bytes(pickle.dumps((list(other.records.values()), count)))
        records, count = pickle.loads(kept.read_bytes())  # noqa: S301 - this run wrote it itself
        return Campus(records, campus.registry), count

    return found
