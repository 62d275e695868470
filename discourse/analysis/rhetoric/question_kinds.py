"""Questions that assert against questions that ask."""

import re
from collections.abc import Iterable, Iterator

from msgspec import Struct

from discourse.analysis.base import PostView
from discourse.lexicon import Match
from discourse.model import Span
from discourse.text.normalise import fold

_RULES = "question_rules@2"  # the number is raised by every change that changes an output row
_Cue = tuple[float, str, str]  # weight, maker, entry

_END = re.compile(r"[?!\s\"')\]]*$")
# the author's own answer, at the beginning of the next sentence
_ANSWERS = """
    no|nope|nah|yes|yep|yeah|of course|because|cause|not|none|nobody|no one|nothing|never|nowhere|exactly
    |hardly|wrong|right|sure|simple|easy|me neither|i think not|i don't think so|i doubt it|that's right
    |thought so|didn't think so|i thought so|well,? no|i guess not|apparently|obviously|clearly|absolutely
    |certainly
"""
_ANSWER = re.compile(rf"(?:{'|'.join(word.strip() for word in _ANSWERS.split('|'))})\b(?!')")
_WITHIN = 0.35  # of a question that stands among the statements of a reply: of those, most assert
_STATEMENT = 3  # blanks at least, in a sentence that states something
_RUN = 3  # so many questions in one post are more often a speech than an inquiry


class Question(Struct, frozen=True):
    """One sentence that ends in a question mark, and what it does."""

    span: Span
    label: str  # rhetorical_question | clarifying_question
    score: float
    by: str  # whose cue or rule weighed most
    entry: str  # that cue or rule


class Asked(Struct, frozen=True):
    """One sentence that ends in a question mark, not yet judged."""

    span: Span
    words: str  # folded, without the marks at its end; what a lexicon says of them counts
    rules: list[_Cue]  # what speaks for an assertion beside the words


def questions_in(view: PostView) -> Iterator[Asked]:
    """Yield the questions of a post's own words."""
    if "?" not in view.own:
        return
    sentences = view.sentences
    texts = [fold(view.own[s.start : s.end]) for s in sentences]
    asked = [text.rstrip("\"') ]!").endswith("?") for text in texts]
    is_within = view.post.position > 1 and any(
        not ends and text.count(" ") >= _STATEMENT for ends, text in zip(asked, texts, strict=True)
    )
    for place, (span, text) in enumerate(zip(sentences, texts, strict=True)):
        if asked[place] and any(char.isalpha() for char in text):
            answer = texts[place + 1] if place + 1 < len(texts) and not asked[place + 1] else ""
            rules = list(_rule_weights(text, answer, count=asked.count(True)))
            rules += [(_WITHIN, _RULES, "rule: among the statements of a reply")] if is_within else []
            yield Asked(span, _END.sub("", text), rules)


def judged(asked: Asked, matches: Iterable[Match]) -> Iterator[Question]:
    """Yield a question if it can be told, given what a lexicon finds in its words; else nothing.

    A question asserts where its words say so, where its author answers it at once, or
    where it stands in a row of three; it asks where its words request something. A
    question among the statements of a reply asserts unless its words request. Where both
    weigh the same, nothing is said.
    """
    weights: dict[str, list[_Cue]] = {"rhetorical_question": [*asked.rules], "clarifying_question": []}
    for match in matches:
        weights[match.label].append((match.entry.weight, match.by, match.entry.pattern))
    totals = {label: round(sum(weight for weight, _, _ in found), 4) for label, found in weights.items()}
    label = max(totals, key=totals.__getitem__)
    other = min(totals.values())
    if totals[label] >= _WITHIN and totals[label] - other >= 0.2:
        score = min(1.0, 0.5 + (totals[label] - other) / 2)
        _, by, entry = max(weights[label])
        yield Question(asked.span, label, score, by, entry)


def _rule_weights(text: str, answer: str, *, count: int) -> Iterator[_Cue]:
    if _ANSWER.match(answer):
        yield 1.5, _RULES, "rule: answered at once by its author"
    if text.rstrip().endswith(("?!", "!?", "??")):
        yield 0.4, _RULES, "rule: more marks than a question needs"
    if count >= _RUN:
        yield 0.2, _RULES, "rule: one of several questions in a row"
