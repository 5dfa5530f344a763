"""A publisher that goes on running: what it keeps is what would be made anew, and goes with what it was made of."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path

import pytest
from rich.console import Console

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import has_errors
from sendbook.cli.synthesise import synthesise
from sendbook.errors import SchemaError
from sendbook.places import Places
from sendbook.site.build import build as building
from sendbook.site.build.build import Options, build
from sendbook.site.build.inspection import inspect
from sendbook.site.build.kept import Kept
from tests.cli.kit import small_campus
from tests.conftest import ON
from tests.site.rests_on_kit import Changes, beside, publisher_of, read, sent, settled, write


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    """A small campus whose files were all saved a while ago, so that they are known by their stamps."""
    root = small_campus(tmp_path / "campus")
    settled(root)
    return root


@pytest.fixture
def state(tmp_path: Path) -> Path:
    folder = tmp_path / "state"
    folder.mkdir(mode=0o700)
    return folder


def everything(state: Path) -> tuple[object, object]:
    bundle = Places(state).bundle
    return sent(bundle)[0], beside(bundle)


def fresh(root: Path, state: Path, on=ON) -> tuple[object, object]:
    state.mkdir(mode=0o700)
    build(CampusFolder(root, SchemaRegistry.load(schemas(), root / "schemas")), on, state, Options(workers=1))
    return everything(state)


def test_what_is_kept_is_given_for_the_same_basis_alone() -> None:
    kept, made = Kept(), iter("abcd")
    said = [kept.value("names", rests_on, lambda: next(made)) for rests_on in (1, 1, 2, None, 2)]
    assert said == ["a", "a", "b", "c", "d"]
    kept.forget()
    assert kept.value("names", 2, lambda: "anew") == "anew"


def test_publishing_again_makes_nothing_and_reads_no_file(
    campus: Path, state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with publisher_of(campus, state) as publisher:
        assert publisher.publish(ON).rendered > 0
        publisher.publish(ON)
        monkeypatch.setattr(CampusFolder, "read", lambda *_: pytest.fail("a file was read"))
        again = publisher.publish(ON)
    assert (again.published, again.rendered, again.readers) == (True, 0, 0)


def test_the_next_day_is_another_one(campus: Path, state: Path, tmp_path: Path) -> None:
    tomorrow = ON + timedelta(days=1)
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        publisher.publish(tomorrow)
        assert everything(state) == fresh(campus, tmp_path / "fresh", tomorrow)


def test_a_template_that_the_campus_gets_is_used_at_once(campus: Path, state: Path) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        own = campus / "site_templates/own"
        own.mkdir(parents=True)
        (own / "people.html").write_text("<h1>Ask the office.</h1>\n", encoding="utf-8")
        before = everything(state)
        publisher.publish(ON)
        assert everything(state) != before


def test_a_kind_that_comes_while_it_runs_is_published_and_its_links_are_looked_up(campus: Path, state: Path) -> None:
    """The links among shared records are kept only under the schemas that they were looked up by."""
    schema = (Path(__file__).parents[1] / "kinds/made_up/swimming.schema.json").read_text(encoding="utf-8")
    without_link = json.loads(schema)
    del without_link["properties"]["teacher"]["x-link"]
    own, record = campus / "schemas/swimming.schema.json", campus / "records/students/2TST/swimming/pool.yml"
    with publisher_of(campus, state) as publisher:
        assert publisher.publish(ON, Options(workers=1)).is_whole
        for folder in (own.parent, record.parent):
            folder.mkdir()
        own.write_text(json.dumps(without_link), encoding="utf-8")
        record.write_text("pool: Baths\nbegan: 2026-09-10\nteacher: p-zzzz\n", encoding="utf-8")
        assert publisher.publish(ON, Options(workers=1)).is_whole
        own.write_text(schema, encoding="utf-8")
        told = publisher.publish(ON, Options(workers=1))
    assert [one.code for one in told.findings if one.path == "records/students/2TST/swimming/pool.yml"] == [
        "link-to-nothing"
    ]


def test_a_schema_that_can_t_be_read_is_told_and_the_next_publication_goes_on(campus: Path, state: Path) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        before = everything(state)
        (campus / "schemas").mkdir()
        wrong = campus / "schemas/visit.schema.json"
        wrong.write_text("{", encoding="utf-8")
        with pytest.raises(SchemaError):
            publisher.publish(ON)
        wrong.unlink()
        assert publisher.publish(ON).is_whole
        assert everything(state) == before


@pytest.mark.parametrize("gone", ["cache", "bundle"])
def test_a_file_of_the_state_that_is_gone_is_made_again(campus: Path, state: Path, gone: str) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        before = everything(state)
        path: Path = getattr(Places(state), gone)
        for one in path.parent.glob(f"{path.name}*"):
            one.unlink()
        assert publisher.publish(ON).published
        assert everything(state) == before


def test_a_publication_that_fails_keeps_nothing(campus: Path, state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        with monkeypatch.context() as patch:

            def full(*_: object) -> None:
                raise OSError("the disk is full")

            patch.setattr(building, "_published", full)
            with pytest.raises(OSError, match="full"):
                publisher.publish(ON)
        assert publisher._kept._values == {}
        assert publisher.publish(ON).is_whole


def test_what_another_process_published_meanwhile_is_gone_on_from(campus: Path, state: Path, tmp_path: Path) -> None:
    with publisher_of(campus, state) as publisher:
        publisher.publish(ON)
        name = next((campus / "records/people").glob("*.yml"))
        name.write_text(name.read_text("utf-8").replace("known_as: ", "known_as: New ", 1), encoding="utf-8")
        assert publisher_of(campus, state).publish(ON).published
        publisher.publish(ON)
        assert everything(state) == fresh(campus, tmp_path / "fresh")


def test_a_record_that_is_written_again_is_as_sound_as_before(tmp_path: Path, registry: SchemaRegistry) -> None:
    """Or the random edits would only be undone."""
    synthesise(tmp_path / "campus", 1, 2, ON, Console(quiet=True))
    for path in (tmp_path / "campus/records").rglob("*.yml"):
        write(path, read(path))
    assert not has_errors(inspect(CampusFolder(tmp_path / "campus", registry), ON))


@pytest.mark.slow
@pytest.mark.parametrize("draw", range(4))
def test_after_a_hundred_random_edits_all_is_as_a_fresh_build_would_make_it(
    tmp_path: Path, state: Path, draw: int
) -> None:
    """One publisher for each quarter of them; every tenth time it is compared with a build that knows nothing."""
    root, edits = tmp_path / "campus", 25
    synthesise(root, 3, 2 + draw, ON, Console(quiet=True))
    changes = Changes(root, 3 + draw, students=True)
    with publisher_of(root, state) as publisher:
        assert publisher.publish(ON, Options(workers=1)).is_whole
        for number in range(1, edits + 1):
            path, text = changes.next()
            if number % 2:
                settled(root)
            if not publisher.publish(ON, Options(workers=1)).is_whole:
                path.write_text(text, encoding="utf-8")
                publisher.publish(ON, Options(workers=1))
            if number % 10 == 0 or number == edits:
                assert everything(state) == fresh(root, tmp_path / f"fresh-{number}"), (number, path.name)
