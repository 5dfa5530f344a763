"""A publisher that goes on running tells of the past what a build that knows nothing would tell."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import yaml
from rich.console import Console

from sendbook.access.basis import Basis
from sendbook.access.student_file import SaidLast
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.cli.synthesise import synthesise
from sendbook.history.lookback import LookedBack
from sendbook.history.versions import Line
from sendbook.site.build.build import Options, Publisher
from sendbook.site.build.kept_pasts import DAYS, STUDENTS, KeptPast, KeptPasts
from tests.conftest import ON
from tests.history.kit import Repo
from tests.site.rests_on_kit import Changes
from tests.site.test_publisher import everything, fresh, publisher_of, settled

ALONE = Options(workers=1)
PLAN = "records/students/2TST/plan.yml"


def past_of(basis: Basis, days: int = 1) -> KeptPast:
    seen = {"stands": (None,) * days}
    looked_back = LookedBack(
        basis=basis,
        moments=(),
        said=SaidLast(),
        days=(),
        judged={},
        seen=seen,  # type: ignore[arg-type] # only counted
    )
    return KeptPast(line=Line(), answered={}, looked_back=looked_back, persons={}, told={})


@pytest.fixture
def basis(registry: SchemaRegistry) -> Basis:
    return Basis.of(Campus([], registry))


def test_the_pasts_of_a_few_students_are_kept_and_no_more(basis: Basis) -> None:
    pasts = KeptPasts()
    for number in range(STUDENTS + 2):
        pasts.keep(f"{number}", past_of(basis))
        pasts.keep("0", past_of(basis))  # worked on all the time
    assert pasts.of("0") is not None
    assert [pasts.of("1"), pasts.of("2")] == [None, None]
    assert pasts.of("3") is not None


def test_a_very_long_past_takes_the_place_of_others_or_is_not_kept(basis: Basis) -> None:
    pasts = KeptPasts()
    pasts.keep("one", past_of(basis, 10))
    pasts.keep("long", past_of(basis, DAYS))
    assert pasts.of("one") is None
    assert pasts.of("long") is not None
    pasts.keep("longer", past_of(basis, DAYS + 1))
    assert [pasts.of("long"), pasts.of("longer")] == [None, None]


def test_what_rests_on_other_shared_records_and_students_who_are_gone_are_forgotten(
    basis: Basis, registry: SchemaRegistry
) -> None:
    pasts = KeptPasts()
    pasts.keep_only(basis, {"one", "two"})
    for student in ("one", "two"):
        pasts.keep(student, past_of(basis))
    pasts.keep_only(basis, {"two"})
    assert pasts.of("one") is None
    assert pasts.of("two") is not None
    pasts.keep_only(Basis.of(Campus([], registry)), {"two"})
    assert pasts.of("two") is None


def kept(publisher: Publisher) -> KeptPast:
    past = publisher._kept.pasts.of("2TST")
    assert past is not None
    return past


def test_a_save_and_a_commit_go_on_from_the_past_that_is_kept(tmp_path: Path) -> None:
    repo, state = Repo.begun(tmp_path / "campus"), tmp_path / "state"
    state.mkdir(mode=0o700)
    with publisher_of(repo.root, state) as publisher:
        publisher.publish(ON, ALONE)
        first = kept(publisher)
        repo.changed("2026-10-05", "minutes: ", "minutes: 1", PLAN)
        publisher.publish(ON, ALONE)
        second = kept(publisher)
        assert second.line.moments[: len(first.line.moments)] == first.line.moments
        assert all(one is other for one, other in zip(second.line.moments, first.line.moments, strict=False))
        assert second.looked_back.days[0][1] is first.looked_back.days[0][1]
        assert set(first.told) <= set(second.told)
        assert everything(state) == fresh(repo.root, tmp_path / "fresh")


def test_a_history_that_is_written_anew_leaves_nothing_of_the_old_one(tmp_path: Path) -> None:
    repo, state = Repo.begun(tmp_path / "campus"), tmp_path / "state"
    state.mkdir(mode=0o700)
    with publisher_of(repo.root, state) as publisher:
        repo.changed("2026-10-05", "minutes: ", "minutes: 1", PLAN)
        publisher.publish(ON, ALONE)
        before = kept(publisher)
        repo.change("minutes: 1", "minutes: 2", PLAN)
        repo.commit("2026-10-05", "--amend")
        publisher.publish(ON, ALONE)
        assert not set(map(id, before.line.moments)) & set(map(id, kept(publisher).line.moments))
        assert everything(state) == fresh(repo.root, tmp_path / "fresh")


class Days:
    """What people do to a campus kept in git, at random; what they did may be wrong, and then it is put back."""

    def __init__(self, repo: Repo, seed: int) -> None:
        self._repo, self._random, self._day = repo, random.Random(seed), ON - timedelta(days=40)
        self._changes = Changes(repo.root, seed, students=True)
        self._done: tuple[Path, str] | None = None

    def next(self) -> str:
        """Does one thing, and says what."""
        does: list[Callable[[], None]] = [self._edit] * 4 + [self._commit] * 4
        does += [self._amend, self._remove, self._withdraw, self._permit_less]
        chosen = self._random.choice(does)
        self._done = None
        chosen()
        return chosen.__name__

    def put_back(self) -> None:
        """Puts the file back as it was; a new one is deleted."""
        if self._done is not None:
            path, text = self._done
            path.write_text(text, encoding="utf-8") if text else path.unlink()

    def _edit(self) -> None:
        self._done = self._changes.next()

    def _commit(self) -> None:
        self._day += timedelta(days=self._random.choice((0, 0, 1, 2, -1)))
        self._repo.commit(f"{self._day}")

    def _amend(self) -> None:
        self._repo.commit(f"{self._day}", "--amend")

    def _remove(self) -> None:
        found = sorted((self._repo.root / "records/students").glob("*/[!s]*/*.yml"))
        if found:
            self._taken(self._random.choice(found), "").unlink()

    def _withdraw(self) -> None:
        plans = sorted((self._repo.root / "records/students").glob("*/plan.yml"))
        plan = self._random.choice(plans).relative_to(self._repo.root / "records").as_posix().removesuffix(".yml")
        entry = {"id": "slip", "record": plan, "on": f"{self._day}", "reason": "It was of another child."}
        pointer = self._random.choice(({}, {"pointer": "/summary"}, {"pointer": "/provision"}))
        path = self._repo.root / "records/withdrawn.yml"
        self._taken(path, yaml.safe_dump({"withdrawn": [{**entry, **pointer}]}, sort_keys=False))

    def _permit_less(self) -> None:
        path = self._repo.root / "records/access.yml"
        access = yaml.safe_load(path.read_text(encoding="utf-8"))
        grant = self._random.choice([one for one in access["grants"] if isinstance(one.get("records"), dict)])
        del grant["records"][self._random.choice(sorted(grant["records"]))]
        access["grants"] = [one for one in access["grants"] if one.get("records") != {}]
        self._taken(path, yaml.safe_dump(access, sort_keys=False, allow_unicode=True))

    def _taken(self, path: Path, text: str) -> Path:
        self._done = path, path.read_text(encoding="utf-8") if path.exists() else ""
        path.write_text(text, encoding="utf-8")
        return path


@pytest.mark.slow
@pytest.mark.parametrize("seed", [2])
def test_whatever_is_done_to_a_campus_in_git_all_is_as_a_fresh_build_would_make_it(tmp_path: Path, seed: int) -> None:
    """One publisher all the time; every sixth time it is compared with a build that knows nothing."""
    root, state = tmp_path / "campus", tmp_path / "state"
    state.mkdir(mode=0o700)
    synthesise(root, 2, seed, ON, Console(quiet=True))
    repo = Repo(root, root)
    repo.git("init", "--quiet", "--initial-branch=main")
    repo.commit(f"{ON - timedelta(days=50)}")
    days, done = Days(repo, seed), list[str]()
    with publisher_of(root, state) as publisher:
        publisher.publish(ON, ALONE)
        for number in range(18):
            done.append(days.next())
            if number % 2:
                settled(root)
            if not publisher.publish(ON, ALONE).is_whole:
                days.put_back()
                publisher.publish(ON, ALONE)
            if number % 6 == 5:
                assert everything(state) == fresh(root, tmp_path / f"fresh-{number}"), done
