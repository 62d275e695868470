"""What the authors of a thread name, and which of their terms others leave to them."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from discourse.analysis.base import ThreadView
from discourse.analysis.loops.dispute import Links
from discourse.analysis.loops.naming import (
    Piece,
    key_of,
    may_stand_alone,
    may_tell,
    naming_pieces,
    pieces_holding,
    pieces_of,
)
from discourse.text.tokens import stem, words_of

LANGUAGES = ("en",)  # whose words for naming are known
MIN_AGAIN = 2  # posts in which an author gives a term of his
_ABOVE = 6  # posts above one that is not linked, or linked to the first post alone
_ADDRESS = 4  # letters of an author's name that tell it
_SHORTEST = 3  # letters of a word of a name
_TELLS = 2  # a post that may say in so many words what something is; 1 where a few words may stand alone
_TAKEN_UP = 1 / 4  # of the posts with a term, those in which the other side may affirm it

_EMPTY: frozenset[str] = frozenset()

Said = Sequence[Sequence[Piece]]  # the stretches of each post
# by term: the posts of an author that affirm it, and those that name it, in order
Used = Mapping[str, tuple[Sequence[int], Sequence[int]]]
Uses = Mapping[str, Used]  # by author


class Names(Struct, frozen=True):
    """What a post names."""

    named: frozenset[str]
    told: frozenset[str]  # of these, what is not a few words that stand alone

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> "Names":
        """Gather what the stretches of a post name."""
        return cls(
            frozenset(key for piece in pieces for key in piece.named),
            frozenset(key for piece in pieces if piece.is_told for key in piece.named),
        )

    def meets(self, other: "Names") -> bool:
        """Say whether both posts name something, and one of them in so many words."""
        return bool(self.named and other.named and (self.told or other.told))


class Pieces:
    """The stretches of a thread's posts, each post read when it is asked for; none in other languages."""

    def __init__(self, thread: ThreadView) -> None:
        self._thread = thread
        self._read: dict[int, tuple[Piece, ...]] = {}
        self._names: dict[int, Names] = {}
        self._plainness: dict[int, int] = {}

    def of(self, place: int) -> tuple[Piece, ...]:
        """Return the stretches of a post."""
        if place not in self._read:
            view = self._thread.posts[place]
            is_known = view.post.lang in (None, *LANGUAGES)
            self._read[place] = tuple(pieces_of(view)) if is_known else ()
        return self._read[place]

    def names(self, place: int) -> Names:
        """Return what a post names."""
        if place not in self._names:
            view = self._thread.posts[place]
            is_known = view.post.lang in (None, *LANGUAGES)
            self._names[place] = Names.of(tuple(naming_pieces(view)) if is_known else ())
        return self._names[place]

    def may_meet(self, place: int, up: int) -> bool:
        """Say whether both of two posts may name something, and one of them in so many words."""
        least, most = sorted((self._may_name(place), self._may_name(up)))
        return least > 0 and most == _TELLS

    def _may_name(self, place: int) -> int:
        """Return how plainly a post's words may name something: 0 where they cannot."""
        if place not in self._plainness:
            view = self._thread.posts[place]
            self._plainness[place] = _TELLS if may_tell(view.words) else int(may_stand_alone(view))
        return self._plainness[place]

    def all(self) -> Said:
        """Return the stretches of all posts."""
        return [self.of(place) for place in range(len(self._thread.posts))]


def answered(thread: ThreadView, links: Links, place: int) -> tuple[int, ...]:
    """Return the posts of others that a post may answer."""
    ups = links.direct(place)
    author = thread.posts[place].post.author
    near = ups or range(place - 1, max(-1, place - 1 - _ABOVE), -1)
    return tuple(up for up in near if thread.posts[up].post.author != author)


def used(said: Iterable[tuple[int, Sequence[Piece]]]) -> Used:
    """Return which terms an author's posts affirm and name, from the stretches of each, posts in order."""
    found: dict[str, tuple[list[int], list[int]]] = {}
    for place, pieces in said:
        affirming = [piece for piece in pieces if piece.states and not piece.denies and not piece.asks]
        named_here = _EMPTY.union(*[piece.named for piece in affirming])
        for key in _EMPTY.union(*[piece.keys for piece in affirming]):
            its = found.get(key)
            if its is None:
                its = found[key] = ([], [])
            its[0].append(place)
            if key in named_here:
                its[1].append(place)
    return found


def held(mine: Used, theirs: Used, addresses: frozenset[str]) -> frozenset[str]:
    """Return the terms that an author names and comes back to, and that another leaves to him."""
    return frozenset(key for key in mine if is_held(key, mine, theirs, addresses))


def is_held(key: str, mine: Used, theirs: Used, addresses: frozenset[str]) -> bool:
    """Say whether an author names a term and comes back to it, and another leaves it to him."""
    affirmed, named = mine.get(key, ((), ()))
    if not named or len(affirmed) < MIN_AGAIN or key[:_ADDRESS] in addresses:
        return False
    taken_up, its = theirs.get(key, ((), ()))
    return not its and bisect_left(taken_up, affirmed[-1]) <= _TAKEN_UP * len(affirmed)


def addresses_of(thread: ThreadView) -> frozenset[str]:
    """Return how the names of a thread's authors begin: who is called by one is not what something is."""
    words = (word for name in thread.authors for word in words_of(name.replace("_", " ")))
    return frozenset(stem(word)[:_ADDRESS] for word in words if len(word) >= _SHORTEST)


def may_hold_rivals(thread: ThreadView, links: Links, pieces: Pieces) -> bool:
    """Say whether any two authors hold terms against each other; in nearly all threads none do.

    Read are the posts alone of authors who post again and answer each other, or are answered by one who does.
    """
    posts: dict[str, list[int]] = defaultdict(list)
    for place, view in enumerate(thread.posts):
        if view.post.lang in (None, *LANGUAGES):
            posts[view.post.author].append(place)
    again = {author: its for author, its in posts.items() if len(its) >= MIN_AGAIN}
    # who names what in answer to whom, and what that one names
    answers: list[tuple[str, str, set[str], set[str]]] = []
    own = _Own(thread, again, pieces)
    for author, its in again.items() if len(again) > 1 else ():
        for place in its:
            for up in answered(thread, links, place):
                other = thread.posts[up].post.author
                if other in again and pieces.may_meet(place, up) and own.keys(place) and own.keys(up):
                    mine = own.named(place)
                    theirs = own.named(up) if mine else mine
                    if theirs and pieces.names(place).meets(pieces.names(up)):
                        answers.append((author, other, mine, theirs))
    return bool(answers) and _holds_any(thread, again, answers, addresses_of(thread))


class _Own:
    """What posts hold of the words that their authors come back to, each looked at when it is asked for."""

    def __init__(self, thread: ThreadView, posts: Mapping[str, Sequence[int]], pieces: Pieces) -> None:
        self._thread, self._posts, self._pieces = thread, posts, pieces
        self._keys: dict[int, set[str]] = {}
        self._named: dict[int, set[str]] = {}

    def keys(self, place: int) -> set[str]:
        """Return the keys of a post's words that another post of its author holds too."""
        if place not in self._keys:
            its = self._posts[self._thread.posts[place].post.author]
            held = [set(map(key_of, self._thread.posts[at].words)) for at in its]
            again = _said_again(held)
            self._keys |= {at: again & here for at, here in zip(its, held, strict=True)}
        return self._keys[place]

    def named(self, place: int) -> set[str]:
        """Return those of these that the post names."""
        if place not in self._named:
            keys, view = self.keys(place), self._thread.posts[place]
            self._named[place] = keys & Names.of(tuple(naming_pieces(view, keys))).named
        return self._named[place]


def _holds_any(
    thread: ThreadView,
    posts: Mapping[str, Sequence[int]],
    answers: Sequence[tuple[str, str, set[str], set[str]]],
    addresses: frozenset[str],
) -> bool:
    """Say whether in any answer each of the two authors names a term that he holds against the other.

    Only stretches that hold such a term are looked at.
    """
    asked: dict[str, set[str]] = defaultdict(set)
    for author, other, mine, theirs in answers:
        asked[author] |= mine | theirs
        asked[other] |= mine | theirs
    uses = {
        author: used((at, tuple(pieces_holding(thread.posts[at], terms))) for at in posts[author])
        for author, terms in asked.items()
    }
    return any(
        any(is_held(term, uses[author], uses[other], addresses) for term in mine)
        and any(is_held(term, uses[other], uses[author], addresses) for term in theirs)
        for author, other, mine, theirs in answers
    )


def _said_again(held: Iterable[set[str]]) -> set[str]:
    """Return the keys of words that at least two of some posts hold, given what each does."""
    once: set[str] = set()
    twice: set[str] = set()
    for here in held:
        twice |= here & once
        once |= here
    return twice - {""}
