"""A student's pages follow from the projection: sections come and go with their parts, and nothing else shows."""

from __future__ import annotations

from typing import Any

import pytest

from sendbook.kinds.page_order import BY_NAME, PAGES
from sendbook.kinds.profile.profile_sections import joined
from sendbook.pages.reading import WhoSees, reading_of
from sendbook.pages.sections import Section, sections_of
from tests.site.small_student import PARTS, Outline, around, is_sound, pages, projected, records

HOME = "/students/7Q4K/"
#: For every (kind, part): the words by which its data can be told on a page.
TELLTALE = {
    ("student", "background"): "10\N{NO-BREAK SPACE}January\N{NO-BREAK SPACE}2014",
    ("student", "attendance"): "96.5%",
    ("student", "medical"): "Healthcare plan",
    ("student", "register"): "Specific learning difficulty",
    ("student", "account"): "aaron@small.example",
    ("student", "senco_notes"): "A note on the record.",
    ("plan", "needs"): "Reads slowly.",
    ("plan", "outcomes"): "Aaron reads for pleasure.",
    ("plan", "strategies"): "Give time.",
    ("plan", "cycles"): "Slow.",
    ("plan", "family_voice"): "He hides his book.",
    ("plan", "student_voice"): "I like comics.",
    ("plan", "senco_notes"): "A note on the plan.",
    ("profile", "profile"): "Help line 1.",
    ("meeting", "senco_notes"): "A note on the meeting.",
}


def _everything(fragments: Any) -> str:
    return "\n".join(f"{one.title}{one.nav}{one.contents}{one.content}" for one in fragments.values())


def test_every_page_is_there_for_anybody_who_sees_every_part() -> None:
    data = records() | {"drafts/plan": records()["plan"] | {"state": "draft"}}
    made = pages(projected(data))
    names = ("", "plan/", "progress/", "meetings/", "record/", "draft/", "who-can-see/")
    assert list(made.fragments) == [f"{HOME}{name}" for name in names]
    for fragment in made.fragments.values():
        is_sound(fragment.content)


@pytest.mark.parametrize("part", sorted(PARTS))
def test_a_section_falls_away_with_its_part(part: tuple[str, str]) -> None:
    without = reading_of(projected(parts=PARTS - {part}), around())
    for page in PAGES:
        shown = {item.section.name for item in sections_of(page, without)}
        assert not [section.name for section in page.sections if part in section.needs and section.name in shown]


@pytest.mark.parametrize("part", sorted(TELLTALE))
def test_what_a_part_holds_is_shown_with_it(part: tuple[str, str]) -> None:
    assert TELLTALE[part] in _everything(pages(projected()).fragments)


def test_a_page_of_no_section_does_not_exist_and_nothing_links_to_it() -> None:
    made = pages(projected(parts={("student", "name"), ("profile", "profile")}))
    assert list(made.fragments) == [HOME, f"{HOME}record/", f"{HOME}who-can-see/"]
    assert "plan/" not in _everything(made.fragments)


def test_a_student_without_a_plan_is_told_what_comes_next() -> None:
    data = {name: record for name, record in records().items() if name != "plan"}
    for manner, said in (
        ("staff", "draws one up with Aaron"),
        ("family", "with you and Aaron"),
        ("student", "help to make"),
    ):
        assert said in pages(projected(data, manner=manner)).fragments[f"{HOME}plan/"].content


def test_the_contents_list_names_every_heading_it_can_jump_to() -> None:
    fragment = pages(projected()).fragments[f"{HOME}plan/"]
    targets = [value for name, value in Outline(fragment.contents).attributes if name == "href" and value]
    assert {target.removeprefix("#") for target in targets} <= set(Outline(fragment.content).ids)
    assert "#target-fluency" in targets


def test_every_link_inside_a_page_leads_somewhere() -> None:
    for fragment in pages(projected()).fragments.values():
        page = Outline(fragment.content)
        inside = {value[1:] for name, value in page.attributes if name == "href" and value and value[0] == "#"}
        assert inside <= set(page.ids)


def test_help_stands_first_on_the_first_page() -> None:
    content = pages(projected()).fragments[HOME].content
    assert (
        content.index("How to help Aaron") < content.index("In lessons") < content.index("What we are working on now")
    )


def test_the_student_is_spoken_to_in_their_own_voice() -> None:
    made = pages(projected(manner="student")).fragments
    assert "What helps me" in made[HOME].content
    assert made[f"{HOME}plan/"].title == "My plan"
    assert "What I do:" in made[HOME].content


def test_the_golden_thread_runs_from_need_to_provision() -> None:
    content = pages(projected()).fragments[f"{HOME}plan/"].content
    thread = content[content.index('id="aims"') : content.index('id="provision"')]
    text = Outline(thread).text
    assert "This helps with: Reading" in text
    assert "Reads a page aloud" in text
    assert "Helped by Paired reading" in text


def test_the_thread_names_no_provision_to_anybody_who_does_not_see_provision() -> None:
    data = records()
    del data["plan"]["provision"]
    content = pages(projected(data, parts=PARTS - {("plan", "provision")})).fragments[f"{HOME}plan/"].content
    assert "Helped by" not in content


def test_costs_are_worked_out_from_the_campus_rates() -> None:
    content = pages(projected()).fragments[f"{HOME}plan/"].content
    assert "£760 in a full year of what is running now" in content  # £20 an hour, one hour a week, 38 weeks
    assert "£4,000 a year from the local authority" in content


def test_costs_without_provision_name_what_they_can_and_work_out_nothing() -> None:
    data = {"plan": {"provision": [{"costs": {"rate": "assistant"}}]}}
    content = pages(projected(data, parts={("plan", "costs")})).fragments[f"{HOME}plan/"].content
    assert "Not worked out" in content
    assert "Reads with an adult" not in content


def test_a_member_of_the_family_is_named_only_if_the_projection_has_the_name() -> None:
    named = pages(projected(), family={"p-mum1": "Ms Mother"}).fragments
    assert "Ms Mother" in named[f"{HOME}plan/"].content
    assert (
        "Mother, 20\N{NO-BREAK SPACE}September\N{NO-BREAK SPACE}2026"
        in pages(projected()).fragments[f"{HOME}plan/"].content
    )
    data = records()
    del data["student"]["family"]
    unnamed = pages(projected(data)).fragments
    assert (
        "A member of the family, 20\N{NO-BREAK SPACE}September\N{NO-BREAK SPACE}2026" in unnamed[f"{HOME}plan/"].content
    )
    assert "p-mum1" not in _everything(unnamed)


def test_the_draft_page_is_marked_and_shows_the_draft() -> None:
    draft = records()["plan"] | {"state": "draft", "summary": "The coming plan."}
    content = pages(projected(records() | {"drafts/plan": draft})).fragments[f"{HOME}draft/"].content
    assert "DRAFT" in content
    assert "The coming plan." in content
    assert f"{HOME}draft/" not in pages(projected()).fragments


def test_a_finished_target_is_told_apart_by_words() -> None:
    data = records()
    data["plan"]["targets"][0]["result"] = {"outcome": "partly_met", "on": "2026-11-20", "next": "carried_forward"}
    made = pages(projected(data)).fragments
    assert "Partly met, 20\N{NO-BREAK SPACE}November\N{NO-BREAK SPACE}2026" in made[f"{HOME}progress/"].content
    assert "Carried on in the next plan" in made[f"{HOME}progress/"].content
    assert "No targets at the moment" in made[HOME].content


def test_student_pages_do_not_change_from_day_to_day() -> None:
    text = _everything(pages(projected()).fragments).lower()
    assert "overdue" not in text
    assert ">late<" not in text


NAMED = (WhoSees(who="Mr Teacher", because="Mr Teacher teaches this student English.", parts=("profile",)),)


@pytest.mark.parametrize("manner", ["staff", "family", "student"])
def test_who_can_see_leads_to_the_campus_s_rules_and_names_nobody_unless_it_is_handed_names(manner: str) -> None:
    content = pages(projected(manner=manner)).fragments[f"{HOME}who-can-see/"].content
    assert 'The rules are the same for every student in the school. <a href="/who-can-see/">' in content
    assert "By name" not in content
    named = pages(projected(manner=manner), seen_by=NAMED).fragments[f"{HOME}who-can-see/"].content
    assert "By name" in named
    assert '<a href="/who-can-see/">' in named


def test_who_can_see_begins_with_what_the_reader_sees() -> None:
    few = projected(parts={("student", "name"), ("profile", "profile")})
    content = Outline(pages(few, seen_by=NAMED).fragments[f"{HOME}who-can-see/"].content).text
    start = content[content.index("What you can see") : content.index("By name")]
    assert "Name" in start
    assert "The one-page profile" in start
    assert "plan" not in start


def test_what_a_section_reads_is_said_by_the_page() -> None:
    assert ("plan", "targets") in BY_NAME["plan"].reads
    assert isinstance(BY_NAME["plan"].sections[0], Section)


def test_a_search_says_of_a_page_what_kind_it_is_and_whose() -> None:
    made = {path: one.label for path, one in pages(projected()).fragments.items()}
    first, plan = made["/students/7Q4K/"], made["/students/7Q4K/plan/"]
    assert (first.kind, first.whose, plan.kind, plan.whose) == ("Overview", "Aaron Small", "Plan", "Aaron Small")
    assert first.place == plan.place != ""
    assert [path for path, label in made.items() if label.names] == ["/students/7Q4K/"]
    assert "hides his book" not in str(made)


@pytest.mark.parametrize(
    ("full", "known_as", "lead"),
    [("Aaron Small", "Aaron", ""), ("Aaron Small", "Bear", "Known as Bear · "), ("Aaron Small", "Aaron S", "Known as")],
)
def test_a_name_that_is_not_in_the_full_one_is_on_the_first_page_and_found(full: str, known_as: str, lead: str) -> None:
    made = projected()
    name = made.records["students/7Q4K/student"].data["name"]
    name.update(full=full, known_as=known_as)
    first = pages(made).fragments["/students/7Q4K/"]
    assert f'<p class="sb-lead">{lead}' in first.content
    assert ("Known as" in first.content) == bool(lead)
    assert known_as in first.label.names


@pytest.mark.parametrize(
    ("need", "said"),
    [
        ({"type": "ASD", "condition": "Autism"}, "Autism, recorded"),
        ({"type": "ASD", "condition": "autism"}, "Autism, recorded"),
        ({"type": "SPLD", "condition": "Dyslexia"}, "Specific learning difficulty (Dyslexia), recorded"),
    ],
)
def test_a_type_of_need_is_said_once(need: dict[str, Any], said: str) -> None:
    data = records()
    data["student"]["needs"] = [{"id": "n", "rank": 1, "since": "2025-09-03", **need}]
    assert said in Outline(pages(projected(data)).fragments[f"{HOME}record/"].content).text


def test_a_code_of_the_school_census_is_said_in_words() -> None:
    data = records()
    data["student"]["ethnicity"] = "MWBC"
    text = Outline(pages(projected(data)).fragments[f"{HOME}record/"].content).text
    assert "White and Black Caribbean" in text
    assert "MWBC" not in text


@pytest.mark.parametrize(
    ("writers", "said"),
    [
        (["me", "my nan", "my support assistant"], "me, my nan and my support assistant"),
        (["Just me"], "just me"),
        (["Me", "Miss Crowe"], "me and Miss Crowe"),
        (["me (in Polish and English)", "Ms Novotná"], "me (in Polish and English) and Ms Novotná"),
        (["me", "on my phone", "Mr Whitfield"], "me; on my phone; Mr Whitfield"),
        (
            ["me \N{EN DASH} Mr Pugh did the typing", "Mum on the phone"],
            "me \N{EN DASH} Mr Pugh did the typing; Mum on the phone",
        ),
        (["me", "Mr Renner", "checked by my dad"], "me; Mr Renner; checked by my dad"),
    ],
)
def test_those_who_wrote_a_profile_are_joined_so_that_it_still_makes_sense(writers: list[str], said: str) -> None:
    assert joined(writers) == said


def test_a_profile_says_by_name_who_agreed_to_it() -> None:
    content = Outline(pages(projected()).fragments[HOME].content).text
    assert "The student agreed" not in content


def test_a_meeting_still_to_come_is_planned_and_one_without_an_agreed_record_a_draft() -> None:
    data = records()
    planned = {"id": "2026-12-09", "state": "draft", "date": "2026-12-09", "type": "parent_review", "led_by": "p-tut1"}
    data["meetings/2026-12-09"] = planned | {"purpose": "To review the plan"}
    content = Outline(pages(projected(data)).fragments[f"{HOME}meetings/"].content).text
    assert "Planned" in content
    assert "Nothing is recorded yet." in content
    assert "Next meeting: Wednesday 9 December 2026" in " ".join(content.split())
    assert "not agreed yet" not in content
    data["meetings/2026-12-09"] = planned | {"agreed": [{"id": "a1", "text": "More time."}]}
    content = Outline(pages(projected(data)).fragments[f"{HOME}meetings/"].content).text
    assert "Planned" not in content
    assert "This record is not agreed yet." in content
