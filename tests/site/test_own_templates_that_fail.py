"""Where a campus's own template fails, ours is used, everything else goes on, and every build says so."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from sendbook.bundle import PUBLIC, Bundle
from sendbook.bundle.export import files
from sendbook.campus.cache import ParseCache
from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import site_templates
from sendbook.pages.templates import Templates
from sendbook.site.build.build import BuildResult, build
from sendbook.site.build.held_list import OWN_TEMPLATE, HeldThing, once_each
from sendbook.site.build.inspection import inspect
from tests.checks_kit import EXAMPLES, case, spoil, tiny_campus
from tests.conftest import ON, Site

SENCO = "p-1aaa"
PROSE = "sections/prose.html"
GRANT_OF_COMPLIANCE = """grants:
  - id: senco-compliance
    role: senco
    kind: campus
    parts:
      - compliance
    action: read
    reason: The SENCo answers for the public documents.
"""
OURS = '<div class="sb-note"><p>{}</p></div>'


def own(root: Path, name: str, text: str) -> None:
    file = root / "site_templates" / name
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


def shipped(name: str) -> str:
    return (site_templates() / name).read_text(encoding="utf-8")


def broken(name: str) -> str:
    """Ours, asking for a value that isn't there, where all of it has been made."""
    whole = shipped(name)
    changed = (
        whole.replace("{%- endmacro", "{{ nowhere }}{%- endmacro") if "macro" in whole else f"{whole}{{{{ nowhere }}}}"
    )
    assert changed != whole
    return changed


def templates(root: Path) -> Templates:
    return Templates(site_templates(), root / "site_templates")


def test_ours_is_used_for_the_values_with_which_it_fails_and_for_no_others(tmp_path: Path) -> None:
    own(tmp_path, PROSE, "<p>{{ 12 // (text|length - 3) }}</p>")
    own(tmp_path, "sections/lines.html", "{% for one in lines %}{{ one }}{% endfor %}")
    made = templates(tmp_path)
    for _ in range(2):  # what was rendered before makes no difference
        assert made.made(PROSE, {"text": "long"}) == ("<p>12</p>", None)
        markup, fault = made.made(PROSE, {"text": "odd"})
        assert markup == OURS.format("odd")
        assert fault is not None
        assert (fault.name, fault.line) == (PROSE, 1)
        assert made.made("sections/lines.html", {"lines": ["a"]}) == ("a", None)
    assert made.faults == ()


@pytest.mark.parametrize(
    "source",
    [
        "{{ text.nothing }}",
        "{{ places[text] }}",
        "{{ places|map(attribute=text)|join }}",
        "{{ text|number }}",
        "{{ text|sentence + 1 }}",
        "{{ text + 1 }}",
        "{{ text() }}",
        "{{ 'ab'[text] }}",
        "{{ {}[text].more }}",
        "{{ text.format(text) }}",
        "{{ text|sort(attribute=text)|join }}",
        "{{ tag(text, text, text, text, text, text) }}",
        "{{ [text] * 10000000 }}",
        "{% macro m(n) %}{{ m(n) }}{% endmacro %}{{ m(text) }}",
        "{% for a, b, c in [text] %}{% endfor %}",
    ],
)
def test_a_fault_with_one_student_s_values_tells_nothing_of_them(tmp_path: Path, source: str) -> None:
    own(tmp_path, PROSE, f"\n{source}")
    made = templates(tmp_path)
    markup, fault = made.made(PROSE, {"text": "Aaron Small", "places": {"a": 1}})
    assert fault is not None
    assert markup == OURS.format("Aaron Small")
    assert fault.path == f"site_templates/{PROSE}"
    assert fault.line in (0, 2)
    for told in (str(fault), str(fault.problem()), repr(fault)):
        assert not {"Aaron", "Small", "AARON SMALL"} & set(told.replace("'", " ").split())
    plain = made.made(PROSE, {"text": "Bo", "places": {"a": 1}})[1]
    assert plain is None or plain.said == fault.said


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("{% if %}", 1, "Expected an expression"),
        ("\n{{ a|nofilter }}", 2, "No filter named 'nofilter'"),
        ("{% macro facts(said) %}\n{{ missing }}{% endmacro %}", 2, "it asks for missing, which isn't there."),
        ("{% macro other() %}{% endmacro %}", 0, "it has no macro called facts"),
        ("{% macro facts() %}{% endmacro %}", 0, "in a way that doesn't fit"),
        ("{{ missing }}{% macro facts(said) %}{% endmacro %}", 1, "it asks for missing"),
    ],
)
def test_a_broken_component_is_named_itself_and_its_neighbours_stay(
    tmp_path: Path, text: str, line: int, said: str
) -> None:
    values = {"said": [("Born", "2014")]}
    name, uses = "components/facts.html", "sections/facts.html"
    own(tmp_path, "sections/lines.html", "mine")
    own(tmp_path, name, text)
    made = templates(tmp_path)
    markup, fault = made.made(uses, values)
    (one,) = {*made.faults, *([fault] if fault is not None else [])}
    assert (one.name, one.line) == (name, line)
    assert said in one.said
    assert markup == Templates(site_templates()).render(uses, values)
    assert made.made("sections/lines.html", {"lines": []}) == ("mine", None)


def test_a_sound_component_of_its_own_with_another_shape_is_used_by_a_template_that_fits_it(tmp_path: Path) -> None:
    own(tmp_path, "components/facts.html", "{% macro facts(one, two) %}{{ one }}-{{ two }}{% endmacro %}")
    own(tmp_path, "sections/lines.html", "{{ facts(said, 1) }}")
    made, values = templates(tmp_path), {"said": [("Born", "2014")]}
    assert made.made("sections/lines.html", {"said": "a"}) == ("a-1", None)
    markup, fault = made.made("sections/facts.html", values)
    assert fault is not None
    assert fault.name == "components/facts.html"
    assert markup == Templates(site_templates()).render("sections/facts.html", values)


@pytest.mark.parametrize(
    ("source", "said"),
    [
        ("{% include text %}", "write out the name"),
        ("{% extends text %}", "write out the name"),
        ("{% if text %}{% include 'sections/prose.html' %}{% endif %}", "includes itself"),
        ("{% include 'sections/with.html' %}", "includes itself"),
        ("{% import 'sections/with.html' as it %}", "includes itself"),
    ],
)
def test_what_could_go_on_as_deep_as_it_likes_is_refused_before_it_is_used(
    tmp_path: Path, source: str, said: str
) -> None:
    own(tmp_path, PROSE, source)
    own(tmp_path, "sections/with.html", "{% include 'sections/prose.html' ignore missing %}")
    own(tmp_path, "sections/lines.html", "{% include 'pages/being_corrected.html' %}!")
    made = templates(tmp_path)
    assert said in {one.name: one.said for one in made.faults}[PROSE]
    assert made.made(PROSE, {"text": "a"}) == (OURS.format("a"), None)
    assert made.made("sections/lines.html", {"title": "A", "lines": []})[0].endswith("!")


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"\xff\xfe", "UTF-8"), (b"x" * ((1 << 18) + 1), "256 KB"), (None, "can't be opened")],
)
def test_a_file_that_can_not_be_read_is_told_and_ours_is_used(
    tmp_path: Path, content: bytes | None, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(tmp_path, PROSE, "mine")
    if content is None:

        def refused(_path: Path) -> bytes:
            raise PermissionError

        with monkeypatch.context() as refusing:
            refusing.setattr(Path, "read_bytes", refused)
            with pytest.raises(PermissionError):  # ours are read the same way: only the campus's may be missing
                templates(tmp_path)
        return
    (tmp_path / "site_templates" / PROSE).write_bytes(content)
    made = templates(tmp_path)
    assert [(one.name, said in one.said) for one in made.faults] == [(PROSE, True)]
    assert made.made(PROSE, {"text": "a"}) == (OURS.format("a"), None)
    own(tmp_path, PROSE, "x" * (1 << 18))
    assert templates(tmp_path).faults == ()


def test_who_mends_is_told_of_a_student_whose_pages_it_fails_on_and_of_many_once() -> None:
    def thing(student: str, path: str = PROSE) -> HeldThing:
        return HeldThing(path=path, what=OWN_TEMPLATE, why="Why.", student=student)

    assert once_each([thing("7Q4K")]) == (thing("7Q4K"),)
    assert once_each([thing("7Q4K"), thing("8ZZ1"), thing("9AAA", "other")]) == (thing(""), thing("9AAA", "other"))
    plan = replace(thing("7Q4K"), what="the pages of student 7Q4K")
    assert once_each([plan, replace(plan, student="8ZZ1")]) == (plan, replace(plan, student="8ZZ1"))


# A build, on the tiny campus.


@pytest.fixture(scope="module")
def built_once(tmp_path_factory: pytest.TempPathFactory, registry: SchemaRegistry) -> Site:
    folder = tmp_path_factory.mktemp("tiny")
    site = Site(tiny_campus(folder / "campus"), folder / "state")
    assert _build(site, registry).is_whole
    return site


@pytest.fixture
def site(built_once: Site, tmp_path: Path) -> Site:
    shutil.copytree(built_once.root, tmp_path / "campus")
    shutil.copytree(built_once.state, tmp_path / "state")
    return Site(tmp_path / "campus", tmp_path / "state")


def _build(site: Site, registry: SchemaRegistry) -> BuildResult:
    return build(CampusFolder(site.root, registry), ON, site.state)


def _sent(site: Site) -> dict[str, dict[str, bytes]]:
    with Bundle.reading(site.bundle) as bundle:
        return {reader: dict(files(bundle, reader, ON)) for reader in (*bundle.readers(), PUBLIC)}


def _errors(report: BuildResult) -> list[tuple[str, str, int | None]]:
    return [(one.code, one.path, one.line) for one in report.findings if one.severity.value == "error"]


@pytest.mark.slow
@pytest.mark.parametrize(
    "name",
    [
        "pages/student.html",
        "pages/being_corrected.html",
        "sections/people.html",
        "components/pairs.html",
        "own/student_row.html",
        "own/home.html",
        "own/people.html",
        "own/library.html",
        "own/public.html",
    ],
)
def test_the_site_is_as_with_ours_until_it_is_mended_and_every_build_says_so(
    site: Site, registry: SchemaRegistry, name: str
) -> None:
    before = _sent(site)
    own(site.root, name, broken(name))
    path = f"site_templates/{name}"
    line = broken(name).count("\n", 0, broken(name).index("{{ nowhere")) + 1
    for rendered in ("some", "none"):  # the second build makes nothing anew, and says the same
        report = _build(site, registry)
        assert report.published
        assert not report.is_whole
        assert _errors(report) == [("template", path, line)], rendered
        assert (
            report.held
            == report.held_in_log
            == (f"your own template (ours is used wherever it fails), because of {path}",)
        )
    after = _sent(site)
    home = after[SENCO].pop("/").decode()
    assert "Held back until you correct it" in home
    assert path in home
    was = before[SENCO].pop("/").decode()
    assert after == before
    own(site.root, name, shipped(name))
    assert _build(site, registry).is_whole
    mended = _sent(site)
    assert mended[SENCO].pop("/").decode() == was
    assert mended == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "text"), [(PROSE, "{% if %}"), ("components/pairs.html", "{% macro %}"), ("own/home.html", None)]
)
def test_one_that_can_not_be_read_does_the_same(
    site: Site, registry: SchemaRegistry, name: str, text: str | None
) -> None:
    before = _sent(site)
    own(site.root, name, text or "")
    if text is None:
        (site.root / "site_templates" / name).unlink()
        (site.root / "site_templates" / name).symlink_to("/etc/hostname")
    path = f"site_templates/{name}"
    for _ in range(2):
        report = _build(site, registry)
        assert report.published
        assert [one[:2] for one in _errors(report)] == [("template", path)]
    after = _sent(site)
    assert path in after[SENCO].pop("/").decode()
    before[SENCO].pop("/")
    assert after == before
    folder = CampusFolder(site.root, registry)
    assert [(one.code, one.path) for one in inspect(folder, ON) if one.severity.value == "error"] == [
        ("template", path)
    ]


def test_what_tells_of_a_fault_may_have_one_itself(site: Site, registry: SchemaRegistry) -> None:
    own(site.root, "own/held.html", "{{ nowhere }}")
    assert _build(site, registry).is_whole  # nothing is held: nobody needs it
    own(site.root, "own/home.html", "{{ nowhere }}")
    for _ in range(2):
        report = _build(site, registry)
        assert [one[1] for one in _errors(report)] == ["site_templates/own/held.html", "site_templates/own/home.html"]
        home = _sent(site)[SENCO]["/"].decode()
        assert "site_templates/own/home.html" in home
        assert "site_templates/own/held.html" in home


def test_a_sound_template_of_its_own_goes_on_beside_a_broken_one(site: Site, registry: SchemaRegistry) -> None:
    own(site.root, "own/people.html", "<p>Ask the office.</p>")
    own(site.root, "own/home.html", "{{ nowhere }}")
    report = _build(site, registry)
    assert [path for _, path, _ in _errors(report)] == ["site_templates/own/home.html"]
    assert b"Ask the office." in _sent(site)[SENCO]["/people/"]


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    "name",
    [
        "sections/people.html",
        "components/pairs.html",
        "own/home.html",
        "own/library.html",
        "own/public.html",
        "pages/student.html",
    ],
)
def test_check_says_beforehand_what_the_build_says(site: Site, registry: SchemaRegistry, name: str) -> None:
    own(site.root, name, shipped(name))
    folder = CampusFolder(site.root, registry)
    assert not [one for one in inspect(folder, ON) if one.code == "template"]
    own(site.root, name, broken(name))
    with ParseCache(site.state / "build/cache.db") as cache:
        told = [[one for one in inspect(folder, ON, cache) if one.code == "template"] for _ in range(2)]
    built = [one for one in _build(site, registry).findings if one.code == "template"]
    assert len(built) == 1
    assert told == [built, built]


def test_check_tries_the_compliance_page_as_well(site: Site, registry: SchemaRegistry) -> None:
    """It lists what all checks found, so it is tried after them; where nobody reads the page it is not used."""
    name, folder = "own/compliance.html", CampusFolder(site.root, registry)
    own(site.root, name, broken(name))
    assert not [one for one in inspect(folder, ON) if one.code == "template"]
    access = site.root / "records" / "access.yml"
    access.write_text(access.read_text("utf-8").replace("grants:\n", GRANT_OF_COMPLIANCE, 1), encoding="utf-8")
    own(site.root, name, shipped(name))
    assert not [one for one in inspect(folder, ON) if one.code == "template"]
    own(site.root, name, broken(name))
    assert [one.path for one in inspect(folder, ON) if one.code == "template"] == [f"site_templates/{name}"]
    own(site.root, name, "{% for one in findings %}{{ nowhere }}{% endfor %}")
    assert not [one for one in inspect(folder, ON) if one.code == "template"], "nothing is listed"
    spoil(site.root, case(EXAMPLES / "warned" / "SENIR-13" / "case.yml"))
    assert [one.path for one in inspect(folder, ON) if one.code == "template"] == [f"site_templates/{name}"]


def test_a_document_template_that_fails_is_told_by_check_and_build(site: Site, registry: SchemaRegistry) -> None:
    folder = CampusFolder(site.root, registry)
    own(site.root, "documents/plan.typ", "#show: house\n#heading(level: 1)[Ours]")
    assert not [one for one in inspect(folder, ON) if one.code == "template"]
    assert _build(site, registry).is_whole
    own(site.root, "documents/plan.typ", "#show: house\n#data.nowhere")
    expected = [("template", "site_templates/documents/plan.typ", 2)]
    assert [(one.code, one.path, one.line) for one in inspect(folder, ON) if one.severity.value == "error"] == expected
    for _ in range(2):
        report = _build(site, registry)
        assert _errors(report) == expected
        assert b"site_templates/documents/plan.typ" in _sent(site)[SENCO]["/"]
    (site.root / "site_templates/documents/plan.typ").unlink()
    assert _build(site, registry).is_whole
    assert b"site_templates/documents/plan.typ" not in _sent(site)[SENCO]["/"]
