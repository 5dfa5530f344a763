"""Who loses one student gets their own pages again, without that student; who is shut out altogether gets none."""

from __future__ import annotations

from pathlib import Path

from sendbook.bundle import Bundle, revoke
from sendbook.bundle.export import files
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.build import Options, build
from tests.checks_kit import tiny_campus
from tests.conftest import ON

SENCO, STUDENT = "p-1aaa", "2TST"


def test_the_build_after_a_withdrawal_makes_own_pages_for_those_who_may_still_sign_in(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    """Nothing of the campus changes meanwhile, so that nobody's pages are made for any other reason."""
    folder, state = CampusFolder(tiny_campus(tmp_path / "campus"), registry), tmp_path / "state"
    bundle = state / "site/bundle.db"
    assert _made(folder, state) > 1
    assert _with_student(_sent(bundle)) > {"/students/"}
    revoke(bundle, SENCO, STUDENT)
    assert _made(folder, state) == 1
    assert "/" in _sent(bundle)
    assert _with_student(_sent(bundle)) == set()
    revoke(bundle, SENCO)
    assert _made(folder, state) == 0
    with Bundle.reading(bundle) as made:
        assert SENCO not in made.readers()


def _made(folder: CampusFolder, state: Path) -> int:
    """Builds the site, and returns of how many readers the own pages were made."""
    report = build(folder, ON, state, Options(workers=1))
    assert report.is_whole
    return report.readers


def _sent(bundle: Path) -> dict[str, bytes]:
    with Bundle.reading(bundle) as made:
        return dict(files(made, SENCO, ON))


def _with_student(pages: dict[str, bytes]) -> set[str]:
    """The pages in which the student's own are named or linked."""
    return {path for path, content in pages.items() if f"/students/{STUDENT}/".encode() in content}
