"""What a code means, rule or not, in words for somebody who meets it in a log: ``sendbook check --explain CODE``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cache
from typing import Any

from sendbook.campus.schemas import Kind, SchemaRegistry
from sendbook.campus.shipped import schemas
from sendbook.checks.finding import Severity
from sendbook.checks.meanings import MEANINGS, Meaning
from sendbook.checks.rule_book import RuleBook
from sendbook.checks.rules.rule import HOUSE_RULE, Duty, Rule

_SETTINGS = {
    "maintained": "maintained schools",
    "academy": "academies",
    "independent_section_41": "independent schools approved under section 41",
    "independent": "other independent schools",
}
_ARE = {
    "maintained": "a maintained school",
    "academy": "an academy",
    "independent_section_41": "an independent school approved under section 41",
    "independent": "an independent school",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Explained:
    """A code: what it is called, why it is asked, what to do, and its source if it is a rule."""

    code: str
    title: str
    text: str
    remedy: str = ""
    source: str = ""


def entry_of(code: str, rules: RuleBook) -> Rule[Any] | Meaning | None:
    """Returns the rule or the meaning behind a code, however it is spelled; None if it is none of ours."""
    return _entries(rules).get(code.casefold())


@cache
def _entries(rules: RuleBook) -> Mapping[str, Rule[Any] | Meaning]:
    """Every rule and every other meaning by its code in small letters."""
    of_rules = {rule.id.casefold(): rule for rule in rules.every}
    return {**of_rules, **{code.casefold(): meaning for code, meaning in MEANINGS.items()}}


def code_of(entry: Rule[Any] | Meaning) -> str:
    """Returns the code as findings show it."""
    return entry.id if isinstance(entry, Rule) else entry.code


def explained(code: str, rules: RuleBook) -> Explained | None:
    """The code in short, or nothing if it is none of ours; however it is spelled."""
    found = entry_of(code, rules)
    if isinstance(found, Rule):
        remedy = rules.what_to_do[found.id]
        return Explained(code=found.id, title=found.title, text=found.explanation, remedy=remedy, source=found.citation)
    if found is None:
        return None
    return Explained(code=found.code, title=found.title, text=found.text, remedy=found.remedy)


def meant(code: str, rules: RuleBook) -> str:
    """The code that was probably meant, or nothing."""
    near = get_close_matches(code.casefold(), _entries(rules), n=1, cutoff=0.5)
    return code_of(_entries(rules)[near[0]]) if near else ""


def explanation(code: str, rules: RuleBook, setting: str | None = None) -> str | None:
    """All there is to say of a code; for a school of this kind, if it is known which."""
    found = entry_of(code, rules)
    if found is None:
        return None
    if isinstance(found, Meaning):
        lines = [
            ("What to do", found.remedy),
            ("Severity", "Each finding says which; an error holds back whatever depends on it."),
        ]
        return _laid_out(found.code, found.title, found.text, lines)
    return _laid_out(found.id, found.title, found.explanation, _of_rule(found, rules, setting))


def _laid_out(code: str, title: str, text: str, lines: list[tuple[str, str]]) -> str:
    told = "\n".join(f"  {f'{label}:':<13} {said}" for label, said in lines)
    return f"{code}  {title}\n\n{text}\n\n{told}"


def _of_rule(rule: Rule[Any], rules: RuleBook, setting: str | None) -> list[tuple[str, str]]:
    lines = [("What to do", rules.what_to_do[rule.id]), ("Severity", _severity(rule, setting))]
    lines.append(("Source", rule.source))
    if rule.source != HOUSE_RULE:
        read = "read against the published text" if rule.confirmed else "still to be read against the published text"
        lines.append(("Paragraph", read))
        lines.append(
            ("Binds", ", ".join(said for name, said in _SETTINGS.items() if name in rule.binds) or "no school")
        )
    lines.append(("Here", _here(rule, setting)))
    lines.append(("In force", _in_force(rule.in_force_from, rule.in_force_until)))
    registry = SchemaRegistry.load(schemas())
    parts = rules.parts_of(rule, registry)
    if parts:
        rests_on = _in_words(parts, registry.kinds)
        lines.append(("Rests on", f"{rests_on}. Anyone who sees all of it may see its findings"))
    return lines


def _in_words(parts: Iterable[tuple[str, str]], kinds: Mapping[str, Kind]) -> str:
    """Parts by kind as the shipped schemas say them, each with the name that access.yml has for it."""
    return "; ".join(f"{kinds[kind].part_in_words(part)} ({kind}: {part})" for kind, part in parts)


def _severity(rule: Rule[Any], setting: str | None) -> str:
    severity = rule.severity if setting is None else rule.severity_in(setting)
    if setting is None and rule.severities != severity:
        return f"{rule.severities}; run it in a campus to see which for that school"
    if severity is Severity.ERROR and rule.in_time:
        return "error, which holds back whatever depends on it; a warning where a date alone can bring it about"
    if severity is Severity.ERROR:
        return "error: whatever depends on it is held back until you correct it"
    return "warning: it needs your attention but stops nothing"


def _here(rule: Rule[Any], setting: str | None) -> str:
    if rule.source == HOUSE_RULE:
        return "house policy; its thresholds can be changed under house_rules in campus.yml where it has any"
    if setting is None:
        return "law" if rule.law else "guidance or policy; run it in a campus to see which for that school"
    weight = "law" if rule.duty_in(setting) is Duty.LAW else "policy that the school chooses to follow; it is not law"
    if weight != "law" and setting in rule.binds:
        weight = "statutory guidance that the school must have regard to"
    return f"{weight} ({_ARE.get(setting, setting)})"


def _in_force(since: date | None, until: date | None) -> str:
    begins = f"since {since}" if since else "now"
    return f"{begins}, until {until}" if until else begins
