"""Clauses of posts that state something, what they hold, and whether they deny it."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from msgspec import Struct

from discourse.analysis.base import PostView
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import NUMBER_WORDS
from discourse.text.tokens import STOPWORDS, content_stems, stem

_CLAUSE_END = re.compile(
    r"[.,;:!?()\n\"]|(?<= )-+(?= )|\b(?:but|because|although|though|while|whereas|and)\b"
)
_NEGATORS = frozenset(
    "not no never neither nor none nobody nothing without hardly scarcely cannot cant dont doesnt didnt "
    "isnt wasnt arent werent wont false untrue doubt".split()
)
_DENYING = _NEGATORS | {"what"}  # "What curfew?"
# what follows a denial of saying, knowing or wanting is not denied: "I never said that X"
_HELD = frozenset(
    "say said saying claim claimed claiming mean meant meaning state stated suggest suggested imply "
    "implied ask "
    "asked asking argue argued arguing care cared know knew want wanted wanting need needed "
    "understand understood "
    "see seen saw find found hear heard read get agree disagree accept judge judging judged accuse "
    "accused blame "
    "blaming respect like mind talking speaking address addressed mention mentioned discuss propose proposed "
    "expect expecting surprised sure aware required blame blamed trying try tell told refer referring have "
    "wonder show shown prove proven proved realize realise".split()
)
_SUPPOSING = frozenset("if whether unless suppose supposing imagine assuming".split())
_MENTIONED = 2  # content stems of a clause without a verb that may be a mere mention
_REACH = 7  # words behind a denial among which stands what it denies
_OPENERS = frozenset("so then and but well ok okay".split())
_PRESUPPOSING = frozenset("why who where when".split())
_MODAL = frozenset("would should could can might not shouldn't wouldn't can't couldn't don't".split())
_VERBS = frozenset(
    "is are was were be been has have had do does did will there's it's that's they're he's she's "
    "isn't aren't "
    "wasn't weren't can exists".split()
)
# words of any talk, which are no matter of dispute
THIN = frozenset(
    content_stems(
        (
            "know think thought say said saying want make makes made going go goes get see look "
            "people person thing "
            "things way good better best bad right wrong really much many lot post posts need use "
            "take come give mean "
            "show feel try talk tell told call point agree believe reason question answer please "
            "yeah something "
            "anything nothing everyone someone anyone actually always never maybe still two first "
            "last time day year "
            "course sense clear clearly sure fact even like would could one back well thread read "
            "part kind true truth "
            "different whole issue problem matter case idea word find part work long little great"
        ).split()
    )
) - {stem("person")}

# words that say the same of what is measured: the greatest there has been
EXTREME = "biggest"
_EXTREMES = frozenset("biggest largest greatest heaviest record highest".split())


class Clause(Struct, frozen=True):
    """A stretch of a post's own words that states something."""

    span: Span
    terms: tuple[str, ...]  # content stems and pairs of neighbours, each once
    denies: bool
    denied: frozenset[str] = frozenset()  # stems of the words right behind its denial: "no curfew"

    @property
    def stems(self) -> frozenset[str]:
        """Content stems of the clause."""
        return frozenset(term for term in self.terms if " " not in term)


def clauses_of(view: PostView) -> Iterator[Clause]:
    """Yield the clauses of a post's own words that state something, and whether they deny it.

    A question states what it takes for granted ("Then who repaired it?"); what is supposed, or said not
    to have been said or meant, is neither stated nor denied.
    """
    for sentence in view.sentences:
        yield from clauses_in(view, sentence)


def clauses_in(view: PostView, sentence: Span) -> Iterator[Clause]:
    """Yield the clauses of one sentence of a post."""
    text = fold(view.own[sentence.start : sentence.end])
    asks = text.rstrip(" \"')").endswith("?")
    can_deny = "n't" in text or not _NEGATORS.isdisjoint(view.words_in(sentence))
    begin = 0
    for mark in [*_CLAUSE_END.finditer(text), None]:
        end = mark.start() if mark else len(text)
        first, last = view.places_in(Span(start=sentence.start + begin, end=sentence.start + end))
        words = view.words[first:last]
        denies = _denies(words, asks, _denials(words) if can_deny else ()) if words else None
        if denies is not None:
            terms = tuple(dict.fromkeys(_terms_of(words)))
            if denies or not _is_mention(words, terms):
                where = Span(start=view.starts[first], end=view.ends[last - 1])
                yield Clause(where, terms, denies, _governed(words) if denies else frozenset())
        begin = mark.end() if mark else end


def may_deny(words: Sequence[str]) -> bool:
    """Say whether a clause of a post or sentence with these words can deny anything; most cannot."""
    return any(map(_is_denying, words))


@lru_cache(maxsize=65536)
def _is_denying(word: str) -> bool:
    return word in _DENYING or word.endswith("n't")


def _denies(words: Sequence[str], asks: bool, denials: Sequence[int]) -> bool | None:
    """Say whether a clause denies what it holds; None where it states nothing.

    Parameters
    ----------
    denials
        The places of its words that deny.
    """
    if not _SUPPOSING.isdisjoint(words):
        return None
    if asks:
        opener = next((n for n, word in enumerate(words) if word not in _OPENERS), 0)
        asked, rest = words[opener], words[opener + 1 : opener + 3]
        if asked == "what" and len(words) - opener <= 3 and not _VERBS & set(words):
            return True  # "What curfew?"
        taken = asked in _PRESUPPOSING and opener > 0 and not _MODAL & set(rest)
        if asked not in ("what", "how") and not taken:
            return None
    if denials and any(
        words[n] not in ("no", "nobody", "nothing") and not _HELD.isdisjoint(words[n + 1 : n + 3])
        for n in denials
    ):
        return None
    return len(denials) % 2 == 1


def _denials(words: Sequence[str]) -> list[int]:
    return [n for n, word in enumerate(words) if word in _NEGATORS or word.endswith("n't")]


def _is_mention(words: Sequence[str], terms: Sequence[str]) -> bool:
    """Say whether a clause names something and says nothing of it: "in science", "over the team"."""
    if len(terms) > _MENTIONED * (_MENTIONED + 1):
        return False  # so few stems make no more terms, pairs included
    if sum(" " not in term for term in terms) > _MENTIONED or not _VERBS.isdisjoint(words):
        return False
    return not any(word.endswith(("ed", "n't")) for word in words)


def _governed(words: Sequence[str]) -> frozenset[str]:
    """Return the stems of what a clause says there is none of: "no curfew", "hasn't any", "What curfew?"."""
    denials = _denials(words)
    if not denials:
        return frozenset(content_stems(words))
    found: set[str] = set()
    for place in denials:
        if words[place] == "no":
            found.update(_up_to_a_small_word(words[place + 1 : place + 1 + _REACH]))
        elif "any" in words[place:]:
            any_at = words.index("any", place)
            found.update(content_stems(words[any_at + 1 : any_at + 1 + _REACH]))
    return frozenset(found)


def _up_to_a_small_word(words: Sequence[str]) -> list[str]:
    end = next((n for n, word in enumerate(words) if word in STOPWORDS), len(words))
    return content_stems(words[:end])


def _terms_of(words: Sequence[str]) -> Iterator[str]:
    last = ""
    for here in map(term_of, words):
        if here:
            yield here
            if last:
                yield f"{last} {here}"
        last = here


@lru_cache(maxsize=1 << 14)
def term_of(word: str) -> str:
    """Return the stem of a word that may be disputed; nothing for others."""
    if (
        word in STOPWORDS
        or word in _NEGATORS
        or word.partition("-")[0] in NUMBER_WORDS
        or not word[0].isalpha()
        or len(word) < 3
    ):
        return ""
    return EXTREME if word in _EXTREMES else stem(word)


def is_statement(view: PostView, span: Span) -> bool:
    """Say whether a span states something: it stands in no question, and holds a verb that is easily told."""
    sentence = next((s for s in view.sentences if s.overlaps(span)), span)
    if view.own[sentence.start : sentence.end].rstrip(" \"')”").endswith("?"):
        return False
    words = view.words_in(span)
    return len(words) > 2 and (bool(_VERBS & set(words)) or any(w.endswith(("n't", "ed")) for w in words))
