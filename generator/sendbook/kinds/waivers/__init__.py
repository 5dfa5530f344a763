"""What is meant to be so: warnings, and names in texts, that have been looked at. `checks/waivers` applies them."""

from typing import Final

WAIVERS: Final = "waivers"
