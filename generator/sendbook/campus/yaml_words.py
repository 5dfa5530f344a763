"""Says in plain English what is wrong with a YAML file and what to do: libyaml's own words help only programmers.

Each problem has one code. Where libyaml names a symptom (a key it did not expect), the line itself tells the
cause (a tab, an indent that fits nothing, a colon inside text), and the cause is what a person can act on.
"""

from __future__ import annotations

import codecs
import re
from typing import Any

from yaml import YAMLError

from sendbook.campus.long_texts import BELOW_THE_LINE, FIELD_WITHOUT_SPACE, LongText, long_text_at
from sendbook.campus.lost_text import LONG_TEXT, lone_return
from sendbook.campus.problems import Problem
from sendbook.campus.quoting import line_in_quotes
from sendbook.campus.stand_ins import kept_elsewhere
from sendbook.campus.unseen import called

_QUOTE = "If you meant the character itself, put the whole text in quotes."
_WORDS: dict[str, tuple[str, str]] = {
    "empty": ("The file is empty.", "Fill it in, or remove the file."),
    "not-a-mapping": (
        "The file is not a list of fields written “name: value”.",
        "Begin each field on its own line with its name, a colon and a space.",
    ),
    "several-documents": (
        "A second document begins here, after a line of three dashes.",
        "Take the line of dashes out, or move what follows into a file of its own: one record, one file.",
    ),
    "directive": ("The file begins with a line for YAML programs (%…).", "Take the line out; records need none."),
    "duplicate-key": ("This field stands twice here.", "Keep one of the two, and take the other out."),
    "anchor": ("A name that begins with & marks this value for repeating (an anchor).", f"Take it out. {_QUOTE}"),
    "alias": ("A name that begins with * repeats another value (an alias).", f"Write the value out. {_QUOTE}"),
    "merge-key": ("The field << copies other fields into this place.", "Write the fields out where they belong."),
    "tag": ("A word that begins with ! says what type the value has (a tag).", f"Take it out. {_QUOTE}"),
    "complex-key": (
        "The name of a field is missing, or is itself a list or a group of fields.",
        "Give the field a plain name. If brackets were meant as text, put them in quotes.",
    ),
    "too-deep": (
        "Lists and groups are nested more than 64 deep.",
        "Look for brackets or dashes that were repeated by mistake.",
    ),
    "control-character": (
        "The text holds a character that can't be seen or printed.",
        "Delete the characters at this place and type them again; such characters often come with a copied text.",
    ),
    "tab": ("A tab is used to indent this line.", "Indent with spaces, two for each level."),
    "merge-conflict": (
        "Two versions of this file meet here, and git could not join them (a merge conflict).",
        "Keep the lines that are right, take out the lines of <<<<<<<, ======= and >>>>>>>, then git add the file.",
    ),
    "bad-indent": (
        "The indent of this line fits no line above it.",
        (
            "Begin the line at the left edge, if it is a field of the record itself. If not, begin it exactly below "
            "the other fields of its group, two spaces further in than the group's name."
        ),
    ),
}
_QUOTED = frozenset({"anchor", "alias", "tag"})
_AFTER_DOTS = (
    "A line of three dots ends the record here, and something follows.",
    "Take the line of dots out; if it belongs to a text, indent it as the text's other lines are.",
)
# Left over where only the # of an example was taken away.
_ONE_SPACE = (
    "This line begins with a single space, and no field begins there.",
    "Begin it at the left edge: take one space away here, and one from each of the lines below that belong to it.",
)
_NO_SPACE = ("There is no space after the colon of a field's name.", "Write a space after the colon.")
_DOTS = re.compile(r"\.\.\.(?:\s|$)")
# What no unquoted value begins with, though libyaml names the place after it, or another symptom.
_NO_BEGINNING = re.compile(r"\s*(?:- +)*(?:[\w .-]+:[ \t]+)?(?:- +)*([&*?,\]}%@`])")
_NOT_UTF_8 = "Save the file again in your editor with the encoding “UTF-8” (in Notepad: File, Save as, Encoding)."
_UTF_16 = "The file is saved as UTF-16, which some Windows programs call “Unicode”."
#: What some Windows editors put in front of UTF-8. It says nothing that we don't know, so it is passed over.
_MARK = codecs.BOM_UTF8

# What libyaml's reader refuses (YAML 1.1, 5.1), and the line breaks only YAML 1.1 knows, which it would turn
# into spaces without a word.
UNREADABLE = re.compile(
    "[^\\t\\n\\r\\x20-\\x7e\\xa0-\\u2027\\u202a-\\ud7ff\\ue000-\\ufefe\\uff00-\\ufffd\\U00010000-\\U0010ffff]"
)
_OTHER_BREAKS = (b"\xe2\x80\xa8", b"\xe2\x80\xa9", b"\xc2\x85")
_FIELD_ALONE = re.compile(r"\s*(?:- )*[\"']?[\w][\w .-]*[\"']?$")
_ZEROS = re.compile(rb"(?:[^\0]\0){2}|(?:\0[^\0]){2}")
_CONFLICT = re.compile(rb"^<{7}(?: |\r?$)", re.MULTILINE)
# The indent of a field or an entry that holds a tab.
_TAB_INDENT = re.compile(r"[ -]*\t[ \t-]*(?=[a-z][a-z0-9_]*:|- )")
_BREAK = re.compile(r"\r\n|\n|\r")


def without_mark(source: bytes) -> bytes:
    """A file's bytes without the byte order mark that some editors put in front of UTF-8."""
    return source.removeprefix(_MARK)


def problem(code: str, path: str, mark: Any, name: str = "", source: bytes = b"") -> Problem:
    """A problem with the words of its code, at libyaml's mark (None: the file as a whole)."""
    message, remedy = _WORDS[code]
    line, column = (mark.line + 1, mark.column + 1) if mark is not None else (None, None)
    hint = _in_quotes(source.split(b"\n")[mark.line]) if code in _QUOTED and source else ""
    # What is in a field's place may be a person's words.
    return Problem(code, path, line, column, message, remedy, found=name, hint=hint)


def _in_quotes(line: bytes | str) -> str:
    """How to write a line whose text YAML takes for something else; "" where that can't be said."""
    written = line_in_quotes(line.decode(errors="replace") if isinstance(line, bytes) else line)
    return f"Write “{written}”." if written else ""


def unreadable(source: bytes, path: str) -> Problem | None:
    """The problem of a file that libyaml should not see: another encoding, hidden breaks, git's marks of a conflict."""
    if source.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or _ZEROS.match(source):
        return Problem("not-utf-8", path, 1, 1, _UTF_16, _NOT_UTF_8)
    if any(found in source for found in _OTHER_BREAKS):
        return character_problem(source, path)
    elsewhere = kept_elsewhere(source)
    if elsewhere is not None:
        return Problem(elsewhere.code, path, 1, 1, elsewhere.message, elsewhere.remedy)
    return _conflict(source, path) if b"<<<<<<<" in source else None


def _conflict(source: bytes, path: str) -> Problem | None:
    """The problem of a file with git's marks in it, which no record can have at the beginning of a line."""
    found = _CONFLICT.search(source)
    message, remedy = _WORDS["merge-conflict"]
    return (
        Problem("merge-conflict", path, source.count(b"\n", 0, found.start()) + 1, 1, message, remedy)
        if found
        else None
    )


def character_problem(source: bytes, path: str) -> Problem | None:
    """The first place that is not UTF-8, or holds a character no text should have; None if there is none."""
    try:
        text = source.decode()
    except UnicodeDecodeError as error:
        line, column = _place(source[: error.start].decode())
        return Problem("not-utf-8", path, line, column, "This character is not written as UTF-8.", _NOT_UTF_8)
    found = UNREADABLE.search(text)
    if found is None:
        return None
    message, remedy = _WORDS["control-character"]
    message = f"{message.removesuffix('.')} ({called(found.group())})."
    return Problem("control-character", path, *_place(text[: found.start()]), message, remedy)


def syntax_problem(error: YAMLError, source: bytes, path: str) -> Problem:
    """What a person did wrong where libyaml could not read on."""
    hidden = character_problem(source, path) or lone_return(source, path)
    if hidden:
        return hidden
    lines = _BREAK.split(source.decode())
    symptom = str(getattr(error, "problem", "") or "")
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return Problem("syntax", path, None, None, "The file can't be read as YAML.", "Compare it with a good file.")
    tab = _tab_indent(lines, mark.line)
    if tab is not None:
        return Problem("tab", path, tab + 1, 1, *_WORDS["tab"])
    begin = _begin(error, symptom) or mark
    long = _long_text(lines, mark.line, begin.line)
    if long is not None:
        at = (long.first + 1, len(long.head) - len(long.head.lstrip()) + 1)
        return Problem("text-over-lines", path, *at, LONG_TEXT, BELOW_THE_LINE, hint=long.hint)
    if _is_indent(symptom, lines, mark):
        line = lines[mark.line]
        indent = len(line) - len(line.lstrip())
        words = _ONE_SPACE if indent == 1 else _WORDS["bad-indent"]
        return Problem("bad-indent", path, mark.line + 1, indent + 1, *words)
    dots = next((number for number, line in enumerate(lines[: mark.line + 1]) if _DOTS.match(line)), None)
    if dots is not None:
        return Problem("several-documents", path, dots + 1, 1, *_AFTER_DOTS)
    # libyaml puts what is missing at the end of a file on a line of its own.
    line, column = min((begin.line + 1, begin.column + 1), (len(lines), len(lines[-1]) + 1))
    if lines and FIELD_WITHOUT_SPACE.match(lines[line - 1]) and (begin is not mark or column == 1):
        return Problem("syntax", path, line, column, *_NO_SPACE, hint=_with_space(lines[line - 1]))
    message, remedy = _sentence(symptom, lines, mark)
    hint = _in_quotes(lines[line - 1]) if "quotes" in remedy and lines else ""
    return Problem("syntax", path, line, column, message, remedy, hint=hint)


def _long_text(lines: list[str], stopped: int, begun: int) -> LongText | None:
    """The text over several lines in which libyaml stopped, or that begins with a mark it found no end of."""
    if begun < stopped:
        found = long_text_at(lines, begun + 1)
        if found is not None and found.first == begun:
            return found
    return long_text_at(lines, stopped) or (long_text_at(lines, stopped - 1) if stopped else None)


def _with_space(line: str) -> str:
    written = FIELD_WITHOUT_SPACE.sub(r"\g<0> ", line, count=1).strip()
    return f"Write “{written}”." if written.isprintable() and len(written) <= 120 else ""


def _place(before: str) -> tuple[int, int]:
    """Line and column, from 1, of what comes after ``before``."""
    lines = _BREAK.split(before)
    return len(lines), len(lines[-1]) + 1


def other_tabs(source: bytes, path: str, after: int) -> list[Problem]:
    """The fields and entries below a line (from 1) that are indented with tabs like it."""
    lines = _BREAK.split(source.decode())
    tabs = [number for number, line in enumerate(lines, 1) if number > after and _TAB_INDENT.match(line)]
    return [Problem("tab", path, number, 1, *_WORDS["tab"]) for number in tabs]


def _tab_indent(lines: list[str], line: int) -> int | None:
    """The line at fault, or the one before it, if a tab stands in its indent."""
    for number in (line, line - 1):
        if 0 <= number < len(lines):
            text = lines[number]
            indent = text[: len(text) - len(text.lstrip(" \t-"))]
            if "\t" in indent:
                return number
    return None


def _is_indent(symptom: str, lines: list[str], mark: Any) -> bool:
    before = lines[mark.line][: mark.column] if mark.line < len(lines) else ""
    rest = lines[mark.line][mark.column :] if mark.line < len(lines) else ""
    if symptom == "mapping values are not allowed in this context":
        return mark.line > 0 and _FIELD_ALONE.match(before) is not None and before[:1].isspace()
    first_on_line = before.strip(" -") == "" and rest[:1] not in ("", ":", "]", "}", ",")
    return symptom in ("did not find expected key", "did not find expected '-' indicator") and first_on_line


def _begin(error: YAMLError, symptom: str) -> Any:
    """Where the piece that went wrong begins, when that says more than where reading stopped."""
    if "found unexpected" in symptom or "could not find expected ':'" in symptom or "or '" in symptom:
        return getattr(error, "context_mark", None)
    return None


def _sentence(symptom: str, lines: list[str], mark: Any) -> tuple[str, str]:
    text = lines[mark.line] if mark.line < len(lines) else ""
    character = text[mark.column : mark.column + 1]
    if symptom == "mapping values are not allowed in this context":
        return "There is a colon and a space inside the text.", "Put the whole text in quotes."
    if "could not find expected ':'" in symptom:
        return "This line has no colon after a field's name.", (
            "Write “name: value”. If the line goes on with the text above, indent it further, below “>-”."
        )
    if "unexpected end of stream" in symptom or "document indicator" in symptom:
        return "A quotation mark opened here is never closed.", (
            "Close it at the end of the text with the same mark. If it is part of the text, put the whole in quotes."
        )
    if "or '" in symptom:
        return "A bracket opened here is not closed, or its entries lack a comma.", "Close it, or put commas between."
    if "cannot start any token" in symptom:
        return f"A value can't begin with “{character}”.", "Put the whole text in quotes."
    if "escape" in symptom:
        return "A backslash in double quotes is followed by a character it has no meaning with.", (
            "Use single quotes, or write the backslash twice."
        )
    if "block sequence entries" in symptom:
        return "A list begins on the same line as its field's name.", (
            "Begin the list on the next line, indented. If the dash is part of the text, put the whole text in quotes."
        )
    if "comment or line break" in symptom:
        return "Text follows on the line of “>” or “|”.", (
            "Begin the text on the next line, indented. If the mark is part of the text, put the whole text in quotes."
        )
    if "expected key" in symptom and character == ":":
        return "The name of a field is missing before this colon.", "Write “name: value”."
    if "expected key" in symptom or "document start" in symptom:
        return "Something follows after the value has ended.", (
            "Look for a quotation mark or a bracket inside the text, and put the whole in quotes of the other kind."
        )
    begins = _NO_BEGINNING.match(text)
    if begins:
        return f"A value can't begin with “{begins.group(1)}”.", (
            "Put the whole text in quotes. If it is a list, write “|” after the colon and the list below it, indented."
        )
    return (
        "The file can't be read from here on.",
        "Put the text of this line in quotes, or compare it with a good file.",
    )
