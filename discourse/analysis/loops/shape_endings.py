"""How people leave a dispute: in words that stop or grant, or by silence after a direct demand."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cached_property

from msgspec import Struct

from discourse.analysis.base import PostView, ThreadView
from discourse.analysis.loops.dispute import Links
from discourse.model import Span
from discourse.text.gone import is_gone
from discourse.text.normalise import fold

AFTER = 12  # posts after the last turn in which an end may still be declared
_SHORT = 40  # words of a post that may be a bare "you're right"
_NEAR = 300  # characters on either side of such words that may turn them round
_BRIEF = 80  # words of a post whose "my mistake" speaks of its matter

_STOP = r"(?= ?[.,!:;)\n\"]| -|--| ?$)"  # the end of a clause, but not a question
_ON = (  # that it is this exchange, and not some matter of its own, that is not gone on with
    r"(?:" + _STOP + r"|(?= (?:(?:about|over|on|to) )?(?:this|that|it|with|you|your|further|any|anymore|more|"
    r"here|again|back|because|if|when|until|unless|and|the point)\b))"
)
_CLAIM = r"claim|statement|assertion|argument|remark|comment|objection|point|accusation|charge|word|criticism"
_WORDS: dict[str, str] = {
    "conceded": (
        r"\bi (?:now )?stand corrected\b|\bi(?:'ll| will| must| have to)? (?:concede|admit defeat)\b|"
        r"\bi(?:'ll| will| must| have to)? admit (?:it" + _STOP + r"|(?:that )?i was\b)|"
        r"\bi(?: was|'ve been| have been) (?:wrong|mistaken)\b|"
        r"\bi got (?:it|that|this) wrong\b|\bi take (?:it|that|everything|this) (?:all )?back(?: now| then)?"
        + _STOP
        + r"|"
        r"\bi (?:retract|withdraw) (?:(?:it|that|this)" + _STOP + r"|what i\b|"
        r"(?:my|that|the|this) (?:\w+ ){0,2}(?:" + _CLAIM + r")s?\b)|"
        r"\byou(?:'ve| have)? (?:convinced|persuaded) me\b(?! (?:that )?you)|"
        r"\byou win(?: (?:this|the) (?:one|round|point|argument|debate))?"
        + _STOP
        + r"|\byou were right\b(?= after all| all along|[.!])"
    ),
    "compromise": (
        r"\bmeet (?:you )?in the middle\b(?! of\b)|\bwe(?:'re| are) both right\b(?!-)|"
        r"\bsplit the difference\b|"
        r"\bwe(?:'ve| have)? (?:found|reached|have) (?:a )?(?:common ground|compromise)\b|"
        r"\b(?:let's|let us) call it (?:(?:a (?:draw|tie|truce)|even|quits)\b|[$\u00a3\u20ac]? ?\d)"
    ),
    "withdrawn": (
        r"\bagree to disagree\b|\bi(?:'m| am) out(?: of (?:here|this))?(?= ?[.!;\n]| ?$)|"
        r"\bi(?:'m| am) (?:done|finished|through)"
        r"(?: here| with (?:this|you|it|that)| arguing| debating| talking| discussing)*"
        r"(?= ?(?:[.!:;\n]|,(?! \w+ing\b)|$))|"
        r"\bi give up(?= ?(?:[.,!:;\n]|$))|\bi rest my case\b|"
        r"\bi(?:'m| am) not going to (?:(?:argue|debate|discuss|respond|reply)\b" + _ON + r"|"
        r"(?:waste|continue|keep|bother)\b)|"
        r"\bi (?:won't|will not|shall not|refuse to) (?:be )?"
        r"(?:(?:argu|debat|respond|reply)\w*" + _ON + r"|(?:continu|bother)\w*)|"
        r"\bi(?:'ll| will| shall)? (?:just )?(?:leave|end|stop) (?:it |this )?(?:there|at that|here)"
        r"(?: then| now)?" + _STOP + r"|"
        r"\b(?:have|had|has|got|is|'s) nothing (?:more|else|further|left) to (?:say|add|discuss)\b|"
        r"\bi\b[^.!?;\n]{0,40}\bwast(?:e|ing) (?:any )?(?:more )?(?:of )?(?:my |our )?time\b|"
        r"\b(?:this|it)(?:'s| is) a waste of (?:my |our )?time\b|"
        r"\b(?:you (?:can|may)|let you|feel free to) (?:have|get) the (?:last|final) (?:word|say)\b|"
        r"\bmy (?:last|final) (?:word|post|reply|response|comment) (?:on|in|here|to|about)\b|"
        r"\bthis (?:is|will be) my (?:last|final) (?:word|post|reply|response|comment)\b|"
        r"(?:^|[.!?,\n]) ?(?:good ?bye|bye|farewell)(?= ?(?:[.,!\n]|$))|"
        r"\b(?:no point|no use|no sense|pointless|useless|futile)(?: in| to)? (?:trying to |continuing to )?"
        r"(?:argue|arguing|debating|continue|continuing|discuss|discussing)\b|"
        r"\b(?:this|our|the) (?:discussion|debate|argument|conversation) is (?:over|finished|closed)\b|"
        r"\bwe(?:'re| are) (?:just )?(?:going|running|talking|arguing) (?:a?round )?in circles\b|"
        r"\b(?:let's|let us) (?:drop|leave|end) (?:the (?:matter|subject|topic)\b|"
        r"(?:it|this)(?: (?:now|then|here|there|at that))*" + _STOP + r")"
    ),
    "refined": (
        r"\bi should have (?:said|been clearer|written|worded)\b|\blet me re(?:phrase|state)\b|"
        r"\b(?:what|all) i (?:meant|mean) (?:to say )?(?:was|is)\b|\bi (?:misspoke|overstated|misstated)\b"
    ),
}
_ENDINGS = {state: re.compile(words) for state, words in _WORDS.items()}
_BARE = re.compile(r"\b(?:you(?:'re| are) right|good point|point taken|fair enough)(?= ?(?:[.!\n]|$))")
_TURNED = re.compile(
    r"\bif\b|\bunless\b|\bperhaps\b|\bmaybe\b|\bprove\b|\bwhen(?:ever)? i\b|"
    r"\bwhy i\b|"
    r"\b(?:say|says|saying|said|think|thinks|thought|claim|show|tell me|told me) (?:that )?i\b|"
    r"\?"
)
_NOT = re.compile(
    r"\b(?:not|never|cannot|no one|nobody|nothing|none|without|neither|nor|hardly|no way|no reason)\b|"
    r"\bfar from\b|"
    r"(?<!why do)(?<!why should)(?<!why ca)n't\b|\b(?:do|did|does|wo|ca|would|could|should)nt\b|"
    r"\b(?:if|unless|until|whether|suppose|supposing|assuming|provided|when|whenever|once you)\b"
)
_CLAUSE = re.compile(  # where a clause with a subject of its own starts
    r"[;:]|(?:[,(-]|\b(?:and|so|but|because|since|then)\b) ?"
    r"(?:(?:and|so|but|well|then|ok|okay|yes|yeah|sorry|just),? )*"
    r"(?=(?:i|you|we|this|it|my|let|there|no (?:point|use|sense)|feel free|good ?bye|bye|farewell)\b)|"
    r"\bi (?:guess|suppose)\b|\b(?:but|however)\b"
)
_NONE = re.compile(
    r" (?:(?:to you|absolutely|exactly|precisely|of|about|in|on|over) )*(?:nothing|none|neither|nobody|zero|"
    r"no(?! doubt| question)|not(?! to\b))\b| some\b"
)
_MISTAKE = re.compile(r"\bmy (?:mistake|bad|error)\b")
_BUT = re.compile(r"\b(?:but|however|though|although|yet|still)\b")
_DEMAND = re.compile(
    r"\bput up or shut up\b|\bi (?:challenge|dare) you\b|\bi(?:'m| am) waiting for\b|\bstill waiting\b|"
    r"\b(?:show|give|tell|name|cite|quote|point) (?:me|us|one|a single|just one)\b|\bprove it\b|"
    r"\b(?:please|can you|could you|would you|will you) (?:show|prove|provide|name|cite|answer)\b|"
    r"\banswer (?:me|my|the) ?(?:simple |damn )?(?:question|point)?\b|\bback (?:it|that|this) up\b|"
    r"\bwhere(?:'s| is| are) (?:your|the) (?:evidence|proof|source|sources|data)\b|"
    r"\byou (?:still )?(?:haven't|have not|have yet to|didn't|refuse to|cannot|can't) "
    r"(?:answer|show|prove|provide|address|respond|cite|name)\w*"
)
_SENTENCE_END = re.compile(r"[.!?\n]")


class Ending(Struct, frozen=True):
    """A post in which an author of a loop stops, grants, or is left without an answer."""

    place: int  # of the post that shows it
    author: str
    side: int
    state: str  # conceded | compromise | withdrawn | refined | silent
    span: Span  # the words that show it; of silence, the demand that was not answered
    is_final: bool  # whether nobody of the author's side takes a turn after it
    demands: bool = True  # of silence: whether it was a demand, or a mere question


class Course:
    """The turns of one loop, laid out for asking who said what last.

    Parameters
    ----------
    turns
        Place in the thread and side (0 or 1) of each turn, in thread order.
    """

    def __init__(self, thread: ThreadView, turns: Sequence[tuple[int, int]], links: Links) -> None:
        self.thread, self.turns, self.links = thread, tuple(turns), links
        self.at = dict(self.turns)
        self.sides: dict[str, int] = {}
        self.last: dict[str, int] = {}
        for place, side in self.turns:
            author = self.author(place)
            self.sides.setdefault(author, side)
            self.last[author] = place

    def author(self, place: int) -> str:
        """Return who wrote a post."""
        return self.thread.posts[place].post.author

    @cached_property
    def side_last(self) -> dict[int, int]:
        """Place of each side's last turn."""
        return {side: place for place, side in self.turns}

    @cached_property
    def posts(self) -> dict[str, list[int]]:
        """Places of all posts of the loop's authors from its first turn on."""
        found: dict[str, list[int]] = {author: [] for author in self.sides}
        for place in range(self.turns[0][0], len(self.thread.posts)):
            if (author := self.author(place)) in found:
                found[author].append(place)
        return found

    @cached_property
    def counts(self) -> Counter[str]:
        """How many turns each author takes."""
        return Counter(self.author(place) for place in self.at)

    @cached_property
    def asked(self) -> dict[str, int]:
        """For each author the last turn of the other side that answers him."""
        found: dict[str, int] = {}
        for place, side in self.turns:
            found |= {name: place for name in self.answered(place) if self.sides.get(name) == 1 - side}
        return found

    @cached_property
    def heard(self) -> dict[tuple[int, str], int]:
        """For each side and author the last post in which somebody of that side answers him."""
        found: dict[tuple[int, str], int] = {}
        for author, places in self.posts.items():
            for place in places:
                for name in self.answered(place):
                    key = (self.sides[author], name)
                    found[key] = max(found.get(key, -1), place)
        return found

    def hangs_on(self, place: int) -> bool:
        """Say whether a post is a turn, or speaks to one."""
        return place in self.at or any(up in self.at for up in self.links.near(place))

    def faces(self, place: int, side: int) -> bool:
        """Say whether a post is a turn, answers the other side, or does not show whom it answers."""
        named = self.answered(place)
        return place in self.at or not named or any(self.sides.get(name) == 1 - side for name in named)

    def answered(self, place: int) -> set[str]:
        """Return the authors of posts that a post answers or quotes, and whom it addresses."""
        post = self.thread.posts[place].post
        named = {self.author(up) for up in self.links.direct(place)} - {post.author}
        return named | ({post.addressee} if post.addressee else set())


def endings(course: Course) -> list[Ending]:
    """Return how the authors of a loop leave it, in thread order; nothing in other languages than English.

    Words count from an author's last turn on, as long as they stand in a turn or hang on one. No words
    count after a negation or a condition in their clause, nor with "nothing", "none" or "some" behind
    them; concessions count in sentences that neither ask nor suppose; "my mistake" in a brief post
    alone, since in a long one it may be of a detail, and a bare "you're right" in a short one without a
    "but". Silence counts where the other side's last turn at an author asks something of him, he goes on
    posting, and he never again answers the one who asked, nor does anybody of his side.
    """
    if not course.turns or not course.thread.speaks("en"):
        return []
    found = [*_worded(course), *_silent(course)]
    return sorted(found, key=lambda ending: (ending.place, ending.author, ending.span.start))


def _worded(course: Course) -> Iterator[Ending]:
    reach = course.turns[-1][0] + AFTER
    for author, places in course.posts.items():
        side = course.sides[author]
        for place in places:
            view = course.thread.posts[place]
            if not course.last[author] <= place <= reach or view.post.lang not in (None, "en"):
                continue
            shown = ending_words(view)
            if shown is not None and course.hangs_on(place) and course.faces(place, side):
                is_final = course.side_last[side] <= place
                yield Ending(place, author, side, shown[0], shown[1], is_final)


def ending_words(view: PostView) -> tuple[str, Span] | None:
    """Return the first words of a post that end a dispute for its author, and how; None without any."""
    text = fold(view.own)
    for state, pattern in _ENDINGS.items():
        for match in pattern.finditer(text):
            span = _trimmed(text, match.start(), match.end())
            if _is_refused(text, span.start, span.end):
                continue
            if state not in ("conceded", "refined") or not _is_turned(text, match.start(), match.end()):
                return state, span
    mistake = _MISTAKE.search(text)
    if mistake and _is_refused(text, mistake.start(), mistake.end()):
        mistake = None
    if mistake and len(view.words) <= _BRIEF and not _is_turned(text, mistake.start(), mistake.end()):
        return "conceded", Span(start=mistake.start(), end=mistake.end())
    bare = _BARE.search(text)
    if bare and _is_refused(text, bare.start(), bare.end()):
        bare = None
    if bare and len(view.words) <= _SHORT and not _BUT.search(text) and "?" not in text:
        return "conceded", Span(start=bare.start(), end=bare.end())
    return None


def _is_refused(text: str, start: int, end: int) -> bool:
    """Say whether a clause denies or conditions its words before they come, or gives them no object."""
    if _NONE.match(text, end):
        return True
    first = max(0, start - _NEAR)
    first = max(first, *(text.rfind(mark, first, start) + 1 for mark in ".!?\n"))
    for clause in _CLAUSE.finditer(text, first, start + len("farewell") + 1):
        if clause.end() <= start:
            first = clause.end()
    return _NOT.search(text, first, start) is not None


def _is_turned(text: str, start: int, end: int) -> bool:
    """Say whether the sentence around some words asks, supposes, or means the opposite."""
    first, last = max(0, start - _NEAR), min(len(text), end + _NEAR)
    before = max(first, *(text.rfind(mark, first, start) + 1 for mark in ".!?\n"))
    stop = _SENTENCE_END.search(text, end, last)
    return _TURNED.search(text, before, stop.end() if stop else last) is not None


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and not text[start].isalpha():
        start += 1
    return Span(start=start, end=end)


def _silent(course: Course) -> Iterator[Ending]:
    """Yield for each author the last question or demand of the other side that he left without an answer."""
    for author, side in course.sides.items():
        challenge = course.asked.get(author, -1)
        if is_gone(author):  # whoever posts on under this name may be another
            continue
        if challenge <= course.last[author] or course.posts[author][-1] <= challenge:
            continue
        who = course.author(challenge)
        words = _challenge(course.thread.posts[challenge])
        if words is not None and course.heard.get((side, who), -1) <= challenge:
            is_final = course.side_last[side] < challenge
            yield Ending(challenge, author, side, "silent", words[0], is_final, words[1])


def _challenge(view: PostView) -> tuple[Span, bool] | None:
    """Return the last demand of a post, else its last question, and whether it is a demand."""
    text = fold(view.own)
    demands = list(_DEMAND.finditer(text))
    if demands:
        return Span(start=demands[-1].start(), end=demands[-1].end()), True
    questions = [
        sentence for sentence in view.sentences if text[sentence.start : sentence.end].rstrip()[-1:] == "?"
    ]
    return (questions[-1], False) if questions else None
