"""Of two who would sign in with one address, the one whose address is new is held back; both are reported."""

from __future__ import annotations

import json
from pathlib import Path

from sendbook.bundle import Bundle
from sendbook.bundle.addresses import stands_for
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import SHARED, CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.site.build.same_addresses import clashes
from sendbook.site.build.student_jobs import StudentJob
from tests.checks_kit import tiny_campus

HEADER = "records/students/{}/student.yml"


def test_a_student_who_had_the_address_keeps_their_pages_and_the_one_who_is_given_it_is_held_back(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    folder = CampusFolder(tiny_campus(tmp_path / "campus"), registry)
    sound = (folder.root / HEADER.format("2TST")).read_text(encoding="utf-8")
    for student, address in (("2TST", "eli@tiny.example"), ("3SYN", "ELI@tiny.example"), ("4QRS", "ada@tiny.example")):
        header = folder.root / HEADER.format(student)
        header.parent.mkdir(exist_ok=True)
        header.write_text(f"{sound.replace('2TST', student)}sign_in:\n  email: {address}\n", encoding="utf-8")
    scan, before = folder.scan(), {"2TST": "eli@tiny.example", "3SYN": "syn@tiny.example", "4QRS": "ada@tiny.example"}
    changed = [StudentJob(student="3SYN", entries=scan.unit("3SYN"))]
    with ParseCache(tmp_path / "cache.db") as cache, Bundle.create(tmp_path / "bundle.db") as bundle:
        with bundle.publish() as change:
            known = {student: ["Name", stands_for(address), ""] for student, address in before.items()}
            change.remember("~readers", "students", json.dumps(known).encode())
        shared = folder.load(scan.unit(SHARED), cache).campus
        held, told = clashes(folder, scan, shared, bundle, cache, changed)
    assert {student: [one.code for one in errors] for student, errors in held.items()} == {"3SYN": ["same-sign-in"]}
    assert [one.path for one in told] == [HEADER.format("2TST"), HEADER.format("3SYN")]
