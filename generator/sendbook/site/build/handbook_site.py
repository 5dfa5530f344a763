"""The handbook's editions as the bundle takes them: pages, files, shells and styles."""

from __future__ import annotations

import json
from collections.abc import Iterator
from hashlib import blake2b
from html import escape
from pathlib import Path

from sendbook.bundle.fragment import Content, File, Fragment, Label, PrintData
from sendbook.bundle.publication import Publication
from sendbook.bundle.schema import HANDBOOK
from sendbook.campus.code import code_digest
from sendbook.campus.shipped import schemas, site_templates
from sendbook.handbook import folder as handbook
from sendbook.handbook.built import Edition
from sendbook.handbook.engine import build_edition
from sendbook.handbook.print_pages import page_documents, paper_of, with_links
from sendbook.handbook.sound_handbook import SoundHandbook
from sendbook.handbook.workspace import HANDBOOK_TITLE, EngineSettings
from sendbook.pages.drawer import NavLink
from sendbook.site.build.shared_campus import SharedCampus
from sendbook.site.macro_values import macro_values

EDITIONS = ("public", "family", "staff")

#: Where the public's drawer leads besides the handbook. Signed in, the way home is each reader's own.
PUBLIC_LINKS = (NavLink(title="Home", url="/"),)
_STYLES = ("sendbook.css", "records.css", "search.css")


class HandbookSite:
    """Makes the editions of one build when asked for."""

    def __init__(self, common: SharedCampus, cache: Path, digest: str) -> None:
        self._common = common
        self._cache = cache
        self._digest = digest
        self._editions: tuple[Edition, ...] = ()
        self._papers: dict[str, dict[str, bytes]] = {}

    def build(self, read: handbook.Handbook) -> None:
        """Runs the engine, once an edition; raises `EngineError` if it fails.

        ``read`` is the handbook as it was checked: a page saved since waits for the next build.
        """
        record = self._common.shared.get("campus")
        place = record.data if record else {}
        self._cache.mkdir(mode=0o700, parents=True, exist_ok=True)
        values = {
            edition: macro_values(self._common.shared, self._common.on, edition, basis=self._common.basis)
            for edition in EDITIONS
        }
        self._papers = {edition: page_documents(read.pages, edition, values[edition]) for edition in EDITIONS}
        self._editions = tuple(
            build_edition(
                read.pages,
                edition,
                values=values[edition],
                settings=engine_settings(str(place["name"]), synthetic=bool(place.get("synthetic"))),
                cache=self._cache,
                files=read.files,
            )
            for edition in EDITIONS
        )

    def put(self, change: Publication) -> None:
        """Puts everything of the editions that does not depend on who is reading."""
        assets: dict[str, File] = {}
        hashes: set[str] = set()
        for made in self._editions:
            papers = self._papers[made.name]
            edition = with_links(made, papers)
            documents = {paper_of(url): PrintData(content=data) for url, data in papers.items()}
            change.set_shell(edition.name, edition.shell)
            change.put_pages(HANDBOOK, edition.name, {**dict(_contents(edition)), **documents})
            change.remember(HANDBOOK, f"papers:{edition.name}", json.dumps(sorted(papers)).encode())
            change.remember(HANDBOOK, f"pages:{edition.name}", json.dumps(_listing(edition)).encode())
            hashes.update(edition.script_hashes)
            assets.update(
                (path, File(media_type=media_type, content=content, hashed=True))
                for path, (content, media_type) in edition.assets.items()
            )
        change.set_assets(assets)
        change.set_meta("script_hashes", json.dumps(sorted(hashes)))
        change.remember(HANDBOOK, "digest", self._digest.encode())


def _contents(edition: Edition) -> Iterator[tuple[str, Content]]:
    for path, page in edition.pages.items():
        yield (
            path,
            Fragment(
                title=escape(page.title),
                nav=page.nav,
                contents=page.contents,
                content=page.content,
                label=Label(kind=HANDBOOK_TITLE),
            ),
        )
    for path, (content, media_type) in edition.files.items():
        yield path, File(media_type=media_type, content=content)


def _listing(edition: Edition) -> list[dict[str, str]]:
    """The edition's pages as links: what the public's first page is made of."""
    return [
        {"title": page.title, "url": url, "summary": page.summary, "document": page.document}
        for url, page in edition.pages.items()
    ]


def engine_settings(name: str, *, synthetic: bool) -> EngineSettings:
    templates = site_templates()
    return EngineSettings(
        site_name=name,
        theme=templates / "theme",
        styles=tuple(path for style in _STYLES if (path := templates / "styles" / style).is_file()),
        public_links=PUBLIC_LINKS,
        synthetic=synthetic,
    )


def said_in(common: SharedCampus) -> str:
    """Returns a name for all that the macros may say in the editions."""
    digest = blake2b(digest_size=16)
    for edition in EDITIONS:
        digest.update(f"{macro_values(common.shared, common.on, edition, basis=common.basis)}".encode())
    return digest.hexdigest()


def handbook_digest_of(root: Path, common: SharedCampus, said: str, sound: SoundHandbook | None = None) -> str:
    """Changes with any file of the handbook, its settings, our theme and code, the names it says, and the day.

    And with what stands in for a page that is held, where there is one (``sound``).
    """
    digest = blake2b(digest_size=16)
    digest.update(f"{code_digest()} {common.on} {said}".encode())
    if sound is not None:
        digest.update(f"{sorted(sound.held)} {[(one, one.body) for one in sound.handbook.pages]}".encode())
    theme = site_templates()
    places = (root / "handbook", theme / "theme", theme / "styles", schemas())
    files = [path for place in places for path in sorted(place.rglob("*")) if path.is_file() and not path.is_symlink()]
    settings = root / "mkdocs.yml"
    for path in [*files, *([settings] if settings.is_file() else [])]:
        content = path.read_bytes() if path.stat().st_size <= handbook.FILE_AT_MOST else b"too large"
        digest.update(f"{path.name} {len(content)}\n".encode() + content)
    return digest.hexdigest()
