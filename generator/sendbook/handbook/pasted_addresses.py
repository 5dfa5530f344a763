"""Finds addresses that were torn when they were pasted: two beginnings, spaces, brackets left over, nothing at all.

A link that no browser can follow is an error; an address in plain words that looks torn is a warning. What an address
is worth (whether its page is still there) is not asked: nothing is fetched.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from sendbook.campus import markdown_lines

#: A link's address that can't be followed.
IN_LINK = "link-address"
#: An address in plain words that looks torn.
IN_WORDS = "address-torn"

_WHOLE = "Copy the whole address again: [the council's website](https://www.council.example/send)."
_MAIL = "Write the address after mailto:, such as [write to us](mailto:office@school.example)."
_I = re.IGNORECASE
# All between a link's round brackets, which may hold one pair of its own.
_LINK = re.compile(r"(?P<image>!?)\[[^\]]{0,400}\]\((?P<target>(?!\s*\{\{)(?:[^()]|\([^()]{0,400}\)){0,400})\)")
_REFERENCE = re.compile(r" {0,3}\[(?!\^)[^\]]+\]:\s*(?P<target>\S.*)$")
# Looked for from the first of several spaces only: from each of a long row of them it would take minutes.
_TITLE = re.compile(r"(?<!\s)\s+(?:\"[^\"]*\"|'[^']*'|\([^()]*\))\s*$")
_MACRO = re.compile(r"\{\{.*?\}\}")
_WEB = re.compile(r"https?:", _I)
_TWO_BEGINNINGS = re.compile(r"https?:?/*\s*(?:https?\b|www\.\s*https?\b|\{\{)", _I)
_BEGINNING_LATER = re.compile(r"(?!https?:)[^/?#=]*https?:/", _I)
_HALF = re.compile(
    r"https?(?::/?(?!/)|[;.,]//|//|:///)|(?:h?ttps?|htp|htps|htttps?|hhttps?):/(?<!http:/)(?<!https:/)", _I
)
_HOST = re.compile(r"https?://(?P<host>[^/?#]*)", _I)
_MAIL_ADDRESS = re.compile(r"[^@\s,;:<>()\[\]]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+", _I)
_LEFT_OVER = re.compile(r"[<>\[\]{}|^`\"\u201c\u201d\u2018\u2019\\]")
_LABEL = re.compile(r"[a-z0-9](?:[a-z0-9-]*[a-z0-9])?", _I)
_ENDS = "gov|org|ac|sch|nhs|co|com|net|uk|info|example"

_SPACE = "There is a space in this address."
_BRACKETS = "Brackets are left over round this address."
_BEGINS = r"(?:https?:|mailto:|www\.)"
_IN_WORDS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern, _I), message)
    for pattern, message in (
        (r"https?:/*\s*https?:[^\s)]*", "This address begins twice."),
        (r"\bhttps?:\s+//\S*|\bhttps?://\s+(?:www\b|[\w-]+\.[a-z])\S*", _SPACE),
        (r"\bhttps?:/(?!/)[\w-]+\.\S*|\bhttps?;?//\S+", "The beginning of this address is not whole."),
        (rf"\bwww\s+[\w-]+\.(?:[\w-]+\.)*(?:{_ENDS})\b|\bwww\.\s+[\w-]+\.[a-z]\S*", _SPACE),
        (rf"\bwww(?![.\s]|\d\.)[,;:]?[\w-]+\.(?:[\w-]+\.)*(?:{_ENDS})\b", "There is no full stop after www."),
        (r"(?<![\w.-])[\w.-]{1,64}(?:\s@\s?|@\s)[\w-]+\.[a-z]{2}[\w.]*", "There is a space in this e-mail address."),
        (r"\bmailto:(?!m{5}|\s*[^\s@]{1,254}@)\s?", "There is no address after mailto."),
        (
            rf"\[(?!\^)[^\]]{{0,400}}\]\s+\(\s*{_BEGINS}[^)]{{0,400}}\)?",
            "A space between the brackets: this makes no link.",
        ),
        (rf"(?<!\])\([^()]{{1,80}}\)\[{_BEGINS}[^\]]{{0,400}}\]", "The brackets are the wrong way round."),
        (
            rf"\[[^\]]{{0,400}}\]\(\s*{_BEGINS}[^)\s]{{0,400}}(?:\s|$)(?![^(]{{0,400}}\))",
            "The bracket of this link is never closed.",
        ),
        (r"(?<!\])\[(?:https?://|www\.)[^\]\s]{0,400}\](?![(\[:])", _BRACKETS),
        (r"<(?:https?://|mailto:)[^>]{0,400}(?:\s[^>]{0,400}>|$)", _BRACKETS),
    )
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Torn:
    """One torn address: its code, its place, its words, what is wrong and what to do."""

    code: str
    line: int
    column: int
    written: str
    message: str
    remedy: str


def torn_addresses(body: str, first_line: int = 1) -> Iterator[Torn]:
    """The torn addresses of a page in order; code shows how something is written, and is left out."""
    for line in markdown_lines.lines(body, first_line):
        seen = bytearray(len(line.text) + 1)  # where a fault was found already
        for start, end, target in _targets(line.text):
            wrong = wrong_target(target)
            if wrong is not None:
                seen[start:end] = b"x" * (end - start)
                message, remedy = wrong
                yield Torn(
                    code=IN_LINK, line=line.number, column=start + 1, written=target, message=message, remedy=remedy
                )
        plain = _MACRO.sub(lambda macro: "m" * len(macro.group()), line.text)
        for pattern, message in _IN_WORDS:
            for found in pattern.finditer(plain):
                start, end = found.span()
                if not any(seen[start:end]):
                    seen[start:end] = b"x" * (end - start)
                    yield Torn(code=IN_WORDS, line=line.number, column=found.start() + 1, written=found.group(),
                               message=message, remedy=_WHOLE)  # fmt: skip


def is_torn(target: str) -> bool:
    """Whether a link's target is a torn address, so that it needs no second finding."""
    return wrong_target(target) is not None


def _targets(text: str) -> Iterator[tuple[int, int, str]]:
    """Where each link begins and ends, and what is given as its address."""
    for link in _LINK.finditer(text):
        yield link.start(), link.end(), _TITLE.sub("", link["target"]).strip()
    reference = _REFERENCE.match(text)
    if reference:
        yield 0, len(text), _TITLE.sub("", reference["target"]).strip()


def wrong_target(written: str) -> tuple[str, str] | None:
    """What is wrong with a link's address, and what to do; None if nothing is."""
    target = written[1:-1] if written.startswith("<") and written.endswith(">") else written
    if not target or target == "#":
        return "This link has no address.", "Write the address between the round brackets, or take the link out."
    if target.lower().startswith(("mailto:", "tel:")):
        return _wrong_mail(target) if target.lower().startswith("mailto:") else _wrong_number(target)
    if _TWO_BEGINNINGS.match(target):
        return "This address begins twice.", _WHOLE
    if _BEGINNING_LATER.match(target) and "{{" not in target:
        return "Something is left over before the beginning of this address.", _WHOLE
    if _HALF.match(target):
        return "The beginning of this address is not whole.", _WHOLE
    if re.fullmatch(r"https?://?", target, _I):
        return "There is nothing after the beginning of this address.", _WHOLE
    if _WEB.match(target) or re.match(r"www[.\s,]|www[\w-]*\.", target, _I):
        return _wrong_web(target)
    if _MAIL_ADDRESS.fullmatch(target):
        return "An e-mail address needs mailto: before it.", _MAIL
    if re.search(r"\s", target):
        return "There is a space in this address.", "Take the space out; a file's name has hyphens in its place."
    return None


def _wrong_web(target: str) -> tuple[str, str] | None:
    if re.search(r"\s", _MACRO.sub("", target)):
        return "There is a space in this address.", _WHOLE
    if not _WEB.match(target):
        return "This address lacks its beginning, https://.", _WHOLE
    if _LEFT_OVER.search(_MACRO.sub("", target)) or target.count("(") != target.count(")"):
        return "A bracket or a quotation mark is left over in this address.", _WHOLE
    if target.endswith((".", ",", ";", ":")):
        return "The end of the sentence is left over in this address.", "Take the last character out."
    host = _HOST.match(target)
    return None if host is None or "{{" in host["host"] else _wrong_host(host["host"])


def _wrong_host(host: str) -> tuple[str, str] | None:
    name = host.rpartition("@")[2].partition(":")[0]
    if re.match(r"www(?!\.|\d\.)[\w-]*\.", name, _I):
        return "There is no full stop after www.", _WHOLE
    labels = name.split(".")
    is_plain = all(_LABEL.fullmatch(label) or (not label.isascii() and label) for label in labels)
    if len(labels) < 2 or not is_plain or (labels[0].lower() == "www" and len(labels) < 3):
        return "This is not the name of a website.", _WHOLE
    return None


def _wrong_mail(target: str) -> tuple[str, str] | None:
    address = target.partition(":")[2].partition("?")[0].strip()
    if not address:
        return "There is no address after mailto.", _MAIL
    if "{{" in address:
        return None
    if address.lower().startswith(("mailto:", "//")):
        return "This e-mail address begins twice.", _MAIL
    if not all(_MAIL_ADDRESS.fullmatch(one) for one in re.split(r"[,;]", address)):
        return "This is not an e-mail address.", _MAIL
    return ("There is a space in this e-mail address.", _MAIL) if " " in target.partition("?")[0] else None


def _wrong_number(target: str) -> tuple[str, str] | None:
    number = target.partition(":")[2]
    if "{{" in number or re.fullmatch(r"\+?[\d().-]{3,}", number):
        return None
    if re.fullmatch(r"\+?[\d() .-]{3,}", number):
        return "There is a space in this telephone number.", "Take the spaces out after tel: only."
    return "There is no telephone number after tel.", "Write the number after tel:, such as (tel:+441632960000)."
