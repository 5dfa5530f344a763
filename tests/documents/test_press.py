"""The press: data stays data, nothing of a record stops a document, and the same data are the same bytes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from sendbook.campus.shipped import site_templates
from sendbook.documents.press import Press
from sendbook.errors import DocumentError
from tests.documents.samples import draft, edges_of, opened, pages_of, plan, press, profile, text_of, with_sections

MARKUP = r"#let x = 1; *bold* _it_ $a^2$ <tag> @ref \ // no /* no */ = Not a heading `raw` ~ -- [x](y) #panic() \u{41}"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenverkäufer"
#: Text within the page's margins, in points.
LEFT, RIGHT = 50.0, 545.3


def test_typst_markup_in_a_record_prints_as_it_was_written() -> None:
    printed = text_of(press().pdf(plan({"summary": MARKUP, "reason": MARKUP})))
    assert printed.count(MARKUP) == 2


def test_markup_in_a_name_or_heading_prints_as_it_was_written() -> None:
    need = {"id": "n", "area": "cognition_and_learning", "name": "#[*Reading*] \\ $x$", "description": "Slow."}
    assert "#[*Reading*] \\ $x$" in text_of(press().pdf(plan({"needs": [need]})))


def test_a_word_of_sixty_letters_prints_whole_and_stays_on_the_page() -> None:
    assert len(LONG) > 60
    data = plan({"summary": LONG, "strategies": [{"id": "s", "subject": LONG, "text": LONG}]})
    pdf = press().pdf(data)
    assert text_of(pdf).count(LONG) == 3
    left, right = edges_of(pdf)
    assert left > LEFT
    assert right < RIGHT


def test_an_address_breaks_without_a_hyphen_that_would_change_it() -> None:
    address = "https://www.averylongnameofaschool.example/send/information/report/and/more"
    row = {"name": "dates", "title": "Dates", "said": {"rows": [[address, address]]}}
    pdf = press().pdf(with_sections(row))
    assert "".join(text_of(pdf).split()).count(address) == 2
    assert edges_of(pdf)[1] < RIGHT


def test_a_table_of_two_hundred_rows_goes_on_with_its_header_on_every_page() -> None:
    rows = [[f"Day {number}", f"{LONG} {number}"] for number in range(200)]
    pdf = press().pdf(with_sections({"name": "dates", "title": "Dates", "said": {"rows": rows}}))
    pages = pages_of(pdf)
    assert len(pages) > 5
    assert all("When" in page for page in pages)
    assert all(f"{LONG} {number}" in " ".join(pages) for number in range(200))
    assert edges_of(pdf)[1] < RIGHT


@pytest.mark.parametrize(
    "name",
    ["Łukasz Żółć", "Nguyễn Thị Ánh", "Ṣadé Ọlájídé", "Ελένη", "Дмитро", "王小明", "さくら", "גבריאל", "ਗੁਰਪ੍ਰੀਤ"],
)
def test_a_name_prints_in_its_own_script_with_the_fonts_we_ship(name: str) -> None:
    assert name in text_of(press().pdf(plan({"summary": f"{name}."})))


def test_an_arabic_name_prints() -> None:
    printed = text_of(press().pdf(plan({"summary": "محمد"})))
    assert set("محمد") <= set(printed) or set("دمحم") <= set(printed)


@pytest.mark.parametrize("text", ["\U0001fae8", "\ue000", "김", "\ufdd0", "a\u0301\u0489", "\x00", "\u200d", "\ufeff"])
def test_a_character_no_font_has_never_stops_a_document(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendbook.campus.letters.NOTO", ())
    printed = text_of(Press().pdf(plan({"summary": f"Before{text}after."})))
    assert "Before" in printed
    assert "after." in printed


def test_a_picture_no_font_has_is_said_in_words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sendbook.campus.letters.NOTO", ())
    assert "[fox face]" in text_of(Press().pdf(plan({"summary": "I like \U0001f98a."})))


def test_what_fonts_refuse_together_is_printed_in_plain_letters(monkeypatch: pytest.MonkeyPatch) -> None:
    """The last net: if looking at letters told that all is well and Typst still refuses."""
    monkeypatch.setattr("sendbook.campus.letters.Letters.missing", lambda *_: "")
    assert "Before□after" in text_of(Press().pdf(plan({"summary": "Before\U0001fae8after"})))


def test_every_page_of_a_draft_says_that_it_is_one_and_no_page_of_an_agreed_plan_does() -> None:
    long = "\n\n".join(f"Line {number}." for number in range(80))
    pages = pages_of(press().pdf(draft({"summary": long})))
    assert len(pages) > 2
    assert all("Draft: not agreed" in page for page in pages)
    assert not any("Draft" in page for page in pages_of(press().pdf(plan({"summary": long}))))


def test_the_same_data_are_the_same_bytes_again() -> None:
    assert press().pdf(plan()) == Press().pdf(plan())


@pytest.mark.parametrize(
    "around", [{"TZ": "Asia/Tokyo", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "7"}, {"TZ": "UTC", "PYTHONHASHSEED": "0"}]
)
def test_the_same_data_are_the_same_bytes_in_another_process(around: dict[str, str], tmp_path: Path) -> None:
    (tmp_path / "data").write_bytes(plan())
    script = (
        "import sys; from pathlib import Path; from sendbook.documents.press import Press;"
        "sys.stdout.buffer.write(Press().pdf(Path(sys.argv[1]).read_bytes()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "data")],
        capture_output=True,
        check=True,
        env={**os.environ, **around},
    )
    assert done.stdout == press().pdf(plan())


def test_threads_print_at_the_same_time_and_alike() -> None:
    fresh = Press()
    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(fresh.pdf, [plan()] * 8))
    assert made == {press().pdf(plan())}


def test_the_documents_date_is_the_day_of_its_last_entry() -> None:
    pdf = opened(press().pdf(plan()))
    assert str(pdf.docinfo["/CreationDate"]) == "D:20261120120000Z"


@pytest.mark.parametrize("data", [plan(), profile()])
def test_no_name_stands_in_the_metadata(data: bytes) -> None:
    pdf = opened(press().pdf(data))
    told = bytes(pdf.Root.Metadata.read_bytes()).decode() + " ".join(map(str, pdf.docinfo.values()))
    assert "7Q4K" in told
    assert not {"Aaron", "Small"} & set(told.replace("'", " ").split())


def test_a_template_of_the_campuss_own_goes_first_and_reads_no_file(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "plan.typ").write_text("#show: house\n#heading(level: 1)[Ours]")
    assert text_of(Press(tmp_path).pdf(plan())).startswith("Ours")
    (own / "plan.typ").write_text('#show: house\n#read("/etc/passwd")')
    assert Press(tmp_path).pdf(plan()) == press().pdf(plan())
    (own / "plan.typ").write_text('#show: house\n#read("../../records/campus.yml")')
    assert Press(tmp_path).pdf(plan()) == press().pdf(plan())


def test_a_template_that_fails_says_nothing_of_what_was_to_be_printed(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "plan.typ").write_text("#show: house\n#panic(data.lead)")
    assert Press(tmp_path).pdf(plan()) == press().pdf(plan())
    (told,) = caplog.messages
    assert "site_templates/documents/plan.typ" in told
    assert "line 2" in told
    fault = Press(tmp_path).fault(plan())
    assert fault is not None
    assert (fault.name, fault.line) == ("plan.typ", 2)
    assert "Aaron" not in f"{told} {fault}"


def test_ours_is_printed_for_the_one_whose_data_its_own_template_fails_with(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "plan.typ").write_text('#show: house\n#heading(level: 1)[Ours]\n#if "x" in repr(data) { none.more }')
    good, bad = plan({"summary": "Good."}), plan({"summary": "Box."})
    template = (own / "plan.typ").read_text().replace('"x"', '"Box."')
    (own / "plan.typ").write_text(template)
    assert text_of(Press(tmp_path).pdf(good)).startswith("Ours")
    assert Press(tmp_path).fault(good) is None
    assert Press(tmp_path).pdf(bad) == press().pdf(bad)


@pytest.mark.parametrize(
    ("name", "text"),
    [("house.typ", "#let house ="), ("house.typ", "#let house(x) = 1"), ("plan.typ", "#show: house\n#(")],
)
def test_a_broken_house_style_is_named_itself(tmp_path: Path, name: str, text: str) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / name).write_text(text)
    made = Press(tmp_path)
    assert made.pdf(plan()) == press().pdf(plan())
    fault = made.fault(plan())
    assert fault is not None
    assert fault.name == name
    assert press().fault(plan()) is None


OUR_HOUSE = (site_templates() / "documents" / "house.typ").read_text(encoding="utf-8")
#: Each thing that our house style defines, with all that it says of it.
DEFINED = dict(re.findall(r"^#let ([\w-]+)(.*?)(?=^#let |^// |\Z)", OUR_HOUSE, re.DOTALL | re.MULTILINE))


@pytest.mark.sample(3)
@pytest.mark.parametrize("name", sorted(DEFINED))
def test_a_house_style_of_the_campus_s_own_may_lack_anything_that_ours_has(name: str, tmp_path: Path) -> None:
    """One that was copied before ours had the newest of it still looks as the campus wants it to."""
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    older = OUR_HOUSE.replace(f"#let {name}{DEFINED[name]}", "")
    assert older != OUR_HOUSE
    (own / "house.typ").write_text(older.replace("Page #here of #last", "Sheet #here of #last"), encoding="utf-8")
    made = Press(tmp_path)
    assert made.fault(plan()) is None
    assert ("Sheet 1 of" in text_of(made.pdf(plan()))) is (name not in ("footer", "house"))


def test_a_house_style_whose_functions_are_of_an_earlier_form_is_used(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "house.typ").write_text("#let together(lines, body, ..look) = block(breakable: false, ..look, body)\n")
    assert Press(tmp_path).fault(plan()) is None


def test_what_a_template_of_the_campus_s_own_asks_for_in_vain_is_told_by_name(tmp_path: Path) -> None:
    own = tmp_path / "site_templates" / "documents"
    own.mkdir(parents=True)
    (own / "house.typ").write_text("// Ours, in blue.\n\n#let quiet(body) = faded(body)\n")
    made = Press(tmp_path)
    fault = made.fault(plan())
    assert fault is not None
    assert (fault.name, fault.line) == ("house.typ", 3)
    assert fault.said == "it asks for faded, which isn't there (line 3)."
    assert made.pdf(plan()) == press().pdf(plan())


@pytest.mark.parametrize("own", ["file", "folder"])
def test_a_link_among_the_campus_s_document_templates_is_not_followed(tmp_path: Path, own: str) -> None:
    place, elsewhere = tmp_path / "site_templates" / "documents", tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "plan.typ").write_text("#show: house\n#heading(level: 1)[Linked]")
    place.parent.mkdir()
    if own == "folder":
        place.symlink_to(elsewhere)
    else:
        place.mkdir()
        (place / "plan.typ").symlink_to(elsewhere / "plan.typ")
    assert Press(tmp_path).pdf(plan()) == press().pdf(plan())


def test_a_missing_template_is_told_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("sendbook.documents.press.site_templates", lambda: tmp_path)
    with pytest.raises(DocumentError, match=r"house\.typ"):
        Press()
