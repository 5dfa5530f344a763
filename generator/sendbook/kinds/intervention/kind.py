"""What is special about the kind `intervention`, put together."""

from __future__ import annotations

from sendbook.kinds.intervention import INTERVENTION
from sendbook.kinds.intervention.library_pages import PROVISION_LIBRARY
from sendbook.kinds.kind_of_record import KindOfRecord

INTERVENTION_KIND = KindOfRecord(name=INTERVENTION, campus_pages=(PROVISION_LIBRARY,))
