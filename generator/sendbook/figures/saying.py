"""Released figures in words: exactly for those who may see figures, rounded and for few of them in public text.

Whatever is said here was approved and is frozen; nothing is counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from sendbook.figures.settings import FigureSettings

Data = Mapping[str, Any]

_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def said_in_public(releases: Iterable[Data], settings: FigureSettings) -> dict[str, dict[str, str]]:
    """The figures that are for everyone, each from the latest release (handed in oldest first) that has it.

    By name: its ``value`` in words that fit into a sentence ("about 25", "fewer than six", "19%"), and its ``date``.
    """
    found: dict[str, dict[str, str]] = {}
    for release in releases:
        for figure in release["public"]:
            if "cells" not in figure:
                words = in_public(figure, release["smallest_count"], settings)
                found[figure["id"]] = {"value": words, "date": in_full(figure.get("on", release["counted_on"]))}
    return found


def in_public(figure: Data, smallest: int, settings: FigureSettings) -> str:
    """A figure in public text: counts to the nearest five (SN-4), percentages whole."""
    if "hidden" in figure:
        return _hidden_in_a_sentence(figure, smallest)
    if figure["unit"] == "percent":
        return f"{round(figure['value'])}%"
    nearest = settings.public_rounded_to
    if figure["unit"] == "pounds" or nearest == 1:
        return exact(figure)
    return f"about {nearest * max(1, round(figure['value'] / nearest)):,}"


def exact(figure: Data) -> str:
    """A number as those see it who may see figures."""
    number = figure["value"]
    said = f"{number:,.1f}".removesuffix(".0") if isinstance(number, float) else f"{number:,}"
    return {"percent": f"{said}%", "pounds": f"£{said}"}.get(figure["unit"], said)


def in_a_table(figure: Data, smallest: int) -> str:
    """What is in a cell: the number, with the whole it is part of, or as much as may be said of it."""
    hidden, whole = figure.get("hidden"), figure.get("whole")
    if hidden == "almost_all":
        return almost_all(whole, smallest)
    said = {"small": f"fewer than {spelled(smallest)}", "withheld": "not shown"}[hidden] if hidden else exact(figure)
    if not hidden and "part" in figure and figure["unit"] == "percent":
        return f"{said} ({figure['part']} of {whole})"
    return said if whole is None else f"{said} of {whole}"


def almost_all(whole: int | None, smallest: int) -> str:
    """“24 or more of 29”: says that all but a few are counted, and not how few, or whether it is all of them.

    A number below the smallest that is shown is hidden as small instead, so the bound is never below it.
    """
    if whole is None:
        return "nearly all"
    return f"{max(whole - smallest + 1, smallest)} or more of {whole}"


def with_term(figure: Data, terms: Iterable[Data]) -> str:
    """A figure's title, with the term if it counts the days of one: reviews are counted for the last whole term."""
    for term in terms:
        if "since" in figure and (term["start"], term["end"]) == (figure["since"], figure["until"]):
            return f"{figure['title']}, {term['name']}"
    return str(figure["title"])


def in_full(day: str) -> str:
    """``23 November 2026``."""
    read = date.fromisoformat(day)
    return f"{read.day} {read:%B} {read.year}"


def spelled(number: int) -> str:
    """Numbers up to ten in words."""
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _hidden_in_a_sentence(figure: Data, smallest: int) -> str:
    """To be followed by what is counted: "fewer than six students", "an unpublished number of students"."""
    if figure["hidden"] == "small" and figure["unit"] != "percent":
        return f"fewer than {spelled(smallest)}"
    return "a percentage we don't publish" if figure["unit"] == "percent" else "an unpublished number of"
