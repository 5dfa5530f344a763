"""The press as a process of `sendbook serve`: it reads fonts and templates, answers with PDFs, and writes nothing.

Typst can't be stopped in the middle of a document. So the press ends if one takes too long, and is started again.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from sendbook.campus.letters import Letters
from sendbook.campus.shipped import site_templates
from sendbook.errors import DocumentError, LineError, trace_of
from sendbook.line.lines import Lines
from sendbook.line.messages import BeginPress, NotPrinted, PrintDocument, Printed
from sendbook.processes.confinement import for_press
from sendbook.processes.landlock import confine
from sendbook.processes.pipe_end import begun, end_with
from sendbook.processes.supervisor import AGAIN

if TYPE_CHECKING:
    from sendbook.documents.press import Press

#: So many documents are made at the same time.
_AT_ONCE = 2
#: Seconds that the gate has to send a question, and that one document may take.
_TO_ASK, _TO_PRINT = 10.0, 45.0
_OWN = ("site_templates", "site_templates/documents", "site_templates/fonts")


def main() -> None:
    """Prints until it is ended."""
    begin, pipe = begun(BeginPress)
    root = Path(begin.root)
    confine(for_press(_reads(root), Path(begin.nothing), map(Path, begin.hidden)))
    end_with(pipe)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    press = RenewedPress(root, begin.nothing)
    press.renewed()  # imports what it needs before anybody waits for it
    with socket.socket(fileno=begin.listening) as listening:
        threads = [threading.Thread(target=_answer_all, args=(listening, press)) for _ in range(_AT_ONCE)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()


class RenewedPress:
    """A press with the campus's templates as they are now: made anew when one of them or a font has changed."""

    def __init__(self, root: Path, nothing: str) -> None:
        self._root = root
        self._nothing = nothing
        self._allowed = _places(root)
        self._lock = threading.Lock()
        self._stamp: object = None

    def pdf(self, data: bytes) -> bytes:
        """The PDF of print data."""
        return self.renewed().pdf(data)

    def renewed(self) -> Press:
        """The press of now. Ends the process where the campus's folders are others than it may read."""
        from sendbook.documents.press import Press

        with self._lock:
            if _places(self._root) != self._allowed:
                os._exit(AGAIN)
            stamp = _stamp(self._root)
            if self._stamp != stamp:
                self._stamp, self._press = stamp, Press(self._root, nothing=self._nothing)
            return self._press


def _reads(root: Path) -> list[Path]:
    """The folders of templates and fonts, ours and the campus's own."""
    shipped = site_templates()
    fonts = Letters(root).folders
    return [
        shipped / "documents",
        shipped / "fonts",
        *fonts,
        *(root / name for name in _OWN[1:] if not (root / name).is_symlink()),
    ]


def _places(root: Path) -> list[tuple[int, int] | None]:
    """Which folders of the campus's own there are: one that came, or took another's place, may not be read yet."""
    found: list[tuple[int, int] | None] = []
    for name in _OWN:
        try:
            status = (root / name).stat()
        except OSError:
            found.append(None)
        else:
            found.append((status.st_dev, status.st_ino))
    return found


def _stamp(root: Path) -> object:
    """Changes when a template or a font of the campus's own does."""
    stats = []
    for name in _OWN[1:]:
        with suppress(OSError):
            for entry in sorted(os.scandir(root / name), key=lambda one: one.name):
                status = entry.stat(follow_symlinks=False)
                stats.append((name, entry.name, status.st_mtime_ns, status.st_size, status.st_ino))
    return stats


def _answer_all(listening: socket.socket, press: RenewedPress) -> None:
    while True:
        connection, _ = listening.accept()
        with Lines(connection, _TO_ASK) as lines, suppress(LineError):
            asked = lines.receive()
            if isinstance(asked, PrintDocument):
                lines.send(_answer(asked, press))


def _answer(asked: PrintDocument, press: RenewedPress) -> Printed | NotPrinted:
    watch = threading.Timer(_TO_PRINT, _give_up)
    watch.daemon = True
    watch.start()
    try:
        return Printed(document=asked.document, pdf=press.pdf(asked.data))
    except DocumentError as error:
        return NotPrinted(document=asked.document, reason=str(error))
    except Exception as fault:  # the next document may be sound
        print(f"a document could not be made\n{trace_of(fault)}", file=sys.stderr, flush=True)
        return NotPrinted(document=asked.document, reason="This is a fault in sendbook.")
    finally:
        watch.cancel()


def _give_up() -> None:
    print("A document took too long, so the press ends.", file=sys.stderr, flush=True)
    os._exit(1)


if __name__ == "__main__":
    main()
