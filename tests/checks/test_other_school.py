"""Names left in from another school's report are found; our own, listed ones and general words are not."""

from __future__ import annotations

import pytest

from tests.checks.document_kit import PLACE, asked, case_of, document, found_in

COUNCILS = [
    ("Kent County Council decides.", "Kent County Council"),
    ("Ask Kent County Council for it.", "Kent County Council"),
    ("The London Borough of Hackney pays for transport.", "London Borough of Hackney"),
    ("We work with Leeds City Council and others.", "Leeds City Council"),
    ("See the Wiltshire Local Offer.", "Wiltshire Local Offer"),
    ("Kent's Local Offer is on the web.", "Kent's Local Offer"),
    ("The Local Offer of Essex lists it.", "Local Offer of Essex"),
    ("Bath and North East Somerset Council runs it.", "Bath and North East Somerset Council"),
    ("Newcastle upon Tyne City\nCouncil runs it.", "Newcastle upon Tyne City Council"),
    ("Brighton & Hove City Council runs it.", "Brighton & Hove City Council"),
    ("Ring Medway SENDIASS.", "Medway SENDIASS"),
    ("Stoke-on-Trent council has a list.", "Stoke-on-Trent council"),
    ("Surrey Local Authority keeps the plan.", "Surrey Local Authority"),
    ("East Marlshire Council is in charge.", "East Marlshire Council"),
    ("KENT COUNTY COUNCIL", "KENT COUNTY COUNCIL"),
    ("The local authority is Kent.", "local authority is Kent"),
    ("Kent Information, Advice and Support Service helps.", "Kent Information, Advice and Support Service"),
    ("See [this list](https://www.kent.gov.uk/send).", "kent.gov.uk"),
    ("See <https://wiltshirelocaloffer.example/>.", "wiltshirelocaloffer.example"),
]
SCHOOLS = [
    ("Oakwood Primary School is proud of its work.", "Oakwood Primary School"),
    ("Welcome to St. Mary's Church of England Primary School.", "St. Mary's Church of England Primary School"),
    ("At Oakwood Academy we care.", "Oakwood Academy"),
    ("The SENCo of Park View Academy is here.", "Park View Academy"),
    ("Each class at **Hill Top** Infant School has one.", "Hill Top Infant School"),
    ("Children of Oakwood school are glad.", "Oakwood school"),
    ("Here at Oakwood, we care.", "Oakwood"),
    ("At Oakwood we believe in every child.", "Oakwood"),
    ("We visit Little Acorns Nursery.", "Little Acorns Nursery"),
    ("Our Lady of Lourdes Catholic Primary School has a lift.", "Our Lady of Lourdes Catholic Primary School"),
    ("OAKWOOD PRIMARY SCHOOL", "OAKWOOD PRIMARY SCHOOL"),
    ("Staff of St Peter's College are trained.", "St Peter's College"),
    ("Oakwood Primary is an inclusive school.", "Oakwood Primary"),
    ("The staff of Oakwood are trained.", "Oakwood"),
    ("## Oakwood Primary School SEN Information Report", "Oakwood Primary School"),
]
GOOD = [
    "Marlshire County Council decides. Marlshire's Local Offer and the Marlshire SEND Local Offer list it.",
    "The Council, your council, the County Council, the local authority and each Local Authority decide.",
    "The School Council and the Eco Council meet. The British Council and the Arts Council pay.",
    "The General Medical Council and the Health and Care Professions Council register them.",
    "Every council must publish a Local Offer. Which council? Ask your LA. The Local Offer is there.",
    "Ring Marlshire SENDIASS. SENDIASS is free.",
    "The Council for Disabled Children and the Joint Council for Qualifications say so.",
    "Larkfield Campus, Larkfield School and our Larkfield Primary School are one. At Larkfield we care.",
    "Birmingham Children's Hospital, Great Ormond Street Hospital and the National Autistic Society help.",
    "They go to Sunday school, Forest School or a Catholic school. Year 6 pupils come from other primary schools.",
    "Primary School alone, Secondary School alone, Lower School and Sixth Form College say nothing.",
    "Moving to Secondary School is hard. Choosing a College is too. Every School must. Our School does.",
    "The School Nurse, the School Office, the School Business Manager and the School Admissions Code are there.",
    "The Royal College of Speech and Language Therapists and the National College say so. Oak National Academy too.",
    "At Christmas we sing. At Key Stage 3 we choose. At SEN Support we plan. At GCSE we sit papers.",
    "The Virtual School Head and the Summer School are here. Whole School Policy. A Special School. FE College.",
    "Pupil Premium, Healthy Schools, the Marlshire Schools Forum. Most schools. State school.",
    "The Wiltshire countryside is near, and we went to Kent.",
    "We are at school. Whose school? Good school days. After school clubs.",
    "[Larkfield School](https://oakwood-school.example/Oakwood-Primary-School)",
    "## Starting School",
    "See [guidance](https://www.gov.uk/send), <https://assets.publishing.service.gov.uk/x> and <https://a.example/kent>.",
    "See [ours](https://localoffer.marlshire.example/send/clubs) and <https://www.marlshire.gov.uk>.",
    "We are a Rights Respecting School, a Dyslexia Friendly School and an Eco School. The Marlshire Virtual School.",
    "On Mondays School starts at nine. Mr Green's Nursery class. Reception and Nursery. Up from Primary is hard.",
    "King's College Hospital and University College London Hospital help. St John Ambulance trains us.",
    "The Marlshire Schools Forum and the Wexcombe Learning Partnership. School Improvement Partner.",
    "## Our School and Your Council",
]


@pytest.mark.parametrize(("text", "found"), COUNCILS)
def test_another_council_is_found(text: str, found: str) -> None:
    assert found_in("DOC-32", text) == [found]
    assert found_in("DOC-33", text) == []


@pytest.mark.parametrize(("text", "found"), SCHOOLS)
def test_another_school_is_found(text: str, found: str) -> None:
    assert found_in("DOC-33", text) == [found]
    assert found_in("DOC-32", text) == []


@pytest.mark.parametrize("text", GOOD)
def test_our_own_names_and_general_words_are_let_be(text: str) -> None:
    assert found_in("DOC-32", text) == []
    assert found_in("DOC-33", text) == []


def test_what_the_campus_lists_may_be_named() -> None:
    place = {**PLACE, "other_places": ["Kent County Council", "St Mary's CE Primary School, Wexcombe"]}
    text = "Kent County Council and the Kent Local Offer. They come from St Mary's Primary School and Oakwood School."
    assert found_in("DOC-32", text, place=place) == []
    assert found_in("DOC-33", text, place=place) == ["Oakwood School"]


@pytest.mark.parametrize("authority", [None, "our council"])
def test_a_campus_that_names_no_council_is_told_where_to_name_it(authority: str | None) -> None:
    setting = {"type": "independent"} | ({"local_authority": authority} if authority else {})
    place = {"id": "new", "name": "New Campus", "setting": setting}
    (spot,) = asked("DOC-32", case_of(document("Kent County Council decides."), place=place))
    assert "local_authority" in spot.remedy
    assert found_in("DOC-32", "The council decides; see its Local Offer.", place=place) == []


def test_another_school_of_our_town_is_another_school() -> None:
    assert found_in("DOC-33", "They come from Wexcombe Primary School.") == ["Wexcombe Primary School"]
    assert found_in("DOC-33", "Here at Wexcombe, we care.") == []
