"""Sentences of posts that claim something, and what of each must be the same for two to claim the same."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence, Set
from itertools import pairwise

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.quantities import find_quantities
from discourse.text.tokens import content_stems

FEWEST, MOST = 3, 45  # words of a statement: neither a stub nor a speech
_FEWEST_TELLING = 2  # different words that are not of any talk, without which little is said
_LONGEST_NAME = 40  # characters of an author's name that opens a line
_BREAK = re.compile("\n")
_MARKS = re.compile('["“”„«»]')
# words of any talk, which say nothing of what it is about
_THIN = frozenset(
    content_stems(
        (
            "know think thought say said saying want make made go going get got see look people thing things "
            "way good better best bad right wrong really much many lot post posts need use take come give "
            "mean show feel try talk tell told call point agree believe reason question answer please "
            "yeah something anything nothing everyone someone anyone actually always never maybe still "
            "one two first last time day year argument read comment thread forum guy quote sense fact "
            "hope help thank love hate like care idea different problem part sure completely totally"
        ).split()
    )
)
_LINK = re.compile(r"https?://|www\.|\b(?:posted|edited|posts?) by\b|\bclick (?:here|to)\b|\bi am a bot\b")
_VERBS = frozenset(
    """
    is isn't are aren't was wasn't were weren't be am i'm it's that's there's he's she's what's who's
    they're we're you're isnt arent wasnt werent dont doesnt didnt cant wont
    has hasn't have haven't had hadn't i've we've they've you've do does did don't doesn't didn't
    can can't cannot could couldn't will won't would wouldn't should shouldn't may might must
    i'll you'll we'll they'll he'll she'll it'll i'd you'd he'd she'd we'd they'd
    means mean meant makes make made takes take took gives give gave gets get got goes go went says say said
    knows know knew thinks think thought shows show showed proves prove needs need needed wants want wanted
    works work worked causes cause caused kills kill killed costs cost lasts last lasted uses use used
    becomes become became comes come came leads lead led keeps keep kept lets let pays pay paid
    happens happen happened exists exist existed requires require required supports support supported
    protects protect protected violates violate violated believes believe believed feels feel felt
    """.split()
)
_ANSWERS = frozenset("no non não nein nee nej nei nie ne нет ні".split())  # that open a sentence
_STOPS = frozenset(",.;:!-–—")
_SUBJECTS = frozenset("you he she it we they this that these those who which there".split())
# "painted", "paints"; or a plural, which stands beside a verb more often than not
_INFLECTED = re.compile(r"[a-z]{2,}(?:ed|[a-rtv-z]s)\Z")
# what opens a greeting, thanks, an order or a wish: no claim
_OPENERS = frozenset(
    """
    thanks thank thx welcome hi hello hey congrats congratulations congratulation sorry please lol lmao let
    kill good best interesting agreed let's lets remember imagine suppose see look read check try go wait stop
    show raise tell give prove name take support provide answer explain repent keep get find define ask note
    consider learn do don't dont does did is isn't are aren't was wasn't were has had can could will would
    should am
    """.split()
)
# words that deny, by language: "sin", "sans" and "Mai" deny in some and mean something else in others
_NEGATORS = {
    language: frozenset(words.split())
    for language, words in {
        "en": "not no never neither nor none nobody nothing without hardly scarcely barely cannot cant dont "
        "doesnt didnt isnt wasnt arent werent wont wouldnt shouldnt couldnt aint false wrong untrue",
        "de": "nicht kein keine keinen keinem keiner nie niemals niemand nichts ohne",
        "fr": "pas jamais rien aucun aucune personne sans non",
        "es": "no nunca nada nadie ninguno ninguna sin jamás tampoco",
        "it": "non mai niente nessuno nessuna senza",
        "pt": "não nem nunca nada ninguém nenhum nenhuma sem",
        "nl": "niet geen nooit niemand niets zonder",
        "sv": "inte aldrig ingen inget inga utan",
        "da": "ikke aldrig ingen intet uden",
        "no": "ikke aldri ingen uten",
        "nn": "ikkje aldri ingen utan",
        "ru": "не нет ни никогда никто ничего без",
        "uk": "не ні ніколи ніхто нічого без немає",
        "pl": "nie nigdy nikt nic bez",
        "cs": "ne není nikdy nikdo nic bez",
    }.items()
}
# words that make a claim depend on something, or say how far it goes
_HEDGES = frozenset(
    """
    if unless whether would could might may maybe perhaps probably possibly should seldom rarely
    only all every always most some many few more less different question must
    wenn ob falls vielleicht si wäre würde könnte si peut-être quizás forse se talvez если может
    """.split()
)
# subjects that take up what somebody said before
_TAKEN_UP = frozenset("it it's its this that that's thats these those they they're both neither so".split())
_I = frozenset("i me my mine myself i'm i've i'd i'll im ive".split())
# after "I": who holds the claim, and not whom it is about
_HOLDING = frozenset(
    "think believe say said mean guess agree feel know maintain thought claim reckon".split()
)
_YOU = frozenset("you your yours yourself you're you've u".split())
_THEY = frozenset("he him his she her he's she's".split())


class Statement(Struct, frozen=True):
    """A sentence that claims something."""

    post: int  # place in the thread, 0-based
    author: str
    span: Span
    text: str  # as it was written
    stems: tuple[str, ...]  # of its content words, in order
    words: tuple[str, ...]  # folded
    denials: int  # words that deny
    values: frozenset[str]  # labels of its quantities, and its bare figures

    @property
    def frame(self) -> tuple[object, ...]:
        """What two statements of one claim have in common, whatever their words.

        Whether it is denied, its values, what it depends on, of whom it speaks, and whether its subject
        is something said before. "I", "you" and "that" are others in each author's mouth.
        """
        words = frozenset(self.words)
        goes_on = not _TAKEN_UP.isdisjoint(self.words[:2])
        is_my_own = goes_on or not words.isdisjoint(_YOU) or self._speaks_of_me
        return (
            self.denials % 2 == 1,
            self.values,
            words & _HEDGES,
            not words.isdisjoint(_YOU),
            not words.isdisjoint(_THEY),
            goes_on,
            self.author if is_my_own else None,
        )

    @property
    def _speaks_of_me(self) -> bool:
        pairs = pairwise([*self.words, ""])
        return any(one in _I and not (one == "i" and other in _HOLDING) for one, other in pairs)


def statements_of(thread: ThreadView, *, known: bool) -> Iterator[Statement]:
    """Yield the statements of a thread in order.

    Parameters
    ----------
    known
        Whether the thread is in a language whose verbs are known; else every sentence of some words that
        asks nothing counts.
    """
    reader = Reader(thread, known=known)
    for place, view in enumerate(thread.posts):
        for span in view.sentences:
            if (statement := reader.read(place, span)) is not None:
                yield statement


class Reader:
    """Reads the statements of a thread; see `statements_of`."""

    def __init__(self, thread: ThreadView, *, known: bool) -> None:
        self._posts = thread.posts
        self._known = known
        self._names = {author.lower() for author in thread.authors}
        told = Counter(view.post.lang for view in thread.posts if view.post.lang is not None)
        self._usual = "en" if known or not told else told.most_common(1)[0][0]
        self._lines: tuple[int, list[int]] = (-1, [])  # a post, and where its lines end

    def read(self, place: int, span: Span) -> Statement | None:
        """Return what a sentence of a post states; None where it states nothing."""
        view = self._posts[place]
        words = view.words_in(span)
        if not FEWEST <= len(words) <= MOST:
            return None
        stems = tuple(s for s in content_stems(words) if _counts(s))
        if not _claims(view, span, words, stems, known=self._known):
            return None
        if _is_told(view, self._line(place, span), span, self._names):
            return None
        negators = _NEGATORS.get(view.post.lang or self._usual, frozenset())
        return Statement(
            post=place,
            author=view.post.author,
            span=span,
            text=view.post.text[span.start : span.end],
            stems=stems,
            words=tuple(words),
            denials=_denials(view, span, words, negators),
            values=_values(view, span, words),
        )

    def _line(self, place: int, span: Span) -> int:
        """Return where the line begins on which a sentence begins."""
        if self._lines[0] != place:
            own = self._posts[place].own
            self._lines = place, [found.start() for found in _BREAK.finditer(own)]
        ends = self._lines[1]
        before = bisect_left(ends, span.start)
        return ends[before - 1] + 1 if before else 0


def _claims(view: PostView, span: Span, words: Sequence[str], stems: Sequence[str], *, known: bool) -> bool:
    if len(telling(stems)) < _FEWEST_TELLING:
        return False
    text = view.own[span.start : span.end]
    # what stands in quotation marks is somebody else's, or meant otherwise
    if "?" in text[-4:] or _MARKS.search(text) or _LINK.search(fold(text)):
        return False
    return not known or (words[0] not in _OPENERS and _has_verb(words))


def _is_told(view: PostView, line: int, span: Span, names: Set[str]) -> bool:
    """Say whether a sentence gives somebody's words as plays do: "Ann: that is so"."""
    name, colon, _ = view.own[line : min(line + _LONGEST_NAME, span.end)].partition(":")
    return bool(colon) and name.strip(" -*\"'").lower() in names


def telling(stems: Sequence[str]) -> frozenset[str]:
    """Return the stems that are not of any talk."""
    return frozenset(stems) - _THIN


def tells(stem: str) -> bool:
    """Say whether a stem of a content word is not of any talk."""
    return stem not in _THIN and _counts(stem)


def _counts(stem: str) -> bool:
    return len(stem) > 2 or stem[0].isdigit()


def _has_verb(words: Sequence[str]) -> bool:
    return (
        not _VERBS.isdisjoint(words)
        or any(_INFLECTED.match(word) for word in words[1:-1])
        or any(one in _SUBJECTS and other.isalpha() for one, other in pairwise(words[:-1]))
    )


def _denials(view: PostView, span: Span, words: Sequence[str], negators: Set[str]) -> int:
    """Count the words that deny: one in "No, it did not", and one in "No dog did" and "No es verdad"."""
    first = 0
    if words[0] in _ANSWERS:
        end = view.ends[view.places_in(span)[0]]
        first = int(view.own[end : end + 1] in _STOPS or words[1] in _SUBJECTS)
    return sum(word in negators or word.endswith("n't") for word in words[first:])


def _values(view: PostView, span: Span, words: Sequence[str]) -> frozenset[str]:
    text = view.post.text[span.start : span.end]
    figures = {word for word in words if word[0].isdigit()}
    return frozenset({quantity.label for quantity in find_quantities(text)} | figures)
