"""Makes each edition of a handbook once a run, and hands it to every build that asks for the same one.

MkDocs takes four times as long as all the rest of a small campus's first build, and most of these builds have the tiny
campus's handbook. The engine itself is asked each time in the tests of its own room.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from sendbook.handbook import engine
from tests.once import locked

#: The room whose tests are of the engine: there nothing is handed on.
_ROOM = Path(__file__).parent / "handbook"

Made = dict[str, bytes]


class EditionsOnce:
    """Remembers what the engine made, in a folder that all worker processes share, by the digest of what went in."""

    def __init__(self) -> None:
        self._engine: Callable[..., Made] = engine._built
        self._of_the_engine = False

    @pytest.hookimpl(tryfirst=True)  # before the fixtures, which build as well
    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Notes whether the test that comes next is in the engine's own room."""
        self._of_the_engine = item.path.is_relative_to(_ROOM)

    @contextmanager
    def kept_in(self, folder: Path) -> Iterator[None]:
        """Hands on what is made until the block ends."""
        folder.mkdir(exist_ok=True)

        def made(*asked: Any) -> Made:
            if self._of_the_engine:
                return self._engine(*asked)
            kept = folder / engine._digest(*asked)
            with locked(kept.with_suffix(".lock")):
                if not kept.exists():
                    kept.write_bytes(pickle.dumps(self._engine(*asked)))
            return dict(pickle.loads(kept.read_bytes()))  # noqa: S301 - this run wrote it itself

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(engine, "_built", made)
            yield
