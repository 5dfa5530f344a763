"""``sendbook publish --public``: a folder that works wherever it is put, refused while something is wrong or told."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import urldefrag, urljoin, urlsplit

import httpx
import pytest

from sendbook.campus.contacts import contacts_of
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.checks.finding import Finding, Severity
from sendbook.checks.leaks.identifiers import identifiers_of
from sendbook.checks.leaks.scan import leaks
from sendbook.cli import publish as publish_steps
from sendbook.site.build.build import build
from sendbook.site.build.public_refusals import begun_only, lacking
from tests.checks_kit import tiny_campus
from tests.cli.kit import DAY, Told, run
from tests.conftest import ON, Site

# One process builds for all of them.
pytestmark = pytest.mark.xdist_group("publish")

#: What a style sheet loads.
IN_STYLES = re.compile(r"""url\(\s*["']?([^"')]+)""")
ADDRESS = re.compile(r"""<[^>]*?\s(?:href|src)\s*=\s*["']([^"']*)["']""")


def digests(folder: Path) -> dict[str, str]:
    files = (one for one in folder.rglob("*") if one.is_file())
    return {one.relative_to(folder).as_posix(): hashlib.sha256(one.read_bytes()).hexdigest() for one in files}


def publish(site: Site, target: Path) -> Told:
    return run("publish", "--public", target, "--campus", site.root, "--state", site.state, *DAY)


@pytest.fixture(scope="module")
def public(example_site: Site, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The example's public edition, in a folder."""
    target = tmp_path_factory.mktemp("public") / "send"
    told = publish(example_site, target)
    assert told.code == 0, told
    return target


@contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder behind a plain file server of the standard library."""

    class Quiet(SimpleHTTPRequestHandler):
        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002 - the name is the library's

    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_address[1]}"
        finally:
            server.shutdown()
            thread.join()


@pytest.mark.slow
def test_every_link_leads_somewhere_below_any_address(public: Path, tmp_path: Path) -> None:
    place = tmp_path / "x" / "y"
    place.parent.mkdir()
    place.symlink_to(public)
    with served(tmp_path) as host, httpx.Client() as browser:
        start = f"{host}/x/y/index.html"
        waiting, pages = [start], {}
        while waiting:
            url = waiting.pop()
            answer = browser.get(url)
            assert answer.status_code == 200, url
            pages[url] = answer.text if "html" in answer.headers["content-type"] else ""
            ways = IN_STYLES.findall(answer.text) if "css" in answer.headers["content-type"] else []
            for written in [*ADDRESS.findall(pages[url]), *ways]:
                if written.startswith("data:"):
                    continue
                if urlsplit(written).scheme in ("http", "https", "mailto", "tel"):
                    continue
                assert not written.startswith("/"), f"{url} leads to {written}"
                target, anchor = urldefrag(urljoin(url, written))
                assert target.startswith(f"{host}/x/y/"), f"{url} leads out of the folder: {written}"
                if anchor and target in pages:
                    assert f'id="{anchor}"' in pages[target], f"{url}: {written}"
                if target not in pages and target not in waiting:
                    waiting.append(target)
    reached = {url.removeprefix(f"{host}/x/y/") for url in pages}
    everything = set(digests(public)) - {".sendbook-public"}
    # The typeface's licence goes with the typeface wherever it is copied to; no page leads to it.
    assert everything - reached == {name for name in everything if name.startswith("assets/OFL.")}
    assert reached <= everything


def test_pages_load_nothing_from_elsewhere_run_nothing_and_say_so(public: Path) -> None:
    pages = list(public.rglob("*.html"))
    assert len(pages) > 5
    for page in pages:
        html = page.read_text(encoding="utf-8")
        assert "<script" not in html
        assert "<form" not in html
        assert "/sign-in" not in html
        assert " style=" not in html
        assert html.count('http-equiv="Content-Security-Policy"') == 1
        assert not re.search(r"<(?:link|img|iframe|object|embed|source)\b[^>]*(?:href|src|data)=\"(?:https?:)?//", html)
        assert "@@" not in html
    assert not list(public.rglob("*.js*"))


def test_the_pages_are_those_of_the_site_for_anybody_who_is_not_signed_in(public: Path, example_site: Site) -> None:
    """The words are the same; only the ways between pages and what needs a gate differ."""
    from sendbook.bundle import PUBLIC, Bundle
    from sendbook.bundle.export import files
    from tests.conftest import ON

    def words(html: str) -> list[str]:
        article = re.search(r"<article.*?</article>", html, re.DOTALL)
        assert article
        return re.sub(r"<[^>]*>", " ", article.group()).split()

    with Bundle.reading(example_site.bundle) as bundle:
        site = {path: content.decode() for path, content in files(bundle, PUBLIC, ON) if path.endswith("/")}
    for path, html in site.items():
        plain = (public / path.lstrip("/") / "index.html").read_text(encoding="utf-8")
        if path == "/":
            assert set(words(plain)) <= set(words(html))
        else:
            assert words(plain) == words(html)
    assert len(list(public.rglob("*.html"))) == len(site)


@pytest.mark.slow
def test_the_same_campus_makes_the_same_bytes(public: Path, example_site: Site, tmp_path: Path) -> None:
    assert publish(example_site, tmp_path / "again").code == 0
    assert digests(tmp_path / "again") == digests(public)


@pytest.mark.slow
def test_the_scan_reads_the_very_pdfs_that_are_published(
    public: Path, example_site: Site, registry: SchemaRegistry
) -> None:
    """The SENCo may be named there; to a scan that knows no contacts she is a stranger, and found on the page."""
    campus = CampusFolder(example_site.root, registry).load().campus
    files = {one.name: one.read_bytes() for one in public.rglob("*.pdf")}
    assert files.keys() == {"send-information-report.pdf", "accessibility-plan.pdf"}
    assert leaks(files, identifiers_of(campus, contacts_of(campus))) == ()
    strangers = leaks(files, identifiers_of(campus, ()))
    assert {one.path for one in strangers if "in page" in one.message} == files.keys()


@pytest.mark.slow
def test_a_campus_of_two_hundred_students_holds_nothing_up(tmp_path: Path) -> None:
    """Four thousand names, and not one that a page about something else happens to hold."""
    assert run("synthesise", tmp_path / "campus", "--students", "200", *DAY).code == 0
    told = run("publish", "--public", tmp_path / "out", "--campus", tmp_path / "campus", *DAY)
    assert (told.code, "leak-" in told.out) == (0, False), told.out


def test_nothing_of_the_repository_or_the_day_stands_in_it(public: Path) -> None:
    for file in public.rglob("*"):
        if file.is_file() and file.suffix in (".html", ".svg", ""):
            text = file.read_text(encoding="utf-8")
            assert not re.search(r"\b[0-9a-f]{40}\b|Signed-off|generator\"", text), file


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Freya Lindholm-Shaw told us so.", "DOC-07"),
        ("[Somebody](https://us.example/freya-lindholm-shaw) told us so.", "leak-name"),
    ],
)
def test_a_page_that_names_somebody_is_held_back_and_its_last_version_is_there(
    own_site: Site, public: Path, tmp_path: Path, typed: str, code: str
) -> None:
    target = shutil.copytree(public, tmp_path / "out")
    before = digests(target)
    page = own_site.root / "handbook" / "09-parents.md"
    page.write_text(page.read_text(encoding="utf-8") + f"\n{typed}\n", encoding="utf-8")
    told = publish(own_site, target)
    line = len(page.read_text(encoding="utf-8").splitlines())
    assert told.code == 1
    assert re.search(rf"handbook/09-parents\.md\n  {line}:1  error  {code}", told.out), told.out
    assert "lindholm" not in told.out.casefold(), "what was found is for a terminal, and this is none"
    assert told.out.endswith("or a page that says so:\n  handbook/09-parents.md\n")
    assert digests(target) == before, "all other pages go on, and this one is as it was published last"


@pytest.mark.slow
def test_a_name_in_a_staff_page_is_nobody_s_business_here(own_site: Site, tmp_path: Path) -> None:
    page = own_site.root / "handbook" / "09-parents.md"
    block = "\n<!-- edition: staff -->\nFreya Lindholm-Shaw told us so.\n<!-- end edition -->\n"
    page.write_text(page.read_text(encoding="utf-8") + block, encoding="utf-8")
    assert publish(own_site, tmp_path / "out").code == 0
    assert "Lindholm" not in "".join(one.read_text(encoding="utf-8") for one in (tmp_path / "out").rglob("*.html"))


@pytest.mark.slow
def test_a_mistake_in_a_page_holds_back_that_page_alone(own_site: Site, tmp_path: Path) -> None:
    """Where nothing was published of it before, a page says that it is being corrected; a new page comes out."""
    root, none = own_site.root / "handbook", tmp_path / "no state yet"
    page, other = root / "09-parents.md", root / "03-identification.md"
    page.write_text(page.read_text(encoding="utf-8") + '\n{{ person("nobody").email }}\n', encoding="utf-8")
    other.write_text(other.read_text(encoding="utf-8") + "\nThis sentence is new.\n", encoding="utf-8")
    target = tmp_path / "out"
    told = run("publish", "--public", target, "--campus", own_site.root, "--state", none, *DAY)
    assert (told.code, "macro-unknown" in told.out) == (1, True)
    assert "  handbook/09-parents.md\n" in told.out
    pages = {one.parent.name: one.read_text(encoding="utf-8") for one in target.rglob("index.html")}
    assert "This page is being corrected" in next(text for name, text in pages.items() if "parents" in name)
    assert any("This sentence is new." in text for text in pages.values())


@pytest.mark.slow
def test_a_first_page_of_its_own_that_fails_is_ours_and_is_told(public: Path, own_site: Site, tmp_path: Path) -> None:
    template = own_site.root / "site_templates/own/public.html"
    template.parent.mkdir(parents=True)
    template.write_text("<h1>Ours</h1>\n{{ nowhere }}", encoding="utf-8")
    told = publish(own_site, tmp_path / "send")
    assert told.code == 1
    assert "site_templates/own/public.html\n  2:1  error  template" in told.out
    assert "Held back until it is corrected" in told.out
    assert digests(tmp_path / "send") == digests(public)


@pytest.mark.slow
def test_what_is_meant_to_be_so_is_not_told_again(own_site: Site, tmp_path: Path) -> None:
    """A warning about a page that the SENDCo has waived with a reason is waived at this door too."""
    page = own_site.root / "handbook" / "send-information-report.md"
    page.write_text(
        page.read_text(encoding="utf-8").replace("review_by: 2027-10-04", "review_by: 2026-11-01", 1), "utf-8"
    )
    told = publish(own_site, tmp_path / "out")
    code = next(iter(re.findall(r"warning  (DOC-\d+)", told.out)))
    waivers = own_site.root / "records" / "waivers.yml"
    entry = (
        f"  - id: review-late\n    rule: {code}\n    record: handbook/send-information-report.md\n"
        "    reason: The committee meets.\n"
        "    owner: p-gba7\n    until: 2026-12-20\n"
    )
    waivers.write_text(waivers.read_text(encoding="utf-8").rstrip() + f"\n{entry}", encoding="utf-8")
    assert code not in publish(own_site, tmp_path / "out").out


def test_only_what_the_report_must_say_holds_it_up() -> None:
    """What the Code of Practice merely recommends may still be missing, and so may anything in a plan."""
    asked = [
        Finding(code=code, severity=Severity.WARNING, path="handbook/x.md", message="m", remedy="r")
        for code in ("SENIR-C82", "SENIR-F3", "SENIR-00", "AP-8", "SENIR-69biv")
    ]
    assert lacking(asked[:-1]) == ""
    assert "says nothing yet on SENIR-69biv:" in lacking(asked)


@pytest.mark.slow
def test_a_report_that_lacks_a_passage_is_not_published_though_a_private_site_is_built(
    own_site: Site, registry: SchemaRegistry, tmp_path: Path
) -> None:
    """For an independent school it is policy: nobody's daily work stops, and the public is not told half."""
    page = own_site.root / "handbook" / "send-information-report.md"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace(' data-answers="SENIR-13"', "").replace(' data-answers="SENIR-2"', ""), "utf-8")
    told = publish(own_site, tmp_path / "out")
    assert told.code == 1
    assert "The SEN information report says nothing yet on SENIR-13 and SENIR-2: write it" in told.out
    assert not (tmp_path / "out").exists()
    report = build(CampusFolder(own_site.root, registry), ON, own_site.state)
    assert report.published
    assert {one.code: one.severity for one in report.findings if one.code.startswith("SENIR-")} == {
        "SENIR-13": Severity.WARNING,
        "SENIR-2": Severity.WARNING,
    }


@pytest.mark.slow
def test_a_campus_of_real_people_is_not_published_with_addresses_that_are_nobody_s(
    own_site: Site, tmp_path: Path
) -> None:
    place = own_site.root / "records" / "campus.yml"
    text = place.read_text(encoding="utf-8")
    place.write_text(text.replace("synthetic: true\n", ""), encoding="utf-8")
    told = publish(own_site, tmp_path / "out")
    assert told.code == 1
    (sentence,) = (line for line in told.out.splitlines() if line.startswith("The public pages"))
    assert sentence.startswith("The public pages give names or addresses that are nobody's: write your own in ")
    for said in (
        "records/campus.yml (advice_service, complaints, local_offer, office)",
        "records/people/p-gba7.yml (staff)",
    ):
        assert said in sentence
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("page", "named"),
    [
        ("<p>Write to complaints&#64;CAMPUS.example.</p>", "records/campus.yml (complaints)"),
        ("<a href='mailto:senco@tiny.example'>Ms Senco</a>", "records/people/p-1aaa.yml (staff)"),
        ("<p>Ask Name of the Campus <b>Principal</b>.</p>", "records/people/p-2bbb.yml (name)"),
        ("<p>Ask the Principal (name to come).</p>", "records/people/p-2bbb.yml (name)"),
        ("<p>Ask us.</p>", ""),
    ],
)
def test_a_placeholder_holds_up_only_what_shows_it(
    registry: SchemaRegistry, tmp_path: Path, page: str, named: str
) -> None:
    root = tiny_campus(tmp_path)
    place, head = root / "records" / "campus.yml", root / "records" / "people" / "p-2bbb.yml"
    text = place.read_text(encoding="utf-8")
    complaints = "complaints:\n  email: complaints@campus.example\ncontacts:\n"
    place.write_text(text.replace("synthetic: true\n", "").replace("contacts:\n", complaints), encoding="utf-8")
    written = head.read_text(encoding="utf-8").replace("Bea Principal", "Name of the Campus Principal")
    head.write_text(written.replace("known_as: Mrs Principal", "known_as: the Principal (name to come)"), "utf-8")
    reason = begun_only({"index.html": page.encode()}, CampusFolder(root, registry).load().campus)
    assert (named in reason) if named else reason == ""
    assert reason.count("records/") == bool(named)


@pytest.mark.slow
def test_a_mistake_in_a_plan_does_not_hold_up_a_report(own_site: Site, tmp_path: Path) -> None:
    plan = own_site.root / "records" / "students" / "3QNM" / "plan.yml"
    plan.write_text(plan.read_text(encoding="utf-8").replace("state: agreed", "state: whatever", 1), encoding="utf-8")
    assert publish(own_site, tmp_path / "out").code == 0


@pytest.mark.slow
def test_a_mistake_in_anybody_s_own_record_stops_it_for_rules_about_names_rest_on_it(
    own_site: Site, tmp_path: Path
) -> None:
    person = own_site.root / "records" / "people" / "p-1ge7.yml"
    person.write_text(person.read_text(encoding="utf-8") + "nickname: Abby\n", encoding="utf-8")
    told = publish(own_site, tmp_path / "out")
    assert (told.code, "records/people/p-1ge7.yml" in told.out) == (1, True)


def test_a_record_that_cannot_be_read_stops_it_for_nobody_knows_whose_name_it_holds(
    own_site: Site, tmp_path: Path
) -> None:
    (own_site.root / "records" / "students" / "3QNM" / "student.yml").write_text("name: [", encoding="utf-8")
    told = publish(own_site, tmp_path / "out")
    assert told.code == 1
    assert "records/students/3QNM/student.yml" in told.out


@pytest.mark.parametrize("name", ["records/out", "handbook", ".", "..", ".git/x", "site_templates/x"])
def test_no_place_among_the_campus_s_own_files_is_taken(own_site: Site, name: str) -> None:
    assert run("publish", "--public", own_site.root / name, "--campus", own_site.root, *DAY).sentence


@pytest.mark.slow
def test_a_folder_beside_the_records_may_be_taken(own_site: Site, registry: SchemaRegistry) -> None:
    assert publish(own_site, own_site.root / "public").code == 0
    assert CampusFolder(own_site.root, registry).scan().problems == ()


@pytest.mark.slow
def test_stopped_before_the_swap_the_old_folder_is_whole(
    example_site: Site, public: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = shutil.copytree(public, tmp_path / "out")
    before = digests(target)

    def stopped(*_: object) -> None:
        raise OSError(28, "No space left on device", str(target))

    monkeypatch.setattr(publish_steps, "replace_folder", stopped)
    assert "No space left" in publish(example_site, target).sentence
    assert digests(target) == before
