"""What the codes in the records mean, in the words of the field: one table, for pages, documents and histories.

A code that isn't listed (a campus's own schema may add some) is said with its underscores as spaces.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

STATUS: Mapping[str, str] = {"N": "No SEN support", "K": "SEN support", "E": "EHC plan"}

NEED_TYPES: Mapping[str, str] = {
    "SPLD": "Specific learning difficulty",
    "MLD": "Moderate learning difficulty",
    "SLD": "Severe learning difficulty",
    "PMLD": "Profound and multiple learning difficulty",
    "SLCN": "Speech, language and communication",
    "ASD": "Autism",
    "SEMH": "Social, emotional and mental health",
    "HI": "Hearing impairment",
    "VI": "Vision impairment",
    "MSI": "Multi-sensory impairment",
    "PD": "Physical disability",
    "DS": "Down syndrome",
    "OTH": "Other difficulty or disability",
    "NSA": "Not yet assessed",
}

# The Department for Education's main codes of the school census.
ETHNICITIES: Mapping[str, str] = {
    "WBRI": "White British",
    "WIRI": "White Irish",
    "WIRT": "Traveller of Irish heritage",
    "WROM": "Gypsy or Roma",
    "WOTH": "Any other White background",
    "MWBC": "Mixed: White and Black Caribbean",
    "MWBA": "Mixed: White and Black African",
    "MWAS": "Mixed: White and Asian",
    "MOTH": "Any other mixed background",
    "AIND": "Indian",
    "APKN": "Pakistani",
    "ABAN": "Bangladeshi",
    "AOTH": "Any other Asian background",
    "CHNE": "Chinese",
    "BCRB": "Black Caribbean",
    "BAFR": "Black African",
    "BOTH": "Any other Black background",
    "OOTH": "Any other ethnic group",
    "REFU": "Refused",
    "NOBT": "Not yet obtained",
}

YEARS: Mapping[str, str] = {"N1": "Nursery 1", "N2": "Nursery 2", "R": "Reception"}
YEAR_ORDER = ("N1", "N2", "R", *(str(year) for year in range(1, 15)))

WAVES: Mapping[int, str] = {1: "For everyone", 2: "Targeted", 3: "Specialist"}

_CODES: Mapping[str, str] = {
    **ETHNICITIES,
    "agreed": "Agreed",
    "draft": "Draft",
    "universal": "Universal",
    "targeted": "Targeted",
    "targeted_plus": "Targeted plus",
    "specialist": "Specialist",
    "cognition_and_learning": "Cognition and learning",
    "communication_and_interaction": "Communication and interaction",
    "social_emotional_and_mental_health": "Social, emotional and mental health",
    "sensory_and_physical": "Sensory and physical",
    "teaching_adaptation": "Adapted teaching",
    "small_group": "Small group",
    "one_to_one": "One to one",
    "therapy_programme": "Therapy programme",
    "pastoral": "Pastoral support",
    "equipment": "Equipment",
    "support_in_class": "Support in class",
    "key_adult_check_in": "Check-in with a key adult",
    "environment": "Changes to the environment",
    "in_class": "In class",
    "withdrawal": "Out of class",
    "online": "Online",
    "off_site": "Off site",
    "exceeded": "Exceeded",
    "met": "Met",
    "partly_met": "Partly met",
    "not_met": "Not met",
    "not_assessed": "Not assessed",
    "achieved": "Finished",
    "carried_forward": "Carried on in the next plan",
    "changed": "Changed in the next plan",
    "dropped": "Dropped",
    "high": "A clear difference",
    "some": "Some difference",
    "none": "No difference",
    "too_early": "Too early to say",
    "continue": "Carry on as it is",
    "adapt": "Carry on with changes",
    "change": "Change the plan",
    "stop": "Stop",
    "step_up": "More support",
    "step_down": "Less support is needed now",
    "exit": "End SEN support",
    "parent_review": "Review with the family",
    "team_around_the_child": "Team around the child",
    "annual_review": "Annual review",
    "informal": "Informal meeting",
    "student_conversation": "Conversation with the student",
    "employment": "Employment",
    "independent_living": "Independent living",
    "community": "Taking part in the community",
    "good_health": "Good health",
    "fees": "School fees",
    "network": "School network",
    "local_authority": "Local authority",
    "charity": "Charity",
    "family": "Family",
    "key_adult": "Key adult",
    "support_assistant": "Support Assistant",
    "parent": "Parents",
    "student": "The student",
    "both": "Parents and student together",
    "parents_see": "Parents can still see the record",
    "share_with_agencies": "Sharing information with services outside school",
    "photograph": "Taking and using photographs",
    "next_school": "Sending the record to the next school",
    "no": "No",
    "looked_after": "Looked after",
    "previously_looked_after": "Previously looked after",
    "F": "Female",
    "M": "Male",
    "strong": "Strong evidence",
    "moderate": "Moderate evidence",
    "limited": "Limited evidence",
    "own_experience": "Our own experience",
    "in_use": "In use",
    "trial": "On trial",
    "retired": "No longer used",
    "full": "Everything families see",
    "named_parts": "Named parts only",
    "no_contact": "No contact",
    "no_information": "No information",
    "information_only": "Information only",
    "residence": "Where the student lives",
}

_RELATIONS: Mapping[str, str] = {
    "step_parent": "step-parent",
    "foster_carer": "foster carer",
    "other": "member of the family",
}


def said(code: object) -> str:
    """The words for a code of a list in the schemas."""
    text = str(code)
    return _CODES.get(text) or text.replace("_", " ").capitalize()


def meanings(codes: Sequence[object]) -> dict[object, str]:
    """The words for the codes of one list of choices; those that say it themselves, such as ``small_group``, have none.

    One letter may mean two things: E is an EHC plan among statuses, and “fluent” among levels of English.
    """
    texts = [str(code) for code in codes]
    whole = next((table for table in (STATUS, NEED_TYPES, ETHNICITIES) if set(texts) <= table.keys()), None)
    table = whole or (YEARS if "N1" in texts else _CODES)
    found = {code: table.get(text, "") for code, text in zip(codes, texts, strict=True)}
    if "high" not in texts:  # among ratings “none” is no effect, among kinds of access it is no access
        found.pop("none", None)
    return {
        code: words
        for code, words in found.items()
        if words and words.casefold().rstrip("s") != _plain(code).rstrip("s")
    }


def _plain(code: object) -> str:
    return str(code).replace("_", " ").casefold()


def relation(code: str) -> str:
    """``mother``, ``step-parent``."""
    return _RELATIONS.get(code, code.replace("_", " "))


def year(code: str) -> str:
    """``Year 9``, ``Reception``."""
    return YEARS.get(code) or f"Year {code}"


def wave(code: int) -> str:
    """``Targeted`` for wave 2: the number says nothing to a family."""
    return WAVES.get(code, f"Wave {code}")


def year_position(code: str) -> int:
    """For sorting year groups; unknown ones last."""
    return YEAR_ORDER.index(code) if code in YEAR_ORDER else len(YEAR_ORDER)
