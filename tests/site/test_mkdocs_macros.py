"""Plain ``mkdocs build``: the staff edition, with our named macros and no others."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from sendbook.campus import shipped
from sendbook.site.mkdocs_macros import values_of
from tests.site.handbooks import write

SOURCE = Path(__file__).resolve().parents[2] / "generator"


def run(root: Path) -> subprocess.CompletedProcess[str]:
    """``mkdocs build`` in this campus, as somebody would type it."""
    return subprocess.run(
        [sys.executable, "-m", "mkdocs", "build"],
        cwd=root,
        env={**os.environ, "PYTHONPATH": str(SOURCE), "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    """A campus with the shipped settings and records and a handbook of its own."""
    example = shipped.example()
    shutil.copy(example / "mkdocs.yml", tmp_path)
    (tmp_path / "records").mkdir()
    for name in ("access.yml", "campus.yml"):
        shutil.copy(example / "records" / name, tmp_path / "records")
    shutil.copytree(example / "records" / "people", tmp_path / "records" / "people")
    write(tmp_path, "index.md", "# Welcome\n\nText.", section=0, editions=["public", "family", "staff"])
    return tmp_path


def test_it_builds_the_staff_edition_with_values_from_the_records(campus: Path) -> None:
    """Pages and blocks for others are left out; the values are the engine's own."""
    body = 'Ask {{ person("senco").name }} of {{ campus("name") }}.\n\n'
    staff = "<!-- edition: staff -->\nFor staff\n<!-- end edition -->\n"
    blocks = staff + staff.replace("staff", "family").replace("For family", "For families")
    write(campus, "02-roles.md", f"# Roles\n\n{body}{blocks}")
    write(campus, "03-home.md", "# At home", section=3, editions=["family"])
    done = run(campus)
    assert done.returncode == 0, done.stderr
    html = (campus / "site" / "02-roles" / "index.html").read_text()
    assert values_of(campus).people["senco"]["name"] in html
    assert "For staff" in html
    assert "For families" not in html
    assert not (campus / "site" / "03-home").exists()
    assert "At home" not in html


@pytest.mark.sample(1)
@pytest.mark.parametrize(
    "body",
    ["{{ config }}", "{% for x in range(9) %}{% endfor %}", '{{ person("senco").__class__ }}', "{{ macros_info() }}"],
)
def test_anything_but_our_macros_stops_the_build(campus: Path, body: str) -> None:
    """The plugin would have run it."""
    write(campus, "02-roles.md", f"# Roles\n\n{body}")
    done = run(campus)
    assert done.returncode != 0
    assert "handbook/02-roles.md" in done.stderr
    assert not (campus / "site" / "02-roles" / "index.html").exists()


@pytest.mark.slow
def test_a_title_may_not_hold_a_macro_either(campus: Path) -> None:
    """The plugin renders titles too."""
    write(campus, "02-roles.md", title='"{{ config.site_dir }}"')
    done = run(campus)
    assert done.returncode != 0
    assert "hold no macros" in done.stderr


def test_the_handbook_we_ship_builds(tmp_path: Path) -> None:
    """Strictly: a broken link or place would stop it."""
    example = shipped.example()
    for name in ("handbook", "records"):
        shutil.copytree(example / name, tmp_path / name)
    shutil.copy(example / "mkdocs.yml", tmp_path)
    done = run(tmp_path)
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "site" / "index.html").exists()
