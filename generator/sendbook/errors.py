"""The exceptions of sendbook, one tree.

SendbookError                what went wrong is ours or the machine's, told in one sentence
├── CampusNotFound           the folder holds no campus
├── HistoryError             the git repository, or a revision named, can't be read
├── SchemaError              a schema of ours or the campus's is not one we can work with
├── TemplateError            a page template can't be used
├── EngineError              MkDocs could not build an edition of the handbook
├── BundleError              the bundle is missing, not one, or can't be used
│   └── SpentBundle          it is damaged, of another version, or was never finished
├── DocumentError            a document can't be made: its template is missing or can't be used
├── FiguresRefused           figures can't be counted, approved or overwritten as asked
├── ServeError               the gate can't start (port in use, address refused, ...)
├── LineError                a process of `serve` can't be asked, or said what is no message
└── ExampleError             the example's history, told backwards from its records, no longer fits them

A user's mistake in a record is not here: it is a finding, collected and shown with all the others. Whatever else is
raised is a fault: `trace_of` says where it happened, for a log.
"""

import re

_PLACE = re.compile(r'^  File ".+", line \d+, in \S+$', re.MULTILINE)
_MOST_BEHIND = 10


class SendbookError(Exception):
    """Something sendbook can't go on from; its text is one sentence for the person at the keyboard."""


class CampusNotFound(SendbookError):
    """The folder named (or the current one) holds no ``records/campus.yml``."""


class HistoryError(SendbookError):
    """Earlier versions can't be read: git is missing, the repository is cut short, or no commit has that name."""


class SchemaError(SendbookError):
    """A schema lacks a part for a leaf, refers to itself, or uses an annotation we don't know."""


class TemplateError(SendbookError):
    """A page template is missing, or refers to something its page does not hand it."""


class EngineError(SendbookError):
    """MkDocs failed on an edition, or its theme no longer has the marks the shell is cut at."""


class BundleError(SendbookError):
    """The bundle can't be opened: not there, not a bundle, or readable by others."""


class SpentBundle(BundleError):
    """The bundle can't be gone on with: made by another version, damaged, or never finished. A build makes it anew."""


class DocumentError(SendbookError):
    """A document can't be made, or its reader has none of this kind."""


class FiguresRefused(SendbookError):
    """Released figures can't be computed or approved as asked: no such term, no roll, frozen, or not their duty."""


class ServeError(SendbookError):
    """The gate can't start or may not serve as asked."""


class LineError(SendbookError):
    """Another process of `sendbook serve` can't be reached, takes too long, or sent something that is no message."""


class ExampleError(SendbookError):
    """An edit of the example's history names what today's records do not have; the message names the edit."""


def trace_of(fault: BaseException) -> str:
    """Where a fault happened, the oldest first, and of what kind it is: lines of programs, and nothing else.

    A fault's own words are left out, because they may repeat a value of a record, and a log is read by others.
    """
    from traceback import format_tb

    told: list[str] = []
    one: BaseException | None = fault
    while one is not None and len(told) < _MOST_BEHIND:
        # What a fault in another process said is in the words of one that was never raised here.
        there = _PLACE.findall(str(one)) if one.__traceback__ is None else []
        told.insert(0, "".join([*format_tb(one.__traceback__), *(f"{line}\n" for line in there), type(one).__name__]))
        one = one.__cause__ or (None if one.__suppress_context__ else one.__context__)
    return "\n".join(told)
