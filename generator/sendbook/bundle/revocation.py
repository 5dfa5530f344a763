"""Withdrawing access by hand, at once and until it is given back.

The withdrawal is written down next to the bundle, where every look-up sees it, so it bites at the next request. Then
it is taken out of the bundle itself: now, or, while a build is publishing, by that build at its end.
"""

import sqlite3
from pathlib import Path

from sendbook.bundle import schema
from sendbook.bundle.store import Bundle
from sendbook.bundle.withdrawals import Withdrawals
from sendbook.errors import BundleError

#: Seconds to wait for another program: a reader is through in a moment, a build is not waited for.
_PATIENCE = 1.0


def revoke(path: Path, reader: str, subject: str | None = None) -> bool:
    """Withdraw one subject from a reader, or the reader altogether, in the bundle at a path.

    The reader's own pages (home and lists) and library may name the student, so they go as well, until
    the next build makes them anew without (meanwhile see `ways_in`). Sessions are the gate's, which ends them. Answers
    False if it could not be taken out of the bundle now, because another program is publishing or the disk is full: it
    bites all the same, and the next publication takes it out. Raises only if it does not bite.
    """
    with Withdrawals(path) as withdrawals:
        withdrawals.add(reader, subject or "")
    bundle = Bundle(path, schema.open_file(path, writing=True, patience=_PATIENCE))
    try:
        with bundle, bundle.publish():
            return True
    except BundleError as error:
        if isinstance(error.__cause__, sqlite3.OperationalError):
            return False
        raise


def restore(path: Path, reader: str, subject: str | None = None) -> None:
    """Take a withdrawal back; the next build gives what the records give."""
    with Withdrawals(path) as withdrawals:
        withdrawals.remove(reader, subject or "")
