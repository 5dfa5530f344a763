"""Shows whether other code makes the same site of the example campus: ``python -m tests.same_pages REVISION``.

For changes that are to move code and nothing else, or to add a kind of record and leave all pages there are. The
revision's example campus, with its history, is built with the package, the schemas and the templates of the revision,
and with those of this checkout; what each reader is sent then is compared page by page. Records that only this checkout
has are left out: the revision may have no schema for them. Ends with 1 and the pages that differ, if any do.
"""

from __future__ import annotations

import io
import sqlite3
import subprocess
import sys
import sysconfig
import tarfile
import tempfile
import venv
from pathlib import Path

from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.example.history.repository import make_repository

ROOT = Path(__file__).parents[1]
DAY = "2026-11-23"
#: What a package needs of its checkout to build a campus.
_PARTS = ("generator", "schemas", "site_templates", "records", "handbook", "mkdocs.yml", "pyproject.toml", "README.md")
_SHOWN = 20

_EVERYTHING = """
SELECT 'page ' || scope.reader || ' ' || page.path, hex(object.digest) FROM scope
    JOIN page USING (subject, projection) JOIN object ON object.id = page.object
UNION ALL SELECT 'asset ' || path, hex(object.digest) FROM asset JOIN object ON object.id = asset.object
UNION ALL SELECT 'shell ' || edition, hex(digest) FROM shell
UNION ALL SELECT 'drawer ' || name || ' ' || path, hex(body) FROM drawer
"""


def main(revision: str) -> tuple[int, str]:
    """Compares, and returns the status to end with and what differs."""
    with tempfile.TemporaryDirectory(prefix="same-pages-") as name:
        folder = Path(name)
        checkouts = {"then": _checkout_of(revision, folder / "then"), "now": ROOT}
        campus = _example_with_history(checkouts["then"], folder / "campus")
        then, now = (_site(root, campus, folder / f"{when}-state") for when, root in checkouts.items())
    differ = sorted(page for page in then.keys() | now.keys() if then.get(page) != now.get(page))
    lines = (f"{'gone' if one not in now else 'new' if one not in then else 'other'}: {one}" for one in differ[:_SHOWN])
    return int(bool(differ)), "\n".join([*lines, f"{len(now)} pages and files, {len(differ)} of them differ."])


def _checkout_of(revision: str, target: Path) -> Path:
    """The parts of a revision that a build needs, as they were."""
    packed = subprocess.run(["git", "-C", ROOT, "archive", revision, *_PARTS], capture_output=True, timeout=60)
    if packed.returncode:
        raise SystemExit(f"git has no revision “{revision}” with the parts of a checkout: {packed.stderr.decode()}")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(target, filter="data")
    return target


def _example_with_history(checkout: Path, target: Path) -> Path:
    """The example campus as a checkout has it, with its term of history."""
    make_repository(checkout, target, SchemaRegistry.load(schemas()))
    return target


def _site(checkout: Path, campus: Path, state: Path) -> dict[str, str]:
    """What a checkout's code publishes of a campus: the digest of each page a reader is sent, and of each file."""
    state.mkdir(mode=0o700)
    command = [_python_of(checkout, state / "python"), "-m", "sendbook", "build", "--campus", campus]
    subprocess.run([*command, "--state", state, "--as-of", DAY], check=True, stdout=subprocess.DEVNULL)
    bundles = (state / "site" / "bundle.db", state / "bundle.db")  # where this version puts it, and earlier ones
    with sqlite3.connect(next(path for path in bundles if path.exists())) as bundle:
        return dict(bundle.execute(_EVERYTHING).fetchall())


def _python_of(checkout: Path, environment: Path) -> Path:
    """A Python that finds the checkout's package, also in the processes it starts: the engine's has no surroundings."""
    venv.create(environment, symlinks=True)
    places = {"base": str(environment), "platbase": str(environment)}
    installed = dict.fromkeys((sysconfig.get_path("purelib"), sysconfig.get_path("platlib")))
    found = "\n".join([str(checkout / "generator"), *installed, ""])
    (Path(sysconfig.get_path("purelib", vars=places)) / "checkout.pth").write_text(found, encoding="utf-8")
    return environment / "bin" / "python"


if __name__ == "__main__":
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        raise SystemExit("Name the revision to compare with, such as main: python -m tests.same_pages main")
    status, said = main(sys.argv[1])
    sys.stdout.write(f"{said}\n")
    sys.exit(status)
