"""The house's words: no phrase that docs/words.md rules out is in a page, a message, a document or a commit."""

from __future__ import annotations

import ast
import json
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
WORDS = ROOT / "docs" / "words.md"

pytestmark = pytest.mark.skipif(not WORDS.is_file(), reason="documentation is in the checkout only")

#: Fields of a schema that are shown: on pages, in findings, by `sendbook schema`.
SHOWN = {"title", "description", "x-say", "ask", "hint", "answer"}
#: Messages that were published before anybody saw the phrase in them: rewriting what others build on would cost more.
PUBLISHED = {"e6d6735c4328fc51aababa4c2a20f291b678b639", "d82f7f589561d203e052e0df14788f4354f13a90"}
#: What a commit message quotes is spoken of, not said.
QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"|`[^`]*`")


@cache
def ruled_out(example: bool = False) -> dict[str, re.Pattern[str]]:
    """Each phrase in code type in the second column of the tables, with a pattern that finds it.

    The last section is about code and commits. What pupils' stories say in its words may be good English there.
    """
    sections = WORDS.read_text(encoding="utf-8").split("\n## ")
    text = "\n".join(sections[:-1] if example else sections)
    rows = re.findall(r"^\|[^|]*\|([^|]*)\|$", text, re.MULTILINE)
    return {phrase: pattern(phrase) for row in rows for phrase in re.findall(r"`([^`]+)`", row)}


def pattern(phrase: str) -> re.Pattern[str]:
    """A pattern for whole words in any case; an ellipsis stands for one or two words, `{…}` for a value filled in."""
    said = re.escape(phrase).replace(re.escape("{…}"), r"\{[^}]*\}+").replace("…", r"\S+( \S+)?")
    return re.compile(rf"(?<!\w){said}(?!\w)", re.IGNORECASE)


@cache
def literal(phrase: str) -> str:
    """The longest piece of a phrase that is in no text without it: to look for that takes a hundredth of the time."""
    return max(re.split(r"\{…\}|…", phrase.lower()), key=len)


def hits(text: str, example: bool = False) -> list[str]:
    """The phrases of a text that are ruled out; a line break counts as a space."""
    flat = " ".join(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").split())
    lower = flat.lower()
    return [phrase for phrase, found in ruled_out(example).items() if literal(phrase) in lower and found.search(flat)]


def files(*patterns: str) -> list[Path]:
    """Files of the checkout that match, in order."""
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern) if path.is_file() and path != WORDS)


def strings(path: Path) -> Iterator[tuple[int, str]]:
    """Each text of a module with its line, docstrings too; what an f-string fills in is `{…}`."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    inside = {id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values}
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            parts = (str(part.value) if isinstance(part, ast.Constant) else "{…}" for part in node.values)
            yield node.lineno, "".join(parts)
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in inside:
            yield node.lineno, node.value


def shown(node: Any, place: str = "") -> Iterator[tuple[str, str]]:
    """Each text of a schema that people read, with its place."""
    if isinstance(node, dict):
        for key, value in node.items():
            if key in SHOWN and isinstance(value, str):
                yield f"{place}/{key}", value
            yield from shown(value, f"{place}/{key}")
    elif isinstance(node, list):
        for number, value in enumerate(node):
            yield from shown(value, f"{place}/{number}")


@pytest.mark.parametrize("path", files("generator/sendbook/**/*.py"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_text_of_a_module_says_what_is_ruled_out(path: Path) -> None:
    found = [(line, phrase) for line, text in strings(path) for phrase in hits(text)]
    assert not found


def test_no_docstring_of_a_test_says_what_is_ruled_out() -> None:
    """Of the tests only what explains them is read: what they look for may be anything."""
    modules = ((path, ast.parse(path.read_text(encoding="utf-8"))) for path in files("tests/**/*.py"))
    found = [
        (str(path.relative_to(ROOT)), node.name if isinstance(node, ast.FunctionDef) else "", phrase)
        for path, tree in modules
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        for phrase in hits(ast.get_docstring(node) or "")
    ]
    assert not found


def test_no_title_or_description_of_a_schema_says_what_is_ruled_out() -> None:
    found = [
        (path.name, place, phrase)
        for path in files("schemas/*.json")
        for place, text in shown(json.loads(path.read_text(encoding="utf-8")))
        for phrase in hits(text)
    ]
    assert not found


@pytest.mark.parametrize(
    "patterns",
    [
        ("site_templates/**/*.html", "site_templates/**/*.typ"),
        ("*.md", "docs/**/*.md"),
    ],
    ids=["templates", "documents"],
)
def test_no_template_or_document_says_what_is_ruled_out(patterns: tuple[str, ...]) -> None:
    found = [
        (str(path.relative_to(ROOT)), phrase)
        for path in files(*patterns)
        for phrase in hits(path.read_text(encoding="utf-8"))
    ]
    assert not found


def test_nothing_of_the_example_says_what_is_ruled_out() -> None:
    example = files("records/**/*.yml", "handbook/**/*.md", "generator/sendbook/example/**/*.yml")
    found = [
        (str(path.relative_to(ROOT)), phrase)
        for path in example
        for phrase in hits(path.read_text(encoding="utf-8"), example=True)
    ]
    assert not found


def git(*arguments: str) -> str:
    """What git says, or nothing where there is no git or no repository."""
    command = ["git", "-C", str(ROOT), *arguments]
    try:
        ran = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    except (FileNotFoundError, subprocess.TimeoutExpired):
        return ""
    return ran.stdout if ran.returncode == 0 else ""


def test_no_commit_message_says_what_is_ruled_out() -> None:
    """Messages since the words were written down; a phrase in quotation marks is one that is spoken of."""
    ours = Path(git("rev-parse", "--show-toplevel").strip() or "/") == ROOT
    if not ours or "true" in git("rev-parse", "--is-shallow-repository"):
        pytest.skip("no git history to look at")
    begin = git("log", "--diff-filter=A", "--format=%H", "--", "docs/words.md").split()
    if not begin:
        pytest.skip("the words are not committed yet")
    messages = git("log", "--format=%H%n%B%x00", f"{begin[-1]}..HEAD").split("\0")
    asked = [one for one in messages if one.strip() and one.split()[0] not in PUBLISHED]
    found = [(one.split()[0], phrase) for one in asked for phrase in hits(QUOTED.sub(" ", one))]
    assert not found


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        ("Say how\nthis target ended: reading", "say how this target ended"),
        ("We will fix the Year 7 meeting", "fix the … meeting"),
        ("Whoever comes", "whoever"),
    ],
)
def test_a_phrase_is_found_over_a_line_break_in_any_case_and_with_words_filled_in(text: str, phrase: str) -> None:
    assert phrase in hits(text)


def test_a_longer_word_is_another_word() -> None:
    assert hits("The whoevers meet") == []


def test_the_list_is_there_and_long_enough_to_hold_something() -> None:
    assert len(ruled_out()) >= 40
    assert all(len(phrase.split()) > 1 or phrase == "whoever" for phrase in ruled_out())
