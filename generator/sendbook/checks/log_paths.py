"""Paths as they may stand in a log: CI, a build nobody watches, a message that a program keeps.

People call files after the person they are about: a page of the handbook, a picture, a record of a campus's own kind.
Records can't be asked whether such a name is a child's, because they may be what can't be read, and because students
who have left are still in git. So a path is shown as far as each word of it is known to be nobody's: our own folders
and files, ids, days, and words that schools give to pages. The SENDCo's own terminal shows the whole path.
"""

from __future__ import annotations

import re
from functools import cache
from pathlib import PurePosixPath

from sendbook.campus.paths import STUDENT_ID
from sendbook.campus.shipped import schemas, site_templates


def _words(listed: str) -> frozenset[str]:
    return frozenset(listed.split())


#: Words of file names that are neither a first name nor a surname; one that could be either is left out.
VOCABULARY = _words(
    """
    about access accessibility action actions admissions advice agencies aid an and annual answers appendix
    approach approaches arrangements assessment assets assistants at attendance backup behaviour being boost
    breaks budget bullying by calendar campus catch changes check checks children circle classes club cognition
    coloured committee communication complaints compliance concessions contacts contents copy costs cycle cycles
    data definitions deployment directory documents drafts duties ehc ehcp emergency energy equality evaluation
    exams external fatigue feelings figures finance finances fluency for from funding glossary governors graded
    graduated group groups guidance handbook hearing homework how identification images impairment in inclusion
    index information interaction intervention interventions introduction language learning legislation lessons
    library listening literacy logo maths medical medicines meeting meetings memory mental mentoring motor
    movement needs notes numeracy of offer officers old on organisations orig other our outcomes outside
    overlays overview paired pairs panel parents pastoral pattern peer people personal phonics physical pictures
    plan planning plans policies policy pre precision procedures process profile profiles programme programmes
    progress provision public pupils purpose quality questions radio reading records referral referrals register
    regulation report reporting reports resources responsibilities return review reviews roles safeguarding
    scaffolds schemas screening section senco send sendco sensory sessions sites skills social specialist
    spelling starter statement statutory strategies strategy student students study support tables talk target
    targets teachers teaching templates terms tests the therapy this to today topics touch transition
    transitions transport typing units universal up using visits visual vocabulary voice waivers we welcome
    wellbeing what when where with withdrawn working your
    """
) | {"law"}  # a page about the law is in every handbook that we start
_ENDINGS = _words(
    """
    bak bmp css csv doc docx eot gif html jpeg jpg js json md odt orig pdf png pptx py rtf svg swp tmp ttf txt typ webp
    woff2 xlsx yaml yml zip
    """
)
_ID = re.compile(rf"{STUDENT_ID}|p-[0-9a-z]{{4}}")
_TERM_OR_DAY = re.compile(r"[0-9]{4}-(?:autumn|spring|summer|[0-9]{2}-[0-9]{2}(?:-[0-9])?)|[0-9]{4}")
_SYSTEMS = re.compile(r"thumbs\.db|desktop\.ini|\.ds_store|\.gitkeep|\.gitignore|mkdocs\.yml", re.IGNORECASE)
_RECORD = r"student|plan|profile|campus|access|withdrawn|index|p-[0-9a-z]{4}|[0-9]{4}-[0-9]{2}-[0-9]{2}"
_ADDED = r"[ ._~#()0-9-]|copy|bak|backup|orig|old|tmp|sw[op]|ya?ml|md"
_A_COPY = re.compile(rf"[.~$#]*(?:copy of )?(?:{_RECORD})(?:{_ADDED})*", re.IGNORECASE)
# What stands for ids in the places of a kind of record (`x-path`), such as {student} or {day}-{name}.yml.
_STANDS_FOR = re.compile(r"\{[a-z]+\}(?:-?\{[a-z]+\})*(?:\.yml)?")
# A number in front of a page's name, or a year; a telephone or pupil number is longer.
_LONGEST_NUMBER = 4
_OURS = ("records", "handbook", "schemas", "site_templates")
# No name of a file is longer than 255 signs; without an end to each run a long text is read again from every sign.
_BEGIN = rf"(?:/?(?:[^\s“”\"'/]{{1,255}}/){{0,40}})(?:{'|'.join(_OURS)})"
_ENDED = rf"\.(?:{'|'.join(sorted(_ENDINGS))})\b"
# A name may hold spaces, so a path goes as far as an ending that files have, within one sentence; else to a space.
_A_PATH = re.compile(
    rf"{_BEGIN}/(?:[^“”\"'\n:;,.]|\.(?!\s)){{0,1000}}?{_ENDED}|{_BEGIN}/[^\s“”\"':;,)]*|[^\s“”\"'(:/]{{1,255}}{_ENDED}",
    re.IGNORECASE,
)


def in_log(path: str) -> str:
    """A path below the campus folder, as far as nobody's name can be in it."""
    shown: list[str] = []
    steps = PurePosixPath(path.lstrip("/")).parts
    shipped = _shipped() if steps[:1] in (("schemas",), ("site_templates",)) else frozenset[str]()
    for step in steps:
        if not (_is_nobodys(step) or step in shipped):
            break
        shown.append(step)
    return "/".join(shown)


def text_in_log(text: str) -> str:
    """A sentence with each path of a campus in it, whole or from the machine's root, cut in the same way."""
    return _A_PATH.sub(lambda found: _cut(found[0]), text)


def _cut(path: str) -> str:
    bare = path.rstrip("/.")
    before, after = _place(bare)
    shown = in_log(after)
    what = "one of the files in schemas/" if bare.endswith(".schema.json") else "a file"
    return path if shown == after else ((before + shown) or what) + ("." if path.endswith(".") else "")


def _place(path: str) -> tuple[str, str]:
    """What is before the campus's own folder in a path, and the path below the campus."""
    steps = path.split("/")
    at = next((number for number, step in enumerate(steps) if step in _OURS), 0)
    return "".join(f"{step}/" for step in steps[:at]), "/".join(steps[at:])


def _is_nobodys(step: str) -> bool:
    if (
        step in _OURS
        or step == ".."
        or _STANDS_FOR.fullmatch(step)
        or _ID.fullmatch(step)
        or _SYSTEMS.fullmatch(step)
        or _A_COPY.fullmatch(step)
    ):
        return True
    stem, *endings = step.lower().removesuffix(".schema.json").split(".")
    if _ID.fullmatch(step.partition(".")[0]) or _TERM_OR_DAY.fullmatch(stem):
        words: list[str] = []
    else:
        words = re.split(r"[-_ ]+", stem)
    return all(one in _ENDINGS for one in endings) and all(
        word in VOCABULARY or (word.isdigit() and len(word) <= _LONGEST_NUMBER) for word in words
    )


@cache
def _shipped() -> frozenset[str]:
    """The names of our own templates and schemas, which a campus may have copies of."""
    return frozenset(one.name for place in (schemas(), site_templates()) for one in place.rglob("*"))
