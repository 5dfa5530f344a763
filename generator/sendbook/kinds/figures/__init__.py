"""Released figures: counted, made safe, approved and frozen."""

from typing import Final

FIGURES: Final = "figures"
