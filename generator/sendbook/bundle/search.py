"""Full text within what one reader may see.

Not FTS5: its ranking counts every document in the index, so the order of a parent's hits would tell something of
other children's records, and in the SQLite of today's Debian (3.40) it leaves deleted words in its file. Here the
pages in the reader's scope are found by key, and only their words are looked at; the order comes from the titles
of what was found. The cost grows with what the reader may see, not with what there is.
"""

import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sendbook.bundle.excerpt import Run, excerpt_of, marked
from sendbook.bundle.fragment import fragment_pieces
from sendbook.bundle.pieces import plain
from sendbook.bundle.withdrawals import NOT_WITHDRAWN
from sendbook.bundle.words import asked_for

_AT_MOST_WORDS = 12
_QUERY = """
SELECT page.path, text.title, page.subject, text.kind, text.whose, text.place, page.object
  FROM reader
  JOIN scope ON scope.reader = reader.id AND (scope.until IS NULL OR scope.until >= :day)
       AND {not_withdrawn}
  JOIN page ON page.subject = scope.subject AND page.projection = scope.projection
  JOIN text ON text.object = page.object
 WHERE reader.id = :reader AND (reader.until IS NULL OR reader.until >= :day) AND {in_text}
 ORDER BY CASE WHEN {name} THEN 0 WHEN {in_name} THEN 1 WHEN {title} THEN 2 WHEN {in_title} THEN 3
               WHEN {text} THEN 4 ELSE 5 END,
       text.title_words, text.title, text.place, page.path
 LIMIT :limit
"""
_BODY = "SELECT body FROM object WHERE id = ?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A page that holds every word asked for.

    Attributes:
        path: Where it is.
        title: Its title.
        subject: Whose it is.
        kind: What kind of page it is, such as "Plan".
        whose: The full name of the student it is about, or "".
        place: Their year and tutor group, as far as this reader may know them.
        name: The title in runs, with the words asked for marked.
        excerpt: The words around the hit in runs; none where the words are in the title alone.
    """

    path: str
    title: str
    subject: str
    kind: str = ""
    whose: str = ""
    place: str = ""
    name: tuple[Run, ...] = ()
    excerpt: tuple[Run, ...] = ()


def statement(terms: Sequence[Sequence[str]]) -> str:
    """The statement for so many words; the words themselves are always bound."""

    def holds(column: str, *, whole_words: bool = False) -> str:
        end = " || ' '" if whole_words else ""
        return " AND ".join(
            "(" + " OR ".join(f"instr({column}{end}, :t{n}_{m}{end})" for m in range(len(forms))) + ")"
            for n, forms in enumerate(terms)
        )

    return _QUERY.format(
        not_withdrawn=NOT_WITHDRAWN,
        in_text=holds("text.words"),
        text=holds("text.words", whole_words=True),
        in_title=holds("text.title_words"),
        title=holds("text.title_words", whole_words=True),
        in_name=holds("text.names"),
        name=holds("text.names", whole_words=True),
    )


def search(connection: sqlite3.Connection, reader: str, words: str, on: date, limit: int = 50) -> tuple[Hit, ...]:
    """Pages in the reader's scope on this day that hold every word (or a word that begins so).

    Case and accents don't count. First come students' own pages whose name holds all the words, then pages with all of
    them in their title, each time whole words before beginnings; then by title. No words, no hits; of more than twelve
    distinct words the longest twelve are looked for.
    """
    terms = sorted(asked_for(words), key=lambda forms: (-len(forms[0]), forms))[:_AT_MOST_WORDS]
    if not terms:
        return ()
    words_asked = {f"t{n}_{m}": form for n, forms in enumerate(terms) for m, form in enumerate(forms)}
    keys = {**words_asked, "day": on.isoformat(), "reader": reader, "limit": limit}
    # One state for all that is read: after a publication, the number of an object may be another page's.
    connection.execute("SAVEPOINT search")
    try:
        return tuple(_hit(connection, row, terms) for row in connection.execute(statement(terms), keys).fetchall())
    finally:
        connection.execute("RELEASE search")


def _hit(connection: sqlite3.Connection, row: tuple[object, ...], terms: Sequence[Sequence[str]]) -> Hit:
    path, title, subject, kind, whose, place, number = row
    body: bytes = connection.execute(_BODY, (number,)).fetchone()[0]
    content = plain((fragment_pieces(body)["content"],)).decode()
    return Hit(
        path=str(path),
        title=str(title),
        subject=str(subject),
        kind=str(kind),
        whose=str(whose),
        place=str(place),
        name=marked(str(title), terms),
        excerpt=excerpt_of(content, str(title), terms),
    )
