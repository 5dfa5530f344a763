"""Reads YAML of ours as `yaml.safe_load` does, and ten times as fast where PyYAML was compiled with libyaml."""

from __future__ import annotations

from typing import Any

import yaml

_LOADER: type[yaml.SafeLoader] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(text: str) -> Any:
    """Returns what a YAML text holds."""
    return yaml.load(text, Loader=_LOADER)  # noqa: S506 - it is the safe one, in C
