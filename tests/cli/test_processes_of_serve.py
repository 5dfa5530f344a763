"""The three processes of ``sendbook serve``: whichever is killed comes back, the others go on, and all end together.

A small campus is served. A request whose connection broke is sent again, as a browser does.
"""

from __future__ import annotations

import io
import os
import re
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import httpx
import pytest
from pypdf import PdfReader

from sendbook.processes.landlock import version
from tests.cli.kit import DAY, program, run, small_campus
from tests.cli.serving import Served, free_port, serving, sign_in, until

pytestmark = pytest.mark.slow
KINDS = ("builder", "press", "gate")


@pytest.fixture
def campus(tmp_path: Path) -> Path:
    root = small_campus(tmp_path / "campus")
    with (root / "records/people/p-1aaa.yml").open("a", encoding="utf-8") as senco:
        senco.write("sign_in:\n  email: senco@tiny.example\n")
    assert run("build", "--campus", root, *DAY).code == 0
    return root


@pytest.fixture
def served(campus: Path) -> Iterator[Served]:
    with serving("--demo", "--watch", "--campus", campus, *DAY) as one:
        yield one


def processes(served: Served) -> dict[str, int]:
    """The processes that a supervisor has started, by kind."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid=,args="], capture_output=True, text=True, check=True).stdout
    found = {}
    for line in listed.splitlines():
        number, parent, words = line.split(maxsplit=2)
        kind = re.search(r"sendbook\.cli\.(\w+)_process", words)
        if kind and int(parent) == served.process.pid:
            found[kind[1]] = int(number)
    return found


def all_there(served: Served) -> bool:
    return set(processes(served)) == set(KINDS)


def is_alive(number: int) -> bool:
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="ascii") if sys.platform == "linux" else ""
        os.kill(number, 0)
    except (OSError, ProcessLookupError):
        return False
    return ") Z " not in status


def asked(browser: httpx.Client, path: str) -> httpx.Response:
    """The answer, after as many tries as a person would make whose connection broke."""
    for _ in range(20):
        try:
            return browser.get(path)
        except httpx.TransportError:
            time.sleep(0.05)
    return browser.get(path)


def test_each_is_killed_at_many_instants_and_the_right_page_comes_all_the_same(served: Served) -> None:
    with served.browser() as browser:
        sign_in(browser, served.sign_ins["SENDCo"])
        page = browser.get("/students/2TST/").text
        paper = "/students/2TST/plan-2TST.pdf"
        assert asked(browser, paper).content.startswith(b"%PDF")
        for number in range(12):
            kind = KINDS[number % 3]
            assert until(lambda: all_there(served))
            before = processes(served)
            time.sleep(0.07 * number)  # at another instant of its start each time
            os.kill(before[kind], signal.SIGKILL)
            answer = asked(browser, "/students/2TST/")
            assert (answer.status_code, answer.text) == (200, page), kind
            assert until(lambda kind=kind, before=before: processes(served).get(kind) not in (None, before[kind]))
            others = {one: now for one, now in processes(served).items() if one != kind}
            assert others == {one: then for one, then in before.items() if one != kind}, "the others went on"
            assert until(lambda: asked(browser, paper).content.startswith(b"%PDF"))


def test_a_builder_killed_while_it_publishes_leaves_the_old_page_or_the_new_one(campus: Path, served: Served) -> None:
    plan, page = campus / "records/students/2TST/plan.yml", "/students/2TST/plan/"
    text = plan.read_text(encoding="utf-8")
    ways = ["slowly", "evenly", "quietly", "gladly", "at length", "by ear"]
    with served.browser() as browser:
        sign_in(browser, served.sign_ins["SENDCo"])
        for number, (before, now) in enumerate(pairwise(ways)):
            assert until(lambda: all_there(served))
            plan.write_text(text.replace("reads slowly and", f"reads {now} and"), encoding="utf-8")
            time.sleep(1.2 + 0.4 * number)
            os.kill(processes(served)["builder"], signal.SIGKILL)
            shown = asked(browser, page)
            assert shown.status_code == 200
            assert (f"reads {before} and" in shown.text) != (f"reads {now} and" in shown.text)
            assert until(lambda now=now: f"reads {now} and" in asked(browser, page).text)


def test_a_template_of_its_own_is_used_once_it_is_there_and_when_it_changes(campus: Path, served: Served) -> None:
    """Its folder is new to the confined press, which is started again for it; and a broken one is not used."""
    paper = "/students/2TST/plan-2TST.pdf"
    own = campus / "site_templates/documents/plan.typ"

    def says(browser: httpx.Client) -> str:
        return PdfReader(io.BytesIO(asked(browser, paper).content)).pages[0].extract_text()

    with served.browser() as browser:
        sign_in(browser, served.sign_ins["SENDCo"])
        ours = says(browser)
        assert "Student 2TST's plan" in ours
        own.parent.mkdir(parents=True)
        for words in ("Larkfield", "Heronfield"):
            own.write_text(f"#show: house\n#heading(level: 1)[{words}]", encoding="utf-8")
            assert until(lambda words=words: words in says(browser))
        own.write_text("#show: house\n#(", encoding="utf-8")
        assert until(lambda: says(browser) == ours)


def test_all_three_are_killed_at_once_and_come_back(served: Served) -> None:
    """The gate then finds nobody who holds the site open, and waits for the builder."""
    with served.browser() as browser:
        sign_in(browser, served.sign_ins["SENDCo"])
        page = browser.get("/students/2TST/plan/").text
        for _ in range(3):
            assert until(lambda: all_there(served))
            for number in processes(served).values():
                os.kill(number, signal.SIGKILL)
            answer = asked(browser, "/students/2TST/plan/")
            assert (answer.status_code, answer.text) == (200, page)


def test_a_supervisor_that_is_killed_can_be_started_again_at_once(campus: Path) -> None:
    """As systemd does it, while the processes of the one before it are ending."""
    for _ in range(3):
        with serving("--campus", campus, *DAY) as one, one.browser() as browser:
            assert browser.get("/healthz").text == "ok\n"
            one.process.kill()


def test_a_supervisor_that_is_killed_at_any_instant_of_its_start_leaves_nothing_in_the_way(campus: Path) -> None:
    """From its first import to the first page; a record is changed each time, so that there is something to build."""
    plan = campus / "records/students/2TST/plan.yml"
    text = plan.read_text(encoding="utf-8")
    command = program("serve", "--campus", campus, "--port", str(free_port()), *DAY)
    left: set[int] = set()
    for number in range(10):
        plan.write_text(text.replace("reads slowly and", f"reads {'so ' * number}slowly and"), encoding="utf-8")
        with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
            time.sleep(0.25 * number)
            left |= set(processes(Served(process=process, address="")).values())
            process.kill()
    assert left, "some were killed after they had started others"
    assert until(lambda: not any(map(is_alive, left)))
    with serving("--demo", "--campus", campus, *DAY) as one, one.browser() as browser:
        sign_in(browser, one.sign_ins["SENDCo"])
        assert f"reads {'so ' * 9}slowly and" in browser.get("/students/2TST/plan/").text


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux sets the limits of another process")
def test_while_the_disk_is_full_the_old_page_stays_and_the_new_one_comes_once_there_is_room(
    campus: Path, served: Served
) -> None:
    """As the builder sees it: no file may grow any more."""
    plan, page = campus / "records/students/2TST/plan.yml", "/students/2TST/plan/"
    text = plan.read_text(encoding="utf-8")
    with served.browser() as browser:
        sign_in(browser, served.sign_ins["SENDCo"])
        number = processes(served)["builder"]
        resource.prlimit(number, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        plan.write_text(text.replace("reads slowly and", "reads gladly and"), encoding="utf-8")
        assert until(lambda: "The site could not be built again" in _next_line(served))
        assert "reads slowly and" in asked(browser, page).text
        resource.prlimit(number, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        assert until(lambda: "reads gladly and" in asked(browser, page).text), "it tries again by itself"
        assert processes(served)["builder"] == number


def test_a_supervisor_that_is_killed_takes_all_with_it(served: Served, tmp_path: Path) -> None:
    assert until(lambda: all_there(served))
    children = processes(served)
    sockets = Path(_sockets_of(children["press"]))
    assert sockets.is_dir()
    served.process.kill()
    served.process.wait(30)
    assert until(lambda: not any(map(is_alive, children.values())))
    assert until(lambda: not sockets.exists())


def test_a_supervisor_that_is_asked_to_end_ends_all_and_says_nothing(served: Served) -> None:
    children = processes(served)
    served.process.terminate()
    assert served.process.wait(30) == 0
    assert not any(map(is_alive, children.values()))


def test_one_that_is_killed_during_the_first_build_is_begun_again(tmp_path: Path) -> None:
    root = small_campus(tmp_path / "campus")
    command = program("serve", "--demo", "--campus", root, "--port", str(free_port()), *DAY)
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    one = Served(process=process, address="")
    try:
        for wait in (0.1, 1.0, 2.0):
            assert until(lambda: "builder" in processes(one))
            time.sleep(wait)
            os.kill(processes(one)["builder"], signal.SIGKILL)
            assert until(lambda: "builder" in processes(one))
        told = []
        for line in process.stdout or ():
            told.append(line)
            if "Stop with Ctrl-C" in line:
                break
        assert sum("The builder has stopped by itself" in line for line in told) == 3
        assert "Stop with Ctrl-C" in told[-1]
    finally:
        process.kill()
        process.wait(30)
        process.stdout.close()


@pytest.mark.skipif(not version(), reason="this kernel has no Landlock")
def test_gate_and_press_have_given_up_their_rights_and_the_builder_has_not(served: Served) -> None:
    kept = {kind: _given_up(number) for kind, number in processes(served).items()}
    assert kept == {"gate": True, "press": True, "builder": False}


def test_the_gate_waits_for_a_site_it_can_open_and_says_so(campus: Path, served: Served) -> None:
    """The bundle is taken away under it: who comes meanwhile is told to try again, and then gets the page."""
    assert until(lambda: all_there(served))
    bundle = campus / ".sendbook/site/bundle.db"
    aside = bundle.with_name("aside.db")
    bundle.rename(aside)
    os.kill(processes(served)["gate"], signal.SIGKILL)
    assert until(lambda: "The gate waits until it can open the site" in _next_line(served))
    aside.rename(bundle)
    with served.browser() as browser:
        assert asked(browser, "/healthz").text == "ok\n"


def _next_line(served: Served) -> str:
    assert served.process.stdout is not None
    return served.process.stdout.readline()


def _given_up(number: int) -> bool:
    status = Path(f"/proc/{number}/status").read_text(encoding="ascii")
    return "NoNewPrivs:\t1" in status


def _sockets_of(number: int) -> str:
    """The folder of the socket that a process has open."""
    listed = Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()
    inodes = {str(link.readlink()).strip("socket:[]") for link in Path(f"/proc/{number}/fd").iterdir()}
    places = {line.split()[7] for line in listed if len(line.split()) == 8 and line.split()[6] in inodes}
    return next(str(Path(place).parent) for place in places if place.endswith("press.sock"))
