"""PDFs rewritten: what their pages refer to, once; no earlier state, no loose object, nothing behind the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pikepdf
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from sendbook.handbook.anew.refusal import NotMadeError

_MOST_OBJECTS = 200_000
# What programs keep for themselves: their own data of a page, its preview.
_LEFT_OUT = ("/PieceInfo", "/Thumb", "/LastModified", "/SpiderInfo")
_PROGRAMS = frozenset({"/JavaScript", "/Launch", "/RichMediaExecute", "/Rendition", "/Movie", "/Sound", "/ImportData",
                       "/SubmitForm", "/GoToE"})  # fmt: skip
_HELD = frozenset({"/FileAttachment", "/RichMedia", "/3D", "/Movie", "/Sound", "/Screen"})


def paper_anew(content: bytes) -> bytes:
    """The PDF with what its pages show and say, its title and its structure, and nothing else."""
    if not content.startswith(b"%PDF-"):
        raise _damaged()
    try:
        with Pdf.open(io.BytesIO(content)) as paper:
            if paper.is_encrypted:
                raise NotMadeError("This PDF is locked, so it can't be checked.", "Put in a copy that isn't locked.")
            for held in _objects(paper):
                _check(held)
                for name in _LEFT_OUT:
                    if name in held:
                        del held[name]
            for key in [str(key) for key in paper.docinfo if str(key) != "/Title"]:
                del paper.docinfo[key]
            paper.remove_unreferenced_resources()
            made = io.BytesIO()
            paper.save(
                made,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.disable,
                compress_streams=True,
                fix_metadata_version=False,
            )
            return made.getvalue()
    except pikepdf.PasswordError as error:
        raise NotMadeError("This PDF is locked, so it can't be checked.", "Put in a copy that isn't locked.") from error
    except (pikepdf.PdfError, ValueError, KeyError, TypeError, RuntimeError, RecursionError, OSError) as error:
        raise _damaged() from error


def _damaged() -> NotMadeError:
    return NotMadeError("This PDF is damaged, so it can't be checked.", "Save it again as a PDF.", is_damage=True)


def _objects(paper: Pdf) -> Iterator[Any]:
    """Every dictionary and stream that the file's root leads to."""
    waiting: list[Object] = [paper.trailer]
    seen: set[tuple[int, int]] = set()
    while waiting:
        one = waiting.pop()
        if one.is_indirect:
            if one.objgen in seen:
                continue
            seen.add(one.objgen)
        if len(seen) > _MOST_OBJECTS:
            raise NotMadeError("This PDF holds too much to be checked.", "Split it, or put in a smaller one.")
        if isinstance(one, Dictionary | Stream):
            yield one
            waiting += [value for _, value in one.items() if isinstance(value, Object)]
        elif isinstance(one, Array):
            waiting += [value for value in one if isinstance(value, Object)]


def _check(held: Any) -> None:
    if "/EmbeddedFiles" in held or "/EF" in held or held.get("/Type") == Name.EmbeddedFile or "/RF" in held:
        raise NotMadeError("This PDF holds another file.", "Save it without attachments, and link to the other file.")
    if str(held.get("/Subtype", "")) in _HELD and "/Rect" in held:
        raise NotMadeError("This PDF holds another file, a film or a sound.", "Save it without them.")
    if "/JS" in held or "/JavaScript" in held or str(held.get("/S", "")) in _PROGRAMS:
        raise NotMadeError(
            "This PDF holds a program, or sends what is typed in it elsewhere.", "Print it to a new PDF."
        )
    if "/XFA" in held:
        raise NotMadeError("This PDF is a form of a kind that few programs can show.", "Print it to a new PDF.")
