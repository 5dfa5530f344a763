"""What the public edition will hold is known before the engine has made it: its pages, files, papers and first page."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.handbook.folder import front_matter_schema, read
from sendbook.site.build.public_guard import Objects
from sendbook.site.build.public_preview import previewed
from tests.checks_kit import tiny_campus
from tests.conftest import ON
from tests.site import handbooks

PUBLIC = {"editions": ["public", "family", "staff"]}


def drawn(name: str) -> str:
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text x="1" y="8">The {name}</text></svg>'


@pytest.fixture
def folder(tmp_path: Path, registry: SchemaRegistry) -> CampusFolder:
    """The tiny campus with a page for everybody and one for staff, each with a file of its own."""
    root = tiny_campus(tmp_path)
    handbooks.write(root, "visits.md", "# Visits\n\nSee the [map](papers/map.svg).\n", **PUBLIC, title="Visits")
    handbooks.write(root, "keys.md", "# Keys\n\nSee the [list](papers/keys.svg).\n", editions=["staff"], title="Keys")
    (root / "handbook" / "papers").mkdir()
    for name in ("map", "keys", "linked-by-nobody"):
        (root / "handbook" / "papers" / f"{name}.svg").write_text(drawn(name), encoding="utf-8")
    return CampusFolder(root, registry)


def preview(folder: CampusFolder) -> Objects:
    shared = folder.load(folder.scan().unit(SHARED)).campus
    return previewed(folder, shared, read(folder.root, front_matter_schema(schemas())), ON)


def test_the_public_will_be_sent_its_pages_their_files_and_papers_and_a_first_page(folder: CampusFolder) -> None:
    files = preview(folder).files()
    assert set(files) == {
        "/",
        "/handbook/",
        "/handbook/visits/",
        "/handbook/papers/map.svg",
        *(
            f"/handbook/{one}{end}"
            for one in ("send-information-report", "accessibility-plan")
            for end in ("/", ".pdf")
        ),
    }
    assert b"The map" in files["/handbook/papers/map.svg"]


def test_the_words_of_a_page_are_there_with_its_title_summary_and_facts(folder: CampusFolder) -> None:
    files = preview(folder).files()
    page = files["/handbook/visits/"].decode()
    assert "<title>Visits</title><p>Who does what.</p><dl>" in page
    assert '<a href="papers/map.svg">map</a>' in page
    assert "Ms Senco" in page
    assert b"Visits" in files["/"]
    assert not [path for path, content in files.items() if b"Keys" in content or b"keys" in content]


def test_the_preview_is_another_with_each_page_and_record_it_rests_on(folder: CampusFolder) -> None:
    digests = {preview(folder).digest, preview(folder).digest}
    assert len(digests) == 1
    (folder.root / "handbook" / "papers" / "map.svg").write_text(drawn("new map"), encoding="utf-8")
    digests.add(preview(folder).digest)
    principal = folder.root / "records/people/p-2bbb.yml"
    principal.write_text(principal.read_text(encoding="utf-8").replace("Bea", "Bee"), encoding="utf-8")
    digests.add(preview(folder).digest)
    assert len(digests) == 3
