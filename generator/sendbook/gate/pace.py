"""Limits how often one caller may ask: as often as people type, and not a thousand times as a program might."""

from collections import OrderedDict

_MOST_CALLERS = 5000


class Pace:
    """Each caller has `at_once` questions to spend and gets one back every `every` seconds."""

    def __init__(self, *, at_once: int, every: float) -> None:
        self._at_once = at_once
        self._every = every
        self._spent: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, caller: str, now: float) -> float:
        """Seconds until the caller may ask, 0 for now; asking now is counted."""
        spent, at = self._spent.get(caller, (0.0, now))
        left = max(0.0, spent - max(0.0, now - at) / self._every)
        if left + 1 > self._at_once:
            return (left + 1 - self._at_once) * self._every
        self._spent[caller] = (left + 1, now)
        self._spent.move_to_end(caller)
        while len(self._spent) > _MOST_CALLERS:
            self._spent.popitem(last=False)
        return 0.0
