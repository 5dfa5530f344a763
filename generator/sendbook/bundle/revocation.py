"""Withdrawing access by hand, at once and until it is given back.

The rows the gate reads are changed in place, so it bites at the next request. The withdrawal itself is kept, and
every later publication leaves the pair out, or the next build would quietly undo it.
"""

from sendbook.bundle.schema import OWN
from sendbook.bundle.store import Bundle


def revoke(bundle: Bundle, reader: str, subject: str | None = None) -> None:
    """Withdraw one subject from a reader, or the reader altogether.

    The reader's own pages (home, lists, search index) name the student, so they go as well, until the next build
    makes them anew without: it asks `Bundle.revoked`. Sessions are the gate's, which ends them.
    """
    with bundle.publish() as change:
        bundle.connection.execute("INSERT OR IGNORE INTO revoked VALUES (?, ?)", (reader, subject or ""))
        if subject is None:
            change.remove_reader(reader)
        else:
            change.remove_scope(reader, subject)
            change.remove_scope(reader, OWN)


def restore(bundle: Bundle, reader: str, subject: str | None = None) -> None:
    """Take a withdrawal back; the next build gives what the records give."""
    with bundle.publish():
        bundle.connection.execute("DELETE FROM revoked WHERE reader = ? AND subject = ?", (reader, subject or ""))
