"""What is measured of replies, one at a time, step by step: measures of many at once must be the same."""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from discourse.learn.reply_context import NEAR
from discourse.learn.reply_labels import Reading, opening_cues
from discourse.learn.reply_threads import OUTSIDE, Turn

Shares = Mapping[int, Sequence[float]]
_NEGATIONS = frozenset(
    """
    no not never none nothing nobody neither nor cannot can't don't doesn't didn't isn't aren't wasn't weren't
    won't wouldn't shouldn't couldn't haven't hasn't hadn't ain't dont doesnt didnt isnt cant wont
    """.split()
)
_YOU = frozenset("you your you're you've you'd you'll yours yourself u ur".split())
_ME = frozenset("i i'm i've i'd i'll my me mine".split())
_OTHERS = frozenset("we us our they them their".split())
_SMILE = re.compile(r"\bemoticon_\w|[:;]-?[)(dp]|\blol\b|\bhaha")
_SIZES = (3, 6, 10, 20, 40, 80, 160)  # words
_RATED, _HEAD = 60, 160  # words and characters at the beginning
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def _negations(reading: Reading) -> int:
    return sum(word in _NEGATIONS for word in reading.words)


def features(own: Reading, parent: Reading) -> dict[str, float]:
    """Measure a reply beside the post that it answers; features that are 0 are left out."""
    found: dict[str, float] = {}
    opening = opening_cues(own)
    for cue in opening:
        found[f"opens:{cue.label}"] = 1.0
        found[f"first:{own.text[cue.start : cue.end]}"] = 1.0
    for cue in own.cues:
        place = "blame" if cue.is_tone else "has"
        if place == "blame":
            found[f"tone:{cue.label}"] = min(3.0, found.get(f"tone:{cue.label}", 0.0) + 1)
        elif not cue.is_strict:
            found[f"has:{cue.label}"] = min(2.0, found.get(f"has:{cue.label}", 0.0) + 1)
    found |= _shape(own, parent) | _contrast(own, parent) | _rates(own, parent)
    for word in own.words[:1]:
        found[f"word1:{word}"] = 1.0
    return {name: value for name, value in found.items() if value}


def _shape(own: Reading, parent: Reading) -> dict[str, float]:
    size = max(1, len(own.words))
    marks = own.text.count("?")
    return {
        "you": min(3.0, sum(word in _YOU for word in own.words)) / 3,
        "you_first": float(any(word in _YOU for word in own.words[:5])),
        "you_share": sum(word in _YOU for word in own.words) / size,
        "i_share": sum(word in _ME for word in own.words) / size,
        "negations": min(4.0, _negations(own)) / 4,
        "negation_first": float(any(word in _NEGATIONS for word in own.words[:6])),
        "asks": float(marks > 0),
        "asks_last": float(own.text.rstrip().endswith("?")),
        "asks_only": float(marks > 0 and marks >= len(re.findall(r"[.!?](?=\s|$)", own.text))),
        "parent_asks": float(parent.text.rstrip().endswith("?")),
        "exclaims": float("!" in own.text),
        "trails": float(".." in own.text or "…" in own.text),
        "laughs": float(bool(re.search(r"\b(?:lol|lmao|ha){1,3}\b|[:;]-?\)", own.text))),
        "link": float("://" in own.text),
        "size": math.log(size) / 4,
        "short": float(size <= 4),
        "parent_size": math.log(1 + len(parent.words)) / 4,
    }


def _contrast(own: Reading, parent: Reading) -> dict[str, float]:
    shared = len(own.stems & parent.stems) / math.sqrt((1 + len(own.stems)) * (1 + len(parent.stems)))
    ours, theirs = set(_NUMBER.findall(own.text)), set(_NUMBER.findall(parent.text))
    praise = _tone(own) * _tone(parent)
    return {
        "shared": shared,
        "shared_denied": shared if bool(_negations(own)) != bool(_negations(parent)) else 0.0,
        "numbers_differ": float(bool(theirs) and bool(ours - theirs)),
        "numbers_shared": float(bool(ours & theirs)),
        "tone_alike": float(praise > 0),
        "tone_unlike": float(praise < 0),
    }


def _tone(reading: Reading) -> int:
    signs = {"praise": 1, "blame": -1}
    total = sum(signs.get(cue.label, 0) for cue in reading.cues if cue.is_tone)
    return (total > 0) - (total < 0)


def _rates(own: Reading, parent: Reading) -> dict[str, float]:
    """Measure how long both are, and how often the reply's first words speak of whom, deny and ask."""
    head, words, theirs = own.words[:_RATED], own.words, parent.words[:_RATED]
    text = own.text.lstrip()
    start = text[:_HEAD]
    per = 10 / (10 + len(head))
    return {
        **{f"below{size}": float(len(words) < size) for size in _SIZES},
        "ratio": math.log((1 + len(words)) / (1 + len(parent.words))) / 2,
        "asks_early": min(2.0, start.count("?")),
        "exclaims_early": min(2.0, start.count("!")),
        "question_rate": own.text.count("?") * 10 / (10 + len(words)),
        "parent_question_rate": parent.text.count("?") * 10 / (10 + len(parent.words)),
        "smiles": min(2.0, len(_SMILE.findall(text[:600]))),
        "quote_marks": min(4.0, own.text.count('"')) / 4,
        "you_rate": sum(word in _YOU for word in head) * per,
        "i_rate": sum(word in _ME for word in head) * per,
        "they_rate": sum(word in _OTHERS for word in head) * per,
        "negation_rate": sum(word in _NEGATIONS for word in head) * per,
        "but": float("but" in head),
        "but_early": float("but" in words[:12]),
        "parent_you": float(any(word in _YOU for word in theirs)),
        "parent_i": float("i" in theirs),
        "parent_negation_rate": sum(word in _NEGATIONS for word in theirs) * 10 / (10 + len(theirs)),
        "novel": len(set(words[:100]) - set(parent.words)) / (1 + len(set(words[:100]))),
    }


@dataclass
class Tally:
    """Replies of one kind: how many, and the sums of their leads by text."""

    count: int = 0
    against: float = 0.0
    aside: float = 0.0

    def held_back(self, against: float, aside: float, doubt: float) -> tuple[float, float]:
        """Return both mean leads without one reply's own, nearer to 0 the fewer are left."""
        rest = self.count - 1 + doubt
        return (self.against - against) / rest, (self.aside - aside) / rest


Tallies = dict[tuple[str, str], Tally]
EVERYBODY = ""  # beside an author's name: the other one is anybody


class Exchanges:
    """Who answers whom in a thread, and the leads by text of each reply."""

    def __init__(self, turns: Sequence[Turn], shares: Shares) -> None:
        """Take a thread in page order, and shares for those replies that were judged by their texts."""
        self.turns = turns
        self.parents = {
            place: parent
            for place, turn in enumerate(turns)
            if (parent := turn.parent) is not None and place in shares
        }
        self.against = {place: _log_ratio(shares[place][1], shares[place][0]) for place in self.parents}
        self.aside = {place: _log_ratio(shares[place][2], 1 - shares[place][2]) for place in self.parents}
        self.posts_of = Counter(turn.author for turn in turns)
        self._pulls: dict[tuple[str, str], float] = {}

    @cached_property
    def answers(self) -> dict[int, list[int]]:
        """Places of the answers to each post, judged or not."""
        found: dict[int, list[int]] = {}
        for place, turn in enumerate(self.turns):
            if turn.parent is not None:
                found.setdefault(turn.parent, []).append(place)
        return found

    @cached_property
    def directed(self) -> Tallies:
        """Replies of an author to an author; of an author to everybody; and to an author from everybody."""
        found: Tallies = {}
        for place, parent in self.parents.items():
            one, other = self.turns[place].author, self.turns[parent].author
            for key in ((one, other), (f"by {one}", EVERYBODY), (EVERYBODY, f"to {other}")):
                tally = found.setdefault(key, Tally())
                tally.count += 1
                tally.against += self.against[place]
                tally.aside += self.aside[place]
        return found

    def between(self, one: str, other: str) -> Tally:
        """Return the replies of two people to each other."""
        there, back = self.directed.get((one, other), Tally()), self.directed.get((other, one), Tally())
        if one == other:
            return there
        return Tally(there.count + back.count, there.against + back.against, there.aside + back.aside)

    @cached_property
    def quarrels(self) -> dict[str, dict[str, float]]:
        """How far each author quarrels with each other one, from -1 to 1."""
        found: dict[str, dict[str, float]] = {}
        for one, other in self.directed:
            if EVERYBODY not in (one, other) and one != other:
                tally = self.between(one, other)
                pull = math.tanh((tally.against - _USUAL * tally.count) / 2)
                found.setdefault(one, {})[other] = pull
                found.setdefault(other, {})[one] = pull
        return found

    def common_enemies(self, one: str, other: str) -> float:
        """Say whether two people quarrel with the same third ones, or one with the other's friends."""
        if (one, other) not in self._pulls:
            fewer, more = sorted((self.quarrels.get(one, {}), self.quarrels.get(other, {})), key=len)
            both = [pull * more[name] for name, pull in fewer.items() if name in more]
            self._pulls[one, other] = sum(both) / (1 + len(both))
        return self._pulls[one, other]


_USUAL = 0.7  # lead of disagreement that is common on forums


def context_rows(turns: Sequence[Turn], shares: Shares) -> dict[int, dict[str, float]]:
    """Measure each judged reply of a thread, by its place; the names are the same for all."""
    thread = Exchanges(turns, shares)
    common = {
        "thread_against": _mean(thread.against.values()),
        "thread_aside": _mean(thread.aside.values()),
        "thread": math.log(max(1, len(turns))),
        "authors": math.log(max(1, len(thread.posts_of))),
    }
    return {
        place: common
        | _stands(thread, place)
        | _address(thread, place)
        | _turns(thread, place)
        | _relations(thread, place)
        for place in thread.parents
    }


def _stands(thread: Exchanges, place: int) -> dict[str, float]:
    turn, parent = thread.turns[place], thread.turns[thread.parents[place]]
    text = turn.text.strip()
    marks = text.count("?")
    return {
        "against": thread.against[place],
        "aside": thread.aside[place],
        "size": math.log1p(turn.words),
        "parent_size": math.log1p(parent.words),
        "asks_last": float(text.rstrip(" \"'”’").endswith("?")),
        "asks_only": float(marks > 0 and marks >= text.count(".") + text.count("!")),
        "parent_asks": float(parent.text.strip().endswith("?")),
        "link": float("://" in text),
        "smiles": float("emoticon" in text or ":)" in text or ";)" in text),
    }


def _address(thread: Exchanges, place: int) -> dict[str, float]:
    """Measure whom a reply quotes, and whose words it shares."""
    turn, answered = thread.turns[place], thread.parents[place]
    author = thread.turns[answered].author
    inside = [other for other in turn.quoted if other != OUTSIDE]
    others = any(other != answered and thread.turns[other].author != author for other in inside)
    near = (
        other
        for other in range(max(0, place - NEAR), place)
        if other != answered and thread.turns[other].author != turn.author
    )
    return {
        "quotes_parent": float(answered in inside),
        "quotes_author": float(any(o != answered and thread.turns[o].author == author for o in inside)),
        "quotes_other": float(others),
        "quotes_only_other": float(others and answered not in inside),
        "quotes_outside": float(OUTSIDE in turn.quoted),
        "quotes_none": float(not turn.quoted),
        "quotes": math.log1p(len(turn.quoted)),
        "shared": _alike(turn, thread.turns[answered]),
        "shared_other": max((_alike(turn, thread.turns[other]) for other in near), default=0.0),
    }


def _turns(thread: Exchanges, place: int) -> dict[str, float]:
    """Measure where a reply stands, and how often the two people answer each other."""
    turn, answered = thread.turns[place], thread.parents[place]
    parent = thread.turns[answered]
    same = turn.author == parent.author
    before = thread.turns[parent.parent].author if parent.parent is not None else None
    others = thread.between(turn.author, parent.author).count - 1
    theirs = others if same else thread.directed.get((parent.author, turn.author), Tally()).count
    return {
        "same": float(same),
        "root": float(answered == 0),
        "root_author": float(parent.author == thread.turns[0].author),
        "flat": len(thread.answers[0]) / len(thread.turns) if answered == 0 else 0.0,
        "after_mine": float(before == turn.author and not same),
        "after_theirs": float(before == parent.author),
        "exchanges": math.log1p(others),
        "exchanges_back": math.log1p(theirs),
        "siblings": math.log(len(thread.answers[answered])),
        "distance": math.log(max(1, place - answered)),
        "place": math.log1p(place),
        "my_posts": math.log(thread.posts_of[turn.author]),
        "their_posts": math.log(thread.posts_of[parent.author]),
    }


def _relations(thread: Exchanges, place: int) -> dict[str, float]:
    """Measure what the texts of other replies say of the two people."""
    author, answered = thread.turns[place].author, thread.parents[place]
    other = thread.turns[answered].author
    own = thread.against[place], thread.aside[place]
    pair = thread.between(author, other).held_back(*own, 1.0)
    mine = thread.directed[f"by {author}", EVERYBODY].held_back(*own, 2.0)
    to_them, to_me = thread.directed[EVERYBODY, f"to {other}"], thread.directed[author, other]
    rest = to_them.count - to_me.count + 2.0
    back = [o for o in thread.answers.get(place, ()) if thread.turns[o].author == other]
    return {
        "pair_against": pair[0],
        "pair_aside": pair[1],
        "mine_against": mine[0],
        "mine_aside": mine[1],
        "to_them_against": (to_them.against - to_me.against) / rest,
        "parent_against": thread.against.get(answered, 0.0),
        "parent_aside": thread.aside.get(answered, 0.0),
        "answered_by_them": float(bool(back) and author != other),
        "back_against": _mean(thread.against[o] for o in back if o in thread.against),
        "back_aside": _mean(thread.aside[o] for o in back if o in thread.aside),
        "common_enemies": thread.common_enemies(author, other),
    }


def _alike(one: Turn, other: Turn) -> float:
    return len(one.stems & other.stems) / math.sqrt((1 + len(one.stems)) * (1 + len(other.stems)))


def _log_ratio(one: float, other: float) -> float:
    return math.log(max(one, 1e-6) / max(other, 1e-6))


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return sum(found) / len(found) if found else 0.0
