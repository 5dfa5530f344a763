"""A copy of a shipped schema that lacks the words for a field's codes is told (ACC-14): pages would show the code."""

from __future__ import annotations

from pathlib import Path

from sendbook.campus.folder import CampusFolder
from sendbook.checks.finding import Finding
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks.schema_kit import Schema, field, own_kind, put, registry, write
from tests.checks_kit import tiny_campus
from tests.conftest import ON

SETTING = ("provision", "-", "setting")


def found(root: Path) -> list[Finding]:
    return [
        one
        for one in inspect_records(CampusFolder(root, registry(root)), ON, rules=RULE_BOOK).findings
        if one.code == "ACC-14"
    ]


def test_each_field_without_its_words_is_told_where_it_stands(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)

    def as_it_was(schema: Schema) -> None:
        for steps in (SETTING, ("cycles", "-", "review", "decision")):
            field(schema, *steps).pop("x-words")

    write(root, "plan", as_it_was)
    setting, decision = found(root)
    assert (setting.severity, setting.path, setting.pointer) == (
        "warning",
        "schemas/plan.schema.json",
        "/provision/-/setting",
    )
    lines = (root / setting.path).read_text(encoding="utf-8").splitlines()
    assert '"setting": {' in lines[(setting.line or 0) - 1]
    assert "“withdrawal”" in setting.message
    assert "“continue”, “change” and “step_up” and others" in decision.message


def test_a_plain_copy_words_of_ones_own_and_a_code_that_was_taken_out_are_silent(tmp_path: Path) -> None:
    root = tiny_campus(tmp_path)
    for edit in (
        lambda _: None,
        put(*SETTING, x_words={"withdrawal": "In a quiet room"}),
        lambda schema: field(schema, *SETTING).pop("x-words") and put(*SETTING, enum=["in_class", "online"])(schema),
    ):
        write(root, "plan", edit)
        assert found(root) == []
    own_kind(root, "students/{student}/log.yml", "log")
    assert found(root) == []
