"""Whether a sentence says that its value holds, or denies it, or tells what was merely planned (English)."""

import re

from discourse.text.normalise import fold

_REACH = 300  # characters before a value in which it may be denied
_BEHIND = 60  # characters behind a value in which it may be called wrong
# where one clause ends and the next one begins that a "not" of the first does not reach
_BREAK = re.compile(r"[;:.!?,]\s|\b(?:but|because|although|though|while|whereas|and)\b")
_TURN = re.compile(r"[;:.!?]\s|\bbut\b")
_PUT_IN = re.compile(r"\b(not|never), [^,]{1,60},")
_NOT = re.compile(
    r"\b(?:not(?! (?:only|just|merely|simply|least|to mention))|\w{1,10}n't|never|cannot|nobody|no one|"
    r"neither|nor|no (?:truth|evidence|proof|sign|way)|den(?:y|ies|ied|ying)|reject(?:s|ed)|"
    r"disput(?:es|ed)|dismiss(?:es|ed)|ruled out|false that|untrue that)\b"
)
_PLANNED = re.compile(
    r"\b(?:(?:was|were|been) (?:(?:originally|first|once|only|always) )?"
    r"(?:to [a-z]{1,20}|due|supposed|meant|scheduled|planned|intended|expected|set to)|"
    r"had (?:\w{1,12} )?(?:planned|hoped|wanted|intended|meant|proposed)|"
    r"(?:would|should|could|might)(?: not)? have|if|whether|unless)\b"
)
_UNTIL = re.compile(r"\b(?:until|till|before) (?:the )?$")  # "not until Friday" is on Friday
_WRONG = re.compile(
    r"[^,;:.!?]{0,30}\b(?:(?:is|was|are|were) (?:simply |just |plainly )?"
    r"(?:(?:not|never) (?:true|right|correct|so|what|how)|wrong|false|untrue|a lie|a myth|made up)"
    r"|(?:isn't|wasn't) (?:true|right|correct|so|what|how))\b"
)


def holds(text: str, at: int) -> bool:
    """Say whether the value that stands at an offset is said to hold.

    It is not where its clause denies it, calls it wrong, or tells of a plan or a condition.
    """
    folded = fold(text).replace("’", "'")
    before = _PUT_IN.sub(r"\1", folded[max(0, at - _REACH) : at])
    clause, whole = _last(_BREAK, before), _last(_TURN, before)
    denied = _NOT.search(clause) is not None and _UNTIL.search(clause) is None
    behind = folded[at : at + _BEHIND]
    return not denied and _PLANNED.search(whole) is None and _WRONG.match(behind) is None


def _last(edge: re.Pattern[str], text: str) -> str:
    """Return what stands behind the last edge of clauses."""
    start = 0
    for match in edge.finditer(text):
        start = match.end()
    return text[start:]
