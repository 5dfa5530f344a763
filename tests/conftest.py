"""What tests share: the day, the example campus, and its site, built once a run and used by every worker process."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from sendbook.campus.code import code_digest
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.example.history.repository import make_repository
from sendbook.site.build.build import build
from tests.editions_once import EditionsOnce
from tests.once import locked, shared_folder

# A busy machine is no failure. Where a change is judged the examples are the same each time; elsewhere they roam.
settings.register_profile(
    "steady",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    derandomize=os.environ.get("CI") == "true",
)
settings.load_profile("steady")
# Where only quick tests are asked for, fewer: the slow runs draw all of them.
settings.register_profile("quick", settings.get_profile("steady"), max_examples=40)


def pytest_configure(config: pytest.Config) -> None:
    """Tells pytest of the mark for tests with many alike cases, makes editions once, and takes the code as it is now.

    What one worker process has built another goes on with. A file that was saved between their first builds made it
    other code to the second, which then rightly looked through again what it was not to.
    """
    code_digest()
    if _asked_for(config) == "quick":
        settings.load_profile("quick")
    config.pluginmanager.register(EditionsOnce(), "editions-once")
    config.addinivalue_line("markers", "sample(count): so many of the cases each time, all of them with the slow runs")
    # Known to xdist, and also where tests run without it, as those of a planted fault do.
    config.addinivalue_line("markers", "xdist_group(name): one worker process runs all tests of a group")


@pytest.hookimpl(tryfirst=True)  # before the slow ones are left out
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Of a test marked `sample` the cases that a digest of their names puts first run each time; the rest are slow.

    Cases that are slow by themselves are none of them. Tests that share what their module makes stay together. Where
    slow tests are asked for Hypothesis draws again, unless a test says itself how many examples it needs.
    """
    if _asked_for(config) == "slow":
        for item in items:
            own = getattr(getattr(item, "function", None), "_hypothesis_internal_use_settings", None)
            if own is not None and own.max_examples == settings.default.max_examples:
                item.add_marker(pytest.mark.slow)
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.get_closest_marker("sample") is not None and item.get_closest_marker("slow") is None:
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    for alike in cases.values():
        alike.sort(key=lambda item: blake2b(item.nodeid.encode()).digest())
        count = alike[0].get_closest_marker("sample").args[0]  # type: ignore[union-attr]
        for item in alike[count:]:
            item.add_marker(pytest.mark.slow)
    _keep_together(item for item in items if item.get_closest_marker("slow") is None)


def _asked_for(config: pytest.Config) -> str:
    """Which tests are asked for by their mark: "quick", "slow", or "" for both."""
    asked = str(config.getoption("markexpr"))
    return "" if "slow" not in asked else "quick" if "not slow" in asked else "slow"


def _keep_together(items: Iterable[pytest.Item]) -> None:
    """Gives tests that share what their module makes once to one worker process, which makes it for all of them.

    The slow ones stay apart: there a test takes longer than what it shares.
    """
    for item in items:
        fixtures = getattr(item, "_fixtureinfo", None)
        made = [found[-1] for found in fixtures.name2fixturedefs.values()] if fixtures is not None else []
        if any(one.scope == "module" for one in made) and item.get_closest_marker("xdist_group") is None:
            item.add_marker(pytest.mark.xdist_group(item.nodeid.partition("::")[0]))


#: The day on which the example campus lives.
ON = date(2026, 11, 23)


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Files made for a case are named by their argument: their bytes may differ from one process to the next."""
    return argname if isinstance(val, bytes) else None


@dataclass(frozen=True, slots=True)
class Site:
    """A built site: the campus's folder, the state folder, and the bundle in it."""

    root: Path
    state: Path

    @property
    def bundle(self) -> Path:
        return self.state / "site/bundle.db"


@pytest.fixture(scope="session", autouse=True)
def editions_once(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[None]:
    """Hands on what the handbook's engine has made to every build of the same handbook."""
    editions: EditionsOnce = pytestconfig.pluginmanager.get_plugin("editions-once")  # type: ignore[assignment]
    with editions.kept_in(shared_folder(tmp_path_factory) / "editions"):
        yield


@pytest.fixture(scope="session")
def registry() -> SchemaRegistry:
    """The shipped schemas."""
    return SchemaRegistry.load(schemas())


def copy_example(target: Path) -> Path:
    """A copy of the example campus that a test may change."""
    target.mkdir(parents=True, exist_ok=True)
    for name in ("records", "handbook"):
        shutil.copytree(example() / name, target / name)
    shutil.copyfile(example() / "mkdocs.yml", target / "mkdocs.yml")
    return target


def copy_site(site: Site, target: Path) -> Site:
    """A copy of a campus and its site below ``target``."""
    copy = Site(target / "campus", target / "state")
    shutil.copytree(site.root, copy.root)
    shutil.copytree(site.state, copy.state, copy_function=_copied_if_there)
    return copy


def _copied_if_there(source: str, target: str) -> str:
    """Copies a file; a database's log may go while it is copied, when another worker has done reading."""
    try:
        return str(shutil.copy2(source, target))
    except FileNotFoundError:
        if not source.endswith(("-wal", "-shm")):
            raise
        return target


@pytest.fixture(scope="session")
def example_site(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Iterator[Site]:
    """The example campus and its site. Shared by all worker processes: look, don't touch, which is made sure of."""
    shared = shared_folder(tmp_path_factory)
    site = Site(shared / "example-campus", shared / "example-state")
    with locked(shared / "example.lock"):
        if not (shared / "example.built").exists():
            copy_example(site.root)
            site.state.mkdir(mode=0o700)
            report = build(CampusFolder(site.root, registry), ON, site.state)
            assert report.published, report.findings
            (shared / "example.built").write_text(repr(_files_of(site)))
    yield site
    assert repr(_files_of(site)) == (shared / "example.built").read_text(), "a test changed the shared example"


def _files_of(site: Site) -> dict[str, str]:
    """Each file of a campus and its state by a digest; but for what SQLite makes for those who look."""
    files = (path for place in (site.root, site.state) for path in sorted(place.rglob("*")) if path.is_file())
    return {
        str(path): blake2b(path.read_bytes(), digest_size=12).hexdigest()
        for path in files
        if not path.name.endswith(("-wal", "-shm"))
    }


@pytest.fixture(scope="session")
def example_repository(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Path:
    """The example campus with its term of history, made once a run. Copy it: git writes where it only looks."""
    root = shared_folder(tmp_path_factory) / "example-repository"
    with locked(root.with_suffix(".lock")):
        if not root.with_suffix(".made").exists():
            make_repository(example(), root, registry)
            # One file of all objects: to copy thousands of small ones takes as long as to make them.
            subprocess.run(["git", "repack", "-adq"], cwd=root, check=True)
            root.with_suffix(".made").touch()
    return root


@pytest.fixture
def own_site(example_site: Site, tmp_path: Path) -> Site:
    """A copy of the example campus and its site that a test may change."""
    return copy_site(example_site, tmp_path)
