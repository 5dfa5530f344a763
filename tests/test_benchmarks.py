"""``make benchmarks`` says what it lacks and how far it is, and keeps what it has; it measures nothing here."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks import __main__ as benchmarks
from benchmarks.progress import minutes
from benchmarks.result import Row
from benchmarks.tools import missing

GOOD = Row(work="work of 1,000 students", measured="2.0", bar="at most 3", holds=True)


@pytest.fixture(autouse=True)
def _somewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(benchmarks, "missing", lambda _: {})


def answering(answers: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts rows, or what goes wrong, in the place of measuring."""

    def rows(name: str, *_: object) -> object:
        answer = answers[name]
        if isinstance(answer, BaseException):
            raise answer
        return answer

    monkeypatch.setattr(benchmarks, "_rows", rows)


def test_a_missing_program_is_named_before_anything_is_measured(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PATH", "/nowhere")
    found = missing(["loading", "gate", "comparison"])
    assert list(found) == ["gate", "comparison"]
    assert "sudo apt install wrk" in found["gate"]
    monkeypatch.setattr(benchmarks, "missing", missing)
    answering({"loading": [GOOD]}, monkeypatch)
    assert benchmarks.main(["gate", "loading"]) == 0
    told = capsys.readouterr()
    assert told.err.index("Left out: gate. wrk is missing") < told.err.index("[1/1] loading")
    assert "| gate | not measured |" in told.out
    assert GOOD.work in told.out


def test_what_was_measured_before_it_was_stopped_is_told_and_kept(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering({"loading": [GOOD], "building": KeyboardInterrupt()}, monkeypatch)
    assert benchmarks.main(["loading", "building", "weight"]) == 130
    told = capsys.readouterr()
    assert GOOD.work in told.out
    assert "Stopped. Not measured: building, weight." in told.err
    assert "[2/3] building" in told.err
    assert GOOD.work in benchmarks.KEPT.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "fault", [SystemExit("Hugo made 3 pages otherwise"), ValueError("Hugo made 3 pages otherwise")]
)
def test_a_row_that_fails_does_not_take_the_others_with_it(
    fault: BaseException, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering({"pages": fault, "weight": [GOOD]}, monkeypatch)
    assert benchmarks.main(["pages", "weight"]) == 1
    told = capsys.readouterr().out
    assert "It failed: Hugo made 3 pages otherwise" in told
    assert GOOD.work in told


def test_fewer_students_are_said_in_the_rows(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    answering({"weight": [GOOD]}, monkeypatch)
    assert benchmarks.main(["weight", "--students", "20"]) == 0
    assert "work of 20 students" in capsys.readouterr().out


def test_an_unknown_row_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stop:
        benchmarks.main(["wait"])
    assert stop.value.code == 2
    assert "There is no row wait." in capsys.readouterr().err


def test_time_is_said_in_minutes_once_there_are_some() -> None:
    assert [minutes(48.4), minutes(60), minutes(125)] == ["48 s", "1 min 00 s", "2 min 05 s"]
