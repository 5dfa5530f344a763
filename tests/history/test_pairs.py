"""Before and after, as a SENDCo would tell it: every folder of ``pairs/`` is a case, its expectation written first."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.campus.strict_yaml import parse
from sendbook.history.comparison import compare
from sendbook.history.names import Names
from sendbook.history.narration import Passage, narrate
from sendbook.kinds.all_kinds import TELLERS
from tests.fast_yaml import read_yaml

PAIRS = Path(__file__).parent / "pairs"
KINDS = SchemaRegistry.load(schemas()).kinds
CASES = sorted(path for path in PAIRS.iterdir() if path.is_dir())


def side(folder: Path, name: str, kind: str) -> dict[str, Record]:
    """A side of a pair as a projection of one record; nothing where the file is not there."""
    path = folder / f"{name}.yml"
    if not path.exists():
        return {}
    parsed = parse(path.read_bytes(), path.name)
    assert parsed.data is not None, parsed.problems
    record = Record(id=f"students/2TST/{kind}", kind=kind, student="2TST", path="", digest=name, data=parsed.data)
    return {record.id: record}


def names(voice: Any) -> Names:
    """What a projection of shared records would call people and things."""
    said = read_yaml((PAIRS / "names.yml").read_text(encoding="utf-8"))
    return Names(voice=voice, units=said.pop("units"), family=said.pop("family"), linked=said)


def as_lines(passages: tuple[Passage, ...]) -> str:
    """Headings and sentences as the expectations are written."""
    blocks = ["\n".join([one.heading, *(f"- {sentence.marked()}" for sentence in one.sentences)]) for one in passages]
    return "\n\n".join(blocks).replace("\N{NO-BREAK SPACE}", " ")


def case_of(folder: Path) -> dict[str, Any]:
    """Of which kind of record a pair is, and for whose reading; of a plan and for staff unless it says otherwise."""
    path = folder / "case.yml"
    return {"kind": "plan", "voice": "staff"} | (read_yaml(path.read_text(encoding="utf-8")) if path.exists() else {})


@pytest.mark.parametrize("folder", CASES, ids=lambda folder: folder.name)
def test_a_change_is_told_as_a_sendco_would_tell_it(folder: Path, registry: SchemaRegistry) -> None:
    case = case_of(folder)
    before, after = side(folder, "before", case["kind"]), side(folder, "after", case["kind"])
    events = compare(before, after, registry.kinds)
    told = narrate(events, before, after, registry.kinds, names(case["voice"]), tellers=TELLERS)
    expected = (folder / "expected.txt").read_text(encoding="utf-8").strip()
    assert "\n\n".join(as_lines(account.passages) for account in told) == expected


def test_there_are_twenty_pairs_and_each_has_all_it_needs() -> None:
    assert len(CASES) >= 20
    for folder in CASES:
        assert (folder / "after.yml").exists() or (folder / "before.yml").exists()
        assert (folder / "expected.txt").exists()


@pytest.mark.parametrize("kind", [kind.name for kind in KINDS.values() if kind.of_student])
def test_each_kind_of_a_students_records_has_a_pair_in_which_it_changes(kind: str) -> None:
    changed = [path for path in CASES if (path / "before.yml").exists() and (path / "after.yml").exists()]
    assert kind in {case_of(path)["kind"] for path in changed}, (
        f"add a folder to tests/history/pairs with before.yml and after.yml of the kind “{kind}”, and what “What "
        "changed” says of it in expected.txt"
    )
