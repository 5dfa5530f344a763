"""Tries a campus's own document templates: one document of each kind, because all are printed only when asked for."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator

from sendbook.bundle.pieces import plain, unpack
from sendbook.bundle.publication import Publication
from sendbook.bundle.store import Bundle
from sendbook.campus.code import code_digest
from sendbook.campus.digests import digest_of
from sendbook.documents.press import Press
from sendbook.handbook.print_pages import PAGE_DOCUMENTS
from sendbook.kinds.printed import DOCUMENTS
from sendbook.pages.own_campus_kinds import path_of_campus_kind
from sendbook.pages.own_student_kinds import path_of_kind
from sendbook.pages.template_faults import Fault, packed, unpacked

_UNIT = "~documents tried"


def faults_in_print(press: Press, documents: Iterable[bytes]) -> set[Fault]:
    """Finds what is wrong with the campus's own document templates; one of the ``documents`` of each kind is tried."""
    tried: dict[str, bytes] = {}
    for data in documents if press.own_digest else ():
        tried.setdefault(json.loads(data)["kind"], data)
    found = (press.fault(data) for data in tried.values())
    return {Fault(name=f"documents/{one.name}", line=one.line, said=one.said) for one in found if one is not None}


def faults_in_documents(press: Press, bundle: Bundle, change: Publication) -> set[Fault]:
    """Finds the same in what a bundle would have printed; what was found is remembered while all of it is the same."""
    if not press.own_digest:
        change.remember(_UNIT, "of", None)
        return set()
    documents = list(_documents(bundle))
    of = digest_of([code_digest(), press.own_digest, [one.decode() for one in documents]]).encode()
    if bundle.remembered(_UNIT, "of") != of:
        change.remember(_UNIT, "of", of)
        change.remember(_UNIT, "faults", packed(faults_in_print(press, documents)))
    return set(unpacked(bundle.remembered(_UNIT, "faults")))


def _documents(bundle: Bundle) -> Iterator[bytes]:
    """The first print data of each kind, by subject, projection and path; kinds of the campus's own are one here."""
    query = (
        "SELECT object.body FROM page JOIN object ON object.id = page.object WHERE object.form = 'print'"
        " AND (page.path LIKE ? OR page.path LIKE ?) ORDER BY page.subject, page.projection, page.path LIMIT 1"
    )
    names = (*DOCUMENTS, *PAGE_DOCUMENTS)
    own, of_campus = path_of_kind("%").format(home="/students/%/"), path_of_campus_kind("%")
    for endings in [*((f"%/{name}-%.pdf", f"%/{name}.pdf") for name in names), (f"{own}%.pdf", f"{of_campus}%.pdf")]:
        for (body,) in bundle.connection.execute(query, endings):
            yield plain(unpack(body, 1))
