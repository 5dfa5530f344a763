"""The press follows the campus's own templates, and ends where it may not read what has come since."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from sendbook.cli import press_process
from sendbook.cli.press_process import RenewedPress, _answer
from sendbook.errors import DocumentError
from sendbook.line.messages import NotPrinted, PrintDocument, Printed
from sendbook.processes.landlock import version
from sendbook.processes.supervisor import AGAIN

_OWN = "site_templates/documents"


class _EndedError(Exception):
    """Stands for the end of the process."""


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """The presses that were made; each says which it is."""
    presses: list[Path] = []

    class Press:
        def __init__(self, root: Path, nothing: str) -> None:
            presses.append(root)
            self.number = len(presses)
            assert nothing == "nothing"

        def pdf(self, data: bytes) -> bytes:
            if data == b"refused":
                raise DocumentError("The template plan.typ can't be used.")
            if data.startswith(b"fault"):
                raise KeyError(data.decode())
            return f"%PDF {self.number}".encode()

    monkeypatch.setattr("sendbook.documents.press.Press", Press)
    return presses


def test_a_template_that_changed_is_used_for_the_next_document(tmp_path: Path, made: list[Path]) -> None:
    (tmp_path / _OWN).mkdir(parents=True)
    (tmp_path / _OWN / "house.typ").write_text("one", encoding="utf-8")
    press = RenewedPress(tmp_path, "nothing")
    assert [press.pdf(b""), press.pdf(b"")] == [b"%PDF 1", b"%PDF 1"]
    (tmp_path / _OWN / "house.typ").write_text("another", encoding="utf-8")
    assert [press.pdf(b""), press.pdf(b"")] == [b"%PDF 2", b"%PDF 2"]
    (tmp_path / _OWN / "plan.typ").write_text("new", encoding="utf-8")
    assert press.pdf(b"") == b"%PDF 3"


@pytest.mark.parametrize("name", ["site_templates", _OWN, "site_templates/fonts"])
def test_where_a_folder_has_come_it_asks_to_be_started_again(
    name: str, tmp_path: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    press = RenewedPress(tmp_path, "nothing")
    press.pdf(b"")
    (tmp_path / name).mkdir(parents=True)
    codes: list[int] = []

    def end(code: int) -> None:
        codes.append(code)
        raise _EndedError

    monkeypatch.setattr(press_process.os, "_exit", end)
    with pytest.raises(_EndedError):
        press.pdf(b"")
    assert codes == [AGAIN]


def test_a_document_that_can_not_be_made_is_answered_in_a_sentence_without_a_value(
    tmp_path: Path, made: list[Path], capsys: pytest.CaptureFixture[str]
) -> None:
    press = RenewedPress(tmp_path, "nothing")

    def answered(data: bytes) -> object:
        return _answer(PrintDocument(document="a", data=data), press)

    assert answered(b"refused") == NotPrinted(document="a", reason="The template plan.typ can't be used.")
    assert answered(b"fault of Eli") == NotPrinted(document="a", reason="This is a fault in sendbook.")
    assert answered(b"well") == Printed(document="a", pdf=b"%PDF 1")
    assert "Eli" not in capsys.readouterr().err


def test_a_document_that_takes_too_long_ends_the_press(
    tmp_path: Path, made: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing else can stop it; what is quick ends before that."""
    ended = threading.Event()
    monkeypatch.setattr(press_process, "_TO_PRINT", 0.01)
    monkeypatch.setattr(press_process, "_give_up", ended.set)
    press = RenewedPress(tmp_path, "nothing")
    monkeypatch.setattr(RenewedPress, "pdf", lambda _self, _data: str(ended.wait(20)).encode())
    slow = _answer(PrintDocument(document="a", data=b""), press)
    assert slow == Printed(document="a", pdf=b"True")


_CONFINED = """
import json, sys
from pathlib import Path
from sendbook.places import Places
from sendbook.processes.confinement import for_gate, for_press
from sendbook.processes.landlock import confine
from sendbook.cli.press_process import _reads

kind, root = sys.argv[1], Path(sys.argv[2])
state = root / ".sendbook"
if kind == "gate":
    confine(for_gate(Places(state), root / "pages", [root, state]))
else:
    confine(for_press(_reads(root), root / "nothing", [root, state]))
can = {}
for name in sys.argv[3:]:
    path = root / name
    for how in ("r", "a"):
        try:
            path.open(how).close()
            can[name] = can.get(name, "") + how
        except OSError:
            pass
print(json.dumps(can))
"""
_FILES = (
    "records/students/7Q4K/plan.yml",
    "handbook/index.md",
    ".git/HEAD",
    "mkdocs.yml",
    "schemas/own.schema.json",
    "pages/not_found.html",
    "site_templates/documents/plan.typ",
    "site_templates/fonts/own.ttf",
    "site_templates/pages/own.html",
    ".sendbook/gate/gate.db",
    ".sendbook/gate/audit/2026-11.db",
    ".sendbook/site/bundle.db",
    ".sendbook/build/cache.db",
    ".sendbook/build/keys/caches.key",
    ".sendbook/demo/campus/records/campus.yml",
    "/etc/passwd",
    "/proc/self/environ",
)


@pytest.mark.skipif(not version(), reason="this kernel has no Landlock")
@pytest.mark.parametrize(
    ("kind", "can"),
    [
        (
            "gate",
            {
                "pages/not_found.html": "r",
                ".sendbook/gate/gate.db": "ra",
                ".sendbook/gate/audit/2026-11.db": "ra",
                ".sendbook/site/bundle.db": "r",
            },
        ),
        ("press", {"site_templates/documents/plan.typ": "r", "site_templates/fonts/own.ttf": "r"}),
    ],
)
def test_what_each_can_open_of_a_whole_campus(kind: str, can: dict[str, str], tmp_path: Path) -> None:
    """``r`` is to read it, ``a`` to write at its end; what is not listed can't be opened at all."""
    for name in _FILES[:-2]:
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("held", encoding="utf-8")
    asked = [sys.executable, "-P", "-c", _CONFINED, kind, str(tmp_path), *_FILES]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == can
