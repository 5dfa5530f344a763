"""Starts the gate on an address, after making sure that it may."""

import errno
import ipaddress
import resource
import socket
from contextlib import closing
from functools import partial
from types import FrameType

import uvicorn

from sendbook.bundle import Press
from sendbook.errors import ServeError
from sendbook.gate.accounts import has_demo
from sendbook.gate.app import create_app
from sendbook.gate.clock import Clock
from sendbook.gate.connections import Connections
from sendbook.gate.headers import common
from sendbook.gate.private_files import open_database
from sendbook.gate.settings import LOOPBACK_NAMES, Settings
from sendbook.gate.sources import Proxies
from sendbook.gate.wire import Wire

#: Files that the gate itself holds open, and a burst of connections on their way out.
_FILES_BESIDES = 200
#: As many files as we ask the machine for, if it lets us: connections that were given up close a moment later.
_FILES_WANTED = 4096


def serve(
    settings: Settings, listening: socket.socket, *, clock: Clock | None = None, press: Press | None = None
) -> None:
    """Serve everybody who comes to a listening socket until stopped. Raises `ServeError` if it may not be served on."""
    check_address(settings, str(listening.getsockname()[0]))
    gate = create_app(settings, clock=clock, press=press)
    try:
        _Server(configuration(gate, settings)).run(sockets=[listening])
    finally:
        gate.close()


class _Server(uvicorn.Server):
    """uvicorn, for which pressing Ctrl-C twice is the same as once: it would give up half way and say where it was."""

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        if not self.should_exit:
            super().handle_exit(sig, frame)


def check_address(settings: Settings, address: str) -> None:
    """Refuse what would put a demonstration's passwords, or anybody's in the clear, on a network."""
    with closing(open_database(settings.database)) as connection:
        demo = has_demo(connection)
    outside = not is_loopback(address)
    if demo and (outside or settings.https or not settings.hosts <= LOOPBACK_NAMES):
        raise ServeError("There are demonstration accounts; the gate serves them on this machine (127.0.0.1) only.")
    if outside and not settings.https:
        raise ServeError(
            f"On {address} passwords would cross the network in the clear; put a proxy with TLS in front and say so."
        )


def is_loopback(address: str) -> bool:
    """Whether an address can be reached from this machine only; a name other than localhost is not trusted to be."""
    try:
        return ipaddress.ip_address(address.strip("[]")).is_loopback
    except ValueError:
        return address == "localhost"


def listen(address: str, port: int) -> socket.socket:
    """A socket that listens, or one clear sentence why there is none."""
    bare = address.strip("[]")
    listening = socket.socket(socket.AF_INET6 if ":" in bare else socket.AF_INET, socket.SOCK_STREAM)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((bare, port))
        listening.listen(2048)
    except OSError as error:
        listening.close()
        remedy = " Choose another port." if error.errno == errno.EADDRINUSE else ""
        raise ServeError(f"Can't serve on {address} port {port}: {error.strerror or error}.{remedy}") from None
    return listening


def configuration(app: object, settings: Settings) -> uvicorn.Config:
    """uvicorn as we need it: with our limits, no name of the server, no log of addresses, and no forwarded header
    believed: `Sources` reads those of a named proxy.
    """
    limits = settings.limits
    connections = Connections(
        most=min(limits.connections, max(16, _files() - _FILES_BESIDES)),
        most_of_one=limits.connections_of_one,
        exempt=Proxies.named(settings.behind).has,
    )
    wire = partial(Wire, limits=limits, connections=connections, headers=common(None, https=settings.https))
    return uvicorn.Config(
        app,  # type: ignore[arg-type] # any ASGI callable
        http=wire,  # type: ignore[arg-type] # called as the class would be
        ws="none",
        lifespan="on",
        access_log=False,
        server_header=False,
        proxy_headers=False,
        log_level="warning",
        timeout_graceful_shutdown=5,
    )


def _files() -> int:
    """How many files this process may open, after asking for as many as we want."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < _FILES_WANTED:
        soft = _FILES_WANTED if hard == resource.RLIM_INFINITY else min(hard, _FILES_WANTED)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return soft
