"""What to do about the findings of each rule about plans, their targets, their provision and their changes."""

from __future__ import annotations

from collections.abc import Mapping

WHAT_TO_DO: Mapping[str, str] = {
    "PLAN-02": "Hold the review, then set the next date.",
    "TGT-09": "Measure it and write the number down, or say in the review why it stopped.",
    "TGT-10": "Add “result:” with how it ended and what happens next.",
    "TGT-01": "Correct the by-date, or the day of the baseline.",
    "TGT-02": "Correct the by-date or the start.",
    "TGT-03": "Set a goal beyond the baseline, or choose another measure.",
    "TGT-04": "Correct the value, or the measure's limits in campus.yml.",
    "TGT-05": "Measure again, and write down the new baseline.",
    "TGT-06": "Raise or lower the goal, give it longer, or say why in the plan.",
    "TGT-07": "Cut it into steps, or make it a long outcome; choose a last day in term.",
    "TGT-08": "Say what the student does and how much: “Reads 50 words a minute”, “Asks for help 5 times a week”.",
    "TGT-11": "Name the target under “targets:” of the provision or strategy that helps with it, or add some.",
    "TGT-12": "Make the sentence and the goal say the same number.",
    "OUT-01": "Say what the student will do or have that they can't now; the help belongs under provision.",
    "OUT-02": "Add a short target for it, or say when one will start.",
    "OUT-03": "Add a step on the way that ends sooner.",
    "OUT-04": "Say what the student will do or have that they can't now: “Reads a menu alone”.",
    "NEED-01": "Name it in a line of provision or a strategy, or add some.",
    "PLAN-01": "Write plan.yml, agree it with the family, then set the state to “agreed”.",
    "PLAN-03": "Add the field that is missing: the day it was agreed, with whom, or the first day.",
    "PLAN-04": "Ask the student or the family, and write down what they say.",
    "PLAN-05": "Keep the few targets that matter most; record a result for the others.",
    "PLAN-06": "Add the review, or correct the dates.",
    "PLAN-07": "Correct one of the two days.",
    "PLAN-08": "Write what is meant in place of the placeholder.",
    "PLAN-10": "Give the target a later day, record its result, or correct the plan's first day.",
    "PRV-01": "Find out why, then change the timetable or the plan.",
    "PRV-02": "Add “impact:” with where it began, where it ended, and the decision.",
    "PRV-03": "Name who delivers it now, or end the provision.",
    "PRV-04": "Count the sessions planned and given up to today, and write them under “delivery:”.",
    "FAM-05": "Write the id of the member of the family who said it.",
    "CHG-01": "Put the target back and add “result:”, or say under “reason:” of the plan why it was taken out.",
    "CHG-02": "Record the review (in the cycle, as a meeting, or under “impact:”), or put the provision back.",
}
