"""Reads a day as records write it, so that what can't be read counts as the caller says."""

from __future__ import annotations

from datetime import date


def day_of(value: object, *, otherwise: date) -> date | None:
    """A day; None where there is none, and ``otherwise`` where it can't be read."""
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return otherwise
