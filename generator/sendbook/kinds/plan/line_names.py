"""What a line of provision is called: as the library has it, or in its own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sendbook.kinds.intervention import INTERVENTION
from sendbook.pages.surroundings import Surroundings


def line_name(line: Mapping[str, Any], around: Surroundings) -> str:
    """The name of a line: its own, its library entry's, or the kind of support it is."""
    entry = around.of_kind(INTERVENTION).get(line.get("intervention", ""), {})
    return str(line.get("name") or entry.get("name") or around.said("plan/provision/type", line["type"]))
