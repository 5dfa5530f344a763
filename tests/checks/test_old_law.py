"""Law, guidance and words of the system before 2014 are found; history told as history, and law in force, are not."""

from __future__ import annotations

from datetime import date

import pytest

from tests.checks.document_kit import asked, case_of, document, found_in

OLD_LAW = [
    ("We follow the SEN Code of Practice 2001.", "2001"),
    ("This policy follows the Special Educational Needs Code of Practice (DfES, November 2001).", "2001"),
    ("As the 2001 Code says, we help early.", "2001 Code"),
    ("We have regard to the SEND Code of Practice 2014.", "2014"),
    ("We follow the SEND Code of Practice: 0 to 25 years (July 2014).", "2014"),
    ("The 2014 Code of Practice asks for four areas.", "2014 Code"),
    ("See the SEND Code (2014), chapter 6.", "2014"),
    ("This follows the SEND Code of Practice 2014, which replaced the 2001 Code.", "2014"),
    ("DfE (2014) Special Educational Needs and Disability Code of Practice.", "2014"),
    ("A disability as the Disability Discrimination Act 1995 defines it.", "Disability Discrimination Act"),
    ("We meet our duties under the DDA.", "DDA"),
    ("We meet the Disability\nDiscrimination Act in full.", "Disability Discrimination Act"),
    ("Our duties come from SENDA 2001.", "SENDA"),
    ("The **Special Educational Needs** and Disability Act 2001 protects pupils.", "Disability Act 2001"),
    ("Our Disability Equality Scheme is at the office.", "Disability Equality Scheme"),
    ("Needs as in section 312 of the Education Act 1996.", "section 312"),
    ("Needs as in the Education Act 1996, s.312.", "s.312"),
    ("The governors keep to section 317 of the 1996 Act.", "section 317"),
    ("Under Part IV of the Education Act 1996 the council assesses.", "Part IV"),
    ("Published under the Education (Special Educational Needs) (Information) Regulations 1999.", "1999"),
    ("As section 51 of the Regs 2001 asks.", "Regs 2001"),
    ("A section 139A assessment is made in Year 11.", "section 139A"),
    ("Leavers have a Learning Difficulty Assessment.", "Learning Difficulty Assessment"),
    ("We meet the five outcomes of Every Child Matters.", "Every Child Matters"),
    ("Admissions follow the School Admissions Code 2014.", "School Admissions Code 2014"),
    ("Records are kept under the Data Protection Act 1998.", "Data Protection Act 1998"),
    ("Our SENCo must gain the National Award for SEN Co-ordination in three years.", "National Award for SEN"),
]
OLD_WORDS = [
    ("Two pupils have a Statement of Special Educational Needs.", "pupils have a Statement"),
    ("Pupils with statements are taught in class.", "Pupils with statements"),
    ("A child with a Statement has an annual review.", "Statement"),
    ("Her needs are named in the Statement, and we keep to it.", "Statement"),
    ("For pupils with EHC plans or statements the council pays.", "EHC plans or statements"),
    ("A statement/EHCP is reviewed each year.", "statement/EHC"),
    ("Statemented children come first.", "Statemented"),
    ("The pupil moves to School Action Plus.", "School Action Plus"),
    ("The pupil is on School Action.", "School Action"),
    ("Help at school action or school action plus is planned.", "school action"),
    ("The pupil is at School\nAction + this term.", "School Action +"),
    ("We record SA+ on the register.", "SA+"),
    ("Early Years Action Plus brings in a specialist.", "Early Years Action Plus"),
    ("The Connexions adviser comes in Year 9.", "Connexions"),
    ("Parent Partnership will help you.", "Parent Partnership"),
    ("We help pupils with BESD.", "BESD"),
    ("Behavioural, emotional and social difficulties are one kind.", "emotional and social difficulties"),
    ("You may appeal to SENDIST.", "SENDIST"),
    ("Health help is paid by the CCG.", "CCG"),
    ("The LEA decides.", "LEA"),
    ("Statements are reviewed each year by the council.", "Statements are reviewed"),
    ("The child's statement is reviewed in May.", "child's statement is reviewed"),
]
GOOD = [
    "Our statement of intent is on the wall; the mission statement too.",
    "Statements were replaced by EHC plans in 2014.",
    "Until 2018 some pupils had a Statement of Special Educational Needs.",
    "The SEN Code of Practice 2001 was replaced; the Disability Discrimination Act 1995 was repealed.",
    "We say EHC plan and no longer Statement of SEN.",
    "Bring a bank statement. Each pupil wrote a statement about trust. Read the statement below.",
    "This is our equality statement, and a policy statement with a Statement of Purpose.",
    "The law is section 19 of the Education Act 1996, and sections 7 and 444 of the Education Act 1996.",
    "We follow the SEND Code of Practice: 0 to 25 years (January 2015).",
    "The Children and Families Act 2014 and the SEND Code of Practice 2015 apply.",
    "The Children and Families Act 2014, SEND Code of Practice (2015) and SEND Regulations 2014 apply.",
    "The SEND Code of Practice 2014 (updated January 2015) applies.",
    "The Special Educational Needs and Disability Regulations 2014 say so.",
    "The Disability Discrimination (Prescribed Times and Periods for Plans) Regulations 2005 say three years.",
    "Our school action plan is reviewed each term. The School Action Plan says who does what.",
    "Whole School Action on bullying begins with us.",
    "Every child matters to us. Because every child matters, we listen.",
    "The Data Protection Act 2018, the Human Rights Act 1998 and the Children Act 1989 apply.",
    "She has the National Award for SEN Co-ordination and is kind.",
    "A new SENCo must take the NPQ, which took the place of NASENCO.",
    "The School Admissions Code 2021 applies, and the School Admissions Code.",
    "We take part in a parent partnership evening, and in partnership with parents we plan.",
    "Pupils with SEN support have a plan. Behaviour, emotions and friendships are talked about.",
    "See `School Action Plus` or [this](https://a.example/School-Action-Plus).",
    "Lea Smith is in the Lea Valley team; 12 pct of them.",
    "We maintain a statement of our values. The pupil's statement about what happened is filed. A personal statement.",
    "Our action plan: School Action points are listed; the School Action plan too.",
    "The Children and Families Act (2014), the SEND Code of Practice and the Equality Act (2010) apply.",
    "Room 312 is used for the education of all; Year 4 read Part 4 of the book.",
]


@pytest.mark.parametrize(("text", "part"), OLD_LAW)
def test_law_that_is_gone_is_found(text: str, part: str) -> None:
    (found,) = found_in("DOC-30", text)
    assert part in found
    assert found_in("DOC-31", text) == []


@pytest.mark.parametrize(("text", "part"), OLD_WORDS)
def test_words_of_the_old_system_are_found(text: str, part: str) -> None:
    found = found_in("DOC-31", text)
    assert part in found[0]
    assert found_in("DOC-30", text) == []


@pytest.mark.parametrize("text", GOOD)
def test_law_in_force_history_and_everyday_words_are_let_be(text: str) -> None:
    assert found_in("DOC-30", text) == []
    assert found_in("DOC-31", text) == []


def test_the_award_of_today_came_on_the_first_of_september_2024() -> None:
    text = "A new SENCo must gain the NASENCO within three years."
    assert found_in("DOC-30", text, on=date(2024, 8, 31)) == []
    assert len(found_in("DOC-30", text, on=date(2024, 9, 1))) == 1


def test_a_finding_has_its_place_what_became_of_it_and_what_to_write() -> None:
    (spot,) = asked("DOC-31", case_of(document("# Page\n\nEach pupil on\n**School\u00a0Action Plus** has a plan.")))
    assert (spot.line, spot.column, spot.found) == (14, 3, "School Action Plus")
    assert spot.message == "School Action and School Action Plus were replaced by SEN support in September 2014."
    assert spot.remedy == "Say SEN support."


def test_a_title_is_looked_at_too() -> None:
    (spot,) = asked("DOC-31", case_of(document("Words.", title="Pupils with Statements of SEN")))
    assert spot.pointer == "/title"
