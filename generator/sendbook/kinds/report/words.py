"""The changes of a professional's report: talked through with the student, advice decided on, actions done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from sendbook.campus.words import lowered, short_day
from sendbook.history.events import Added, Changed
from sendbook.history.phrases import quoted, stripped, texts
from sendbook.history.telling import Group, Teller
from sendbook.kinds.meeting.words import told_action


def told_report(group: Group) -> Iterator[str]:
    """The report's own state: from when on the student reads it too."""
    state = group.take("state") if not (group.came or group.went) else None
    if isinstance(state, Changed) and state.after == "student_too":
        yield "The report was talked through with the student, who can read it now."
    elif state is not None:
        group.waiting["state",] = state


def told_recommendation(group: Group) -> Iterator[str]:
    """What was decided about a recommendation, on which day and by whom."""
    event = group.take("decision") if not (group.came or group.went) else None
    decision = group.item.get("decision", {})
    if not isinstance(event, Added) or "what" not in decision:
        if event is not None:
            group.waiting["decision",] = event
        return
    what = group.child("decision", "what")
    said = what.said(decision["what"]) if what is not None else str(decision["what"])
    on = f" of {short_day(str(decision['on']))}" if "on" in decision else ""
    by = group.speech.value(group.child("decision", "by"), decision["by"], decision) if "by" in decision else ""
    advice = quoted(stripped(str(group.item.get("for_staff") or group.label)))
    yield " ".join(
        texts(f"Decision{on}{f' by {by}' if by else ''} about {advice}: {lowered(said)}", decision.get("why"))
    )


TELLERS: Mapping[str, Teller] = {
    "": told_report,
    "recommendations": told_recommendation,
    "actions": told_action,
}
