"""What a post gives, in a few words, as what something is or as what is to blame: "it's the frost"."""

from collections.abc import Iterable, Iterator, Sequence, Set
from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.base import PostView
from discourse.analysis.loops.clauses import THIN
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS
from discourse.text.tokens import STOPWORDS, stem

_FRAGMENT = 4  # words of a sentence without a verb that is an answer of itself: "Black ice."
_ADVERB = 6  # letters from which a word in -ly or -ed is hardly a noun
_KEY = 6  # letters of a stem that tell it: "re-entry", "re-entering"
_SHORTEST = 3  # letters of a word that tells anything
_LEAST = 5  # letters of a stem in -er that may be somebody who does a thing
_STANDING = _FRAGMENT + 2  # the same with words behind it, for who is spoken to
_NAME = 3  # words of a name
_PARTING = frozenset('.,;:!?()"\n…-')
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


class Piece(Struct, frozen=True):
    """A stretch of a sentence between two marks."""

    span: Span
    keys: frozenset[str]  # of its content words
    named: frozenset[str]  # of those that it gives as what something is; empty where it gives none
    is_told: bool  # whether a verb or a word of blame says so, and not a few words that stand alone
    states: bool  # whether a verb stands in it, or it names something; else it mentions
    denies: bool
    asks: bool


# words of which one stands in all that says what something is or who is to blame, beside what follows it
_TELLING = _JOINED | _FAULTS | {"blame"}
_LEADING = {
    **dict.fromkeys(_SUBJECTS, _COPULAS),
    "because": frozenset({"of"}),
    "caused": frozenset({"by", "it", "this", "that"}),
    "did": frozenset({"it", "this", "that"}),
    "due": frozenset({"to"}),
}


def may_tell(words: Sequence[str]) -> bool:
    """Say whether a post with these words can say what something is; few can, and no others are cut up."""
    return not _TELLING.isdisjoint(words) or any(
        two in _LEADING[one] for one, two in pairwise(words) if one in _LEADING
    )


def may_stand_alone(view: PostView) -> bool:
    """Say whether a sentence of a post is short enough to name something and say no more."""
    bounds = map(view.places_in, view.sentences)
    return any(0 < last - first <= _STANDING for first, last in bounds)


def naming_pieces(view: PostView, keys: Set[str] | None = None) -> Iterator[Piece]:
    """Yield of the stretches of a post's own words those that name something, and more; few are looked at.

    With `keys` those suffice that name one of them.
    """
    for sentence in view.sentences:
        words = view.words_in(sentence)
        if keys is not None and keys.isdisjoint(map(key_of, words)):
            continue
        if len(words) <= _STANDING or may_tell(words):
            yield from _pieces_in(view, sentence)


def pieces_of(view: PostView) -> Iterator[Piece]:
    """Yield the stretches of a post's own words, without those that only suppose something."""
    for sentence in view.sentences:
        yield from _pieces_in(view, sentence)


def pieces_holding(view: PostView, keys: set[str]) -> Iterator[Piece]:
    """Yield of the stretches of a post's own words those that hold one of some keys, and a few more."""
    for sentence in view.sentences:
        if not keys.isdisjoint(map(key_of, view.words_in(sentence))):
            yield from _pieces_in(view, sentence)


def _pieces_in(view: PostView, sentence: Span) -> Iterator[Piece]:
    pieces = list(_cut(view, *view.places_in(sentence)))
    if not pieces:
        return
    text = view.own[sentence.start : sentence.end]
    asks = "?" in text and fold(text).rstrip(" \"')").endswith("?")
    is_short = pieces[0][1] - pieces[0][0] <= _FRAGMENT and sum(b - a for a, b in pieces) <= _STANDING
    for number, (first, last) in enumerate(pieces):
        words = view.words[first:last]
        span = Span(start=view.starts[first], end=view.ends[last - 1])
        if not _SUPPOSING.isdisjoint(words) or "_" in view.own[span.start : span.end]:
            continue
        denies = not _NEGATORS.isdisjoint(words) or any(word.endswith("n't") for word in words)
        told = () if denies or asks else _told(words)
        alone = () if denies or asks or told or number or not is_short else _alone(words)
        named = frozenset(_keys(filter(_may_name, told or alone)))
        states = bool(named) or not _VERBS.isdisjoint(words) or any(map(_is_done, words))
        yield Piece(span, frozenset(_keys(words)), named, bool(told), states, denies, asks)


def _is_done(word: str) -> bool:
    return len(word) >= _ADVERB and word.endswith("ed")


def _cut(view: PostView, first: int, last: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between marks of a range of words, as ranges."""
    own, starts, ends, words = view.own, view.starts, view.ends, view.words
    begin = first
    for place in range(first + 1, last):
        between = own[ends[place - 1] : starts[place]]
        if words[place] in _BREAKS or (between != " " and not _PARTING.isdisjoint(between)):
            yield begin, place
            begin = place
    if begin < last:
        yield begin, last


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
    return filter(None, map(key_of, words))


@lru_cache(maxsize=1 << 14)
def key_of(word: str) -> str:
    """Return the stem of a content word, and nothing for others.

    Who does a thing has the key of the thing ("healers", "heal").
    """
    if word in _PASSING or word.partition("-")[0] in NUMBER_WORDS or len(word) < _SHORTEST:
        return ""
    found = stem(word)
    if found in THIN or not any(map(str.isalpha, found)):
        return ""
    return (found.removesuffix("er") if len(found) > _LEAST else found)[:_KEY]
