"""Documentation that does not rot: commands and options are in it, examples are understood, links lead somewhere."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path

import pytest

import sendbook
from sendbook.campus.defaults import house_rules
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.cli.main import app
from sendbook.gate.audit import AuditLog, Event

ROOT = Path(__file__).parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
COMMANDS = app.commands
#: Every command by what is typed for it, those inside another included.
INNER = {
    f"{name} {sub}": command
    for name, outer in COMMANDS.items()
    for sub, command in getattr(outer, "commands", {}).items()
}
TYPED = {**COMMANDS, **INNER}

pytestmark = pytest.mark.skipif(not (ROOT / "docs").is_dir(), reason="documentation is in the checkout only")


def section(command: str) -> str:
    """What the reference says of a command."""
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    return next((part for part in text.split("\n## ")[1:] if part.splitlines()[0] == command.split()[0]), "")


def examples() -> list[tuple[str, str]]:
    """Every line of documentation that is a command, with the page it stands on."""
    found = []
    for page in PAGES:
        blocks = re.findall(r"^```\w*\n(.*?)^```", page.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
        found += [(page.name, line) for block in blocks for line in block.splitlines() if line.startswith("sendbook ")]
    return found


@pytest.mark.parametrize("name", sorted(TYPED))
def test_every_command_has_help_and_a_section_with_an_example(name: str) -> None:
    assert len((TYPED[name].help or "").split()) >= 4
    assert re.search(rf"^sendbook {name}\b", section(name), re.MULTILINE)


@pytest.mark.parametrize("name", sorted(TYPED))
def test_every_argument_and_option_says_what_it_is(name: str) -> None:
    for parameter in TYPED[name].params:
        assert getattr(parameter, "help", None), f"{name}: {parameter.name}"


@pytest.mark.parametrize("name", sorted(TYPED))
def test_every_option_stands_in_the_reference(name: str) -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    shared = text.split("\n## ")[0]
    for parameter in TYPED[name].params:
        for option in parameter.opts:
            if option.startswith("--") and option != "--help":
                assert option in section(name) or f"`{option} " in shared, f"{name} {option}"


def test_the_reference_describes_no_command_there_is_not() -> None:
    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert {part.splitlines()[0] for part in text.split("\n## ")[1:]} == set(COMMANDS)


@pytest.mark.parametrize(("page", "line"), examples())
def test_every_example_is_a_command_that_would_be_understood(page: str, line: str) -> None:
    _, name, *arguments = shlex.split(line, comments=True)
    COMMANDS[name].make_context(name, arguments)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_named_in_a_text_exists(page: Path) -> None:
    named = re.findall(r"`sendbook ([a-z][a-z-]*)", page.read_text(encoding="utf-8"))
    assert set(named) <= set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_page_and_folder_a_text_points_to_is_there(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    targets = re.findall(r"\]\((?!https?:|mailto:|#)([^)#\s]+)", text)
    for target in targets:
        assert (page.parent / target).exists(), target
    for target in re.findall(r"`((?:docs|schemas|site_templates|tests|benchmarks)/[\w./-]*)`", text):
        assert (ROOT / target).exists(), target


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_make_target_a_text_names_exists(page: Path) -> None:
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", page.read_text(encoding="utf-8"))) <= targets


def test_the_access_log_is_read_and_verified_as_the_security_page_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    gate = tmp_path / ".sendbook" / "gate"
    gate.mkdir(mode=0o700, parents=True)
    log = AuditLog(gate / "audit", gate / "audit.key")
    log.append([Event(at=1_795_420_800.0, kind="page", reader="p-3f8q", subject="7Q4K", path="/students/7Q4K/")])
    log.close()
    text = (ROOT / "docs" / "security.md").read_text(encoding="utf-8")
    section = text.split("\n## The access log\n")[1].split("\n## ")[0]
    (block,) = re.findall(r"^```\n(.*?)^```", section, re.MULTILINE | re.DOTALL)
    monkeypatch.chdir(tmp_path)
    said = []
    for line in block.splitlines():
        with pytest.raises(SystemExit) as done:
            app(shlex.split(line)[1:])
        assert done.value.code == 0
        said.append(" ".join(capsys.readouterr().out.split()))
    assert said[0] == "The access log is as it was written: 2026-11; 1 row."
    assert re.fullmatch(r"1 [0-9a-f]{64}", said[1])
    assert said[2] == "2026-11-23 08:00:00 p-3f8q opened /students/7Q4K/"


def test_the_architecture_page_names_files_that_are_there_and_every_room() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    package = Path(sendbook.__file__).parent
    named = set(re.findall(r"`((?:[a-z_]+/)+[a-z_*]+\.py)`", text))
    assert len(named) > 50
    assert [one for one in sorted(named) if not [*package.glob(one), *ROOT.glob(one)]] == []
    rooms = {path.parent.relative_to(package) for path in package.rglob("*.py")} - {Path()}
    of_one_kind = {room for room in rooms if room.parts[0] == "kinds" and len(room.parts) > 1}
    assert [str(room) for room in sorted(rooms - of_one_kind) if f"`{room.as_posix()}/" not in text] == []


def test_the_installed_command_begins_where_stopping_by_hand_is_quiet() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert settings["project"]["scripts"] == {"sendbook": "sendbook.__main__:main"}


def test_every_limit_that_a_campus_can_choose_is_listed_with_our_number() -> None:
    """Each row has the name of the limit, and the number that counts where nothing is chosen."""
    defaults = house_rules(SchemaRegistry.load(schemas()).kinds["campus"].defaults, {})
    text = (ROOT / "docs/checks.md").read_text(encoding="utf-8")
    part = text.split("\n## Limits that a campus can choose\n")[1].split("\n## ")[0]
    listed = re.findall(r"^\| `(\w+)` \| .+ \| (\d+)[^|]*\|$", part, re.MULTILINE)
    assert {name: int(number) for name, number in listed} == dict(defaults)
