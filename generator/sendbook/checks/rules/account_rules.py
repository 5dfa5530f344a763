"""What must be so before a student signs in: a decision that was made for them, and the age the campus has set."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.access.spans import words
from sendbook.checks.case import Case, day
from sendbook.checks.rules.rule import HOUSE_RULE, Rule, Spot, rule

_DECISION = (("student", "account_decision"),)


@rule("ACC-03", "An account of a student's own was decided", source=HOUSE_RULE, parts=_DECISION)
def account_decided(case: Case) -> Iterator[Spot]:
    """Anybody who looks over a child's shoulder at home reads what the child reads: an adult answers for it."""
    header = case.header
    if header is None or "sign_in" not in header.data:
        return
    decision = header.data.get("account_decision")
    if decision is None:
        message = "There is an address to sign in with, but nobody has decided about an account, so it opens nothing."
        yield Spot(header, "/sign_in", message, "Add “account_decision:” with on, by and reason, or take it out.")
        return
    if decision["by"] in {relation["person"] for relation in header.data.get("family", ())}:
        message = "A member of this student's family decided about the account, so it opens nothing."
        yield Spot(header, "/account_decision/by", message, "Let somebody decide who isn't family, and name them.")
    elif not _worked_here(case, str(decision["by"]), str(decision["on"])):
        message = "Somebody who did not work here on that day decided about the account."
        yield Spot(header, "/account_decision/by", message, "Name the member of staff who answers for it.")
    elif day(decision["on"]) > case.on:
        message = f"The account opens on {words(day(decision['on']))}; until then the address opens nothing."
        yield Spot(header, "/account_decision/on", message, "Correct the day, if it was decided before.")


@rule("ACC-04", "No account below the age the campus has set", source=HOUSE_RULE,
      parts=(*_DECISION, ("student", "background")))  # fmt: skip
def old_enough(case: Case) -> Iterator[Spot]:
    """Below that age nobody has an account, whatever was decided; on the birthday it opens by itself."""
    header = case.header
    if header is None or "sign_in" not in header.data or "account_decision" not in header.data:
        return
    opens = case.basis.accounts.old_enough_on(header.data)
    if opens is None:
        message = "The campus has not said from what age students have an account, so nobody has one."
        yield Spot(header, "/account_decision", message, "Add “student_accounts:” with the youngest age to campus.yml.")
    elif opens > case.on:
        message = f"The student is too young for an account, which opens on {words(opens)}."
        yield Spot(header, "/account_decision", message, "Nothing to do, unless the date of birth is wrong.")


def _worked_here(case: Case, person: str, on: str) -> bool:
    staff = case.person(person).get("staff")
    return staff is not None and on <= str(staff.get("left_on", on))


RULES: tuple[Rule[Case], ...] = (account_decided, old_enough)
