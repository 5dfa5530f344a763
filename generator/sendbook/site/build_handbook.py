"""The handbook's turn in a build: what is wrong with it, what is published of it, and the world all pages rest on.

Its editions are made only if a page, a name in it, our theme or the day changed, or if something stands in for a page.
What is published is what was checked, also where a page is saved meanwhile.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from sendbook.bundle.change import Change
from sendbook.bundle.schema import HANDBOOK
from sendbook.bundle.store import Bundle
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder, Scan
from sendbook.campus.records import Record
from sendbook.campus.shipped import schemas
from sendbook.checks.documents import PLAN_RECORD
from sendbook.checks.finding import Finding, Severity, is_leak
from sendbook.checks.known import KnownFindings
from sendbook.checks.leaks.grouping import not_told_yet
from sendbook.checks.leaks.tells import Tells
from sendbook.checks.names import Names
from sendbook.checks.texts.ages import Ages
from sendbook.checks.waivers import waived_in
from sendbook.errors import EngineError
from sendbook.site.edition import SourcePage
from sendbook.site.family_pages import of_family_pages
from sendbook.site.handbook import Handbook, front_matter_schema
from sendbook.site.handbook import read as read_handbook
from sendbook.site.handbook_site import HandbookSite, handbook_digest_of, said_in
from sendbook.site.inspection import document_findings, handbook_findings, in_family, in_public
from sendbook.site.last_good import LastShared, last_good_of
from sendbook.site.public_guard import Strangers, look_at
from sendbook.site.public_preview import previewed
from sendbook.site.sound_ground import Ground
from sendbook.site.sound_handbook import LastPages, SoundHandbook, sound_handbook
from sendbook.site.world import World

_PLAN_PATH = f"records/{PLAN_RECORD}.yml"
_WORLD = "~world"


@dataclass(frozen=True, slots=True, kw_only=True)
class BuiltHandbook:
    """What came of it.

    ``site`` is to be published, and None where what is published is still right. ``findings`` are all there are if
    ``asked``, else those of the rules about documents alone. ``held`` are the paths of what is held back. ``strangers``
    are looked for in what the public could be sent.
    """

    ground: Ground
    world: World
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

    def remember(self, change: Change) -> None:
        """Keep for the next build what the macros said, what was published, and what stands in for what."""
        change.remember(_WORLD, "said", self.said.encode())
        if self.sound is not None and self.site is not None:
            self.last.remember(change, self.sound)


def built_handbook(
    folder: CampusFolder,
    ground: Ground,
    on: date,
    cache: Path,
    bundle: Bundle,
    parsed: ParseCache,
    known: KnownFindings,
    scan: Scan,
    *,
    leaking: frozenset[str] = frozenset(),
    twice: frozenset[str] = frozenset(),
) -> BuiltHandbook:
    """The handbook as far as it can come out.

    ``leaking`` are files in which the guard found what is not for the public, ``twice`` those in whose last version it
    did as well.
    """
    world = World(ground.campus(folder.registry), on, folder.root)
    said = said_in(world)
    last = LastPages(bundle)
    also = _names_kept(folder, bundle, scan, parsed)
    held_before = bundle.remembered(HANDBOOK, "held") not in (None, b"[]")
    plain = handbook_digest_of(folder.root, world, said)
    read = read_handbook(folder.root, front_matter_schema(schemas()))
    names, ages = Names.of(folder, world.shared, scan, parsed), Ages(folder.root, on)
    if not held_before and not leaking and bundle.remembered(HANDBOOK, "digest") == plain.encode():
        found = (
            *document_findings(folder, world.shared, on, parsed, known, scan, also=also),
            *in_family(world.shared, names, on, known, read, ages),
        )
        found = waived_in(world.shared, found, on)
        if not any(one.severity is Severity.ERROR for one in found):
            strangers = Strangers(folder=folder, shared=world.shared, scan=scan, cache=parsed, also=also)
            return BuiltHandbook(
                ground=ground, world=world, site=None, pages=read.pages, findings=found, held=frozenset(), said=said,
                last=last, asked=False, strangers=strangers,
            )  # fmt: skip
    found = handbook_findings(folder, world.shared, on, parsed, sound=True, known=known, found=read, also=also)
    found = (*found, *in_family(world.shared, names, on, known, read, ages))
    found = waived_in(world.shared, found, on)
    strangers = Strangers(folder=folder, shared=world.shared, scan=scan, cache=parsed)
    found = (*found, *not_told_yet(in_public(folder, world.shared, on, parsed, known, read, strangers), found))
    if _plan_is_wrong(found):
        ground = _with_last_plan(ground, LastShared(bundle), leaks=any(map(is_leak, found)))
        world = World(ground.campus(folder.registry), on, folder.root)
        said = said_in(world)
    if also or world.shared is not strangers.shared:
        strangers = Strangers(folder=folder, shared=world.shared, scan=scan, cache=parsed, also=also)

    def ask(book: Handbook) -> Iterable[Finding]:
        of_pages = handbook_findings(folder, world.shared, on, sound=True, found=book, also=also)
        told_families = of_family_pages(book, world.shared, on, names.everybody, ages)
        yield from waived_in(world.shared, (*of_pages, *told_families), on)
        yield from look_at(previewed(folder, world.shared, book, on), strangers, None).findings

    wrong = found if not _plan_is_wrong(found) else (*found, *ask(read))
    left_out = named_in_their_address(read, strangers.tells) if leaking else frozenset[str]()
    sound = sound_handbook(read, wrong, last, ask, leaking=_below(leaking), twice=_below(twice), left_out=left_out)
    held = frozenset({*(f"handbook/{path}" for path in sound.held), *([_PLAN_PATH] if _plan_is_wrong(found) else [])})
    digest = handbook_digest_of(folder.root, world, said, sound if held else None)
    site = None
    if bundle.remembered(HANDBOOK, "digest") != digest.encode():
        site, broken = _made(HandbookSite(world, cache, digest, held=sorted(held)), sound, bundle)
        found = (*found, *broken)
        held |= {one.path for one in broken}
    return BuiltHandbook(
        ground=ground, world=world, site=site, pages=sound.handbook.pages, findings=found, held=held, said=said,
        last=last, sound=sound, strangers=strangers, leaking=leaking, twice=twice,
    )  # fmt: skip


def named_in_their_address(read: Handbook, tells: Tells) -> frozenset[str]:
    """Public pages whose own address, which is their file's name, names somebody: it is in every page's menu."""
    from sendbook.checks.leaks.scan import Scanner

    scanner = Scanner(tells)
    public = [page for page in (*read.pages, *read.unsound) if "public" in page.editions]
    return frozenset(
        page.path for page in public if any(hit.severity is Severity.ERROR for hit in scanner.hits_once(page.url))
    )


def _below(paths: Iterable[str]) -> frozenset[str]:
    """The paths below the folder of the handbook; a page's address is the path of its file."""
    found = set()
    for path in paths:
        if path.startswith("handbook/"):
            found.add(path.removeprefix("handbook/"))
    return frozenset(found)


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
        remedy="The handbook published last stays; look at what was changed in it since.",
    )


def _plan_is_wrong(findings: Iterable[Finding]) -> bool:
    return any(one.severity is Severity.ERROR and one.path == _PLAN_PATH for one in findings)


def _with_last_plan(ground: Ground, last: LastShared, *, leaks: bool) -> Ground:
    """The ground with the accessibility plan published last, or without one where that may name somebody too."""
    found = last.get(PLAN_RECORD)
    others = tuple(one for one in ground.records if one.id != PLAN_RECORD)
    if found is None or leaks:
        return replace(ground, records=others, left_out=ground.left_out | {_PLAN_PATH})
    return replace(ground, records=(*others, found[0]), standing_in=ground.standing_in | {PLAN_RECORD})


def _names_kept(folder: CampusFolder, bundle: Bundle, scan: Scan, parsed: ParseCache) -> tuple[Record, ...]:
    """The last sound record of each student whose own record is not sound now: no page may name them by it either."""
    entries = [one for one in scan.entries if one.kind == "student"]
    stamped = parsed.recall(entries)
    sound = parsed.valid_among(stamped.values(), folder.registry.digest)
    unknown = [one for one in entries if stamped.get(one.path) not in sound]
    readable = folder.load(unknown, parsed).campus
    found: list[Record] = []
    for entry in unknown:
        record = readable.get(entry.record_id)
        last = last_good_of(bundle, entry.student or "") if record is None or not readable.fits(record) else None
        found += [one for one in last.records if one.id == entry.record_id] if last is not None else []
    return tuple(found)
