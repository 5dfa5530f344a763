"""One check tells everything: a shared record that is wrong, or a file out of place, hides only what rests on it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example
from sendbook.checks.whole import inspect_records
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import FATHER, tiny_campus

ON = date(2026, 11, 23)
STUDENT = "records/students/2TST"
PLAN, PROFILE = f"{STUDENT}/plan.yml", f"{STUDENT}/profile.yml"
SUMMARY = "Eli reads slowly"
OTHER = "records/students/3SYN/student.yml"
_SENTENCE = """tests:
  - id: no-summary
    sentence: No family reads a plan.
    who:
      - family
    sees: never
    kind: plan
    parts:
      - plan
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Two students, of whom one has parents who live apart; nothing is wrong."""
    root = tiny_campus(tmp_path / "campus")
    grants = (example() / "records/access.yml").read_text(encoding="utf-8").split("\ncovers:")[0]
    (root / "records/access.yml").write_text(f"{grants}\n", encoding="utf-8")
    (root / "records/people/p-5eee.yml").write_text(
        "id: p-5eee\nname:\n  full: Samuel Kofi Darko\n  known_as: Mr Darko\nfamily:\n  phone: 07700 900387\n",
        encoding="utf-8",
    )
    (root / "records/people/p-6fff.yml").write_text(
        "id: p-6fff\nname:\n  full: Nadia Thistlewood\n  known_as: Ms Thistlewood\nfamily:\n  phone: 07700 900481\n",
        encoding="utf-8",
    )
    header = (root / STUDENT / "student.yml").read_text(encoding="utf-8")
    alone = header[: header.index("family:")] + header[header.index("rights:") :]
    alone = alone.replace("2TST", "3SYN").replace("Eli Student", "Freya Lindholm-Shaw").replace(": Eli", ": Freya")
    (root / OTHER).parent.mkdir()
    (root / OTHER).write_text(alone, encoding="utf-8")
    change(root, f"{STUDENT}/student.yml", "\nrights:", FATHER)
    change(root, "records/people/p-4ddd.yml", "family:", "family:\n  phone: 07700 900214")
    return root


def change(root: Path, path: str, before: str, after: str) -> None:
    text = (root / path).read_text(encoding="utf-8")
    assert text.count(before) == 1
    (root / path).write_text(text.replace(before, after), encoding="utf-8")


def added(root: Path, path: str, text: str) -> None:
    with (root / path).open("a", encoding="utf-8") as file:
        file.write(text)


def told(root: Path, registry: SchemaRegistry, cache: ParseCache | None = None) -> list[tuple[str, str]]:
    return [
        (one.code, one.path)
        for one in inspect_records(CampusFolder(root, registry), ON, cache, rules=RULE_BOOK).findings
    ]


def a_home_in_the_plan(root: Path) -> tuple[str, str]:
    change(root, PLAN, SUMMARY, "Ring 07700 900214. Eli reads slowly")
    return ("TXT-01", PLAN)


def a_name_in_the_plan(root: Path) -> tuple[str, str]:
    change(root, PLAN, SUMMARY, "Freya Lindholm-Shaw helps. Eli reads slowly")
    return ("TXT-02", PLAN)


def a_broken_promise(root: Path) -> tuple[str, str]:
    added(root, "records/access-tests.yml", _SENTENCE)
    return ("ACC-05", PLAN)


def a_late_day(root: Path) -> tuple[str, str]:
    change(root, PLAN, "review_due: 2026-12-10\nagreed_on", "review_due: 2026-11-10\nagreed_on")
    return ("PLAN-02", PLAN)


def stray(root: Path) -> str:
    added(root, "records/notes.yml", "said: On the telephone.\n")
    return "records/notes.yml"


def stray_in_a_folder(root: Path) -> str:
    (root / "records/people/archive").mkdir()
    added(root, "records/people/archive/p-9zzz.yml", "id: p-9zzz\n")
    return "records/people/archive/p-9zzz.yml"


def a_link(root: Path) -> str:
    (root / "records/notes.yml").symlink_to(root / "records/campus.yml")
    return "records/notes.yml"


def in_the_library(root: Path) -> str:
    added(root, "records/interventions/paired-reading.yml", "colour: green\n")
    return "records/interventions/paired-reading.yml"


def torn_library(root: Path) -> str:
    added(root, "records/interventions/paired-reading.yml", "name: [\n")
    return "records/interventions/paired-reading.yml"


def in_the_figures(root: Path) -> str:
    (root / "records/figures").mkdir()
    added(root, "records/figures/2026-autumn.yml", "id: 2026-autumn\n")
    return "records/figures/2026-autumn.yml"


def in_a_withdrawal(root: Path) -> str:
    added(root, "records/withdrawn.yml", "withdrawn: yes\n")
    return "records/withdrawn.yml"


def in_another_person(root: Path) -> str:
    added(root, "records/people/p-6fff.yml", "colour: green\n")
    return "records/people/p-6fff.yml"


def unknown_field(root: Path) -> str:
    added(root, "records/people/p-3ccc.yml", "colour: green\n")
    return "records/people/p-3ccc.yml"


def torn_lead(root: Path) -> str:
    added(root, "records/people/p-3ccc.yml", "name: [\n")
    return "records/people/p-3ccc.yml"


FAULTS = (a_home_in_the_plan, a_name_in_the_plan, a_broken_promise, a_late_day)
BESIDES = (
    stray,
    stray_in_a_folder,
    a_link,
    in_the_library,
    torn_library,
    in_the_figures,
    in_a_withdrawal,
    in_another_person,
)


@pytest.mark.sample(3)
@pytest.mark.parametrize("besides", BESIDES, ids=lambda one: one.__name__)
def test_a_students_faults_are_told_in_the_same_run(
    root: Path, registry: SchemaRegistry, besides: Callable[[Path], str], tmp_path: Path
) -> None:
    expected = {fault(root) for fault in FAULTS}
    alone = told(root, registry)
    assert expected <= set(alone)
    path = besides(root)
    both = told(root, registry)
    assert path in {where for _, where in both}
    assert [one for one in both if one[1] != path] == alone
    with ParseCache(tmp_path / "cache.db") as cache:
        assert [told(root, registry, cache) for _ in range(2)] == [both, both], "from memory as well"


@pytest.mark.sample(3)
@pytest.mark.parametrize("besides", BESIDES, ids=lambda one: one.__name__)
def test_nothing_is_told_of_good_records_next_to_it(
    root: Path, registry: SchemaRegistry, besides: Callable[[Path], str]
) -> None:
    before = told(root, registry)
    path = besides(root)
    assert [one for one in told(root, registry) if one[1] != path] == before


@pytest.mark.parametrize("colleague", [torn_lead, unknown_field], ids=["torn", "unknown field"])
def test_texts_are_looked_through_though_a_colleagues_record_is_wrong(
    root: Path, registry: SchemaRegistry, colleague: Callable[[Path], str]
) -> None:
    """Who leads the plan decides nothing of what may be in its texts."""
    expected = {a_home_in_the_plan(root), a_name_in_the_plan(root)}
    path = colleague(root)
    found = set(told(root, registry))
    assert path in {where for _, where in found}
    assert {one for one in found if one[0].startswith("TXT")} == expected


MISNAMED = [
    ("access.yml", "acces.yml"),
    ("access.yml", "access.yaml"),
    ("people/p-4ddd.yml", "people/p-4ddd.yaml"),
]


@pytest.mark.parametrize(("name", "wrong"), MISNAMED)
def test_a_record_under_a_wrong_name_is_one_mistake(
    root: Path, registry: SchemaRegistry, name: str, wrong: str
) -> None:
    """What rests on it is not asked: without the record all of it would look wrong."""
    before = set(told(root, registry))
    (root / "records" / name).rename(root / "records" / wrong)
    assert set(told(root, registry)) - before == {("unknown-place", f"records/{wrong}")}
