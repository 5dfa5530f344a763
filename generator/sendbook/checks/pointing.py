"""Whether a passage says anything itself, or only where else to look or whom to ask."""

from __future__ import annotations

import re

from sendbook.campus.passages import Passage, sentences_of, words_of

# Fewer words next to the pointing ones say nothing.
_FEWEST_OF_ITS_OWN = 8
_LONGEST_POINTER = 30

_VACUOUS = re.compile(
    r",? ?(?:and )?(?:who|we|they|she|he|staff)(?: will|'ll| would| are| is)(?: always)?(?: be)? "
    r"(?:happy|pleased|glad|delighted|able|only too)[^.;]*"
    r"|\b(?:if|should) you (?:have|would|need|want|wish|require)[^,.;]*,?"
    r"|\bfor (?:any |some )?(?:more|further|full|all|other|additional) (?:information|details?|help|guidance)"
    r"(?: (?:on|about|regarding)[^,.;]*?)?(?=,|\.|;|$| please| see| contact| visit)"
    r"|\bwith any (?:questions|queries|concerns)[^.;]*|\bin the first instance\b|\bat any time\b",
    re.IGNORECASE,
)
_TO_PAPERS = re.compile(
    r"^\W*(?:(?:please|kindly|also|you (?:can|may|will|should)(?: also)?|parents (?:can|may|should)"
    r"|to find out more)\W+)*"
    r"(?:see|refer|read|look (?:at|on|in|under)|visit|go to|click|follow|download|consult|check|find)\b"
    r"|\b(?:can|may|will|could|to) be (?:found|seen|read|viewed|obtained|downloaded|accessed|requested|had)\b"
    r"|\b(?:is|are) (?:also |all |currently )?(?:available|found|published|set out|described|explained|covered|given"
    r"|listed|detailed|outlined|contained|included|stated|on|in)\b[^.;]*"
    r"\b(?:website|web page|policy|policies|document|handbook|prospectus|page|link|report|above|below|section|request"
    r"|office|appendix)\b"
    r"|^\W*(?:as|see|same as)? ?(?:above|below|before|stated above|described above|previously (?:stated|described)"
    r"|ditto|overleaf)\W*$"
    r"|^\W*(?:n/?a|not applicable|none|tbc|tba|to follow|to be confirmed|coming soon|awaiting (?:update|information)"
    r"|(?:this|the) (?:section|page|passage|part)? ?is (?:being|to be|currently|under)[^.;]*)\W*$",
    re.IGNORECASE,
)
_TO_PEOPLE = re.compile(
    r"^\W*(?:(?:please|kindly|just|do|you (?:can|may|should)|parents (?:can|may|should|are asked to"
    r"|are welcome to))\W+)*(?:contact|ask|ring|call|phone|telephone|e-?mail|write to|speak|talk|get in touch|enquire"
    r"|come and|arrange|make an appointment|drop in|feel free|do not hesitate|don't hesitate|request)\b"
    r"|\bplease (?:do not hesitate to )?(?:contact|ask|ring|call|phone|e-?mail|speak|get in touch)\b",
    re.IGNORECASE,
)
_GOES_ON = re.compile(
    r", (?:who|which|and (?:we|she|he|they))\b"
    r"(?! (?:is|are|can be|may be|will be) (?:also )?(?:available|found|published|downloaded|requested|on|in)\b).*",
    re.IGNORECASE,
)
#: Items whose very answer is where something is, or whom to ask.
_ASKS_WHERE = frozenset({"SENIR-4", "SENIR-11", "SENIR-13", "SENIR-69biv", "SENIR-C81a", "SENIR-C81b"})


def only_points(passage: Passage) -> bool:
    """Whether a passage does no more than to name another place, or somebody to ask.

    Where that is what its item asks for, it is enough that something leads there: a link, or what a macro says.
    """
    asks_where = not _ASKS_WHERE.isdisjoint(passage.answers)
    if asks_where and (passage.links or "…" in passage.text):
        return False
    linked = {link.text for link in passage.links}
    pointing = own = 0
    for block in passage.blocks:
        for sentence in sentences_of(block):
            if block in linked or _points(sentence, to_people=not asks_where):
                pointing += 1
            else:
                own += len(words_of(_VACUOUS.sub("", sentence.replace("\u2019", "'"))))
    return pointing > 0 and own < _FEWEST_OF_ITS_OWN


def _points(sentence: str, *, to_people: bool) -> bool:
    rest = _VACUOUS.sub("", sentence.replace("\u2019", "'")).strip(" ,")
    goes_on = _GOES_ON.search(rest)
    if len(words_of(rest)) > _LONGEST_POINTER or (goes_on and len(words_of(goes_on[0])) >= _FEWEST_OF_ITS_OWN):
        return False
    return not rest or _TO_PAPERS.search(rest) is not None or (to_people and _TO_PEOPLE.search(rest) is not None)
