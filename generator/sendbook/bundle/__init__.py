"""The database that the gate serves from: bytes under exact keys, and no knowledge of records.

`Bundle.publish` takes what a build made; `look_up` answers the gate; `export` writes a reader's site as files.
"""

from sendbook.bundle.addresses import stands_for
from sendbook.bundle.excerpt import Run
from sendbook.bundle.export import export
from sendbook.bundle.fragment import Content, File, Fragment, Label, Press, PrintData, Shell
from sendbook.bundle.look_up import Found, LiveReader, live_reader, look_up
from sendbook.bundle.pieces import Compressor
from sendbook.bundle.prepared import Prepared, prepare
from sendbook.bundle.publication import Publication, ScopeRow
from sendbook.bundle.revocation import restore, revoke
from sendbook.bundle.schema import HANDBOOK, LIBRARY, OWN, PUBLIC
from sendbook.bundle.search import Hit, search
from sendbook.bundle.store import Bundle
from sendbook.bundle.ways_in import WayIn, ways_in_to

__all__ = [
    "HANDBOOK",
    "LIBRARY",
    "OWN",
    "PUBLIC",
    "Bundle",
    "Compressor",
    "Content",
    "File",
    "Found",
    "Fragment",
    "Hit",
    "Label",
    "LiveReader",
    "Prepared",
    "Press",
    "PrintData",
    "Publication",
    "Run",
    "ScopeRow",
    "Shell",
    "WayIn",
    "export",
    "live_reader",
    "look_up",
    "prepare",
    "restore",
    "revoke",
    "search",
    "stands_for",
    "ways_in_to",
]
