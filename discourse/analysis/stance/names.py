"""Names in a thread: capitalised words that stand for somebody or something, wherever they recur."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from discourse.analysis.base import ThreadView
from discourse.lexicon import Lexicons, load_lexicons
from discourse.text.normalise import fold
from discourse.text.sentences import split_sentences
from discourse.text.tokens import STOPWORDS

_NAME = re.compile(r"(?<![\w'’./@#-])[^\W\d_a-z][\w]*(?:[-'’.](?=\w)[\w]+)*\.?")
_CHUNK = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"['’]s?$")


@dataclass(frozen=True, slots=True)
class NameHit:
    """One run of capitalised words, its form of address taken off."""

    words: tuple[str, ...]
    post_id: str | None  # None in the article
    author: str | None
    initial: bool  # the first word stands at the beginning of a sentence
    title: str | None  # folded: "mr", "mayor"
    place: bool  # a word such as "in" or "at" stands before it

    @property
    def name(self) -> str:
        """The words with blanks between."""
        return " ".join(self.words)


@dataclass
class Name:
    """All spellings of one name."""

    hits: list[NameHit] = field(default_factory=list)

    @cached_property
    def forms(self) -> Counter[str]:
        """How often each spelling stands anywhere."""
        return Counter(hit.name for hit in self.hits)

    @property
    def authors(self) -> list[str]:
        """Authors who use it in own words, each once."""
        return list(dict.fromkeys(hit.author for hit in self.hits if hit.author is not None))

    @property
    def posts(self) -> list[str]:
        """Posts in whose own words it stands, each once."""
        return list(dict.fromkeys(hit.post_id for hit in self.hits if hit.post_id is not None))

    @property
    def in_article(self) -> bool:
        """Say whether the article names it too."""
        return any(hit.post_id is None for hit in self.hits)


@lru_cache(maxsize=1)
def gazetteer() -> Lexicons:
    """Return the gazetteer, read once."""
    return load_lexicons(names=("gazetteer",))


@lru_cache(maxsize=16)
def gazetteer_words(label: str, column: str = "gender") -> dict[str, str]:
    """Return the folded forms of one label, each with its cell in a further column, "" where empty."""
    words: dict[str, str] = {}
    for entry in gazetteer().by_name["gazetteer"].entries:
        if entry.label == label:
            for form in fold(entry.pattern).strip("()").split("|"):
                words[form] = entry.fields.get(column, "")
    return words


def mask_urls(text: str) -> str:
    """Blank every web address; offsets hold."""
    # chunk by chunk: one expression for the whole address would try every place of a long word
    return _CHUNK.sub(_without_url, text)


def _without_url(chunk: re.Match[str]) -> str:
    text = chunk.group()
    return " " * len(text) if "://" in text or "www." in text else text


_PLACE = frozenset(
    "in at from near around towards outside inside across along down up off via onto on".split()
)


def name_hits(text: str, post_id: str | None, author: str | None) -> Iterator[NameHit]:
    """Yield the runs of capitalised words of a text, sentence by sentence."""
    plain = mask_urls(text)
    for sentence in split_sentences(plain):
        piece = plain[sentence.start : sentence.end]
        if _shouted(piece):
            continue
        for run in _runs(piece):
            if hit := _hit(run, piece, post_id, author):
                yield hit


def _shouted(piece: str) -> bool:
    letters = [char for char in piece if char.isalpha()]
    return len(letters) > 12 and sum(char.isupper() for char in letters) > 0.7 * len(letters)


def _runs(piece: str) -> Iterator[list[re.Match[str]]]:
    run: list[re.Match[str]] = []
    for match in _NAME.finditer(piece):
        if run and not _continues(run[-1], match, piece):
            yield run
            run = []
        run.append(match)
    if run:
        yield run


def _continues(last: re.Match[str], match: re.Match[str], piece: str) -> bool:
    """Say whether two capitalised words belong to one name.

    A title opens a new one ("Norway King Olaf"), a possessive ends one, unless it belongs to a
    place ("Miller's Row"); a point after more than one letter ends one, unless after a title.
    """
    word, following = fold(last.group()), fold(match.group()).rstrip(".")
    titles = gazetteer_words("title")
    if piece[last.end() : match.start()] != " " or word in gazetteer_words("calendar"):
        return False
    if word.endswith("."):
        return len(word) == 2 or word.rstrip(".") in titles
    if re.search(r"'s?$", word):
        return following in gazetteer_words("place_word")
    return following not in titles or word in titles


def _hit(run: list[re.Match[str]], piece: str, post_id: str | None, author: str | None) -> NameHit | None:
    initial = not re.search(r"\w", piece[: run[0].start()])
    words = [match.group().rstrip(".") for match in run]
    words[-1] = _POSSESSIVE.sub("", words[-1])
    before = fold(piece[max(0, run[0].start() - 40) : run[0].start()]).split()[-2:]
    place = any(word in _PLACE for word in before[-1:]) or (before[-1:] == ["the"] and before[0] in _PLACE)
    while words and fold(words[0]) in STOPWORDS:
        words, initial = words[1:], False
    title = before[-1] if before and before[-1] in gazetteer_words("role") else None
    while len(words) > 1 and (folded := fold(words[0])) in gazetteer_words("title"):
        title, words, initial = folded, words[1:], False
    if not words or any(len(word) < 2 for word in words[-1:]) or not any(map(_is_name_word, words)):
        return None
    return NameHit(tuple(words), post_id, author, initial, title, place)


def _is_name_word(word: str) -> bool:
    folded = fold(word)
    return (
        folded not in STOPWORDS
        and folded not in gazetteer_words("calendar")
        and folded not in gazetteer_words("title")
    )


def collect_hits(view: ThreadView) -> list[NameHit]:
    """Return the names of a thread's own words and its articles, those that only begin sentences left out."""
    hits = [hit for article in view.articles for hit in name_hits(article.text, None, None)]
    for post in view.posts:
        hits += name_hits(post.own, post.post.post_id, post.post.author)
    inside = {word for hit in hits for place, word in enumerate(hit.words) if place or not hit.initial}
    lower = lower_words(view)
    kept = []
    for hit in hits:
        rest = hit
        if hit.initial and (hit.words[0] not in inside or lower[fold(hit.words[0])]):
            rest = replace(hit, words=hit.words[1:], initial=False)
        if rest.words and any(map(_is_name_word, rest.words)) and _is_name_word(rest.name):
            kept.append(rest)
    capital = Counter(word for hit in kept for word in hit.words)
    # a word that is as often written small is no name, unless a form of address says so
    return [hit for hit in kept if hit.title or any(capital[word] > lower[fold(word)] for word in hit.words)]


def lower_words(view: ThreadView) -> Counter[str]:
    """Count the words that a thread and its article write in lower case."""
    texts = [post.own for post in view.posts] + [article.text for article in view.articles]
    return Counter(
        word for text in texts for word in re.findall(r"(?<![\w'’])[^\W\d_A-Z]\w*", fold_apostrophes(text))
    )


def fold_apostrophes(text: str) -> str:
    """Return a text with plain apostrophes, its case kept."""
    return text.replace("’", "'")


def same_spelling(one: str, other: str) -> bool:
    """Say whether two long single words are likely spellings of one name.

    They share their first three letters and differ by one edit, from eight letters on by
    two. A plural or an adjective in -n is another word, not another spelling.
    """
    short, long = sorted((fold(one), fold(other)), key=len)
    if short == long:
        return True
    if (
        len(short) < 6
        or short[:3] != long[:3]
        or long in (f"{short}s", f"{short}n", f"{short}an", f"{short}ns")
    ):
        return False
    return edits(short, long, limit=2) <= (1 if len(long) < 8 else 2)


def edits(one: str, other: str, *, limit: int) -> int:
    """Count the single-letter edits from one word to the other; `limit` + 1 where there are more."""
    if abs(len(one) - len(other)) > limit:
        return limit + 1
    row = list(range(len(other) + 1))
    for place, char in enumerate(one, 1):
        last, row[0] = row[0], place
        for index, letter in enumerate(other, 1):
            last, row[index] = row[index], min(row[index] + 1, row[index - 1] + 1, last + (char != letter))
    return min(row[-1], limit + 1)


def speakers(view: ThreadView) -> frozenset[str]:
    """Return the folded words of the names of authors and addressees: they are talked to, not about."""
    names: Iterable[str] = [post.post.author for post in view.posts]
    names = [*names, *(post.post.addressee or "" for post in view.posts)]
    return frozenset(word for name in names for word in re.findall(r"[^\W_]{2,}", fold(name)))
