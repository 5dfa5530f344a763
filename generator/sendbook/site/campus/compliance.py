"""What the compliance page rests on: each item the law or policy asks for, and the passage that answers it.

Gathered once a build from the public edition's own words, so it tells nobody more than the public pages do; what is
wrong with the documents is kept next to it with the parts each finding rests on, for a page to choose from.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace

from sendbook.campus.passages import Passage, Say, passages_of
from sendbook.campus.records import Campus
from sendbook.campus.words import sentence
from sendbook.checks.catalogue import ITEMS
from sendbook.checks.documents import PATHS
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.rules.document_rules import NAMES
from sendbook.checks.rules.rule import STATE_FUNDED, Duty
from sendbook.handbook.edition import SourcePage, select
from sendbook.handbook.macros import MacroValues, parse
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH
from sendbook.site.campus.compliance_places import FIGURES, Place, places_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One item that is asked of a document: its id and words, its source, and what it is to this kind of school.

    ``must`` is false for what the Code of Practice only recommends.
    """

    id: str
    title: str
    source: str
    duty: Duty
    confirmed: bool
    must: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A passage that says it answers an item, with its first words."""

    page: str
    url: str
    title: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An item with the passages that answer it."""

    asked: Asked
    answers: tuple[Answer, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A public document as its page's first lines describe it; days are ISO dates."""

    sort: str
    title: str
    url: str
    path: str
    version: str
    approved_on: str
    approved_by: str
    minute_ref: str
    last_reviewed: str
    review_by: str
    owner: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Compliance:
    """All of it, for one day. ``places`` are where the findings are, by `place_key`."""

    documents: tuple[Document, ...]
    rows: tuple[Row, ...]
    findings: tuple[Finding, ...]
    places: Mapping[str, Place] = field(default_factory=dict)

    def packed(self) -> bytes:
        """As the bundle remembers it. What was found in a record is left out: it is for terminals alone."""
        plain = asdict(self)
        for finding in plain["findings"]:
            finding["found"] = finding["hint"] = finding["about"] = ""
        return json.dumps(plain).encode()

    @classmethod
    def unpacked(cls, kept: bytes) -> Compliance:
        """From what the bundle remembers."""
        plain = json.loads(kept)
        return cls(
            documents=tuple(Document(**one) for one in plain["documents"]),
            rows=tuple(
                Row(
                    asked=Asked(**{**row["asked"], "duty": Duty(row["asked"]["duty"])}),
                    answers=tuple(Answer(**one) for one in row["answers"]),
                )
                for row in plain["rows"]
            ),
            findings=tuple(_finding(one) for one in plain["findings"]),
            places={key: Place(**one) for key, one in plain["places"].items()},
        )


def compliance(
    pages: Sequence[SourcePage],
    asked: Iterable[Asked],
    values: MacroValues,
    findings: Iterable[Finding],
    shared: Campus,
) -> Compliance:
    """From all pages of the handbook, what is asked, the public edition's macros, all findings of the campus, and the
    shared records as the findings speak of them.
    """
    public = select(pages, "public")
    documents = tuple(_document(page) for page in public if page.document)
    answers = [
        (page, passage) for page in public for passage in passages_of(page.body, page.body_line, _saying(values))
    ]
    about = {*PATHS.values(), *(f"handbook/{page.path}" for page in public)}
    told = tuple(
        map(_resting_on_names, (one for one in findings if one.path in about or one.path.startswith(_RECORDS)))
    )
    return Compliance(
        documents=documents,
        rows=tuple(
            Row(
                asked=one,
                answers=tuple(_answer(page, passage) for page, passage in answers if one.id in passage.answers),
            )
            for one in asked
        ),
        findings=told,
        places=places_of(told, answers, public, shared),
    )


def _resting_on_names(finding: Finding) -> Finding:
    """That a word is somebody's name is told to those alone who may see all names."""
    return replace(finding, parts=NAMES) if finding.code.startswith("leak") and not finding.parts else finding


_BEGINNING = 160


def asked_of(setting: str | None) -> tuple[Asked, ...]:
    """What the SEN information report must cover in a school of this kind: law for those that section 69 binds."""
    return tuple(
        Asked(
            id=item.id,
            title=sentence(item.asks),
            source=item.source,
            duty=Duty.LAW if item.must and setting in STATE_FUNDED else Duty.HOUSE,
            confirmed=item.confirmed,
            must=item.must,
        )
        for item in ITEMS
    )


_RECORDS = (PLAN_PATH, FIGURES)


def _document(page: SourcePage) -> Document:
    return Document(
        sort=page.document,
        title=page.title,
        url=page.url,
        path=f"handbook/{page.path}",
        version=page.version,
        approved_on=page.approved_on,
        approved_by=page.approved_by,
        minute_ref=page.minute_ref,
        last_reviewed=page.last_reviewed or "",
        review_by=page.review_by or "",
        owner=page.owner,
    )


def _answer(page: SourcePage, passage: Passage) -> Answer:
    return Answer(page=page.title, url=f"{page.url}#{passage.anchor}", title=passage.title, words=_first_words(passage))


def _first_words(passage: Passage) -> str:
    """The passage's beginning, cut where a word ends: enough to know it again."""
    text = " ".join(passage.blocks)
    return text if len(text) <= _BEGINNING else f"{text[:_BEGINNING].rpartition(' ')[0]} …"


def _saying(values: MacroValues) -> Say:
    def say(written: str) -> str:
        call = parse(written)
        return (values.say(call) if call else None) or "…"

    return say


def _finding(plain: dict[str, object]) -> Finding:
    parts = tuple((str(kind), str(part)) for kind, part in plain.pop("parts"))  # type: ignore[attr-defined]
    severity = Severity(str(plain.pop("severity")))
    return Finding(**plain, parts=parts, severity=severity)  # type: ignore[arg-type]
