"""What is remembered of a student's earlier versions is made again when one of theirs is committed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

from sendbook.site.build.past_told import PastTold
from tests.conftest import ON

OTHER = "3TST"


def test_what_is_remembered_of_a_student_rests_on_their_own_commits(tmp_path: Path) -> None:
    """Without a history there are none, and it rests on the code alone."""

    def stamp(student: str, **marks: str) -> str:
        history: Any = SimpleNamespace(marks=lambda: marks)
        return PastTold(tmp_path, ON, history).stamp(student)

    first = stamp("2TST", **{"2TST": "first", OTHER: "first"})
    assert stamp("2TST", **{"2TST": "first", OTHER: "second"}) == first
    assert stamp("2TST", **{"2TST": "second", OTHER: "first"}) != first
    assert PastTold(tmp_path, ON, None).stamp("2TST") == stamp("2TST")
