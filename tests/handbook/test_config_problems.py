"""A campus's mkdocs.yml may name nothing that runs code, reads other files or calls other hosts."""

from pathlib import Path

import pytest

from sendbook.campus import shipped
from sendbook.handbook.config_problems import config_problems

PLAIN = "site_name: x\ndocs_dir: handbook\n"


def told(root: Path, source: str) -> list[tuple[int | None, str]]:
    """Line and message of each problem of this source."""
    (root / "mkdocs.yml").write_text(source, encoding="utf-8")
    return [(item.line, item.message) for item in config_problems(root)]


def test_our_own_settings_pass() -> None:
    """The file we ship, and one that says as little as possible."""
    assert list(config_problems(shipped.example())) == []


def test_plain_settings_pass_and_so_does_no_file(tmp_path: Path) -> None:
    """The engine reads none of it."""
    assert list(config_problems(tmp_path)) == []
    assert told(tmp_path, PLAIN) == []


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        ("hooks: [hook.py]", "runs Python files"),
        ("INHERIT: ../other.yml", "another file"),
        ("repo_url: https://github.com/x/y", "another website"),
        ("plugins: [search, exclude]", "plugin exclude"),
        ("plugins: {gen-files: {scripts: [x.py]}}", "plugin gen-files"),
        ("plugins: [macros: {module_name: main}]", "run what is not ours"),
        ("plugins: [macros: {include_yaml: [../x.yml]}]", "run what is not ours"),
        ("plugins: [macros: {modules: [os]}]", "must be ours"),
        ("markdown_extensions: [pymdownx.snippets: {base_path: /}]", "any file of the machine"),
        ("markdown_extensions: [my.own]", "does not know my.own"),
        ("extra: {key: !ENV SECRET}", "reads secrets"),
        ("extra: {f: !!python/name:os.system ''}", "runs code"),
        ("theme: {name: material}", "Google"),
        ("theme: {name: material, font: {text: Roboto}}", "Google"),
        ("theme: {name: material, font: false, custom_dir: ../theme}", "folder of this campus"),
        ("theme: {name: material, font: false, custom_dir: /etc}", "folder of this campus"),
        ("theme: {name: material, font: false, custom_dir: out}", "folder of this campus"),
        ("extra_javascript: [https://x.example/x.js]", "another website"),
        ("extra_javascript: [{path: //x.example/x.js}]", "another website"),
        ("extra_css: [https://x.example/x.css]", "another website"),
    ],
)
def test_what_runs_code_or_calls_others_is_told_with_its_line(tmp_path: Path, setting: str, said: str) -> None:
    """Each stands on the third line here."""
    (tmp_path / "out").symlink_to("/etc")
    ((line, message),) = told(tmp_path, PLAIN + setting)
    assert (line, said in message) == (3, True)


def test_an_emoji_index_of_materials_own_is_let_through(tmp_path: Path) -> None:
    """It is the one tag Material's manual asks for."""
    tag = "!!python/name:material.extensions.emoji.twemoji"
    assert told(tmp_path, f"{PLAIN}markdown_extensions: [pymdownx.emoji: {{emoji_index: {tag} ''}}]") == []


@pytest.mark.parametrize(
    "source",
    ["- a list", "a: [", "a: &x [1]\nb: *x", "\x00", "[" * 5000, "x: " + "y" * 70_000, "docs_dir: docs"],
)
def test_a_file_that_can_not_be_read_is_one_problem(tmp_path: Path, source: str) -> None:
    """References would let a short file grow without end."""
    assert len(told(tmp_path, source)) == 1


def test_a_settings_file_that_is_a_link_is_refused(tmp_path: Path) -> None:
    """As everywhere in the campus."""
    (tmp_path / "mkdocs.yml").symlink_to("/etc/hostname")
    assert [item.code for item in config_problems(tmp_path)] == ["handbook-file"]


@pytest.mark.parametrize(("source", "place"), [("site_name: x\n  y: [\n", (2, 4)), ("a: &x 1\nb: *x\n", (2, 4))])
def test_what_can_not_be_read_is_told_with_line_and_column(tmp_path: Path, source: str, place: tuple[int, int]) -> None:
    (tmp_path / "mkdocs.yml").write_text(source, encoding="utf-8")
    assert [(item.line, item.column) for item in config_problems(tmp_path)] == [place]
