"""Names the kinds of record that the house itself rests on: who is here, and who may see what.

Rooms below `kinds/` may name these and no other; any other kind reaches them as data.
"""

from __future__ import annotations

from typing import Final

CAMPUS: Final = "campus"
PERSON: Final = "person"
STUDENT: Final = "student"
ACCESS: Final = "access"
ACCESS_TESTS: Final = "access_tests"
WITHDRAWN: Final = "withdrawn"
