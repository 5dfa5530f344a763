"""``make mutants`` plants slips that a person could make, and says which of them no test of the module notices."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from tests.mutants import __main__ as mutants
from tests.mutants import chosen as choosing
from tests.mutants.chosen import chosen, modules_in, on_lines
from tests.mutants.faults import Fault, faults_of, is_sound
from tests.mutants.mapped import Mapped
from tests.mutants.running import Planted, Trial, Verdict

AGES = '''"""Ages."""


def of_age(age: int) -> bool:
    return age >= 18


def unasked(name: str) -> str:
    return name or "nobody"
'''
SCHOOL = """import pytest
from tiny import school


@pytest.fixture
def limit():
    return school.LIMIT
"""
TEST_OF_AGES = """from tiny import ages


def test_ages():
    assert ages.of_age(18)
    assert not ages.of_age(17)
"""
MODULE = Path("generator/tiny/ages.py")


def put(source: str) -> set[str]:
    """Each text that a fault makes of a module of one line."""
    encoded = source.encode()
    return {fault.put_into(encoded).decode() for fault in faults_of(encoded) if is_sound(fault, encoded)}


@pytest.mark.parametrize(
    ("source", "faulty"),
    [
        ("late = day < today", "late = (day <= today)"),
        ("late = day in days", "late = (day not in days)"),
        ("both = one and other", "both = (one or other)"),
        ("both = one and other", "both = (other)"),
        ("open = not done", "open = (done)"),
        ("shown = 1 if seen else 2", "shown = 1 if (not seen) else 2"),
        ("open = [one for one in all_ if not one.done]", "open = [one for one in all_ if True]"),
        ("parts = ('plan', 'targets')", "parts = (('targets',))"),
        ("row = {'what': what, 'who': who}", "row = {'who': who}"),
        ("days = 14", "days = 15"),
        ("word = 'Draft'", "word = ('xDraft')"),
        ("found = any(seen)", "found = all(seen)"),
        ("print(name)", "pass"),
        ("def f(a: int) -> list[int]: return [a]", "def f(a: int) -> list[int]: return []"),
        ("def f(a: int, b: int, c): return g(a, b, c)", "def f(a: int, b: int, c): return g(b, a, c)"),
    ],
)
def test_each_sort_of_slip_is_planted(source: str, faulty: str) -> None:
    assert faulty in put(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""Says what it is for."""',
        "from a import b",
        "def f(day: 'date | None' = None) -> dict[str, int]: ...",
        "first, second = one, two",
        "name = student['name']",
        "pairs = zip(one, other, strict=True)",
        "R = TypeVar('R', contravariant=True)",
    ],
)
def test_nothing_is_planted_that_shows_nowhere_or_stops_the_first_test(source: str) -> None:
    assert put(source) == set()


def test_arguments_of_two_types_are_not_swapped() -> None:
    assert "swapped" not in str(faults_of(b"def f(a: int, b: str): return g(a, b)"))


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A small checkout: two modules, of which one imports the other, and tests that notice half of the slips."""
    files = {
        "generator/tiny/__init__.py": "",
        "generator/tiny/ages.py": AGES,
        "generator/tiny/school.py": "from tiny import ages, words\n\nLIMIT = ages.of_age(18)\n",
        "generator/tiny/words.py": "",
        "generator/tiny/alone.py": "",
        "tests/__init__.py": "",
        "tests/conftest.py": SCHOOL,
        "tests/test_ages.py": TEST_OF_AGES,
        "tests/test_limit.py": "def test_limit(limit):\n    assert limit\n",
        "tests/test_other.py": "def test_nothing():\n    pass\n",
    }
    for name, text in files.items():
        path = tmp_path / "checkout" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tmp_path / "checkout"


def test_the_tests_of_a_module_are_those_that_reach_it_the_nearest_first(checkout: Path) -> None:
    """A test that asks for a fixture reaches what the fixture's file imports."""
    mapped = Mapped(checkout, package="generator/tiny")
    tests = mapped.tests_of(MODULE, 5)
    assert tests == [Path("tests/test_ages.py"), Path("tests/test_limit.py")]
    assert mapped.untouched_by(MODULE, tests) == ["tiny.words"]


def test_of_tests_that_import_a_module_those_come_first_that_reach_the_line(checkout: Path) -> None:
    """One function is used by the school and so by a fixture; the other is not, whatever its words."""
    (checkout / "tests/test_wanted.py").write_text(
        "from tiny.ages import unasked\n\n\ndef test_it():\n    unasked('')\n"
    )
    (checkout / "tests/test_ages.py").write_text("from tiny.ages import of_age\n\n\ndef test_it():\n    of_age(18)\n")
    mapped = Mapped(checkout, package="generator/tiny")
    assert [one.stem for one in mapped.tests_of(MODULE, 9)] == ["test_wanted", "test_ages", "test_limit"]
    assert [one.stem for one in mapped.tests_of(MODULE, 5)] == ["test_ages", "test_limit", "test_wanted"]


def test_a_helper_of_another_test_file_leads_to_the_line_as_well(checkout: Path) -> None:
    (checkout / "tests/test_wanted.py").write_text(
        "from tiny.ages import unasked\n\n\ndef asked():\n    return unasked('')\n"
    )
    (checkout / "tests/test_zoo.py").write_text(
        "from tests.test_wanted import asked\n\n\ndef test_it():\n    asked()\n"
    )
    tests = [one.stem for one in Mapped(checkout, package="generator/tiny").tests_of(MODULE, 9)]
    assert set(tests[:2]) == {"test_wanted", "test_zoo"}


def test_of_tests_that_reach_a_line_those_come_first_that_speak_of_the_same(checkout: Path) -> None:
    for name, said in (("test_a", "somebody"), ("test_b", "nobody")):
        text = f"from tiny.ages import unasked\n\n\ndef test_it():\n    assert unasked('') == '{said}'\n"
        (checkout / "tests" / f"{name}.py").write_text(text)
    mapped = Mapped(checkout, package="generator/tiny")
    assert [one.stem for one in mapped.tests_of(MODULE, 9)][:2] == ["test_b", "test_a"]


def test_a_rule_is_tried_on_the_examples_of_its_code_first(checkout: Path) -> None:
    rules = Path("generator/tiny/rules.py")
    (checkout / rules).write_text('@rule("AGE-01")\ndef of_age(): ...\n@rule("AGE-02a")\ndef other(): ...\n')
    mapped = Mapped(checkout, package="generator/tiny")
    assert mapped.examples_of(rules)[0] == "tests/checks/test_examples.py -m 'not browser' -k 'AGE-01 or AGE-02a'"
    assert mapped.examples_of(rules)[-1] == "tests/checks/test_explain.py"
    assert mapped.examples_of(MODULE) == []


def test_what_is_the_same_in_any_order_is_not_swapped() -> None:
    assert "def f(a: int, b: int): return max(b, a)" not in put("def f(a: int, b: int): return max(a, b)")


def test_one_seed_plants_the_same_faults_and_another_others(checkout: Path) -> None:
    modules = modules_in(checkout / "generator" / "tiny", ["ages.py", "not_there"])
    assert modules == [checkout / MODULE]
    first = chosen(checkout, modules, 3, 1)
    assert first == chosen(checkout, modules, 3, 1)
    assert len(first) == 3
    assert any(chosen(checkout, modules, 3, seed) != first for seed in range(2, 6))
    assert len({one.fault.sort for one in first}) == 3


def test_the_faults_of_one_line_are_planted_alone(checkout: Path) -> None:
    found = on_lines(checkout, checkout / "generator" / "tiny", ["ages.py:9", "ages.py:9", "ages.py:1"])
    assert {one.module for one in found} == {MODULE}
    assert {one.fault.line for one in found} == {9}
    assert sorted(one.fault.after for one in found if one.fault.sort == "condition left out") == [
        "('nobody')",
        "(name)",
    ]


def test_a_fault_that_is_set_aside_is_planted_by_nothing_and_moves_no_other(
    checkout: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    modules = [checkout / MODULE]
    before = chosen(checkout, modules, 100, 1)
    listed = tmp_path / "equivalent.toml"
    listed.write_text(f'[[fault]]\nmodule = "{MODULE}"\nbefore = "age >= 18"\nafter = "(age > 18)"\n', encoding="utf-8")
    monkeypatch.setattr(choosing, "EQUIVALENT", listed)
    after = chosen(checkout, modules, 100, 1)
    assert [one.fault.after for one in before if one not in after] == ["(age > 18)"]
    assert [one for one in before if one in after] == after
    on_line = on_lines(checkout, checkout / "generator" / "tiny", ["ages.py:5"])
    assert on_line
    assert "(age > 18)" not in [one.fault.after for one in on_line]


def test_a_fault_is_caught_by_a_test_that_fails_and_the_checkout_stays_as_it_is(checkout: Path, tmp_path: Path) -> None:
    faults = faults_of(AGES.encode())
    boundary = next(fault for fault in faults if fault.sort == "boundary")
    unasked = next(fault for fault in faults if fault.before == '"nobody"')
    trial = Trial(mapped=Mapped(checkout, package="generator/tiny"), folder=tmp_path / "copies", jobs=1, seconds=60)
    told: list[Verdict] = []
    found = trial.verdicts([Planted(module=MODULE, fault=fault) for fault in (boundary, unasked)], told.append)
    assert told == found
    assert [(verdict.caught, verdict.test, verdict.tried) for verdict in found] == [
        (True, "tests/test_ages.py", 1),
        (False, "", 2),
    ]
    assert (checkout / MODULE).read_text(encoding="utf-8") == AGES


def _verdict(*, caught: bool) -> Verdict:
    fault = Fault(sort="boundary", line=88, begin=0, end=5, before="a < b", after="(a <= b)")
    verdict = Verdict(planted=Planted(module=MODULE, fault=fault), test="tests/test_ages.py", outcome="failed", tried=1)
    return verdict if caught else replace(verdict, test="", outcome="")


@pytest.mark.parametrize(("caught", "code"), [(9, 0), (8, 1)])
def test_nine_in_ten_must_be_noticed_and_what_was_not_is_named(
    caught: int, code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    verdicts = [_verdict(caught=number < caught) for number in range(10)]
    assert mutants._reported(verdicts) == code
    said = capsys.readouterr().out
    assert said.count("generator/tiny/ages.py:88: boundary\n    a < b\n    (a <= b)\n") == 10 - caught
    assert f"{caught} of 10 faults noticed" in said


def test_to_plant_nothing_is_said_to_be_a_mistake(capsys: pytest.CaptureFixture[str]) -> None:
    assert mutants.main(["no_such_room"]) == 2
    assert "nothing to plant in no_such_room" in capsys.readouterr().err
