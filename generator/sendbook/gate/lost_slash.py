"""Works out the address that was meant by one that lost its last slash on the way, or gained a full stop or a bracket.

Mail programs cut the slash from the end of a link, and take the full stop or the bracket behind it for a part of it.
What is answered follows from the letters of the address alone: it is the same whether there is such a page or not, and
no matter who asks. The answer is a path on this host and never anything that a browser could take for another one.
"""

import re
from collections.abc import Container
from urllib.parse import quote

#: What a sentence puts behind an address.
_QUOTES = "'\"\N{RIGHT SINGLE QUOTATION MARK}\N{RIGHT DOUBLE QUOTATION MARK}\u00bb"
_BEHIND = f" .,;:!?)]}}>*_{_QUOTES}\N{HORIZONTAL ELLIPSIS}\N{NO-BREAK SPACE}"
_A_FILE = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")
_LONGEST = 512


def address_meant(path: str, own: Container[str] = ()) -> str | None:
    """The address that was probably meant, percent-encoded for a Location header, or None where there is none.

    `path` is decoded. `own` are pages of the gate, which end in no slash; neither does the name of a file.
    """
    kept = path.rstrip(_BEHIND)
    if not _is_plainly_ours(kept) or len(path) > _LONGEST:
        return None
    if not (kept.endswith("/") or kept in own or _A_FILE.search(kept)):
        kept += "/"
    return None if kept == path else quote(kept)


def _is_plainly_ours(path: str) -> bool:
    """Whether it is plainly a path of ours: it begins with one slash, has no empty step and none of dots, and holds no
    backslash (browsers read it as a slash) and nothing that can't be seen, such as a control or direction character.
    """
    if not path.startswith("/") or "//" in path or "\\" in path or not path.isprintable():
        return False
    return not {".", ".."} & set(path.split("/"))
