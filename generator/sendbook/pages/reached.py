"""How a person or an office is reached: a telephone number or an address as a link that rings or writes.

On a phone the next step is then one touch away. Anything else that is in such a place, such as a postal address,
stays text.
"""

from __future__ import annotations

import re

from markupsafe import Markup, escape

# A number as people write it, perhaps with an extension, which no telephone can dial by itself.
_NUMBER = re.compile(r"(\+?[\d (][\d ()/.-]{4,})(?:[ ,]*(?:ext|x|extension)\b.*)?", re.IGNORECASE)
_NOT_DIALLED = re.compile(r"\(0\)|[^\d+]")
_ADDRESS = re.compile(r"[^\s@:/?#&]+@[^\s@:/?#&]+")


def linked(text: str) -> Markup:
    """A telephone number or an e-mail address as a link; other text as it is, escaped."""
    number = _NUMBER.fullmatch(text.strip())
    if number:
        return Markup('<a href="tel:{}">{}</a>').format(_NOT_DIALLED.sub("", number[1]), text)
    if _ADDRESS.fullmatch(text.strip()):
        return Markup('<a href="mailto:{}">{}</a>').format(text.strip(), text)
    return escape(text)
