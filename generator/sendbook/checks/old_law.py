"""Law, guidance and words from before September 2014 (disability: October 2010), and what to write today.

Each entry has a pattern, what happened to the old thing, and what to write. A sentence about the past is left alone:
one that says that something was replaced, has ended or used to be.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_SEN = r"(?:Special Educational Needs?(?: (?:and|&) Disabilit(?:y|ies))?|SEND?)"
_GAP = r"[\s\u2010-\u2015-]+"


@dataclass(frozen=True, slots=True, kw_only=True)
class Old:
    """One thing of the past. ``unless`` is looked for in its whole sentence; ``since`` is the first day it is past."""

    pattern: re.Pattern[str]
    became: str
    write: str
    hints: tuple[str, ...] = ()
    unless: re.Pattern[str] | None = None
    since: date | None = None

    def may_be_in(self, small: str) -> bool:
        """Whether a text may speak of it; asked of the text in small letters, as the pattern takes its time."""
        return not self.hints or any(hint in small for hint in self.hints)


def _old(pattern: str, became: str, write: str, *, hints: str = "", unless: str = "", as_written: bool = False,
         since: date | None = None) -> Old:  # fmt: skip
    return Old(
        pattern=re.compile(pattern, 0 if as_written else re.IGNORECASE),
        became=became,
        write=write,
        hints=tuple(hints.split("|")) if hints else (),
        unless=re.compile(unless, re.IGNORECASE) if unless else None,
        since=since,
    )


_CODE = "Cite the SEND Code of Practice: 0 to 25 years, January 2015, with its later changes."
_CODES = r"(?:Codes? of Practice|SEND? Code|SEND? CoP)\b"
_BETWEEN = r"(?:(?!\bAct\b|Regulations|Equality|\band\b|2015|20[2-9]\d)[^.;!?]){0,60}?"
_OTHER_CODES = r"(?<!Capacity )(?<!Capacity Act )(?<!Health )(?<!Health Act )(?<!Admissions )(?<!Equality )"
_BY = r"\b(?:DfE|DfES|DoH|DH|Department for Education(?: and Skills)?)"
_EQUALITY = "Cite the Equality Act 2010."
_PARTS = "Cite Part 3 of the Children and Families Act 2014."
_REGULATIONS = "Cite the Special Educational Needs and Disability Regulations 2014: regulation 51 and Schedule 1."
_NAMED_2015 = r"(?:updat|revis|amend|reissu|latest|last)\w*[^.]{0,30}20(?:1[5-9]|2\d)|\(?2015\)?"

#: Acts, regulations, codes and guidance that are no longer in force in England.
LAW: tuple[Old, ...] = (
    _old(rf"{_OTHER_CODES}{_CODES}{_BETWEEN}\b(?:1994|2001)\b|(?<!Act )(?<!Regulations )\b(?:1994|2001) "
         rf"(?:{_SEN} )?Code\b|\bDfES[/ ]0?581/2001"
         rf"|{_BY} ?\((?:\w+ )?2001\)[ ,:]*(?:the )?{_SEN}[^.;]{{0,20}}Code of Practice",
         "The SEN Code of Practice of 2001 was replaced on 1 September 2014.", _CODE, hints="1994|2001"),
    _old(rf"{_OTHER_CODES}{_CODES}{_BETWEEN}\b2014\b|(?<!Act )(?<!Regulations )\b2014 (?:{_SEN} )?Code\b"
         rf"|{_BY} ?\((?:\w+ )?2014\)[ ,:]*(?:the )?{_SEN}[^.;]{{0,20}}Code of Practice",
         "The SEND Code of Practice of 2014 was replaced in January 2015.", _CODE, hints="2014", unless=_NAMED_2015),
    _old(r"\bDisability Discrimination Acts?\b|\bDDA\b",
         "The Disability Discrimination Act 1995 was replaced by the Equality Act on 1 October 2010.", _EQUALITY),
    _old(rf"\bSENDA\b|\b{_SEN} Act(?:,? \(?2001\)?)?(?! 2014)\b",
         "The Special Educational Needs and Disability Act 2001 was replaced: its schools part by the Equality Act in "
         "2010, the rest by the Children and Families Act in 2014.", f"{_EQUALITY} {_PARTS}", hints="senda| act"),
    _old(r"\bDisability Equality (?:Duty|Scheme)s?\b|\bDisability Rights Commission\b",
         "The disability equality duty became part of the public sector equality duty in April 2011.",
         "Cite section 149 of the Equality Act 2010, or take it out: not every school is bound by it."),
    _old(r"\b(?:Race Relations(?: \(Amendment\))? Act|Sex Discrimination Act)\b",
         "This Act was replaced by the Equality Act on 1 October 2010.", _EQUALITY),
    _old(r"\b(?:s\.?|ss\.?|sections?) ?3(?:1[2-9]|2\d|3[0-6])[A-Z]{0,2}\b[^.;]{0,40}\bEducation Act\b"
         r"|\bEducation Act(?: of)? \(?1996\)?[^.;]{0,30}\b(?:s\.?|ss\.?|sections?) ?3(?:1[2-9]|2\d|3[0-6])[A-Z]{0,2}\b"
         r"|\b(?:s\.?|ss\.?|sections?) ?3(?:1[2-9]|2\d|3[0-6])[A-Z]{0,2}\b[^.;]{0,20}\b1996 (?:Education )?Act\b"
         r"|\b1996 (?:Education )?Act[^.;]{0,20}\b(?:s\.?|sections?) ?3(?:1[2-9]|2\d|3[0-6])\b",
         "This part of the Education Act 1996 stopped applying in England on 1 September 2014.",
         hints="education act|1996",
         write="Cite the Children and Families Act 2014: section 20 says what special educational needs are, sections "
         "36 to 45 how EHC plans are made and kept, section 66 what schools must do."),
    _old(r"\bPart (?:IV|4|four) of the (?:Education Act(?: 1996)?|1996 (?:Education )?Act)\b"
         r"|\bEducation Act(?: of)? \(?1996\)?,?(?: \(?|,? ?)Part (?:IV|4|four)\b",
         "Part IV of the Education Act 1996 stopped applying to needs in England on 1 September 2014.", _PARTS,
         hints="1996|education act"),
    _old(r"\bEducation Act(?: of)?,? \(?(?:1981|1993)\)?|\b(?:1981|1993) Education Act\b",
         "This Act is no longer in force.", _PARTS),
    _old(rf"\b{_SEN}\)?(?: \([^)]*\))*[^.;]{{0,60}}?\bRegulations\b[^.;]{{0,20}}?\b(?:1994|1999|2001|2008)\b"
         rf"|\b(?:1999|2001) (?:{_SEN}[^.;]{{0,20}} )?Regulations\b"
         r"|\bRegs?\.?(?: of)?,? \(?(?:1999|2001)\)?",
         "These regulations were replaced on 1 September 2014.", _REGULATIONS, hints="reg"),
    _old(r"\b(?:s\.?|section) ?139A\b|\bLearning (?:Difficult(?:y|ies)|Disabilit(?:y|ies)) Assessments?\b",
         "Learning difficulty assessments (section 139A of the Learning and Skills Act 2000) ended in September 2014.",
         "Speak of an EHC needs assessment, or of the review from Year 9 that prepares for adult life."),
    _old(r"\bEvery Child Matters\b", "Every Child Matters was a programme of 2003 to 2010; it is no duty now.",
         "Say what the school does; cite the Children Act 2004 or Working Together if a source is needed.",
         as_written=True, unless=r"\bmotto\b|\bslogan\b"),
    _old(r"\bRemoving Barriers to Achievement\b|\bManaging Medicines in Schools\b|\bInclusive Schooling:? "
         r"|\bSafeguarding Children and Safer Recruitment\b",
         "This guidance was withdrawn.", "Cite the guidance that took its place, or take the sentence out."),
    _old(r"\bSchool Admissions? Code(?: of Practice)?,?[ (]*(?:of )?(?:2003|2007|2009|2010|2012|2014)\b",
         "The School Admissions Code in force is that of September 2021.", "Cite the School Admissions Code 2021."),
    _old(r"\bData Protection Act(?: of)?,? \(?(?:1984|1998)\)?|\bDPA ?(?:1984|1998)\b",
         "The Data Protection Act 1998 was replaced on 25 May 2018.",
         "Cite the UK GDPR and the Data Protection Act 2018."),
    _old(r"\b(?:must|has to|have to|is to|are to|required to|need to|needs to|will)\b[^.;]{0,60}\b"
         r"(?:National Award (?:for|in) (?:SEN|Special)\w*[^.;]{0,30}|NASENCO|NASENDCO|NASC award)",
         "Since 1 September 2024 a new SENCo takes the National Professional Qualification (NPQ) for SENCOs.",
         "Write NPQ for SENCOs; the award before it counts for those who began it earlier.",
         hints="award|nasen", since=date(2024, 9, 1), unless=r"\bNPQ|before (?:1 )?September 2024"),
)  # fmt: skip

_HOLDERS = r"(?:pupils?|students?|child(?:ren)?|young people|those|learners?|boys|girls|anyone)"
_ARTICLE = r"(?:an? |the |their |his |her |any |its |existing |current |new |final |proposed |full )*"
_NOT_OF = r"(?! of (?!special|SEN))"
_DONE = r"(?:reviewed|issued|maintained|amended|ceased|converted|made by|written by)\b"
_STATEMENT = (
    rf"\bstatements? of (?:special educational|special needs|SEND?\b)|\bstatement(?:ed|ing)\b|\bSEN statements?\b"
    rf"|\b{_HOLDERS} (?:who (?:have|has|had|hold|holds) |with(?:out)? |on |has |have |having )(?:an? |the )?"
    rf"statements?\b{_NOT_OF}"
    r"|\bstatements? ?(?:and|or|/|&|,) ?(?:an? )?(?:EHC|education,? health)"
    r"|\b(?:EHC ?Ps?|EHC plans?|health and care plans?)(?: \([^)]*\))? ?(?:and|or|/|&) ?(?:an? )?statements?\b"
    r"|\bstatutory statements?\b|\bannual reviews? of (?:an? |the )?statements?\b"
    rf"|\b(?:issues?|issued|maintains?|maintained|ceases? to maintain) (?:an? |the )statements?\b{_NOT_OF}"
    rf"|\b{_HOLDERS}(?:'s|s')? statements? (?:of need|(?:is|are|was|will be|must be) {_DONE})"
    rf"|(?:^|(?<=[.!?] ))(?:an? |the )?statements? (?:is|are|will be|must be) {_DONE}"
)
_STATEMENT_WRITTEN = (
    rf"(?<=[a-z,] )(?:have|has|had|with|without|hold|holds|get|gets|given|receives?|received|issues?|issued|for"
    rf"|on|in|under|through|maintains?|request|requests|named in) {_ARTICLE}Statements?\b{_NOT_OF}"
)
_PLAN = "Say EHC plan; since 2018 no child in England has a statement."
_NO_PLAN = (
    r"(?i:(?! (?:Plans?|Groups?|Teams?|Days?|Weeks?|Points?|Committees?|Research|Now|Network|Funds?|Learning)\b))"
)

#: Names of stages, documents, services and bodies that no longer exist.
WORDS: tuple[Old, ...] = (
    _old(_STATEMENT, "Statements of special educational needs were replaced by EHC plans.", _PLAN),
    _old(_STATEMENT_WRITTEN, "Statements of special educational needs were replaced by EHC plans.", _PLAN,
         as_written=True),
    _old(rf"(?<!Whole )(?<!Whole-)\bSchool{_GAP}Action\b(?:{_GAP}Plus\b| ?\+)?{_NO_PLAN}"
         rf"|\bEarly Years Action\b(?: Plus\b| ?\+)?{_NO_PLAN}|\bSA ?(?:\+|Plus\b)"
         r"|\bSCHOOL ACTION(?: PLUS\b| ?\+)?(?! PLAN)",
         "School Action and School Action Plus were replaced by SEN support in September 2014.", "Say SEN support.",
         as_written=True),
    _old(r"\b(?:at|on|of|under|from|to|as|or) (?:the )?school action\b(?! (?:plan|group|team|point|on\b|for\b))"
         rf"|\b(?:school|early years) action{_GAP}?(?:plus\b|\+)",
         "School Action and School Action Plus were replaced by SEN support in September 2014.", "Say SEN support."),
    _old(r"\bConnexions\b", "The national Connexions service ended in 2012.",
         "Name the careers adviser or service that your students go to.", as_written=True),
    _old(r"\bParent Partnership(?: Services?| Officers?| Schemes?)?\b",
         "Parent Partnership Services became information, advice and support services (SENDIASS) in 2014.",
         'Write {{ campus("advice_service").name }}.', as_written=True),
    _old(r"\bBESD\b|\bbehaviou?r(?:al)?,? emotional,? (?:and|&) social (?:difficult\w+|development|needs?)",
         "This kind of need was replaced in 2014 by social, emotional and mental health.",
         "Say social, emotional and mental health needs."),
    _old(r"\bSENDIST\b", "This tribunal became part of the First-tier Tribunal in 2008.",
         "Say the First-tier Tribunal (Special Educational Needs and Disability)."),
    _old(r"\b(?:clinical commissioning groups?|primary care trusts?|(?-i:CCGs?|PCTs?))\b",
         "Clinical commissioning groups were replaced by integrated care boards on 1 July 2022.",
         "Name the integrated care board, or the health service that you mean."),
    _old(r"\bLocal Safeguarding Children(?:'s)? Boards?\b|\bLSCBs?\b",
         "Local safeguarding children boards were replaced by safeguarding partners in 2019.",
         "Name the safeguarding partnership of your area."),
    _old(r"\blocal education authorit(?:y|ies)\b|\b(?-i:LEAs?)\b",
         "Local education authorities became local authorities in 2010.", "Say the local authority, or the council."),
)  # fmt: skip

_HISTORY = re.compile(
    r"\breplac\w+|\bno longer\b|\brepeal\w*|\babolish\w*|\bsupersed\w+|\bformer(?:ly)?\b|\bpreviously\b"
    r"|\bearlier (?:law|act|code)"
    r"|\bused to (?:be|have|call|get|hold|speak)\b|\bonce (?:called|known)\b|\b(?:was|were) (?:called|known as)\b"
    r"|\b(?:ended|ceased|stopped|withdrawn|discontinued|renamed|transferred|converted|phased out)\b"
    r"|\b(?:until|before|up to|prior to|till|between)\s+(?:the\s+)?(?:\w+\s+){0,2}(?:19|20)\d\d\b|\bin the past\b"
    r"|\b(?:became|come before|came before|took the place|taken the place|grew out of|predecessors?|in place of)\b"
    r"|\binstead of\b|\b(?:the|an|our|under) old (?:law|word|name|system|code|act|rules?|days|statement|term)"
    r"|\bthere are no\b|\bdo(?:es)? not (?:exist|use|have)\b|\bdon't (?:use|say|have)\b|\bhad been\b",
    re.IGNORECASE,
)
_NOT_THIS = re.compile(r"\b(?:not|never|no|rather than|instead of|formerly)\s+(?:an?\s+|the\s+|as\s+)?$", re.IGNORECASE)


# “The Code of 2014, which replaced that of 2001”: the first is the law of today for the person who wrote it.
_REPLACED_ANOTHER = re.compile(
    r"(?<!was )(?<!were )(?<!been )(?<!is )(?<!are )(?<!being )\b(?:replac|supersed)(?:ed|es|ing)\b(?! by\b)",
    re.IGNORECASE,
)


def is_history(before: str, after: str) -> bool:
    """Whether a sentence tells something as past or says that it is not so, by what is before and what is after."""
    from_here = _REPLACED_ANOTHER.split(after, maxsplit=1)[0]
    return _HISTORY.search(f"{before}{from_here}") is not None or _NOT_THIS.search(before) is not None
