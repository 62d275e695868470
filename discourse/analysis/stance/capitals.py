"""Names in a thread: capitalised words that stand for somebody or something, wherever they recur."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.stance.names import LONG, NameHit, fold_word, gazetteer_words, has_url, mask_urls
from discourse.lexicon.literals import Literals
from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from discourse.text.tokens import STOPWORDS

_NAME = re.compile(r"(?<![\w'’./@#-])[^\W\d_a-z][\w]*(?:[-'’.](?=\w)[\w]+)*\.?")
_SMALL = re.compile(r"[^\W\d_A-Z]\w*")
_POSSESSIVE = re.compile(r"['’]s?$")
_OWNS = re.compile(r"'s?$")
_IN_WORD = re.compile(r"\w")
_PLACE = frozenset(
    "in at from near around towards outside inside across along down up off via onto on".split()
)
_SEEN_BEFORE = 40  # code points before a name in which the words are looked for that say what it is
_LEAST_SHOUTED = 12  # letters up to which a sentence in capitals may be a name
_SHOUTED = 0.7  # share of capitals among the letters above which a sentence names nobody
_AT_ONCE = 256  # texts: each word that is found in them is held
_NO_CAPITALS, _NO_SMALL = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ", b"abcdefghijklmnopqrstuvwxyz"

Place = tuple[int, int]  # start and end of a capitalised word


class _Capital(NamedTuple):
    """What the spelling of one capitalised word tells."""

    bare: str  # without a point at its end
    name: str | None  # what it names by itself: without an 's; None where it is no name
    is_title: bool
    is_place: bool  # "Row", "Street"
    goes_on: str  # before which words of a name: "never", "always", "untitled" or "place"


def _read(word: str) -> _Capital:
    return _remembered(word) if len(word) < LONG else _told(word)


@lru_cache(maxsize=1 << 13)
def _remembered(word: str) -> _Capital:
    return _told(word)


def _told(word: str) -> _Capital:
    folded, bare = fold(word), word.rstrip(".")
    plain = folded.rstrip(".")
    titles = gazetteer_words("title")
    if folded in gazetteer_words("calendar"):
        goes_on = "never"
    elif folded.endswith("."):
        goes_on = "always" if len(folded) == 2 or plain in titles else "never"
    elif _OWNS.search(folded):
        goes_on = "place"
    else:
        goes_on = "always" if folded in titles else "untitled"
    name = _POSSESSIVE.sub("", bare)
    is_name = len(name) > 1 and is_name_word(name)
    is_place = plain in gazetteer_words("place_word")
    return _Capital(bare, name if is_name else None, plain in titles, is_place, goes_on)


def is_name_word(word: str) -> bool:
    """Say whether a capitalised word may be a name: none of the small words, no day, no form of address."""
    return fold_word(word) not in _no_names()


@lru_cache(maxsize=1)
def _no_names() -> frozenset[str]:
    return STOPWORDS.union(gazetteer_words("calendar"), gazetteer_words("title"))


def name_hits(
    text: str, sentences: Sequence[Span], post_id: str | None, author: str | None
) -> Iterator[NameHit]:
    """Yield the runs of capitalised words of a text without addresses, sentence by sentence."""
    for sentence, places in _by_sentence(text, sentences):
        if len(places) == 1 and _read(text[slice(*places[0])]).name is None:
            continue  # as most: they only begin with a capital
        runs = [run for run in _runs(text, places) if len(run) > 1 or _read(text[slice(*run[0])]).name]
        if runs and not _shouted(text[sentence.start : sentence.end]):
            for run in runs:
                if hit := _hit(text, sentence.start, run, post_id, author):
                    yield hit


def _by_sentence(text: str, sentences: Sequence[Span]) -> Iterator[tuple[Span, list[Place]]]:
    """Yield the sentences with capitalised words, and where these stand."""
    if any(one.end == other.start for one, other in pairwise(sentences)):
        # what stands beside a word decides, and it is not to be another sentence's
        for span in sentences:
            piece = text[span.start : span.end]
            yield span, [(span.start + m.start(), span.start + m.end()) for m in _NAME.finditer(piece)]
        return
    places = [match.span() for match in _NAME.finditer(text)]
    first = 0
    for span in sentences:
        last = first
        while last < len(places) and places[last][0] < span.end:
            last += 1
        if last > first:
            yield span, places[first:last]
        first = last


def _shouted(piece: str) -> bool:
    """Say whether a sentence is written in capitals."""
    if len(piece) <= _LEAST_SHOUTED:
        return False
    if piece.isascii():
        plain = piece.encode("ascii")
        capitals = len(plain) - len(plain.translate(None, _NO_CAPITALS))
        letters = capitals + len(plain) - len(plain.translate(None, _NO_SMALL))
    else:
        found = [char for char in piece if char.isalpha()]
        capitals, letters = sum(map(str.isupper, found)), len(found)
    return letters > _LEAST_SHOUTED and capitals > _SHOUTED * letters


def _runs(text: str, places: Iterable[Place]) -> Iterator[list[Place]]:
    """Yield capitalised words by names.

    A title opens a new one ("Norway King Olaf"), a possessive ends one, unless it belongs to a
    place ("Miller's Row"); a point after more than one letter ends one, unless after a title.
    """
    run: list[Place] = []
    for start, end in places:
        if run:
            before = run[-1]
            if not (
                start == before[1] + 1 and text[before[1]] == " " and _continues(text, before, (start, end))
            ):
                yield run
                run = []
        run.append((start, end))
    if run:
        yield run


def _continues(text: str, last: Place, place: Place) -> bool:
    before = _read(text[slice(*last)])
    if before.goes_on in ("never", "always"):
        return before.goes_on == "always"
    word = _read(text[slice(*place)])
    return word.is_place if before.goes_on == "place" else not word.is_title


def _hit(
    text: str, opens: int, run: Sequence[Place], post_id: str | None, author: str | None
) -> NameHit | None:
    """Return the name that a run of capitalised words is; None where it is none.

    Parameters
    ----------
    opens
        Where its sentence begins.
    """
    start = run[0][0]
    words = [_read(text[slice(*place)]).bare for place in run]
    words[-1] = _POSSESSIVE.sub("", words[-1])
    initial = start == opens or _IN_WORD.search(text, opens, start) is None
    before = [] if initial else fold(text[max(opens, start - _SEEN_BEFORE) : start]).split()[-2:]
    place = any(word in _PLACE for word in before[-1:]) or (before[-1:] == ["the"] and before[0] in _PLACE)
    while words and fold_word(words[0]) in STOPWORDS:
        words, initial = words[1:], False
    title = before[-1] if before and before[-1] in gazetteer_words("role") else None
    while len(words) > 1 and (folded := fold_word(words[0])) in gazetteer_words("title"):
        title, words, initial = folded, words[1:], False
    if not words or len(words[-1]) < 2 or not any(map(is_name_word, words)):
        return None
    return NameHit(tuple(words), post_id, author, initial, title, place)


def collect_hits(view: ThreadView) -> list[NameHit]:
    """Return the names of a thread's own words and its articles, those that only begin sentences left out."""
    hits: list[NameHit] = []
    for article in view.articles:
        text = mask_urls(article.text)
        hits += name_hits(text, split_sentences(text), None, None)
    for post in view.posts:
        hits += name_hits(*_own_sentences(post), post.post.post_id, post.post.author)
    inside = {word for hit in hits for place, word in enumerate(hit.words) if place or not hit.initial}
    hits = [hit for hit in hits if len(hit.words) > 1 or hit.words[0] in inside]
    lower = lower_words(view, {fold_word(word) for hit in hits for word in hit.words})
    kept = []
    for hit in hits:
        rest = hit
        if hit.initial and (hit.words[0] not in inside or lower[fold_word(hit.words[0])]):
            rest = hit._replace(words=hit.words[1:], initial=False)
        if rest.words and any(map(is_name_word, rest.words)) and is_name_word(rest.name):
            kept.append(rest)
    capital = Counter(word for hit in kept for word in hit.words)
    # a word that is as often written small is no name, unless a form of address says so
    names = {word for word, count in capital.items() if count > lower[fold_word(word)]}
    return [hit for hit in kept if hit.title or not names.isdisjoint(hit.words)]


def _own_sentences(post: PostView) -> tuple[str, Sequence[Span]]:
    """Return a post's own words without addresses, and its sentences, which no quotation within a line
    parts."""
    if has_url(post.own):
        text = mask_urls(post.own)
        return text, split_sentences(text)
    if all(_is_whole_lines(post.own, quote.start, quote.end) for quote in post.quotes):
        return post.own, post.sentences
    return post.own, split_sentences(post.own)


def _is_whole_lines(own: str, start: int, end: int) -> bool:
    """Say whether nothing else stands on the lines of a quotation."""
    first, last = own.rfind("\n", 0, start) + 1, own.find("\n", end)
    return not own[first:start].strip() and not own[end : last if last >= 0 else len(own)].strip()


def lower_words(view: ThreadView, wanted: set[str]) -> Counter[str]:
    """Count those of some words that a thread and its article write in lower case."""
    if not wanted:
        return Counter()
    words = [word for word in sorted(wanted) if _SMALL.fullmatch(word)]
    literals = Literals(words)
    found: Counter[str] = Counter()
    for text in _texts(view):
        for number, start, end in literals.find(text):
            if not (_goes_before(text[start - 1 : start]) or _is_letter(text[end : end + 1])):
                found[words[number]] += 1
    return found


def _texts(view: ThreadView) -> Iterator[str]:
    """Yield the own words of posts and the articles, many joined by line breaks, but not all at once.

    Plain texts stand apart: they are searched faster.
    """
    texts = [post.own for post in view.posts] + [article.text for article in view.articles]
    for is_plain in (True, False):
        alike = [text for text in texts if text.isascii() == is_plain]
        for first in range(0, len(alike), _AT_ONCE):
            yield "\n".join(alike[first : first + _AT_ONCE])


def _goes_before(char: str) -> bool:
    """Say whether what follows a character is not the beginning of a word."""
    return char in ("'", "’") or _is_letter(char)


def _is_letter(char: str) -> bool:
    return char.isalnum() or char == "_"
