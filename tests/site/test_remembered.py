"""What an earlier version of sendbook remembered under names that have changed does not stay in the bundle."""

from __future__ import annotations

from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.bundle.schema import HANDBOOK
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.build import build
from sendbook.site.build.remembered import SHARED_CAMPUS, drop_former_names
from tests.checks_kit import tiny_campus
from tests.conftest import ON

#: What was held back, with the student it was about, and which pages of a reader were made of what.
FORMER = {"~world": "held", "~standing": "p-1aaa"}


def remember(bundle: Bundle, *more: tuple[str, str]) -> None:
    with bundle.publish() as change:
        for unit, key in (*FORMER.items(), *more):
            change.remember(unit, key, b'[{"student": "2TST"}]')


def test_former_names_are_dropped_and_what_is_asked_for_now_stays(tmp_path: Path) -> None:
    with Bundle.create(tmp_path / "bundle.db") as bundle:
        remember(bundle, (SHARED_CAMPUS, "held"), ("2TST", "files"), (HANDBOOK, "held"), (HANDBOOK, "digest"))
        with bundle.publish() as change:
            drop_former_names(bundle, change)
        assert [bundle.remembered_keys(name) for name in FORMER] == [(), ()]
        assert bundle.remembered_keys(SHARED_CAMPUS) == ("held",)
        assert bundle.remembered_keys("2TST") == ("files",)
        assert bundle.remembered_keys(HANDBOOK) == ("digest",)


def test_the_first_build_after_an_upgrade_drops_them(tmp_path: Path, registry: SchemaRegistry) -> None:
    folder, state = CampusFolder(tiny_campus(tmp_path / "campus"), registry), tmp_path / "state"
    state.mkdir(mode=0o700)
    with Bundle.create(state / "site/bundle.db") as bundle:
        remember(bundle)
    assert build(folder, ON, state).published
    with Bundle.reading(state / "site/bundle.db") as bundle:
        assert [bundle.remembered_keys(name) for name in FORMER] == [(), ()]
        assert "digest" in bundle.remembered_keys(SHARED_CAMPUS)
