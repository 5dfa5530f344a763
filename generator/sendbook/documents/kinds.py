"""What a kind of document is, and the data each is printed from.

A document is made in two steps. The site says in *print data* what is in it: plain JSON, made from one projection
and nothing else, in one canonical form. The press (`press.py`) makes the PDF of it, whenever somebody asks. So what is
printed is a function of what its reader may see, and the same data are the same bytes.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

#: How the name of a document of a draft begins.
OF_DRAFT = "draft-"


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentKind:
    """One kind: its name is that of its command; ``private`` ones are about a child, or about no child in particular
    where they are ``of_campus``: what the campus keeps by itself, which may name children.

    ``record`` is what is printed, in the student's folder, where that is not called as the kind is. ``template`` is the
    template it is printed with; left out, the one of its name, without the ``draft-`` of a draft.
    """

    name: str
    title: str
    private: bool
    of_campus: bool = False
    record: str = ""
    template: str = ""

    @property
    def printed_from(self) -> str:
        """The record's place in the student's folder."""
        return self.record or self.name

    @property
    def is_of_draft(self) -> bool:
        """Whether it is of a record that is being drafted, next to the one in force."""
        return self.record.startswith("drafts/")

    def title_of(self, identity: str) -> str:
        """The title in the file's metadata: the kind and an id, never a person's name."""
        return f"{self.title} {identity}".strip()

    def file_name(self, identity: str) -> str:
        """What the file is called where it is saved: ``plan-7Q4K.pdf``."""
        return f"{self.name}-{identity}.pdf" if identity else f"{self.name}.pdf"


def print_data(kind: DocumentKind, identity: str, said: Mapping[str, Any], *, day: str, day_said: str) -> bytes:
    """The data a document is printed from.

    ``said`` is what its template shows; ``day`` (ISO) is the document's date, the last day something in it changed;
    ``day_said`` is the same in words, and empty where nothing in it says a day.
    The version's ``code`` is a digest of all that is said: two papers with the same code say the same.
    """
    return with_print_head(kind, identity, canonical(said), day=day, day_said=day_said)


def with_print_head(kind: DocumentKind, identity: str, told: bytes, *, day: str, day_said: str) -> bytes:
    """The same of what is said in its `canonical` form."""
    code = blake2b(told, digest_size=4).hexdigest()
    head = {
        "kind": kind.name,
        **({"template": kind.template} if kind.template else {}),
        "title": kind.title_of(identity),
        "private": kind.private,
        **({"of_campus": True} if kind.of_campus else {}),
        "version": {"day": day, "said": f"Version of {day_said}." if day_said else "No date yet.", "code": code},
    }
    return canonical(head)[:-1] + b',"said":' + told + b"}"


def template_of(data: Mapping[str, Any]) -> str:
    """The name of the template that print data are printed with."""
    return str(data.get("template") or data["kind"].removeprefix(OF_DRAFT))


def canonical(value: object) -> bytes:
    """JSON in one form. The order of names is that of the code that says them, never that of a record."""
    return _ENCODER.encode(value).encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
