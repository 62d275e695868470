"""Whether an insulting word is put on somebody, by the words around it."""

import re

from discourse.lexicon import Match
from discourse.text.negation import is_negated

_REACH = 90  # code points before a word that are looked at
_AFTER = 40  # and after it


def _any(words: str) -> str:
    """Write the words of a text, parted by bars, as one alternation."""
    return "|".join(" ".join(word.split()) for word in words.split("|"))


_BE = "is|are|was|were|am|been|being|become|became|must be|isn't"
_SOFTENERS = "all|just|so|such|really|very|simply|clearly|obviously|completely|totally|utterly|either|too"
# what applies a label to somebody: "is a", "you", "these", "a bunch of", "what a"
_OPENERS = _any(
    """
    you|u|such|these|those|this|that(?! the)|another|what|bunch of|pack of|lot of|gang of|band of|group of
    |full of|nothing but|like|mere|calls? him|calls? her|calls? them|hey|listen|shut up|ok|okay|our|their
    |his|her|little|old|poor|mr|mrs|sir|some|every|you and your|resident|fellow|damn|damned|bloody|fucking
    """
)
# what may stand between: articles, softeners, and words that look like adjectives
_BETWEEN = _any(
    """
    a|an|the|only|also|still|nothing|but|more|than|bit|of|big|sad|old|fat|bad|real|true|mere|total|abject
    |utter|pure|poor|dumb|cheap|mad|sore|lame|paid|kind|sort|little|complete|two-faced|absolute|plain|damn
    """
)
_ENDINGS = "ing|ed|ic|al|ous|ful|less|y|ish|ive|ant|ent|id|le|er|est|ian|ate|ist|an"
_NO_ADJECTIVE = _any(
    """
    why|any|they|my|by|may|say|says|many|when|thing|something|being|having|eat|get|got|under|every|only|per
    """
)
_LOOKS = rf"self-\w{{2,12}}|[a-z'-]{{2,14}}(?:{_ENDINGS})"
_ADJECTIVE = rf"(?!(?:{_NO_ADJECTIVE}) )(?:{_BETWEEN}|{_LOOKS})"
_ADJECTIVES = rf"(?:{_ADJECTIVE} ){{0,4}}"
_GAP = rf"(?:(?!(?:{_NO_ADJECTIVE}) )(?:{_BETWEEN}|{_SOFTENERS}|{_LOOKS}) ){{0,4}}"
_APPLIES = re.compile(rf"(?:\b(?:{_BE}|{_OPENERS})|'s|'re) {_GAP}$")
# what a single name has before it, and what may follow where it is no adjective of the next word
_DETERMINERS = _any(
    """
    an?|the|one|you|u|this|that|such|what|another|like|mere|his|her|their|our|your|some|every|resident
    |little|old|damn|damned|bloody|fucking|mr|mrs|hey|ok|okay|listen|shut up
    """
)
_DETERMINED = re.compile(rf"(?:^|[^\w'])(?:{_DETERMINERS}) {_ADJECTIVES}$")
_FOLLOWS = _any(
    """
    and|or|who|that|which|is|are|was|were|in|on|of|to|with|like|for|but|because|at|from|by|when|if|as|than
    |has|have|had|can|could|would|will|just|you|he|she|they|it|i|we|does|did|do|says|said|thinks|wants|goes
    |go|get|stop|know|knows|think|should|so|then|named|called|among|running|left|sitting|calling|where|why
    |how|what|anyway|please|yet|still|even|only|now|here|there|not|too|again|about|without|whose|whom|the|a
    |never|always|really|thinking|while|though|although|into|over|up|out|all|saying|trying|posting|making
    |may|might|must
    """
)
_ENDS = re.compile(rf" ?(?:[^\w '-]|$|[\"'] |(?:{_FOLLOWS})\b)")
# adjectives that make an insult of the noun after them, wherever it stands
_CHARGED = re.compile(
    r"\b(?:stupid|dumb|ignorant|pathetic|lying|filthy|slimy|arrogant|pompous|brainless|gutless|spineless|smug"
    r"|worthless|miserable|whiny|snivell?ing|rotten|brainwashed|deranged|delusional|mindless|hypocritical"
    r"|self-righteous|sanctimonious|rabid|cowardly|hateful|evil|vile|crooked|bloody|goddamn|so-called) $"
)
_MASS = frozenset("sheep scum swine vermin filth trash rabble riffraff riff-raff lowlife pond".split())
_PEOPLE = _any(
    """
    he|she|they|you|u|who|people|everyone|everybody|folks|men|women|guys|liberals|conservatives|democrats
    |republicans|politicians|voters|leader|leaders|mayor|president|council|councillors|idiots|christians
    |atheists|creationists|evolutionists|bush|obama|clinton|trump|kerry|reagan|cheney|man|woman|guy|lawyer
    """
)
_SUBJECT = rf"(?:(?:{_PEOPLE})(?: (?:is|are|was|were)|'s|'re)|(?:are|were) you|is (?:he|she)|are they)"
_SAID_OF_PERSON = re.compile(
    rf"\b{_SUBJECT}(?: (?:{_SOFTENERS}|a bit|plain|absolutely|that|truly|more|as|not just|now)){{0,2}} $"
)
_AS = "an?|the|like an?|nothing but an?|a bit of an?|no better than"
_PUT_ON_PERSON = re.compile(
    rf"(?:\b{_SUBJECT} (?:(?:{_SOFTENERS}) ){{0,2}}(?:(?:{_AS}) )?"
    r"|\b(?:you|u|what an?|such an?|bunch of|pack of|nothing but|(?:this|that) (?:guy|man) is an?) )"
    rf"(?:(?!an? |the ){_ADJECTIVE} ){{0,3}}$"
)
_ADDRESSED = re.compile(rf"\b(?:you|u|you're|you are|you all|you lot of) {_GAP}$")

# names that somebody is said to have called, or that speakers give themselves; suppositions and questions
_SOMEBODY = _any(
    """
    me|us|him|her|them|you|people|someone|somebody|others|anyone|anybody|everyone|everybody|each other|names
    |those|gays|christians|liberals|conservatives|creationists|atheists|gun owners|republicans|it|one
    """
)
_NAMING = _any(
    """
    call|declar|proclaim|label|labell|accus|brand|paint|portray|depict|denounc|dismiss|describ|stereotyp
    |categoriz
    """
)
_NAMES = rf"(?:{_NAMING})(?:s|e|es|ed|ing|led|ling)?"
_SELF = _any(
    """
    i'm|i am|i was|we're|we are|we were|i must be|(?:makes?|made|think|imagine) me|(?<!give )me(?= an? )
    |makes? us|call me|feel like|myself|ourselves
    """
)
_WORD = r"[\w'-]{1,15}"
_SHORT = rf"(?:(?!(?:you|these|those|of|with|to|by|from|that) ){_WORD},? ){{0,3}}"
_AN = r"(?: an?| all| the)?"
_NO_PART = "(?<!kind )(?<!sort )(?<!type )(?<!bit )(?<!piece )(?<!bunch )"  # before "of a"
_CHARGES = "charge|charges|accusation|accusations|cry|cries|label|sign|signs|mark|definition|action|actions"
_REPORTS = (
    # he called them a, labelled his own brother a, accused half the town of being a
    rf"{_NAMES}(?: (?:{_SOMEBODY})| (?:[\w'-]{{1,14}} ){{1,4}}(?:as|of being)"
    rf"| (?:[\w'-]{{2,14}} ){{0,2}}[\w'-]{{2,14}}(?= an? ))(?: of being| as)?{_AN} {_SHORT}",
    rf"(?:being|get|gets|got|are|is|was|were|be|been) (?:{_NAMING})(?:ed|led|d)(?: as)?(?: an?)? {_SHORT}",
    rf"{_NAMES} (?:those|people|anyone|everyone|somebody|someone) [^.!?\n]{{0,50}} ",
    rf"{_NAMES} the [\w'-]{{1,14}} and [\w'-]{{1,14}} ",
    # they see us as a, treat him like a, the charge of
    r"(?:attack|see|seen|view|regard|treat|condemn|perceiv|judge|consider|pound|smear|cast|characteriz|vilif|mock)"
    r"(?:s|e|es|ed|ing|ied|y|ies|ying)?"
    rf"(?: (?:{_SOMEBODY})| (?:\w{{2,14}} ){{0,2}}\w{{2,14}})? as(?: being)?{_AN} {_SHORT}(?:and an? )?",
    rf"(?:treat|regard|look at)(?:s|ed|ing)? (?:(?:{_SOMEBODY}) )?like an? {_SHORT}",
    rf"(?:{_CHARGES}) of (?:an? )?",
    r"(?:words?|terms?|labels?|names?|epithets?|slurs?|insults?|titles?|expressions?)"
    r"(?: like| such as| of)?(?: an?| the)? ",
    # the joys of being a, the mind of a, when a, not a brute, a
    rf"(?<!quit )(?<!stop )(?<!keep )(?<!re )(?<!are )(?<!is )(?<!for )being an? {_SHORT}",
    rf"(?:{_NO_PART}of|as|mak(?:e|es|ing) (?:your |our |the )?god|making \w{{1,10}}) an? (?:{_WORD} ){{0,2}}",
    "(?:if|when|so|that|because|how (?:could|can|would|does)|would|does|should|can) an? "
    rf"(?:{_WORD} ){{0,2}}",
    rf"(?:not|never|\w{{2,6}}n't) (?:an? )?(?:{_WORD}(?:,|,? or|,? and) (?:an? )?){{1,3}}",
    "so-called ",  # held at a distance
    r"into (?:an? )?(?:[\w'-]{1,12} )?",  # makes them into
    # makes them look like a
    r"mak(?:e|es|ing) (?:them|him|her|us|others|people|[\w'-]{2,14} [\w'-]{2,14}) (?:all )?"
    rf"(?:look|sound|seem|out to be)(?: like)?(?: an?)? {_SHORT}",
    # I am a, we
    r"(?:us|we|my fellow) (?:[\w'-]{1,12} )?",
    rf"(?:{_SELF})(?: not| just| such| really| being)?{_AN} {_SHORT}",
)
_REPORTED = re.compile(rf"\b(?:{'|'.join(_REPORTS)})$")
# called the clerk, the warden and all their men ...; not what "you" begins anew
_LISTED = re.compile(
    r"\b(?:call(?:s|ed|ing)?|accus(?:es|ed|ing|ations?)|labell?ed|branded) [^.!?;\n]{0,70}(?<!\byou )$"
)
_OPINES = "think|believe|sound|look|seem|say|said|saying|mean|suggest|imply|deny|claim|call"
_SUPPOSED = re.compile(
    r"\b(?:(?:if|unless|whether|suppose) (?:[\w']{1,12} (?:is|are|was|were|am) |[a-z]{1,8}'(?:re|s|m) )"
    r"|(?:to|would|could|might|may|i'd|you'd|can|should|not|don't|can't) be "
    r"|^ ?(?:are you|am i|was i|is he|is she) )"
    rf"(?:(?:an?|the|some|any|just)(?: {_WORD}){{0,2}} )?$"
    r"|\b(?:may|might|could|would|must) have been (?:an? )?$"
    r"|\bif [^.!?\n]{0,40}\bthen [^.!?\n]{0,40}$"
    r"|(?:n't|\bnot) make [^.!?\n]{0,40}$"
    r"|\b(?:does|do|did) (?:that|this|it) make [^.!?\n]{0,30}$"
    r"|\b(?:anyone|everyone|anybody|everybody)\b[^.!?\n]{0,20}\b(?:disagree|oppose|question|object)[^.!?\n]{0,70}$"
    r"|\bwould(?:n't)? (?:[\w']{1,12} ){0,2}(?:make|look|sound|seem|be|become)\b[^.!?\n]{0,25}$"
    rf"|(?:n't|\bnot|\bnever) (?:really |just )?(?:{_OPINES})(?:s|ing|ed)?\b[^.,!?\n]{{0,70}}"
    rf"\b(?:is|are|was|were|am|be|being|an?|'s|'re)(?: {_WORD}){{0,3}} $"
)
_QUESTION = re.compile(
    r"(?:^|[.!?\n] ?)(?:so )?(?:are you|were you|am i|was i|is he|is she|are they)"
    rf" (?:in fact |really |just )?an? (?:{_WORD} ){{0,2}}$"
)
_CONDITION = re.compile(
    r"\b(?:if|unless|whether|that says|until|when) [\w']{1,12} (?:(?:is|are|was|were|am) )?(?:[\w']{1,10} )?$"
)
_HOLDING = _any(
    """
    thinks?|believes?|claims?|says?|said|saying|thought|imply|implies|implying|suggesting|insists?|maintains?
    |argu(?:es?|ed|ing)|assert(?:s|ed|ing)?|alleg(?:es?|ed|ing)|declare[sd]?
    |pretend(?:s|ed|ing)?|assum(?:es?|ing|ed)|means?|conclude|tells? (?:me|us|you)
    |told (?:me|us|you)|suggest(?:s|ing)?
    |show(?:s|n|ed)?|assumptions?|accusations?|beliefs?|notions?
    """
)
_HELD = re.compile(
    rf"(?<!\bi )(?<!\bwe )\b(?:{_HOLDING})(?: that)? (?:{_WORD} ){{0,4}}"
    rf"(?:(?:is|are|was|were|am|[a-z]{{1,8}}'(?:s|re|m))(?: {_WORD}){{0,3}} |only (?:an? )?)$"
)
_ANYBODY = "someone|somebody|person|one|anyone|anybody|people"
_DEFINED = re.compile(
    rf" (?:is|are|means|=) (?:[\w'-]{{1,12}} ){{0,2}}(?:{_ANYBODY}) (?:who|that)\b"
    r"| (?:is|was) (?:not |hardly )?(?:an?|the) (?:[\w'-]{1,12} ){0,3}(?:word|term|label|insult|slur)\b"
)
_LINK = re.compile(r"(?:https?:|www\.|\w/)[^ \n]{0,80}$")


def is_name_calling(match: Match, folded: str) -> bool:
    """Say whether an entry of the insults is put on a person or group here.

    The entry's column `frame` says what it needs: `free` nothing more, `noun` that it does
    not describe the next word, `label` words that apply it ("is a", "you", "bunch of") or
    a sentence of its own, `person` a person who is or is called one, `address` "you",
    `copula` a person of whom it is said ("they are so ..."). Denied, reported, supposed
    and self-given names are none, nor are parts of compounds ("idiot-proof") and addresses.
    """
    before = folded[max(0, match.start - _REACH) : match.start]
    keeps = match.entry.fields.get("negated") == "keep"
    if not keeps and is_negated(folded, match.start, reach=4):
        return False
    if _in_compound(match, folded) or _is_mentioned(match, folded):
        return False
    if _is_not_put(before, folded[match.end : match.end + _AFTER]):
        return False
    return _is_framed(match, before, folded)


def _is_mentioned(match: Match, folded: str) -> bool:
    """Say whether a name stands alone between quotation marks: the word is talked about."""
    before, after = folded[max(0, match.start - 1) : match.start], folded[match.end : match.end + 1]
    return before in ("'", '"') and before == after


def _is_framed(match: Match, before: str, folded: str) -> bool:
    frame = match.entry.fields.get("frame", "free")
    if frame in ("free", "noun"):
        return frame == "free" or folded[match.end - 1] == "s" or _is_last(match, folded)
    if frame == "copula":
        is_said = _SAID_OF_PERSON.search(before) and not _CONDITION.search(before)
        return bool(is_said) and _is_last(match, folded)
    if frame == "label" and _stands_alone(match, folded):
        return True
    return _is_noun(match, before, folded) and _is_applied(frame, before)


def _is_applied(frame: str, before: str) -> bool:
    """Say whether the words before a name put it on somebody."""
    if frame == "address":
        return bool(_ADDRESSED.search(before))
    applies = _PUT_ON_PERSON if frame == "person" else _APPLIES
    return bool(applies.search(before) or _CHARGED.search(before))


def _is_last(match: Match, folded: str) -> bool:
    """Say whether what follows a name is nothing that it could describe."""
    return bool(_ENDS.match(folded[match.end : match.end + 20]))


def _is_noun(match: Match, before: str, folded: str) -> bool:
    """Say whether a name stands as a noun: a single one has an article or the like before it."""
    word = folded[match.start : match.end]
    if (word.endswith("s") and not word.endswith("ss")) or word.endswith("men") or word in _MASS:
        return True
    is_determined = _DETERMINED.search(before) or word.startswith(("a ", "an ")) or _CHARGED.search(before)
    return bool(is_determined) and _is_last(match, folded)


def _is_not_put(before: str, after: str) -> bool:
    """Say whether a name is one that is reported, supposed, asked about, defined or given by oneself."""
    kinds = (_REPORTED, _LISTED, _SUPPOSED, _QUESTION, _HELD)
    return any(kind.search(before) for kind in kinds) or bool(_DEFINED.match(after))


def _in_compound(match: Match, folded: str) -> bool:
    """Say whether a match is only a part of a longer word or of an address."""
    around = folded[max(0, match.start - _REACH) : match.start]
    tied = folded[match.end : match.end + 1] in ("-", "_") and folded[match.end + 1 : match.end + 2].isalpha()
    return tied or around.endswith(("anti-", "non-", "_")) or bool(_LINK.search(around))


def _stands_alone(match: Match, folded: str) -> bool:
    """Say whether a word is all that its sentence says ("Clown.", "So long, clown!")."""
    before = folded[max(0, match.start - 3) : match.start].rstrip(" ")
    after = folded[match.end : match.end + 3].lstrip(" ")
    return (not before or before[-1] in ".!?,\n") and (not after or after[0] in ".!\n")
