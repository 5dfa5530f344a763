"""What lists and home pages need of a one-page profile. Every key is always there."""

from __future__ import annotations

from sendbook.kinds.profile.profile_records import profile_of
from sendbook.kinds.profile.profile_sections import advice_by_subject, texts
from sendbook.pages.reading import Facts, Reading

#: How many lines of "how to help" stand on a card.
HELP_LINES = 3


def facts_of_profile(reading: Reading) -> Facts:
    """What helps in a few lines, and the advice for lessons and exams."""
    profile = profile_of(reading)
    return {
        "help": texts(profile.get("help"))[:HELP_LINES],
        "avoid": texts(profile.get("avoid"))[:1],
        "advice": {subject: [line.text for line in lines] for subject, lines in advice_by_subject(reading).items()},
        "exams": texts(profile.get("exams")),
    }
