"""Pictures rewritten from their dots: no camera, place, name, comment or preview goes with them."""

from __future__ import annotations

import io
import struct
import zlib

from PIL import Image, ImageOps, UnidentifiedImageError

from sendbook.handbook.anew.refusal import NotMadeError

_KINDS = {".png": "PNG", ".jpg": "JPEG", ".jpeg": "JPEG", ".gif": "GIF", ".webp": "WEBP"}
_MOST_DOTS = 40_000_000
# What the library raises when a picture is not what it says it is.
_ON_DAMAGE = (
    *(OSError, ValueError, SyntaxError, KeyError, IndexError, TypeError, EOFError, OverflowError, AttributeError),
    *(struct.error, zlib.error),
)


def picture_anew(suffix: str, content: bytes) -> bytes:
    """The same dots in a new file of the same kind, the right way up."""
    kind = _KINDS[suffix]
    try:
        with Image.open(io.BytesIO(content)) as picture:
            if picture.format != kind:
                raise NotMadeError(
                    "This file is not the kind of picture that its name says.",
                    "Open it in a picture program and save it under this name again.",
                )
            if picture.width * picture.height > _MOST_DOTS:
                raise _too_large()
            if getattr(picture, "n_frames", 1) > 1:
                raise NotMadeError("This picture moves, and readers couldn't stop it.", "Put in a still picture.")
            return _saved(picture, kind, content)
    except Image.DecompressionBombError as error:  # the library's own limit, asked before ours
        raise _too_large() from error
    except (UnidentifiedImageError, *_ON_DAMAGE) as error:
        raise NotMadeError(
            "This picture is damaged, so it can't be checked.",
            "Open it in a picture program and save it again.",
            is_damage=True,
        ) from error


def _too_large() -> NotMadeError:
    return NotMadeError("This picture has far more dots than a page can show.", "Save a smaller copy.")


def _saved(picture: Image.Image, kind: str, content: bytes) -> bytes:
    upright = ImageOps.exif_transpose(picture)
    turned = upright is not picture and picture.getexif().get(0x0112, 1) != 1
    held = io.BytesIO()
    if kind == "JPEG" and not turned:
        picture.load()
        bare = picture
        bare.info = {}
        bare.save(held, "JPEG", quality="keep", exif=b"", comment=b"")
        return held.getvalue()
    bare = _bare(upright)
    if kind == "PNG":
        bare.save(held, "PNG", optimize=False)
    elif kind == "JPEG":
        bare.save(held, "JPEG", quality=92)
    elif kind == "GIF":
        bare.save(held, "GIF")
    elif b"VP8L" in content[:64]:
        bare.save(held, "WEBP", lossless=True, exact=True)
    else:
        bare.save(held, "WEBP", quality=90)
    return held.getvalue()


def _bare(picture: Image.Image) -> Image.Image:
    """The dots, their palette and which of them are clear; nothing that was said of them."""
    picture.load()
    clear = picture.info.get("transparency")
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "P":
        palette = picture.getpalette("RGB")
        bare.putpalette(palette or [])
    if clear is not None:
        bare.info["transparency"] = clear
    return bare
