"""What each sort of save costs once the site is there, next to libyaml's bare parse of all files of the same campus."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from statistics import median

from benchmarks import libyaml
from benchmarks.campus import ON, synthetic
from benchmarks.publishing import publish, save
from benchmarks.result import Row, ratio, seconds

_ROUNDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """One sort of save: what it is called, what it changes, and what it may cost; ``at_most`` is None where it is told.

    ``rounds`` is one where a save is dear.
    """

    name: str
    change: Callable[[Path, int], None]
    at_most: float | None = None
    rounds: int = _ROUNDS
    days: int = 0


def rows(root: Path, scratch: Path, few: int = 250) -> list[Row]:
    """All sorts of save among many students, and among a few."""
    campuses = {_counted(root): _Campus(root, scratch / "many-state")}
    if _counted(root) > few:
        campuses[few] = _Campus(synthetic(scratch / "few", few), scratch / "few-state")
    found: list[Row] = []
    plan_dates: list[float] = []
    for students, campus in campuses.items():
        for sort in SORTS:
            taken, floor = campus.measured(sort)
            found.append(_row(f"{sort.name}, {students:,} students, warm", taken, floor, sort.at_most))
            plan_dates += [median(taken)] if sort is PLAN_DATE else []
        taken, floor = campus.measured_afresh(PLAN_DATE)
        found.append(_row(f"{PLAN_DATE.name}, {students:,} students, fresh process", taken, floor, 2.6))
    if len(plan_dates) > 1:
        more, bar = plan_dates[0] / plan_dates[1], 1.2
        work = f"{PLAN_DATE.name}, warm, among {_counted(root):,} students / among {few}"
        found.append(Row(work=work, measured=f"{more:.2f} ×", bar=f"at most {bar} ×", holds=more <= bar))
    return found


def _row(what: str, taken: list[float], floor: list[float], at_most: float | None) -> Row:
    times = ratio(taken, floor)
    return Row(
        work=f"{what} / libyaml's bare parse of all files",
        measured=f"{times:.2f} ×",
        bar=f"at most {at_most} ×" if at_most is not None else "told",
        holds=times <= at_most if at_most is not None else None,
        told=f"{median(taken):.2f} s; the parse {median(floor):.2f} s",
    )


def _counted(root: Path) -> int:
    return len(list((root / "records/students").iterdir()))


class _Campus:
    """A campus whose site is published, to be changed and published again."""

    def __init__(self, root: Path, state: Path) -> None:
        self.root, self.state, self.number = root, state, 0
        publish(root, state)

    def measured(self, sort: Sort) -> tuple[list[float], list[float]]:
        """Seconds of each save of a sort, published in this process, and of the parse just before it."""
        on = ON + timedelta(days=sort.days)
        return self._rounds(sort, lambda: publish(self.root, self.state, on), then=sort.days > 0)

    def measured_afresh(self, sort: Sort) -> tuple[list[float], list[float]]:
        """The same, each published in a process of its own."""
        words = ("build", "--campus", str(self.root), "--state", str(self.state), "--as-of", str(ON))
        command = [sys.executable, "-m", "sendbook", *words]
        return self._rounds(sort, lambda: subprocess.run(command, check=True, capture_output=True))

    def _rounds(self, sort: Sort, work: Callable[[], object], *, then: bool = False) -> tuple[list[float], list[float]]:
        taken, floor = [], []
        for _ in range(sort.rounds):
            self.number += 1
            sort.change(self.root, self.number)
            floor.append(seconds(self._parse))
            taken.append(seconds(work))
        if then:  # back to the day of the other rows
            publish(self.root, self.state)
        return taken, floor

    def _parse(self) -> None:
        libyaml.parse(libyaml.sources_of(self.root))


def _nothing(_root: Path, _number: int) -> None:
    """Nothing was saved since."""


def _plan_date(root: Path, number: int) -> None:
    path = _middle(root, "plan.yml")
    text = re.sub(r"^agreed_on: .*\n", "", path.read_text(encoding="utf-8"), flags=re.MULTILINE)
    day = ON - timedelta(days=number)
    save(path, re.sub("^lead: ", f"agreed_on: {day}\nlead: ", text, flags=re.MULTILINE), number)


def _measurement(root: Path, number: int) -> None:
    """One more, of a day on which nothing was measured: the first target with a measurement gets it."""
    path = _middle(root, "plan.yml")
    text = path.read_text(encoding="utf-8")
    found = re.search(r"^    progress:\n      - value: (.*)\n        on: (.*)\n        by: (.*)\n", text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{path.name} has no measurements; nothing to measure.")
    day = date.fromisoformat(found[2]) + timedelta(days=number)
    one = f"      - value: {found[1]}\n        on: {day}\n        by: {found[3]}\n"
    save(path, f"{text[: found.end()]}{one}{text[found.end() :]}", number)


def _draft_meeting(root: Path, number: int) -> None:
    folder, day = _middle(root, "plan.yml").parent / "meetings", ON - timedelta(days=number)
    folder.mkdir(exist_ok=True)
    lead = re.search(r"^lead: (.*)$", _middle(root, "plan.yml").read_text(encoding="utf-8"), re.MULTILINE)
    led_by = f"led_by: {lead[1]}\n" if lead is not None else ""
    save(folder / f"{day}-b.yml", f"id: {day}-b\nstate: draft\ndate: {day}\ntype: informal\n{led_by}", number)


def _name(root: Path, number: int) -> None:
    _said_anew(_middle(root, "student.yml"), r"^  known_as: (.*)$", lambda _: f"Robin {chr(65 + number % 26)}", number)


def _new_student(root: Path, number: int) -> None:
    identity = f"2X{'BCDFGHJK'[number // 8 % 8]}{'BCDFGHJK'[number % 8]}"
    text = _middle(root, "student.yml").read_text(encoding="utf-8")
    text = re.sub(r"^(sign_in|account_decision|candidate_number):.*\n(?:  .*\n)*", "", text, flags=re.MULTILINE)
    text = re.sub(r"^id: .*$", f"id: {identity}", text, flags=re.MULTILINE)
    text = re.sub(r"^  full: .*$", f"  full: Sasha Quarrington-{identity}", text, flags=re.MULTILINE)
    text = re.sub(r"^  known_as: .*$", "  known_as: Sasha", text, flags=re.MULTILINE)
    path = root / "records/students" / identity / "student.yml"
    path.parent.mkdir(exist_ok=True)
    save(path, text, number)


def _parents_telephone(root: Path, number: int) -> None:
    _said_anew(_person(root, "family"), r"^  phone: (.*)$", lambda _: f"07700 9{number:05}", number)


def _colleagues_telephone(root: Path, number: int) -> None:
    _said_anew(_person(root, "staff"), r"^  phone: (.*)$", lambda _: f"01632 9{number:05}", number)


def _reason(root: Path, number: int) -> None:
    path = root / "records/access.yml"
    _said_anew(
        path, r"^    reason: ([A-Z].*)$", lambda said: f"{said.partition(' Said ')[0]} Said {number} times.", number
    )


def _grant(root: Path, number: int) -> None:
    _granted(root, number, "relation: family", "Families see what help costs.")


def _grant_to_one_duty(root: Path, number: int) -> None:
    _granted(root, number, "role: exams_officer", "They see what help costs.")


def _granted(root: Path, number: int, to: str, reason: str) -> None:
    path = root / "records/access.yml"
    grant = (
        f"  - id: measured-{number}\n    {to}\n    records:\n      plan:\n        - costs\n"
        f"    action: read\n    reason: {reason}\n"
    )
    save(path, path.read_text(encoding="utf-8").replace("grants:\n", f"grants:\n{grant}", 1), number)


def _term(root: Path, number: int) -> None:
    _said_anew(root / "records/campus.yml", r"^    name: (.* term .*)$", lambda _: f"Term {number} term", number)


def _handbook(root: Path, number: int) -> None:
    path = root / "handbook/09-parents.md"
    save(path, f"{path.read_text(encoding='utf-8').rstrip()}\n\nWe answer letter {number} as well.\n", number)


def _said_anew(path: Path, pattern: str, say: Callable[[str], str], number: int) -> None:
    """Saves a file with one value said anew: the first that the pattern's group finds."""
    text = path.read_text(encoding="utf-8")
    found = re.search(pattern, text, re.MULTILINE)
    if found is None:
        raise SystemExit(f"{path.name} has nothing like {pattern}; nothing to measure.")
    save(path, f"{text[: found.start(1)]}{say(found[1])}{text[found.end(1) :]}", number)


def _middle(root: Path, name: str) -> Path:
    """The file of a student in the middle, always the same one, however many have come."""
    found = [
        path for path in sorted((root / "records/students").glob(f"*/{name}")) if not path.parent.name.startswith("2X")
    ]
    return found[len(found) // 2]


def _person(root: Path, sort: str) -> Path:
    """The first person of a sort who has a telephone."""
    people = sorted((root / "records/people").glob("*.yml"))
    wanted = re.compile(rf"^{sort}:\n(?:  .*\n)*?  phone: ", re.MULTILINE)
    return next(path for path in people if wanted.search(path.read_text(encoding="utf-8")))


_ONE_STUDENT, _A_NAME = 0.52, 1.3
PLAN_DATE = Sort(name="a plan's date", change=_plan_date, at_most=_ONE_STUDENT)
SORTS = (
    Sort(name="nothing changed", change=_nothing),
    PLAN_DATE,
    Sort(name="a measurement", change=_measurement, at_most=_ONE_STUDENT),
    Sort(name="a new draft meeting", change=_draft_meeting, at_most=_ONE_STUDENT),
    Sort(name="a student's name", change=_name, at_most=_A_NAME),
    Sort(name="a new student", change=_new_student, at_most=_A_NAME),
    Sort(name="a parent's telephone", change=_parents_telephone, at_most=_A_NAME),
    Sort(name="a colleague's telephone", change=_colleagues_telephone, at_most=_A_NAME),
    Sort(name="a reason's wording", change=_reason, at_most=_A_NAME),
    Sort(name="a new grant to every family", change=_grant, at_most=10.5, rounds=1),
    Sort(name="a new grant to one duty", change=_grant_to_one_duty, at_most=10.5, rounds=1),
    Sort(name="a campus term", change=_term, rounds=1),
    Sort(name="a sentence of the handbook", change=_handbook, rounds=1),
    Sort(name="midnight", change=_nothing, rounds=1, days=1),
)
