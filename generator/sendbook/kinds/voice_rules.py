"""The rule about what families say, in a plan or at a meeting: it is the family's own."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.checks.case import Case
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule
from sendbook.kinds.meeting import MEETING
from sendbook.kinds.plan import PLAN


@rule("FAM-05", "The family's words are those of the family", source=HOUSE_RULE,
      parts=(("student", "family"), ("plan", "family_voice"), ("meeting", "family_voice")))  # fmt: skip
def words_of_the_family(case: Case) -> Iterator[Spot]:
    """Each household reads what it said itself, and not what another did: words under somebody else's id are shown to
    nobody in the family. Those who belonged to it before may have spoken too.
    """
    if case.header is None:
        return
    family = {relation["person"] for relation in case.header.data.get("family", ())}
    for record in (*case.all(PLAN), *case.all(MEETING)):
        for index, said in enumerate(record.data.get("family_voice", ())):
            if said["from"] not in family:
                message = "Here are words of the family, from somebody who is not in this student's family."
                remedy = "Write the id of the one who said it, as under “family:” in student.yml."
                yield Spot(record, f"/family_voice/{index}/from", message, remedy)


RULES: tuple[Rule[Case], ...] = (words_of_the_family,)
