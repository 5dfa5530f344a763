"""Where a reader may begin while their own pages are kept back: one page of each student in their scope.

Home and lists are taken away with whatever they named, until a build makes them anew (see `withdrawals`), and they last
no longer than the first access they list. What they may still see is told from the scope itself, at the request.
"""

import sqlite3
from datetime import date
from typing import NamedTuple

from sendbook.bundle.schema import DIRECTORY, HANDBOOK, LIBRARY, OWN
from sendbook.bundle.withdrawals import NOT_WITHDRAWN

# The page with the shortest path is the one that the others lie below.
_FIRST_PAGES = f"""
SELECT page.path, text.title
  FROM reader
  JOIN scope ON scope.reader = reader.id AND (scope.until IS NULL OR scope.until >= ?2) AND {NOT_WITHDRAWN}
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
  JOIN text ON text.object = page.object
 WHERE reader.id = ?1 AND (reader.until IS NULL OR reader.until >= ?2) AND scope.subject NOT IN (?3, ?4, ?5, ?6)
   AND page.path = (SELECT below.path FROM page AS below JOIN text AS said ON said.object = below.object
                     WHERE below.subject = scope.subject AND below.projection = scope.projection
                     ORDER BY length(below.path), below.path LIMIT 1)
 ORDER BY text.title_words, text.title, page.path
"""  # noqa: S608 - a condition of ours


class WayIn(NamedTuple):
    """A student's first page, and its title as plain text."""

    path: str
    title: str


def ways_in_to(connection: sqlite3.Connection, reader: str, on: date) -> tuple[WayIn, ...]:
    """The first page of each student whom the reader may see on this day, by title."""
    keys = (reader, on.isoformat(), HANDBOOK, LIBRARY, DIRECTORY, OWN)
    return tuple(WayIn(*row) for row in connection.execute(_FIRST_PAGES, keys))
