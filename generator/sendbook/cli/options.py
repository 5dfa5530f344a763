"""The options commands share, each declared once, and what they stand for."""

from __future__ import annotations

import stat
from contextlib import suppress
from datetime import date
from pathlib import Path

import click

from sendbook.campus.folder import CampusFolder
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.cli.old_places import move_once
from sendbook.cli.windows_disk import refuse_windows_disk
from sendbook.errors import CampusNotFound, SchemaError, SendbookError
from sendbook.gate import SystemClock

#: The current folder: where a campus is looked for if none is named.
HERE = Path()

#: Where the site's database and caches lie in a campus, unless another place is named.
STATE = ".sendbook"

#: A file or folder on the command line.
PATH = click.Path(path_type=Path)


#: No record of a school is of a day before or after these, and a day far off has no school year to reckon with.
_FIRST_YEAR, _LAST_YEAR = 1990, 2199


def _day(_context: click.Context, parameter: click.Parameter, text: str | None) -> date | None:
    """A day as a person types it; anything else is told in our own sentence, not in the framework's frame."""
    if text is None:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(text)
        if day.isoformat() == text and not _FIRST_YEAR <= day.year <= _LAST_YEAR:
            years = f"Write {parameter.opts[0]} as a day from {_FIRST_YEAR} to {_LAST_YEAR}"
            raise SendbookError(f"“{text}” is a day that no record of a school is of. {years}, like 2026-09-01.")
        if day.isoformat() == text:  # 20260901 and 2026-W36 are days to it as well
            return day
    raise SendbookError(f"“{text}” is not a real date. Write {parameter.opts[0]} like 2026-09-01.")


campus_option = click.option(
    "--campus",
    type=PATH,
    default=HERE,
    show_default=False,
    help="Folder of the campus, where the current folder is not it.",
)
as_of_option = click.option(
    "--as-of", metavar="DATE", callback=_day, help="The day to look at it from; today if left out."
)
meeting_day_option = click.option(
    "--on",
    "held_on",
    metavar="DATE",
    callback=_day,
    help="The day of the meeting or other record, which is its file's name; or today.",
)
state_option = click.option(
    "--state", type=PATH, help="Folder for the site's database and caches; .sendbook in the campus if left out."
)


def today(as_of: date | None) -> date:
    """The day a command works on: the one asked for, or today on campus, by the same clock as the gate's."""
    return as_of or SystemClock().today()


def open_campus(root: Path) -> CampusFolder:
    """The campus folder with its schemas: the shipped ones, and the campus's own if it has any.

    Raises `CampusNotFound` where there is no ``records/campus.yml``.
    """
    root = campus_root(root)
    own = root / "schemas"
    shipped = schemas()
    # Its own may come while we are at work, so the folder counts before it is there.
    folders = [shipped] if own.resolve() == shipped.resolve() else [shipped, own]
    return CampusFolder(root, SchemaRegistry.load(*folders))


def open_campus_to_withdraw(root: Path) -> CampusFolder:
    """The same, for what takes access away: with the shipped schemas alone where one of the campus's own is wrong."""
    try:
        return open_campus(root)
    except SchemaError:
        return CampusFolder(campus_root(root), SchemaRegistry.load(schemas()))


def campus_root(root: Path) -> Path:
    """The campus folder's own path. Raises `CampusNotFound` where there is no ``records/campus.yml``."""
    root = root.resolve()
    if not (root / "records" / "campus.yml").is_file():
        raise CampusNotFound(
            f"{root} holds no records/campus.yml. Name the folder with --campus, or make one with sendbook new."
        )
    return root


def state_folder(root: Path, state: Path | None) -> Path:
    """Where the bundle, caches and accounts live: private to the user who runs sendbook, and never in git.

    A folder named by hand is not made private behind its owner's back: it might be anybody's.
    """
    folder = (state or root / STATE).resolve()
    refuse_windows_disk(folder)
    if not folder.exists():
        folder.mkdir(mode=0o700, parents=True)
        (folder / ".gitignore").write_text("*\n", encoding="utf-8")
    elif state is None:
        folder.chmod(0o700)
    if stat.S_IMODE(folder.stat().st_mode) & 0o077:
        raise SendbookError(f"{folder} can be read by others on this machine; name a new folder, or make it private.")
    move_once(folder)
    return folder
