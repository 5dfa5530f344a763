"""Where the demonstration is served from: the example's own repository, made once; any other campus as it is."""

from __future__ import annotations

import io
from pathlib import Path

import pygit2
import pytest
from rich.console import Console

from sendbook.campus.shipped import example
from sendbook.cli import demo_campus
from sendbook.cli.demo_campus import served_in_its_place
from tests.conftest import copy_example


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("state")


def serve_from(root: Path, state: Path) -> tuple[Path, str]:
    said = io.StringIO()
    return served_in_its_place(root, state, Console(file=said, width=400)), said.getvalue()


def test_a_campus_that_is_not_the_example_is_served_as_it_is(tmp_path: Path) -> None:
    root = copy_example(tmp_path / "campus")
    assert serve_from(root, tmp_path / "state") == (root, "")
    assert not (tmp_path / "state").exists()


def test_the_example_is_served_from_a_repository_that_is_made_once(state: Path) -> None:
    campus, said = serve_from(example(), state)
    assert campus == state / "demo" / "campus"
    assert "once" in said
    assert (campus / "records" / "campus.yml").read_bytes() == (example() / "records" / "campus.yml").read_bytes()
    (campus / ".git" / "mark").touch()
    assert serve_from(example(), state) == (campus, "")
    assert (campus / ".git" / "mark").exists()


@pytest.mark.slow
def test_it_is_made_again_when_its_inputs_change_and_what_was_tried_out_is_kept(
    state: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    campus, _ = serve_from(example(), state)
    monkeypatch.setattr(demo_campus, "digest_of_inputs", lambda *_: "another")
    (campus / ".git" / "mark").touch()
    _, said = serve_from(example(), state)
    assert "kept" not in said
    assert not (campus / ".git" / "mark").exists()
    assert not (state / "demo" / "campus-1").exists()

    (campus / "records" / "campus.yml").write_text("id: mine\n", encoding="utf-8")
    monkeypatch.setattr(demo_campus, "digest_of_inputs", lambda *_: "a third")
    _, said = serve_from(example(), state)
    assert str(state / "demo" / "campus-1") in said
    assert (state / "demo" / "campus-1" / "records" / "campus.yml").read_text(encoding="utf-8") == "id: mine\n"
    assert pygit2.Repository(campus).status() == {}
