"""Makes the handbook of a build as far as it can come out, and what all pages have in common.

Its editions are made only if a page, a name in it, our theme or the day changed, or if something stands in for a page.
What is published is what was checked, also where a page is saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import partial

from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Finding, Severity, has_errors, is_leak
from sendbook.errors import EngineError
from sendbook.handbook.edition import SourcePage
from sendbook.handbook.folder import Handbook, front_matter_schema
from sendbook.handbook.folder import read as read_handbook
from sendbook.handbook.sound_handbook import (
    LastPages,
    SoundHandbook,
    in_folder,
    sound_handbook,
)
from sendbook.kinds.accessibility_plan import PLAN_RECORD
from sendbook.kinds.accessibility_plan.published_plan import PLAN_PATH, plan_is_wrong
from sendbook.site.build.build_inputs import BuildInputs
from sendbook.site.build.handbook_checks import HandbookChecks, named_in_their_address
from sendbook.site.build.handbook_site import HandbookSite, handbook_digest_of, said_in
from sendbook.site.build.last_good import LastShared
from sendbook.site.build.public_guard import Strangers
from sendbook.site.build.records_in_use import RecordsInUse
from sendbook.site.build.remembered import SHARED_CAMPUS
from sendbook.site.build.shared_campus import SharedCampus


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltHandbook:
    """Holds what came of it.

    ``site`` is to be published, and None where what is published is still right. ``findings`` are all there are if
    ``asked``, else those of the rules about documents alone. ``held`` are the paths of what is held back. ``strangers``
    are looked for in what the public could be sent.
    """

    in_use: RecordsInUse
    common: SharedCampus
    site: HandbookSite | None
    pages: tuple[SourcePage, ...] = field(repr=False)
    findings: tuple[Finding, ...]
    held: frozenset[str]
    said: str
    last: LastPages
    strangers: Strangers = field(repr=False)
    asked: bool = True
    leaking: frozenset[str] = frozenset()
    twice: frozenset[str] = frozenset()
    sound: SoundHandbook | None = None

    def remember(self, change: Publication) -> None:
        """Keeps for the next build what the macros said, what was published, and what stands in for what."""
        change.remember(SHARED_CAMPUS, "said", self.said.encode())
        if self.sound is not None and self.site is not None:
            self.last.remember(change, self.sound)


def built_handbook(
    given: BuildInputs,
    in_use: RecordsInUse,
    *,
    leaking: frozenset[str] = frozenset(),
    twice: frozenset[str] = frozenset(),
) -> BuiltHandbook:
    """Makes the handbook as far as it can come out.

    ``leaking`` are files in which the guard found what is not for the public, ``twice`` those in whose last version it
    did as well.
    """
    common = given.shared_campus(in_use)
    read = read_handbook(given.folder.root, front_matter_schema(schemas()), given.kept.handbook)
    given.kept.handbook = read
    checks = HandbookChecks.of(given, common.shared)
    book = BuiltHandbook(
        in_use=in_use,
        common=common,
        site=None,
        pages=read.pages,
        findings=(),
        held=frozenset(),
        said=given.kept.value("said in the handbook", common, lambda: said_in(common)),
        last=LastPages(given.bundle),
        strangers=checks.strangers(common),
        leaking=leaking,
        twice=twice,
    )
    # Pages that are up, with nothing standing in for one, need be asked only what time alone can make wrong with them.
    if not leaking and _is_up(given, book):
        found = checks.of_documents(common, read)
        if not has_errors(found):
            return replace(book, findings=found, asked=False)
    # Asked without earlier names, as `sendbook check` asks it: what either has looked through counts for the other.
    strangers = replace(book.strangers, also=())
    found = checks.of_all(common, read, strangers)
    if plan_is_wrong(found):
        in_use = _with_last_plan(in_use, LastShared(given.bundle), leaks=any(map(is_leak, found)))
        common = SharedCampus(in_use.campus(given.folder.registry), given.on, given.folder.root)
    # What comes out in the end is asked of earlier names too, and of the records that are in use now.
    strangers = strangers if checks.also == () and common.shared is strangers.shared else checks.strangers(common)
    book = replace(book, in_use=in_use, common=common, findings=found, said=said_in(common), strangers=strangers)
    return _as_sound(book, read, checks, given)


def _is_up(given: BuildInputs, book: BuiltHandbook) -> bool:
    """Whether the handbook was published from what it would be made of now, with nothing standing in for a page."""
    digest = handbook_digest_of(given.folder.root, book.common, book.said)  # another one where anything stands in
    return given.bundle.remembered(HANDBOOK, "digest") == digest.encode()


def _as_sound(book: BuiltHandbook, read: Handbook, checks: HandbookChecks, given: BuildInputs) -> BuiltHandbook:
    """Makes the handbook with what stands in for each page, and for the plan, that has an error."""
    found, held = book.findings, set[str]()
    ask = partial(checks.of_version, book.common, book.strangers)
    wrong: Iterable[Finding] = found
    if plan_is_wrong(found):
        wrong = (*found, *ask(read))
        held.add(PLAN_PATH)
    left_out = named_in_their_address(read, book.strangers.identifiers) if book.leaking else frozenset[str]()
    sound = sound_handbook(
        read, wrong, book.last, ask, leaking=in_folder(book.leaking), twice=in_folder(book.twice), left_out=left_out
    )
    held |= {f"handbook/{path}" for path in sound.held}
    digest = handbook_digest_of(given.folder.root, book.common, book.said, sound if held else None)
    site = None
    if given.bundle.remembered(HANDBOOK, "digest") != digest.encode():
        handbook_site = HandbookSite(book.common, given.places.engine, digest)
        site, broken = _made(handbook_site, sound, given.bundle)
        found = (*found, *broken)
        held |= {one.path for one in broken}
    return replace(book, site=site, pages=sound.handbook.pages, findings=found, held=frozenset(held), sound=sound)


def _made(site: HandbookSite, sound: SoundHandbook, bundle: Bundle) -> tuple[HandbookSite | None, tuple[Finding, ...]]:
    """The editions, or why the engine could not make them: then those published last stay, if there are any."""
    try:
        site.build(sound.handbook)
    except EngineError as error:
        if bundle.remembered(HANDBOOK, "digest") is None:
            raise
        return None, (_engine_failed(error),)
    return site, ()


def _engine_failed(error: EngineError) -> Finding:
    return Finding(
        code="handbook-engine",
        severity=Severity.ERROR,
        path="handbook",
        message="The handbook could not be made into pages.",
        found=str(error),
        remedy="The last published handbook stays up; look at what has changed in it since then.",
    )


def _with_last_plan(in_use: RecordsInUse, last: LastShared, *, leaks: bool) -> RecordsInUse:
    """Returns the records with the plan published last, or without one where that may name somebody too."""
    found = last.get(PLAN_RECORD)
    others = tuple(one for one in in_use.records if one.id != PLAN_RECORD)
    if found is None or leaks:
        return replace(in_use, records=others, left_out=in_use.left_out | {PLAN_PATH})
    return replace(in_use, records=(*others, found[0]), standing_in=in_use.standing_in | {PLAN_RECORD})
