"""How people mark that words are not their own: signs, headings, quotation marks, words of saying.

Every expression here is linear on any text: no repetition within a repetition, and all that
is unbounded ends at the line.
"""

import re
from collections.abc import Iterator

# ">", ">>", "> >", also as HTML writes it and in its full-width form; not ">:(" nor ">_>"
_SIGN = re.compile(r"[ \t\u00a0]{0,4}(?:(?:>|&gt;|＞)[ \t\u00a0]?){1,40}")
# ">>12", as image boards and some forums write "to post 12"; "#4 said:", "@4", "No. 4:" where a post opens
_POINTS = re.compile(
    r"^[ \t]{0,4}(?:>>|&gt;&gt;|＞＞)[ ]?(?:No\.?[ ]?)?(?P<number>\d{1,9})(?!\w|[.,]\d|[ ]?[%$€£])",
    re.MULTILINE,
)
_FACE = re.compile(r"(?<![ \t\u00a0])[:;.=_^-]{1,3}[()<>\[\]|/\\oOpP]")
_MORE_THAN = re.compile(r"[$€£]?\d")

_SAYING = (
    r"wrote|said|says|writes|posted|stated|schrieb|schreibt|sagte|a écrit|a dit|escribió|dijo|ha scritto"
    r"|scrisse|escreveu|disse|skrev|schreef|zei|kirjoitti|napisał|napisała|napsal|yazdı|írta|написал"
    r"|написала|пишет|писал|писала|έγραψε|כתב|كتب|さんは書きました|さんが書きました|さんの発言|写道|寫道|说|說"
)
# "NAME wrote:", "On Monday NAME wrote:", "NAME schrieb am Montag:"
_NAME_SAYS = re.compile(
    rf"[>\s]{{0,8}}(?P<name>[^\n:：]{{1,90}}?)[ \u00a0]?(?:{_SAYING})\s{{0,3}}"
    r"(?:[:：↑]|(?:on|am|le|el|il) .{4,40}[:：])",
    re.IGNORECASE,
)
# a mail's heading: "On DATE, NAME wrote:", "Am DATE schrieb NAME:"
_MAIL = re.compile(
    r"[>\s]{0,8}(?:on|am|le|el|il|em|den|op|dnia)\b[^\n]{4,70}, ?(?P<name>[^,\n]{1,60}?)[ \u00a0]?"
    rf"(?:{_SAYING})\s{{0,3}}[:：]\s{{0,3}}$",
    re.IGNORECASE,
)
_DATE_SAYS = re.compile(
    r"[>\s]{0,8}(?:on|am|le|el|op|den)\b[^\n]{4,70}? (?:schrieb|schreef|skrev|wrote) "
    r"(?P<name>[^\n:]{1,60}):\s{0,3}$",
    re.IGNORECASE,
)
# what forum software puts above a quotation, whoever is named
_BOX = re.compile(
    r"[>\s]{0,8}(?:originally posted by|posted by|quote from|quoting|zitat von|zitiert von|cita de"
    r"|mensaje original de|citation de|envoyé par|citação de|citazione di|originariamente scritto da"
    r"|citaat van|cytat od|цитата от|引用元)[ \u00a0:：]{1,2}(?P<name>[^\n]{1,60}?)\s{0,3}"
    r"(?:[:：↑»]|\[?view post\]?)?\s{0,3}$",
    re.IGNORECASE,
)
# one of them stands in each of these that is written with plain letters
_BOX_WORDS = ("quot", "cit", "zit", "posted by", "mensaje", "originariamente", "cytat")
_ENDS_HEADING = re.compile("[:：↑]")
_BARE_BOX = re.compile(
    r"[>\s]{0,8}(?:quote|zitat|cita|citation|citação|citazione|citaat|cytat|цитата|alıntı|اقتباس|引用|引用元)"
    r"\s{0,2}[:：]\s{0,3}$",
    re.IGNORECASE,
)
# a mark right behind a letter opens nothing, but where words stand without blanks; looked at behind the
# mark, so that the search for marks is one for a character
_IN_MARKS = re.compile(r'"(?<![^\W\u3040-\u9fff]")([^"\n]+)"')
_TAG = re.compile(r"\[quote(?:=[^\]\n]{0,80})?\]|\[/quote\]", re.IGNORECASE)

_OPENS_WITH_NUMBER = re.compile(
    r"\s{0,4}(?:@#?|#|№[ ]?|No\.[ ]?|Nr\.[ ]?|Post[ ]#?)(?P<number>\d{1,5})"
    rf"(?:[ ]?[:,;：]|[ ](?:{_SAYING})\b|[ \t]*\n)",
    re.IGNORECASE,
)

# words that make what stands in quotation marks somebody's: within the clause before or behind
_REPORTS = re.compile(
    r"\b(?:said|says?|saying|wrote|writes?|written|stat(?:e|es|ed|ing)|claim(?:s|ed)?|reads?|quot(?:e|es|ed|ing)"
    r"|according|told|tells|replied|argue[sd]?|assert(?:s|ed)?|insist(?:s|ed)?|declare[sd]?|announced"
    r"|add(?:s|ed)|asked|explain(?:s|ed)|note[sd]?|concluded?|report(?:s|ed)?|admitted|call(?:s|ed)|puts?"
    r"|mentioned|statement|speech|article|paper|remarked|promised|warned|described"
    r"|sagte?|schrieb|schreibt|laut|heißt es|erklärte|zitat|zitiert|meinte|steht|a dit|dit|déclaré|écrit"
    r"|selon|dijo|dice|según|escribió|afirmó|declaró|ha detto|secondo|scrive|dichiarato|disse|escreveu"
    r"|segundo|afirmou|zei|schreef|volgens|sade|skrev|enligt)\b"
    r"|говорит|сказал|писал|заявил|قال|وفقا|述べ|言っ|言う|書い|語っ|によると|话|说|說|称|稱|写道|寫道",
    re.IGNORECASE,
)
_NEAR = 40  # characters behind that are searched for such a word
_SENTENCE = 250  # characters before, as far as the sentence goes
_SOURCE_BEHIND = re.compile(r"[\"”'.,;]{0,3} {0,2}(?:[-–—(~] {0,2}(?:[^\W\d_a-z]|https?:|www\.)|https?:)")
_NAMES_SOURCE = re.compile(r"[:：][ \u00a0]{0,2}[\"“”„«「『‹']{0,2}$")


def may_be_heading(folded: str) -> bool:
    """Say whether a folded text may hold a line that `heading_name` takes for a heading."""
    return ":" in folded or not folded.isascii() or any(map(folded.__contains__, _BOX_WORDS))


def may_be_signed(text: str) -> bool:
    """Say whether a text holds a sign at all that `sign_end` looks for."""
    return ">" in text or "&gt;" in text or "＞" in text


def sign_end(line: str) -> int | None:
    """Return where the words of a line begin that is marked with ">"; None where it is not."""
    match = _SIGN.match(line)
    if match is None or _FACE.match(line, match.end()):
        return None
    return match.end()


def number_pointed_at(text: str) -> int | None:
    """Return the number of the post that a text points at: ">>12", "#4 said:"; None where it does not."""
    points = (_POINTS.search(text) if may_be_signed(text) else None) or _OPENS_WITH_NUMBER.match(text)
    return None if points is None else int(points["number"])


def points_at_number(line: str) -> bool:
    """Say whether a line begins by pointing at a post, which is no quotation."""
    return _POINTS.match(line) is not None


def means_more_than(line: str, at: int) -> bool:
    """Say whether a ">" before a place may as well be the sign of arithmetic: "> 40 people"."""
    return line[:at].count(">") == 1 and _MORE_THAN.match(line, at) is not None


def heading_name(line: str) -> tuple[str, bool] | None:
    """Read a line that says whose words follow.

    Returns
    -------
    tuple of str and bool, or None
        The name it states, empty where it states none, and whether the line is such a heading
        whoever is named; otherwise it is one only where somebody here has that name.
    """
    if box := _BOX.match(line):
        return box["name"].strip(), True
    if not _ENDS_HEADING.search(line):
        return None  # most lines; the others are looked at closely
    if _BARE_BOX.match(line):
        return "", True
    if mail := _MAIL.match(line) or _DATE_SAYS.match(line):
        return mail["name"].strip(), True
    said = _NAME_SAYS.match(line)
    return None if said is None else (said["name"].strip(), False)


def tagged(text: str) -> Iterator[tuple[int, int, int, int]]:
    """Yield opening tag and words of each `[quote]…[/quote]` that was left as it was typed.

    Start and end of the tag, start and end of the words; of nested ones the innermost.
    """
    opening: re.Match[str] | None = None
    for tag in _TAG.finditer(text) if "[" in text else ():
        if not tag.group().startswith("[/"):
            opening = tag
        elif opening is not None:
            yield opening.start(), opening.end(), opening.end(), tag.start()
            opening = None


def is_reported(text: str, start: int, end: int) -> bool:
    """Say whether the words around a stretch in quotation marks make it somebody's words.

    A word of saying, a colon before it, or a source behind it ("– The Times"). Without one
    it may be a thought, a title, what a sign reads, or what somebody would say.
    """
    before = re.split(r"[.!?。！？]\s|\n", text[max(0, start - _SENTENCE) : start])[-1]
    behind = text[end : end + _NEAR].partition("\n")[0]
    return (
        _NAMES_SOURCE.search(before) is not None
        or _SOURCE_BEHIND.match(behind) is not None
        or _REPORTS.search(before) is not None
        or _REPORTS.search(behind) is not None
    )


def marked_stretches(folded: str) -> Iterator[tuple[int, int]]:
    """Yield what stands between quotation marks of a folded text, line by line.

    A line that begins and ends with a mark is one quotation, whatever marks stand within it.
    """
    start = 0
    for line in folded.split("\n") if folded.count('"') > 1 else ():
        # most lines hold no two marks
        bare = line.strip().rstrip(".,!?;: ") if line.count('"') > 1 else ""
        if len(bare) > 2 and bare[0] == '"' and bare[-1] == '"' and bare.count('"') != 4:
            at = start + line.index('"') + 1
            yield at, start + line.rindex('"')
        elif bare:
            for match in _IN_MARKS.finditer(line):
                yield start + match.start(1), start + match.end(1)
        start += len(line) + 1
