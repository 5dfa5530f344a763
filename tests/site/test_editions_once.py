"""What MkDocs made for one test of a run is handed to the next that asks for the same, and to no other."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendbook.handbook import engine
from tests.site.handbooks import settings


def test_an_edition_is_made_once_a_run_and_again_for_other_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    started: list[str] = []

    def made(folder: Path, _timeout: float) -> None:
        started.append((folder / "docs/handbook/roles.md").read_text(encoding="utf-8"))
        (folder / "site").mkdir()
        (folder / "site/shell.html").write_text(f"<p>{started[-1]}</p>", encoding="utf-8")

    monkeypatch.setattr(engine, "_run", made)
    ours, others = (({"roles.md": f"{tmp_path} {word}"}, {}, {}, settings()) for word in ("ours", "others"))
    first = engine._built(*ours)
    assert first["shell.html"].decode() == f"<p>{tmp_path} ours</p>"
    assert engine._built(*ours) == first
    assert engine._built(*others)["shell.html"].decode() == f"<p>{tmp_path} others</p>"
    assert started == [f"{tmp_path} ours", f"{tmp_path} others"]
