"""Sections made of the plan: what it is, needs, the thread from need to provision, provision, cycles, costs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from sendbook.campus.words import lowered, sentence, short_day, span
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.line_names import line_name
from sendbook.kinds.plan.plan_records import plan_of
from sendbook.kinds.plan.provision_sections import PROVISION
from sendbook.kinds.plan.target_sections import TARGETS, is_live, target_title
from sendbook.kinds.profile.profile_sections import by_subject
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice

PLAN_PART = ("plan", "plan")
NEEDS = ("plan", "needs")
OUTCOMES = ("plan", "outcomes")
_IMPACT = "plan/cycles/review/impact"
_LEAD = Voice(staff="Plan lead", family="Who to ask about this plan", student="Who to ask about this plan")


def show_about_plan(reading: Reading) -> dict[str, Any] | None:
    plan = plan_of(reading)
    if "state" not in plan:
        return None
    facts = [
        (label, short_day(plan[key]))
        for key, label in (
            ("in_force_from", "To start" if plan["state"] == "draft" else "Starts"),
            ("agreed_on", "Agreed"),
            ("review_due", "Review by"),
        )
        if key in plan
    ]
    if "lead" in plan:
        facts.append((_LEAD.to(reading), reading.name(plan["lead"])))
    if "layer" in plan:
        facts.append(("Level of support", reading.around.said("plan/layer", plan["layer"])))
    return {
        "summary": plan.get("summary", ""),
        "draft": plan["state"] == "draft" and reading.drafted != PLAN,  # its own page says so at the top
        "said": facts,
        "reason": plan.get("reason"),
    }


def show_needs(reading: Reading) -> dict[str, Any] | None:
    needs = plan_of(reading).get("needs")
    if not needs:
        return None
    cards = [
        {
            "id": f"need-{need['id']}",
            "name": need["name"],
            "area": reading.around.said("plan/needs/area", need["area"]),
            "description": need["description"],
            "strengths": need.get("strengths"),
            "known_from": need.get("known_from"),
        }
        for need in needs
    ]
    return {"needs": cards}


def show_thread(reading: Reading) -> dict[str, Any] | None:
    """Each long outcome with the needs it answers, the targets that lead to it and the provision that serves them."""
    outcomes = plan_of(reading).get("outcomes")
    if not outcomes:
        return None
    needs = {need["id"]: need["name"] for need in plan_of(reading).get("needs", ())}
    return {"outcomes": [_outcome(outcome, needs, reading) for outcome in outcomes]}


def _outcome(outcome: Mapping[str, Any], needs: Mapping[str, str], reading: Reading) -> dict[str, Any]:
    around = reading.around
    targets = [item for item in plan_of(reading).get("targets", ()) if item["outcome"] == outcome["id"]]
    return {
        "statement": outcome["statement"],
        "needs": [needs[need] for need in outcome["needs"] if need in needs],
        "by": short_day(outcome["by_date"]),
        "why": outcome.get("why"),
        "adulthood": around.said("plan/outcomes/adulthood", outcome["adulthood"]) if "adulthood" in outcome else None,
        "targets": [
            (f"target-{target['id']}", target_title(target), is_live(target), _serving(target["id"], reading))
            for target in targets
        ],
    }


def _serving(target: str, reading: Reading) -> list[tuple[str, str]]:
    """What helps with a target: lines of provision, and the lessons in which a strategy does."""
    lines = [
        (f"provision-{line['id']}", line_name(line, reading.around))
        for line in plan_of(reading).get("provision", ())
        if target in line.get("targets", ())
    ]
    lessons = [one["subject"] for one in plan_of(reading).get("strategies", ()) if target in one.get("targets", ())]
    return lines + [("strategies", f"what teachers do ({lesson})") for lesson in dict.fromkeys(lessons)]


def show_strategies(reading: Reading) -> dict[str, Any] | None:
    subjects = by_subject(plan_of(reading).get("strategies", ()))
    return {"subjects": list(subjects.items())} if subjects else None


def show_cycles(reading: Reading) -> dict[str, Any] | None:
    cycles = sorted(plan_of(reading).get("cycles", ()), key=lambda cycle: str(cycle["start"]), reverse=True)
    if not cycles:
        return None
    terms = Counter(cycle["term"] for cycle in cycles)
    shown = [_cycle(cycle, reading, alone=terms[cycle["term"]] == 1) for cycle in cycles]
    return {"cycles": shown, "headings": [(cycle["id"], cycle["term"]) for cycle in shown]}


def _cycle(cycle: Mapping[str, Any], reading: Reading, *, alone: bool) -> dict[str, Any]:
    """A cycle; one of several in its term is named with its first day too."""
    review = cycle.get("review")
    return {
        "id": f"cycle-{cycle['id']}",
        "term": reading.around.term(cycle["term"]) + ("" if alone else f", from {short_day(cycle['start'])}"),
        "when": f"{sentence(span(cycle['start'], None))}; review due by {short_day(cycle['review_due'])}",
        "assess": cycle["assess"]["summary"],
        "sources": list(cycle["assess"].get("sources", ())),
        "plan": cycle["plan"]["summary"],
        "informed": short_day(cycle["plan"]["staff_informed_on"]) if "staff_informed_on" in cycle["plan"] else None,
        "do": cycle["do"]["summary"] if "do" in cycle else None,
        "review": review["summary"] if review else None,
        "reviewed": _reviewed(review, reading) if review else None,
        "decision": _decision(review, reading) if review else None,
    }


def _reviewed(review: Mapping[str, Any], reading: Reading) -> str:
    led = f", led by {reading.name(review['led_by'])}" if "led_by" in review else ""
    impact = f". {reading.around.said(_IMPACT, review['impact'])}" if "impact" in review else ""
    return f"{short_day(review['on'])}{led}{impact}"


def _decision(review: Mapping[str, Any], reading: Reading) -> str:
    return lowered(reading.around.said("plan/cycles/review/decision", review["decision"]))


def show_notes(reading: Reading) -> dict[str, Any] | None:
    return {"text": plan_of(reading)["senco_notes"]} if plan_of(reading).get("senco_notes") else None


_NO_PLAN = Voice(
    staff="There is no agreed plan yet. The SENDCo draws one up with {name}, the family and the teachers.",
    family="There is no agreed plan yet. We will draw one up together with you and {name}.",
    student="You have no agreed plan yet. You will help to make it.",
)

ABOUT_PLAN = Section(
    name="in-short",
    title=Voice(staff="In short"),
    template="sections/plan_about.html",
    show=show_about_plan,
    needs=(PLAN_PART,),
    empty=_NO_PLAN,
)
NEED_CARDS = Section(
    name="needs",
    title=Voice(staff="What makes things harder, and what to build on"),
    template="sections/needs.html",
    show=show_needs,
    needs=(NEEDS,),
)
THREAD = Section(
    name="aims",
    title=Voice(staff="What we are aiming for", student="What I am aiming for"),
    template="sections/thread.html",
    show=show_thread,
    needs=(OUTCOMES,),
    also=(NEEDS, TARGETS, PROVISION),
)
STRATEGIES = Section(
    name="strategies",
    title=Voice(staff="In lessons", student="In my lessons"),
    template="sections/lessons.html",
    show=show_strategies,
    needs=(("plan", "strategies"),),
)
CYCLES = Section(
    name="cycles",
    title=Voice(staff="How it has gone: assess, plan, do, review"),
    template="sections/cycles.html",
    show=show_cycles,
    needs=(("plan", "cycles"),),
)
NOTES = Section(
    name="notes",
    title=Voice(staff="SENDCo's notes"),
    template="sections/prose.html",
    show=show_notes,
    needs=(("plan", "senco_notes"),),
)
