"""What to do about each rule's findings, in one or two sentences: for its explanation and for the documentation.

A finding says the same with its place, and more closely where the rule finds more than one thing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendbook.checks.rules import RULES

_ANSWER = (
    'Write the passage and put data-answers="CODE" behind its heading, or mark the passage that answers it already.'
)
_STRAND = "Add an action of this strand to records/accessibility-plan.yml."

_SAID: Mapping[str, str] = {
    # Targets and outcomes
    "TGT-01": "Correct the by-date, or the day of the baseline.",
    "TGT-02": "Correct the by-date or the start.",
    "TGT-03": "Set a goal beyond the baseline, or choose another measure.",
    "TGT-04": "Correct the value, or the measure's limits in campus.yml.",
    "TGT-05": "Measure again, and write down the new baseline.",
    "TGT-06": "Raise or lower the goal, give it longer, or say why in the plan.",
    "TGT-07": "Cut it into steps, or make it a long outcome; choose a last day in term.",
    "TGT-08": "Begin with what the student does: reads, writes, asks, stays, starts, uses.",
    "TGT-09": "Measure it and write the number down, or say in the review why it stopped.",
    "TGT-10": "Add “result:” with how it ended and what happens next.",
    "OUT-01": "Say what the student will do or have that they can't now; the help belongs under provision.",
    "OUT-02": "Add a short target for it, or say when one will start.",
    "OUT-03": "Name a stage on the way that ends sooner.",
    # Plans, provision, profiles and meetings
    "NEED-01": "Name the need in an outcome or in a line of provision.",
    "PLAN-01": "Write plan.yml, agree it with the family, then set the state to “agreed”.",
    "PLAN-02": "Hold the review, then set the next date.",
    "PLAN-03": "Add the field that is missing: the day it was agreed, with whom, or from when it is in force.",
    "PLAN-04": "Ask the student or the family, and write down what they say.",
    "PLAN-05": "Keep the few targets that matter most; record a result for the others.",
    "PLAN-06": "Add the review, or correct the dates.",
    "PLAN-07": "Correct one of the two days.",
    "PLAN-08": "Write what is meant in place of the placeholder.",
    "PRV-01": "Find out why, then change the timetable or the plan.",
    "PRV-02": "Add “impact:” with where it began, where it ended, and the decision.",
    "PRV-03": "Name who does it now, or end the provision.",
    "PRF-01": "Write profile.yml with the student, or go through the one there is.",
    "MTG-01": "Invite the family, and record the meeting.",
    "MTG-02": "Share the record of the meeting, then write down the day.",
    "MTG-03": "Next time, ask a teacher who knows the student to lead.",
    "MTG-04": "Do it and write “done_on:”, or agree a new day.",
    # The student's own record
    "STU-01": "Add or take out types of need, or correct the status; NSA goes alone, with SEN support only.",
    "STU-02": "End one status on the day before the next begins.",
    "STU-03": "Talk with the student and the family, ask whether parents go on seeing the record, and add a period.",
    "STU-04": "Tell the family, and ask the student about consent.",
    "STU-05": "Put student.yml back, or take the whole folder out.",
    "FAM-01": "Set the access to “none”, or to “named_parts” and name them.",
    "FAM-02": "Check the relation, then add “confirmed:”.",
    "FAM-03": "List “parts:”, or change the access.",
    "FAM-04": "Have somebody at school who isn't family check it, and write who did and when.",
    "MED-01": "Write “emergency:” in student.yml: what to watch for, what to do, who to call, where the medicine is.",
    "MED-02": "Name somebody else, or put right what the records say of this person.",
    "MED-03": "Add a grant of the part “emergency” for them to access.yml.",
    # Access
    "ACC-01": "Add an entry under “covers:” in access.yml.",
    "ACC-02": "Name somebody else: a member of the family sees what families see, whatever their work here.",
    "ACC-03": "Add “account_decision:” with on, by and reason to student.yml, or take the address out.",
    "ACC-04": "Add “student_accounts:” with the youngest age to campus.yml; if the student is too young, just wait.",
    "ACC-05": "Correct the record or the grant that lets them see it; if they should see it, correct the sentence.",
    "ACC-06": "Correct the sentence: who, what, and which parts (sendbook schema names them).",
    "ACC-07": "Take the change out of the schema, or name it under schema_changes in access.yml with the reason.",
    "ACC-08": "Name the field under schema_changes in access.yml, or give it a part of its own.",
    "ACC-09": "Take the entry out, or write kind, pointer, from and to as ACC-07 gives them.",
    "ACC-10": "Read it like a change of access.yml, and take it back if it was not meant.",
    "ACC-11": "Name who decided and worked here on that day, or have it decided again and write that day.",
    "ACC-12": "Have somebody approve it who worked here by then, and not for themselves.",
    "ACC-13": "Copy the kind's schema into schemas/ and change that, or take out what has no effect.",
    # The campus, figures, withdrawals and waivers
    "CAM-01": "Write who it is, with e-mail address and telephone number, or the campus's own address.",
    "FIG-01": "Take the change back, or delete the file and run sendbook figures compute again.",
    "FIG-02": "Have somebody whose duty it is run sendbook figures approve.",
    "FIG-03": "Read them, then run sendbook figures approve; or compute them again.",
    "FIG-04": "Compute the term again; the command files it where it belongs.",
    "WDN-01": "Write the record like students/7Q4K/plan, and the place in fields and short names of entries.",
    "WVR-01": "Correct what the waiver is about and take it out, or have its owner decide on a new last day.",
    "WVR-02": "Give the code as sendbook check shows it, and “seen:” where it shows one; or take the waiver out.",
    "WVR-03": "Write the record like students/7Q4K/plan.",
    "WVR-04": "Name somebody who works here and answers for it.",
    # Texts that families read
    "TXT-01": "Take it out: contact details belong in the person's own record. If it is meant, add a waiver.",
    "TXT-02": "Say who it is without the name: “a friend”, “Dad”. If it is meant, add a waiver.",
    "TXT-03": "If it is meant to be theirs, say it without the name. If it is a word, nothing has to be done.",
    "TXT-04": "If it is that person, say who it is without the name. If it is somebody else, add a waiver.",
    # What changed since an earlier version
    "CHG-01": "Put the target back and add “result:”, or say under “reason:” of the plan why it was taken out.",
    "CHG-02": "Record the review (in the cycle, as a meeting, or under “impact:”), or put the provision back.",
    "CHG-03": "Put the record back; if it was meant, name it in records/withdrawn.yml with the reason.",
    "CHG-04": "Put the folder back under its id. A student who leaves gets a last day under “on_roll:”.",
    "CHG-05": "Put back what was agreed, and write the new version as a draft until all have agreed it.",
    "CHG-06": "Put the entry back and end it with a date or a result, or say in the record why it changed.",
    "CHG-07": "Put the page or its “approved_on:” back, or have it approved again.",
    "CHG-08": "Look at both sides (git show -m), and put in again what was dropped.",
    "CHG-09": "See whether your retention schedule allows it by now; if not, put the folder back.",
    # The SEN information report
    "SENIR-00": "Write the page, and put document: send_information_report at its top.",
    "SENIR-F1": 'Write {{ person("senco").name }}, .email and .phone where they belong.',
    "SENIR-F2": 'Add {{ campus("advice_service").phone }}, and fill in advice_service in campus.yml.',
    "SENIR-F3": 'Link to the Local Offer, with {{ campus("local_offer").url }} for the address.',
    "SENIR-F4": "Link to the page of the accessibility plan.",
    "SENIR-F5": "Read it through with the new SENCo, and set last_reviewed.",
    "SENIR-F6": "Read it through, and set changed_on to the day of the change, or have it approved again.",
    # The accessibility plan
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
    # Public pages
    "DOC-01": "Use an item of the catalogue, such as SENIR-2, SENIR-3a or SENIR-69bi.",
    "DOC-02": "Let one passage answer it, take the mark off the other, and link from there if it helps.",
    "DOC-03": "Write the passage, or take the heading out.",
    "DOC-04": "Say what happens, when, and who to ask.",
    "DOC-05": "Write what belongs there, or take the sentence out.",
    "DOC-06": 'Use a released figure, such as {{ figure("roll") }}, or say it without a number.',
    "DOC-07": "Take the name out, or name the person under “contacts” in campus.yml.",
    "DOC-08": 'Write {{ person("senco").name }} or the like, so that it changes with the records.',
    "DOC-09": "Take it out if it names a child; if it doesn't, add it to “public_words” in campus.yml.",
    "DOC-10": "Read it through, change what is no longer so, and set last_reviewed to that day.",
    "DOC-11": "Review the page, then set last_reviewed and a new review_by.",
    "DOC-12": "Have it approved again, and set approved_on and minute_ref.",
    "DOC-13": "Have the proprietor or the governing body approve it; add approved_by, approved_on and minute_ref.",
    "DOC-14": "Add public to the page's editions.",
    "DOC-15": "Say it in everyday words, or explain the word where it is used.",
    "DOC-16": "Shorten the sentences, and use shorter words.",
    "DOC-20": "Correct the total or the number that is wrong; if the total counts others too, say so in its name.",
    "DOC-21": "Correct the percentage or the numbers, or say what else it is a percentage of.",
    "DOC-22": "Say it without a number, write “fewer than six”, or use a released figure, which hides small numbers.",
    "DOC-23": "Write “fewer than six” in the cell; if a total gives it away, hide another cell or the total.",
    "DOC-24": "Say what is true this year, or put it in the past tense.",
    "DOC-25": "Set review_by to a day after last_reviewed and approved_on, and other days to when it was done.",
    "DOC-26": "Set review_by to a day within a year of last_reviewed.",
    "DOC-27": "Have it approved as it is today, and set approved_on and minute_ref.",
    "DOC-30": "Cite what is in force, or say in the sentence that it was replaced.",
    "DOC-32": "Write your own council, or add the other's name to “other_places” in campus.yml.",
    "DOC-33": "Write your own school's name, or add the other's to “other_places” in campus.yml.",
    "DOC-34": "Take the address from the records with a macro, or put it into the records.",
    "DOC-35": "Keep it where it belongs, and link to it from the other place.",
    "DOC-36": "Say in a few sentences what happens, when, and who does it; a link may follow.",
    "DOC-37": "Write what is asked, or put the mark behind the heading of the passage that answers it.",
    "DOC-31": "Use today's name, or say in the sentence that it was replaced.",
}


def _about(code: str) -> str:
    items_of_the_report = code.startswith("SENIR-")
    return _SAID[code] if code in _SAID or not items_of_the_report else _ANSWER.replace("CODE", code)


#: What to do, by the code of a rule.
WHAT_TO_DO: Mapping[str, str] = {rule.id: _about(rule.id) for rule in RULES}
