"""The kinds of document there are, and the data each is printed from.

A document is made in two steps. The site says in *print data* what stands in it: plain JSON, made from one projection
and nothing else, in one canonical form. The press (`press.py`) makes the PDF of it, whenever somebody asks. So what is
printed is a function of what its reader may see, and the same data are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

#: What print data are stored and sent as.
MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """One kind: its name is that of its template and of its command; ``private`` ones are about a child."""

    name: str
    title: str
    private: bool

    def title_of(self, identity: str) -> str:
        """The title in the file's metadata: the kind and an id, never a person's name."""
        return f"{self.title} {identity}".strip()

    def file_name(self, identity: str) -> str:
        """What the file is called where it is saved: ``plan-7Q4K.pdf``."""
        return f"{self.name}-{identity}.pdf" if identity else f"{self.name}.pdf"


PLAN = Kind(name="plan", title="Provision plan", private=True)
PROFILE = Kind(name="profile", title="One-page profile", private=True)
REPORT = Kind(name="send-information-report", title="SEN information report", private=False)
ACCESSIBILITY = Kind(name="accessibility-plan", title="Accessibility plan", private=False)
KINDS: Mapping[str, Kind] = {kind.name: kind for kind in (PLAN, PROFILE, REPORT, ACCESSIBILITY)}


def print_data(kind: Kind, identity: str, said: Mapping[str, Any], *, day: str, day_said: str) -> bytes:
    """The data a document is printed from.

    ``said`` is what its template shows; ``day`` (ISO) is the document's date, the last day something in it changed.
    The version's code is a digest of all that is said: two sheets with one code say the same.
    """
    told = canonical(said)
    code = blake2b(told, digest_size=4).hexdigest()
    head = {
        "kind": kind.name,
        "title": kind.title_of(identity),
        "private": kind.private,
        "version": {"day": day, "said": f"Version of {day_said} ({code})."},
    }
    return canonical(head)[:-1] + b',"said":' + told + b"}"


def canonical(value: object) -> bytes:
    """JSON in one form. The order of names is that of the code that says them, never that of a record."""
    return _ENCODER.encode(value).encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
