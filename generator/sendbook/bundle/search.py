"""Full text within what one reader may see.

Not FTS5: its ranking counts every document in the index, so the order of a parent's hits would tell something of
other children's records, and in the SQLite of today's Debian (3.40) it leaves deleted words in its file. Here the
pages in the reader's scope are found by key, and only their words are looked at; the order comes from the titles
of what was found. The cost grows with what the reader may see, not with what there is.
"""

import sqlite3
from dataclasses import dataclass
from datetime import date

from sendbook.bundle.withdrawals import NOT_WITHDRAWN
from sendbook.bundle.words import words_of

_AT_MOST_WORDS = 8
_QUERY = """
SELECT page.path, text.title, page.subject
  FROM reader
  JOIN scope ON scope.reader = reader.id AND (scope.until IS NULL OR scope.until >= ?)
       AND {not_withdrawn}
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
  JOIN text ON text.object = page.object
 WHERE reader.id = ? AND (reader.until IS NULL OR reader.until >= ?) {all_words}
 ORDER BY {in_title} DESC, text.title_words, text.title, page.path
 LIMIT ?
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """A page that holds every word asked for."""

    path: str
    title: str
    subject: str


def statement(count: int) -> str:
    """The statement for so many words; the words themselves are always bound."""
    return _QUERY.format(
        not_withdrawn=NOT_WITHDRAWN,
        all_words=" ".join(["AND instr(text.words, ?)"] * count),
        in_title=" AND ".join(["instr(text.title_words, ?) > 0"] * count),
    )


def search(connection: sqlite3.Connection, reader: str, words: str, on: date, limit: int = 50) -> tuple[Hit, ...]:
    """Pages in the reader's scope on this day that hold every word (or a word that begins so).

    Case and accents don't count. Pages with all the words in their title come first, then by title. No words,
    no hits; of more than eight distinct words the longest eight are looked for.
    """
    wanted = sorted(words_of(words), key=lambda word: (-len(word), word))[:_AT_MOST_WORDS]
    if not wanted:
        return ()
    beginnings = [f" {word}" for word in wanted]
    day = on.isoformat()
    keys = (day, reader, day, *beginnings, *beginnings, limit)
    return tuple(Hit(*row) for row in connection.execute(statement(len(wanted)), keys))
