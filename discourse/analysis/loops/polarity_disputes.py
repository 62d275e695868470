"""Disputes over a statement: one side makes it again, the other denies it again.

A statement is found by a term, a content word or two beside each other, that the authors of
one side use in clauses that affirm and those of the other in clauses that deny, across
reply links. Most terms of a thread are used both ways by everybody: what is kept must part
the authors cleanly.
"""

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.criteria import MIN_EMPTY_SHARE_INFERRED, loop_parts
from discourse.analysis.loops.dispute import Dispute, Links, Stand
from discourse.analysis.loops.novelty import Sayings
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS
from discourse.text.tokens import STOPWORDS, Token, stem

LANGUAGES = ("en",)  # whose words of denial are known
MIN_POSTS = 5  # that hold the term on either side
MIN_CLASHES = 3  # replies that turn the polarity of a post above
MIN_CLASHES_EXTREME = 2  # the same where the term is itself what is said of something ("the biggest")
MIN_CLEAN = 0.66  # of an author's clauses with the term that must have one polarity
_SHORT = 2  # content stems of a clause so short that the term is what it says
_SCORE = 0.6  # of a turn: a term's polarity is a hint at a claim, not the claim
_MOST_TERMS = 400  # of one thread that are looked at, the most frequent first
_CLAUSE_END = re.compile(
    r"[.,;:!?()\n\"]|(?<= )-+(?= )|\b(?:but|because|although|though|while|whereas|and)\b"
)
_NEGATORS = frozenset(
    "not no never neither nor none nobody nothing without hardly scarcely cannot cant dont doesnt didnt "
    "isnt wasnt arent werent wont false wrong untrue doubt".split()
)


# words that say the same of what is measured: the greatest there has been
_EXTREME = "biggest"
_EXTREMES = frozenset("biggest largest greatest heaviest record highest".split())


@dataclass(frozen=True, slots=True)
class _Use:
    """One clause of a post that holds a term."""

    post: int
    author: str
    span: Span
    denies: bool
    stems: frozenset[str]  # of the clause's content words


def polarity_disputes(thread: ThreadView, links: Links) -> list[Dispute]:
    """Find the statements that a thread's authors assert and deny along reply links.

    Only those are kept that the codebook would call loops: any common word stands in
    clauses of both kinds, and tells nothing before its turns are counted.
    """
    found: list[tuple[int, str, Dispute]] = []
    sayings = Sayings(thread)
    for term, uses in _terms(thread).items():
        clashes, dispute = _dispute(links, term, uses)
        enough = MIN_CLASHES_EXTREME if term == _EXTREME else MIN_CLASHES
        if clashes < enough:
            continue
        known = frozenset(term.split())
        if loop_parts(thread, sayings, dispute.stands, known, least_empty=MIN_EMPTY_SHARE_INFERRED):
            found.append((clashes, term, dispute))
    found.sort(key=lambda f: (-f[0], f[2].stands[0].post, f[1]))
    return _distinct([dispute for _clashes, _term, dispute in found])


def _terms(thread: ThreadView) -> dict[str, list[_Use]]:
    """Collect the clauses in which each term stands, of terms that enough posts hold."""
    uses: dict[str, list[_Use]] = defaultdict(list)
    for place, view in enumerate(thread.posts):
        if view.post.lang not in (None, *LANGUAGES):
            continue
        for span, tokens, denies in clauses_of(view):
            terms = list(dict.fromkeys(_terms_of(tokens)))
            stems = frozenset(term for term in terms if " " not in term)
            for term in terms:
                uses[term].append(_Use(place, view.post.author, span, denies, stems))
    posts = {term: len({use.post for use in its}) for term, its in uses.items()}
    kept = sorted((t for t in uses if posts[t] >= MIN_POSTS), key=lambda t: (-posts[t], t))
    return {term: uses[term] for term in kept[:_MOST_TERMS]}


def _terms_of(tokens: Sequence[Token]) -> Iterator[str]:
    last = ""
    for token in tokens:
        word = token.word
        if (
            word in STOPWORDS
            or word in _NEGATORS
            or word.partition("-")[0] in NUMBER_WORDS
            or not word[0].isalpha()
            or len(word) < 4
        ):
            last = ""
            continue
        here = _EXTREME if word in _EXTREMES else stem(word)
        yield here
        if last:
            yield f"{last} {here}"
        last = here


def clauses_of(view: PostView) -> Iterator[tuple[Span, list[Token], bool]]:
    """Yield the clauses of a post's own words that state something, and whether they deny it."""
    starts = [token.start for token in view.tokens]
    for sentence in view.sentences:
        text = fold(view.own[sentence.start : sentence.end])
        asks = text.rstrip(" \"')").endswith("?")
        begin = 0
        for mark in [*_CLAUSE_END.finditer(text), None]:
            end = mark.start() if mark else len(text)
            span = Span(start=sentence.start + begin, end=sentence.start + end)
            tokens = _within(view.tokens, starts, span)
            words = [token.word for token in tokens]
            if tokens and not (asks and words[0] not in ("what", "how")) and "if" not in words:
                denials = sum(word in _NEGATORS or word.endswith("n't") for word in words)
                denies = denials % 2 == 1 or (asks and words[0] == "what" and len(words) <= 3)
                yield Span(start=tokens[0].start, end=tokens[-1].end), tokens, denies
            begin = mark.end() if mark else end


def _within(tokens: Sequence[Token], starts: Sequence[int], span: Span) -> list[Token]:
    # a search, since looking through all words for each clause is slow in long posts
    first, last = bisect_left(starts, span.start), bisect_left(starts, span.end)
    return [token for token in tokens[first:last] if token.end <= span.end]


def _dispute(links: Links, term: str, uses: Sequence[_Use]) -> tuple[int, Dispute]:
    """Return the posts that take a side with a term, and how many of them clash with one above."""
    sides = _sides(uses)
    at: dict[int, _Use] = {}
    for use in _of_one_matter(term, [u for u in uses if sides.get(u.author) == int(u.denies)]):
        at.setdefault(use.post, use)
    clashes = sum(
        any(up in at and _clash(use, at[up]) for up, _steps in links.above(place))
        for place, use in at.items()
    )
    stands = tuple(
        Stand(place, int(use.denies), use.span, False, _SCORE) for place, use in sorted(at.items())
    )
    return clashes, Dispute(attribute=term, values=None, stands=stands)


def _of_one_matter(term: str, uses: Sequence[_Use]) -> list[_Use]:
    """Keep the clauses that say little but the term, or share a word more with another author's clause."""
    own = frozenset(term.split())
    users: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        for word in use.stems - own:
            users[word].add(use.author)
    return [
        use
        for use in uses
        if len(use.stems - own) <= _SHORT or any(len(users[word]) > 1 for word in use.stems - own)
    ]


def _clash(lower: _Use, upper: _Use) -> bool:
    """Say whether one clause denies what the other states: more than one word in common, or few words."""
    if lower.denies == upper.denies or lower.author == upper.author:
        return False
    return len(lower.stems & upper.stems) > 1 or min(len(lower.stems), len(upper.stems)) <= _SHORT


def _sides(uses: Sequence[_Use]) -> dict[str, int]:
    """Give a side to each author whose clauses with the term have clearly one polarity."""
    votes: dict[str, Counter[bool]] = defaultdict(Counter)
    for use in uses:
        votes[use.author][use.denies] += 1
    sides = {}
    for author, vote in votes.items():
        denies = vote[True] > vote[False]
        if vote[denies] >= MIN_CLEAN * vote.total():
            sides[author] = int(denies)
    return sides


def _distinct(disputes: Sequence[Dispute]) -> list[Dispute]:
    """Keep of disputes that share most of their posts the most contested."""
    kept: list[Dispute] = []
    for dispute in disputes:
        posts = {stand.post for stand in dispute.stands}
        if all(2 * len(posts & {stand.post for stand in other.stands}) <= len(posts) for other in kept):
            kept.append(dispute)
    return kept
