"""What can be told of each token on the rows of headers: which recur, which change from post to post."""

from collections import Counter, defaultdict
from collections.abc import Hashable, Sequence

import numpy as np
from msgspec import Struct

from discourse.ingest.pasted.alike import Floats
from discourse.ingest.pasted.columns import column_texts, columns_of
from discourse.ingest.pasted.recurrence import Rows
from discourse.ingest.pasted.rowheads import head_tokens
from discourse.ingest.pasted.rows import MOMENT, NUMBER, Row, Token
from discourse.ingest.pasted.rowtails import tail_tokens
from discourse.ingest.pasted.slots import SLOT, Slot, Slots
from discourse.ingest.pasted.tagging import BEFORE, BEHIND, NAME, SIGNED, SPOKEN
from discourse.ingest.words import load_words

HEADS = (BEFORE, NAME, BEHIND, SPOKEN, SIGNED)
MOST = 24  # tokens of a row that are looked at
_ARROWS = frozenset("→▶➜⇒►➤⟶⮕↪↳↩⤷▸›»>←")
_BULLETS = frozenset("·•|│⋅∙●◦–—-/~‧")
_OPENS, _CLOSES = frozenset("([{<«“\"'*_"), frozenset(")]}>»”\"'*_")
_LISTS = load_words("headers")
_ANSWER = frozenset(word for phrase in _LISTS["answers"] for word in phrase.split())
_LEAD = frozenset(
    word for name in ("leads", "joins", "verbs") for phrase in _LISTS[name] for word in phrase.split()
)

TOKEN = (
    "moment number word mark length capital lower upper digits caseless arrow bullet opens closes colon "
    "comma at hash star answer lead wide glued_before glued_after at_start_share at_end_share row_share "
    "start_kinds end_kinds page_times row_times text_share alone_run"
).split()
ROW = (
    "tokens before name behind spoken signed rows row_again shape_share marks words moments numbers "
    "text_long alone_row name_rows prefix_alone suffix_alone"
).split()
PLACE = ("from_start", "from_end", "share_before", "moments_before", "moments_after", "colon_before")
NEAR = (-3, -2, -1, 1, 2, 3)
SEGMENT = (
    "segment segment_back segments size_of share_of again distinct again_same timed numeric prose_like known"
).split()
TRAITS = (*TOKEN, *ROW, *PLACE, *SEGMENT, *SLOT, *(f"{step} {name}" for step in NEAR for name in TOKEN))


class Placed(Struct, frozen=True):
    """Where the tokens of one row stand, for the second look: by tag, place, column and slot."""

    tag: int
    masks: tuple[str, ...]
    segments: tuple[int, ...]  # for each token the number of its column
    columns: int
    slots: tuple[
        tuple[Hashable, Hashable], ...
    ]  # for each token the kind of its slot, and what the slot holds
    runs: tuple[int, ...]  # for each token the number of its slot in the row


def header_rows(page: Rows, tags: Sequence[int]) -> list[int]:
    """Return the places of rows that belong to headers and have tokens."""
    return [place for place, tag in enumerate(tags) if tag in HEADS and tokens_of(page.rows[place], tag)]


def tokens_of(row: Row, tag: int) -> tuple[Token, ...]:
    """Return the first tokens of a header's row, also of a long one; the last where a name ends it."""
    return tail_tokens(row)[-MOST:] if tag == SIGNED else head_tokens(row)[:MOST]


def token_traits(
    page: Rows, tags: Sequence[int], places: Sequence[int]
) -> tuple[Floats, list[int], list[Placed]]:
    """Return one line of `TRAITS` a token of the rows; for each row where its lines begin, and what it is."""
    table = _Shares(page, tags, places)
    rows = [(tags[place], page.rows[place], tokens_of(page.rows[place], tags[place])) for place in places]
    slots = Slots(rows)
    starts: list[int] = []
    found: list[Floats] = []
    placed: list[Placed] = []
    total = 0
    for at, place in enumerate(places):
        starts.append(total)
        held = _row_tokens(page, tags, place, table, slots.traits(at))
        found.append(held)
        placed.append(_placed(*rows[at], slots.of[at]))
        total += len(held)
    return (np.concatenate(found) if found else np.zeros((0, len(TRAITS)))), starts, placed


def _placed(tag: int, row: Row, tokens: Sequence[Token], slots: Sequence[Slot]) -> Placed:
    segments = columns_of(row, tokens)
    runs = [number for number, slot in enumerate(slots) for _ in range(slot.first, slot.last)]
    kinds = tuple((slots[number].key, slots[number].text) for number in runs)
    masks = tuple(token.mask for token in tokens)
    return Placed(tag, masks, tuple(segments), segments[-1] + 1, kinds, tuple(runs))


class _Shares:
    """How often tokens stand where on the rows of one tag."""

    def __init__(self, page: Rows, tags: Sequence[int], places: Sequence[int]) -> None:
        self.rows: Counter[int] = Counter(tags[place] for place in places)
        self.start: Counter[tuple[int, int, str]] = Counter()
        self.end: Counter[tuple[int, int, str]] = Counter()
        self.row: Counter[tuple[int, str]] = Counter()
        self.shape: Counter[tuple[int, str]] = Counter()
        self.kinds: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self.at: Counter[tuple[int, int]] = Counter()
        self.headers: Counter[str] = Counter()
        self.texts: Counter[str] = Counter()
        self.whole: Counter[str] = Counter(page.rows[place].text.casefold() for place in places)
        for place in places:
            tag, row = tags[place], page.rows[place]
            masks = [token.mask for token in tokens_of(row, tag)]
            self.shape[tag, row.shape] += 1
            for mask in set(masks):
                self.row[tag, mask] += 1
                self.headers[mask] += 1
            for step, mask in enumerate(masks):
                self.start[tag, step, mask] += 1
                self.kinds[tag, step].add(mask)
                self.at[tag, step] += 1
                self.end[tag, step - len(masks), mask] += 1
                self.kinds[tag, step - len(masks)].add(mask)
                self.at[tag, step - len(masks)] += 1
        self.columns: Counter[str] = Counter()
        self.same: Counter[tuple[int, int, str]] = Counter()
        self.kinds_of: defaultdict[tuple[int, int], set[str]] = defaultdict(set)
        self.times_of: Counter[tuple[int, int]] = Counter()
        for place in places:
            tag, row = tags[place], page.rows[place]
            for number, text in enumerate(column_texts(row, tokens_of(row, tag))):
                self.columns[text] += 1
                self.same[tag, number, text] += 1
                self.kinds_of[tag, number].add(text)
                self.times_of[tag, number] += 1
        inside = set(places)
        self.others = max(1, len(page.rows) - len(places))
        for place, row in enumerate(page.rows):
            if place not in inside:
                self.texts.update({token.mask for token in row.tokens})


def _segments(row: Row, tokens: Sequence[Token], tag: int, table: "_Shares") -> Floats:
    """Return one line of `SEGMENT` for each token."""
    numbers = columns_of(row, tokens)
    texts = column_texts(row, tokens)
    count = len(texts)
    lines = []
    for number, text in enumerate(texts):
        held = [token for token, one in zip(tokens, numbers, strict=True) if one == number]
        lines.append(
            (
                number,
                count - 1 - number,
                count,
                len(held),
                len(text) / max(1, len(row.text)),
                np.log1p(table.columns[text]),
                len(table.kinds_of[tag, number]) / max(1, table.times_of[tag, number]),
                table.same[tag, number, text] / max(1, table.times_of[tag, number]),
                any(token.mask == MOMENT for token in held),
                sum(token.mask == NUMBER for token in held) / max(1, len(held)),
                len(held) > 6,
                np.log1p(table.whole[text]),
            )
        )
    return np.array(lines, dtype=float)[numbers]


def _row_tokens(page: Rows, tags: Sequence[int], place: int, table: _Shares, slots: Floats) -> Floats:
    row, tag = page.rows[place], tags[place]
    tokens = tokens_of(row, tag)
    size = len(tokens)
    own = np.array([_token(row, tokens, step, tag, table) for step in range(size)], dtype=float)
    known = table.whole
    ends = [known[row.text[: token.end].casefold()] for token in tokens]
    begins = [known[row.text[token.start :].casefold()] for token in tokens]
    own[:, -1] = _alone(row, tokens, table)
    whole = np.array(
        [
            size,
            *(tag == one for one in HEADS),
            table.rows[tag],
            np.log1p(known[row.text.casefold()]),
            table.shape[tag, row.shape] / table.rows[tag],
            sum(not token.mask[0].isalnum() and token.mask not in {MOMENT, NUMBER} for token in tokens),
            row.words,
            len(row.moments),
            sum(token.mask == NUMBER for token in tokens),
            np.log1p(len(row.text)),
            known[row.text.casefold()] > 1,
            np.log1p(table.rows[NAME]),
            max(ends[:-1], default=0) > 0,
            max(begins[1:], default=0) > 0,
        ],
        dtype=float,
    )
    places = np.zeros((size, len(PLACE)))
    moments = np.array([token.mask == MOMENT for token in tokens], dtype=float)
    colons = np.array([token.mask in ":：>" for token in tokens], dtype=float)
    shares = own[:, TOKEN.index("row_share")]
    for step in range(size):
        places[step] = (
            step,
            size - 1 - step,
            shares[:step].max(initial=0.0),
            moments[:step].sum(),
            moments[step + 1 :].sum(),
            colons[:step].sum(),
        )
    around = [_shift(own, step) for step in NEAR]
    segments = _segments(row, tokens, tag, table)
    whole = np.broadcast_to(whole, (size, len(ROW)))
    return np.column_stack([own, whole, places, segments, slots, *around])


def _shift(values: Floats, step: int) -> Floats:
    found = np.full(values.shape, -1.0)
    if abs(step) < len(values):
        if step > 0:
            found[:-step] = values[step:]
        else:
            found[-step:] = values[:step]
    return found


def _alone(row: Row, tokens: Sequence[Token], table: _Shares) -> list[float]:
    """Say of each token whether it lies in a run of tokens that stands alone on another header row."""
    found = [0.0] * len(tokens)
    text = row.text.casefold()
    if len(text) != len(row.text):
        return found
    for first in range(len(tokens)):
        for last in range(min(len(tokens), first + 6) - 1, first - 1, -1):
            run = text[tokens[first].start : tokens[last].end]
            if run != text and table.whole[run]:
                for step in range(first, last + 1):
                    found[step] = max(found[step], float(last - first + 1))
                break
    return found


def _token(row: Row, tokens: Sequence[Token], step: int, tag: int, table: _Shares) -> tuple[float, ...]:
    token = tokens[step]
    mask, size = token.mask, len(tokens)
    text = row.text[token.start : token.end]
    rows = table.rows[tag]
    word = mask not in {MOMENT, NUMBER} and mask[0].isalnum()
    before = row.text[token.start - 1 : token.start] if token.start else " "
    after = row.text[token.end : token.end + 1] or " "
    return (
        mask == MOMENT,
        mask == NUMBER,
        word,
        not word and mask not in {MOMENT, NUMBER},
        len(text),
        text[:1].isupper(),
        text.islower(),
        text.isupper() and len(text) > 1,
        any(char.isdigit() for char in text),
        word and text.lower() == text.upper(),
        mask in _ARROWS,
        mask in _BULLETS,
        mask in _OPENS,
        mask in _CLOSES,
        mask in ":：",
        mask in ",،、;",
        mask == "@",
        mask == "#",
        mask in "*★☆•",
        mask in _ANSWER,
        mask in _LEAD,
        token.wide,
        not before.isspace(),
        not after.isspace(),
        table.start[tag, step, mask] / rows,
        table.end[tag, step - size, mask] / rows,
        table.row[tag, mask] / rows,
        len(table.kinds[tag, step]) / table.at[tag, step],
        len(table.kinds[tag, step - size]) / table.at[tag, step - size],
        np.log1p(table.headers[mask]),
        np.log1p(table.row[tag, mask]),
        table.texts[mask] / table.others,
        0.0,
    )
