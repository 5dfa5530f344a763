"""``sendbook proxy``: the settings of nginx or Caddy for a campus, which sendbook tests against the real programs."""

from __future__ import annotations

import click

from sendbook.campus.shipped import proxies
from sendbook.errors import SendbookError
from sendbook.gate.hosts import host_name

_FILES = {"nginx": "nginx.conf", "caddy": "Caddyfile"}
#: What the files are written with, to be replaced.
NAME, PORT = "send.school.example", "127.0.0.1:8321"
_COMMANDS = (" > /etc/", " --behind 127.0.0.1")


def proxy(program: str, name: str, port: int) -> int:
    """Prints the file with the campus's own name and port, letter by letter."""
    if not name or host_name(name.lower()) != name.lower() or name.startswith("["):
        raise SendbookError(f"“{name}” is not a name alone; give it without https:// and port.")
    text = (proxies() / _FILES[program]).read_text(encoding="utf-8")
    address = f"127.0.0.1:{port}"
    if address != PORT:
        # The commands in the file's comments are copied as they are: without the port they would start another site.
        for after in _COMMANDS:
            text = text.replace(f"--name {NAME}{after}", f"--name {NAME} --port {port}{after}")
    click.echo(text.replace(NAME, name.lower()).replace(PORT, address), nl=False)
    return 0
