"""The classes that decide for how long records are kept: what a kind's ``x-retain`` may name.

The classes follow the retention schedule in the toolkit for schools of the Information and Records Management Society.
How long each is kept, and from which day, is the school's own schedule to say, so only the classes are here. A child
protection file has no class: it is kept outside these records altogether.
"""

from __future__ import annotations

from collections.abc import Mapping

CLASSES: Mapping[str, str] = {
    "send_file": "a student's SEND file: support, plans, profiles, meetings, reviews and advice",
    "student_record": "the rest of a student's school record",
    "exam_access": "evidence for access arrangements in exams",
    "attendance": "the attendance register",
    "risk_assessment": "risk assessments",
    "complaint": "complaints and what was done about them",
    "people": "people: colleagues for some time after they leave, family for as long as their child's file",
    "published": "what the school has published, for some time after something newer replaces it",
    "committee": "papers and minutes of governors and committees",
    "finance": "invoices, costs and funding",
    "data_protection": "requests for data, breaches, and what was erased",
    "in_use": "what this site is run by, for as long as it is used",
}
