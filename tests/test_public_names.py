"""What a package offers is what it says it offers; an exception is in the tree its module opens with."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from types import ModuleType

import pytest

import sendbook
from sendbook import errors

PACKAGES = [
    importlib.import_module(found.name) for found in pkgutil.iter_modules(sendbook.__path__, "sendbook.") if found.ispkg
]
OFFERING = [package for package in PACKAGES if hasattr(package, "__all__")]


def public(package: ModuleType) -> set[str]:
    """The names a package holds that are no modules and not marked as its own affair."""
    return {name for name, value in vars(package).items() if not name.startswith("_") and not inspect.ismodule(value)}


def test_the_rooms_with_a_front_door_are_these() -> None:
    assert {package.__name__ for package in OFFERING} == {"sendbook.bundle", "sendbook.gate"}


@pytest.mark.parametrize("package", OFFERING, ids=lambda package: package.__name__)
def test_a_front_door_offers_exactly_what_it_names(package: ModuleType) -> None:
    offered = set(package.__all__)
    shadowed = {name for name in offered if inspect.ismodule(getattr(package, name))}
    assert shadowed == set(), "a module of the same name stands in the way"
    assert public(package) == offered
    assert list(package.__all__) == sorted(package.__all__, key=_as_ruff_sorts)


@pytest.mark.parametrize("package", [one for one in PACKAGES if one not in OFFERING], ids=lambda one: one.__name__)
def test_a_room_without_one_offers_nothing(package: ModuleType) -> None:
    assert public(package) <= {"annotations"}


def test_every_exception_stands_in_the_tree_and_comes_from_its_root() -> None:
    ours = {name: value for name, value in vars(errors).items() if inspect.isclass(value)}
    tree = errors.__doc__ or ""
    assert all(issubclass(error, errors.SendbookError) for error in ours.values())
    assert [name for name in ours if f"{name} " not in tree] == []
    assert all(inspect.getdoc(error) for error in ours.values())


def test_the_package_itself_says_its_version_and_nothing_else() -> None:
    assert {
        name for name in vars(sendbook) if not name.startswith("__") and not inspect.ismodule(vars(sendbook)[name])
    } == set()
    assert sendbook.__version__.count(".") == 2


def _as_ruff_sorts(name: str) -> tuple[int, str]:
    kind = 0 if name.isupper() else 1 if name[0].isupper() else 2
    return kind, name
