"""The public edition is made without an accessibility plan that is wrong or leaks, and with one that is in order."""

from __future__ import annotations

import pytest

from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH
from sendbook.site.build.public_sound import PublicMaterial, SoundPublic
from tests.checks_kit import tiny_campus
from tests.conftest import ON

NOBODY = Identifiers(words=(), numbers={}, births=frozenset())
PAGE = "handbook/index.md"
WRONG = Finding(
    code="link", severity=Severity.ERROR, path=PLAN_PATH, message="Nobody is there.", remedy="Name another."
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> CampusFolder:
    return CampusFolder(tiny_campus(tmp_path_factory.mktemp("public")), registry)


def made(folder: CampusFolder, *findings: Finding, leaking: frozenset[str] = frozenset()) -> PublicMaterial:
    """What the public edition is made of where nothing was published before."""
    campus = folder.load(folder.scan().unit(SHARED)).campus
    sound = SoundPublic(folder=folder, campus=campus, findings=findings, on=ON, bundle=None, identifiers=NOBODY)
    return sound.material(leaking)


def test_a_plan_in_order_is_published(folder: CampusFolder) -> None:
    found = made(folder)
    assert (found.campus.get(PLAN_RECORD) is not None, found.held) == (True, frozenset())


@pytest.mark.parametrize(
    ("findings", "leaking"), [((WRONG,), frozenset()), ((), frozenset({PLAN_PATH}))], ids=["wrong", "leaking"]
)
def test_a_plan_that_is_wrong_or_leaks_is_held_back(
    folder: CampusFolder, findings: tuple[Finding, ...], leaking: frozenset[str]
) -> None:
    found = made(folder, *findings, leaking=leaking)
    assert found.campus.get(PLAN_RECORD) is None
    assert PLAN_PATH in found.held


def test_where_a_page_leaks_the_plan_stays(folder: CampusFolder) -> None:
    found = made(folder, leaking=frozenset({PAGE}))
    assert (found.campus.get(PLAN_RECORD) is not None, found.held) == (True, {PAGE})
