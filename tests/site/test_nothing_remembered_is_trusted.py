"""Whatever another hand wrote into the state folder, the next build gives each reader what the files say."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.seals import KEYS
from sendbook.site.build.build import build
from sendbook.site.build.remembered import SHARED_CAMPUS
from tests.conftest import ON, Site, copy_site

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("nothing remembered is trusted")


def built(site: Site, registry: SchemaRegistry):
    return build(CampusFolder(site.root, registry), ON, site.state)


def scopes(site: Site) -> list[tuple[str, ...]]:
    with Bundle.reading(site.bundle) as bundle:
        return bundle.connection.execute("SELECT * FROM scope ORDER BY reader, subject").fetchall()


def run(database: Path, statement: str, *values: object) -> None:
    with sqlite3.connect(database) as raw:
        assert raw.execute(statement, values).rowcount > 0
    raw.close()


@pytest.fixture(scope="module")
def settled(example_site: Site, registry: SchemaRegistry, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A copy of the example whose cache knows each file by its stamp."""
    site = copy_site(example_site, tmp_path_factory.mktemp("settled"))
    for path in (site.root / "records").rglob("*.yml"):
        os.utime(path, (1_700_000_000, 1_700_000_000))
    assert built(site, registry).published
    return site


@pytest.mark.slow
def test_a_cached_record_that_makes_somebody_senco_gives_them_nothing(settled: Site, registry: SchemaRegistry) -> None:
    """Edited rows of ``cache.db`` gave a committee member students' folders."""
    before = scopes(settled)
    cache = sqlite3.connect(settled.state / "build/cache.db")
    records = [json.loads(data) for (data,) in cache.execute("SELECT data FROM parsed")]
    cache.close()
    senco = next(one for one in records if '"senco"' in json.dumps(one.get("staff", {})))
    run(
        settled.state / "build/cache.db",
        "UPDATE parsed SET data = json_set(data, '$.staff', json(?))"
        " WHERE data LIKE '%\"committee\"%' AND json_extract(data, '$.staff') IS NOT NULL",
        json.dumps(senco["staff"]),
    )
    with Bundle.open(settled.bundle) as bundle, bundle.publish() as change:  # and have all of it reviewed
        change.remember(SHARED_CAMPUS, "digest", None)
        for student in bundle.remembered_of_all("files"):
            change.remember(student, "files", b"")
    assert built(settled, registry).published
    assert scopes(settled) == before


@pytest.mark.slow
def test_findings_that_were_struck_out_are_found_again(settled: Site, registry: SchemaRegistry, tmp_path: Path) -> None:
    site = copy_site(settled, tmp_path)
    plan = site.root / "records/students/7NVF/plan.yml"
    plan.write_text(plan.read_text("utf-8").replace("state: agreed", "stat: agreed"), encoding="utf-8")
    os.utime(plan, (1_700_000_000, 1_700_000_000))
    assert not built(site, registry).is_whole
    cache = sqlite3.connect(site.state / "build/cache.db")
    with cache:
        cache.execute('UPDATE found SET text = \'{"findings": [], "address": "", "beside": null}\'')
        cache.execute(
            "INSERT OR IGNORE INTO valid SELECT parsed.digest, schemas, valid.seal FROM parsed, valid GROUP BY 1"
        )
    cache.close()
    report = built(site, registry)
    assert not report.is_whole
    assert "unknown-field" in {finding.code for finding in report.findings}


@pytest.mark.slow
def test_a_scope_written_into_the_bundle_is_gone_after_the_next_build(
    settled: Site, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """Nothing of such a bundle is believed; it is made anew while the old site is served."""
    site = copy_site(settled, tmp_path)
    before = scopes(site)
    projection = next(row[2] for row in before if row[1] == "7NVF")
    run(site.bundle, "INSERT INTO scope VALUES ('p-zzzz', '7NVF', ?, NULL, 'because')", projection)
    report = built(site, registry)
    assert report.published
    assert report.rendered > 0
    assert scopes(site) == before
    assert built(site, registry).rendered == 0, "and it is trusted again"


@pytest.mark.slow
def test_facts_written_into_what_a_build_remembers_are_not_told(
    settled: Site, registry: SchemaRegistry, tmp_path: Path
) -> None:
    site = copy_site(settled, tmp_path)
    run(
        site.bundle,
        "UPDATE memory SET value = (SELECT value FROM memory AS other WHERE other.unit = '01FB' AND other.key LIKE"
        " 'facts:%' ORDER BY length(value) DESC LIMIT 1) WHERE unit = '7NVF' AND key LIKE 'facts:%'",
    )
    header = site.root / "records/students/7NVF/student.yml"
    header.write_text(header.read_text("utf-8") + "# touched\n", encoding="utf-8")
    assert built(site, registry).published
    fresh = Site(site.root, tmp_path / "fresh")
    fresh.state.mkdir(mode=0o700)
    shutil.copytree(site.state / "build/engine", fresh.state / "build/engine")
    shutil.copytree(site.state / "build" / KEYS, fresh.state / "build" / KEYS)
    assert built(fresh, registry).published
    assert pages(site) == pages(fresh)


def pages(site: Site) -> list[tuple[object, ...]]:
    query = "SELECT subject, projection, path, digest FROM page JOIN object ON object = object.id ORDER BY 1, 2, 3"
    with Bundle.reading(site.bundle) as bundle:
        return bundle.connection.execute(query).fetchall()


@pytest.mark.slow
def test_without_its_key_a_bundle_is_made_anew_and_is_the_same(
    settled: Site, registry: SchemaRegistry, tmp_path: Path
) -> None:
    site = copy_site(settled, tmp_path)
    shutil.rmtree(site.state / "build" / KEYS)
    (edition,) = (site.state / "build/engine").glob("public-*.zip")
    edition.write_bytes(edition.read_bytes().replace(b"PK", b"KP"))
    assert built(site, registry).published
    assert pages(site) == pages(settled)
