"""What the pages of a student rest on besides the day of the build, by the kinds that have such days."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from sendbook.kinds.all_kinds import ALL_KINDS
from sendbook.pages.reading import Ends, MetOn

ENDS: Final[Mapping[str, Ends]] = {kind.name: kind.ends for kind in ALL_KINDS if kind.ends is not None}
MET_ON: Final[Mapping[str, MetOn]] = {kind.name: kind.met_on for kind in ALL_KINDS if kind.met_on is not None}
