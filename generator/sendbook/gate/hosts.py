"""The name in a Host header, read strictly: a page of somebody else's could have its own name point here."""

import re
from functools import lru_cache

#: In lower case: a name without a last dot, or an address in brackets, and a port. Nobody is named before it.
_HOST = re.compile(r"(?P<name>[a-z0-9_-]+(?:\.[a-z0-9_-]+)*|\[[0-9a-f:.]+\])(?::(?P<port>[0-9]{1,5}))?", re.ASCII)
_HIGHEST_PORT = 65535


@lru_cache(maxsize=256)
def host_name(host: str) -> str:
    """The name without its port; empty for anything that isn't a name or address and a port, in lower case."""
    found = _HOST.fullmatch(host)
    if found is None or int(found["port"] or 0) > _HIGHEST_PORT:
        return ""
    return found["name"]
