"""The gate beside the same server sending the same bytes with no sign-in and no audit.

    python benchmarks/gate.py            about a minute; only ever talks to 127.0.0.1

Both are uvicorn with uvloop and httptools in a process of their own, asked by `wrk` with 16 and with 200
connections for pages of 200 students, deflated. The plain server holds every answer ready in a dictionary; the
gate finds the session and the page, joins page and shell, and commits a row of its audit log before it answers.
Rounds alternate, and the median of the ratios counts: the bar is a third.
"""

import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import zlib
from datetime import date
from pathlib import Path

import uvicorn
from argon2 import PasswordHasher

from sendbook.bundle import Bundle, Fragment, Shell, look_up
from sendbook.bundle.addresses import stands_for
from sendbook.bundle.look_up import page, shell_of
from sendbook.bundle.pieces import stored
from sendbook.gate.app import create_app
from sendbook.gate.headers import DEFLATE, HTML, NO_STORE, NOT_INDEXED, common
from sendbook.gate.passwords import Passwords
from sendbook.gate.server import configuration, listen
from sendbook.gate.settings import Settings

STUDENTS, PAGES, SECONDS, ROUNDS = 200, 6, 4, 3
TEMPLATES = Path(__file__).parents[1] / "site_templates" / "gate"
TODAY = date(2026, 11, 23)
EMAIL, PASSWORD = "reader@school.example", "three plain words"
WORDS = [
    "reads",
    "with",
    "a",
    "ruler",
    "and",
    "rests",
    "every",
    "twenty",
    "minutes",
    "between",
    "tasks",
    "at",
    "length",
]
LUA = """
local paths = {%s}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n %% #paths + 1])
end
done = function(summary, latency, requests)
  local errors = summary.errors.status + summary.errors.connect + summary.errors.read
  local p99 = latency:percentile(99)
  io.write(string.format("RESULT %%d %%d %%d %%d %%d\\n", summary.requests, summary.duration, p99, errors,
    summary.errors.timeout))
end
"""


class StoppedClock:
    """The day of the bundle; sessions need no more."""

    def now(self) -> float:
        return time.time()

    def today(self) -> date:
        return TODAY


def paths() -> list[str]:
    return [f"/students/S{number:03d}/{name}/" for number in range(STUDENTS) for name in range(PAGES)]


def make_bundle(file: Path) -> None:
    """Pages of 4.5 kB in a shell of 11 kB, as the site's are."""
    with Bundle.create(file) as bundle, bundle.publish() as change:
        shell = "".join(f"<li><a href='/handbook/{n}/'>{' '.join(WORDS[n % 7 :])} {n}</a></li>" for n in range(100))
        change.set_shell("staff", Shell.cut(f"<title>@@title@@</title>@@account@@<nav>@@nav@@{shell}</nav>@@content@@"))
        change.set_reader("r", name="Robin Reader", edition="staff", address=stands_for(EMAIL))
        for number in range(STUDENTS):
            subject = f"S{number:03d}"
            text = [f"<p>{' '.join(WORDS[k % 11 :])} {number * k}</p>" for k in range(70)]
            pages = {
                f"/students/{subject}/{name}/": Fragment(title=f"{subject} {name}", content="".join(text[name:]))
                for name in range(PAGES)
            }
            change.put_pages(subject, "all", pages)
            change.set_scopes(subject, [("r", "all", None, "teaches")])


def settings(folder: Path) -> Settings:
    return Settings(bundle=folder / "bundle.db", state=folder / "gate", templates=TEMPLATES)


def run_server(kind: str, folder: Path, port: int) -> None:
    """In the child process: the gate, or the plain server."""
    given = settings(folder)
    passwords = Passwords(PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    if kind == "gate":
        app = create_app(given, clock=StoppedClock(), passwords=passwords)
        app.accounts.add("r", EMAIL, PASSWORD)
    else:
        app = plain_server(given.bundle)
    config = configuration(app, given) if kind == "gate" else bare_configuration(app)
    uvicorn.Server(config).run(sockets=[listen("127.0.0.1", port)])


def bare_configuration(app) -> uvicorn.Config:
    """uvicorn by itself, without the gate's limits."""
    return uvicorn.Config(
        app, http="httptools", ws="none", access_log=False, server_header=False, proxy_headers=False, log_level="error"
    )


def plain_server(file: Path):
    """Every answer ready to send."""
    with Bundle.reading(file) as bundle:
        _, shell = shell_of(bundle.connection, "staff")
        answers = {}
        for path in paths():
            pieces = look_up(bundle.connection, "r", path, TODAY).pieces()
            answers[path.encode()] = page(shell, {**pieces, "account": stored(b"Robin Reader")}, deflated=True)
    headers = [HTML, NO_STORE, NOT_INDEXED, DEFLATE, *common(None, https=False)]

    async def app(scope, receive, send):
        if scope["type"] == "lifespan":
            while (await receive())["type"] != "lifespan.shutdown":
                await send({"type": "lifespan.startup.complete"})
            await send({"type": "lifespan.shutdown.complete"})
            return
        body = answers[scope["raw_path"]]
        length = (b"content-length", str(len(body)).encode())
        await send({"type": "http.response.start", "status": 200, "headers": [*headers, length]})
        await send({"type": "http.response.body", "body": body})

    return app


def start(kind: str, folder: Path, port: int) -> subprocess.Popen[bytes]:
    child = subprocess.Popen([sys.executable, __file__, "--serve", kind, str(folder), str(port)])
    for _ in range(100):
        time.sleep(0.1)
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}{paths()[0]}").close()
        except OSError:
            continue
        return child
    child.kill()
    raise SystemExit(f"the {kind} server did not start")


def sign_in(port: int) -> str:
    """The session's cookie."""
    base = f"http://127.0.0.1:{port}"
    with urllib.request.urlopen(f"{base}/sign-in") as form:  # noqa: S310 - our own address
        before = form.headers["set-cookie"].partition(";")[0]
        token = re.findall(r'name="csrf_token" value="([^"]+)"', form.read().decode())[-1]
    fields = urllib.parse.urlencode({"email": EMAIL, "password": PASSWORD, "csrf_token": token}).encode()
    request = urllib.request.Request(f"{base}/sign-in", fields, {"Cookie": before})  # noqa: S310
    opener = urllib.request.build_opener(NoRedirect)
    try:
        opener.open(request)
    except urllib.error.HTTPError as answer:
        return answer.headers.get_all("set-cookie")[0].partition(";")[0]
    raise SystemExit("could not sign in")


class NoRedirect(urllib.request.HTTPRedirectHandler):
    """Leaves a redirect to be looked at."""

    def redirect_request(self, *_: object) -> None:
        return None


def ask(port: int, connections: int, script: Path, cookie: str) -> tuple[float, float]:
    """Requests a second, and the 99th percentile in milliseconds."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS}s", "-s", str(script), "--latency"]
    command += ["-H", "Accept-Encoding: gzip, deflate", "-H", f"Cookie: {cookie}", f"http://127.0.0.1:{port}"]
    out = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    requests, micros, p99, errors, late = map(int, re.findall(r"RESULT (\d+) (\d+) (\d+) (\d+) (\d+)", out)[0])
    if errors:
        raise SystemExit(f"{errors} answers were errors")
    if late:
        print(f"  ({late} of {requests:,} answers took longer than two seconds)")
    return requests / micros * 1e6, p99 / 1000


def check_same(ports: dict[str, int], cookie: str) -> None:
    """Both send the same page."""
    sent = {}
    for kind, port in ports.items():
        headers = {"Cookie": cookie, "Accept-Encoding": "deflate"}
        request = urllib.request.Request(f"http://127.0.0.1:{port}{paths()[7]}", headers=headers)
        with urllib.request.urlopen(request) as answer:  # noqa: S310
            sent[kind] = zlib.decompress(answer.read())
    assert sent["gate"] == sent["plain"], "the two servers don't send the same"
    print(f"a page is {len(sent['gate']):,} bytes of HTML")


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        make_bundle(folder / "bundle.db")
        script = folder / "paths.lua"
        script.write_text(LUA % ",".join(f'"{path}"' for path in paths()))
        ports = {"gate": 8971, "plain": 8972}
        children = [start(kind, folder, port) for kind, port in ports.items()]
        try:
            cookie = sign_in(ports["gate"])
            check_same(ports, cookie)
            for connections in (16, 200):
                compare(ports, dict(zip(ports, children, strict=True)), connections, script, cookie)
        finally:
            for child in children:
                child.terminate()
            for child in children:
                child.wait(timeout=10)


def compare(
    ports: dict[str, int], children: dict[str, subprocess.Popen[bytes]], connections: int, script: Path, cookie: str
) -> None:
    """Alternating rounds; CPU time is told as well, because it hardly depends on what else the machine does."""
    ratios: list[float] = []
    told: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in ports}
    for _ in range(ROUNDS):
        for kind, port in ports.items():
            before = cpu_seconds(children[kind].pid)
            rate, p99 = ask(port, connections, script, cookie)
            spent = cpu_seconds(children[kind].pid) - before
            told[kind].append((rate, p99, spent / (rate * SECONDS) * 1e6))
        ratios.append(told["gate"][-1][0] / told["plain"][-1][0])
    print(f"{connections} connections: ratio {statistics.median(ratios):.2f} (bar 0.33)")
    for kind, rounds in told.items():
        rate, p99, spent = (statistics.median(values) for values in zip(*rounds, strict=True))
        print(f"  {kind}: {rate:,.0f} a second, p99 {p99:.1f} ms, {spent:.0f} µs of CPU each")


def cpu_seconds(process: int) -> float:
    """What a process has spent so far."""
    fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        run_server(sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    else:
        main()
