"""Characters nobody sees are found in every text, with line, column and code; what a script needs is not."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.unseen import first_unseen, unseen_in, unseen_lines
from sendbook.checks.finding import Finding, Severity
from sendbook.site.build.inspection import inspect
from sendbook.site.build.unseen_files import unseen_in_files
from tests.checks_kit import found_in_records, tiny_campus

ON = date(2026, 11, 23)
PLAN = "records/students/2TST/plan.yml"
PAGE = "handbook/send-information-report.md"
SUMMARY = "summary: Eli reads slowly and carefully. We are working on pace."
RETYPE = "Delete the word, with whatever is just before and after it, and type it again."

TURNING = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u2028\u2029\x85\x07\x9b"
UNSEEN = "\u200b\u200e\u200f\u061c\u2060\u2063\ufeff\u180e\u3164\u206a\ufff9\U000e0041"
NEEDED = [
    "Zoë Łukasz O\u2019Brien, a “quote” and a non-breaking\u00a0space",
    "a long compre\u00adhension",
    "\U0001f469\u200d\U0001f3eb came, \U0001f468\U0001f3fd\u200d\U0001f469\U0001f3fd too; \u2764\ufe0f\u200d\U0001fa79",
    "\U0001f3f4\U000e0067\U000e0062\U000e0065\U000e006e\U000e0067\U000e007f",
    "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
    "\u0915\u094d\u200d\u0937",
    "\u05d1\u200f\u05d0 12 \u200eabc",
    "\u0e20\u0e32\u0e29\u0e32\u200b\u0e44\u0e17\u0e22",
    "one\ttab\nand a line",
]


@pytest.mark.parametrize("char", [*TURNING, *UNSEEN])
def test_each_is_found_in_an_english_word_and_told_by_its_code(char: str) -> None:
    (one,) = unseen_in(f"rea{char}ding")
    assert (one.offset, one.turns) == (3, char in TURNING)
    assert f"U+{ord(char):04X}" in one.message


@pytest.mark.parametrize("joiner", ["\u200c", "\u200d"])
def test_a_joiner_between_english_letters_joins_nothing(joiner: str) -> None:
    assert [one.offset for one in unseen_in(f"Lu{joiner}kasz")] == [2]


@pytest.mark.parametrize("text", NEEDED)
def test_what_a_script_needs_is_let_be(text: str) -> None:
    assert list(unseen_in(text)) == []


def test_an_override_is_no_part_of_any_script() -> None:
    assert first_unseen("\u05d1\u200f \u202e\u05d0") is not None


def test_of_several_on_a_line_the_one_that_turns_words_is_told() -> None:
    assert [(line, column, one.char) for line, column, one in unseen_lines("a\u200bb\u202ec\n\nd\u200be", 5)] == [
        (5, 4, "\u202e"),
        (7, 2, "\u200b"),
    ]


def findings(root: Path, registry: SchemaRegistry) -> list[Finding]:
    return list(inspect(CampusFolder(root, registry), ON))


def edited(root: Path, path: str, old: str, new: str) -> Path:
    file = tiny_campus(root) / path
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return root


@pytest.mark.parametrize(
    ("typed", "code", "severity", "line", "column"),
    [
        ("summary: Eli \u202ereads\u202c slowly.", "hidden-letter", Severity.ERROR, 6, 14),
        ("summary: Ring \u202a01632 960100\u202c.", "hidden-letter", Severity.WARNING, 6, 15),
        ("summary: Eli rea\u200bds slowly.", "unseen-letter", Severity.WARNING, 6, 17),
        ("summary: |\n  Eli reads.\n\n  He is slow\ufeff now.", "unseen-letter", Severity.WARNING, 9, 13),
        ("summary: >-\n  Eli reads\n  very\u200e slowly.", "unseen-letter", Severity.WARNING, 8, 7),
        ('summary: "Eli \\u2028reads."', "hidden-letter", Severity.WARNING, 6, 1),
        ("summary: Eli \u2028reads.", "control-character", Severity.ERROR, 6, 14),
    ],
)
def test_in_a_record(
    tmp_path: Path, registry: SchemaRegistry, typed: str, code: str, severity: Severity, line: int, column: int
) -> None:
    found = found_in_records(edited(tmp_path, PLAN, SUMMARY, typed), registry, ON)
    (one,) = (one for one in found if one.code == code)
    assert (one.path, one.severity, one.line, one.column) == (PLAN, severity, line, column)
    assert "U+2" in one.message or "U+FEFF" in one.message
    assert "type" in one.remedy


def test_in_the_name_of_a_field(tmp_path: Path, registry: SchemaRegistry) -> None:
    found = found_in_records(edited(tmp_path, PLAN, SUMMARY, f"{SUMMARY}\nno\u200bte: x"), registry, ON)
    assert {(one.code, one.line, one.column) for one in found if one.code == "unseen-letter"} == {
        ("unseen-letter", 7, 3)
    }


@pytest.mark.parametrize("text", [text for text in NEEDED if "\n" not in text])
def test_needed_characters_in_a_record_are_let_be(tmp_path: Path, registry: SchemaRegistry, text: str) -> None:
    found = found_in_records(edited(tmp_path, PLAN, SUMMARY, f"summary: Eli reads {text}."), registry, ON)
    assert not {one.code for one in found} & {"hidden-letter", "unseen-letter", "control-character"}


@pytest.mark.parametrize(
    ("old", "new", "code", "severity", "line", "column"),
    [
        ("This page says", "This pa\u202ege says", "hidden-letter", Severity.ERROR, 19, 8),
        ("This page says", "This pa\u200bge says", "unseen-letter", Severity.WARNING, 19, 8),
        ("title: SEN", "title: S\u2066EN", "hidden-letter", Severity.ERROR, 3, 9),
        ("minute_ref: Board", "minute_ref: Bo\u200eard", "unseen-letter", Severity.WARNING, 12, 15),
        ("This page says", "This pa\u2028ge says", "control-character", Severity.ERROR, 19, 8),
    ],
)
def test_on_a_page(
    tmp_path: Path, registry: SchemaRegistry, old: str, new: str, code: str, severity: Severity, line: int, column: int
) -> None:
    found = findings(edited(tmp_path, PAGE, old, new), registry)
    told = [(one.path, one.severity, one.line, one.column) for one in found if one.code == code]
    assert told == [(PAGE, severity, line, column)]


def test_in_a_template_a_schema_and_the_settings(tmp_path: Path) -> None:
    (tmp_path / "site_templates/components").mkdir(parents=True)
    (tmp_path / "site_templates/components/x.html.jinja").write_text("<p>\n<b>Hel\u202elo</b>", encoding="utf-8")
    (tmp_path / "site_templates/font.woff2").write_bytes(b"\xe2\x80\xae")
    (tmp_path / "schemas").mkdir()
    (tmp_path / "schemas/own.schema.json").write_text('{"title": "Na\u200bme"}', encoding="utf-8")
    (tmp_path / "mkdocs.yml").write_text("site_name: Ours\n", encoding="utf-8")
    assert [(one.code, one.severity, one.path, one.line, one.column) for one in unseen_in_files(tmp_path)] == [
        ("hidden-letter", Severity.ERROR, "site_templates/components/x.html.jinja", 2, 7),
        ("unseen-letter", Severity.WARNING, "schemas/own.schema.json", 1, 14),
    ]


def test_a_campus_without_files_of_its_own_has_nothing_to_look_through(tmp_path: Path) -> None:
    assert list(unseen_in_files(tmp_path)) == []


def test_only_texts_that_lie_there_and_are_no_larger_than_a_page_are_looked_through(tmp_path: Path) -> None:
    (tmp_path / "schemas").mkdir()
    letter = "\u202e"

    def write(name: str, size: int = 10) -> Path:
        path = tmp_path / name
        path.write_bytes(letter.encode().ljust(size, b"x"))
        return path

    write("schemas/at-most.json", 1 << 18)
    write("schemas/larger.json", (1 << 18) + 1)
    write("schemas/picture.png")
    write("schemas/notes.md")
    (tmp_path / "schemas/linked.json").symlink_to(write("elsewhere.json"))
    write("mkdocs.yml")
    assert [one.path for one in unseen_in_files(tmp_path)] == ["schemas/at-most.json", "schemas/notes.md", "mkdocs.yml"]


@pytest.mark.parametrize("folder", ["records/students/2TST", "handbook"])
def test_in_the_name_of_a_file(tmp_path: Path, registry: SchemaRegistry, folder: str) -> None:
    (tiny_campus(tmp_path) / folder / "pl\u202ean.md").write_text("text", encoding="utf-8")
    (one,) = (one for one in findings(tmp_path, registry) if "U+202E" in one.message)
    assert one.path == f"{folder}/pl?an.md"
    assert "\u202e" not in one.path
