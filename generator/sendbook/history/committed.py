"""All states of a student's records that were ever committed, for a command that asks for a few students at most.

What is gone today is judged by what it said last, and two versions that are compared may both be older than that. The
site keeps an index of its own between builds (`versions`); here it is made when somebody first asks, and thrown away.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from sendbook.campus.records import Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.errors import HistoryError
from sendbook.history.versions import History

#: Gives the states of a student's records by record id, the oldest first.
Past = Callable[[str], Sequence[Mapping[str, Record]]]


@contextmanager
def committed_states(root: Path, registry: SchemaRegistry, on: date) -> Iterator[Past]:
    """Gives what answers for one student after another, up to the day ``on``.

    To ask it raises `HistoryError` where older versions are missing: what was taken back could then not be told from
    what was not.
    """
    with ExitStack() as closing:

        @cache
        def history() -> History:
            state = Path(closing.enter_context(TemporaryDirectory(prefix="sendbook-history-")))
            found = History.open(root, registry, state, on)
            if found is None:
                raise HistoryError("There are no versions yet: nothing has been committed.")
            return closing.enter_context(found)

        @cache
        def past(student: str) -> tuple[Mapping[str, Record], ...]:
            return tuple(moment.records for moment in history().moments(student))

        yield past
