"""The press as the gate knows it: another process, asked over the line, within a time limit."""

from __future__ import annotations

from hashlib import blake2b
from pathlib import Path

from sendbook.errors import DocumentError, LineError
from sendbook.line.lines import ask
from sendbook.line.messages import NotPrinted, PrintDocument, Printed

#: Seconds that somebody waits for a document; a press that takes longer over one ends itself sooner.
PATIENCE = 60.0


class PressAtTheLine:
    """Asks the press that listens at a place. Call it with print data."""

    def __init__(self, place: Path, patience: float = PATIENCE) -> None:
        self._place = place
        self._patience = patience

    def __call__(self, data: bytes) -> bytes:
        """The PDF. Raises `DocumentError` if there is no press to make it, or it can't."""
        document = blake2b(data, digest_size=16).hexdigest()
        try:
            answer = ask(self._place, PrintDocument(document=document, data=data), self._patience)
        except LineError as error:
            raise DocumentError(f"The press gave no answer. {error}") from error
        if isinstance(answer, Printed) and answer.document == document:
            return answer.pdf
        if isinstance(answer, NotPrinted) and answer.document == document:
            raise DocumentError(answer.reason)
        raise DocumentError("The press answered something else than it was asked.")
