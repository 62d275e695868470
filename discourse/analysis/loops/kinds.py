"""What kind of matter a loop turns on: a quantity, a statement, what a word covers, or who is to blame."""

import re
from collections.abc import Collection, Iterable
from typing import Literal

from msgspec import Struct

from discourse.analysis.base import ThreadView
from discourse.text.normalise import fold

Kind = Literal["quantity", "polarity", "definition", "blame", "other"]
LANGUAGE = "en"  # whose words are known


class _Sign(Struct, frozen=True):
    """Words of one kind, and how common they must be among a loop's turns."""

    words: re.Pattern[str]
    posts: float  # share of the turns that hold one
    density: float  # such words in a hundred
    times: float  # as many turns that hold one as among the thread's other posts

    def held(self, thread: ThreadView) -> int:
        """Count the posts of a thread that hold such a word."""
        return _held(self, (fold(view.own) for view in thread.posts))


_DEFINITION = re.compile(
    r"\b(?:definition(?:s|al)?|defin(?:e|es|ed|ing)|redefin\w+|(?:true |real |actual )?meanings?|"
    r"(?:word|term|phrase)s?\b.{0,40}\bmeans?|means? (?:\"|'|something|exactly|the same|one thing)|"
    r"dictionar\w+|"
    r"terminolog\w+|semantic\w*|synonym\w*|counts? as|qualif\w+|classif\w+|webster\w*|the (?:word|"
    r"term|phrase)|"
    r"the same (?:thing )?as|what (?:is|are|makes?|constitutes?) an? |constitutes?|so-called|"
    r"misnomer|literal(?:ly)?|"
    r"is called|are called|called an? )\b"
)
_BLAME = re.compile(
    r"\b(?:blam\w+|(?:your|their|his|her|my|whose|our|own) fault|at fault|fault of|responsib(?:le|"
    r"ility|ilities)|"
    r"accountab\w+|culpab\w+|guilty|causing|the cause of|"
    r"(?:it|they|he|she|you|who|that|which|have|has|had|was|is|were|are|been|being) caused?|"
    r"because of (?:you|him|them|your|his|their|those|these|people)\b|victims? of|to thank for|thanks to|"
    r"driv(?:es?|ing|en) (?:up|people|them)|started it|brought (?:it|this) on|failed to|"
    r"victimi[sz]\w+|scapegoat\w*)\b"
)
_SIGNS: dict[Kind, _Sign] = {
    "definition": _Sign(_DEFINITION, 0.5, 0.5, 1.3),
    "blame": _Sign(_BLAME, 0.5, 0.3, 2.0),
}


def loop_kind(thread: ThreadView, turns: Collection[int], *, has_values: bool) -> Kind:
    """Tell the kind of a loop from its turns' own words, against those of the thread's other posts.

    A loop over two values is one of `quantity`. One in most turns of which words of defining stand, or
    words of blame, more often than elsewhere in the thread, is of that kind; all others are `polarity`.

    Parameters
    ----------
    turns
        Places of the loop's posts in the thread, 0-based.
    """
    if has_values:
        return "quantity"
    if not thread.speaks(LANGUAGE):
        return "polarity"
    inside = [fold(thread.posts[place].own) for place in sorted(turns)]
    found = {kind: _density(sign, inside) for kind, sign in _SIGNS.items() if _fits(sign, inside, thread)}
    return max(found, key=lambda kind: found[kind]) if found else "polarity"


def _fits(sign: _Sign, inside: list[str], thread: ThreadView) -> bool:
    held = _held(sign, inside)
    share = held / max(1, len(inside))
    if share < sign.posts or _density(sign, inside) < sign.density:
        return False
    # looked up once for all loops of a thread: most have none of these words
    both: int = thread.remembered(sign.held)
    return share >= sign.times * ((both - held) / max(1, len(thread.posts) - len(inside)))


def _held(sign: _Sign, texts: Iterable[str]) -> int:
    return sum(sign.words.search(text) is not None for text in texts)


def _density(sign: _Sign, texts: list[str]) -> float:
    words = sum(len(text.split()) for text in texts)
    return 100 * sum(len(sign.words.findall(text)) for text in texts) / max(1, words)
