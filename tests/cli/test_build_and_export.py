"""``sendbook build`` and ``export``: published whole or not at all; one reader's site as plain files."""

from __future__ import annotations

import hashlib
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import pytest

from sendbook.access.people import People
from sendbook.bundle import Bundle
from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus
from sendbook.campus.schemas import SchemaRegistry
from sendbook.cli import build as build_steps
from sendbook.cli.state_copy import copied
from sendbook.site.build.build import build
from tests.cli.kit import DAY, Told, run, small_campus
from tests.conftest import ON, Site, copy_site


def digests(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


@dataclass(frozen=True)
class Built:
    """A built site that a test may change."""

    root: Path
    state: Path
    campus: Campus

    @property
    def bundle(self) -> Path:
        return self.state / "site/bundle.db"

    def run(self, command: str, *more: str | Path) -> Told:
        return run(command, *more, "--campus", self.root, "--state", self.state, *DAY)

    def somebody(self, role: str) -> str:
        """The id of a person with a duty."""
        return next(one.id for one in People.from_campus(self.campus) if role in one.roles_on(ON))

    def has_site(self, reader: str) -> bool:
        with Bundle.reading(self.bundle) as bundle:
            return reader in bundle.readers()

    def pages(self) -> list[tuple[object, ...]]:
        with Bundle.reading(self.bundle) as bundle:
            return bundle.connection.execute("SELECT * FROM page ORDER BY 1, 2, 3").fetchall()


def students_seen(built: Built) -> set[str]:
    """Those who have the pages of a student."""
    with Bundle.reading(built.bundle) as bundle:
        return {row[0] for row in bundle.connection.execute("SELECT reader FROM scope WHERE length(subject) = 4")}


@pytest.fixture(scope="module")
def small_site(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Site:
    """A small campus and its site: enough to ask what a command says and leaves behind."""
    folder = tmp_path_factory.mktemp("small")
    site = Site(small_campus(folder / "campus"), folder / "state")
    site.state.mkdir(mode=0o700)
    assert build(CampusFolder(site.root, registry), ON, site.state).is_whole
    return site


def _built(site: Site, registry: SchemaRegistry) -> Built:
    return Built(root=site.root, state=site.state, campus=CampusFolder(site.root, registry).load().campus)


@pytest.fixture
def small(small_site: Site, registry: SchemaRegistry, tmp_path: Path) -> Built:
    return _built(copy_site(small_site, tmp_path / "small"), registry)


@pytest.fixture
def built(own_site: Site, registry: SchemaRegistry) -> Built:
    """The example campus."""
    return _built(own_site, registry)


def test_a_build_says_what_it_published_and_a_second_has_nothing_to_do(small) -> None:
    first, second = small.run("build"), small.run("build")
    assert (first.code, second.code) == (0, 0)
    assert first.out.startswith("The site is published: 1 student, ")
    assert ", 0 pages made new, own pages for 0 readers." in second.out


def test_an_error_leaves_the_good_site_standing(small) -> None:
    pages = small.pages()
    plan = next(small.root.glob("records/students/*/plan.yml"))
    plan.write_text("state: [", encoding="utf-8")
    told = small.run("build")
    assert told.code == 1
    assert plan.name in told.out
    held = f"the pages of student {plan.parent.name}, because of {plan.relative_to(small.root)}"
    assert told.out.endswith(f"Held back until it is corrected:\n  {held}\n")
    own = [page for page in small.pages() if page[0] == plan.parent.name]
    assert own == [page for page in pages if page[0] == plan.parent.name]


@pytest.mark.slow
def test_an_export_while_something_is_held_back_says_so(built, tmp_path: Path) -> None:
    plan = next(built.root.glob("records/students/*/plan.yml"))
    plan.write_text("state: [", encoding="utf-8")
    told = built.run("export", built.somebody("senco"), tmp_path / "out")
    assert told.code == 1
    assert "or not at all" in told.out
    assert (tmp_path / "out" / "index.html").is_file()


@pytest.mark.slow
def test_a_build_that_nobody_watches_tells_no_value_of_a_record(built) -> None:
    """What it prints may end in a log; the place and what to do are told all the same."""
    path = built.root / "records/students/7NVF/student.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("year_group: ", "year_group: Kwame-Secret #"), encoding="utf-8")
    told = built.run("build")
    assert told.code == 1
    assert "records/students/7NVF/student.yml" in told.out
    assert "Kwame" not in told.out + told.err


@pytest.mark.slow
def test_it_is_told_where_erased_pages_still_stand_in_the_log(built, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "bundle.db-wal" not in built.run("build").out
    monkeypatch.setattr(Bundle, "empty_log", lambda _bundle: False)
    assert "is still in bundle.db-wal" in built.run("build").out


@pytest.mark.slow
def test_a_build_before_every_term_and_after_them_publishes_or_tells_why_not(built) -> None:
    for day in ("2015-01-05", "2040-06-01"):
        told = run("build", "--campus", built.root, "--state", built.state, "--as-of", day)
        assert told.code in (0, 1)
        assert told.err == ""


@pytest.mark.slow
def test_an_export_is_the_readers_site_and_makes_the_same_bytes_twice(built, tmp_path: Path) -> None:
    senco = built.somebody("senco")
    told = built.run("export", senco, tmp_path / "one")
    assert told.code == 0
    assert told.out.splitlines()[-1].startswith(f"{len(digests(tmp_path / 'one')) - 1} files for {senco}")
    assert (tmp_path / "one" / "index.html").is_file()
    built.run("export", senco, tmp_path / "two")
    assert digests(tmp_path / "one") == digests(tmp_path / "two")


def test_an_export_leaves_the_site_that_is_served_as_it_is(small, tmp_path: Path) -> None:
    """Neither another day nor what is still being edited is shown to its readers; what is withdrawn stays so."""
    teacher = next(one for one in sorted(students_seen(small)) if one.startswith("p-"))
    before = small.pages(), digests(small.state / "site")
    header = next((small.root / "records/students").glob("*/student.yml"))
    header.write_text(header.read_text("utf-8").replace("known_as: ", "known_as: Changed ", 1), encoding="utf-8")
    later = ("--as-of", (ON + timedelta(days=60)).isoformat())
    told = run("export", teacher, tmp_path / "out", "--campus", small.root, "--state", small.state, *later)
    assert told.code == 0, told
    assert "The site is made, apart from the one that is served" in told.out
    assert (small.pages(), digests(small.state / "site")) == before
    assert list(small.state.glob("apart-*")) == []


def test_a_committee_member_gets_no_student_at_all(built, tmp_path: Path) -> None:
    built.run("export", built.somebody("committee_member"), tmp_path / "out")
    names = " ".join(digests(tmp_path / "out"))
    assert names
    assert not [student for student in built.campus.students if student in names]


@pytest.mark.slow
def test_an_export_may_be_replaced_by_a_newer_one_but_no_other_folder_is(built, tmp_path: Path) -> None:
    senco = built.somebody("senco")
    assert built.run("export", senco, tmp_path / "out").code == 0
    assert built.run("export", senco, tmp_path / "out").code == 0
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    assert "name a new folder" in built.run("export", senco, tmp_path / "mine").sentence
    assert (tmp_path / "mine" / "letter.txt").read_text() == "keep me"


def test_an_export_for_nobody_or_into_a_folder_of_something_else_is_refused_before_anything_is_built(
    small, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build(*_: object) -> None:
        raise AssertionError("the whole site is built for nothing")

    monkeypatch.setattr(build_steps.Publisher, "publish", build)
    for nobody in ("p-0000", "9ZZZ", "campus", "students/7NVF", ""):
        assert f"nobody with the id “{nobody}”" in small.run("export", nobody, tmp_path / "out").sentence
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("keep me")
    assert "name a new folder" in small.run("export", small.somebody("senco"), tmp_path / "mine").sentence
    assert [path.name for path in tmp_path.iterdir() if path.name == "out"] == []


@pytest.mark.slow
def test_an_export_for_somebody_who_reads_nothing_on_that_day_is_refused(built, tmp_path: Path) -> None:
    gone = next(one.id for one in People.from_campus(built.campus) if one.name and not built.has_site(one.id))
    told = built.run("export", gone, tmp_path / "out").sentence
    assert f"no site for “{gone}”" in told
    assert "a student a decision about an account" in told
    assert not (tmp_path / "out").exists()


def test_an_export_does_not_go_among_the_records(small) -> None:
    target = small.root / "records" / "people" / "out"
    assert "Name another folder" in small.run("export", small.somebody("senco"), target).sentence
    assert not target.exists()


def test_the_state_lies_in_the_campus_private_and_out_of_git_unless_named(small: Built) -> None:
    person = small.somebody("senco")
    assert run("account", person, "--disable", "--campus", small.root).code == 0
    state = small.root / ".sendbook"
    assert state.stat().st_mode & 0o777 == 0o700
    assert (state / ".gitignore").read_text() == "*\n"


def test_a_state_folder_others_can_read_is_refused_and_left_as_it_is(small, tmp_path: Path) -> None:
    (tmp_path / "open").mkdir(mode=0o755)
    told = run("build", "--campus", small.root, "--state", tmp_path / "open", *DAY)
    assert "can be read by others" in told.sentence
    assert (tmp_path / "open").stat().st_mode & 0o777 == 0o755
    assert list((tmp_path / "open").iterdir()) == []


def test_a_site_database_that_is_none_is_told_and_not_overwritten(small) -> None:
    small.bundle.write_text("my notes")
    assert small.run("build").sentence
    assert small.bundle.read_text() == "my notes"


def test_what_is_copied_for_an_export_is_private_and_each_file_as_it_is(tmp_path: Path) -> None:
    state = tmp_path / "state"
    (state / "site").mkdir(parents=True, mode=0o700)
    (state / "build").mkdir(mode=0o700)
    (state / "gate").mkdir(mode=0o700)
    (state / "site/odd.db").write_bytes(b"This is no database, whatever it is called.")
    (state / "build/build.lock").touch()
    with closing(sqlite3.connect(state / "site/bundle.db")) as written:
        written.execute("PRAGMA journal_mode = WAL")
        written.execute("CREATE TABLE page (path)")
        written.execute("INSERT INTO page VALUES ('/')")
        written.commit()
        with copied(state) as apart:
            found = sorted(str(path.relative_to(apart)) for path in apart.rglob("*") if path.is_file())
            assert found == ["site/bundle.db", "site/odd.db"]
            assert apart.stat().st_mode & 0o077 == (apart / "site").stat().st_mode & 0o077 == 0
            assert (apart / "site/odd.db").read_bytes() == (state / "site/odd.db").read_bytes()
            with closing(sqlite3.connect(apart / "site/bundle.db")) as copy:
                assert copy.execute("SELECT path FROM page").fetchall() == [("/",)]
    assert not apart.exists()
