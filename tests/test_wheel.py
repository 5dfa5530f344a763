"""The built wheel works by itself: installed without a checkout, in an empty folder, it does all the commands do.

The wheel goes into a fresh environment that sees the installed dependencies and nothing of the checkout, and the tests
that need no checkout are run there against it.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import sysconfig
import venv
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from tests.cli.serving import free_port

ROOT = Path(__file__).parents[1]
DAY = ("--as-of", "2026-11-23")
# These are about the checkout itself: its documentation, its commands, this very test. Tests of `benchmarks/`, which no
# wheel holds either, are known by what they import.
ABOUT_THE_CHECKOUT = frozenset({"test_wheel.py", "test_docs.py", "test_documentation.py"})

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (ROOT / "pyproject.toml").is_file(), reason="a wheel is built from the checkout only"),
]


@dataclass(frozen=True)
class Installed:
    """An environment with the wheel in it, and an empty folder to work in."""

    wheel: Path
    bin: Path
    folder: Path

    def run(self, *command: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Runs a program of the environment, with nothing of ours in the surroundings."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("PYTHON", "PYTEST", "COV"))}
        path = f"{self.bin}{os.pathsep}{os.environ['PATH']}"
        program = self.bin / command[0]
        return subprocess.run(
            [program, *command[1:]],
            cwd=cwd or self.folder,
            env={**kept, "PATH": path, "PYTHONDONTWRITEBYTECODE": "1"},
            capture_output=True,
            text=True,
            check=False,
        )

    def sendbook(self, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        return self.run("sendbook", *arguments)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Installed:
    base = tmp_path_factory.mktemp("wheel")
    wheel = build_wheel(base)
    environment = base / "environment"
    venv.create(environment, symlinks=True)
    site = Path(sysconfig.get_path("purelib", vars={"base": str(environment), "platbase": str(environment)}))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(site)
    (site / "dependencies.pth").write_text("\n".join(map(str, dependencies(base))) + "\n", encoding="utf-8")
    script = environment / "bin" / "sendbook"
    script.write_text(f"#!{environment}/bin/python\nfrom sendbook.__main__ import main\nmain()\n", encoding="utf-8")
    script.chmod(0o755)
    folder = base / "empty"
    folder.mkdir()
    return Installed(wheel=wheel, bin=environment / "bin", folder=folder)


def build_wheel(base: Path) -> Path:
    """Builds from a copy, so that nothing of the build is left in the checkout."""
    source = base / "source"
    names = ["pyproject.toml", "README.md", "LICENSE", "mkdocs.yml"]
    folders = ["generator", "schemas", "site_templates", "records", "handbook", "docs/proxy"]
    for name in folders:
        shutil.copytree(ROOT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in names:
        shutil.copyfile(ROOT / name, source / name)
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(base / "dist"), str(source)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = (base / "dist").glob("sendbook-*.whl")
    return wheel


def dependencies(base: Path) -> Sequence[Path]:
    """Folders that hold everything installed here but sendbook itself."""
    found = []
    for number, kind in enumerate(("purelib", "platlib")):
        source, target = Path(sysconfig.get_path(kind)), base / f"dependencies{number}"
        target.mkdir()
        for item in source.iterdir():
            if "sendbook" not in item.name.lower() and item.suffix != ".pth":
                (target / item.name).symlink_to(item)
        found.append(target)
    return found


def test_the_wheel_holds_the_package_and_what_it_ships_and_nothing_else(installed: Installed) -> None:
    names = zipfile.ZipFile(installed.wheel).namelist()
    tops = {name.split("/")[0] for name in names}
    assert tops == {"sendbook", next(top for top in tops if top.endswith(".dist-info"))}
    shipped = [name.removeprefix("sendbook/shipped/") for name in names if name.startswith("sendbook/shipped/")]
    for folder in ("schemas", "site_templates"):
        # Another test runs the script that makes fonts, and Python puts what it compiled beside it.
        files = (path for path in (ROOT / folder).rglob("*") if path.is_file() and "__pycache__" not in path.parts)
        here = {path.relative_to(ROOT).as_posix() for path in files}
        assert {name for name in shipped if name.startswith(f"{folder}/")} == here
    assert {"example/mkdocs.yml", "example/records/campus.yml", "example/handbook/index.md"} <= set(shipped)
    assert not [name for name in names if "__pycache__" in name or "/tests/" in name]


def test_it_is_the_wheel_that_runs_and_not_the_checkout(installed: Installed) -> None:
    done = installed.run("python", "-c", "import sendbook; print(sendbook.__file__)")
    assert Path(done.stdout.strip()).is_relative_to(installed.bin.parent)


def test_the_command_is_declared(installed: Installed) -> None:
    with zipfile.ZipFile(installed.wheel) as archive:
        (entry,) = (name for name in archive.namelist() if name.endswith("entry_points.txt"))
        assert "sendbook = sendbook.__main__:main" in archive.read(entry).decode()


def test_outside_a_campus_it_says_so(installed: Installed) -> None:
    done = installed.sendbook("check")
    assert done.returncode == 2
    assert done.stderr.startswith("sendbook: ")
    assert len(done.stderr.splitlines()) == 1


def test_it_knows_its_schemas(installed: Installed) -> None:
    done = installed.sendbook("schema", "plan")
    assert done.returncode == 0, done.stderr
    assert "targets" in done.stdout


@pytest.mark.parametrize("program", ["nginx", "caddy"])
def test_it_brings_the_settings_of_proxies(installed: Installed, program: str) -> None:
    done = installed.sendbook("proxy", program, "--name", "send.larkfield.example")
    assert done.returncode == 0, done.stderr
    assert "send.larkfield.example" in done.stdout


@pytest.mark.parametrize("making", [("new",), ("synthesise", "--students", "3")], ids=lambda making: making[0])
def test_it_makes_checks_builds_and_exports_a_campus(installed: Installed, making: Sequence[str]) -> None:
    campus = installed.folder / making[0]
    done = installed.sendbook(*making, campus, *DAY)
    assert done.returncode == 0, done.stderr
    for command in ("check", "build"):
        done = installed.sendbook(command, "--campus", campus, *DAY)
        assert done.returncode == 0, done.stdout + done.stderr
    person = next((campus / "records" / "people").glob("*.yml")).stem
    target = installed.folder / f"{making[0]}-site"
    done = installed.sendbook("export", person, target, "--campus", campus, *DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (target / "index.html").is_file()


def test_its_gate_and_its_press_find_all_they_need_although_they_are_confined(installed: Installed) -> None:
    """Here the packages are only linked to from where Python looks for them."""
    campus = installed.folder / "served"
    assert installed.sendbook("synthesise", "--students", "3", campus, *DAY).returncode == 0
    port = str(free_port())
    command = [installed.bin / "sendbook", "serve", "--campus", campus, "--port", port, *DAY]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True) as process:
        try:
            assert any("Stop with Ctrl-C" in line for line in process.stdout or ())
            with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=90) as browser:
                assert browser.get("/sign-in").status_code == 200
                paper = browser.get("/handbook/send-information-report.pdf")
            assert (paper.status_code, paper.content[:5]) == (200, b"%PDF-")
        finally:
            process.send_signal(signal.SIGINT)
    assert process.returncode == 0


def test_plain_mkdocs_builds_the_handbook_of_a_new_campus(installed: Installed) -> None:
    campus = installed.folder / "plain"
    assert installed.sendbook("new", campus, *DAY).returncode == 0
    done = installed.run("python", "-m", "mkdocs", "build", "--strict", cwd=campus)
    assert done.returncode == 0, done.stderr
    assert (campus / "site" / "index.html").is_file()


def test_the_tests_pass_against_the_wheel_in_an_empty_folder(installed: Installed) -> None:
    folder = installed.folder.parent / "tested"
    ignored = shutil.ignore_patterns("__pycache__", *ABOUT_THE_CHECKOUT, *files_about_benchmarks())
    shutil.copytree(ROOT / "tests", folder / "tests", ignore=ignored)
    (folder / "pytest.ini").write_text(ini(), encoding="utf-8")
    command = (
        "python",
        "-m",
        "pytest",
        "-q",
        "-n",
        "2",
        "--dist",
        "loadgroup",
        "-m",
        "not slow and not browser",
        "-p",
        "no:cacheprovider",
    )
    done = installed.run(*command, cwd=folder)
    assert done.returncode == 0, done.stdout[-8000:] + done.stderr[-2000:]
    assert " passed" in done.stdout


def files_about_benchmarks() -> frozenset[str]:
    """Returns the files of tests that import a module of ``benchmarks/``."""
    imports = re.compile(r"^\s*(?:from|import) benchmarks\b", re.MULTILINE)
    return frozenset(path.name for path in (ROOT / "tests").rglob("*.py") if imports.search(path.read_text("utf-8")))


def test_what_a_wheel_does_not_hold_is_not_tried_against_it() -> None:
    assert files_about_benchmarks() >= {"test_benchmarks.py", "test_benchmarks_run.py"}
    assert {path.name for path in (ROOT / "tests").rglob("test_*.py")} >= ABOUT_THE_CHECKOUT


def ini() -> str:
    """The checkout's settings for pytest, as a file that needs no pyproject.toml."""
    import tomllib

    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["pytest"]["ini_options"]
    lines = ["[pytest]"]
    for name, value in settings.items():
        lines.append(f"{name} =")
        lines += [
            f"    {line}"
            for line in (value if isinstance(value, list) else [str(value).lower() if value is True else value])
        ]
    return "\n".join(lines) + "\n"
