"""A record that stands in for a newer version is the very one that was published."""

from __future__ import annotations

import zlib
from pathlib import Path

from sendbook.campus.records import Record
from sendbook.campus.shipped import site_templates
from sendbook.kinds.accessibility_plan.__init__ import PLAN_RECORD
from sendbook.site.build.build_handbook import PLAN_PATH, _with_last_plan
from sendbook.site.build.last_good import _packed, _plain, _record
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.shared_campus import own_templates

PLAN = Record(id=PLAN_RECORD, kind="accessibility_plan", student=None, path=PLAN_PATH, digest="new", data={"id": "a"})
OTHER = Record(id="campus", kind="campus", student=None, path="records/campus.yml", digest="c", data={"id": "tiny"})
LAST = Record(id=PLAN_RECORD, kind="accessibility_plan", student=None, path=PLAN_PATH, digest="old", data={"id": "b"})


class Last:
    """Has a last version of the plan, or none."""

    def __init__(self, *records: Record) -> None:
        self.records = {one.id: (one, "2026-11-22") for one in records}

    def get(self, record_id: str) -> tuple[Record, str] | None:
        return self.records.get(record_id)


def test_a_record_is_the_same_again() -> None:
    assert _record(_plain(PLAN)) == PLAN


def test_the_last_plan_stands_in_unless_it_leaks_or_is_not_there() -> None:
    in_use = RecordsInUse(records=(OTHER, PLAN))
    stands_in = _with_last_plan(in_use, Last(LAST), leaks=False)  # type: ignore[arg-type]
    assert (stands_in.records, stands_in.standing_in) == ((OTHER, LAST), {PLAN_RECORD})
    assert stands_in.left_out == frozenset()
    for last, leaks in ((Last(LAST), True), (Last(), False), (Last(), True)):
        without = _with_last_plan(in_use, last, leaks=leaks)  # type: ignore[arg-type]
        assert (without.records, without.standing_in, without.left_out) == ((OTHER,), frozenset(), {PLAN_PATH})


def test_a_campus_s_own_templates_are_a_folder_of_its_own(tmp_path: Path) -> None:
    assert own_templates(tmp_path) is None
    own = tmp_path / "site_templates"
    own.mkdir()
    assert own_templates(tmp_path) == own
    own.rmdir()
    own.symlink_to(site_templates(), target_is_directory=True)
    assert own_templates(tmp_path) is None


def test_what_is_packed_is_the_same_again_and_takes_no_room_for_spaces() -> None:
    said = {"on": "2026-11-23", "record": ["plan", {"a": [1, 2], "é": None}]}
    assert zlib.decompress(_packed(said)).decode() == '{"on":"2026-11-23","record":["plan",{"a":[1,2],"é":null}]}'
