"""What a post gives, in a few words, as what something is or as what is to blame: "it's the frost"."""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from discourse.analysis.base import PostView
from discourse.analysis.loops.clauses import THIN
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS
from discourse.text.tokens import STOPWORDS, Token, stem

_FRAGMENT = 4  # words of a sentence without a verb that is an answer of itself: "Black ice."
_ADVERB = 6  # letters from which a word in -ly or -ed is hardly a noun
_KEY = 6  # letters of a stem that tell it: "re-entry", "re-entering"
_LEAST = 5  # letters of a stem in -er that may be somebody who does a thing
_ADDRESS = 2  # words behind it, for who is spoken to
_NAME = 3  # words of a name
_MARKS = frozenset('.,;:!?()"\n…')
_SUBJECTS = frozenset("it that this they those these which".split())
_COPULAS = frozenset("is are was were".split())
_JOINED = frozenset("it's that's this's they're".split())
_PASSED = frozenset(  # between "it is" and what it is
    "just still simply clearly only really again always all now then obviously plainly definitely "
    "certainly and but so no yes yeah nope sorry a an the his her their your my our its some on because of "
    "due down to".split()
)
_NEGATORS = frozenset(
    "not no never neither nor nothing nobody none hardly without cannot cant dont doesnt didnt isnt wasnt "
    "arent werent wont".split()
)
_TALK = frozenset(  # said of anything, to be polite, or to lead over to something
    "http https www com hmm umm huh well thanks thank cheers sorry please welcome lol wow haha ha deleted "
    "removed edit hello hi hey bye exactly true false wrong right correct sad funny stupid silly ridiculous "
    "nonsense rubbish good great nice fine mate dude bro man guys buddy sir folks lads madam interesting "
    "agreed maybe perhaps ok okay easy hard odd strange weird amazing however therefore moreover furthermore "
    "besides anyway meanwhile instead thus hence".split()
)
_SUPPOSING = frozenset("if whether unless suppose imagine assuming would might could".split())
_BREAKS = frozenset("but although though while whereas".split())
_FAULTS = frozenset("fault doing neglect mistake blunder".split())
_VERBS = _COPULAS | frozenset(
    "be been has have had do does did can will would should could may might must".split()
)


# what a few words that name something do not hold: verbs, and what leads over to something
_OPEN = _VERBS | frozenset("as for about regarding with like".split())
_SHORT = frozenset("it's that's he's she's there's what's who's let's here's".split())
_PASSING = STOPWORDS | _NEGATORS | _TALK


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a sentence between two marks."""

    span: Span
    keys: frozenset[str]  # of its content words
    named: frozenset[str]  # of those that it gives as what something is; empty where it gives none
    is_told: bool  # whether a verb or a word of blame says so, and not a few words that stand alone
    states: bool  # whether a verb stands in it, or it names something; else it mentions
    denies: bool
    asks: bool


def pieces_of(view: PostView) -> Iterator[Piece]:
    """Yield the stretches of a post's own words, without those that only suppose something."""
    starts = [token.start for token in view.tokens]
    own = view.own
    tokens_of_post = view.tokens
    for sentence in view.sentences:
        text = fold(own[sentence.start : sentence.end])
        asks = text.rstrip(" \"')").endswith("?")
        first, last = bisect_left(starts, sentence.start), bisect_left(starts, sentence.end)
        pieces = list(_cut(own, tokens_of_post[first:last]))
        for number, tokens in enumerate(pieces):
            words = [token.word for token in tokens]
            if (
                _SUPPOSING & set(words)
                or "_" in text[tokens[0].start - sentence.start : tokens[-1].end - sentence.start]
            ):
                continue
            denies = any(word in _NEGATORS or word.endswith("n't") for word in words)
            told = () if denies or asks else _told(words)
            is_short = len(pieces[0]) <= _FRAGMENT and sum(map(len, pieces)) <= _FRAGMENT + _ADDRESS
            alone = () if denies or asks or told or number or not is_short else _alone(words)
            span = Span(start=tokens[0].start, end=tokens[-1].end)
            keys, named = frozenset(_keys(words)), frozenset(_keys(w for w in told or alone if _may_name(w)))
            states = bool(named or _VERBS & set(words)) or any(
                len(word) >= _ADVERB and word.endswith("ed") for word in words
            )
            yield Piece(span, keys, named, bool(told), states, denies, asks)


def _cut(own: str, tokens: Sequence[Token]) -> Iterator[list[Token]]:
    piece: list[Token] = []
    for token in tokens:
        between = own[piece[-1].end : token.start] if piece else ""
        if piece and (_MARKS & set(between) or "-" in between or token.word in _BREAKS):
            yield piece
            piece = []
        piece.append(token)
    if piece:
        yield piece


def _told(words: Sequence[str]) -> Sequence[str]:
    """Return the words for what something is said to be, or for who or what is said to have done it."""
    blamed = _blamed(words)
    if blamed:
        return blamed
    at = next((n for n, word in enumerate(words) if word not in _PASSED), len(words))
    rest = words[at:]
    if rest[:1] and rest[0] in _JOINED:
        return _name(rest[1:])
    if len(rest) > 2 and rest[0] in _SUBJECTS and rest[1] in _COPULAS:
        return _name(rest[2:])
    return ()


def _alone(words: Sequence[str]) -> Sequence[str]:
    """Return the words of a sentence that names something and says no more."""
    is_whole = not _OPEN & set(words) and not any(
        "'" in word.removesuffix("'s") or word in _SHORT for word in words
    )
    return words if len(words) <= _FRAGMENT and is_whole else ()


def _name(words: Sequence[str]) -> Sequence[str]:
    first = next((n for n, word in enumerate(words) if word not in _PASSED), len(words))
    last = next((n for n in range(first, len(words)) if words[n] in STOPWORDS), len(words))
    return words[first : min(last, first + _NAME)]


def _blamed(words: Sequence[str]) -> Sequence[str]:
    """Read "X is to blame", "I blame X", "X's fault", "because of X", "X did it"."""
    for place, (one, two) in enumerate(pairwise(words)):
        if one == "to" and two == "blame":
            return words[max(0, place - 2) : place]
        if one == "blame" or (one, two) in (("because", "of"), ("caused", "by"), ("due", "to")):
            return _name(words[place + 1 + (one != "blame") :])
        if one.endswith("'s") and two in _FAULTS:
            return [one.removesuffix("'s")]
        if two in ("did", "caused") and words[place + 2 : place + 3] in (["it"], ["this"], ["that"]):
            return [one]
    return ()


def _may_name(word: str) -> bool:
    """Say whether a word may be a name of something: no adverb, nothing that was done or happens to it."""
    if word[0].isdigit() and word.endswith(("st", "nd", "rd", "th")):
        return False
    return len(word) < _ADVERB or not word.endswith(("ly", "ed"))


def _keys(words: Iterable[str]) -> Iterator[str]:
    """Yield stems of content words; who does a thing has the key of the thing ("healers", "heal")."""
    for word in words:
        if word in _PASSING or word.partition("-")[0] in NUMBER_WORDS or len(word) < 3:
            continue
        found = stem(word)
        if found not in THIN and any(char.isalpha() for char in found):
            yield (found.removesuffix("er") if len(found) > _LEAST else found)[:_KEY]
