"""Pictures, drawings and papers of the handbook reach nobody as they were put in: what they don't show stays behind."""

from __future__ import annotations

import io
import struct
import zlib
from datetime import date
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from sendbook.campus.shipped import site_templates
from sendbook.campus.strict_yaml import parse
from sendbook.checks.leaks.scan import leaks
from sendbook.handbook.anew import NotMadeError, made_anew
from sendbook.handbook.folder import read
from sendbook.handbook.handbook_problems import page_problems
from sendbook.pages.templates import Templates
from tests.checks.test_leaks_in_pdfs import IDENTIFIERS, WHO, changed_later, element, saved, with_page
from tests.site.handbooks import EVERY, SCHEMA, page, write

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def picture(kind: str, mode: str = "RGB", turned: int = 1, **more: object) -> bytes:
    """A picture of two colours whose file says who is on it in every way its kind knows."""
    made = Image.new(mode, (8, 6))
    made.putpixel((0, 0), 1 if mode in ("L", "P", "1") else (255, 0, 0))
    said = Image.Exif()
    said[0x010E] = WHO
    said[0x0112] = turned
    text = PngInfo()
    text.add_text("Comment", WHO)
    text.add_itxt("XML:com.adobe.xmp", WHO, zip=True)
    how: dict[str, dict[str, object]] = {
        "PNG": {"pnginfo": text, "exif": said},
        "JPEG": {"exif": said, "comment": WHO, "xmp": WHO.encode()},
        "WEBP": {"exif": said, "xmp": WHO.encode()},
        "GIF": {"comment": WHO},
    }
    held = io.BytesIO()
    made.save(held, kind, **how[kind], **more)  # type: ignore[arg-type]
    return held.getvalue()


@pytest.mark.parametrize(
    ("path", "content"),
    [
        ("x.png", picture("PNG") + WHO.encode()),
        ("x.png", picture("PNG", "P")),
        ("x.jpg", picture("JPEG") + WHO.encode()),
        ("x.jpeg", picture("JPEG", "L", turned=6)),
        ("x.webp", picture("WEBP")),
        ("x.webp", picture("WEBP", lossless=True) + WHO.encode()),
        ("x.gif", picture("GIF") + WHO.encode()),
        ("x.svg", f"<svg {SVG}><!-- {WHO} --><path d='M0 0'/><metadata>{WHO}</metadata></svg><!-- {WHO} -->".encode()),
        (
            "x.svg",
            f"<svg {SVG} xmlns:i='http://editor.example' i:file='/home/{WHO}/x'><i:view n='{WHO}'/></svg>".encode(),
        ),
        ("x.svg", f"<?xml version='1.0'?><?editor {WHO}?><svg {SVG}><g><?x {WHO}?></g></svg>".encode()),
        ("x.pdf", saved(with_page("BT (x) Tj ET")) + f"\n% {WHO}\n".encode()),
        ("x.pdf", changed_later(with_page(f"BT ({WHO}) Tj ET"))),
        ("x.pdf", saved(with_page(), compress_streams=False).replace(b"endobj", f"endobj\n% {WHO}\n".encode(), 1)),
    ],
)
def test_what_a_file_does_not_show_is_left_behind(path: str, content: bytes) -> None:
    made = made_anew(path, content)
    assert b"Lindholm" not in made
    assert leaks({path: made}, IDENTIFIERS) == ()
    assert made_anew(path, content) == made


def test_a_pdf_loses_its_author_and_keeps_its_title_and_structure() -> None:
    document = element(with_page("BT (x) Tj ET"), Alt="A lift")
    document.docinfo["/Author"] = WHO
    document.docinfo["/Title"] = "How to find us"
    document.pages[0].PieceInfo = Dictionary(App=Dictionary(Private=pikepdf.String(WHO)))
    made = PdfReader(io.BytesIO(made_anew("x.pdf", saved(document))))
    assert made.metadata == {"/Title": "How to find us"}
    assert "/StructTreeRoot" in made.root_object
    assert "/PieceInfo" not in made.pages[0]


def test_the_dots_of_a_picture_stay_and_a_turned_one_is_put_upright() -> None:
    before = picture("PNG")
    after = Image.open(io.BytesIO(made_anew("x.png", before)))
    assert after.tobytes() == Image.open(io.BytesIO(before)).tobytes()
    assert Image.open(io.BytesIO(made_anew("x.jpg", picture("JPEG", turned=6)))).size == (6, 8)


def attached() -> bytes:
    document = with_page()
    document.attachments["x.txt"] = AttachedFileSpec(document, WHO.encode(), filename="x.txt")
    return saved(document)


def running() -> bytes:
    document = with_page()
    document.Root.OpenAction = Dictionary(S=Name.JavaScript, JS=pikepdf.String("app.alert(1)"))
    return saved(document)


def moving() -> bytes:
    held = io.BytesIO()
    first, second = Image.new("RGB", (4, 4)), Image.new("RGB", (4, 4), (9, 9, 9))
    first.save(held, "GIF", save_all=True, append_images=[second])
    return held.getvalue()


def claiming(width: int, height: int) -> bytes:
    """A picture of a few bytes that says it is of this size."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    size = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", size) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("path", "content", "said"),
    [
        ("x.png", picture("JPEG"), "not the kind of picture"),
        ("x.png", picture("PNG")[:50], "damaged"),
        ("x.gif", b"GIF89a", "damaged"),
        ("x.gif", moving(), "moves"),
        ("x.png", claiming(30_000, 30_000), "far more dots"),
        ("x.svg", f"<svg {SVG}><script>x</script></svg>".encode(), "script"),
        ("x.svg", f"<svg {SVG}><g ONLOAD='x'/></svg>".encode(), "script"),
        ("x.svg", f"<svg {SVG}><foreignObject/></svg>".encode(), "script"),
        ("x.svg", f"<svg {SVG}><image href='data:image/png;base64,AA=='/></svg>".encode(), "another picture"),
        ("x.svg", f"<svg {SVG}><use xlink:href='https://a.example/x.svg#a'/></svg>".encode(), "another picture"),
        ("x.svg", f"<svg {SVG}><g style='fill: url(data:image/png;base64,AA==)'/></svg>".encode(), "another picture"),
        ("x.svg", f"<svg {SVG}><style>@import '//a.example/x.css';</style></svg>".encode(), "another picture"),
        (
            "x.svg",
            rf"<svg {SVG}><style>g {{fill: u\72l(https://a.example/)}}</style></svg>".encode(),
            "another picture",
        ),
        ("x.svg", f"<svg {SVG} style='cursor: image-set(\"https://a.example/\" 1x)'/>".encode(), "another picture"),
        ("x.svg", f"<svg {SVG}>{'<g>' * 5000}{'</g>' * 5000}</svg>".encode(), "too deep"),
        ("x.svg", f"<!DOCTYPE svg [<!ENTITY a '{WHO}'>]><svg {SVG}/>".encode(), "stand for others"),
        ("x.svg", f"<!DOCTYPE svg [<!ENTITY a 'x'>]><svg {SVG}/>".encode("utf-16"), "stand for others"),
        ("x.svg", b"<html/>", "web page"),
        ("x.svg", f"<svg {SVG}/>and more".encode(), "damaged"),
        ("x.pdf", attached(), "another file"),
        ("x.pdf", running(), "program"),
        ("x.pdf", saved(with_page(), encryption=pikepdf.Encryption(owner="a", user="b")), "locked"),
        ("x.pdf", saved(with_page(), encryption=pikepdf.Encryption(owner="a", user="")), "locked"),
        ("x.pdf", b"%PDF-1.7 broken", "damaged"),
        ("x.pdf", b"PK\x03\x04", "damaged"),
    ],
)
def test_what_can_not_be_read_whole_is_refused(path: str, content: bytes, said: str) -> None:
    with pytest.raises(NotMadeError) as refused:
        made_anew(path, content)
    assert said in refused.value.message


def test_the_handbook_hands_on_files_made_anew_and_names_those_it_refuses(tmp_path: Path) -> None:
    write(tmp_path, "02-roles.md")
    for name, content in {
        "map.png": picture("PNG"),
        "gone.pdf": attached(),
        "plain.svg": f"<svg {SVG}/>".encode(),
    }.items():
        (tmp_path / "handbook" / name).write_bytes(content)
    found = read(tmp_path, SCHEMA)
    assert found.files.keys() == {"map.png", "plain.svg"}
    assert WHO.encode() not in found.files["map.png"]
    assert [(one.path, one.code) for one in found.problems] == [("handbook/gone.pdf", "handbook-file")]


LFS = f"version https://git-lfs.github.com/spec/v1\noid sha256:{'4d' * 32}\nsize 12345\n".encode()
ANNEX = b"/annex/objects/MD5E-s12345--d41d8cd98f00b204e9800998ecf8427e.png\n"
PAGE = b"<!DOCTYPE html>\n<html><head><title>404</title></head><body>Not found</body></html>"


def noise(kind: str) -> bytes:
    """A picture whose second half can't be guessed from its first."""
    held = io.BytesIO()
    Image.effect_noise((60, 60), 50).convert("RGB").save(held, kind)
    return held.getvalue()


@pytest.mark.parametrize("suffix", ["png", "jpg", "jpeg", "gif", "webp", "svg", "pdf"])
@pytest.mark.parametrize(
    ("content", "code", "says", "remedy"),
    [
        (LFS, "stored-elsewhere", "Git LFS", "git lfs pull"),
        (b"\xef\xbb\xbf" + LFS.replace(b"\n", b"\r\n"), "stored-elsewhere", "Git LFS", "git lfs pull"),
        (ANNEX, "stored-elsewhere", "git-annex", "git annex get"),
        (b"../.git/annex/objects/x1/Qz/MD5E-s1--a.png/MD5E-s1--a.png", "stored-elsewhere", "git-annex", "git annex"),
        (b"", "not-the-file", "is empty", "Put the"),
        (b"\n \n", "not-the-file", "nothing in this file", "Put the"),
        (bytes(2000), "not-the-file", "nothing in this file", "Put the"),
        (PAGE, "not-the-file", "web page", "Put the"),
        (b"\n<!-- x --><HTML><body>Sign in</body></HTML>", "not-the-file", "web page", "Put the"),
        (b"../pictures/map.png", "not-the-file", "name of another file", "Put the"),
    ],
)
def test_what_is_in_a_files_place_is_said(suffix: str, content: bytes, code: str, says: str, remedy: str) -> None:
    with pytest.raises(NotMadeError) as refused:
        made_anew(f"map.{suffix}", content)
    assert refused.value.code == code
    assert says in refused.value.message
    assert remedy in refused.value.remedy


@pytest.mark.parametrize(
    ("suffix", "content"),
    [
        ("png", noise("PNG")),
        ("jpg", noise("JPEG")),
        ("gif", noise("GIF")),
        ("webp", noise("WEBP")),
        ("svg", f"<svg {SVG}><path d='M0 0'/><path d='M1 1'/></svg>".encode()),
        ("pdf", saved(with_page("BT (x) Tj ET"))),
    ],
)
def test_a_file_that_breaks_off_says_so_and_a_whole_one_is_taken(suffix: str, content: bytes) -> None:
    assert made_anew(f"map.{suffix}", content)
    with pytest.raises(NotMadeError) as refused:
        made_anew(f"map.{suffix}", content[: len(content) // 2])
    assert refused.value.code == "not-the-file"
    assert "breaks off" in refused.value.message


def test_a_picture_saved_as_text_says_so() -> None:
    with pytest.raises(NotMadeError, match="as if it were text"):
        made_anew("map.png", noise("PNG").replace(b"\r\n", b"\n"))


def test_a_handbook_with_a_pointer_for_a_picture_and_for_a_page_names_both(tmp_path: Path) -> None:
    write(tmp_path, "index.md")
    (tmp_path / "handbook" / "map.png").write_bytes(LFS)
    (tmp_path / "handbook" / "02-roles.md").write_bytes(LFS)
    found = read(tmp_path, SCHEMA)
    assert {(one.code, one.path) for one in found.problems} == {
        ("stored-elsewhere", "handbook/map.png"),
        ("stored-elsewhere", "handbook/02-roles.md"),
    }
    assert "map.png" not in found.files


def test_a_record_that_is_a_pointer_says_so() -> None:
    (problem,) = parse(LFS, "records/campus.yml").problems
    assert (problem.code, problem.line) == ("stored-elsewhere", 1)
    assert "git lfs pull" in problem.remedy


def test_a_template_that_is_a_pointer_is_not_used(tmp_path: Path) -> None:
    name = next(iter((site_templates() / "pages").glob("*.html"))).name
    own = tmp_path / "site_templates" / "pages"
    own.mkdir(parents=True)
    (own / name).write_bytes(LFS)
    templates = Templates(site_templates(), tmp_path / "site_templates")
    assert [fault.name for fault in templates.faults] == [f"pages/{name}"]
    assert "Git LFS" in templates.faults[0].said


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("![A map](map.png)", []),
        ("![A map](map.PNG)", []),
        ("![A map](map.pdf)", ["not-a-picture"]),
        ("![A map](03-page.md)", ["not-a-picture"]),
        ("[A map](map.pdf)", []),
    ],
)
def test_what_is_shown_as_a_picture_is_one(text: str, codes: list[str]) -> None:
    problems = page_problems(page(f"# Roles\n\n{text}\n"), EVERY, date(2026, 11, 23))
    assert [one.code for one in problems] == codes
