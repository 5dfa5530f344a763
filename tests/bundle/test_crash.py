"""A build killed at any instant leaves the old site whole."""

import os
import signal
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

from sendbook.bundle import Bundle
from tests.bundle.sites import AISHA

CHILD = textwrap.dedent(
    """
    import sys
    from pathlib import Path
    from sendbook.bundle import Bundle, Fragment

    bundle = Bundle.open(Path(sys.argv[1]))
    bundle.connection.execute("PRAGMA cache_size = 1")
    version = 0
    while True:
        version += 1
        with bundle.publish() as change:
            for number in range(int(sys.argv[2])):
                projection = f"v{version}/{number}"
                page = Fragment(title=f"{version}", content="x" * 3000)
                change.put_pages("7Q4K", projection, {f"/students/7Q4K/{number}/": page})
                change.set_scope(f"r{number}", "7Q4K", projection, None, "teaches")
                if number == 5:
                    print("inside", flush=True)
        print("outside", flush=True)
    """
)


def start(bundle: Bundle, pages: int) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", CHILD, str(bundle.path), str(pages)], stdout=subprocess.PIPE, text=True
    )


def kill(child: subprocess.Popen[str]) -> None:
    os.kill(child.pid, signal.SIGKILL)
    child.communicate()


def versions(path: Path) -> set[str]:
    """The versions that readers would see; more than one would be a mixture."""
    with Bundle.open(path) as opened:
        assert opened.connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = opened.connection.execute(
            "SELECT projection FROM scope JOIN page USING (subject, projection) WHERE reader LIKE 'r%'"
        )
        return {row[0].split("/")[0] for row in rows}


def test_a_build_killed_between_begin_and_commit_leaves_the_old_site(bundle: Bundle):
    before = list(bundle.connection.iterdump())
    child = start(bundle, 100_000)
    assert child.stdout.readline() == "inside\n"
    kill(child)
    assert versions(bundle.path) == set()
    assert list(bundle.connection.iterdump()) == before
    assert AISHA in bundle.subjects()


@pytest.mark.sample(5)
@pytest.mark.parametrize("lines", range(2, 40, 3))
def test_a_build_killed_at_any_instant_leaves_one_version(bundle: Bundle, lines: int):
    """The instant is wherever the child has got to since it wrote its last line: before, in or after a commit."""
    child = start(bundle, 40)
    for _ in range(lines):
        child.stdout.readline()
    kill(child)
    assert len(versions(bundle.path)) == 1
