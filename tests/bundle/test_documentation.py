"""The page that describes the database says what is there."""

import re
from pathlib import Path

import pytest

from sendbook.bundle import Bundle

PAGE = (Path(__file__).parents[2] / "docs" / "bundle.md").read_text("utf-8")


def test_every_table_is_described_with_its_key(bundle: Bundle):
    tables = {row[0] for row in bundle.connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    described = dict(re.findall(r"^\| `(\w+)` \| ([^|]+) \|", PAGE, re.MULTILINE))
    assert set(described) == tables
    for table, key in described.items():
        columns = bundle.connection.execute(f"PRAGMA table_info({table})").fetchall()
        names = [row[1] for row in sorted(columns, key=lambda row: row[5]) if row[5]]
        assert key.startswith(", ".join(names)), table


def test_the_recipe_for_reading_a_page_by_hand_works(
    bundle: Bundle, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.chdir(bundle.path.parent)
    recipe = re.search(r"```python\n(.*?)```", PAGE, re.DOTALL)[1]
    exec(recipe, {})  # noqa: S102 - our own page
    assert "<h1>Plan of Aisha Núñez</h1>" in capsys.readouterr().out
