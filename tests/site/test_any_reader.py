"""Whatever anyone can fetch, it names no student outside their scope: the last net under all other tests."""

from __future__ import annotations

import re

import pytest

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from tests.bundle.sites import subjects_of
from tests.conftest import ON, Site

#: One in so many of all readers, and one of each sort that sees few students or many.
_EVERY = 25
_SORTS = ("p-gba7", "p-1ge7", "p-kp3j", "p-r4jh", "p-zv3c", "p-1n9b", "p-he07", "7NVF", PUBLIC)


@pytest.fixture(scope="module")
def students(example_site: Site, registry: SchemaRegistry) -> frozenset[str]:
    return frozenset(CampusFolder(example_site.root, registry).load().campus.students)


def test_no_export_names_a_student_outside_its_readers_scope(example_site: Site, students: frozenset[str]) -> None:
    any_id = re.compile(rb"(?<![0-9A-Za-z])(" + "|".join(sorted(students)).encode() + rb")(?![0-9A-Za-z])")
    told: dict[str, set[str]] = {}
    with Bundle.reading(example_site.bundle) as bundle:
        sample = dict.fromkeys([*_SORTS, *bundle.readers()[::_EVERY]])
        scopes = {reader: subjects_of(bundle, reader) & students for reader in sample}
        for reader in sample:
            for path, content in files(bundle, reader, ON):
                if not path.startswith("/assets/"):
                    found = {one.decode() for one in any_id.findall(path.encode() + b" " + content)}
                    told.setdefault(reader, set()).update(found)
    beyond = {reader: sorted(found - scopes[reader]) for reader, found in told.items() if found - scopes[reader]}
    assert beyond == {}
    seen = {reader: len(found) for reader, found in told.items()}
    assert seen["p-gba7"] == len(scopes["p-gba7"]) > 30, "the net would catch something"
    assert seen["7NVF"] == 1
    assert seen["p-r4jh"] == seen[PUBLIC] == 0
