"""Every code a finding can have is explained; for a school of one's own kind it is law, guidance or policy."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

import sendbook
from sendbook.campus.lost_text import _WORDS as LOST
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.yaml_words import _WORDS
from sendbook.checks.explain import explained, explanation, meant
from sendbook.checks.loss import RecordLoss
from sendbook.checks.meanings import MEANINGS
from sendbook.checks.reference import reference
from sendbook.handbook.torn_markdown import SAID as TORN
from sendbook.kinds.rule_book import RULE_BOOK
from tests.checks_kit import EXAMPLES
from tests.cli.kit import run, small_campus

PACKAGE = Path(sendbook.__file__).parent
#: Every code that a finding can have.
CODES = sorted({rule.id for rule in RULE_BOOK.every} | set(MEANINGS))
CODE = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Where findings are told; and the names of what tells them, whose arguments may be codes.
TELLING = ("campus", "checks", "checks/leaks", "handbook", "pages", "site", "site/build", "site/campus", "site/readers")
TELLS = re.compile(r"problem|say|refused|tell|stop|finding", re.IGNORECASE)
#: Words of code that look like codes and are none.
NO_CODES = frozenset(
    {"comment", "latin-1", "utf-8", "utf-16", "accessibility-plan", "born", "records", "students", "written"}
)


def _emitted() -> Iterator[tuple[str, str]]:
    """Every string that may be a finding's code, and the module it stands in."""
    for folder in TELLING:
        for path in sorted((PACKAGE / folder).glob("*.py")):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                for text in _codes_of(node, in_checks=folder == "checks" and path.name in ("shape.py", "links.py")):
                    if CODE.fullmatch(text):
                        yield text, path.name


def _codes_of(node: ast.AST, *, in_checks: bool) -> Iterator[str]:
    """Arguments of whatever tells; and in the two modules that hand codes on as data, everything with a hyphen."""
    if isinstance(node, ast.Call):
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        given = list(node.args) if TELLS.search(name) else []
        given += [keyword.value for keyword in node.keywords if keyword.arg == "code"]
        yield from _texts(given)
    elif isinstance(node, ast.FunctionDef):
        named = [*node.args.args, *node.args.kwonlyargs]
        defaults = [*node.args.defaults, *node.args.kw_defaults]
        if any(argument.arg == "code" for argument in named):
            yield from _texts([default for default in defaults if default is not None])
    elif in_checks and isinstance(node, ast.Constant) and isinstance(node.value, str) and "-" in node.value:
        yield node.value


def _texts(nodes: list[ast.expr]) -> Iterator[str]:
    for node in nodes:
        yield from (one.value for one in ast.walk(node) if isinstance(one, ast.Constant) and isinstance(one.value, str))


def test_every_code_that_can_be_told_is_explained() -> None:
    emitted = {
        *_emitted(),
        *((code, "yaml_words.py") for code in _WORDS),
        *((code, "lost_text.py") for code in LOST),
        *((code, "torn_markdown.py") for code in TORN),
    }
    missing = {(code, where) for code, where in emitted if code not in CODES and code not in NO_CODES}
    assert missing == set()
    assert {"tab", "macro-unknown", "unknown-field", "link-to-nothing", "handbook-file"} <= {
        code for code, _ in emitted
    }


def test_every_example_of_a_mistake_is_explained() -> None:
    # Up to a full stop, where several examples are of one code.
    cases = (path for folder in ("invalid", "warned") for path in EXAMPLES.glob(f"{folder}/*/case.yml"))
    shown = {path.parent.name.partition(".")[0] for path in cases}
    assert {code for code in shown if explained(code, RULE_BOOK) is None} == set()


def test_no_explanation_is_of_a_code_nobody_tells() -> None:
    told = {code for code, _ in _emitted()} | set(_WORDS)
    text = "".join(path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py") if path.name != "meanings.py")
    assert {code for code in MEANINGS if code not in told and f'"{code}"' not in text} == set()


@pytest.mark.sample(60)
@pytest.mark.parametrize("code", CODES)
def test_an_explanation_says_what_why_and_what_to_do(code: str) -> None:
    text = explanation(code, RULE_BOOK, "independent")
    assert text is not None
    assert text.startswith(f"{code}  ")
    assert "What to do:" in text
    assert len(text.split("\n\n")[1].split()) >= 3


@pytest.mark.sample(40)
@pytest.mark.parametrize("rule", RULE_BOOK.every, ids=lambda rule: rule.id)
def test_a_rules_explanation_cites_its_source_and_what_it_rests_on(rule, registry: SchemaRegistry) -> None:
    text = explanation(rule.id, RULE_BOOK) or ""
    assert rule.source in text
    assert "In force:" in text
    assert ("still to be read" in text) is (not rule.confirmed and rule.source != "House rule of the campus")
    said = [f"{registry.kinds[kind].part_in_words(part)} ({kind}: {part})" for kind, part in rule.parts]
    assert [one for one in said if one not in text] == []


def test_whether_it_is_law_depends_on_the_kind_of_school() -> None:
    assert "policy that the school chooses to follow" in (explanation("PLAN-02", RULE_BOOK, "independent") or "")
    assert "statutory guidance" in (explanation("PLAN-02", RULE_BOOK, "maintained") or "")
    assert "law (an academy)" in (explanation("FAM-01", RULE_BOOK, "academy") or "")


def test_a_code_is_known_in_any_spelling_and_the_nearest_is_suggested() -> None:
    assert explanation("plan-02", RULE_BOOK) == explanation("PLAN-02", RULE_BOOK)
    assert meant("PLAN-2", RULE_BOOK) in {"PLAN-02", "PLAN-20"} & set(CODES)
    assert meant("unknown-feild", RULE_BOOK) == "unknown-field"
    assert meant("", RULE_BOOK) == ""


def test_the_command_explains_for_the_campus_it_stands_in_and_refuses_what_it_does_not_know(tmp_path: Path) -> None:
    campus = EXAMPLES / "valid"
    told = run("check", "--campus", campus, "--explain", "plan-02")
    assert told.code == 0
    assert "an independent school" in told.out
    assert run("check", "--campus", tmp_path, "--explain", "tab").code == 0
    assert "Did you mean PLAN-02?" in run("check", "--campus", campus, "--explain", "PLAN-022").sentence


def test_findings_end_with_how_to_have_a_code_explained_once(tmp_path: Path) -> None:
    campus = small_campus(tmp_path)
    (campus / "records/campus.yml").write_text("\tid: a\n", encoding="utf-8")
    told = run("check", "--campus", campus)
    assert told.out.count("--explain") == 1
    assert told.out.splitlines()[-3] == "What a code means: sendbook check --explain tab"


def test_the_severity_is_that_for_the_campuss_kind_of_school() -> None:
    def severity(setting: str | None) -> str:
        lines = (explanation("SENIR-2", RULE_BOOK, setting) or "").splitlines()
        return next(line.split(":", 1)[1].strip() for line in lines if "Severity:" in line)

    assert severity("academy").startswith("error: whatever depends on it is held back")
    assert severity("independent").startswith("warning: it needs your attention")
    assert severity(None).startswith("error; warning where it is policy")


def test_the_documentation_says_of_every_code_what_it_means_and_what_to_do() -> None:
    page = Path(__file__).parents[2] / "docs" / "checks.md"
    if not page.is_file():
        pytest.skip("the documentation is not next to the tests")
    tables = run("check", "--campus", EXAMPLES / "valid", "--explain", "all").out
    assert page.read_text(encoding="utf-8").endswith(tables)
    for code in CODES:
        assert f"| {code} | " in tables


def test_what_to_do_is_said_of_every_rule_and_of_nothing_else() -> None:
    assert set(RULE_BOOK.what_to_do) == {rule.id for rule in RULE_BOOK.every}
    for rule in RULE_BOOK.every:
        assert RULE_BOOK.what_to_do[rule.id].endswith(".")
        assert RULE_BOOK.what_to_do[rule.id] in (explanation(rule.id, RULE_BOOK) or "")


def test_codes_are_listed_by_number() -> None:
    tables = reference(RULE_BOOK)
    places = [tables.index(f"| {code} |") for code in ("SENIR-2", "SENIR-3", "SENIR-3a", "SENIR-10", "SENIR-F1")]
    assert places == sorted(places)


def test_a_rule_about_what_is_gone_rests_on_every_kind_that_is_agreed(registry: SchemaRegistry) -> None:
    """A kind with a state is among them from its schema alone; one without, as the campus's own record, is not."""
    text = explanation("CHG-05", RULE_BOOK) or ""
    with_state = {name for name, kind in registry.kinds.items() if kind.states}
    assert {"plan", "meeting", "profile", "report", "figures"} <= with_state
    parts = RULE_BOOK.parts_of(RULE_BOOK.losses[RecordLoss][0], registry)
    assert {kind for kind, _ in parts} == with_state
    assert "(meeting: meetings)" in text
    assert "(report: " in text
    assert "(campus: " not in text
