"""Promise one holds for the past: what was hidden in any version, and who kept it and how often, changes no byte.

The past is told from projections of every version; so two campuses whose versions differ only in hidden leaves, with a
version more in which nothing visible changed, kept by other people, must give the reader the same site.
"""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from sendbook.campus.records import Campus, Record
from sendbook.history.lookback import Lookback
from sendbook.pages.changed_days import ChangedDay, WhatChanged
from sendbook.site.build import changes, student_build, student_jobs
from tests.conftest import Site
from tests.noninterference.conftest import Find
from tests.noninterference.oracle import visible
from tests.noninterference.sites import Then, differences, site_of

MOTHER, TEACHER, SENCO, STUDENT = "p-1ge7", "p-kp3j", "p-gba7", "7NVF"


def before(campus: Campus, steps: int) -> Campus:
    """The campus as it may have been some versions ago: targets measured less often, help given otherwise."""
    return campus.with_records(_before(record, steps) for record in campus.of_kind("plan"))


def _before(record: Record, steps: int) -> Record:
    data = deepcopy(dict(record.data))
    for target in data.get("targets", ()):
        kept = target.get("progress", ())[: max(0, len(target.get("progress", ())) - steps)]
        target.pop("progress", None)
        if kept:
            target["progress"] = kept
    for line in data.get("provision", ()):
        if "minutes" in line.get("dosage", line):
            line.get("dosage", line)["minutes"] += 5 * steps
    return replace(record, data=data)


def past_of(campus: Campus) -> list[Then]:
    return [
        Then(day="2026-09-14", campus=before(campus, 2)),
        Then(day="2026-10-12", campus=before(campus, 1)),
        Then(day="2026-11-19", campus=campus),
    ]


def other_past_of(campus: Campus, reader: str, changed: Campus) -> list[Then]:
    """The same for the reader: other hidden leaves in each version, one version more, other people and words."""
    first, second = before(changed, 2), before(changed, 1)
    assert visible(first, reader) == visible(before(campus, 2), reader)
    assert visible(second, reader) == visible(before(campus, 1), reader)
    return [
        Then(day="2026-09-14", campus=first, author="Another Author", message="Begun"),
        Then(day="2026-10-12", campus=second, author="A Third Author", message="Something confidential"),
        Then(day="2026-10-30", campus=before(campus, 1), message="Only what is hidden"),
        Then(day="2026-11-19", campus=changed, author="Another Author", message="In the end"),
        Then(day="2026-11-20", campus=changed, message="Nothing at all"),
    ]


@pytest.fixture(scope="module")
def campus(few: Campus) -> Campus:
    """A few students are enough for a past to show."""
    return few


Worlds = Callable[[str], tuple[Campus, list[Then]]]


@pytest.fixture(scope="module")
def others(campus: Campus, hidden_changed: Find) -> Worlds:
    """The campus and the past that differ in what one reader may not see, made once a reader."""
    made: dict[str, tuple[Campus, list[Then]]] = {}

    def other(reader: str) -> tuple[Campus, list[Then]]:
        if reader not in made:
            changed, count = hidden_changed(campus, reader)
            assert count > 100
            made[reader] = changed, other_past_of(campus, reader, changed)
        return made[reader]

    return other


def history_in(site: dict[str, bytes]) -> bytes:
    return b"".join(content for path, content in sorted(site.items()) if "history" in path)


@pytest.mark.parametrize("reader", [MOTHER, pytest.param(TEACHER, marks=pytest.mark.slow),
                                    pytest.param(STUDENT, marks=pytest.mark.slow)])  # fmt: skip
def test_what_was_hidden_in_any_version_changes_no_byte(
    reader: str, campus: Campus, others: Worlds, example_site: Site, tmp_path: Path
) -> None:
    one = site_of(campus, reader, example_site, tmp_path / "one", past=past_of(campus))
    assert b'id="on-2026-10-12"' in history_in(one), "there has to be something told for this to prove anything"
    other, past = others(reader)
    assert differences(one, site_of(other, reader, example_site, tmp_path / "other", past=past)) == []


@pytest.mark.slow
def test_the_senco_sees_what_others_do_not(campus: Campus, others: Worlds, example_site: Site, tmp_path: Path) -> None:
    one = site_of(campus, SENCO, example_site, tmp_path / "one", past=past_of(campus))
    other, past = others(MOTHER)
    assert differences(one, site_of(other, SENCO, example_site, tmp_path / "other", past=past))


Leak = Callable[[pytest.MonkeyPatch], None]


def _told(patch: pytest.MonkeyPatch, spoil: Callable[[changes.Changes, WhatChanged], WhatChanged]) -> None:
    honest = changes.Changes.told_to
    patch.setattr(changes.Changes, "told_to", lambda self, *given: spoil(self, honest(self, *given)))


def a_day_on_which_nothing_changed_for_them(patch: pytest.MonkeyPatch) -> None:
    def all_days(made: changes.Changes, told: WhatChanged) -> WhatChanged:
        days = {one.day for one in told.days} | {moment.day for moment in made._moments}
        return replace(told, days=tuple(ChangedDay(day=day) for day in sorted(days, reverse=True)))

    _told(patch, all_days)


def how_often_it_was_kept(patch: pytest.MonkeyPatch) -> None:
    def counted(made: changes.Changes, told: WhatChanged) -> WhatChanged:
        return replace(told, days=(*told.days, ChangedDay(day=f"2025-01-{1 + len(made._moments) % 28:02}")))

    _told(patch, counted)


def whole_records_measured(patch: pytest.MonkeyPatch) -> None:
    honest = Lookback._found

    def found(self: Lookback, stands: Any, known: Any) -> Any:
        for seen in honest(self, stands, known):
            if (step := seen.step) is not None:
                records = [
                    one.data for moment in self._moments if moment.day == step.day for one in moment.records.values()
                ]
                step = replace(step, day=f"2026-09-{1 + len(repr(records)) % 28:02}")
            yield replace(seen, step=step)

    patch.setattr(Lookback, "_found", found)


def who_kept_it(patch: pytest.MonkeyPatch) -> None:
    def named(made: changes.Changes, told: WhatChanged) -> WhatChanged:
        kept_by = made._history.recorders(made._student)
        return replace(told, days=tuple(replace(one, by=tuple(sorted(kept_by[one.day]))) for one in told.days))

    _told(patch, named)


def a_page_named_by_its_versions(patch: pytest.MonkeyPatch) -> None:
    honest = student_jobs.build_student

    def named(world: Any, own: Campus, student: str, **kept: Any) -> student_build.StudentBuild:
        made = honest(world, own, student, **kept)
        history = kept.get("history")
        number = len(history.moments(student)) if history else 0
        pages = {
            key: {**below, f"/students/{student}/v{number}/": next(iter(below.values()))}
            for key, below in made.pages.items()
        }
        return replace(made, pages=pages)

    patch.setattr(student_jobs, "build_student", named)


LEAKS = (
    a_day_on_which_nothing_changed_for_them,
    how_often_it_was_kept,
    whole_records_measured,
    who_kept_it,
    a_page_named_by_its_versions,
)


#: Found every time; the others with the slow runs.
OFTEN = (how_often_it_was_kept,)


@pytest.mark.slow
@pytest.mark.parametrize(
    "leak",
    [pytest.param(leak, marks=() if leak in OFTEN else pytest.mark.slow, id=leak.__name__) for leak in LEAKS],
)
def test_a_leak_planted_in_the_past_is_found(
    leak: Leak, campus: Campus, others: Worlds, example_site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leak(monkeypatch)
    one = site_of(campus, MOTHER, example_site, tmp_path / "one", past=past_of(campus))
    other, past = others(MOTHER)
    assert differences(one, site_of(other, MOTHER, example_site, tmp_path / "other", past=past)) != []
