"""CONTRIBUTING.md says how a kind of record is added; what it shows works as it stands there."""

from __future__ import annotations

import json
import re
import runpy
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
import yaml

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas, site_templates
from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.pages.own_student_kinds import pages_of_own_kinds
from sendbook.pages.reading import StudentRecord, reading_of
from sendbook.pages.sections import sections_of
from sendbook.pages.templates import Templates
from tests.cli.kit import run, small_campus
from tests.site.small_student import around, projected

PAGE = Path(__file__).parents[2] / "CONTRIBUTING.md"

pytestmark = pytest.mark.skipif(not PAGE.is_file(), reason="the documentation is in the checkout only")


def shown(language: str) -> list[str]:
    """The blocks of a language that the steps show."""
    steps = PAGE.read_text(encoding="utf-8").partition("## Adding a kind of record")[2]
    return re.findall(rf"```{language}\n(.*?)```", steps, re.DOTALL)


def with_the_kind(folder: Path) -> Path:
    """A campus to which schema, grant and record have been added as the steps say."""
    root = small_campus(folder / "campus")
    (schema,), (grant, record) = shown("json"), shown("yaml")
    (root / "schemas").mkdir()
    (root / "schemas" / json.loads(schema)["$id"]).write_text(schema, encoding="utf-8")
    access = root / "records/access.yml"
    access.write_text(access.read_text("utf-8").replace("grants:\n", f"grants:\n{grant}", 1), encoding="utf-8")
    (root / "records/students/2TST/library-card.yml").write_text(record, encoding="utf-8")
    return root


@pytest.mark.parametrize(("on", "codes"), [(date(2026, 12, 4), []), (date(2026, 12, 5), ["DUE-01"])])
def test_schema_grant_and_record_are_sound_until_the_book_is_due(tmp_path: Path, on: date, codes: list[str]) -> None:
    root = with_the_kind(tmp_path)
    told = run("check", "--campus", root, "--as-of", on.isoformat(), "--format", "json")
    assert [one["code"] for one in json.loads(told.out) if one["pointer"].startswith("/books")] == codes
    asked = " ".join(run("schema", "library_card", "--questions", "--campus", root).out.split())
    assert "Which books?" in asked
    assert "By when is it back?" in asked


def test_the_package_puts_its_section_before_the_record_on_the_page(tmp_path: Path) -> None:
    (package,) = shown("python")
    (tmp_path / "kind.py").write_text(package, encoding="utf-8")
    made = runpy.run_path(str(tmp_path / "kind.py")).values()
    (kind,) = [value for value in made if isinstance(value, KindOfRecord)]
    registry = SchemaRegistry.load(schemas(), with_the_kind(tmp_path) / "schemas")
    record = StudentRecord(kind=kind.name, path="library-card", data=yaml.safe_load(shown("yaml")[1]))
    read = reading_of(projected({"student": {}}), replace(around(), kinds=registry.kinds))
    read = replace(read, parts=frozenset({(kind.name, "books")}), records={kind.name: (record,)})
    first = {kind.name: tuple(kind.sections[kind.name].values())}
    (page,) = pages_of_own_kinds(read, (), first)
    count, books = sections_of(page, read)
    templates = Templates(site_templates(), None)
    assert '<th role="rowheader" scope="row">1</th>' in templates.render(count.section.template, count.values or {})
    assert "The Heron" in templates.render(books.section.template, books.values or {})
