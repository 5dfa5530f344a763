"""What a printed plan says: the sections of the plan's page as plain data, in the page's order and under its titles.

The words are those of the site's own sections. What belongs on no meeting table is never printed for anybody:
costs, the SENDCo's notes, and what the student said but does not want the family to read.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sendbook.campus.typed_text import pieces
from sendbook.campus.words import long_day
from sendbook.kinds.meeting.meeting_sections import next_meeting
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.plan_sections import (
    ABOUT_PLAN,
    CYCLES,
    NEED_CARDS,
    NOTES,
    PLAN_PART,
    STRATEGIES,
    THREAD,
    show_about_plan,
    show_cycles,
    show_needs,
    show_strategies,
    show_thread,
)
from sendbook.kinds.plan.provision_sections import COST_LINES, IMPACT, LINES, show_provision
from sendbook.kinds.plan.target_sections import (
    IN_PLAN,
    TARGETS,
    TargetCard,
    is_live,
    show_ended_progress,
    show_live_progress,
    show_targets,
)
from sendbook.kinds.plan.target_series import target_series
from sendbook.kinds.plan.voice_sections import FAMILY_VOICE, STUDENT_VOICE
from sendbook.pages.charts import SMALL, plot_of
from sendbook.pages.quotes import Quote, family_quotes, student_quotes
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

Said = dict[str, Any]


def _about(reading: Reading) -> Said | None:
    shown = reading.once(show_about_plan)
    if shown is None:
        return None
    return {"facts": shown["said"], "summary": pieces(shown["summary"]), "reason": shown["reason"]}


def _needs(reading: Reading) -> Said | None:
    shown = reading.once(show_needs)
    if shown is None:
        return None
    return {"needs": [{**need, "description": pieces(need["description"])} for need in shown["needs"]]}


def _aims(reading: Reading) -> Said | None:
    shown = reading.once(show_thread)
    if shown is None:
        return None
    wanted = ("statement", "needs", "by", "why", "adulthood")
    return {"outcomes": [{key: outcome[key] for key in wanted} for outcome in shown["outcomes"]]}


def _targets(reading: Reading) -> Said | None:
    live = [target for target in plan_of(reading).get("targets", ()) if is_live(target)]
    cards = reading.once(show_targets)
    progress = reading.once(show_live_progress)
    if progress is None:
        return None
    by_id = {card.id: card for card in cards["targets"]}
    pairs = zip(live, progress["targets"], strict=True)
    return {"targets": [_target(by_id[target["id"]], target, drawn, reading) for target, drawn in pairs]}


def _target(card: TargetCard, target: Mapping[str, Any], drawn: Mapping[str, Any], reading: Reading) -> Said:
    return {
        "title": card.title,
        "context": pieces(card.context),
        "why": card.why,
        "trend": card.trend,
        "goal": card.goal,
        "actions": card.actions,
        "facts": card.facts,
        "rows": [list(row) for row in drawn["rows"]],
        "plot": plot_of(target_series(target, reading), SMALL),
    }


def _provision(reading: Reading) -> Said | None:
    shown = reading.once(show_provision)
    if shown is None:
        return None
    wanted = ("name", "what", "how_much", "when", "who", "where", "delivered")
    lines = [{key: getattr(line, key) for key in wanted} for line in shown["lines"]]
    for line, printed in zip(shown["lines"], lines, strict=True):
        printed["towards"] = [title for _, title in line.towards]
    ended = [[line.name, line.when, line.delivered, dict(line.more).get(IMPACT, "")] for line in shown["ended"]]
    return {"lines": lines, "ended": ended}


def _strategies(reading: Reading) -> Said | None:
    shown = reading.once(show_strategies)
    return {"subjects": [[name, [one.text for one in advice]] for name, advice in shown["subjects"]]} if shown else None


def _student_voice(reading: Reading) -> Said | None:
    return _quotes(student_quotes({"student_voice": _shared(plan_of(reading))}, reading))


def _shared(plan: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """What the student said, without what the family is not to read: paper goes from hand to hand."""
    return [item for item in plan.get("student_voice", ()) if item.get("share_with_family") is True]


def _family_voice(reading: Reading) -> Said | None:
    return _quotes(family_quotes(plan_of(reading), reading))


def _quotes(quotes: list[Quote]) -> Said | None:
    return {"said": [{"text": pieces(quote.text), "by": quote.by} for quote in quotes]} if quotes else None


def _review(reading: Reading) -> Said | None:
    """The last review, and how each target that has ended did so."""
    cycles = reading.once(show_cycles) if reading.has(("plan", "cycles")) else None
    reviewed = [cycle for cycle in cycles["cycles"] if cycle["review"]] if cycles else []
    ended = reading.once(show_ended_progress) if reading.has(TARGETS) else None
    if not reviewed and not ended:
        return None
    last = reviewed[0] if reviewed else None
    return {
        "facts": [("Reviewed", f"{last['term']}, {last['reviewed']}"), ("Decision", last["decision"])] if last else [],
        "summary": pieces(last["review"]) if last else [],
        "ended": [_ended(target) for target in ended["targets"]] if ended else [],
    }


def _ended(target: Mapping[str, Any]) -> list[str]:
    following = f". {target['next']}" if target["next"] else ""
    return [target["title"], f"{target['result'][0]}{following}", target["learned"] or ""]


def _dates(reading: Reading) -> Said | None:
    rows = []
    following = next_meeting(reading)
    if following:
        rows.append((following, "Next meeting"))
    if "review_due" in plan_of(reading):
        rows.append((plan_of(reading)["review_due"], "Review of this plan, at the latest"))
    return {"rows": [[long_day(iso), what] for iso, what in sorted(rows)]} if rows else None


def _signatures(reading: Reading) -> Said | None:
    if "state" not in plan_of(reading) or plan_of(reading)["state"] == "draft":
        return None
    return {"people": [reading.full_name, "Parent or carer", "Parent or carer", "For the school"]}


def _section(name: str, like: Section | str, show: Any, needs: tuple[tuple[str, str], ...]) -> Section:
    """A section of the document; none says that it has nothing."""
    title = Voice(staff=like) if isinstance(like, str) else like.title
    return Section(name=name, title=title, template="", show=show, needs=needs)


#: What is printed of the plan's own sections, by the name each has on the page. The names here are those that
#: templates know.
_PRINTED: Mapping[str, Section] = {
    ABOUT_PLAN.name: _section("about", "", _about, ABOUT_PLAN.needs),
    IN_PLAN.name: _section("targets", IN_PLAN, _targets, IN_PLAN.needs),
    NEED_CARDS.name: _section("needs", NEED_CARDS, _needs, NEED_CARDS.needs),
    THREAD.name: _section("aims", THREAD, _aims, THREAD.needs),
    LINES.name: _section("provision", LINES, _provision, LINES.needs),
    STRATEGIES.name: _section("strategies", STRATEGIES, _strategies, STRATEGIES.needs),
    STUDENT_VOICE.name: _section("student-voice", STUDENT_VOICE, _student_voice, STUDENT_VOICE.needs),
    FAMILY_VOICE.name: _section("family-voice", FAMILY_VOICE, _family_voice, FAMILY_VOICE.needs),
    CYCLES.name: _section("review", "How the last review went", _review, ()),
}
#: The sections of the page that are printed for nobody. What links to the plan says that there are reports or visits.
NOT_PRINTED = frozenset({COST_LINES.name, NOTES.name, f"linked-{PLAN}"})

#: What only a paper needs, at its end.
_ENDING = (
    _section("dates", "What comes next", _dates, ()),
    _section("signatures", "Agreed at the meeting", _signatures, (PLAN_PART,)),
)


def printed_plan(page: Iterable[Section]) -> tuple[Section, ...]:
    """The sections of the paper in the order of the page's; then what only a paper needs."""
    return (*(printed for section in page if (printed := _printed(section)) is not None), *_ENDING)


def _printed(section: Section) -> Section | None:
    """What is printed of a section of the page, which may be another kind's; None if nothing is."""
    if section.printed is not None:
        return _section(section.name, section, section.printed, section.needs)
    return _PRINTED.get(section.name)


def days_of_plan(plan: Mapping[str, Any]) -> Iterator[str]:
    """Every day on which something that is printed was written down, agreed or measured."""
    if plan.get("state") != "draft":  # whose days are only meant to come
        yield from (plan[key] for key in ("agreed_on", "in_force_from") if key in plan)
    for target in plan.get("targets", ()):
        yield from (one["on"] for one in (target["baseline"], *target.get("progress", ())))
        yield from [target["result"]["on"]] if "result" in target else []
    yield from (line["delivery"]["as_of"] for line in plan.get("provision", ()) if "delivery" in line)
    yield from (cycle["review"]["on"] for cycle in plan.get("cycles", ()) if "review" in cycle)
    yield from (item["on"] for item in (*plan.get("family_voice", ()), *_shared(plan)))
