"""Whether an insulting word is put on somebody, by the words around it."""

import re

from discourse.lexicon import Match
from discourse.text.negation import is_negated

_REACH = 60  # code points before a word that are looked at


def _any(words: str) -> str:
    """Write the words of a text, parted by bars, as one alternation."""
    return "|".join(" ".join(word.split()) for word in words.split("|"))


_BE = r"is|are|was|were|am|be|been|being|become|became"
_SOFTENERS = "all|just|so|such|really|very|simply|clearly|obviously|completely|totally|utterly|either|too"
# what applies a label to somebody: "is a", "you", "these", "a bunch of", "what a"
_OPENERS = _any(
    """
    you|u|such|these|those|this|that|another|what|bunch of|pack of|lot of|gang of|band of|group of
    |nothing but|like|mere|calls? him|calls? her|calls? them|hey|listen|shut up|ok|okay|our|their|his|her
    |little|old|poor|mr|mrs|sir
    """
)
# what may stand between: articles, softeners, and words that look like adjectives
_BETWEEN = _any(
    """
    a|an|the|only|also|still|nothing|but|more|than|bit|of|big|sad|old|fat|bad|real|true|mere|total|abject
    |utter|pure|poor|dumb|cheap|mad|sore|lame|paid
    """
)
_ENDINGS = "ing|ed|ic|al|ous|ful|less|y|ish|ive|ant|ent|id|le|er|est|ian|ate|ist"
_APPLIES = re.compile(
    rf"(?:\b(?:{_BE}|{_OPENERS})|'s|'re) ?"
    rf"(?:(?:{_BETWEEN}|{_SOFTENERS}|self-\w{{2,12}}|[a-z'-]{{2,14}}(?:{_ENDINGS})) ){{0,4}}$"
)
_PEOPLE = _any(
    """
    he|she|they|you|u|who|people|everyone|everybody|nobody|folks|men|women|guys|liberals|conservatives
    |democrats|republicans|politicians|voters|leader|leaders|mayor|president|council|councillors|idiots
    """
)
_SAID_OF_PERSON = re.compile(
    rf"\b(?:(?:{_PEOPLE})(?: (?:is|are|was|were)|'s|'re)|(?:are|were) you|is (?:he|she)|are they)"
    rf"(?: (?:{_SOFTENERS}|a bit|plain|absolutely|that|truly|more|as|not just)){{0,2}} $"
)
# names that somebody is said to have called, or that speakers give themselves
_REPORTED = re.compile(
    r"\b(?:(?:call|label|labell?|accus|brand)(?:s|e|es|ed|ing|led|ling)?"
    r" (?:me|us|people|someone|somebody|others|anyone|anybody|everyone|everybody|each other|names|you)"
    r"(?: of being)?"
    r"|(?:i'm|i am|i was|we're|we are|(?:makes?|made|think) me|myself)(?: not| just| such| really)?)"
    r"(?: an?| all| the)? (?:[\w'-]{1,15} ){0,2}$"
)


def is_name_calling(match: Match, folded: str) -> bool:
    """Say whether an entry of the insults is put on a person or group here.

    The entry's column `frame` says what it needs: `free` nothing more, `label` words
    that apply it ("is a", "you", "bunch of") or a sentence of its own, `copula` a person
    of whom it is said ("they are so ..."). Denied, reported and self-given names are none.
    """
    before = folded[max(0, match.start - _REACH) : match.start]
    keeps = match.entry.fields.get("negated") == "keep"
    if _REPORTED.search(before) or (not keeps and is_negated(folded, match.start, reach=4)):
        return False
    frame = match.entry.fields.get("frame", "free")
    if frame == "copula":
        return bool(_SAID_OF_PERSON.search(before))
    return frame == "free" or bool(_APPLIES.search(before)) or _stands_alone(match, folded)


def _stands_alone(match: Match, folded: str) -> bool:
    """Say whether a word is all that its sentence says ("Clown.", "So long, clown!")."""
    before = folded[max(0, match.start - 3) : match.start].rstrip(" ")
    after = folded[match.end : match.end + 3].lstrip(" ")
    return (not before or before[-1] in ".!?,\n") and (not after or after[0] in ".!\n")
