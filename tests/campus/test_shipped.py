"""The shipped folders are found in a checkout and in an installed wheel alike."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus import shipped


def test_in_a_checkout_they_are_the_top_level_folders() -> None:
    assert (shipped.schemas() / "common.schema.json").is_file()
    assert shipped.schemas().parent == shipped.site_templates().parent
    assert shipped.example() == shipped.schemas().parent or shipped.example().name == "example"


def test_in_a_wheel_they_are_inside_the_package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shipped").mkdir()
    monkeypatch.setattr(shipped, "_IN_WHEEL", tmp_path / "shipped")
    assert shipped.schemas() == tmp_path / "shipped" / "schemas"
    assert shipped.site_templates() == tmp_path / "shipped" / "site_templates"
    assert shipped.example() == tmp_path / "shipped" / "example"
