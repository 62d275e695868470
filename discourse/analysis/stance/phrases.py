"""What stands in a group of words that names a target: is the target its head, and what is meant if not?

"The ban on kites" is no kite, but who is for the ban is against kites; "kite haters" says nothing of kites.
"""

from collections.abc import Iterator

from discourse.analysis.stance.clauses import (
    AUXILIARIES,
    BREAKERS,
    FILLERS,
    PREPOSITIONS,
    PRONOUNS,
    SPEAKERS,
    Clause,
    Word,
)

# what somebody does or has made: to judge it is to judge whose it is
ACTS = frozenset(
    """
    plan plans policy policies idea ideas effort efforts decision decisions speech speeches government
    administration admin war record behaviour behavior actions action words claims claim argument
    arguments strategy approach response leadership rule regime campaign performance stance position
    proposal scheme trial deal law laws bill tax budget handling work word offer statement statements
    tweets attack attacks strikes soldiers troops army forces military team party office leaflet figures
    numbers service timetable presidency candidacy comment comments remark remarks appointment
    appointments nomination choice choices ruling rulings answer answers reply statement article letter
    book books record history tactics behaviour views agenda platform rhetoric logic reasoning character
    judgment judgement
    """.split()
)
# whoever these are, they are others than the one whose name stands before them
_OTHERS = frozenset(
    """
    supporter supporters fan fans voter voters critic critics opponent opponents enemy enemies follower
    followers hater haters people base kid kids son sons daughter daughters wife husband family brother
    sister mother father friend friends lawyer lawyers aide aides accuser accusers victim victims
    lover lovers advocate advocates activist activists crowd crowds clinic clinics debate debates issue issues
    thread threads doctor doctors provider providers topic topics question questions discussion discussions
    """.split()
)
# for or against these is for or against what they are about
_SAME = frozenset(
    """
    form forms kind kinds type types sort sorts amount version
    most many some half majority all lot lots rest bunch each both any part right rights idea concept
    principle practice use legalization legalisation legality theory cause election re-election
    reelection policy policies work existence truth reality fight candidacy value expansion teaching law
    laws reform reforms plan bill movement freedom legalizing legalising allowing keeping having
    permitting supporting promoting using passing funding protecting defending electing saving teaching
    choosing introducing adopting implementing enforcing performing believing building opening
    """.split()
)
_TURNED = frozenset(
    """
    ban bans prohibition abolition repeal removal end impeachment defeat opposition resistance hatred
    criminalization criminalisation banning abolishing outlawing ending stopping opposing removing repealing
    forbidding prohibiting restricting criminalizing criminalising fighting cutting scrapping defunding
    denying eliminating closing attacking blocking preventing
    """.split()
)
_ALL = frozenset("anyone anybody anything everyone everybody no-one nobody one all".split())
_PARTS = frozenset("some few no certain several other another illegal".split())
_RELATING = frozenset("of on for to against in about behind".split())
_FUNCTION = (
    AUXILIARIES
    | BREAKERS
    | PREPOSITIONS
    | PRONOUNS
    | SPEAKERS
    | FILLERS
    | frozenset(
        """
    the this that these those my your our not as out up down off back here there today tomorrow tonight
    yesterday above best most because more even while against among instead anyway before after during
    through without within around me us them who what how being having doing going running at then than
    or nor if all both over again too
    """.split()
    )
)
DETERMINERS = frozenset(
    "the a an this that these those my your his her its our their mr mrs ms any some".split()
)


def is_function(word: Word) -> bool:
    """Say whether a word is no noun, and so can end the group before it."""
    return word.word in _FUNCTION or word.is_subject_like or word.word.endswith(("ly", "ing", "n't"))


def head_share(clause: Clause, place: int) -> float:
    """Return how surely a mention is what its group of words is about: 1 where nothing follows, less where
    something of its own does, 0 where other people or things do."""
    word = clause.words[place]
    after = clause.words[place + 1] if place + 1 < len(clause.words) else None
    if after is None or not after.is_joined or word.mention is None or after.gap == "":
        return 1.0
    if after.word in _OTHERS:
        return 0.0
    if word.is_possessive:
        return 0.9 if after.word in ACTS else 0.7
    if is_function(after) or after.word in _SAME:
        return 1.0
    if after.word in _TURNED:
        return -0.9
    return 0.95 if word.mention.kind == "person" else 0.7 if word.mention.kind != "other" else 0.5


def relation(clause: Clause, place: int) -> float:
    """Return what the words before a mention make of it: 1 where it stands alone, -1 in "the ban on X" and
    "banning X", 0 in "the wife of X"."""
    words = clause.words
    before = place - 1
    if before >= 0 and words[place].is_joined and words[before].word in _PARTS:
        return 0.0  # "some X are"
    while before >= 0 and words[before + 1].is_joined and words[before].word in DETERMINERS:
        before -= 1
    if before < 0 or not words[before + 1].is_joined:
        return 1.0
    word = words[before]
    if word.word in _RELATING and before and words[before].is_joined:
        return _side(words[before - 1].word)
    if word.word in PREPOSITIONS - {"than", "like"}:
        return 0.0
    return _side(word.word) if word.word.endswith("ing") and word.word not in ("being", "going") else 1.0


def _side(word: str) -> float:
    return 0.9 if word in _SAME else -0.9 if word in _TURNED else 0.0


def named_after(clause: Clause, last: int, *, reach: int = 6) -> Iterator[tuple[int, float]]:
    """Yield the place of the target that a verb takes as its object, with what is made of it.

    Parameters
    ----------
    last
        The place of the verb's last word.
    """
    side, unknown = 1.0, 0
    words = clause.words
    for place in range(last + 1, min(len(words), last + 1 + reach)):
        word = words[place]
        if word.mention is not None or word.generic:
            if (found := side * head_share(clause, place)) != 0:
                yield place, found
            return
        if word.word in PRONOUNS or (place > last + 1 and not word.is_joined):
            return
        if word.word in ("except", "but") and words[place - 1].word in _ALL:
            side = -side
        elif word.word in _RELATING:
            if place == last + 1:
                return
            side *= _side(words[place - 1].word)
        elif word.word in DETERMINERS or word.word in (
            "so",
            "very",
            "good",
            "old",
            "all",
            "both",
            "more",
            "such",
        ):
            continue
        elif word.word in SPEAKERS or word.word in PREPOSITIONS or word.word in BREAKERS or side == 0:
            return
        elif word.word.endswith("ing") and (gerund := _side(word.word)):
            side *= gerund
        else:
            unknown += 1
            if unknown > 2:
                return
