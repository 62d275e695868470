"""The clause around a value: whether it asserts or denies it, what it speaks of and what is measured."""

import re
from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from discourse.model import Span
from discourse.text.normalise import fold
from discourse.text.numbers import Atom
from discourse.text.quantities import Quantity
from discourse.text.tokens import STOPWORDS, content_stems

_BREAKS = frozenset(",;:()[]…\n") | {"but", "because", "although", "though", "whereas", "while", "so", "then"}
_PRONOUNS = frozenset("it that this they them he she we i there which".split())
_NEGATORS = frozenset(
    "not no never neither nor cannot cant dont doesnt didnt isnt wasnt arent werent wont hardly scarcely "
    "nowhere without".split()
)
_SUPPOSING = frozenset(
    "if unless suppose supposing imagine assuming whether would wouldn could might may".split()
)
_WILLING = frozenset({"would", "could"})
_WAVERING = frozenset("perhaps maybe possibly probably wonder guess unsure".split())
_WISHING = frozenset(
    "ask asks asked asking request requests requested want wants wanted demand demands demanded propose "
    "proposes proposed offer offers offered promise promises promised plan plans planned should hope hopes "
    "expect expects expected supposed need needs needed".split()
)
_SAYING = frozenset(
    "say says said saying claim claims claimed state states stated assert asserts asserted report reports "
    "reported announce announced announces according write writes wrote tell tells told insist insists "
    "insisted allege alleges alleged maintain maintains believe believes believed thinks pretend "
    "pretends".split()
)
_OTHERS_WORDS = frozenset("claim claims assertion idea notion myth story lie nonsense fairy".split())
_KNOWING = frozenset(
    "admit admits admitting admitted realise realize realised realized aware forget forgot forgotten know "
    "deny denying accept accepting acknowledge acknowledging understand notice noticed remember agree "
    "conceding concede".split()
)
_TAGS = frozenset("isn't wasn't aren't weren't didn't doesn't don't right correct no eh huh".split())
_BE = frozenset("is are was were be isn't aren't wasn't weren't isnt wasnt sounds seems makes".split())
_EQUATIVE = frozenset("it what all how the right correct true exactly".split())
_WRONG = frozenset("wrong false nonsense rubbish incorrect untrue bogus".split())
_JUDGING = frozenset("sufficient enough plenty long short too not hardly nothing".split())
_MEASURING = _BE | frozenset("last lasts lasted took takes take ran runs run cost costs had has have".split())
_NO_HEADS = (
    STOPWORDS
    | _BE
    | frozenset("preceding straight total running exactly each apart away long wide high deep".split())
)
_NO_SUBJECTS = STOPWORDS | {"time"}
_SOURCELESS = re.compile(
    r"\b(?:where (?:did|do|does|are) (?:you|he|she|they) (?:get|getting|take|have)|who (?:told you|"
    r"says|said|claims)|"
    r"how did you (?:get|come up with|arrive at)|since when (?:is|was|are|were|does|do|did))\b[^.?!]{0,60}\Z"
)
_PRESUPPOSING = re.compile(
    r"\W*(?:(?:so|then|and|but|well|ok|okay)\W+)?(?:why|how come)\W+(?:then\W+)?(?:did|was|were|had|"
    r"has|is|are)\b(?! not\b)"
)
_MAY_BREAK = _BREAKS | {"-", "and"}
_CLAUSE_LIMIT = 40  # atoms looked at on either side


class Piece:
    """A sentence with its values, and which of its atoms belong to them."""

    def __init__(self, text: str, atoms: Sequence[Atom], quantities: Sequence[Quantity]) -> None:
        self.text = text
        self.quantities = quantities
        self.atoms = atoms
        self.words = [atom.text for atom in atoms]
        self.asks = text.rstrip(" \"')").endswith("?")
        self._starts = [atom.start for atom in self.atoms]
        self.inside = frozenset(  # starts of atoms that are part of a value
            start for q in quantities for start in self._starts[self.place_at(q.start) : self.place_at(q.end)]
        )
        # places of the marks and words that end a clause
        self.breaks = [n for n, word in enumerate(self.words) if word in _MAY_BREAK and self._breaks(n)]

    def place_at(self, offset: int) -> int:
        """Return the place of the first atom that begins at an offset or behind it."""
        return bisect_left(self._starts, offset)

    def clause_at(self, first: int, last: int) -> tuple[int, int]:
        """Return the range of the atoms around some that are in one clause with them."""
        before, behind = bisect_left(self.breaks, first), bisect_left(self.breaks, last)
        begin = self.breaks[before - 1] + 1 if before else 0
        end = self.breaks[behind] if behind < len(self.breaks) else len(self.atoms)
        return max(begin, first - _CLAUSE_LIMIT), min(end, last + _CLAUSE_LIMIT)

    def _breaks(self, place: int) -> bool:
        atom = self.atoms[place]
        if atom.start in self.inside:
            return False
        if atom.text == "-":
            return self.text[atom.start - 1 : atom.start] == " " or self.text[atom.end : atom.end + 1] == " "
        following = self.words[place + 1] if place + 1 < len(self.words) else ""
        return atom.text != "and" or following in _PRONOUNS


class Context:
    """The clause around one value of a sentence."""

    def __init__(self, piece: Piece, quantity: Quantity) -> None:
        self._text = piece.text
        self._quantity = quantity
        self._all = piece.quantities
        self._inside = piece.inside
        self._atoms = piece.atoms
        self._words, self._asks = piece.words, piece.asks
        first, last = piece.place_at(quantity.start), piece.place_at(quantity.end)
        begin, end = piece.clause_at(first, last)
        self._before, self._after = piece.words[begin:first], piece.words[last:end]
        self._first, self._begin, self._end = first, begin, end

    def span(self, offset: int) -> Span:
        """Return where the clause stands, from the offset of its sentence on."""
        return Span(
            start=offset + self._atoms[self._begin].start, end=offset + self._atoms[self._end - 1].end
        )

    def manner(self) -> tuple[bool, bool] | None:
        """Return whether the value is denied and said outright; None where nothing is asserted."""
        if self._asks_for_source():
            return True, True
        if self._before[:1] == ["mine"]:
            return None  # one's own, not what the others speak of
        if self._is_quoted() or self._is_alternative() or self._is_supposed() or self._is_someones():
            return None
        judged = self._judged()
        if judged is not None:
            return None if judged == "judged" else (judged == "wrong", True)
        words = self._before
        says = not _SAYING.isdisjoint(words) and not self._speaks_for_itself()
        return self._is_negated(), _WISHING.isdisjoint(words) and not says

    def value(self, denied: bool) -> Quantity:
        """Return the value that is meant: "did not even wait a week" is less than a week."""
        quantity = self._quantity
        if denied and "even" in self._before[-5:] and quantity.is_point:
            high = quantity.low * (1 - 1e-9)
            return replace(quantity, low=0.0, high=high, label=f"less than {quantity.label}")
        return quantity

    def topic(self) -> frozenset[str]:
        """Return the stems of the clause's content words, those of values left out."""
        atoms = self._atoms[self._begin : self._end]
        words = [a.text for a in atoms if len(a.text) > 2 and a.text[0].isalpha() and self._is_told(a)]
        return frozenset(content_stems(words)) - _THIN

    def head(self) -> str:
        """Return the word that names what is measured; empty where none is plain.

        "a 4 day pause": what follows the value; "the pause lasted": what stands before the
        verb; "it was shut for three weeks": what stands before "for".
        """
        if self._quantity.noun:
            return self._quantity.noun
        following = self._after[0] if self._after else ""
        gap = self._text[self._quantity.end : self._quantity.end + 1]
        if gap == " " and following.isalpha() and len(following) > 2 and following not in _NO_HEADS:
            return following
        words = self._before
        for place in range(len(words) - 1, 0, -1):
            if words[place] in _MEASURING or words[place] == "for":
                word = words[place - 1]
                inside = self._atoms[self._begin + place - 1].start in self._inside
                if word.isalpha() and len(word) > 2 and not inside and word not in _NO_SUBJECTS:
                    return word
        return ""

    def is_anaphoric(self) -> bool:
        """Say whether the clause takes its subject from what went before."""
        return not _PRONOUNS.isdisjoint(self._before[-6:])

    def _is_told(self, atom: Atom) -> bool:
        """Say whether a word of the clause is no part of a value, or is the noun that is counted."""
        if self._quantity.dimension == "count" and atom.text == self._quantity.noun:
            return True
        return atom.start not in self._inside

    def _is_quoted(self) -> bool:
        start, end = self._quantity.start, self._quantity.end
        return '"' in self._text and self._text.count('"', 0, start) % 2 == 1 and '"' in self._text[end:]

    def _is_alternative(self) -> bool:
        if self._before[-1:] == ["or"] or self._after[:1] == ["or"]:
            return any(q is not self._quantity and q.dimension == self._quantity.dimension for q in self._all)
        return False

    def _is_supposed(self) -> bool:
        earlier, before = self._words[: self._first], self._before
        if "if" in earlier or not (_SUPPOSING.isdisjoint(before) and _WAVERING.isdisjoint(before)):
            return not (("could" in before or "would" in before) and self._is_negated())
        if not _WILLING.isdisjoint(self._after[:8]):
            return True
        if not self._text.rstrip(" \"')!").endswith("?"):
            return False
        tagged = not _TAGS.isdisjoint(self._words[-4:]) and "," in self._words[self._first :]
        return not (tagged or not _KNOWING.isdisjoint(earlier) or self._is_presupposed())

    def _asks_for_source(self) -> bool:
        """Say whether a question doubts a value by asking where it comes from."""
        return self._asks and bool(_SOURCELESS.search(fold(self._text[: self._quantity.start])))

    def _is_presupposed(self) -> bool:
        """Say whether a question takes a value for granted: "Why did it take two weeks, then?"."""
        return bool(_PRESUPPOSING.match(fold(self._text[: self._quantity.start])))

    def _is_someones(self) -> bool:
        words = self._before
        if "your" in words[-3:] or ("that" in words and not _OTHERS_WORDS.isdisjoint(words[-6:])):
            return True
        return not _SAYING.isdisjoint(words) and any(
            one in ("you", "u") and two in _SAYING for one, two in pairwise(words)
        )

    def _speaks_for_itself(self) -> bool:
        words = self._before
        pairs = set(pairwise(words))
        return any((("i", verb) in pairs) for verb in ("say", "said", "told", "claim", "believe"))

    def _judged(self) -> str | None:
        """Read "four days is not enough": the value is the subject of a judgement and is not asserted."""
        after = self._after
        if self._before[-2:-1] == ["nor"] and self._before[-1] in _BE:
            return "judged"  # "nor are six litres, if you ask me"
        if not after:
            return None
        if after[0] in _JUDGING and after[0] != "not":
            return "judged" if set(self._before) & (_BE | {"nor"}) or after[0] != "long" else None
        if after[0] not in _BE:
            return None
        if set(after[1:4]) & _WRONG:
            return "wrong"
        return None if set(after[1:3]) & _EQUATIVE else "judged"

    def _is_negated(self) -> bool:
        words = self._before
        start = next((n + 1 for n in range(len(words) - 1, -1, -1) if self._cuts(n)), 0)
        for place in range(len(words) - 1, max(start, len(words) - 8) - 1, -1):
            word = words[place]
            if word == "no" and place == 0 and self._begin == 0:
                continue  # "No it was ten days"
            if word in _NEGATORS or word.endswith("n't"):
                return words[place : place + 2] != ["not", "only"]
        return False

    def _cuts(self, place: int) -> bool:
        return self._before[place] == "and" and self._before[place + 1 : place + 2] != ["not"]


# words that stand in any clause about a value and say nothing of what is measured
_THIN = frozenset(
    content_stems("last lasted long full whole time period merely exactly clearly said say".split())
)
