"""What is special about the kind `profile`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.profile import PROFILE

PROFILE_KIND = KindOfRecord(name=PROFILE)
