"""A comparison as text for a terminal, as Markdown for a page or a proposal, and as JSON for a program."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sendbook.history.events import Added, Changed, Event, Left, Moved, pointer
from sendbook.history.narration import Account

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~])")
_LIST_MARK = re.compile(r"^(\s*)([-+]|\d+[.)])(\s)")
NOTHING = "Nothing has changed."
NOTHING_ELSE = "Nothing else has changed."


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordChanges:
    """Holds what changed for one student, or (``student`` None) in the records that belong to none.

    ``called`` is how the student is named to the person who reads this.
    """

    student: str | None
    called: str
    events: tuple[Event, ...]
    accounts: tuple[Account, ...]

    @property
    def title(self) -> str:
        """Returns whose records they are; empty where they belong to no student."""
        if self.student is None:
            return ""
        return f"{self.student} ({self.called})" if self.called else self.student


Reporter = Callable[[Sequence[RecordChanges]], str]


def as_text(told: Sequence[RecordChanges]) -> str:
    """Writes it for a person at a terminal: a heading for each student, each record, and each part of it."""
    blocks = []
    for one in told:
        blocks += [one.title] if one.title and one.accounts else []
        inset = "  " if one.title else ""
        for account in one.accounts:
            lines = [account.title]
            for passage in account.under_its_title:
                lines += [] if passage.of_record else [f"  {passage.heading}"]
                deeper = "  " if passage.of_record else "    "
                lines += [f"{deeper}• {sentence.marked()}" for sentence in passage.sentences]
            blocks.append("\n".join(f"{inset}{line}" for line in lines))
    return _plain("\n\n".join(blocks)) if blocks else NOTHING


def as_markdown(told: Sequence[RecordChanges]) -> str:
    """Writes it for a proposal or a page: what is in the records is text there, never markup."""
    blocks = []
    for one in told:
        blocks += [f"## {escaped(one.title)}"] if one.title and one.accounts else []
        level = "###" if one.title else "##"
        for account in one.accounts:
            blocks.append(f"{level} {escaped(account.title)}")
            for passage in account.under_its_title:
                blocks += [] if passage.of_record else [f"{level}# {escaped(passage.heading)}"]
                blocks.append("\n".join(f"- {escaped(sentence.marked())}" for sentence in passage.sentences))
    return _plain("\n\n".join(blocks)) if blocks else NOTHING


def as_json(told: Sequence[RecordChanges]) -> str:
    """Writes it for a program: the facts by place, and the sentences."""
    rows = [
        {
            "student": one.student,
            "record": account.record,
            "kind": account.kind,
            "events": [_row(event) for event in one.events if event.record == account.record],
            "passages": [
                {"heading": passage.heading, "sentences": [_plain(sentence.marked()) for sentence in passage.sentences]}
                for passage in account.passages
            ],
        }
        for one in told
        for account in one.accounts
    ]
    return json.dumps(rows, ensure_ascii=False, indent=2, default=dict)


REPORTERS: Mapping[str, Reporter] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def escaped(text: str) -> str:
    """Returns text that Markdown shows as it stands."""
    return _LIST_MARK.sub(r"\1\\\2\3", _SPECIAL.sub(r"\\\1", text))


def _row(event: Event) -> dict[str, Any]:
    row: dict[str, Any] = {"change": type(event).__name__.lower(), "place": pointer(event)}
    match event:
        case Added():
            row["after"] = event.value
        case Left():
            row["before"] = event.value
        case Changed() | Moved():
            row |= {"before": event.before, "after": event.after}
    return row


def _plain(text: str) -> str:
    return text.replace("\N{NO-BREAK SPACE}", " ")
