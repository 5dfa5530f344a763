"""Where a student belongs in school, in a few words."""

from __future__ import annotations

from sendbook.campus.foundation import STUDENT
from sendbook.campus.words import short_day
from sendbook.campus.year_groups import year
from sendbook.pages.reading import Reading


def placing(reading: Reading) -> str:
    """``Year 9 · 9 Beech``, from what the projection has of it; a group named for its year says both."""
    student, groups = reading.one(STUDENT), reading.around.tutor_groups
    said = [year(student["year_group"])] if "year_group" in student else []
    tutor_group = groups.get(student.get("tutor_group", ""), {}).get("name")
    if tutor_group:
        said = [tutor_group] if said and tutor_group.startswith(said[0]) else [*said, tutor_group]
    last_day = student.get("on_roll", {}).get("until")
    # A date, not "has left": a student's pages must not change with the day.
    return " · ".join([*said, f"last day at school {short_day(last_day)}"] if last_day else said)


def name_and_placing(reading: Reading) -> str:
    """``Known as Bear · Year 9``: the other name first, where the full one doesn't hold it."""
    where, known = placing(reading), reading.known_as
    held = set(reading.full_name.casefold().split())
    return where if set(known.casefold().split()) <= held else " · ".join(filter(None, [f"Known as {known}", where]))
