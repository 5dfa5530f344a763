"""Pictures, drawings and papers of the handbook reach nobody as they were put in: what they don't show stays behind."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pikepdf
import pytest
from pikepdf import AttachedFileSpec, Dictionary, Name
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfReader

from sendbook.checks.leaks.scan import leaks
from sendbook.site.anew import NotMadeError, made_anew
from sendbook.site.handbook import read
from tests.checks.test_leaks_in_pdfs import TELLS, WHO, changed_later, element, saved, with_page
from tests.site.handbooks import SCHEMA, write

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
    assert leaks({path: made}, TELLS) == ()
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
        ("x.svg", b"<html/>", "not a drawing"),
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
