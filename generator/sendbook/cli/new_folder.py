"""A new folder, whole or not at all: what stops half way, by hand or by a fault, leaves no half of a campus."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from sendbook.cli.stopping import Stopped
from sendbook.errors import SendbookError


@contextmanager
def new_folder(folder: Path) -> Iterator[None]:
    """Makes a folder to be filled; raises `SendbookError` if there is something in it already.

    Nobody else on this machine can enter it: what will be in it is about children. If filling it fails or is stopped,
    all that was made is taken away again, the folders above it included.
    """
    if folder.exists() and not (folder.is_dir() and not any(folder.iterdir())):
        raise SendbookError(f"{folder} is not empty. Name a new folder.")
    made = next((one for one in (*reversed(folder.parents), folder) if not one.exists()), None)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        yield
    except BaseException as why:
        _take_away(folder, made)
        if isinstance(why, KeyboardInterrupt | EOFError | click.Abort) and not isinstance(why, Stopped):
            raise Stopped(f"Nothing was made in {folder}.") from None
        raise


def _take_away(folder: Path, made: Path | None) -> None:
    """Everything in the folder, which was empty or not there before."""
    if made is not None:
        shutil.rmtree(made, ignore_errors=True)
        return
    for inner in folder.iterdir():
        if inner.is_dir() and not inner.is_symlink():
            shutil.rmtree(inner, ignore_errors=True)
        else:
            inner.unlink(missing_ok=True)
