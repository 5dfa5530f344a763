"""Finds the one-page profile among a student's records."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sendbook.kinds.profile import PROFILE
from sendbook.pages.reading import Reading


def profile_of(reading: Reading) -> Mapping[str, Any]:
    """The one-page profile; empty for readers who see none."""
    return reading.one(PROFILE)
