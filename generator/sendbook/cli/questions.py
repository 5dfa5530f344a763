"""``sendbook schema KIND --questions``: the questions of a kind of record, as a paper form would ask them."""

from __future__ import annotations

from collections.abc import Mapping

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from sendbook.campus.asked import ID, ME, RELATION, STATE, WORKED_OUT
from sendbook.campus.questions import Made, Paper, Question, paper_of
from sendbook.campus.schemas import Kind

_STEP = 4


def show_questions(kind: Kind, kinds: Mapping[str, Kind], console: Console) -> None:
    """Prints a kind's form: its questions in order, then what sendbook fills in by itself."""
    paper = paper_of(kind, kinds)
    console.print(Text.assemble((kind.title, "bold"), f". {kind.description}"), soft_wrap=False)
    for question in paper.questions:
        console.print()
        _show(question, 0, console)
    if paper.made:
        console.print("\nNot asked, because sendbook fills it in:\n")
        for line in _filled_in(kind, paper):
            console.print(Padding(Text(f"- {line}"), (0, 0, 0, _STEP), expand=False), soft_wrap=False)


def _show(question: Question, depth: int, console: Console) -> None:
    entries = question.several and question.inside
    optional = ("  (optional)", "dim") if question.optional and not entries else ""
    _line(Text.assemble((f"{question.number}  ", "dim"), (question.ask, "bold"), optional), depth, console)
    for_each = f"{'If there are any. ' if question.optional else ''}For each one:" if entries else ""
    for said in filter(None, (question.hint, question.answer, for_each)):
        _line(Text(said), depth + 1, console)
    for inner in question.inside:
        _show(inner, depth + 1, console)


def _line(text: Text, depth: int, console: Console) -> None:
    console.print(Padding(text, (0, 0, 0, _STEP * depth), expand=False), soft_wrap=False)


def _filled_in(kind: Kind, paper: Paper) -> list[str]:
    """Returns a line for each thing that isn't asked; the names of entries, which are in many lists, are one line."""
    if not paper.questions:
        return ["All of it: it is worked out from your records."]
    return list(dict.fromkeys(f"{_called(one)}: {_how(kind, one)}." for one in paper.made))


def _called(made: Made) -> str:
    within = f" under “{made.within}”" if made.within and made.made != ID else ""
    return f"“{made.title}”{within}"


def _how(kind: Kind, made: Made) -> str:
    if made.made == STATE:
        return f"“{kind.root.properties['state'].said(kind.states[0])}” to begin with"
    return _HOW[made.made]


_HOW = {
    ID: "a new one, which stays the same",
    ME: "your name",
    RELATION: "how the person is related to the student, from the student's record",
    WORKED_OUT: "worked out from your records",
}
