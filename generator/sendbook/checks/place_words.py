"""Words that are met where names of schools and councils are, and are none: what `place_names` tells names by."""

from __future__ import annotations


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


#: Never a part of a name, whatever letter they begin with.
GENERAL = _set(
    """
    mondays tuesdays wednesdays thursdays fridays saturdays sundays reception a about after again all also an
    and another any apply are area around as ask at be because before below between both but by call check child
    children click contact do does each either email every families family few find first follow for free from
    get go have help here home how i if in into is it its join keep know last later leave let like link local
    look make many more most my near nearby neighbouring new next no nor not now of off old on once only or
    other our out over own parents past phone please pupil pupils read ring see send several she should since so
    some still student students such talk tell than that the their them then there these they this those through
    to today together under unlike until up use view visit we welcome what when where whether which while who
    whole why with within without work write year years you your monday tuesday wednesday thursday friday
    saturday sunday january february march april may june july august september october november december autumn
    spring summer winter week weekend term early sen senco sendco ehc ehcp key stage mr mrs ms miss dr head
    deputy tutor teacher teachers governor governors chair mainstream special maintained independent state
    private public day boarding residential specialist further higher education english british scottish welsh
    irish european american french german spanish christian catholic jewish muslim islamic sikh hindu anglican
    methodist quaker faith steiner montessori victorian forest virtual breakfast holiday medical law art drama
    music language night dance riding swimming ski driving hospital bible safer healthy whole-school town
    everyone everybody nobody anybody staff designated national royal international open khan
    """
)
#: Kinds of council and school: they tell none from another.
KINDS = _set(
    """
    county city borough district metropolitan unitary parish council councils authority london royal local offer
    send sendiass sendias iass service services campus school schools academy academies college nursery
    pre-school preschool playgroup kindergarten primary secondary infant infants junior juniors high grammar
    community church england c.e ce rc roman catholic c voluntary aided controlled va vc foundation trust multi
    prep preparatory middle lower upper senior comprehensive sixth form boys girls boys' girls' boy's girl's and
    of the & e village technical technology utc studio pupil referral unit la sen special free first day saint
    st st.
    """
)
#: Bodies called a council that govern no place.
NO_AREA = _set(
    """
    school school's student student's students' pupil pupils' eco british arts research privy sport sports youth
    parent parents' parents medical teaching joint professions midwifery schools schools' engineering security
    press dental optical pharmaceutical osteopathic class house sixth-form form general national world learner
    governing staff college academic family church muslim jewish christian design health community climate
    environment science sixth county city children's young people people's food peace safety
    """
)
NO_PLACE = _set(
    """
    christmas easter key year years stage sen send gcse a level levels reception foundation post nursery primary
    secondary school break lunch home first second third tier wave ramadan eid diwali half level stages phase
    university college risk step band ks1 ks2 ks3 ks4 ks5 eyfs btec monday tuesday wednesday thursday friday
    saturday sunday
    """
)
