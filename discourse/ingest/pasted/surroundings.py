"""The lines around a name that belong to its header: numbers, times, ranks, the name answered."""

import re
from collections import Counter, defaultdict

from discourse.ingest.pasted.guesses import Guess, Opening, Rows
from discourse.ingest.pasted.layout import Header
from discourse.ingest.pasted.rows import MOMENT, NUMBER
from discourse.ingest.words import any_of, load_words

_LISTS = load_words("headers")
_UP, _DOWN = 3, 7  # rows over and under a name that may belong to its header
_OFTEN = 0.5  # share of posts with a line in one place
_SOME = 0.2
_ANSWER = re.compile(rf"(?<!\w)(?:{any_of(_LISTS['answers'])})(?!\w)|^[→↳▶@]|への返信|답글", re.IGNORECASE)
_RE = re.compile(r"^(?:(?:re|aw|antwort|sv|r|tr|fwd)\s?:\s?)+", re.IGNORECASE)
_DIGITS = re.compile(r"\d+")
_PORTRAIT = "portrait"
_KEY = re.compile(r"^([^\W\d_][\w ]{0,18})\s?[:：]\s?\S")


def _telling(form: str) -> bool:
    """Say whether a form is short and has a number, a moment or a key: more than a sentence said twice."""
    return len(form.split()) <= 6 and (MOMENT in form or NUMBER in form or form.endswith("…"))


class Surroundings:
    """What stands around the names of one guess, and which of it recurs."""

    def __init__(self, page: Rows, guess: Guess) -> None:
        self.page, self.guess = page, guess
        self.openings = guess.openings
        self.authors = Counter(one.author for one in self.openings)
        self.ends = [*(one.row for one in self.openings[1:]), len(page.rows)]
        found = [self._dated(post) is not None for post in range(len(self.openings))]
        self.dated = guess.openings[0].rest is None and sum(found) >= 0.6 * len(found)
        self.under = self._shapes_under()
        self.ranks = self._ranks()
        self.over = self._shapes_over()

    def headers(self) -> list[Header]:
        """Return one header for each opening."""
        return [self._header(place) for place in range(len(self.openings))]

    def form(self, row: int) -> str:
        """Return what recurs of a row: its key, or its masks."""
        text = self.page.rows[row].text
        if (key := _KEY.match(text)) is not None and len(text) < 60:
            return key[1].lower() + ": …"
        return self.page.rows[row].shape

    def _title(self, row: int) -> str:
        """Return what recurs of a row over a name: "Re: Topic" is the topic again."""
        text = self.page.rows[row].text
        if self.page.dated(row):
            return "when"
        bare = _RE.sub("", text)
        form = self.form(row)
        return (
            form
            if form == "rule" or (bare == text and form.endswith("…"))
            else _DIGITS.sub("0", bare.lower())[:80]
        )

    def _shapes_under(self) -> frozenset[str]:
        """Return the forms of rows that stand under names in many posts."""
        found: defaultdict[str, set[int]] = defaultdict(set)
        for post, (one, end) in enumerate(zip(self.openings, self.ends, strict=True)):
            if one.rest is None:
                for row in range(one.row + 1, min(one.row + 1 + _DOWN, end - 1)):
                    if not self.page.rows[row].long:
                        found[self.form(row)].add(post)
        count = len(self.openings)
        return frozenset(
            form
            for form, posts in found.items()
            if len(posts) >= (max(2, _SOME * count) if _telling(form) else max(3, _OFTEN * count))
            and len({self.openings[post].author for post in posts}) > 1
        )

    def _ranks(self) -> frozenset[tuple[str, str]]:
        """Return authors with the lines that stand under their names whenever they write."""
        seen: defaultdict[tuple[str, str], int] = defaultdict(int)
        for post in range(len(self.openings)):
            one = self.openings[post]
            if one.rest is not None:
                continue
            for row in range(one.row + 1, min(one.row + 4, self.ends[post] - 1)):
                if not self.page.rows[row].long and len(self.page.rows[row].text) <= 48:
                    seen[one.author, self.page.rows[row].text] += 1
        return frozenset(
            pair for pair, times in seen.items() if times > 1 and times >= 0.8 * self.authors[pair[0]]
        )

    def _shapes_over(self) -> list[str]:
        """Return the forms that stand right over the names, the nearest first; also over the first one."""
        found: list[str] = []
        if self.guess.below or any(one.rest is not None for one in self.openings):
            return found
        for step in range(1, _UP + 1):
            first = self.openings[0].row - step
            if first < 0:
                break
            forms = Counter(self._title(one.row - step) for one in self.openings[1:] if one.row - step > 0)
            form, times = next(iter(forms.most_common(1)), ("", 0))
            if step == 1 and self._portraits() and self._portrait(self.openings[0]):
                found.append(_PORTRAIT)
                continue
            if (
                form == "rule"
                or self.page.button[first]
                or times < _OFTEN * (len(self.openings) - 1)
                or self._title(first) != form
            ):
                break
            found.append(form)
        return found

    def _portraits(self) -> bool:
        return sum(map(self._portrait, self.openings)) >= _OFTEN * len(self.openings)

    def _portrait(self, one: Opening) -> bool:
        """Say whether what stands for a picture is over a name: its initials, or words with it."""
        if one.row == 0 or one.rest is not None or self.page.rows[one.row - 1].long:
            return False
        text = self.page.rows[one.row - 1].text
        if len(text) <= 2:
            return text[:1].casefold() == one.author.lstrip("@")[:1].casefold()
        return one.author in text and len(text) <= len(one.author) + 24

    def _header(self, post: int) -> Header:
        one = self.openings[post]
        rows = self.page.rows
        floor = self.openings[post - 1].row if post else -1
        first = one.row
        for form in self.over:
            if form == _PORTRAIT and not self._portrait(one):
                continue
            if first - 1 <= floor or (form != _PORTRAIT and self._title(first - 1) != form):
                break
            first -= 1
        last = self._last(post) if not self.guess.below else one.row
        kinds = {rows[row].index: self._kind(row) for row in range(first, last + 1) if row != one.row}
        moments = [
            rows[row].moments[0] for row in range(first, last + 1) if rows[row].moments and row != one.row
        ]
        addressee = one.addressee
        for row in range(first, last + 1):
            if (
                addressee is None
                and row != one.row
                and (named := self._answered(row, one.author)) is not None
            ):
                addressee = named
                kinds[rows[row].index] = "addressee"
        return Header(
            first=rows[first].index,
            last=rows[last].index,
            author=one.author,
            addressee=addressee,
            moment=one.moment or next(iter(moments), None),
            rest=None if one.rest is None else len(rows[one.row].lead) + one.rest,
            kinds=kinds,
            below=self.guess.below,
            reason=f"a name at {self.guess.sign}, as in {len(self.openings)} places",
        )

    def _last(self, post: int) -> int:
        one, end = self.openings[post], self.ends[post]
        row = one.row
        if one.rest is not None:
            return row
        if self.dated and (dated := self._dated(post)) is not None:
            row = dated
        while (
            row + 1 < end
            and row - one.row < _DOWN
            and self._of_header(row + 1, one.author, stamped=self._stamped(post))
        ):
            row += 1
        return row

    def _stamped(self, post: int) -> bool:
        """Say whether the row of the name itself says when."""
        one = self.openings[post]
        return one.moment is not None or bool(self.page.rows[one.row].moments)

    def _dated(self, post: int) -> int | None:
        """Return the row under a name that says when, where nothing but short lines stands between."""
        start, end = self.openings[post].row, self.ends[post]
        if self._stamped(post):
            return None
        for row in range(start + 1, min(start + 6, end - 1)):
            if self.page.dated(row):
                return row
            if self.page.prose(row):
                return None
        return None

    def _of_header(self, row: int, author: str, *, stamped: bool) -> bool:
        held = self.page.rows[row]
        if held.long or held.shape == "rule":
            return False
        if (author, held.text) in self.ranks:
            return True
        form = self.form(row)
        if form in self.under:
            return True
        return not stamped and self.page.timed(row) and len(held.tokens) <= 6

    def _kind(self, row: int) -> str:
        return "time" if self.page.rows[row].moments else "furniture"

    def _answered(self, row: int, author: str) -> str | None:
        """Return the name that a row of the header says is answered."""
        held = self.page.rows[row]
        text = held.text
        if held.moments:  # "NameToday 07:56 am"
            text = (text[: held.moments[0].start] + text[held.moments[-1].end :]).strip(" \t·•|,:()") or text
        if text in self.authors and text != author:
            return text
        if _ANSWER.search(text) is None and _KEY.match(text) is None:
            return None
        named = [name for name in self.authors if len(name) > 1 and name in text and name != text]
        return max(named, key=lambda name: (len(name), name), default=None)
