"""Every folder of ``tests/examples/changed`` is a history of a small campus: what of it is found, and what is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.changes import check_changes
from sendbook.checks.finding import Finding
from sendbook.errors import HistoryError
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import EXAMPLES, case
from tests.cli.kit import DAY, run
from tests.history.kit import PLAN, Repo

CHANGE_RULES = [rule for changes in RULE_BOOK.changes.values() for rule in changes.rules]
CASES = sorted((EXAMPLES / "changed").glob("*/case.yml"))
ON = date(2026, 11, 23)


def step(repo: Repo, change: dict[str, Any]) -> None:
    """One thing done to the files."""
    if "take_out" in change:
        data = yaml.safe_load((repo.root / PLAN).read_text(encoding="utf-8"))
        assert data[change["take_out"]]
        text = (repo.root / PLAN).read_text(encoding="utf-8")
        before, _, rest = text.partition(f"\n{change['take_out']}:\n")
        after = next(line for line in rest.splitlines() if not line.startswith(" "))
        repo.write(PLAN, f"{before}\n{change['take_out']}: []\n{after}{rest.partition(chr(10) + after)[2]}")
    elif "remove" in change:
        repo.git("rm", "-r", "--quiet", change["remove"])
    elif "content" in change:
        repo.write(change["file"], change["content"])
    else:
        repo.change(change["replace"], change["with"])
    if "and" in change:
        step(repo, change["and"])


def found_in(path: Path, top: Path, registry: SchemaRegistry) -> tuple[dict[str, Any], tuple[Finding, ...]]:
    """The example, and what is found once its steps are done; the last one is not committed."""
    told = case(path)
    repo = Repo.begun(top)
    for change in told.get("before", ()):
        step(repo, change)
    begin = repo.commit(told.get("since", "2026-10-05"))
    for number, change in enumerate(told["steps"]):
        if number:
            repo.commit("2026-11-20")
        step(repo, change)
    return told, check_changes(CampusFolder(repo.root, registry), begin, ON, RULE_BOOK)


@pytest.mark.sample(8)
@pytest.mark.parametrize("path", CASES, ids=lambda path: path.parent.name)
def test_a_change_is_found_exactly_if_it_should_not_be(path: Path, tmp_path: Path, registry: SchemaRegistry) -> None:
    told, found = found_in(path, tmp_path, registry)
    expected = [told["finds"]] if isinstance(told["finds"], str) else told["finds"]
    assert [finding.code for finding in found] == expected, found
    for finding in found:
        assert finding.path == PLAN
        assert finding.message.endswith(".")
        assert finding.remedy
    if "line" in told:
        assert found[0].line == told["line"]
    if "says" in told:
        assert told["says"] in found[0].message
    if "remedy" in told:
        assert told["remedy"] == found[0].remedy
    if "found" in told:
        assert told["found"] in found[0].found


def test_every_change_rule_has_good_examples_and_bad_ones() -> None:
    names = {path.parent.name for path in CASES}
    for rule in CHANGE_RULES:
        assert any(name.startswith(rule.id) for name in names)
    assert sum(name.startswith("good-") for name in names) >= 2 * len(CHANGE_RULES)


def test_every_change_rule_cites_its_source_and_stands_in_the_documentation() -> None:
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    text = page.read_text(encoding="utf-8") if page.is_file() else ""
    for rule in CHANGE_RULES:
        assert rule.source
        assert rule.parts
        assert rule.confirmed or "to be confirmed" in rule.citation
        assert not text or f"| {rule.id} | {rule.title} | {rule.severity} | {rule.citation} |" in text


def test_a_proposal_is_compared_with_where_it_began_not_with_what_came_since(
    tmp_path: Path, registry: SchemaRegistry
) -> None:
    repo = Repo.begun(tmp_path)
    repo.git("checkout", "--quiet", "-b", "proposal")
    repo.changed("2026-10-01", "summary: Eli reads", "summary: Eli now reads")
    repo.git("checkout", "--quiet", "main")
    repo.changed("2026-10-02", "sessions_per_week: 3", "sessions_per_week: 5")
    repo.git("checkout", "--quiet", "proposal")
    assert check_changes(CampusFolder(repo.root, registry), "main", ON, RULE_BOOK) == ()


def test_a_clone_without_the_older_commits_says_how_to_get_them(tmp_path: Path, registry: SchemaRegistry) -> None:
    repo = Repo.begun(tmp_path / "whole")
    first = repo.git("rev-parse", "HEAD")
    repo.changed("2026-10-01", "sessions_per_week: 3", "sessions_per_week: 2")
    repo.git("clone", "--quiet", "--depth=1", f"file://{repo.top}", str(tmp_path / "cut"))
    with pytest.raises(HistoryError, match="git fetch --unshallow"):
        check_changes(CampusFolder(tmp_path / "cut", registry), first, ON, RULE_BOOK)


def test_check_since_tells_of_changes_and_of_everything_else(tmp_path: Path) -> None:
    repo = Repo.begun(tmp_path)
    step(repo, {"take_out": "targets"})
    without = run("check", "--campus", repo.root, *DAY)
    told = run("check", "--campus", repo.root, "--since", "HEAD", *DAY)
    assert "CHG-01" not in without.out
    assert "18:1  error  CHG-01" in told.out
    assert "OUT-02" in told.out
    assert told.code == 1
    assert "names no commit here" in run("check", "--campus", repo.root, "--since", "--help-me", *DAY).sentence
