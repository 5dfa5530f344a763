"""A record in readable lines: every value has one, and a change of any value is a change of a line."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.campus.strict_yaml import parse
from sendbook.history.comparison import compare
from sendbook.history.events import Moved
from sendbook.history.lines import kind_of, lines_of
from tests.cli.kit import run
from tests.history.records_at_random import pairs, record_of

KINDS = SchemaRegistry.load(schemas()).kinds
A_PAIR = st.sampled_from(["plan", "meeting"]).flatmap(lambda kind: st.tuples(st.just(kind), pairs(KINDS[kind])))
RECORDS = sorted((example() / "records").rglob("*.yml"))


@given(
    st.sampled_from(["plan", "profile", "meeting"]).flatmap(lambda kind: st.tuples(st.just(kind), pairs(KINDS[kind])))
)
def test_what_changed_in_a_record_changes_its_lines(made: tuple[str, tuple[Any, Any]]) -> None:
    kind, (before, after) = KINDS[made[0]], made[1]
    old, new = record_of(kind, before, "before"), record_of(kind, after, "after")
    events = [one for one in compare({old.id: old}, {new.id: new}, KINDS) if not isinstance(one, Moved)]
    assert (sorted(lines_of(kind, before)) != sorted(lines_of(kind, after))) >= bool(events)


def test_the_kind_of_every_record_is_known_from_its_files_own_name(registry: SchemaRegistry) -> None:
    for path in RECORDS:
        match = registry.match(path.relative_to(example() / "records").as_posix())
        data = parse(path.read_bytes(), path.name).data
        assert match is not None
        assert data is not None
        assert kind_of(registry, path.name, data) is match.kind, path


def test_a_sentence_of_a_text_has_a_line_of_its_own(registry: SchemaRegistry) -> None:
    plan = registry.kinds["plan"]
    data = {"summary": "She reads. She asks\nfor help.", "review_due": "2026-12-11"}
    assert list(lines_of(plan, data)) == [
        "Provision plan",
        "Review due: 2026-12-11",
        "In short: She reads.",
        "    She asks",
        "    for help.",
    ]


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("meeting", {"held_for": "p-4ddd"}, {"held_for": "p-5eee"}),
        ("meeting", {"held_for": ""}, {"held_for": "p-5eee"}),
        ("meeting", {"parent_views": [{"id": "v", "by": "p-4ddd"}]}, {"parent_views": [{"id": "v", "by": "p-5eee"}]}),
        ("meeting", {"led_by": "p-1aaa"}, {"led_by": "p-2bbb"}),
    ],
)
def test_another_person_is_another_line_at_home_and_at_work(
    kind: str, before: dict[str, Any], after: dict[str, Any], registry: SchemaRegistry
) -> None:
    lines = [list(lines_of(registry.kinds[kind], data)) for data in (before, after)]
    assert lines[0] != lines[1]
    assert "p-" in "\n".join(lines[1])


@pytest.mark.parametrize("text", [b"summary: [", b"\xff\xfe", b"", b"<<<<<<< HEAD\n", b"whim: 1\n"])
def test_what_is_no_record_is_printed_as_it_is(
    tmp_path: Path, text: bytes, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    (tmp_path / "plan.yml").write_bytes(text)
    from sendbook.cli.textconv import textconv

    assert textconv(tmp_path, tmp_path / "plan.yml") == 0
    assert capfdbinary.readouterr().out == text


def test_a_file_that_is_not_there_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "records/plan.yml"
    assert run("textconv", path).sentence == f"The FILE that textconv was given does not exist: {path}."
    monkeypatch.chdir(tmp_path)
    said = f"The FILE that textconv was given does not exist: records/plan.yml, looked for in {tmp_path}."
    assert run("textconv", "records/plan.yml").sentence == said
    assert run("textconv", tmp_path).sentence.startswith("The FILE that textconv was given is a folder: ")


def test_a_file_called_after_a_child_is_not_named_in_a_log(tmp_path: Path) -> None:
    told = run("textconv", tmp_path / "Amara Okafor.yml").sentence
    assert told.startswith("The FILE that textconv was given does not exist: ")
    assert "Okafor" not in told
