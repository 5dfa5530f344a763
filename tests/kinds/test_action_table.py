"""The accessibility plan's actions on a page: text is text, and who may not be named is not."""

from __future__ import annotations

from datetime import date
from html import unescape

import markdown
import pytest

from sendbook.campus.folder import CampusFolder
from sendbook.campus.records import Campus, Record
from sendbook.campus.schemas import SchemaRegistry
from sendbook.campus.shipped import example, schemas
from sendbook.handbook.edition import EDITIONS
from sendbook.handbook.macros import MacroValues, expand
from sendbook.kinds.accessibility_plan.action_table import ACTIONS, STRANDS, action_tables
from sendbook.pages.macro import SaidByMacro
from sendbook.site.macro_values import macro_values

ON = date(2026, 11, 23)
KINDS = SchemaRegistry.load(schemas()).kinds
PEOPLE = {
    "p-1aaa": {"name": {"known_as": "Ms Senco"}, "staff": {"job_title": "SENDCo"}},
    "p-2bbb": {"name": {"known_as": "Mr Hidden"}, "staff": {"job_title": "Teacher"}},
}
CONTACTS = {"senco": "p-1aaa"}
NAME = "accessibility_actions"
TEXTS = {"curriculum": {"value": "| a |\n| --- |"}}


def action(**facts: object) -> dict[str, object]:
    return {
        "id": "AP-2024-27-A-01",
        "strand": "curriculum",
        "action": "Train everybody.",
        "status": "on_track",
        **facts,
    }


def table(*actions: dict[str, object], people: dict[str, dict[str, object]] | None = None) -> str:
    seen = PEOPLE if people is None else people
    return action_tables({"actions": list(actions)}, KINDS["accessibility_plan"], seen, CONTACTS)["curriculum"]


def shown(text: str) -> str:
    return markdown.markdown(text, extensions=["tables", "attr_list"])


@pytest.mark.parametrize(
    "nasty",
    [
        "a | b || c",
        "<script>alert(1)</script>",
        "{{ 7 * 7 }} {% raw %} {# x #}",
        "# no heading\n\n- no list\r\n| --- |",
        "[x](javascript:alert(1)) ![y](z.png)",
        "{: onclick=alert(1) } `code` **bold** _it_ ~~x~~",
        "&amp; &#60;b&#62; \\| \\",
        "\u2028line\u2029end\x0bof\x0call",
    ],
)
def test_text_is_shown_as_written_whatever_it_holds(nasty: str) -> None:
    """One row stays one row, one cell one cell; nothing of it is markup."""
    fields = action(
        action=nasty,
        barrier=nasty,
        owner_role=nasty,
        success={"measure": nasty, "baseline": nasty, "target": nasty},
        status="dropped",
        dropped_reason=nasty,
    )
    made = table(fields)
    assert len(made.split("\n")) == 3
    html = shown(made)
    assert html.count("<tr>") == 2
    assert html.count("<td>") == 4
    assert not any(tag in html for tag in ("<script", "<a ", "<img", "<code", "<em", "<li", "onclick="))
    assert unescape(html).count(" ".join(nasty.split())) == 7
    assert expand(made, MacroValues())[1] == ()


def test_an_owner_is_named_only_where_the_readers_may_know_them() -> None:
    """Behind the public's projection no owner stands; a named contact who holds the very post is named."""
    assert "Hidden" not in table(action(owner_role="Teacher"))
    assert "Hidden" in table(action(owner_role="Teacher", owner="p-2bbb"))
    assert "Senco" in unescape(table(action(owner_role="SENDCo")))
    assert "Senco" not in table(action(owner_role="Teacher", owner="p-9zzz"))


def test_where_it_stands_is_told_in_words() -> None:
    assert "Done, 30\u00a0January\u00a02026" in unescape(table(action(status="done", done_on="2026-01-30")))
    assert "2026" not in unescape(table(action(status="on_track", done_on="2026-01-30")))
    assert "Dropped: No need." in unescape(table(action(status="dropped", dropped_reason="No need.")))
    assert "Not started yet" in unescape(table(action(status="not_started")))
    assert "| Behind, being fixed |" in unescape(table(action(status="at_risk")))


def test_a_step_has_a_place_of_its_own_where_its_name_can_be_one() -> None:
    assert "| **Train**{: #step-ap-2024-27-a-01 } |" in table(action(action="Train"))
    assert "| **Train** |" in table(action(action="Train", id="A 1"))
    assert "| **Train** |" in table({name: value for name, value in action(action="Train").items() if name != "id"})


def test_a_strand_without_an_action_says_so() -> None:
    assert table() == "Nothing is planned here yet."


@pytest.fixture(scope="module")
def campus(registry: SchemaRegistry) -> Campus:
    """The example campus's shared records."""
    folder = CampusFolder(example(), registry)
    return folder.load(folder.scan().unit("shared")).campus


def changed(campus: Campus, **facts: object) -> Campus:
    plan = campus.get("accessibility-plan")
    assert plan is not None
    first, *others = plan.data["actions"]
    data = {**plan.data, "actions": [{**first, **facts}, *others]}
    return campus.with_records(
        [Record(id=plan.id, kind=plan.kind, student=None, path=plan.path, digest="0", data=data)]
    )


def test_the_public_tables_do_not_move_with_what_the_public_may_not_see(campus: Campus) -> None:
    """Owner, costs, reviews and evidence: change them, and every byte stays."""
    other = changed(
        campus,
        owner="p-2pv1",
        resources={"cost_capital": 1, "budget_line": "Other"},
        reviews=[],
        evidence=[],
        equality_note="Other.",
    )
    before, after = (macro_values(one, ON, "public") for one in (campus, other))
    assert before == after
    assert "Okonjo" in before.of_kinds[NAME].texts["curriculum"]["value"]
    assert "Malhotra" not in str(before)
    assert macro_values(other, ON, "family") != macro_values(campus, ON, "family")
    assert "Malhotra" in macro_values(campus, ON, "family").of_kinds[NAME].texts["curriculum"]["value"]


def test_no_edition_tells_what_anything_costs(campus: Campus) -> None:
    other = changed(campus, resources={"cost_capital": 98765.0, "cost_revenue": 43210.0, "budget_line": "Gold"})
    for edition in EDITIONS:
        values = macro_values(other, ON, edition)
        assert values == macro_values(campus, ON, edition)
        assert set(values.of_kinds[NAME].texts) == set(STRANDS)
        assert not any(secret in str(values) for secret in ("98765", "43210", "Gold"))


def test_a_campus_that_grants_the_public_nothing_says_so_instead_of_showing(campus: Campus) -> None:
    policy = campus.get("access")
    assert policy is not None
    closed = campus.with_records(
        [Record(id="access", kind="access", student=None, path=policy.path, digest="0", data={"grants": []})]
    )
    values = macro_values(closed, ON, "public")
    (problem,) = expand('{{ person("senco").email }}', values)[1]
    assert problem.code == "macro-unknown"
    assert "everyone: public" in problem.remedy


def test_a_table_stands_alone_on_its_line() -> None:
    values = MacroValues(campus={"name": "X"}, of_kinds={NAME: SaidByMacro(macro=ACTIONS, texts=TEXTS)})
    call = '{{ accessibility_actions("curriculum") }}'
    assert expand(f"Text\n\n{call}\n", values)[0] == "Text\n\n| a |\n| --- |\n"
    for body in (f"See {call}", f"- {call}", f"    {call}", f"{call} and more"):
        (problem,) = expand(body, values)[1]
        assert (problem.code, problem.line) == ("macro-alone", 1)
    (unknown,) = expand('{{ accessibility_actions("roof") }}', values)[1]
    assert unknown.hint == "Known names: curriculum."


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"status": "dropped", "dropped_reason": "The lift came first"}, "Dropped: The lift came first"),
        ({"status": "dropped"}, "Dropped"),
        ({"status": "on_track", "dropped_reason": "The lift came first"}, "On track"),
        ({"status": "done", "done_on": "2026-05-04"}, "Done, 4 May 2026"),
        ({"status": "on_track", "done_on": "2026-05-04"}, "On track"),
    ],
)
def test_where_a_step_stands_is_said_by_its_status(facts: dict[str, object], said: str) -> None:
    standing = unescape(table(action(**facts))).rstrip(" |").rpartition("| ")[2]
    assert " ".join(standing.split()) == said
