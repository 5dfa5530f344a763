"""Record pages from loaded records, beside MkDocs and Hugo making the same pages.

Ours renders all: projection to fragment to whole page, and writes each page as a file. MkDocs is handed the finished
bodies as content, so it only puts them into Material's page (a part of the pages, as a child process, none of them in
the nav). Hugo is handed what our sections show and the same templates and shell (`hugo.py`). Both are favoured by that.

All read and write in memory (/dev/shm, where there is one), and each round begins without the site of the round before:
it is not the disk that is measured.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks.campus import ON, folder_of
from benchmarks.hugo import data_of, differing
from benchmarks.hugo import hugo as make_hugo
from benchmarks.result import Row, ratio, rounds_of, seconds
from sendbook.access.student_file import ProjectedStudent
from sendbook.access.views import scopes
from sendbook.bundle import Fragment
from sendbook.bundle.fragment import Shell
from sendbook.campus.folder import CampusFolder, FileStamp
from sendbook.kinds.printed import documents_of
from sendbook.kinds.student_pages import pages_of_reading
from sendbook.pages.reading import Reading, reading_of
from sendbook.site.build.collecting import collect_seldom
from sendbook.site.build.shared_campus import SharedCampus

_MKDOCS_PAGES = 300
_CORES = os.cpu_count() or 1
_SENCO = "senco"


def rows(root: Path, scratch: Path) -> list[Row]:
    """Ours in one process and in as many as there are cores, against both."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(prefix="sendbook-", dir=memory if memory.is_dir() else scratch) as folder:
        return _rows(root, Path(folder))


def _rows(root: Path, scratch: Path) -> list[Row]:
    ready = _Ready(root)
    bodies = ready.render()
    count = len(bodies)
    mkdocs = _mkdocs(dict(list(bodies.items())[:_MKDOCS_PAGES]), scratch / "mkdocs")
    hugo = make_hugo(ready.data(), _SHELL, scratch / "hugo")
    different = list(differing(bodies, scratch / "hugo" / "public"))
    if different:
        raise SystemExit(f"Hugo made {len(different)} pages otherwise than ours, the first at {different[0]}.")
    spread: list[float] = []
    taken = rounds_of(
        3,
        cleared=lambda: _clear(scratch),
        ours=lambda: _write(scratch / "ours", ready.render()),
        mkdocs=lambda: mkdocs(),
        hugo_one=lambda: hugo(1),
        cleared_again=lambda: _clear(scratch),
        hugo_all=lambda: hugo(_CORES),
        spread=lambda: spread.append(_spread(root, scratch / "ours")),
    )
    scale = count / _MKDOCS_PAGES
    times = scale * ratio(taken["mkdocs"], taken["ours"])
    one, every = ratio(taken["hugo_one"], taken["ours"]), ratio(taken["hugo_all"], spread)
    names = ("ours", "mkdocs", "hugo_one", "hugo_all")
    ours, by_mkdocs, hugo_one, hugo_all = (median(taken[name]) for name in names)
    per_page, per_mkdocs_page = 1000 * ours / count, 1000 * by_mkdocs / _MKDOCS_PAGES
    return [
        Row(
            work=f"{count:,} record pages / `mkdocs build` ({_MKDOCS_PAGES} of them, scaled)",
            measured=f"{times:.0f} × faster",
            bar="at least 25 ×",
            holds=times >= 25,
            told=f"ours {ours:.1f} s, {per_page:.2f} ms a page, one process; MkDocs {per_mkdocs_page:.1f} ms",
        ),
        Row(
            work="the same / Hugo with the same data, templates and shell",
            measured=f"{one:.1f} × on one core, {every:.1f} × on all",
            bar="at least 2.5 × on one core",
            holds=one >= 2.5,
            told=f"Hugo {hugo_one:.1f} s on one core, {hugo_all:.1f} s on all; ours on all {median(spread):.1f} s",
        ),
    ]


class _Ready:
    """Projections of every student as the SENDCo sees them, made beforehand; and what they have in common."""

    def __init__(self, root: Path, part: slice = slice(None)) -> None:
        folder = folder_of(root)
        scan = folder.scan()
        shared = folder.load(scan.unit("shared")).campus
        self.common = SharedCampus(shared, ON, root)
        senco = next(one.id for one in self.common.basis.people if _SENCO in one.roles_on(ON))
        self.around = self.common.around(senco)
        people = (one.id for one in self.common.basis.people)
        self.family = {one: name for one in people if (name := self.common.family_name(self.around, one)) is not None}
        self.projected = [self._projected(folder, scan.unit(one), one, senco) for one in scan.students[part]]
        # What a PDF is made from is no page: it stands ready, so that pages may have their links to it.
        self.documents = [documents_of(self._reading(one)) for one in self.projected]
        self.shell = Shell.cut(_SHELL)
        collect_seldom()  # as a build does

    def _projected(
        self, folder: CampusFolder, entries: tuple[FileStamp, ...], student: str, senco: str
    ) -> ProjectedStudent:
        own = folder.load(entries).campus
        found, projections = scopes(own, student, ON, basis=self.common.basis)
        return projections[next(scope.projection for scope in found if scope.reader == senco)]

    def render(self) -> dict[str, str]:
        """Every page, whole, by path."""
        pages: dict[str, str] = {}
        for one, documents in zip(self.projected, self.documents, strict=True):
            made = pages_of_reading(self._reading(one), self.common.templates, documents)
            pages |= {path: self._whole(fragment) for path, fragment in made.fragments.items()}
        return pages

    def data(self) -> dict[str, dict[str, Any]]:
        """What each page's templates are handed, by path."""
        found: dict[str, dict[str, Any]] = {}
        for one, documents in zip(self.projected, self.documents, strict=True):
            found |= data_of(self._reading(one), documents)
        return found

    def _reading(self, projected: ProjectedStudent) -> Reading:
        return reading_of(projected, self.around.surroundings, family=self.family)

    def _whole(self, fragment: Fragment) -> str:
        marks = {
            "title": fragment.title,
            "nav": fragment.nav,
            "contents": fragment.contents,
            "content": fragment.content,
        }
        parts = [self.shell.literals[0]]
        for mark, literal in zip(self.shell.marks, self.shell.literals[1:], strict=True):
            parts += [marks.get(mark, ""), literal]
        return "".join(parts)


_FILLER = "".join(
    f'<li><a href="/handbook/{n}/">Section {n} of the handbook, as it stands in the drawer</a></li>' for n in range(90)
)
_SHELL = (
    "<!doctype html><html lang=en><head><meta charset=utf-8><title>@@title@@</title></head>"
    f"<body><nav><ul>{_FILLER}</ul>@@nav@@</nav><aside>@@contents@@</aside><main>@@content@@</main></body></html>"
)


def _clear(scratch: Path) -> None:
    for made in (scratch / "ours", scratch / "mkdocs" / "site", scratch / "hugo" / "public"):
        shutil.rmtree(made, ignore_errors=True)


def _write(folder: Path, pages: dict[str, str]) -> None:
    for path, html in pages.items():
        target = f"{folder}/{path.strip('/')}"
        os.makedirs(target, exist_ok=True)  # noqa: PTH103 - pathlib's takes twice as long, and is not what is measured
        with open(f"{target}/index.html", "wb") as file:  # noqa: PTH123
            file.write(html.encode())


def _spread(root: Path, folder: Path) -> float:
    """Seconds of the slowest of as many processes as there are cores, each rendering its share at the same time."""
    context = get_context("forkserver")
    begin, took = context.Barrier(_CORES), context.Queue()
    shares = [slice(number, None, _CORES) for number in range(_CORES)]
    workers = [
        context.Process(target=_share, args=(root, share, folder / str(number), begin, took))
        for number, share in enumerate(shares)
    ]
    for worker in workers:
        worker.start()
    slowest = max(took.get() for _ in workers)
    for worker in workers:
        worker.join()
    return slowest


def _share(root: Path, share: slice, folder: Path, begin: Any, took: Any) -> None:
    ready = _Ready(root, share)
    begin.wait()
    took.put(seconds(lambda: _write(folder, ready.render())))


_BODY = re.compile(r"<main>(.*)</main>", re.DOTALL)


def _mkdocs(pages: dict[str, str], folder: Path) -> Callable[[], object]:
    """Writes the sources; what it answers builds the site."""
    docs = folder / "docs"
    for path, html in pages.items():
        page = docs / f"{path.strip('/')}.md"
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(f"<div>{_body(html)}</div>\n", encoding="utf-8")
    (docs / "index.md").write_text("# Home\n", encoding="utf-8")
    settings = "site_name: Benchmark\ntheme:\n  name: material\n  font: false\nplugins: []\nnav:\n  - index.md\n"
    (folder / "mkdocs.yml").write_text(settings, encoding="utf-8")
    command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--config-file", str(folder / "mkdocs.yml")]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    return lambda: subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


def _body(html: str) -> str:
    found = _BODY.search(html)
    return found.group(1) if found else ""
