"""Sections of the plan that hold somebody's own words: the student's and the family's."""

from __future__ import annotations

from typing import Any

from sendbook.kinds.plan.plan_records import plan_of
from sendbook.pages.quotes import family_quotes, student_quotes
from sendbook.pages.reading import Reading
from sendbook.pages.sections import Section, Voice


def show_student_voice(reading: Reading) -> dict[str, Any] | None:
    quotes = student_quotes(plan_of(reading), reading)
    return {"said": quotes} if quotes else None


def show_family_voice(reading: Reading) -> dict[str, Any] | None:
    quotes = family_quotes(plan_of(reading), reading)
    return {"said": quotes} if quotes else None


STUDENT_VOICE = Section(
    name="student-voice",
    title=Voice(staff="What {name} says", student="What I say"),
    template="sections/quotes.html",
    show=show_student_voice,
    needs=(("plan", "student_voice"),),
    also=(("plan", "confidential_words"),),
)
FAMILY_VOICE = Section(
    name="family-voice",
    title=Voice(staff="What the family says", family="What your family says"),
    template="sections/quotes.html",
    show=show_family_voice,
    needs=(("plan", "family_voice"),),
)
