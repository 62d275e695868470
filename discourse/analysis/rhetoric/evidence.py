"""Evidence that its form shows: links, dates, numbers with a unit, quotations in own words."""

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import Struct

from discourse.lexicon.holding import Holding
from discourse.model import Span

RULES_VERSION = 4

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\b(?:\.(?=,? \d))?"
)
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
_YEAR = r"(?:1[5-9]|20)\d\d"
_LINK = re.compile(
    r"\b(?:https?://|www\.)[^\s<>\"]++|(?<!@)\b[a-z0-9-]{2,40}\.(?:com|org|net|gov|edu|info|co\.uk|ac\.uk|eu)\b(?:/[^\s<>\"]*+)?"
)
_TIME_WORDS = "in|since|until|from|by|before|after|during|of|around|back in|as of|early|late|mid"
_DATE = re.compile(
    rf"\b(?:{_DAY} (?:of )?{_MONTH}(?:,? {_YEAR}\b)?|{_MONTH} {_DAY}\b(?!:)(?:,? {_YEAR}\b)?"
    rf"|{_MONTH} {_YEAR}\b|{_YEAR}-\d\d-\d\d\b|\d{{1,2}}[/.]\d{{1,2}}[/.](?:{_YEAR}|\d\d)\b"
    rf"|(?:(?<=on )|(?<=by )|(?<=until )|(?<=since )|(?<=before )|(?<=after )|(?<=of ))"
    rf"the (?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th)\b(?! (?!of\b|and\b|or\b|at\b|in\b|it\b|he\b)[a-z])"
    rf"|(?:{_TIME_WORDS}) {_YEAR}\b(?! ?(?:%|percent|[a-z]{{3,12}}s\b)))"
)
_FIGURES, _WORD_START = re.compile(r"\d+"), re.compile(r"\b\w")
_DATE_REACH = len("september. ")  # from where a date begins to its first figure, at most
_UNITS = (
    r"seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|yrs?|decades?|centur(?:y|ies)"
    r"|km/h|kms?|kilomet(?:er|re)s?|miles?|mph|met(?:er|re)s?|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?"
    r"|kgs?|kilos?|grams?|tons?|tonnes?|lbs?|pounds?|ounces?|oz|lit(?:er|re)s?|gallons?|pints?"
    r"|°|degrees?|celsius|fahrenheit|kwh|mwh|gwh|kw|mw|gw|watts?|volts?|amps?|hz|bytes?|gb|mb|tb"
    r"|percent|per cent|percentage points?|people|persons?|votes?|voters?"
    r"|dollars?|bucks|euros?|cents|pence|quid|roubles|rubles"
    r"|million|billion|trillion|thousand|hundred|dozen|times|deaths?|casualties|homes|houses|jobs|seats|copies"
)
_VERBS = (
    r"(?:goes|does|has|was|his|this|thus|makes|comes|means|says|shows|gives|its|seems|looks|runs|plus"
    r"|versus|stands|gets|takes|needs|always|as|passes|works)"
)
_SPELLED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen"
    r"|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?"
)
_FIGURE = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,4})?|\d{1,12}(?:\.\d{1,4})?"
_NUMBER = re.compile(
    rf"[$£€] ?(?:{_FIGURE})(?: ?(?:k|m|bn|million|billion|trillion|thousand))?\b"
    rf"|(?<![\w.,$£€/:#-])(?:{_FIGURE}) ?(?:%(?! (?:sure|certain|right|wrong|correct|agree|true)\b)"
    rf"|(?:-| )?(?:(?:million|billion|trillion|thousand|hundred) )?(?:{_UNITS})(?!\w))"
    rf"|(?<![\w.,/:#-])\d{{1,3}}(?:,\d{{3}}){{1,4}}\b"
    rf"|(?<![\w.,/:#-])(?!{_YEAR} )\d{{4,9}} (?!{_VERBS}\b)[a-z]{{3,20}}s\b(?!')"
)
_OPENS_NUMBER = re.compile(r"[\d$£€]")
_WRITTEN = re.compile(
    rf"(?<![\w-]){_SPELLED}[ -]"
    rf"(?:(?:hundred )?(?:million|billion|trillion)(?: (?:{_UNITS}))?|percent|per cent)\b"
)
# idioms that name no quantity
_IDLE = re.compile(
    r"^(?:99\.\d{1,6} ?%|(?:0|1|50|99|100)(?:\.0)? ?(?:%|percent|per cent)|(?:one|fifty) percent"
    r"|one (?:million|billion|trillion)(?: dollars)?|(?:10|100|1,?000) times"
    r"|\d{1,6} (?:posts|threads|words)|[1-4] (?:people|persons?|times))$"
)
# so little of it is told of any one case: prices, ways, weights, ages, heads under a thousand
_LITTLE = re.compile(
    r"^(?:[$£€] ?\d{1,3}(?:\.\d{2})?|\d{1,3}[ -]?(?!million|billion|trillion|thousand|hundred)[a-z°/]{1,14})$"
)
_SHARE = re.compile(r"percent|per cent")
# what kind of thing ("a 24 hour day"), how often in a story, an age, a stretch that says when
_KIND = re.compile(
    r"^(?!1\b|one\b)(?:\d{1,3}|[a-z-]{3,12})[- ]"
    r"(?:second|minute|hour|day|week|month|year|decade|mile|foot|dollar)$"
)
_OFTEN = re.compile(r"^\w{1,12}[- ]times$")
# how long something takes or lasts says little; years do, in figures or reckoned back
_BRIEF = re.compile(
    r"^(?:(?:\d{1,3}|[a-z-]{3,12})[- ]?(?:seconds?|minutes?|mins?|hours?|hrs?|days?|weeks?)"
    r"|[a-z-]{3,12}[- ](?:months?|years?|decades?))$"
)
_AGO = re.compile(r" (?:ago|later|earlier|before|after)\b")
_COMPARED = re.compile(r" (?:as|more|less|higher|lower|greater|larger|the|that|likelier|faster|bigger)\b")
_AFTER = re.compile(r"-? ?olds?\b| later\b")
_STRETCH = re.compile(r"\b(?:first|last|next|past|another|age|every|for|these) $|\d,? or $")
# a made-up case: within its sentence nothing is counted
_SUPPOSED = re.compile(
    r"\b(?:suppos(?:e|ing)|imagine|let'?s say|hypothetical(?:ly)?|say (?:you|we|i|there)"
    r"|if (?:i|you|we|he|she|they|someone|somebody|a|an|there|one|two)"
    r"|(?:let'?s|let us) assume|assum(?:e|ing) (?:that )?(?:each|every|you|we|i|someone|a|an)"
    r"|would (?:only |have |also |still )?(?:you|cost|been|be|take|need)|could (?:cause|cost|be)|whether"
    r"|what if|would you|even if)\b[^.!?\n]*+$"
)
_TRAILING = ".,;:!?)'"  # marks of the sentence, not of the link that ends it
_MENTIONED = re.compile(r'(?<!\w)"[^"\n]{1,600}"(?!\w)')
_QUOTED = re.compile(r'(?<!\w)"([^"\n]{12,600})"(?!\w)')
# words that bring what stands between the marks from somewhere
_SAYS = (
    r"(?:said|says|wrote|writes|written|states?|stated|stating|reads?|declare[sd]?|explain(?:s|ed)|reports?"
    r"|reported|concludes?|concluded|notes?|noted|argue[sd]|defines?|defined(?: it)? as|quotes?|quoted"
    r"|quoting|testified|announced|told (?:\w{2,15} ){1,3}|according to [^\"\n]{2,40}|title[ds]?|entitled"
    r"|article|book|report|study|from|verse)"
)
_BROUGHT_BEFORE = re.compile(
    rf"(?:\b{_SAYS}(?: that| as| in part| thus)?[ ,:]{{0,3}}|\w:\s{{0,3}}|\]\s{{0,2}})$"
)
_BROUGHT_AFTER = re.compile(
    rf"[ ,.]{{0,3}}(?:(?:[a-z.'-]{{1,20}} ){{1,3}}{_SAYS}\b|{_SAYS} [a-z]|\s{{0,4}}-{{1,2}} ?[a-z]"
    rf"|\s{{0,4}}https?:|\s{{0,3}}[(\[](?!i |or |and |which |you |as |but )[^()\[\]\n]{{0,60}}(?:\d|p\.))"
)
# words after which it is only made up, or said by the one who is answered
_MADE_UP = re.compile(
    r"\b(?:you(?:'ve|'re|r)?|i|i've|we|if|would|could|might|may|should|someone|somebody|people|like|imagine|anyone"
    r"|not|don't|say|saying|basically|essentially)\b[^.!?\"]{0,25}$"
)
_LONG = 25  # words that few people make up
# of each form, what a text holds in which it stands
_NEEDS = (
    (
        "http://",
        "https://",
        "www.",
        ".com",
        ".org",
        ".net",
        ".gov",
        ".edu",
        ".info",
        ".co.uk",
        ".ac.uk",
        ".eu",
    ),
    tuple("0123456789"),
    tuple("0123456789"),
    ("million", "billion", "trillion", "percent", "per cent"),
    ('"',),
)
_DIGITS = 0b00110  # of which there are others than those above
_QUOTATIONS = 0b10000
_FORMS = (("link", _LINK, 1.0), ("date", _DATE, 0.9), ("number", _NUMBER, 0.8), ("number", _WRITTEN, 0.6))


class Found(Struct, frozen=True):
    """One piece of evidence."""

    span: Span
    kind: str  # link | date | number | quotation
    score: float  # how often the form alone brings evidence


@cache
def _holding() -> Holding:
    return Holding(_NEEDS)


def evidence_gates(texts: Sequence[str]) -> list[int]:
    """Return for each folded text which forms may stand in it, as `find_evidence` takes them; 0: none."""
    return [
        gates if gates & _DIGITS or text.isascii() else gates | _DIGITS
        for text, gates in zip(texts, _holding().gates(texts), strict=True)
    ]


def find_evidence(folded: str, gates: int | None = None) -> Iterator[Found]:
    """Yield what a folded text brings, links before dates before numbers, none within another.

    A quotation is at least four words between quotation marks that are attributed, sourced or
    long; scores say how often the form alone brings evidence.

    Parameters
    ----------
    gates
        What `evidence_gates` says of the text; None: it is asked.
    """
    if gates is None:
        gates = evidence_gates([folded])[0]
    rest = folded
    for place, (kind, pattern, score) in enumerate(_FORMS):
        if not gates >> place & 1:
            continue
        found = [m for m in _matches(pattern, rest) if not (kind == "number" and _is_idle(rest, m))]
        spans = [Span(start=m.start(), end=m.start() + len(m.group().rstrip(_TRAILING))) for m in found]
        yield from (Found(span, kind, score) for span in spans)
        if spans:
            rest = _blanked(rest, spans)
    if gates & _QUOTATIONS:
        for match in _QUOTED.finditer(folded):
            if match.group(1).count(" ") >= 3 and _is_brought(folded, match):
                yield Found(Span(start=match.start(), end=match.end()), "quotation", 0.95)


def _matches(pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Yield what `finditer` does, trying dates and numbers around the figures of a text alone."""
    if pattern is _DATE:
        starts = _before_figures(text)
    elif pattern is _NUMBER:
        starts = (found.start() for found in _OPENS_NUMBER.finditer(text))
    else:
        yield from pattern.finditer(text)
        return
    edge = 0
    for start in starts:
        if start >= edge and (match := pattern.match(text, start)):
            yield match
            edge = match.end()


def _before_figures(text: str) -> Iterator[int]:
    """Yield where words begin that are figures or stand so close before one that a date may begin there."""
    edge = 0
    for figure in _FIGURES.finditer(text):
        place = figure.start()
        for found in _WORD_START.finditer(text, max(edge, place - _DATE_REACH), place + 1):
            yield found.start()
        edge = place + 1


def _is_idle(text: str, number: re.Match[str]) -> bool:
    """Say whether a number counts nothing: an idiom, an age, a stretch of time, a made-up case."""
    found, end = number.group(), number.end()
    before = text[max(0, number.start() - 10) : number.start()]
    is_often = _OFTEN.match(found) and not _COMPARED.match(text, end)
    return bool(
        is_often
        or (_BRIEF.match(found) and not _AGO.match(text, end))
        or _IDLE.match(found)
        or (_LITTLE.match(found) and not _SHARE.search(found))
        or _KIND.match(found)
        or _AFTER.match(text, end)
        or (_STRETCH.search(before) and found[-1].isalpha())
        or _SUPPOSED.search(text[max(0, number.start() - 120) : number.start()])
    )


def _is_brought(folded: str, quoted: re.Match[str]) -> bool:
    """Say whether words between quotation marks are somebody's: attributed, sourced, or long.

    Titles, made-up speech and words of the post answered stand between the same marks.
    """
    before = folded[max(0, quoted.start() - 60) : quoted.start()]
    if _MADE_UP.search(before):
        return False
    if quoted.group(1).count(" ") >= _LONG or _BROUGHT_BEFORE.search(before):
        return True
    return bool(_BROUGHT_AFTER.match(folded, quoted.end(), quoted.end() + 90))


def _blanked(text: str, spans: list[Span]) -> str:
    """Return a text of the same length with some stretches blank; they come in order, apart."""
    pieces: list[str] = []
    edge = 0
    for span in spans:
        pieces += [text[edge : span.start], " " * len(span)]
        edge = span.end
    return "".join([*pieces, text[edge:]])


def quoted_stretches(folded: str) -> list[Span]:
    """Return what stands between quotation marks on one line, the marks included, however short."""
    if '"' not in folded:
        return []
    return [Span(start=m.start(), end=m.end()) for m in _MENTIONED.finditer(folded)]
