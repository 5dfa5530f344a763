"""The gate's settings, from the state folder and from how it is to be served."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from sendbook.campus.shipped import site_templates
from sendbook.errors import SendbookError
from sendbook.gate import Settings
from sendbook.gate.hosts import host_name
from sendbook.gate.sources import Proxies
from sendbook.places import Places


def gate_settings(state: Path, name: str | None = None, behind: Sequence[str] = ()) -> Settings:
    """The gate's settings; ``name`` is how people reach it through a proxy with TLS, ``behind`` where that is."""
    places = Places(state)
    settings = Settings(bundle=places.bundle, state=places.gate, templates=site_templates() / "gate")
    if name is None:
        if behind:
            raise SendbookError("Behind a proxy people type a name: give it with --name as well.")
        return settings
    host = name.strip().lower()
    if not host or host_name(host) != host:
        raise SendbookError(f"“{name}” is not a name alone; give it without https:// and port.")
    Proxies.named(behind)  # raises for what is no address
    return replace(settings, hosts=settings.hosts | {host}, https=True, behind=tuple(behind))
