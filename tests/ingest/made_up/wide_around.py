"""What stands around the posts of a wide layout: separators, lines under a text, furniture of the page."""

import random

from tests.ingest.made_up import wide_parts as parts

Lines = tuple[str, ...]


def separator(rng: random.Random, *, needed: bool) -> Lines:
    """What stands from post to post; `needed` where nothing else ends one."""
    rule = rng.choice(parts.RULES)
    choices: tuple[Lines, ...] = ((), ("",), ("", ""), (rule,), ("", rule, ""), (rule, ""), ("", "", ""))
    shares = (48, 26, 6, 7, 9, 3, 1)
    first = 1 if needed else 0
    return rng.choices(choices[first:], shares[first:])[0]


def _joined(rng: random.Random, words: list[str]) -> list[str]:
    """Words on one line, on one each, or on two lines."""
    join = rng.choice(("\n", "\n", "\n", " · ", " ", " | ", " • ", "  ", "\t", ", ", "/", " - ", "", "] ["))
    if join == "":
        join = " "
    cut = rng.randint(1, len(words)) if rng.random() < 0.2 else len(words)
    groups = [join.join(group) for group in (words[:cut], words[cut:]) if group]
    if join == "] [":
        groups = [f"[{group}]" for group in groups]
    return "\n".join(groups).split("\n")


def footer(rng: random.Random, stamp: str, *, voted: bool) -> Lines:
    """Lines under a text: the time where it stands there, buttons, votes, signatures."""
    words: list[str] = []
    if rng.random() < 0.72:
        found = rng.sample(parts.BUTTONS, rng.choice((1, 1, 2, 2, 3, 3, 4, 5, 6)))
        words = [word for i, word in enumerate(found) if word not in found[:i]]
    if voted:
        words.insert(rng.choice((0, 0, len(words))), rng.choice(parts.VOTES))
    if stamp:
        words.insert(rng.choice((0, len(words))), stamp)
    lines = _joined(rng, words) if words else []
    if voted and rng.random() < 0.08:
        lines = [line for line in lines if "vote" not in line and "{@" in line] + [
            *rng.choice(parts.VOTE_LINES)
        ]
        lines = [stamp, *lines] if stamp and not any(stamp in line for line in lines) else lines
    for line in rng.sample(parts.UNDER, rng.choice((0, 0, 0, 1, 1, 2))):
        lines.insert(rng.randint(0, len(lines)), line)
    if rng.random() < 0.1:
        lines.insert(0, "{if_long}{@more}")
    if rng.random() < 0.12:
        lines[:0] = [f"{{if_signed}}{rng.choice(parts.RULES[:8])}", "{signed}"]
    elif rng.random() < 0.04:
        lines[:0] = ["{signed}"]
    return tuple(lines)


def top(rng: random.Random) -> Lines:
    """What stands over the posts: nothing, some lines, an article, a box."""
    lines = rng.sample(parts.TOP, rng.choice((0, 1, 1, 2, 2, 3, 4, 6)))
    if rng.random() < 0.4:
        at = rng.randint(0, len(lines))
        lines[at:at] = ["{title}", "{article}"] if "{title}" not in lines else ["{article}"]
        if at == len(lines) - 2:
            lines.append(rng.choice(("{@heading}", "{@count}", "{@count_paren}")))
    if rng.random() < 0.1:
        lines[:0] = [*rng.choice(parts.BOXES), ""]
    if rng.random() < 0.3:
        lines = [x for line in lines for x in (line, "")]
    elif lines and rng.random() < 0.3:
        lines.append("")
    return tuple(lines)


def bottom(rng: random.Random) -> Lines:
    """What stands under the posts; set off by an empty line where it begins with names."""
    lines = rng.sample(parts.BOTTOM, rng.choice((0, 0, 1, 1, 2, 3)))
    for _ in range(rng.choice((0, 0, 1, 2))):
        lines += ["", *rng.choice(parts.BOXES)]
    return tuple(lines)
