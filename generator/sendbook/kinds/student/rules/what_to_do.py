"""What to do about the findings of each rule about the student's own record."""

from __future__ import annotations

from collections.abc import Mapping

WHAT_TO_DO: Mapping[str, str] = {
    "STU-01": "Add or take out types of need, or correct the status; NSA goes alone, with SEN support only.",
    "STU-02": "End one status on the day before the next begins.",
    "STU-03": "Talk with the student and the family, ask whether parents can still see the record, and add a period.",
    "STU-04": "Tell the family, and ask the student about consent.",
    "STU-05": "Put student.yml back, or take the whole folder out.",
    "STU-07": "Correct the year group or the date of birth; if it was agreed, say so in records/waivers.yml.",
    "STU-08": "Write this year's year group and classes; if the student stays in the year, say so in a waiver.",
    "MED-01": "Write “emergency:” in student.yml: what to watch for, what to do, who to call, where the medicine is.",
    "MED-02": "Name somebody else, or correct what the records say about this person.",
    "MED-03": "Add a grant of the part “emergency” for them to access.yml.",
    "ACC-03": "Add “account_decision:” with on, by and reason to student.yml, or take the address out.",
    "ACC-04": "Add “student_accounts:” with the youngest age to campus.yml; if the student is too young, just wait.",
    "ACC-11": "Name who decided and worked here on that day, or have it decided again and write that day.",
}
