"""What is special about the kind `plan`, put together."""

from __future__ import annotations

from sendbook.kinds.kind_of_record import KindOfRecord
from sendbook.kinds.plan import PLAN
from sendbook.kinds.plan.plan_records import ends_of_provision
from sendbook.kinds.plan.words import TELLERS

PLAN_KIND = KindOfRecord(
    name=PLAN,
    tellers=TELLERS,
    ends=ends_of_provision,
)
