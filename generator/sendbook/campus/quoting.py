"""Puts the text of one line in the quotation marks it needs: for telling a person how to write what they have typed.

A text may hold quotation marks itself, or already be in some that end too early; then “put it in quotes” helps nobody.
"""

from __future__ import annotations

import re

_LINE = re.compile(r"(?P<lead>\s*(?:- +)*(?:[\w.-]+(?: [\w.-]+)*:(?=\s|$))?[ \t]*)(?P<text>(?:.*\S)?)\s*")
_LONGEST = 120


def line_in_quotes(line: str) -> str:
    """The line with all that follows the field's name in quotation marks, without its indent; "" if it has no text."""
    found = _LINE.fullmatch(line)
    if not found or not found["text"] or not line.isprintable():
        return ""
    made = (found["lead"] + in_quotes(_unwrapped(found["text"]))).strip()
    return made if len(made) <= _LONGEST else ""


def in_quotes(text: str) -> str:
    """Text in the marks that leave it as it is: double ones, or single ones if it holds double ones or backslashes."""
    if '"' in text or "\\" in text:
        return "'" + text.replace("'", "''") + "'"
    return f'"{text}"'


def _unwrapped(text: str) -> str:
    """Text without the marks round the whole of it, though there are more of them within.

    In “"Yes" and "No"” the second mark ends a word, so the first began one; in “"He said "yes" too"” it begins one.
    """
    mark = text[0]
    if mark == '"' and text.count(mark) == 1:
        return text[1:]
    if len(text) < 2 or mark not in "\"'" or text[-1] != mark:
        return text
    second = text.find(mark, 1)
    ends_a_word = second < len(text) - 1 and not text[second - 1].isspace() and not text[second + 1].isalnum()
    return text if ends_a_word else text[1:-1]
