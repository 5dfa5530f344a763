"""What must be so before a student signs in: a decision that was made for them, and the age the campus has set."""

from __future__ import annotations

from collections.abc import Iterator

from sendbook.access.spans import words
from sendbook.checks.case import Case, date_of
from sendbook.checks.finding import Severity
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
    if date_of(decision["on"]) > case.on:
        message = "The account was decided for a day still to come; until then the address opens nothing."
        remedy, opens = "Correct the day, if it was decided before.", f"It opens on {words(date_of(decision['on']))}."
        yield Spot(header, "/account_decision/on", message, remedy, hint=opens)


@rule("ACC-11", "An account of a student's own was decided by somebody who works here", source=HOUSE_RULE,
      severity=Severity.ERROR, parts=_DECISION)  # fmt: skip
def decided_at_work(case: Case) -> Iterator[Spot]:
    """Who decides has a duty here on that day, and is no family of the student's; otherwise the account stays shut."""
    decision = case.header.data.get("account_decision") if case.header is not None else None
    if case.header is None or decision is None:
        return
    if decision["by"] in {relation["person"] for relation in case.header.data.get("family", ())}:
        message = "A member of this student's family decided about the account, so it opens nothing."
        remedy = "Let somebody decide who works here and isn't family, and name them with the day."
    elif not case.basis.accounts.may_decide(case.header.data, decision["by"], decision["on"]):
        message = "Somebody without a duty here on that day decided about the account, so it opens nothing."
        remedy = "Name who decided and worked here on that day, or have it decided again and write that day."
    else:
        return
    yield Spot(case.header, "/account_decision/by", message, remedy)


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
        message, remedy = (
            "The student is too young for an account.",
            "Nothing to do, unless the date of birth is wrong.",
        )
        # With the age that campus.yml says, this day is the date of birth: it goes on the SENDCo's own screen alone.
        yield Spot(header, "/account_decision", message, remedy, hint=f"It opens on {words(opens)}.")


RULES: tuple[Rule[Case], ...] = (account_decided, decided_at_work, old_enough)
