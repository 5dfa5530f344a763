"""Finds the one-page profile among a student's records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from sendbook.kinds.profile import PROFILE
from sendbook.pages.reading import Reading


def profile_of(reading: Reading) -> Mapping[str, Any]:
    """The one-page profile; empty for readers who see none."""
    return reading.one(PROFILE)


def dates_of_profile(reading: Reading) -> Iterator[tuple[str, str]]:
    """The last day for going through the profile, as one to know."""
    if "review_by" in profile_of(reading):
        yield profile_of(reading)["review_by"], "One-page profile review, at the latest"
