"""How often Python looks for cycles while a site is built: seldom, because records and pages hold hardly any.

Looking as often as Python does by itself takes a fifth of a build, and finds nothing.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

_SELDOM = (20_000, 20, 100)


def collect_seldom() -> None:
    """Has Python collect garbage seldom for the rest of this process, which does nothing else."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Has Python collect garbage seldom for as long as the block runs."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)
