"""Words by which a passage of the SEN information report is seen to speak of its item, and of what else it may speak.

They are the words of the paragraphs of Schedule 1 to the SEND Regulations 2014 and of section 69(3)(b) of the Children
and Families Act 2014, and those in which schools' reports say the same. A ``strong`` word alone speaks of the item; of
the others it takes two. Nothing is said of how well a passage answers: that is for people to read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

# Most words are looked for as plain text, which is far quicker than as an expression.
_PLAIN = re.compile(r"[a-z0-9_'-]+\.?")
_BETWEEN_WORDS = re.compile(r"[^\w'-]+")

Word = str | re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Topic:
    """What a passage may speak of, with the words for it as plain text or as regular expressions."""

    strong: tuple[Word, ...]
    weak: tuple[Word, ...]

    def score(self, text: str) -> int:
        """Two for each strong word there, one for each other; each counts once. The text is from `for_scoring`."""
        return 2 * sum(_is_in(text, word) for word in self.strong) + sum(_is_in(text, word) for word in self.weak)


def for_scoring(text: str) -> str:
    """A text as topics are looked for in it: small letters, single spaces; parts of hyphened words once more alone."""
    small = _BETWEEN_WORDS.sub(" ", text.casefold().replace("\u2019", "'"))
    return f" {small}  {small.replace('-', ' ')} " if "-" in small else f" {small} "


def _is_in(text: str, word: Word) -> bool:
    return word in text if isinstance(word, str) else word.search(text) is not None


def _topic(strong: str, weak: str = "") -> Topic:
    return Topic(_words(strong), _words(weak))


def _words(listed: str) -> tuple[Word, ...]:
    """The words, parted by spaces; a line below stands for a space, and a word goes on unless it ends in a dot."""
    return tuple(_word(word) for word in listed.split())


def _word(written: str) -> Word:
    whole = " " if written.endswith(".") else ""
    bare = written.removesuffix(".").replace("_", " ")
    if _PLAIN.fullmatch(written):
        return f" {bare}{whole}"
    return re.compile(rf"(?<=[ -]){bare}" + (r"(?=[ -])" if whole else ""))


ITEMS: Mapping[str, Topic] = {
    "SENIR-1": _topic(
        "epilep down_syndrome stammer tourette cerebral foetal tics wheelchair cater autis asd. dyslex dyspra "
        "dyscalcul adhd speech communicat language cognit learning_difficult sensory hearing deaf sight vision "
        "visual physical emotional mental_health anxi semh kinds?_of_(?:special|need) areas?_of_need range_of_need "
        "moderate severe profound complex_need diagnos medical_(?:need|condition)",
        "reading talking feelings moving number attention need disab difficult support learn needs. sounds letters "
        "friends hard. frame sit_still writing remember worr behaviour illness condition pupils_(?:with|who)",
    ),
    "SENIR-2": _topic(
        "special_need dyslexia_test boxall questionnaire identif notic assess screen baseline observ concern spott? "
        "finding_out find_out referr? diagnos first_signs early_signs flag pick(?:ed)?_up phonics_check",
        "check tests?. track monitor behind below slow look worr early data progress raise tell review getting_on "
        "closer on_entry information_from previous needs parents teacher doctor health_visitor worried watch ask "
        "asked talk gap see_that",
    ),
    "SENIR-3": _topic(
        "sen_support ehc education,_health plan,_do graduated assess,_plan cycle provision_(?:map|plan) "
        "individual_plan support_plan pupil_passport one-page intervention with_or_without "
        "additional_(?:to|support) provision legal_plan extra_help",
        "help support plan targets? outcomes? review adapt needs teach each_student what_works assess agreed "
        "small_group",
    ),
    "SENIR-3a": _topic(
        "effective evaluat impact whether_(?:it|help|our|the|what|this|support|an) worth_(?:it|doing) "
        "before_and_after value_for_money entry_and_exit measure success(?:ful)? what_(?:is|has)_work(?:s|ed|ing) "
        "does_it_work made_a_difference makes_a_difference make_a_difference audit",
        "works?. worked working data compare results? progress governors? committee change stop outcomes? monitor "
        "review figures learning_walk score improv figure moved side_by_side count book_scrutiny survey judge",
    ),
    "SENIR-3b": _topic(
        "progress review assess track target outcome report(?:s|ed)?. parents'?_evening termly each_term "
        "once_a_term annual_review attain monitor data",
        "meet. meeting together parent child plan year agree record notes next_steps look goals? steps? compare",
    ),
    "SENIR-3c": _topic(
        "teach lesson classroom quality_first high[_-]quality scaffold task differentiat model adaptive "
        "worked_example explain instruction pedagog multi-?sensory small_steps visual",
        "class learn assistant check understood understand question step group think support pre-teach adult steps "
        "listen show read practis write praise pace",
    ),
    "SENIR-3d": _topic(
        "adapt adjust curriculum differentiat modif accessib environment layout seat(?:ing|s)? large_print "
        "larger_print work_?stations? sloping timetable reasonable_adjustment exam visual_timetable "
        "quiet_(?:area|corner|space|room) lighting acoustic way_in ear_defenders",
        "change desk text subject room task captions larger noise space resources different easier film door "
        "pictures display wider stairs equipment furniture font walls carpet blinds levels? screens?. tools bench "
        "chair",
    ),
    "SENIR-3e": _topic(
        "intervention small[_-]group one[_-]to[_-]one 1:1 programme booster tuition catch[_-]up "
        "additional_(?:support|help) extra_(?:help|support|lesson) teaching_assistant learning_support mentor "
        "precision pre-?teach toe_by_toe therap homework_club coaching in_small_groups",
        "reading spelling number maths phonics talking listening group speech laptop reading_pen adult assistant "
        "support help dictation sessions language check_in literacy",
    ),
    "SENIR-3f": _topic(
        "everybody_plays clubs?. trips?. sport activit extra-?curricular after[_-]school teams?. residential "
        "visits?. outings? physical_education pe. join_in swimming school_shows? play(?:time|ground)s? lunchtime "
        "enrichment inclu",
        "risk_assess part everyone open all_pupils take_part together alongside physical games camp music show "
        "journey places lunch outdoor forest events assembl",
    ),
    "SENIR-3g": _topic(
        "emotion wellbeing well-being mental social_(?:skills?|develop|and|story|stories) bull feeling friend "
        "pastoral nurture counsel anxi elsa key_adult mentor self-esteem zones_of_regulation pshe resilien "
        "safe_(?:space|place) calm listens?. worr",
        "quiet behaviour listen trusted talk adult social happy kind unkind confiden key_worker rooms?. buddy",
    ),
    "SENIR-4": _topic(
        "senco sendco sen_co-?ordinator special_(?:educational_)?needs_co inclusion_(?:manager|lead)",
        "contact telephone email name reach co-?ordinator write",
    ),
    "SENIR-5": _topic(
        "train qualif experti experienc courses?. skill cpd professional_development inset specialists?. accredit "
        "certificat npq postgraduate degree award",
        "staff teachers? assistants? know learn advice psychologist therapist knowledge knows",
    ),
    "SENIR-6": _topic(
        "equipment facilit resource laptop aids?. hoists? furniture device adaptation specialist_seat radio_aid "
        "budget fund(?:s|ed|ing)? buy bought borrow loan purchase occupational_therap",
        "room building council local_authority pay lift ramp ehc provide toilet try need charge cost",
    ),
    "SENIR-7": _topic(
        "meet. meeting consult involv views?. listen survey questionnaire feedback parents'?_evening opinion "
        "discuss invite invit partnership forum coffee workshop work(?:ing)?_with_parents contact_(?:home|you|book) "
        "home-school talk_(?:with|to)_(?:you|parents|families) keep_(?:you|parents)_informed co-?produc phone_call "
        "conversation write_to_you your_say in_touch drop-in share_decisions take_part hear_from",
        "parents?. carers?. famil ask together agree tell decide share write evening term know_your_child informed "
        "mum you_know plan interpreter contribute",
    ),
    "SENIR-8": _topic(
        "views?. voice listen their_own consult involv "
        "ask_(?:them|pupil|student|child|your_child|each|every|the_pupil) pupil_passport one-page_profile "
        "student_council school_council say_(?:what|how|in) choos chose opinion questionnaire survey "
        "pupil_conferenc their_(?:targets?|review|plan|meeting|say) helps?_to_write contribute self-assess "
        "attend_(?:their|the|reviews?) take_part have_a_say has_a_say speak_for",
        "child pupils? students? young_people targets? words? pictures? drawing recording meeting profile decide "
        "tell plan own interview talk share feel goals? before_each",
    ),
    "SENIR-9": _topic(
        "complain unhappy dissatisf grievance tribunal mediat ombudsman not_(?:happy|content|satisfied) panel "
        "appeal disagree put_right concerns?. resolve",
        "write headteacher head. governors? formal informal stage step teacher first principal answer days weeks "
        "policy chair talk",
    ),
    "SENIR-10": _topic(
        "health social_care social_work nurse psycholog therapist camhs charit voluntary agenc outside external "
        "paediatric nhs. advisory council local_authority specialist_(?:teacher|service|team) early_help "
        "multi-agency partner_organi",
        "services? refer team consent work_with support family meeting professionals? invite agree others team_around",
    ),
    "SENIR-11": _topic(
        "sendiass iass impartial advice_(?:service|and|line|for) information,_advice support_groups?. helpline "
        "charit contact_details independent_(?:advice|support|help) parent_carer_forum ipsea council_for_disabled "
        "parent_support free_advice citizens_advice advice",
        "free telephone ring phone email website confidential families support parents? independent costs_nothing "
        "nothing_you_say help line",
    ),
    "SENIR-12": _topic(
        "settling transit next_teacher receiving handover transition transfer "
        "next_(?:school|class|teacher|stage|year|phase|place|step) new_(?:school|class|teacher|year|setting|place) "
        "mov(?:e|es|ing)_(?:on|up|to|from|between|class|school) secondary preparing_for_adult adult_life adulthood "
        "college career employ independent_living leav(?:e|es|ing)_(?:us|school) joining_us starting_school "
        "induction taster work_experience supported_internship apprentice nursery "
        "start(?:s|ing)?_(?:here|with_us|at)",
        "visit year_6 year_7 year_9 hand_over pass_on meets? information before records photographs summer joins? "
        "adult independen change moves?. moving meets?. new room build early files? ready prepar last_day end_of "
        "september july",
    ),
    "SENIR-13": _topic(
        "local_offer",
        "council authority list website published services link families area",
    ),
    "SENIR-69bi": _topic(
        "admission admit appl(?:y|ies|ying|ication) offer_(?:of_)?a?_?place turn(?:ed)?_away places?. oversubscri "
        "entry joining enrol prospective criteria refus",
        "disab visit tests? disabilit needs tell_us before welcome named named_in ehc head",
    ),
    "SENIR-69bii": _topic(
        "less_favour disadvantag treated_(?:fairly|equally|the_same) fair discriminat equal "
        "reasonable_(?:adjustment|change) rules?. prejudice harass bull inclusi same_opportunit unfair barrier",
        "disab adjust policy polic change staff trained uniform sanctions? respect steps? positive look_ahead ahead",
    ),
    "SENIR-69biii": _topic(
        "ramps?. lifts?. toilets? accessible step-free level_(?:way|access|floor) wheelchair handrails? doors?. "
        "parking changing_(?:room|bed|facilit) hoist facilit stairs? hearing_loop "
        "steps?_(?:free|between|edges|into|at) rails? ground_floor entrance sloped? blinds acoustic",
        "building corridor floor disab room access signs? markings? gate hall widen shower colour braille captions "
        "equipment layout site",
    ),
    "SENIR-69biv": _topic(
        "accessibility_plan access_plan",
        "three_years three-year improve plan building curriculum information governors reviewed disab lessons step",
    ),
    "SENIR-C80": _topic(
        "looked[_-]after in_care care_experienc virtual_(?:school|head) foster adopt social_worker "
        "designated_teacher personal_education_plan pep. carers?. care_leaver children_in previously_looked lac. "
        "cla. special_guardian",
        "council plans? child review meetings?",
    ),
    "SENIR-C81a": _topic(
        "polic large_print languages? translat braille audio easy_read easy_words formats?. paper_cop printed copy "
        "on_paper read_aloud read_it hard_cop other_forms another_form",
        "handbook office website ask request page report read",
    ),
    "SENIR-C81b": _topic(
        "worr concern contact talk_to speak_to come_to_see class_teacher form_tutor senco sendco key_worker "
        "appointment turn_to ring_us tell_(?:any|us|your|a)",
        "teacher tutor parents? head adult ask phone email meet year_leader year_head help listen",
    ),
    "SENIR-C81c": _topic(
        "local_offer contribut our_(?:own_)?(?:entry|page|part|listing) entry list.",
        "council authority directory school september update answer questions? years send website checks?",
    ),
    "SENIR-C82": _topic(
        "curriculum each_year every_year year_group subject scheme(?:s)?_of_(?:work|learning) each_class "
        "every_class key_stage next_year the_year years?_to_year topics? year_by_year medium-term long-term",
        "plan accessib adapt overview teach lessons learn map term shut_out access change knowledge_organi",
    ),
}

#: What reports speak of that none of the items asks for.
ELSEWHERE: Mapping[str, Topic] = {
    "getting to school": _topic(
        "bus(?:es)?. taxi minibus drivers?. transport pick-?up(?:s)?. bus_pass travel_(?:pass|assist|train) route "
        "miles?. passenger_assist seat_?belt car_park drop-off escort walk(?:ing)?_to_school",
        "travel journey home apply council morning afternoon seat collected vehicle stop",
    ),
    "school meals": _topic(
        "menus? lunch(?:es)?. meals?. packed_lunch canteen allerg caterer catering snack fruit cooked kitchen "
        "dinner vegetarian halal",
        "free food milk eat cost choose water",
    ),
    "uniform": _topic(
        "uniform blazer sweatshirt jumper trousers skirt shoes tie. logo pe_kit jewell?ery second-hand polo",
        "wear buy shop colour grey black supplier",
    ),
    "term dates and opening times": _topic(
        "term_dates half-?term inset_day gates_open bank_holiday registers?_close bell "
        "school_day_(?:starts|begins|ends) doors_open o'clock [0-9]+_(?:[0-9]+_?)?(?:am|pm) opening_(?:hours|times)",
        "monday friday closed open starts ends holiday begins finishes arrive",
    ),
    "fees and money": _topic(
        "fees?. invoice direct_debit bursar scholarship deposit payable surcharge instalment parentpay "
        "voluntary_contribution",
        "pay term charge cost account bill",
    ),
    "the history of the school": _topic(
        "founded victorian century built_in opened_in_(?:18|19) heritage founder history_of alumni governors_past "
        "acres",
        "building village years town church old",
    ),
    "term's news": _topic(
        "newsletter fundrais pta fete raffle parents'_association christmas_fair nativity concert cake_sale",
        "raised event friends thank december fun",
    ),
    "data protection and the website": _topic(
        "cookies? gdpr data_protection privacy_notice password browser personal_data subject_access",
        "website data information policy consent store",
    ),
    "values and prizes": _topic(
        "values. courage honesty respect joy. motto vision ethos certificate celebrat assembl house_points prize "
        "trophy award_ceremony",
        "proud song community belief badge friday",
    ),
    "attendance": _topic(
        "attendance absence ill. authorised unauthorised fine. penalty_notice late. punctual sickness holidays_in_term",
        "ring note before_nine register missed",
    ),
    "homework": _topic(
        "homework spellings times_tables handed_in reading_record",
        "friday wednesday read_at_home ten_minutes weekly book_bag",
    ),
    "inspection": _topic(
        "ofsted inspect judged outstanding exemplary league_table",
        "good leaders ambitious report results",
    ),
    "telephones and belongings": _topic(
        "mobile phones?. locked_box switched_off lost_property valuables smart_?watch belongings",
        "site bag taken_away home_time named",
    ),
    "buildings and sports results": _topic(
        "sports_hall trophy league cup_final opened_(?:in|by) rowed field_has library_has matches?. fixtures "
        "tournament",
        "won beat drained former new books authors",
    ),
}
