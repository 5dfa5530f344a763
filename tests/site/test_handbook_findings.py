"""What is wrong with the handbook's pages is found until it is corrected, whatever was remembered of them before."""

from __future__ import annotations

from pathlib import Path

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding_cache import FindingCache
from sendbook.site.build.handbook_findings import handbook_findings
from tests.checks_kit import tiny_campus
from tests.conftest import ON
from tests.site import handbooks

SOUND, SCRIPT = "# Visits\n\nCome at any time.\n", "# Visits\n\nCome <br\nonclick=alert(1)> at any time.\n"


def test_what_a_browser_would_run_is_found_by_each_check_until_the_page_was_found_right_as_it_is(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    with ParseCache(tmp_path / "cache.db") as cache:
        assert [_found(folder, cache, body) for body in (SCRIPT, SCRIPT, SOUND, SOUND, SCRIPT)] == [
            ["html"],
            ["html"],
            [],
            [],
            ["html"],
        ]


def _found(folder: CampusFolder, cache: ParseCache, body: str) -> list[str]:
    """The codes of what one check finds in a page with this body."""
    path, scan = handbooks.write(folder.root, "visits.md", body), folder.scan()
    loaded = folder.load(scan.unit(SHARED), cache)
    remembered = FindingCache(cache, loaded, scan, ON, "")
    found = handbook_findings(folder, loaded.campus, ON, cache, sound=True, finding_cache=remembered)
    remembered.remember()
    return [one.code for one in found if one.path == f"handbook/{path.name}"]
