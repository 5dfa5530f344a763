"""What to do about each rule's findings, in one or two sentences: for its explanation and for the documentation.

A finding says the same with its place, and more closely where the rule finds more than one thing.
"""

from __future__ import annotations

from collections.abc import Mapping

from sendbook.checks.rules import send_information_report

_ANSWER = (
    'Write the passage and put data-answers="CODE" behind its heading, or mark the passage that answers it already.'
)

_SAID: Mapping[str, str] = {
    # The family
    "FAM-01": "Set the access to “none”, or to “named_parts” and name them.",
    "FAM-02": "Check the relation, then add “confirmed:” with “on:” (the day) and “by:” (your id).",
    "FAM-03": "List “parts:”, or change the access.",
    "FAM-04": "Have somebody at school who isn't family check it, and write who did and when.",
    "FAM-06": "Write the part's name as sendbook schema gives it, with its kind in front: “plan.costs”.",
    # Access
    "ACC-01": "Add an entry under “covers:” in access.yml.",
    "ACC-02": "Name somebody else: a member of the family sees what families see, whatever their job here.",
    "ACC-05": "Correct the record or the grant that lets them see it; if they should see it, correct the sentence.",
    "ACC-06": "Correct the sentence: who, what, and which parts (sendbook schema names them).",
    "ACC-07": "Take the change out of the schema, or name it under schema_changes in access.yml with the reason.",
    "ACC-08": "Name the field under schema_changes in access.yml, or give it a part of its own.",
    "ACC-09": "Take the entry out, or write kind, pointer, from and to as ACC-07 gives them.",
    "ACC-10": "Read it like a change of access.yml, and take it back if it was not meant.",
    "ACC-12": "Have somebody approve it who worked here by then, and not for themselves.",
    "ACC-13": "Copy the kind's schema into schemas/ and change that, or take out what has no effect.",
    "ACC-14": "Copy the field's x-words from the shipped schema into the copy.",
    "ACC-15": "Write the kind of record, the part and the state as sendbook schema names them.",
    # The campus and withdrawals
    "CAM-02": "Write each term with its first and last day, its half-term and its closed days.",
    "CAM-01": "Write the real name, number or address. If all is invented, write “synthetic: true” in campus.yml.",
    "CAM-03": "Write the day on which students are in school, or take it out of “closed_days”.",
    "WDN-01": "Write the record like students/7Q4K/plan, and the place in fields and short names of entries.",
    # Texts that families read
    "TXT-01": "Take it out: contact details belong in the person's own record. If it is meant, add a waiver.",
    "TXT-02": "Say who it is without the name: “a friend”, “Dad”. If it is meant, add a waiver.",
    "TXT-03": "If it is meant to be theirs, say it without the name. If it is a word, nothing has to be done.",
    "TXT-04": "If it is that person, say who it is without the name. If it is somebody else, add a waiver.",
    # What changed since an earlier version
    "CHG-03": "Put the record back; if it was meant, name it in records/withdrawn.yml with the reason.",
    "CHG-04": "Put the folder back under its id. A student who leaves gets a last day under “on_roll:”.",
    "CHG-05": "Put back what was agreed, and write the new version as a draft until all have agreed it.",
    "CHG-06": "Put the entry back and end it with a date or a result, or say in the record why it changed.",
    "CHG-07": "Put the page or its “approved_on:” back, or have it approved again.",
    "CHG-08": "Look at both sides (git show -m), and put back what was lost.",
    "CHG-09": "See whether your retention schedule allows it by now; if not, put the folder back.",
    # The SEN information report
    "SENIR-00": "Write the page, and put document: send_information_report at its top.",
    "SENIR-F1": 'Write {{ person("senco").name }}, .email and .phone where they belong.',
    "SENIR-F2": 'Add {{ campus("advice_service").phone }}, and fill in advice_service in campus.yml.',
    "SENIR-F3": 'Link to the Local Offer, with {{ campus("local_offer").url }} for the address.',
    "SENIR-F4": "Link to the page of the accessibility plan.",
    "SENIR-F5": "Read it through with the new SENCo, and set last_reviewed.",
    "SENIR-F6": "Read it through, and set changed_on to the day of the change, or have it approved again.",
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
    "DOC-10": "Check it, change what is out of date, and set last_reviewed to that day.",
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
    "DOC-30": "Quote the law in force, or say in the same sentence that the old one was replaced.",
    "DOC-32": "Write your own council, or add the other's name to “other_places” in campus.yml.",
    "DOC-33": "Write your own school's name, or add the other's to “other_places” in campus.yml.",
    "DOC-34": "Take the address from the records with a macro, or put it into the records.",
    "DOC-35": "Keep it in one place, and link to it from the other.",
    "DOC-36": "Say in a few sentences what happens, when, and who does it. A link may follow.",
    "DOC-37": "Write what is asked, or put the mark behind the heading of the passage that answers it.",
    "DOC-38": "Write what holds for your kind of school, or correct “type” under “setting” in campus.yml.",
    "DOC-31": "Use today's name, or say in the same sentence that the old one was replaced.",
}


#: What to do, by the code of a rule; an item of the report that has no words of its own is written, or marked.
WHAT_TO_DO: Mapping[str, str] = {
    **{rule.id: _ANSWER.replace("CODE", rule.id) for rule in send_information_report.RULES},
    **_SAID,
}
