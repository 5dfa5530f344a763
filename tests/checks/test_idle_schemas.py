"""A schema file of the campus's own, or a definition in one, that has no effect is told (ACC-13)."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.schema_kit import Schema, own_kind, registry, write
from tests.checks_kit import tiny_campus
from tests.conftest import ON


def idle(root: Path) -> list[tuple[str, str]]:
    """Where schemas of the campus's own are told to have no effect."""
    findings = inspect_records(CampusFolder(root, registry(root)), ON, rules=RULE_BOOK).findings
    return [(one.path, one.pointer) for one in findings if one.code == "ACC-13"]


COMMON = "schemas/common.schema.json"


@pytest.mark.sample(3)
@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("log.json", True),
        ("log.schema.yml", True),
        ("log.schema.json.txt", True),
        ("log.Schema.JSON", True),
        ("own/log.schema.json", True),
        ("README.md", False),
        (".log.json", False),
        ("log.schema.json~", False),
    ],
)
def test_a_file_that_may_be_meant_as_a_schema_and_is_not_read_is_told(tmp_path: Path, name: str, told: bool) -> None:
    root = tiny_campus(tmp_path)
    file = root / "schemas" / name
    file.parent.mkdir(parents=True)
    file.write_text("{}", encoding="utf-8")
    assert idle(root) == ([(f"schemas/{name}", "")] if told else [])
    # Also where it comes once the schemas were read: they are the same, and what is not read is looked for each time.
    own_kind(root, "students/{student}/log.yml", "log")
    assert idle(root) == ([(f"schemas/{name}", "")] if told else [])
    file.unlink()
    assert idle(root) == []


def test_a_changed_definition_that_no_copy_refers_to_is_told_to_have_no_effect(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    write(root, "common", lambda schema: schema["$defs"]["phone"].update(maxLength=20))
    (finding,) = inspect_records(CampusFolder(root, registry(root)), ON, rules=RULE_BOOK).findings
    assert (finding.code, finding.severity, finding.path, finding.pointer) == (
        "ACC-13",
        "warning",
        COMMON,
        "/$defs/phone",
    )
    lines = (root / COMMON).read_text(encoding="utf-8").splitlines()
    assert '"phone": {' in lines[(finding.line or 0) - 1]
    assert "Copy the schema of the kind" in finding.remedy
    write(root, "plan")  # a copy in which no field is a telephone number
    assert idle(root) == [(COMMON, "/$defs/phone")]
    write(root, "person")
    assert idle(root) == []


def test_a_definition_that_works_by_way_of_another_is_silent_and_so_is_a_plain_copy(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    write(root, "common")
    assert idle(root) == []

    def through(schema: Schema) -> None:
        schema["$defs"]["prose"] = {"$ref": "#/$defs/line_of_ours"}
        schema["$defs"]["line_of_ours"] = {"type": "string", "maxLength": 90}

    write(root, "common", through)
    assert idle(root) == [(COMMON, "/$defs/prose")]
    write(root, "plan")
    assert idle(root) == []


def test_a_file_with_the_name_of_a_shipped_kind_or_of_page_headers_is_told_to_have_no_effect(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    (root / "schemas").mkdir()
    (root / "schemas/plan.schema.json").write_text('{"$defs": {"note": {"type": "string"}}}', encoding="utf-8")
    write(
        root, "front-matter", lambda schema: (schema["properties"].pop("summary"), schema["required"].remove("summary"))
    )
    assert idle(root) == [("schemas/front-matter.schema.json", ""), ("schemas/plan.schema.json", "")]
    own_kind(root, "students/{student}/log.yml", "log")
    (root / "schemas/plan.schema.json").rename(root / "schemas/ours.schema.json")
    (root / "schemas/front-matter.schema.json").unlink()
    assert idle(root) == []


def test_what_has_no_effect_is_told_also_where_all_else_is_known(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path / "campus")
    with ParseCache(tmp_path / "cache.db") as cache:

        def found() -> list[str]:
            return [
                one.code
                for one in inspect_records(CampusFolder(root, registry(root)), ON, cache, rules=RULE_BOOK).findings
            ]

        assert found() == []
        write(root, "common", lambda schema: schema["$defs"]["prose"].update(maxLength=90))
        assert found() == ["ACC-13"]
        (root / COMMON).unlink()
        assert found() == []
