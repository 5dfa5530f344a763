"""Entries of the provision library: what the campus offers."""

from typing import Final

INTERVENTION: Final = "intervention"
