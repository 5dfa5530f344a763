"""What to do about the findings of each rule about the accessibility plan."""

from __future__ import annotations

from collections.abc import Mapping

_STRAND = "Add an action of this strand to records/accessibility-plan.yml."

WHAT_TO_DO: Mapping[str, str] = {
    "AP-1": "Write the page with document: accessibility_plan at its top, and records/accessibility-plan.yml.",
    "AP-2": _STRAND,
    "AP-3": _STRAND,
    "AP-4": _STRAND,
    "AP-5": "Correct the first or last day; if the cycle has ended, write the next plan and have it approved.",
    "AP-6": "Nothing has to be done; other schools' plans end on other days.",
    "AP-7": "Look at it, and add a review with its day and what you found.",
    "AP-8": "Finish it and set its status, or have a new day approved and say why in a review.",
    "AP-9": "Add resources_considered to the plan, and resources to each step: what it costs, or the staff time.",
    "AP-11": "Add available (such as this site and the school office) and formats (such as large print).",
    "AP-13": "Put the strand's accessibility_actions macro on a line of its own on the page.",
    "AP-14": "Describe the barrier and not the person; an adjustment for one student goes into their plan.",
    "AP-15": "Say on the page how students, parents, staff and specialists were asked.",
    "AP-16": "Name the SEN information report, the health and safety policy and the plan for the premises.",
    "AP-17": "Add approval (by, on and minute_ref) once the responsible body has approved it.",
    "AP-18": "Review the plan, then set a new day.",
    "AP-19": "Look at the whole campus, and add audit: on and by.",
    "AP-20": "Set a day within the cycle, or plan the step again.",
    "AP-21": "Correct one of the two days.",
    "AP-22": "Add dropped_reason, and what is done instead.",
    "AP-23": "Add under success what is counted, where it began, the target, and how it is found out.",
    "AP-24": "Name the post and the person who see to the step.",
    "AP-25": "Name somebody who works here.",
    "AP-26": "Add the day on which the step starts, or the day it is due.",
    "AP-27": "Correct the horizon, or the day the step is due.",
    "AP-28": "Say how many, how often, or what will be so: “20 of 24 visits”, “no step on the way in”.",
    "AP-29": "Set done_on to the day it was finished, and add evidence: a measurement, a photograph, an invoice.",
    "AP-30": "Begin it, or set a new day and say why in a review.",
    "AP-31": "Write the number as AP, the years of the cycle, the strand's letter and a number.",
    "AP-32": "Write what belongs there, or take it out.",
    "AP-33": "Set approval: on to the day on which this plan was approved, or correct the cycle.",
    "AP-34": "Set next_review to a day within the cycle, and within a year of the last review.",
    "AP-35": "Set it to the day it was done.",
}
