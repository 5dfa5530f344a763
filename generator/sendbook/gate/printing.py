"""Documents made when they are asked for: in threads of their own, a few at once, the latest kept in memory.

How a document is made is handed in (`Press`): the gate knows bytes and keys. What is kept is found by the digest of its
print data, which came with the look-up, so nobody gets a document that was not looked up for them.
"""

import asyncio
import re
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from sendbook.bundle import Found, Press
from sendbook.errors import DocumentError, ServeError

#: So many compile at the same time: pages must be answered meanwhile.
_AT_ONCE = 2
#: Seconds that anybody waits for a document, its turn included.
_PATIENCE = 75.0
#: So many documents stay in memory; a plan is about 90 kB.
_KEPT = 64
_FILE_NAME = re.compile(r"[A-Za-z0-9._-]+")


class Printing:
    """The press room of a gate."""

    def __init__(self, press: Press | None) -> None:
        self._press = press
        self._pool = ThreadPoolExecutor(_AT_ONCE, thread_name_prefix="press")
        self._made: OrderedDict[bytes, asyncio.Future[bytes]] = OrderedDict()
        self._version = -1

    async def document(self, found: Found, version: int) -> bytes:
        """The document of print data. Somebody who asks for one that is being made waits for that one.

        ``version`` is another after each publication. What was made before is then made anew when it is asked for: the
        campus's own templates may have changed.
        """
        if version != self._version:
            self._made.clear()
            self._version = version
        under_way = self._made.get(found.digest)
        if under_way is None or under_way.get_loop() is not asyncio.get_running_loop():
            under_way = self._begin(found)
            self._made[found.digest] = under_way
        self._made.move_to_end(found.digest)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        try:
            return await asyncio.wait_for(asyncio.shield(under_way), _PATIENCE)
        except TimeoutError:
            raise DocumentError("There are too many documents to make.") from None  # whoever asks again waits for it
        except asyncio.CancelledError:
            raise  # the visitor went away; who else waits still gets it
        except Exception:
            self._made.pop(found.digest, None)
            raise

    def _begin(self, found: Found) -> "asyncio.Future[bytes]":
        if self._press is None:
            raise ServeError("This gate was started without a press, so it can't make documents.")
        loop = asyncio.get_running_loop()
        return asyncio.ensure_future(loop.run_in_executor(self._pool, self._press, found.file(deflated=False)))

    def close(self) -> None:
        """End the threads."""
        self._pool.shutdown(wait=False, cancel_futures=True)


def disposition(path: str) -> bytes:
    """Shown in the browser, and saved under the last step of its path, which holds an id and no name."""
    name = path.rpartition("/")[2]
    safe = name if _FILE_NAME.fullmatch(name) else "document.pdf"
    return f'inline; filename="{safe}"'.encode()
