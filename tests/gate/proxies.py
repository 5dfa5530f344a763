"""nginx and Caddy with the settings that sendbook prints, in front of a gate, on ports of this machine."""

from __future__ import annotations

import os
import re
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from tests.cli.kit import run
from tests.cli.serving import free_port

NAME = "send.school.example"
_NGINX = """
daemon off;
pid {folder}/nginx.pid;
worker_rlimit_nofile 8192;
events {{ worker_connections 4096; }}
http {{
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/sendbook.conf;
}}
"""


def program(name: str) -> str:
    """Where nginx or caddy is; skips, or in CI fails, where there is none."""
    beside = Path(sys.executable).parent / name
    found = str(beside) if beside.exists() else shutil.which(name) or shutil.which(f"/usr/sbin/{name}")
    if found is None:
        reason = f"There is no {name} here, so its settings are not tried. make test-slow installs it where it may."
        if os.environ.get("CI") == "true":
            pytest.fail(f"{reason} In CI it must be.", pytrace=False)
        pytest.skip(reason)
    return found


def certificate(folder: Path) -> tuple[Path, Path]:
    """A certificate that nobody else has signed, and its key."""
    made, key = folder / "certificate.pem", folder / "key.pem"
    asked = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}"]
    subprocess.run([*asked, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    return made, key


def settings_of(kind: str, port: int) -> str:
    """What `sendbook proxy` prints for a gate on this port."""
    told = run("proxy", kind, "--name", NAME, "--port", str(port))
    assert told.code == 0, told
    assert f"127.0.0.1:{port}" in told.out
    return told.out


@contextmanager
def nginx(folder: Path, gate: int) -> Iterator[int]:
    """nginx, with no change to its settings but ports, certificate and where it logs."""
    made, key = certificate(folder)
    port = free_port()
    text = settings_of("nginx", gate)
    text = re.sub(r"listen \[::\]:\d+.*;\n", "", text)
    text = text.replace("listen 80;", f"listen 127.0.0.1:{free_port()};").replace("443", f"127.0.0.1:{port}")
    text = re.sub(r"ssl_certificate .*;", f"ssl_certificate {made};", text)
    text = re.sub(r"ssl_certificate_key .*;", f"ssl_certificate_key {key};", text)
    text = text.replace("/var/log/nginx/sendbook.log", str(folder / "error.log"))
    (folder / "sendbook.conf").write_text(text)
    (folder / "nginx.conf").write_text(_NGINX.format(folder=folder))
    command = [program("nginx"), "-e", str(folder / "start.log"), "-c", str(folder / "nginx.conf")]
    with _running([*command, "-p", str(folder)], port, folder):
        yield port


@contextmanager
def caddy(folder: Path, gate: int) -> Iterator[int]:
    """Caddy, with no change to its settings but ports and certificate."""
    made, key = certificate(folder)
    port = free_port()
    text = settings_of("caddy", gate)
    ports = f"\thttp_port {free_port()}\n\thttps_port {port}\n\tauto_https disable_redirects\n\tadmin off\n"
    text = text.replace("\tadmin off\n", ports)
    text = text.replace(f"\n{NAME} {{\n", f"\n{NAME} {{\n\ttls {made} {key}\n\tbind 127.0.0.1\n")
    (folder / "Caddyfile").write_text(text)
    command = [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(folder / "Caddyfile")]
    with _running(command, port, folder):
        yield port


RUNNING = {"nginx": nginx, "caddy": caddy}


@contextmanager
def _running(command: list[str], port: int, folder: Path) -> Iterator[None]:
    said = folder / "said.log"
    home = {**os.environ, "HOME": str(folder), "XDG_DATA_HOME": str(folder), "XDG_CONFIG_HOME": str(folder)}
    with said.open("wb") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=home)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            assert process.poll() is None, said.read_text()
            time.sleep(0.1)
        else:
            raise AssertionError(said.read_text())
        yield
    finally:
        process.terminate()
        process.wait(20)


def connect(port: int, *, source: str = "127.0.0.1") -> ssl.SSLSocket:
    """A connection through TLS from one of this machine's many addresses."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    plain = socket.create_connection(("127.0.0.1", port), timeout=20, source_address=(source, 0))
    return context.wrap_socket(plain, server_hostname=NAME)
