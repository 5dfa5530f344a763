"""Nobody is named to those who aren't signed in, by whatever door: check, build, publish, and what the gate sends."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.export import files
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.leaks import scan
from sendbook.checks.leaks.identifiers import Identifiers
from sendbook.site.build.build import build
from sendbook.site.build.inspection import inspect
from tests.checks_kit import tiny_campus
from tests.cli.kit import DAY, run
from tests.conftest import ON

NAME = "Freya Lindholm"
NAMED = re.compile(r"freya.{1,3}lindholm|mlohdniL|Lindho&|Lіndhоlm", re.IGNORECASE)  # noqa: RUF001


def on_page(text: str) -> Callable[[Path], str]:
    def plant(root: Path) -> str:
        page = root / "handbook" / "index.md"
        page.write_text(page.read_text(encoding="utf-8") + f"\n{text}\n", encoding="utf-8")
        return "handbook/index.md"

    return plant


def in_file(name: str, content: bytes) -> Callable[[Path], str]:
    """A file that the page links to."""

    def plant(root: Path) -> str:
        (root / "handbook" / name).write_bytes(content)
        return on_page(f"[The paper]({name})")(root)

    return plant


PLANTED: dict[str, Callable[[Path], str]] = {
    "in a code block": on_page(f"```\n{NAME}\n```"),
    "in an indented code block": on_page(f"Text:\n\n    {NAME}\n"),
    "in inline code": on_page(f"See `{NAME}`."),
    "in a link's address": on_page("[This](https://us.example/freya-lindholm)"),
    "in a link's title": on_page(f'[This](https://us.example/ "{NAME}")'),
    "in a link by reference": on_page(f"[This][a]\n\n[a]: https://us.example/?who=Freya%20Lindholm '{NAME}'"),
    "in a heading's place": on_page("## Somebody { #freya-lindholm }"),
    "in an abbreviation": on_page(f"The FL is here.\n\n*[FL]: {NAME}"),
    "in a footnote": on_page(f"Said.[^1]\n\n[^1]: By {NAME}."),
    "in an entity": on_page("&#70;reya Lindho&#x6c;m"),
    "in an admonition's title": on_page(f'!!! note "{NAME}"\n\n    Text.'),
    "in letters that look the same": on_page("`Frеyа Lіndhоlm`"),  # noqa: RUF001
    "turned round": on_page("`&` \u202emlohdniL ayerF"),
    "in a file's name": in_file("freya-lindholm.svg", b'<svg xmlns="http://www.w3.org/2000/svg"/>'),
}


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    """The tiny campus, of which the one student has this name."""
    root = tiny_campus(tmp_path / "campus")
    student = root / "records" / "students" / "2TST" / "student.yml"
    text = student.read_text(encoding="utf-8")
    student.write_text(
        text.replace("full: Eli Student", f"full: {NAME}").replace("known_as: Eli", "known_as: Freya"), "utf-8"
    )
    return root


def errors(findings: Iterable[Finding]) -> list[Finding]:
    return [one for one in findings if one.severity is Severity.ERROR]


def checked(root: Path, registry: SchemaRegistry, cache: ParseCache | None = None) -> list[Finding]:
    return errors(inspect(CampusFolder(root, registry), ON, cache))


def sent(state: Path) -> dict[str, bytes]:
    """What the gate would send to anybody who isn't signed in."""
    with Bundle.reading(state / "site/bundle.db") as bundle:
        return dict(files(bundle, PUBLIC, ON))


@pytest.mark.sample(2)
@pytest.mark.parametrize("place", PLANTED)
def test_check_tells_a_name_wherever_it_is_planted(place: str, campus: Path, registry: SchemaRegistry) -> None:
    assert checked(campus, registry) == []
    where = PLANTED[place](campus)
    found = checked(campus, registry)
    assert found
    assert {"DOC-07", "leak-name"} & {one.code for one in found}
    assert all(
        one.code in ("DOC-07", "leak-name", "hidden-letter", "unseen-letter") and where in one.path for one in found
    ), found
    lines = (campus / where).read_text(encoding="utf-8").split("\n")
    assert all(one.line and lines[one.line - 1].strip() for one in found), found


@pytest.mark.slow
def test_a_build_lets_none_of_them_out_and_the_page_stays_as_it_was(
    campus: Path, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """All at once, because each build of the handbook takes seconds; `publish` says the same of the same lines."""
    assert build(CampusFolder(campus, registry), ON, tmp_path / "state").published
    before = sent(tmp_path / "state")
    page = campus / "handbook" / "index.md"
    first = len(page.read_text(encoding="utf-8").split("\n"))
    for plant in PLANTED.values():
        plant(campus)
    told = build(CampusFolder(campus, registry), ON, tmp_path / "state")
    assert not told.is_whole
    after = sent(tmp_path / "state")
    assert after["/handbook/"] == before["/handbook/"]
    assert not any(re.search(rb"lindholm", content, re.IGNORECASE) for content in after.values())
    assert after.keys() <= before.keys()
    lines = page.read_text(encoding="utf-8").split("\n")
    named = {number for number, line in enumerate(lines, 1) if number >= first and NAMED.search(line)}
    stopped = {one.line for one in errors(told.findings) if one.path == "handbook/index.md"}
    again = {int(line) for one in errors(told.findings) for line in re.findall(r"\b(\d+)\b", one.remedy)}
    assert named <= stopped | again
    published = run("publish", "--public", tmp_path / "out", "--campus", campus, "--state", tmp_path / "state", *DAY)
    assert published.code == 1
    out = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert not any(re.search(rb"lindholm", path.read_bytes(), re.IGNORECASE) for path in out)
    assert not any("lindholm" in str(path).casefold() for path in out)


@pytest.mark.slow
def test_the_build_asks_the_objects_themselves_whatever_was_found_before(
    campus: Path, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The name of a file, and a first page from a template of the campus's own, of which no rule about pages knows."""
    PLANTED["in a file's name"](campus)
    own = campus / "site_templates" / "own"
    own.mkdir(parents=True)
    ours = (site_templates() / "own" / "public.html").read_text(encoding="utf-8")
    (own / "public.html").write_text(f"<!-- Lindholm, F. -->{ours}", encoding="utf-8")
    told = checked(campus, registry)
    assert {(one.code, one.path) for one in told} == {("leak-name", "/"), ("leak-name", "handbook/index.md")}
    monkeypatch.setattr("sendbook.site.build.handbook_checks.handbook_findings", lambda *_, **__: ())
    report = build(CampusFolder(campus, registry), ON, tmp_path / "state")
    assert not report.is_whole
    with Bundle.reading(tmp_path / "state/site/bundle.db") as bundle:
        assert PUBLIC not in bundle.readers(), "the first page can't be told apart from what leaks: nothing is sent"
    assert {(one.code, one.path) for one in errors(report.findings)} == {(one.code, one.path) for one in told}
    again = build(CampusFolder(campus, registry), ON, tmp_path / "state")
    assert {(one.code, one.path) for one in errors(again.findings)} == {(one.code, one.path) for one in told}
    (own / "public.html").unlink()
    (campus / "handbook" / "freya-lindholm.svg").unlink()
    page = campus / "handbook" / "index.md"
    page.write_text(page.read_text(encoding="utf-8").replace("[The paper](freya-lindholm.svg)", ""), encoding="utf-8")
    assert build(CampusFolder(campus, registry), ON, tmp_path / "state").is_whole
    assert "/handbook/" in sent(tmp_path / "state")


@pytest.mark.slow
def test_a_page_whose_own_address_names_somebody_is_left_out_and_the_rest_goes_on(
    campus: Path, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """A page in its place would have the same address, and every page's menu would lead there."""
    front = "id: extra\ntitle: Extra\nsummary: More to read.\nsection: 9.9\neditions: [public, family, staff]\n"
    facts = "version: '1.0'\nowner: senco\napproved_on: 2026-09-01\nreview_by: 2027-09-01\n"
    page = campus / "handbook" / "freya-lindholm.md"
    page.write_text(f"---\n{front}{facts}---\n\n# Extra\n\nWords.\n", encoding="utf-8")
    on_page("[More](freya-lindholm.md)")(campus)
    report = build(CampusFolder(campus, registry), ON, tmp_path / "state")
    assert not report.is_whole
    after = sent(tmp_path / "state")
    assert "/handbook/" in after
    assert not any(NAMED.search(path) or NAMED.search(content.decode("latin-1")) for path, content in after.items())


@pytest.mark.slow
def test_anybody_who_comes_later_is_looked_for_where_the_objects_could_hold_them_and_nowhere_else(
    campus: Path, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A change that brings no word of the public's pages costs no look through them; one that does stops the build."""
    looked: list[int] = []
    honest = scan.look_through
    monkeypatch.setattr(scan, "look_through", lambda *a, **k: (looked.append(1), honest(*a, **k))[1])
    student = campus / "records" / "students" / "2TST" / "student.yml"
    mother = campus / "records" / "people" / "p-4ddd.yml"
    on_page("`Rowan Castellane` and `Imke Dorn`")(campus)
    state = tmp_path / "state"

    def change(path: Path, before: str, after: str) -> bool:
        text = path.read_text(encoding="utf-8")
        assert before in text
        path.write_text(text.replace(before, after), encoding="utf-8")
        looked.clear()
        return build(CampusFolder(campus, registry), ON, state).is_whole

    assert change(student, "known_as: Freya", "known_as: Frey")
    assert looked
    assert change(student, NAME, "Frey Lindholm")
    assert looked == []
    assert change(mother, "email:", "phone: 01632 960999\n  email:")
    assert looked == []
    assert not change(student, "Frey Lindholm", "Rowan Castellane")
    assert looked
    assert change(student, "Rowan Castellane", "Frey Lindholm")
    assert not change(mother, "full: Dee Mother", "full: Imke Dorn")
    assert looked


def test_check_looks_again_only_for_what_is_new(
    campus: Path, registry: SchemaRegistry, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked: list[int] = []
    honest = scan.look_through
    monkeypatch.setattr(scan, "look_through", lambda *a, **k: (looked.append(1), honest(*a, **k))[1])
    PLANTED["in inline code"](campus)
    with ParseCache(tmp_path / "cache.db") as cache:
        first = checked(campus, registry, cache)
        assert first == checked(campus, registry, cache)
    assert (len(first), looked) == (1, [1])


@pytest.mark.parametrize("name", ["x.docx", "x.zip", "x.woff2", "x.exe", "x.tiff"])
def test_a_file_of_a_kind_that_nobody_can_look_into_is_not_published(name: str) -> None:
    nothing = Identifiers(words=(), numbers={}, births=frozenset())
    (one,) = scan.leaks({f"handbook/{name}": b"PK"}, nothing)
    assert (one.code, one.severity) == ("leak-unread", Severity.ERROR)
