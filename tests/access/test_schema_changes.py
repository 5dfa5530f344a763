"""What a campus's own schema changes of access is told, and neither other words nor another order of them is."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sendbook.access.schema_changes import own_changes
from tests.checks.schema_kit import Edit, Schema, field, registry, write


def told(root: Path, schema: str, edit: Edit) -> list[tuple[str, str, str, bool]]:
    """Place, before, now, and whether it was added, of all that an edited copy of a shipped schema changes."""
    write(root, schema, edit)
    return [(one.pointer, one.was, one.now, one.added) for one in own_changes(registry(root))]


def text(**more: Any) -> Schema:
    return {"title": "Swimming", "description": "How they swim.", "type": "string", **more}


def test_other_words_within_what_decides_who_sees_what_are_no_change(tmp_path: Path) -> None:
    """In a group of fields as in a list of them, at any depth."""

    def reworded(schema: Schema) -> None:
        for steps in (("sign_in", "email"), ("on_roll", "from"), ("family", "-", "access"), ("family", "-")):
            field(schema, *steps).update(title="Our word", description="In our words.")

    assert told(tmp_path, "student", reworded) == []


def test_another_order_of_the_same_schema_is_no_change(tmp_path: Path) -> None:
    def turned_round(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: turned_round(inner) for name, inner in reversed(value.items())}
        return value

    def edit(schema: Schema) -> None:
        found = turned_round(schema)
        schema.clear()
        schema.update(found, title="Our student")

    assert told(tmp_path, "student", edit) == []


def test_a_new_field_of_an_entry_is_added_and_takes_nothing_from_the_entry_s_part(tmp_path: Path) -> None:
    """Nothing that was in a part before is in another one now."""

    def edit(schema: Schema) -> None:
        entry = field(schema, "provision", "-")["properties"]
        entry |= {"swimming": text(**{"x-part": "swimming"}), "lane": text()}

    assert told(tmp_path, "plan", edit) == [
        ("/provision/-/lane", "nothing", "part provision", True),
        ("/provision/-/swimming", "nothing", "part swimming", True),
    ]


def test_a_piece_of_what_was_one_value_is_moved_where_it_is_in_another_part(tmp_path: Path) -> None:
    def edit(schema: Schema) -> None:
        pieces = {"own": text(), "shown": text(**{"x-part": "plan"})}
        notes = {"type": "object", "additionalProperties": False, "x-part": "senco_notes", "properties": pieces}
        schema["properties"]["senco_notes"] = {"title": "Notes", "description": "Notes.", **notes}

    assert told(tmp_path, "plan", edit) == [("/senco_notes/shown", "part senco_notes", "part plan", False)]
